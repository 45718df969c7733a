"""Where each stretch of a document's text stands in the file that it was read from.

A document's text is not its file's: marks of Markdown and tags are gone, entities are characters,
lines are joined. What no reader changes is the order of letters and digits, so the two texts are
laid side by side by these alone; what stands between them goes with its neighbours.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
import regex

from align.documents.entities import unescape
from align.documents.model import Document, Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]

WrittenAs = Literal["text", "lines", "markup"]
"""Plain text; plain text that has a segment a line; Markdown, HTML or XML."""

# What the readers of documents take for the end of a line, and what editors do.
_LINE_END = regex.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_EDITOR_LINE_END = regex.compile("\r\n|[\n\r]")

_LETTERS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_CLUSTER = regex.compile(r"\X")

# Markup that may have letters in it which are not the text's: readings of ruby, codes of
# translation files, comments, tags, targets of links. What is between angle brackets and begins
# as an address does is one, and seen.
_MARKUP = regex.compile(
    r"<(?P<raw>script|style)\b[^<>]*(?<!/)>.*?(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<tag>r[tp]|bpt|ept|it|ph|ut)\b[^<>]*(?<!/)>"
    r"(?:(?!<sub\b|</?ruby\b).){0,1000}?</(?P=tag)\s*>"
    r"|<!--.*?(?:-->|\Z)|<[!?][^>]{0,1000}>|</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>"
    r"|(?<=\])\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|(?P<entity>&(?:\#\d+|\#[xX][\da-fA-F]+|\w+);)"
    r"|(?P<letters>[\p{L}\p{M}\p{N}]+)",
    regex.DOTALL | regex.IGNORECASE,
)
_ASIDE = 4000  # letters of a file among which those of a block are looked for, beside its own
_LONGEST_COMPARED = 50_000


def located(document: Document, written: str, how: WrittenAs) -> Document:
    """The document with the places that its text has in the file.

    Args:
        document: What was read.
        written: The text of the file as it is, line ends and all.
        how: What sort of file it is.

    Returns:
        The document with its `runs`; what cannot be found in the file is in none.
    """
    file = _File(written)
    if how == "markup":
        runs = list(_runs_of_blocks(document, file))
    else:
        runs = list(
            _runs_of_lines(document, file, _LINE_END if how == "text" else _EDITOR_LINE_END)
        )
    return replace(document, runs=tuple(runs))


class _File:
    """A file's text and its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = _starts(text, _EDITOR_LINE_END)
        self._astral = np.array(
            [m.start() for m in regex.finditer("[\U00010000-\U0010ffff]", text)]
        )

    def lines(self, offsets: Offsets) -> Offsets:
        """The lines of some offsets, counted from 1 as editors do."""
        return np.searchsorted(self._starts, offsets, side="right")

    def start_of_line(self, line: int) -> int:
        """Where a line begins."""
        return int(self._starts[line - 1])

    def run(self, start: int, stop: int, offset: int) -> Run:
        """The run of a stretch of a document that stands in the file from an offset on."""
        line = int(np.searchsorted(self._starts, offset, side="right"))
        begin = self.start_of_line(line)
        astral = np.searchsorted(self._astral, (begin, offset))
        column = offset - begin + 1
        return Run(start, stop, line, column, column + int(astral[1] - astral[0]))


def _starts(text: str, line_end: regex.Pattern[str]) -> Offsets:
    return np.array([0, *(match.end() for match in line_end.finditer(text))], dtype=np.int64)


def _runs_of_lines(document: Document, file: _File, line_end: regex.Pattern[str]) -> Iterator[Run]:
    """Of plain text, whose lines stay lines."""
    lines = document.text.split("\n")
    written = line_end.split(file.text)
    if len(lines) != len(written):  # words that line ends cut are whole
        own, theirs = _letters(document.text), _letters(file.text)
        if own[0] == theirs[0]:
            yield from _runs(document.text, file, own[1], theirs[1], (0, len(document.text)))
        return
    starts = _starts(file.text, line_end)
    place = 0
    for line, as_written, start in zip(lines, written, starts.tolist(), strict=True):
        if line == as_written:
            if line:
                yield file.run(place, place + len(line), start)
        else:
            own, theirs = _letters(line), _letters(as_written)
            if own[0] == theirs[0]:
                stretch = place, place + len(line)
                yield from _runs(document.text, file, own[1] + place, theirs[1] + start, stretch)
        place += len(line) + 1


def _runs_of_blocks(document: Document, file: _File) -> Iterator[Run]:
    """Of a text with markup, whose blocks are looked for from the lines where they begin."""
    letters, offsets = _letters(document.text)
    written, places = _letters_written(file.text)
    starts = _starts(file.text, _LINE_END)
    found = 0  # in the file's letters, where the block before ends
    for block in document.blocks:
        first, last = np.searchsorted(offsets, (block.start, block.stop)).tolist()
        own = letters[first:last]
        begin, end = 0, len(file.text)
        if block.line is not None:
            begin = int(starts[min(block.line, len(starts)) - 1])
            end = int(starts[block.line]) if block.line < len(starts) else end
        if not own:
            at = file.text.find(document.text[block.start : block.stop], begin, end)
            if at >= 0:
                yield file.run(block.start, block.stop, at)
            continue
        if block.line is None:
            at = written.find(own)
            if at < 0 or written.find(own, at + 1) >= 0:
                continue
        else:
            from_line, to_line = np.searchsorted(places, (begin, end)).tolist()
            at = _find(own, written, (max(from_line, found), from_line), to_line)
        if at >= 0:
            stop = at + len(own)
            chosen = offsets[first:last], places[at:stop]
        else:
            stop = min(from_line + 2 * len(own) + _ASIDE, len(written))
            pairs = _alike(own, written[from_line:stop])
            if not len(pairs):
                continue
            chosen = offsets[first:last][pairs[:, 0]], places[from_line:stop][pairs[:, 1]]
            stop = from_line + int(pairs[-1, 1]) + 1
        found = stop
        yield from _runs(document.text, file, *chosen, (block.start, block.stop))


def _find(own: str, written: str, starts: Sequence[int], stop: int) -> int:
    """Where the letters of a block stand, not far from the first start, or else the second."""
    for start in dict.fromkeys(starts):
        at = written.find(own, start, max(stop, start + _ASIDE) + 2 * len(own))
        if at >= 0:
            return at
    return -1


def _alike(own: str, written: str) -> Offsets:
    """The letters that two texts have in common in one order, shape (n, 2)."""
    from rapidfuzz.distance import Indel

    if len(own) + len(written) > _LONGEST_COMPARED:
        return np.zeros((0, 2), dtype=np.int64)
    equal = [each for each in Indel.opcodes(own, written) if each.tag == "equal"]
    sides = (
        [np.arange(each.src_start, each.src_end) for each in equal],
        [np.arange(each.dest_start, each.dest_end) for each in equal],
    )
    return np.column_stack([np.concatenate([*some, np.zeros(0, np.int64)]) for some in sides])


def _runs(
    text: str, file: _File, own: Offsets, theirs: Offsets, within: tuple[int, int]
) -> Iterator[Run]:
    """Puts letters together that stand side by side in the document and in the file.

    Args:
        text: The document's.
        file: The file.
        own: Offsets of letters in the document.
        theirs: Offsets of the same letters in the file.
        within: Where the runs may begin and stop in the document.
    """
    lines = file.lines(theirs)
    breaks = np.flatnonzero(np.diff(theirs - own) | np.diff(lines)) + 1
    edges = [0, *breaks.tolist(), len(own)]
    begin, end = within
    for first, last in pairwise(edges):
        if first == last:
            continue
        start, stop = int(own[first]), int(own[last - 1]) + 1
        offset = int(theirs[first])
        shift = offset - start
        least = max(begin, file.start_of_line(int(lines[first])) - shift)
        most = min(end, int(own[last]) if last < len(own) else end, len(file.text) - shift)
        while start > least and text[start - 1] == file.text[start - 1 + shift]:
            start -= 1
        while stop < most and text[stop] == file.text[stop + shift] != "\n":
            stop += 1
        yield file.run(start, stop, start + shift)
        begin = stop


# Letters and digits, where they begin, and whether they all come from there, as those of an
# entity do, or stand side by side.
_Piece = tuple[str, int, bool]


def _letters(text: str) -> tuple[str, Offsets]:
    """The letters and digits of a text in form NFC, and the offset of each."""
    return _gathered(
        piece for match in _LETTERS.finditer(text) for piece in _pieces(match[0], match.start())
    )


def _letters_written(text: str) -> tuple[str, Offsets]:
    """The same of a file with markup: without the letters of tags, entities as what they are."""

    def pieces() -> Iterator[_Piece]:
        for match in _MARKUP.finditer(text):
            if match["letters"]:
                yield from _pieces(match[0], match.start())
            elif match["entity"]:
                yield "".join(_LETTERS.findall(unescape(match[0]))), match.start(), True

    return _gathered(pieces())


def _pieces(letters: str, start: int) -> Iterator[_Piece]:
    if unicodedata.is_normalized("NFC", letters):
        yield letters, start, False
        return
    for match in _CLUSTER.finditer(letters):
        yield unicodedata.normalize("NFC", match[0]), start + match.start(), True


def _gathered(pieces: Iterable[_Piece]) -> tuple[str, Offsets]:
    texts: list[str] = []
    starts: list[int] = []
    fixed: list[bool] = []
    for text, start, is_fixed in pieces:
        texts.append(text)
        starts.append(start)
        fixed.append(is_fixed)
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    firsts = np.cumsum(lengths) - lengths
    within = np.arange(lengths.sum()) - np.repeat(firsts, lengths)
    within[np.repeat(np.array(fixed, dtype=bool), lengths)] = 0
    return "".join(texts), np.repeat(np.array(starts, dtype=np.int64), lengths) + within
