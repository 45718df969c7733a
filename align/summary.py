"""The figures of an alignment, for tables and reports."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - dataclass fields are resolved by users
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from align.units import is_accepted

if TYPE_CHECKING:
    from align.beads import Alignment, Bead

DOUBTFUL_BELOW = 0.75
"""An aligned bead less sure than this deserves a person's look."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one translation.

    Attributes:
        source_segments: Segments of the pivot.
        target_segments: Segments of the translation.
        beads: Beads of any kind, unaligned segments included.
        kinds: Beads by kind, as `Alignment.kinds` counts them.
        source_aligned: Share of the pivot's segments that have a counterpart; None without any.
        target_aligned: Share of the translation's segments that have one.
        units: Beads sure enough for a translation memory.
        held_back: Aligned beads that are not.
        doubtful: Aligned beads that a person should look at.
        unaligned: Segments without a counterpart, on either side.
        mean_confidence: Mean confidence of the aligned beads; None where none has one.
    """

    source_segments: int
    target_segments: int
    beads: int
    kinds: Mapping[str, int]
    source_aligned: float | None
    target_aligned: float | None
    units: int
    held_back: int
    doubtful: int
    unaligned: int
    mean_confidence: float | None


def summarise(alignment: Alignment, *, min_confidence: float) -> Summary:
    """Counts what an alignment holds."""
    beads = list(alignment)
    aligned = [bead for bead in beads if bead.is_aligned]
    confidences = [bead.confidence for bead in aligned if bead.confidence is not None]
    units = sum(is_accepted(bead, min_confidence) for bead in aligned)
    return Summary(
        source_segments=alignment.source_size,
        target_segments=alignment.target_size,
        beads=len(beads),
        kinds=alignment.kinds(),
        source_aligned=_share(sum(len(bead.source) for bead in aligned), alignment.source_size),
        target_aligned=_share(sum(len(bead.target) for bead in aligned), alignment.target_size),
        units=units,
        held_back=len(aligned) - units,
        doubtful=sum(is_doubtful(bead, min_confidence) for bead in aligned),
        unaligned=len(beads) - len(aligned),
        mean_confidence=fmean(confidences) if confidences else None,
    )


def is_doubtful(bead: Bead, min_confidence: float) -> bool:
    """Whether a bead is aligned but not sure enough to go unseen."""
    if not bead.is_aligned or bead.confidence is None:
        return False
    return bead.confidence < max(DOUBTFUL_BELOW, min_confidence)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
