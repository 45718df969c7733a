"""Excel workbooks that are pleasant to read and hold text only, never a formula."""

from __future__ import annotations

from copy import copy
from math import ceil
from typing import TYPE_CHECKING, Any

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

    from align.text import Span

    Value = str | int | float | CellRichText | None

LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold."""

_FONT, _FONT_SIZE = "Calibri", 11  # those that openpyxl gives all cells
_LINE = 15.0  # points that a line of text takes
_HIGHEST_ROW = 409.0

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
    rows: Iterable[Sequence[Value]],
    *,
    languages: Sequence[str | None] = (),
) -> Worksheet:
    """Adds a sheet: a header that stays in sight and can filter, and rows of wrapped cells.

    Rows are as high as their texts, which not every program sees to. The sheet prints in
    landscape with the header on each page. Texts are stored as texts whatever they begin with.

    Args:
        book: The workbook.
        name: The name of the sheet.
        columns: The head of each column and its width in characters.
        rows: The cells; None leaves a cell empty. For `CellRichText` see `marked_text`.
        languages: The language of each column, for its direction; None where it has none.

    Raises:
        InputError: If a text is too long for a cell.
    """
    from openpyxl.cell import Cell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet: Worksheet = book.create_sheet(name)
    styles = []  # openpyxl looks up a style that is set, which takes longer than all the rest
    for place, (head, width) in enumerate(columns):
        cell = sheet.cell(row=1, column=place + 1)
        _put(cell, head)
        cell.font = Font(name=_FONT, size=_FONT_SIZE, bold=True)
        cell.fill = PatternFill("solid", fgColor="EDEDED")
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
        pattern: Any = Cell(sheet, row=1, column=1)
        pattern.alignment = text_alignment(languages[place] if place < len(languages) else None)
        styles.append(pattern._style)
    for number, row in enumerate(rows, start=2):
        lines = 1
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str | list):
                lines = max(lines, _lines(str(value), columns[place][1]))
            filled: Any = sheet.cell(row=number, column=place + 1)
            filled._style = copy(styles[place])
            _put(filled, value)
        if lines > 1:
            sheet.row_dimensions[number].height = min(_LINE * lines, _HIGHEST_ROW)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the sheet
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    return sheet


def text_alignment(language: str | None) -> Alignment:
    """How the text of a cell is set: wrapped, from the top, from the right where it is read so.

    Args:
        language: The text's language; None where it has none.
    """
    from openpyxl.styles import Alignment

    from align.languages import is_right_to_left

    right = language is not None and is_right_to_left(language)
    return Alignment(
        horizontal="right" if right else None,
        vertical="top",
        wrap_text=True,
        readingOrder=2 if right else 0,
    )


def marked_text(text: str, span: Span | None, colour: str) -> CellRichText | str:
    """A text for a cell with some of it bold, underlined and coloured.

    Args:
        text: The text.
        span: What is marked; None or an empty span marks nothing.
        colour: Red, green and blue, such as `A34A00`.
    """
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    from align.text import clean_text

    if not span:
        return text
    font = InlineFont(
        rFont=_FONT, sz=_FONT_SIZE, b=True, u="single", color=Color(rgb=f"FF{colour}")
    )
    before, inside, after = (
        clean_text(part) for part in (text[: span.start], text[span.slice], text[span.stop :])
    )
    parts: list[str | TextBlock] = [before] if before else []
    if inside:
        parts.append(TextBlock(font, inside))
    if after:
        parts.append(after)
    return CellRichText(*parts)


def write_workbook(path: Path | str, book: Workbook) -> None:
    """Writes a workbook; `-` is standard output.

    Raises:
        OutputError: If the file cannot be written.
    """
    import io
    from zipfile import ZipFile

    from openpyxl.writer.excel import ExcelWriter

    from align import __version__
    from align.formats.dates import creation_date
    from align.formats.packages import open_package

    book.properties.creator = f"align {__version__}"
    book.properties.created = book.properties.modified = creation_date().replace(tzinfo=None)
    content = io.BytesIO()
    # `book.save` would say that the workbook was changed just now.
    ExcelWriter(book, ZipFile(content, "w")).save()
    with ZipFile(content) as archive, open_package(path) as package:
        for name in archive.namelist():
            package.add(name, archive.read(name))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column, with room for words that do not fit a line's end."""
    from align.text import display_width

    return sum(ceil(1.1 * display_width(line) / width) or 1 for line in text.split("\n"))


def _put(cell: Any, value: str | int | float | CellRichText) -> None:
    from openpyxl.cell.rich_text import CellRichText

    from align.text import clean_text

    if isinstance(value, str | CellRichText):
        text = clean_text(str(value))
        if len(text) > LONGEST_CELL:
            raise InputError(
                f"a cell of a workbook holds {LONGEST_CELL:,} characters, and this text has "
                f"{len(text):,}: {text[:40]!r}…; write another format"
            )
        cell.value = text if isinstance(value, str) else value
        cell.data_type = "s"  # openpyxl would make a formula of what begins with =
        if text.startswith(_FORMULA_STARTS):
            cell.quotePrefix = True  # it stays a text when somebody edits it
    else:
        cell.value = value
