"""Excel workbooks that are pleasant to read and hold text only, never a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""

# What spreadsheet programs take for the start of a formula when a cell is edited or exported.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def new_workbook() -> Workbook:
    """A workbook without a sheet."""
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    return book


def add_sheet(
    book: Workbook,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str | int | float | None]],
    *,
    languages: Sequence[str | None] = (),
) -> Worksheet:
    """Adds a sheet: a header that stays in sight and can filter, and rows of wrapped cells.

    Texts are stored as texts whatever they begin with.

    Args:
        book: The workbook.
        name: The name of the sheet.
        columns: The head of each column and its width in characters.
        rows: The cells; None leaves a cell empty.
        languages: The language of each column, for its direction; None where it has none.

    Raises:
        InputError: If a text is too long for a cell.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    from align.languages import is_right_to_left

    sheet: Worksheet = book.create_sheet(name)
    aligned = []
    for place, (head, width) in enumerate(columns):
        cell = sheet.cell(row=1, column=place + 1)
        _put(cell, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="EDEDED")
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
        tag = languages[place] if place < len(languages) else None
        right = tag is not None and is_right_to_left(tag)
        aligned.append(
            Alignment(
                horizontal="right" if right else None,
                vertical="top",
                wrap_text=True,
                readingOrder=2 if right else 0,
            )
        )
    for number, row in enumerate(rows, start=2):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            cell = sheet.cell(row=number, column=place + 1)
            _put(cell, value)
            cell.alignment = aligned[place]
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    return sheet


def write_workbook(path: Path | str, book: Workbook) -> None:
    """Writes a workbook; `-` is standard output.

    Raises:
        OutputError: If the file cannot be written.
    """
    import io

    from align import __version__
    from align.formats.atomic import open_for_writing
    from align.formats.dates import creation_date

    book.properties.creator = f"align {__version__}"
    book.properties.created = book.properties.modified = creation_date().replace(tzinfo=None)
    content = io.BytesIO()  # a zip archive is written in jumps, which a pipe does not take
    book.save(content)
    with open_for_writing(path, "wb") as stream:
        stream.write(content.getbuffer())


def _put(cell: Any, value: str | int | float) -> None:
    from align.formats.xml_files import clean_text

    if isinstance(value, str):
        text = clean_text(value)
        if len(text) > LONGEST_CELL:
            raise InputError(
                f"a cell of a workbook holds {LONGEST_CELL:,} characters, and this text has "
                f"{len(text):,}: {text[:40]!r}…; write another format"
            )
        cell.value = text
        cell.data_type = "s"  # openpyxl would make a formula of what begins with =
        if text.startswith(_FORMULA_STARTS):
            cell.quotePrefix = True  # it stays a text when somebody edits it
    else:
        cell.value = value
