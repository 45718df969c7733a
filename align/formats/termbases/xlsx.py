"""Termbases as Excel workbooks, see `align.formats.termbases.table`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from align.errors import InputError
from align.formats.cells import NumberedRow
from align.formats.registry import TERMBASE_READERS, termbase_writer
from align.formats.termbases.limits import MOST_COLUMNS, must_not_be_too_many
from align.formats.termbases.table import table_of, termbase_of_rows
from align.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from align.formats.termbases.table import Column
    from align.termbases.model import Termbase

MOST_BYTES = 256 * 2**20
"""The most that the parts of a workbook may come to when unpacked."""

_LOOKED_AT = 100  # rows and columns of a further sheet, to see whether it holds something

_STATUS_FILLS = {"preferred": "DDEBF7", "deprecated": "FCE4D6"}


@TERMBASE_READERS.register(
    "XLSX", endings=(".xlsx",), recognises=lambda start: start.startswith(b"PK\x03\x04")
)
def read_xlsx(
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Reads the termbase on the first sheet of a workbook.

    Formulas are not computed: what the program that saved the file last showed is read.

    Args:
        path: The file.
        languages: Of source and target, where the sheet does not say it.
        skipped: Is told what is passed over.

    Raises:
        InputError: If the file cannot be read, is no workbook, unpacks to more than
            `MOST_BYTES`, or its columns are not known.
    """
    rows = sheet_rows(path, if_too_long="give the terms that matter")
    return termbase_of_rows(rows, path, languages=languages, skipped=skipped)


def sheet_rows(
    path: Path | str, *, if_too_long: str, skipped: Skipped | None = None
) -> list[NumberedRow]:
    """The rows of the first sheet of a workbook that are not empty, their cells as text.

    Of a row there is what is up to its last cell that is not empty, and of a very wide one no more
    than tells that it is too wide.

    Args:
        path: The file.
        if_too_long: What to do about a sheet of too many rows, for the message.
        skipped: Is told of further sheets that hold something.

    Raises:
        InputError: If the file cannot be read, is no workbook, unpacks to more than `MOST_BYTES` or
            has too many rows.
    """
    from align.formats.files import open_for_reading

    with open_for_reading(path) as stream:
        try:
            with ZipFile(stream) as archive:
                size = sum(part.file_size for part in archive.infolist())
        except (BadZipFile, ValueError, NotImplementedError):
            raise InputError("not an Excel workbook (.xlsx)", path=path) from None
        if size > MOST_BYTES:
            raise InputError(
                f"unpacks to {size:,} bytes, and more than {MOST_BYTES:,} are not read", path=path
            )
        stream.seek(0)
        return list(_rows(stream, path, if_too_long, skipped))


def _rows(
    stream: Any, path: Path | str, if_too_long: str, skipped: Skipped | None
) -> Iterator[NumberedRow]:
    import struct
    import zlib

    from openpyxl import load_workbook

    # openpyxl lets through whatever a broken file makes it run into. That it refuses entities
    # (a ValueError too) it owes to defusedxml, which it uses where that is installed.
    broken = (BadZipFile, SyntaxError, struct.error, zlib.error, LookupError, ValueError, TypeError,
              AttributeError, EOFError, OSError, RuntimeError)  # fmt: skip
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
        sheet, *others = book.worksheets
        for number, row in enumerate(
            sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1
        ):
            must_not_be_too_many(number, path, if_too_long)
            filled = [place for place, cell in enumerate(row) if cell is not None]
            if filled:
                yield number, [_text(cell) for cell in row[: filled[-1] + 1]]
        if skipped is not None:
            for other in others:
                rows = other.iter_rows(max_row=_LOOKED_AT, max_col=_LOOKED_AT, values_only=True)
                if any(cell is not None for row in rows for cell in row):
                    skipped.add("a further sheet", example=other.title)
    except broken as error:
        raise InputError("not an Excel workbook (.xlsx), or a broken one", path=path) from error


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@termbase_writer("xlsx", "a workbook", endings=(".xlsx",), is_binary=True, of_reports=False)
def write_xlsx(path: Path | str, termbase: Termbase) -> None:
    """Writes a termbase as a workbook; `read_xlsx` reads the same back, but for the title.

    The header stays in sight, terms are coloured by status, and no cell is a formula.

    Args:
        path: The file; `-` is standard output.
        termbase: What to write.

    Raises:
        InputError: If a text is too long for a cell.
        OutputError: If the file cannot be written.
    """
    from align.formats.workbooks import new_workbook, write_workbook

    book = new_workbook()
    add_termbase_sheet(book, termbase)
    write_workbook(path, book)


def add_termbase_sheet(book: Any, termbase: Termbase) -> Worksheet:
    """Adds a sheet `Terms` with a termbase to a workbook."""
    from openpyxl.styles import PatternFill

    from align.formats.workbooks import add_sheet

    columns, rows = table_of(termbase)
    statuses = [_place_of_status(columns, column) for _, column in columns]
    fills = {name: PatternFill("solid", fgColor=colour) for name, colour in _STATUS_FILLS.items()}
    sheet = add_sheet(
        book,
        "Terms",
        [(head, _width(column)) for head, column in columns],
        rows,
        languages=[column.language for _, column in columns],
    )
    for row in sheet.iter_rows(min_row=2):
        for cell, place in zip(row, statuses, strict=True):
            fill = None if place is None else fills.get(str(row[place].value))
            if fill is not None and cell.value is not None:
                cell.fill = fill
    return sheet


def _place_of_status(columns: list[tuple[str, Column]], column: Column) -> int | None:
    """Where the status of what a column holds stands, if it holds a term or a status."""
    if column.holds not in ("term", "status"):
        return None
    for place, (_, other) in enumerate(columns):
        if other.holds == "status" and other.language == column.language:
            return place
    return None


def _width(column: Column) -> int:
    return {"term": 28, "status": 12, "note": 32, "definition": 40, "id": 9, "subject": 16}[
        column.holds
    ]
