"""How cells of tables and sheets are called."""

from __future__ import annotations


def cell_name(row: int, column: int) -> str:
    """The name of a cell, its row and column counted from 1.

    >>> cell_name(7, 2), cell_name(1, 27)
    ('B7', 'AA1')
    """
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
