"""What an aligner leaves aligned of texts that have nothing in common: all of it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import align
from align.settings import DEFAULT_MIN_CONFIDENCE
from align.summary import summarise, texts_apart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.beads import Alignment
    from evaluation.dev_data import GoldPair


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Counts over some pairs of texts; they add up.

    Attributes:
        documents: How many pairs.
        segments: Segments of both sides.
        aligned: Beads with both sides.
        sure: Those sure enough for a translation memory.
        confidence: The sum of the confidence of the aligned beads.
        warned: Pairs of which a user would be asked whether they translate one another.
    """

    documents: int = 0
    segments: int = 0
    aligned: int = 0
    sure: int = 0
    confidence: float = 0.0
    warned: int = 0

    def __add__(self, other: Leftovers) -> Leftovers:
        return Leftovers(
            self.documents + other.documents,
            self.segments + other.segments,
            self.aligned + other.aligned,
            self.sure + other.sure,
            self.confidence + other.confidence,
            self.warned + other.warned,
        )

    @property
    def mean_confidence(self) -> float:
        """Mean confidence of the aligned beads; 0 where there are none."""
        return self.confidence / self.aligned if self.aligned else 0.0


def leftovers_of(pair: GoldPair, alignment: Alignment) -> Leftovers:
    """Counts what is left aligned of a pair."""
    summary = summarise(alignment, min_confidence=DEFAULT_MIN_CONFIDENCE)
    aligned = summary.units + summary.held_back
    article = align.AlignedArticle(
        name=pair.document,
        title=pair.document,
        licence=None,
        pivot=pair.source_language,
        editions={},  # nobody is asked for the texts
        alignments={pair.target_language: alignment},
        units=(),
        min_confidence=DEFAULT_MIN_CONFIDENCE,
        signature="",
    )
    return Leftovers(
        documents=1,
        segments=alignment.source_size + alignment.target_size,
        aligned=aligned,
        sure=summary.units,
        confidence=(summary.mean_confidence or 0.0) * aligned,
        warned=int(bool(texts_apart(article))),
    )


def gather_leftovers(found: Iterable[tuple[GoldPair, Leftovers]]) -> dict[str, Leftovers]:
    """Adds up what is left by the pairs' kind."""
    rows: dict[str, Leftovers] = {}
    for pair, one in found:
        rows[pair.kind] = rows.get(pair.kind, Leftovers()) + one
    return rows
