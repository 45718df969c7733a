"""The model of alignments that `fit.py` fits: what it learns from, and its weights.

A conditional log-linear model over all monotone alignments (a semi-Markov CRF, Sarawagi and Cohen,
NIPS 2004): the weights maximise the probability of the gold alignments, with a Gaussian prior.
Needs scipy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import batched
import numpy as np
from scipy.optimize import minimize

from align.aligner.aligner import impossible
from align.aligner.features import BEAD_FEATURES, GAP_FEATURES
from align.aligner.lattice import Block
from align.beads import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dev_data import GoldPair

    from align.aligner.features import PairFeatures
    from align.formats.indices import IndexBead

LONGEST, LARGEST = 4, 8
STRETCH = 25  # source segments after which a long document is cut, for fitting
BATCH = 64
PRIOR = 1.0
FEATURES = (*BEAD_FEATURES, *GAP_FEATURES)
"""Names of all weights, in their order."""


@dataclass(frozen=True)
class Example:
    """A stretch of a gold pair, no longer than a story, with the features of the whole pair.

    Attributes:
        features: Of the pair.
        source: The stretch of the source.
        target: The stretch of the target.
        gold: The beads within it, numbered as in the pair; every one within the lattice's reach.
    """

    features: PairFeatures
    source: Span
    target: Span
    gold: tuple[IndexBead, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Segments of its source and of its target."""
        return len(self.source), len(self.target)

    @cached_property
    def beads(self) -> np.ndarray:
        """Features of its beads, as `PairFeatures.beads`, 0 where the text has no such bead."""
        block = Block(
            self.source.start, self.source.stop + 1, self.target.start, self.target.stop + 1
        )
        features = self.features.beads(block)
        features[:, self.impossible] = 0
        return features

    @cached_property
    def impossible(self) -> np.ndarray:
        """Beads that would start before the stretch does."""
        return impossible(Block(0, self.size[0] + 1, 0, self.size[1] + 1), LONGEST, LARGEST)

    @cached_property
    def gaps(self) -> tuple[np.ndarray, np.ndarray]:
        """Features of its gaps, of the source and of the target."""
        source, target = self.features.gaps()
        return (
            source[self.source.start : self.source.stop],
            target[self.target.start : self.target.stop],
        )

    @cached_property
    def observed(self) -> np.ndarray:
        """Summed features of the gold alignment."""
        top, left = self.source.start, self.target.start
        node = (top, left)
        by_bead, openings = np.zeros(len(BEAD_FEATURES)), 0
        used: tuple[set[int], set[int]] = (set(), set())
        for bead in sorted(both_sided(self.gold), key=lambda bead: bead.source):
            i_stop, j_stop = bead.source[-1] + 1, bead.target[-1] + 1
            place = (i_stop - top, len(bead.source) - 1, len(bead.target) - 1, j_stop - left)
            by_bead += self.beads[:, *place]
            openings += (bead.source[0], bead.target[0]) != node
            node = (i_stop, j_stop)
            used[0].update(bead.source)
            used[1].update(bead.target)
        openings += node != (self.source.stop, self.target.stop)
        by_gap = sum(
            gaps[[index not in of_side for index in span]].sum(axis=0)
            for gaps, span, of_side in zip(self.gaps, (self.source, self.target), used, strict=True)
        )
        return np.concatenate((by_bead, by_gap, [openings]))


def both_sided(beads: Sequence[IndexBead]) -> list[IndexBead]:
    """The beads that have segments on both sides."""
    return [bead for bead in beads if bead.source and bead.target]


def stretches(pair: GoldPair, features: PairFeatures) -> list[Example]:
    """Cuts a pair at 1-1 beads into stretches to learn from, without beads too large for us."""
    examples: list[Example] = []
    start, here = (0, 0), (0, 0)
    kept: list[IndexBead] = []

    def close() -> None:
        if here[0] > start[0] and here[1] > start[1]:
            examples.append(
                Example(features, Span(start[0], here[0]), Span(start[1], here[1]), tuple(kept))
            )
        kept.clear()

    for bead in pair.gold:
        within = all(
            len(side) <= LONGEST and (not side or side[-1] - side[0] == len(side) - 1)
            for side in (bead.source, bead.target)
        )
        if not within:
            close()
            start = here = (max(bead.source) + 1, max(bead.target) + 1)
            continue
        kept.append(bead)
        here = (
            bead.source[-1] + 1 if bead.source else here[0],
            bead.target[-1] + 1 if bead.target else here[1],
        )
        if len(bead.source) == len(bead.target) == 1 and here[0] - start[0] >= STRETCH:
            close()
            start = here
    close()
    return examples


class Batch:
    """Examples of like size, computed together."""

    def __init__(self, examples: Sequence[Example], shares: Sequence[float]) -> None:
        rows, columns = np.array([example.size for example in examples]).max(axis=0)
        count = len(examples)
        self.sizes = np.array([example.size for example in examples])
        self.shares = np.array(shares)
        self.beads = np.zeros(
            (len(BEAD_FEATURES), count, rows + 1, LONGEST, LONGEST, columns + 1), np.float32
        )
        self.impossible = np.ones(self.beads.shape[1:], dtype=bool)
        self.source_gaps = np.zeros((count, rows, len(GAP_FEATURES) - 1))
        self.target_gaps = np.zeros((count, columns, len(GAP_FEATURES) - 1))
        for index, example in enumerate(examples):
            n, m = example.size
            self.beads[:, index, : n + 1, :, :, : m + 1] = example.beads
            self.impossible[index, : n + 1, :, :, : m + 1] = example.impossible
            self.source_gaps[index, :n], self.target_gaps[index, :m] = example.gaps
        observed = np.array([example.observed for example in examples])
        self.observed = observed.T @ self.shares

    def loss(self, weights: np.ndarray) -> tuple[float, np.ndarray]:
        """Negative log-probability of gold, and its slope."""
        size = len(BEAD_FEATURES)
        scores = np.tensordot(weights[:size].astype(np.float32), self.beads, 1).astype(np.float64)
        scores[self.impossible] = batched.IMPOSSIBLE
        by_gap = weights[size:-1]
        totals, chances, deleted, inserted, openings = batched.sums(
            scores, self.source_gaps @ by_gap, self.target_gaps @ by_gap, weights[-1], self.sizes
        )
        chances *= self.shares[:, None, None, None, None]
        expected = np.concatenate(
            (
                np.tensordot(self.beads, chances.astype(np.float32), 5),
                np.einsum("bn,b,bnf->f", deleted, self.shares, self.source_gaps)
                + np.einsum("bm,b,bmf->f", inserted, self.shares, self.target_gaps),
                [openings @ self.shares],
            )
        )
        return totals @ self.shares - weights @ self.observed, expected - self.observed


def fit_weights(
    examples: Sequence[Example],
    shares: Sequence[float],
    *,
    without: Collection[str] = (),
    start: np.ndarray | None = None,
    iterations: int = 80,
) -> np.ndarray:
    """Weights that make gold most probable.

    Args:
        examples: What to learn from.
        shares: How much each example counts.
        without: Features whose weight stays 0.
        start: Weights to start from.
        iterations: The most steps of the optimiser (L-BFGS).
    """
    free = np.array([name not in without for name in FEATURES])
    weights = np.zeros(len(FEATURES)) if start is None else start.copy()
    if start is None:
        weights[FEATURES.index("similarity")], weights[FEATURES.index("neighbours")] = 5.0, -1.0
    weights[~free] = 0
    order = sorted(range(len(examples)), key=lambda index: examples[index].size)
    batches = [
        Batch([examples[i] for i in some], [shares[i] for i in some])
        for some in (order[start : start + BATCH] for start in range(0, len(order), BATCH))
    ]

    def objective(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights[free] = values
        losses, slopes = zip(*(batch.loss(weights) for batch in batches), strict=True)
        loss = sum(losses) + PRIOR * values @ values / 2
        return loss, sum(slopes)[free] + PRIOR * values

    result = minimize(
        objective, weights[free], jac=True, method="L-BFGS-B", options={"maxiter": iterations}
    )
    weights[free] = result.x
    return weights
