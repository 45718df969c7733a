"""A workbook in which a reviewer reads texts side by side and corrects the translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.pairs.table import rows_of_memory
from align.formats.registry import memory_writer
from align.formats.states import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.formats.memory import Memory
    from align.formats.workbooks import Value

_MOST_ROWS = 1_048_575  # of a sheet, under its header
_WIDE, _NARROW = 60, 16
_WORDS = (*STATES, "rejected")  # what a reviewer chooses from; the last says that a pair is wrong


@memory_writer("xlsx", "a workbook to correct; `align import` brings the edits back",
               endings=(".xlsx",), is_binary=True)  # fmt: skip
def write_review_workbook(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages as a workbook, a row a unit, numbered.

    `align.import_edits` brings what is changed in it back into the file that the units are from,
    `align.import_into_review` into the review of an alignment. No cell is a formula.

    Carries: untranslated units; states; notes, those of a unit in one cell; properties, a column
    each.
    Does not carry: inline codes, files within the file, white space around a text, texts of more
    than 32,767 characters.

    Raises:
        InputError: If there are several translations, or more units or longer texts than a
            workbook holds.
        OutputError: If the file cannot be written.
    """
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    from align.formats.workbooks import add_sheet, new_workbook, write_workbook

    heads, rows = rows_of_memory(memory)
    for head in ("state", "note"):
        if head not in heads:
            heads.append(head)
    numbered: Iterator[list[Value]] = ([number, *row] for number, row in enumerate(rows, start=1))
    wide = {memory.source, *memory.targets, "note"}
    book = new_workbook()
    sheet = add_sheet(
        book,
        "Translation",
        [("unit", 8), *((head, _WIDE if head in wide else _NARROW) for head in heads)],
        numbered,
        languages=[None, memory.source, memory.targets[0]],
    )
    if sheet.max_row - 1 > _MOST_ROWS:
        raise InputError(f"a workbook holds {_MOST_ROWS:,} units; write another format")
    choice = DataValidation("list", formula1=f'"{",".join(_WORDS)}"', showErrorMessage=False)
    sheet.add_data_validation(choice)
    letter = get_column_letter(heads.index("state") + 2)
    choice.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
    sheet.freeze_panes = "C2"
    write_workbook(path, book)
