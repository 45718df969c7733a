"""What a program makes of texts of a kind: alignment, confidence, gaps, blocks; counts that add up.

Confidence is measured by the expected calibration error: beads are put into ten bins of equal width
by their confidence, and each bin's mean confidence is compared with the share that is right. Gaps
are counted segment by segment. Where only blocks are known, only what they tell counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from align.scoring import Counts, Scores, score
from evaluation.block_scores import BlockCounts, Blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from align.beads import Bead
    from align.formats.indices import IndexBead
    from evaluation.dev_data import GoldPair

    AnyBead = Bead | IndexBead

BINS = 10

Added = TypeVar("Added", Scores, BlockCounts)


@dataclass(frozen=True)
class Figures:
    """What is counted over some pairs of texts.

    Attributes:
        documents: How many pairs.
        scores: Strict and lax, of those whose beads are all known.
        blocks: Of those whose blocks are.
        gaps: Segments that are said to have no counterpart, and segments that have none.
        bins: For each bin of confidence, how many beads, their summed confidence, how many right.
    """

    documents: int = 0
    scores: Scores | None = None
    blocks: BlockCounts | None = None
    gaps: Counts = field(default_factory=Counts)
    bins: np.ndarray = field(default_factory=lambda: np.zeros((BINS, 3)))

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.documents + other.documents,
            _sum(self.scores, other.scores),
            _sum(self.blocks, other.blocks),
            self.gaps + other.gaps,
            self.bins + other.bins,
        )

    @property
    def strict(self) -> float:
        """Strict F1, over the known beads where there are blocks."""
        if self.blocks is not None:
            return self.blocks.exact
        return self.scores.strict.f1 if self.scores else 0.0

    @property
    def lax(self) -> float | None:
        """Lax F1; None where there are blocks."""
        return self.scores.lax.f1 if self.scores else None

    @property
    def calibration_error(self) -> float | None:
        """Expected calibration error of confidence; None where no bead has any."""
        count, confidence, right = self.bins.T
        return float(np.abs(confidence - right).sum() / count.sum()) if count.any() else None


def figures_of(pair: GoldPair, beads: Iterable[AnyBead]) -> Figures:
    """Judges the beads of a pair by what is known of it."""
    beads = list(beads)
    bins = _binned(judged_beads(pair, beads))
    if pair.blocks:
        blocks = Blocks(pair.blocks)
        verdicts = [one for one in blocks.verdicts(beads) if one.right is not None]
        said = [one.right for one in verdicts if not (one.bead.source and one.bead.target)]
        gaps = _gap_counts(said, sum(map(len, blocks.gaps)))
        return Figures(documents=1, blocks=blocks.score(beads), gaps=gaps, bins=bins)
    without = {segment for bead in pair.gold for segment in _unaligned(bead)}
    found = {segment for bead in beads for segment in _unaligned(bead)}
    gaps = _gap_counts([segment in without for segment in found], len(without))
    return Figures(documents=1, scores=score(pair.gold, beads), gaps=gaps, bins=bins)


def judged_beads(pair: GoldPair, beads: Iterable[AnyBead]) -> list[tuple[float, bool]]:
    """Confidence of every bead of which it is known whether it is right, and whether it is."""
    if pair.blocks:
        verdicts = [(one.bead, one.right) for one in Blocks(pair.blocks).verdicts(beads)]
    else:
        known = {_key(bead) for bead in pair.gold}
        gaps = {segment for bead in pair.gold for segment in _unaligned(bead)}
        verdicts = [
            (bead, gaps >= _unaligned(bead) if _unaligned(bead) else _key(bead) in known)
            for bead in beads
        ]
    return [
        (confidence, right)
        for bead, right in verdicts
        # Other programs' beads have no confidence.
        if right is not None and (confidence := getattr(bead, "confidence", None)) is not None
    ]


@dataclass(frozen=True)
class KindFigures:
    """The figures of a kind of text under one program, by pair of languages.

    Attributes:
        by_languages: Of each pair of languages.
    """

    by_languages: Mapping[str, Figures]

    @property
    def all(self) -> Figures:
        """Of all together."""
        return sum(self.by_languages.values(), Figures())

    @property
    def strict(self) -> float:
        """Mean strict F1 of the languages."""
        return fmean(figures.strict for figures in self.by_languages.values())

    @property
    def lax(self) -> float | None:
        """Mean lax F1 of the languages; None where there are blocks."""
        values = [figures.lax for figures in self.by_languages.values()]
        known = [value for value in values if value is not None]
        return fmean(known) if len(known) == len(values) else None

    @property
    def worst(self) -> tuple[float, str]:
        """The least strict F1 of a pair of languages, and which has it."""
        return min((figures.strict, name) for name, figures in self.by_languages.items())


def gather(judged: Iterable[tuple[GoldPair, Figures]]) -> dict[str, KindFigures]:
    """Adds up the figures of pairs by what kind they are of, and by their languages."""
    rows: dict[str, dict[str, Figures]] = {}
    for pair, figures in judged:
        row = rows.setdefault(pair.kind, {})
        row[pair.languages] = row.get(pair.languages, Figures()) + figures
    return {kind: KindFigures(by_languages) for kind, by_languages in rows.items()}


def _key(bead: AnyBead) -> tuple[tuple[int, ...], tuple[int, ...]]:
    return tuple(bead.source), tuple(bead.target)


def _unaligned(bead: AnyBead) -> set[tuple[str, int]]:
    """The segments of a bead with nothing on the other side."""
    source, target = _key(bead)
    if source and target:
        return set()
    return {("source", i) for i in source} | {("target", j) for j in target}


def _gap_counts(said: list[bool | None], gold: int) -> Counts:
    """Counts of segments said to have no counterpart, each right or not, and of those without."""
    right = sum(map(bool, said))
    return Counts(len(said), right, gold, right)


def _binned(judged: Iterable[tuple[float, bool]]) -> np.ndarray:
    bins = np.zeros((BINS, 3))
    for confidence, right in judged:
        bins[min(int(confidence * BINS), BINS - 1)] += 1, confidence, right
    return bins


def _sum(one: Added | None, other: Added | None) -> Added | None:
    """The sum of two counts, either of which may be missing."""
    if one is None or other is None:
        return other if one is None else one
    return one + other
