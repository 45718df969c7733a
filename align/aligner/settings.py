"""How far the aligner looks; light to import, so that a command line can read its defaults."""

from __future__ import annotations

from dataclasses import dataclass

from align.errors import InputError

MOST_ON_A_SIDE = 8
"""The most segments that a bead can be asked to have on one side."""


@dataclass(frozen=True, slots=True)
class AlignerSettings:
    """How far the aligner looks.

    Attributes:
        longest_side: The most segments a bead may have on one side.
        largest_bead: The most segments a bead may have on both sides together.
        moves: Whether to look for beads out of order.
        full_search: Search the whole lattice however long the texts are.
    """

    longest_side: int = 8
    largest_bead: int = 9
    moves: bool = True
    full_search: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.longest_side <= MOST_ON_A_SIDE:
            raise InputError(
                f"longest_side is {self.longest_side}; it goes from 1 to {MOST_ON_A_SIDE}"
            )
        if self.largest_bead < 2:
            raise InputError(f"largest_bead is {self.largest_bead}; it is at least 2")
