"""Text that is segmented already: every line is a segment."""

from __future__ import annotations

from pathlib import Path

from align.documents.cleaning import clean
from align.documents.model import Block, Document
from align.documents.reading import read_lines
from align.segmentation.model import Segment

# Taken for line ends elsewhere, but here a line is what lies between two newlines.
_NOT_LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\x85\u2028\u2029", " "))


def document_of_lines(text: str) -> tuple[Document, tuple[Segment, ...]]:
    r"""Takes each line of a text as one segment, so that indices are line numbers less one.

    No line is cut or merged. An empty line is an empty segment; a newline at the end adds none.

    Args:
        text: One segment a line, the lines ended by `\n`, `\r\n` or `\r` and nothing else.

    Returns:
        The document, one paragraph that spans all of the text, and its segments.

    >>> document, segments = document_of_lines("One.\r\n\r\nThree. Four.\n")
    >>> [segment.text for segment in segments]
    ['One.', '', 'Three. Four.']
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_LINE_ENDS)
    whole = clean(lines)
    blocks = (Block("paragraph", 0, len(whole), line=1),) if whole else ()
    segments = []
    start = 0
    for line in whole.removesuffix("\n").split("\n") if whole else ():
        trimmed = line.strip()
        first = start + len(line) - len(line.lstrip())
        segments.append(Segment(trimmed, first, first + len(trimmed), block=0))
        start += len(line) + 1
    return Document(whole, blocks), tuple(segments)


def read_document_of_lines(path: Path) -> tuple[Document, tuple[Segment, ...]]:
    """Takes each line of a file as one segment; see `document_of_lines`.

    Returns:
        The document, with the places of its text in the file, and its segments.

    Raises:
        InputError: If the file cannot be read, is no text, or holds none.
    """
    from align.documents.locating import located

    written = read_lines(path)
    document, segments = document_of_lines(written)
    return located(document, written, "lines"), segments
