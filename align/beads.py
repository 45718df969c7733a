"""Beads and alignments: which segments of two editions translate one another.

The terms are Brown, Lai and Mercer's (ACL 1991): a bead is a minimal group of source and target
segments that correspond; an alignment is a set of beads that uses every segment exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from align.text import Span

Verdict = Literal["accepted", "corrected", "dropped"]
"""What a reviewer made of a bead: found it right, made it, or keeps it out of memories."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments of the source and of the target that translate one another.

    Attributes:
        source: The source segments, possibly none.
        target: The target segments, possibly none.
        score: The similarity of the two sides, at most 1, higher is better; None where one side
            is empty, for there is nothing to compare.
        confidence: The calibrated probability that exactly this bead is right, 0 to 1; None
            where no model gave one (gold beads, beads read from a file without it).
        moved: True where the bead breaks the order of the text.
        verdict: What a reviewer made of it; None where nobody decided on it.

    >>> from align.text import Span
    >>> Bead(Span(3, 5), Span(4, 5), score=0.83).kind
    '2-1'
    """

    source: Span
    target: Span
    score: float | None = None
    confidence: float | None = None
    moved: bool = False
    verdict: Verdict | None = None

    @property
    def kind(self) -> str:
        """The bead's shape as the literature writes it, such as `1-1`, `2-1` or `0-1`."""
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def is_aligned(self) -> bool:
        """Whether the bead has segments on both sides."""
        return bool(len(self.source) and len(self.target))


@dataclass(frozen=True, slots=True)
class Alignment:
    """Beads that use every source and every target segment exactly once, in source order.

    Attributes:
        beads: The beads, in the order of the source text; an unaligned target segment stands
            where its neighbours in the target text stand.
        source_size: How many segments the source has.
        target_size: How many segments the target has.

    Raises:
        ValueError: If a segment is missing, used twice, or outside the text.
    """

    beads: tuple[Bead, ...]
    source_size: int
    target_size: int

    def __post_init__(self) -> None:
        _must_cover((bead.source for bead in self.beads), self.source_size, "source")
        _must_cover((bead.target for bead in self.beads), self.target_size, "target")

    def __len__(self) -> int:
        return len(self.beads)

    def __iter__(self) -> Iterator[Bead]:
        return iter(self.beads)

    def kinds(self) -> dict[str, int]:
        """How many beads there are of each kind, moved beads under `moved`, commonest first."""
        counts: dict[str, int] = {}
        for bead in self.beads:
            kind = "moved" if bead.moved else bead.kind
            counts[kind] = counts.get(kind, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def transposed(self) -> Alignment:
        """The same alignment seen from the other side, in the order of the other text."""
        beads = (replace(bead, source=bead.target, target=bead.source) for bead in self.beads)
        return Alignment(
            tuple(sorted(beads, key=lambda bead: (bead.source, bead.target))),
            self.target_size,
            self.source_size,
        )


def _must_cover(spans: Iterable[Span], size: int, side: str) -> None:
    used = sorted(span for span in spans if len(span))
    edges = [0, *(edge for span in used for edge in (span.start, span.stop)), size]
    for stop, start in list(pairwise(edges))[::2]:
        if stop < start:
            raise ValueError(f"{side} segment {stop} is in no bead")
        if stop > start:
            where = "outside the text" if start == size else "in two beads"
            raise ValueError(f"{side} segment {start} is {where}")
