"""Passages: beads with the texts that stand on their two sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.beads import Alignment, Bead

if TYPE_CHECKING:
    from align.edition import Edition


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


def passages_of(source: Edition, target: Edition, alignment: Alignment) -> Iterator[Passage]:
    """The passages of two editions, in the order of their alignment."""
    for bead in alignment:
        yield Passage(bead, source.text_of(bead.source), target.text_of(bead.target))
