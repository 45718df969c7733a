"""Excel's workbooks (Office Open XML): the texts in their cells.

A sheet is read by the cells that it has: one that says it is a million rows high and has one
cell takes no longer than any other with one cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.documents.archives import Archive, attribute, child, local, reference
from align.documents.assembly import Piece, assemble, piece_at
from align.documents.registry import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

    from align.documents.model import Document


@READERS.register("XLSX", endings=(".xlsx", ".xlsm"))
def read_xlsx(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is a workbook.

    Read:
        Cells that hold text, and formulas whose result is text, row by row and sheet by sheet;
        each line of a cell by itself.

    Dropped:
        Numbers, dates, formulas, hidden sheets, comments, charts, text boxes, headers and
        footers, readings of Japanese (furigana).

    Places:
        The sheet and the cell.
    """
    archive = Archive(data, "an XLSX file")
    main = archive.main_part()
    return assemble(_pieces(archive, main))


def _pieces(archive: Archive, main: str) -> Iterator[Piece]:
    related = archive.related(main)
    part = archive.part(main, "sharedStrings")
    shared = [] if part is None else [_said(each) for each in archive.tree(part)]
    sheets = child(archive.tree(main), "sheets")
    for sheet in () if sheets is None else sheets:
        kind, entry = related.get(reference(sheet), ("", ""))
        if kind == "worksheet" and attribute(sheet, "state") in (None, "visible"):
            name = attribute(sheet, "name")
            for cell, text in _cells(archive, entry, shared):
                for line in text.split("\n"):
                    yield piece_at("paragraph", line, f"sheet {name}, {cell}")


def _cells(archive: Archive, entry: str, shared: list[str]) -> Iterator[tuple[str, str]]:
    """The names and texts of the cells that hold text."""
    rows = child(archive.tree(entry), "sheetData")
    for row in () if rows is None else rows:
        for cell in row:
            kind = attribute(cell, "t")
            value = child(cell, "v")
            written = "" if value is None else (value.text or "")
            if kind == "s" and written.isascii() and written.isdigit():
                text = shared[int(written)] if int(written) < len(shared) else ""
            elif kind == "inlineStr":
                inline = child(cell, "is")
                text = "" if inline is None else _said(inline)
            else:
                text = written if kind == "str" else ""
            if text.strip():
                yield attribute(cell, "r") or "?", text


def _said(item: _Element) -> str:
    """A text with or without formats; what stands in `rPh` is its reading."""
    parts = []
    for each in item:
        if local(each) == "t":
            parts.append(each.text or "")
        elif local(each) == "r":
            parts.extend(inner.text or "" for inner in each if local(inner) == "t")
    return "".join(parts)
