"""How two texts translate one another, as a first pass shows it.

Some translators keep close to every sentence, others tell the story in their own words, and some
leave out what others keep. The same number means different things in their texts, so what the
aligner looks at is measured against what is usual in the pair at hand. A short text shows little:
its habits are drawn to those of most texts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual in a pair of texts; the defaults are those of most.

    Attributes:
        similarity: Mean rescaled similarity of the two sides of a bead.
        misfit: Mean misfit of their lengths (`length_misfit`).
        uncovered: Mean of how far a segment's clauses are below the usual level.
        gaps: Share of the segments that are left out.
    """

    similarity: float = 0.95
    misfit: float = 0.025
    uncovered: float = 0.25
    gaps: float = 0.05


USUAL = Habits()
"""The habits of most texts."""

FURTHEST = 3.0
"""How many times more or less than in most texts a habit may be: beyond, it is no translation."""

_GAP_SCALE = 1.5  # keeps it between about -1 and 1

WITNESSES = 20.0
"""How many beads of most texts stand beside those of the pair at hand."""


def gap_rate(habits: Habits) -> float:
    """How much more than most texts a pair leaves out, as a logarithm; 0 where it is as usual."""
    return math.log(habits.gaps / USUAL.gaps) / _GAP_SCALE
