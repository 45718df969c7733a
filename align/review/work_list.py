"""What to look at first, and when to stop: the doubtful rows by their calibrated confidence.

What nobody looked at is wrong as often as the probabilities say, and so the most doubtful rows come
first and the list ends where the others are expected to be right often enough.

The sums need more than a confidence tells: whether of a hundred rows with 0.98 two are wrong or one
in a thousand decides where the list ends. The confidence of beads is fitted over all of them, most
of which are not that sure, and is too low at its upper end; `models/review/doubt.toml` has by how
much (`scripts/fit_review.py`).
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from align.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.review.alignment import Row

RIGHT_ENOUGH = 0.995
"""Share of rows that are expected to be right once the list is done."""

_UNKNOWN = 0.5  # probability of a row that no model judged


@dataclass(frozen=True, slots=True)
class Sharpening:
    """How much surer a row is than its confidence says, where that is high.

    Attributes:
        knee: The log-odds from which on it is.
        slope: By how much more the log-odds grow from there.
    """

    knee: float
    slope: float

    def probability(self, confidence: float) -> float:
        """The probability that a row of a confidence is right.

        >>> Sharpening(1.0, 1.0).probability(0.5)
        0.5
        >>> round(Sharpening(1.0, 1.0).probability(0.98), 4)
        0.9989
        """
        inside = min(max(confidence, 1e-9), 1 - 1e-9)
        odds = math.log(inside / (1 - inside))
        return 1 / (1 + math.exp(-odds - self.slope * max(0.0, odds - self.knee)))


@cache
def shipped_sharpening() -> Sharpening:
    """What comes with `align`."""
    path = data_folder("models") / "review" / "doubt.toml"
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    return Sharpening(float(values["knee"]), float(values["slope"]))


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


def probability_of(row: Row, sharpening: Sharpening | None = None) -> float:
    """The probability that a row is right as it stands.

    Args:
        row: The row.
        sharpening: What its confidence is worth; by default what comes with `align`.
    """
    if row.is_done:
        return 1.0
    if row.confidence is None:
        return _UNKNOWN
    probability = (sharpening or shipped_sharpening()).probability(row.confidence)
    return min(probability, _UNKNOWN) if row.status == "review" else probability


def work_list(
    rows: Sequence[Row], *, right: float = RIGHT_ENOUGH, sharpening: Sharpening | None = None
) -> WorkList:
    """The shortest list of rows after which the rest is right often enough.

    Args:
        rows: The rows of a pair.
        right: The share of rows that shall be right.
        sharpening: As for `probability_of`.

    Returns:
        The list; rows that were marked for another look are in it whatever their confidence.
    """
    if not rows:
        return WorkList((), 1.0, 1.0)
    doubt = [1.0 - probability_of(row, sharpening) for row in rows]
    order = sorted(range(len(rows)), key=lambda number: (-doubt[number], number))
    left = sum(doubt)
    listed: list[int] = []
    for number in order:
        marked = rows[number].status == "review"
        if doubt[number] > 0 and (marked or left > (1.0 - right) * len(rows)):
            listed.append(number)
            left -= doubt[number]
    return WorkList(tuple(listed), 1.0 - sum(doubt) / len(rows), 1.0 - max(left, 0.0) / len(rows))
