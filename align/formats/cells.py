"""Cells of CSV and TSV that no spreadsheet takes for a formula, and that read back without loss.

A cell that begins with what starts a formula gets an apostrophe, which tells every spreadsheet that
it is text; so does a cell that has such an apostrophe already. (OWASP, CSV Injection.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NumberedRow = tuple[int, list[str]]
"""A row of cells and the number of its line in the file, counted from 1."""

_FORMULA = re.compile("'*[=+\\-@\t\r]")
_KEPT_APART = re.compile("'+[=+\\-@\t\r]")


def as_text(cell: str) -> str:
    """A cell as it is written.

    >>> as_text("=1+1"), as_text("sea"), as_text("'-ness")
    ("'=1+1", 'sea', "''-ness")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_written(cell: str) -> str:
    """What a cell says that `as_text` wrote.

    >>> as_written("'=1+1"), as_written("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if _KEPT_APART.match(cell) else cell


def holds_several_rows(cells: Sequence[str], width: int) -> bool:
    r"""Whether a row of a table parted by tabs is several lines that a quotation mark made one.

    What writes a line a row, without a thought of quotation marks, begins a cell with one that a
    cell of a later line seems to close. All tabs of those lines are there then.

    Args:
        cells: The cells of the row.
        width: How many cells the other rows have.

    >>> holds_several_rows(["Come in.\tEntrez.\nThank you.", "Merci."], 2)
    True
    >>> holds_several_rows(["Come in.\nThank you.", "Entrez.\nMerci."], 2)
    False
    """
    ends = sum(cell.count("\n") for cell in cells)
    tabs = sum(cell.count("\t") for cell in cells)
    return ends > 0 and tabs > 0 and tabs + len(cells) - 1 == (ends + 1) * (width - 1)
