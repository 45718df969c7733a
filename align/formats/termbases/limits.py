"""How many rows and columns a table may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError
from align.termbases.model import MOST_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from align.formats.cells import NumberedRow

MOST_COLUMNS = 200
"""Columns of the widest table that is read."""


def must_not_be_too_many(
    rows: int, path: Path | str, remedy: str = "give the terms that matter"
) -> None:
    """Refuses a table that memory may not hold.

    Args:
        rows: How many it has so far.
        path: What the file is called.
        remedy: What to do about it, for the message.

    Raises:
        InputError: If it has more rows than `MOST_ENTRIES`.
    """
    if rows > MOST_ENTRIES:
        raise InputError(f"has more than {MOST_ENTRIES:,} lines, the limit; {remedy}", path=path)


def must_not_be_too_wide(rows: Sequence[NumberedRow], path: Path | str, kept: str) -> None:
    """Refuses a table of which each column would be asked what it holds.

    Args:
        rows: The rows, of which there is one at least.
        path: What the file is called.
        kept: What the columns hold that are needed, for the message.

    Raises:
        InputError: If a row has more than `MOST_COLUMNS`.
    """
    line, widest = max(rows, key=lambda row: len(row[1]))
    if len(widest) > MOST_COLUMNS:
        raise InputError(
            f"has more than {MOST_COLUMNS} columns, the limit; keep those of {kept}",
            path=path,
            line=line,
        )
