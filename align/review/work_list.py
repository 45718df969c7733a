"""What to look at first, and when to stop: the doubtful rows by their calibrated confidence.

A row's confidence is the probability that it is exactly right. What nobody looked at is then wrong
as often as the probabilities say, and so the most doubtful rows come first and the list ends where
the others are expected to be right often enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.review.alignment import Row

RIGHT_ENOUGH = 0.995
"""Share of rows that are expected to be right once the list is done."""

_UNKNOWN = 0.5  # probability of a row that no model judged


@dataclass(frozen=True, slots=True)
class WorkList:
    """The rows to look at.

    Attributes:
        rows: Numbers of the rows, the most doubtful first.
        right: Share of all rows that are expected to be right as they are now.
        right_after: The same once the rows of the list are.
    """

    rows: tuple[int, ...]
    right: float
    right_after: float


def probability_of(row: Row) -> float:
    """The probability that a row is right as it stands."""
    if row.is_done:
        return 1.0
    confidence = _UNKNOWN if row.confidence is None else row.confidence
    return min(confidence, _UNKNOWN) if row.status == "review" else confidence


def work_list(rows: Sequence[Row], *, right: float = RIGHT_ENOUGH) -> WorkList:
    """The shortest list of rows after which the rest is right often enough.

    Args:
        rows: The rows of a pair.
        right: The share of rows that shall be right.

    Returns:
        The list; rows that were marked for another look are in it whatever their confidence.
    """
    if not rows:
        return WorkList((), 1.0, 1.0)
    doubt = [1.0 - probability_of(row) for row in rows]
    order = sorted(range(len(rows)), key=lambda number: (-doubt[number], number))
    left = sum(doubt)
    listed: list[int] = []
    for number in order:
        marked = rows[number].status == "review"
        if not marked and left <= (1.0 - right) * len(rows):
            continue
        if doubt[number] > 0:
            listed.append(number)
            left -= doubt[number]
    return WorkList(tuple(listed), 1.0 - sum(doubt) / len(rows), 1.0 - max(left, 0.0) / len(rows))
