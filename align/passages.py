"""Passages: beads with the texts that stand on their two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.beads import Alignment, Bead

if TYPE_CHECKING:
    from align.edition import Edition

LONGEST_PASSAGE = 8_000
"""Characters on the longer side of a passage that is checked, and whose terms are followed: every
word of one side is compared with the other's. No sentence comes near it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A bead and what stands on its two sides.

    Attributes:
        bead: The bead.
        source: Its source segments joined as their language joins sentences.
        target: Its target segments likewise.
    """

    bead: Bead
    source: str
    target: str

    @property
    def is_aligned(self) -> bool:
        """Whether there is text on both sides."""
        return bool(self.source and self.target)

    @property
    def is_too_long(self) -> bool:
        """Whether it is left out where words are compared with words, which would take too long."""
        return max(len(self.source), len(self.target)) > LONGEST_PASSAGE


def passages_of(source: Edition, target: Edition, alignment: Alignment) -> Iterator[Passage]:
    """The passages of two editions, in the order of their alignment."""
    for bead in alignment:
        yield Passage(bead, source.text_of(bead.source), target.text_of(bead.target))
