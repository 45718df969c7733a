"""The shapes that a bead may have: how many segments on the one side and on the other."""

from __future__ import annotations

from functools import lru_cache

Shape = tuple[int, int]
"""How many source and how many target segments."""


@lru_cache(maxsize=16)
def bead_shapes(longest: int, largest: int) -> tuple[Shape, ...]:
    """Every shape of a bead, in the order that arrays of beads have them.

    Args:
        longest: The most segments on one side.
        largest: The most segments on both sides together.

    >>> bead_shapes(2, 3)
    ((1, 1), (1, 2), (2, 1))
    """
    sizes = range(1, longest + 1)
    return tuple((a, b) for a in sizes for b in sizes if a + b <= largest)
