"""PDF files that have a text layer, read by PDFium: lines become paragraphs again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import regex

from align.documents.assembly import Piece, assemble, titled
from align.documents.decoding import kind_of
from align.documents.hyphenation import Hyphens
from align.documents.pdf.columns import Columns
from align.documents.pdf.margins import note_mark, notes_apart, text_size, without_margins
from align.documents.pdf.page import Fragment, fragments_of
from align.documents.pdf.paragraphs import pieces_of, text_lines
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from align.documents.model import Document
    from align.documents.pdf.columns import Line

_MOST_PAGES = 5_000
_MOST_SIGNS = 10_000_000
_RIGHT_TO_LEFT = regex.compile(
    r"[\p{Arabic}\p{Hebrew}\p{Syriac}\p{Thaana}\p{Nko}&&\p{L}]", regex.VERSION1
)
_MUCH = 0.1  # of a text's letters
_BYTES_BEFORE = 1024  # that may stand before the file's own beginning


@READERS.register("PDF", endings=(".pdf",), recognises=lambda start: start.startswith(b"%PDF-"))
def read_pdf(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is a PDF with a text layer.

    Read:
        Paragraphs put together across lines, columns and pages, words that were parted at the
        ends of lines, headings by their size, cells of tables one by one, notes at the end. Text
        from right to left comes out poorly, and `doubt` says so.

    Dropped:
        Running heads and feet, numbers of pages, marks of notes, entries of a table of contents,
        text that stands askew, pictures. A scan without a text layer is refused.

    Places:
        The page.
    """
    if b"%PDF-" not in data[:_BYTES_BEFORE]:
        kind = kind_of(data)
        is_other = f"; it is {kind}" if kind else ""
        raise InputError(f"is not a PDF{is_other}" if data else "is empty")
    pages = _pages(data)
    size = text_size(pages)
    if not size:
        raise InputError(
            "is a scan: its pages are pictures without text; recognise the text first (OCR)"
        )
    document = assemble(titled(_pieces(without_margins(pages, size), size)))
    return replace(document, doubt=_doubt(document.text))


def _doubt(text: str) -> str | None:
    """Why a text may be out of order: right to left, its signs stand as they were drawn."""
    letters = sum(map(str.isalpha, text))
    if len(_RIGHT_TO_LEFT.findall(text)) <= _MUCH * letters:
        return None
    return (
        "text from right to left comes out of PDF poorly: words and numbers may be out of order; "
        "better give the document that the PDF was made of"
    )


def _pages(data: bytes) -> list[list[Fragment]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise InputError("is protected by a password; save it without one") from error
        raise InputError("is cut off or damaged; it cannot be opened") from error
    try:
        return _fragments(document)
    except pypdfium2.PdfiumError as error:
        raise InputError("is damaged: a page cannot be read") from error
    finally:
        document.close()


def _fragments(document: Any) -> list[list[Fragment]]:
    if len(document) > _MOST_PAGES:
        raise InputError(f"has {len(document):,} pages; the limit is {_MOST_PAGES:,}")
    pages = []
    signs = 0
    for number in range(len(document)):
        page = document[number]
        pages.append(fragments_of(page, number + 1))
        page.close()
        signs += sum(len(each.text) for each in pages[-1])
        if signs > _MOST_SIGNS:
            raise InputError(f"has more than {_MOST_SIGNS:,} characters, the limit")
    return pages


def _pieces(pages: Sequence[list[Fragment]], size: float) -> list[Piece]:
    finder = Columns()
    columns: list[list[Line]] = []
    feet: list[list[Line]] = []
    marks: dict[int, frozenset[str]] = {}
    for number, page in enumerate(pages, start=1):
        text, notes = notes_apart(page, size)
        columns.extend(finder.of(text))
        found = [(*note_mark(line.text), line) for each in Columns().of(notes) for line in each]
        marks[number] = frozenset(mark for mark, _, _ in found if mark)
        for mark, said, line in found:
            if mark or not feet:  # each mark begins a note
                feet.append([])
            feet[-1].append(replace(line, text=said))
    hyphens = Hyphens(text_lines([*columns, *feet]))
    pieces = pieces_of(columns, size=size, hyphens=hyphens, notes=marks)
    for foot in feet:
        pieces.extend(
            replace(piece, kind="paragraph")
            for piece in pieces_of([foot], size=size, hyphens=hyphens, notes={})
        )
    return pieces
