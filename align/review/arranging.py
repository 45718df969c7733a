"""Rows in their order: which holds a segment, which is next to it, where a row belongs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from align.review.operations import OperationError

if TYPE_CHECKING:
    from align.review.alignment import ReviewedAlignment, Row
    from align.review.operations import Side


def rows_of(alignment: ReviewedAlignment, language: str) -> tuple[Row, ...]:
    """The rows of a translation.

    Raises:
        OperationError: If there is no such translation.
    """
    if language not in alignment.pairs:
        raise OperationError(f"there is no translation in {language!r:.40}")
    return alignment.pairs[language]


def row_of(alignment: ReviewedAlignment, language: str, side: Side, segment: str) -> int:
    """The number of the row that holds a segment.

    Raises:
        OperationError: If there is none.
    """
    for number, row in enumerate(rows_of(alignment, language)):
        if segment in row.keys(side):
            return number
    raise OperationError(f"there is no segment {segment!r:.40} in {side} of {language!r:.40}")


def neighbour(rows: Sequence[Row], number: int, side: Side, step: int) -> int | None:
    """The next row, or the one before, in which a segment of a side would stay in order.

    On the side of the translation rows that are moved are passed over.
    """
    number += step
    while 0 <= number < len(rows):
        if side == "source" or not rows[number].moved:
            return number
        number += step
    return None


def must_be_together(
    alignment: ReviewedAlignment, language: str, side: Side, keys: Sequence[str]
) -> None:
    """Refuses segments that are not neighbours in their text, in its order.

    Raises:
        OperationError: If they are not.
    """
    places = alignment.editions[alignment.edition_of(language, side)].places
    if any(places[after] != places[before] + 1 for before, after in pairwise(keys)):
        raise OperationError("what would be joined does not stand together in the text")


def with_rows(
    alignment: ReviewedAlignment, language: str, rows: Iterable[Row]
) -> ReviewedAlignment:
    """The alignment with other rows of a translation; rows without segments are left out."""
    kept = tuple(row for row in rows if row.source or row.target)
    # What was in a moved row and is in none any more goes to where its text has it.
    had_moved = any(row.moved for row in alignment.pairs[language])
    if had_moved and not is_in_order(alignment, language, kept):
        kept = tuple(arranged(alignment, language, kept))
    return replace(alignment, pairs={**alignment.pairs, language: kept})


def is_in_order(alignment: ReviewedAlignment, language: str, rows: Iterable[Row]) -> bool:
    """Whether rows that are not moved keep the order of the translation."""
    places = alignment.editions[language].places
    reached = -1
    for row in rows:
        if row.target and not row.moved:
            if places[row.target[0]] < reached:
                return False
            reached = places[row.target[-1]]
    return True


def arranged(alignment: ReviewedAlignment, language: str, rows: Iterable[Row]) -> list[Row]:
    """Rows in order: as the source has them, and what is only in the target before what follows."""
    rows = list(rows)
    source = alignment.editions[alignment.pivot].places
    target = alignment.editions[language].places
    alone = sorted((row for row in rows if not row.source), key=lambda row: target[row.target[0]])
    others = sorted((row for row in rows if row.source), key=lambda row: source[row.source[0]])
    result: list[Row] = []
    next_alone = 0
    for row in others:
        if row.target and not row.moved:
            while next_alone < len(alone) and (
                target[alone[next_alone].target[0]] < target[row.target[0]]
            ):
                result.append(alone[next_alone])
                next_alone += 1
        result.append(row)
    return result + alone[next_alone:]
