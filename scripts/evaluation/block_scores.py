"""Scores beads where only the paragraphs are known: blocks of either side that correspond.

A block with one segment on a side, and some on the other, is a bead, which is then *known*; one
with nothing on a side is a *gap*; of one with several on both only the bounds are known, and it
is *open*.

- `exact` is the strict F1 over the known beads. A bead counts if it touches a known block or a
  gap, and is right if it is exactly a known block. A predicted gap counts in precision alone,
  segment by segment: right within a gap, wrong within a known block.
- `crossing` is the share of the beads with both sides that join segments of different blocks:
  wrong, whatever an open block is like inside.
- `lost` is the share of the segments of known and open blocks that no bead with both sides has.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.scoring import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.beads import Bead
    from align.formats.indices import IndexBead

    AnyBead = Bead | IndexBead


@dataclass(frozen=True, slots=True)
class BlockCounts:
    """What the shares are made of; counts of several documents add up.

    Attributes:
        known: Of the known beads.
        aligned: Beads with both sides.
        crossing: Those that join different blocks.
        segments: Segments, of both sides, of blocks that are no gaps.
        lost: Those that are in no bead with both sides.
    """

    known: Counts = field(default_factory=Counts)
    aligned: int = 0
    crossing: int = 0
    segments: int = 0
    lost: int = 0

    def __add__(self, other: BlockCounts) -> BlockCounts:
        return BlockCounts(
            self.known + other.known,
            self.aligned + other.aligned,
            self.crossing + other.crossing,
            self.segments + other.segments,
            self.lost + other.lost,
        )

    @property
    def exact(self) -> float:
        """Strict F1 over the known beads."""
        return self.known.f1

    @property
    def crossing_share(self) -> float:
        """Share of the beads with both sides that join different blocks; 0 where there are none."""
        return self.crossing / self.aligned if self.aligned else 0.0

    @property
    def lost_share(self) -> float:
        """Share of the segments that should have a counterpart and have none."""
        return self.lost / self.segments if self.segments else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the blocks say of a bead, or of one segment of a gap.

    Attributes:
        bead: The bead.
        right: Whether it is right; None where nobody knows.
    """

    bead: AnyBead
    right: bool | None


class Blocks:
    """The blocks of a pair of texts.

    Args:
        blocks: Segments of the source and of the target that correspond, covering both texts.
    """

    def __init__(self, blocks: Sequence[IndexBead]) -> None:
        self._known = {
            (block.source, block.target)
            for block in blocks
            if block.source and block.target and 1 in (len(block.source), len(block.target))
        }
        self._open = {
            number
            for number, block in enumerate(blocks)
            if len(block.source) > 1 and len(block.target) > 1
        }
        self.gaps = tuple(
            {index for one in blocks if not other(one) for index in own(one)}
            for own, other in ((_source, _target), (_target, _source))
        )
        """The source and the target segments that have no counterpart."""
        self._of = tuple(
            {index: number for number, block in enumerate(blocks) for index in side(block)}
            for side in (_source, _target)
        )

    def touched(self, bead: AnyBead) -> set[int]:
        """The numbers of the blocks that a bead has segments of."""
        return {of[i] for of, side in zip(self._of, _sides(bead), strict=True) for i in side}

    def verdicts(self, beads: Iterable[AnyBead]) -> list[Verdict]:
        """What is known of each bead with both sides, and of each segment of the others."""
        found = []
        for bead in beads:
            source, target = _sides(bead)
            if source and target:
                known = not self.touched(bead) <= self._open
                found.append(Verdict(bead, (source, target) in self._known if known else None))
                continue
            for gaps, of, side in zip(self.gaps, self._of, (source, target), strict=True):
                found += [
                    Verdict(bead, None if of[index] in self._open else index in gaps)
                    for index in side
                ]
        return found

    def score(self, beads: Iterable[AnyBead]) -> BlockCounts:
        """Counts what the shares of one document are made of."""
        beads = list(beads)
        aligned = [bead for bead in beads if all(_sides(bead))]
        judged = [one.right for one in self.verdicts(beads) if one.right is not None]
        pairs = {_sides(bead) for bead in aligned}
        segments = lost = 0
        for of, gaps, side in zip(self._of, self.gaps, (_source, _target), strict=True):
            expected = of.keys() - gaps
            segments += len(expected)
            lost += len(expected.difference(*(side(bead) for bead in aligned)))
        return BlockCounts(
            Counts(len(judged), sum(judged), len(self._known), len(self._known & pairs)),
            aligned=len(aligned),
            crossing=sum(len(self.touched(bead)) > 1 for bead in aligned),
            segments=segments,
            lost=lost,
        )


def _source(bead: AnyBead) -> tuple[int, ...]:
    return tuple(bead.source)


def _target(bead: AnyBead) -> tuple[int, ...]:
    return tuple(bead.target)


def _sides(bead: AnyBead) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return _source(bead), _target(bead)
