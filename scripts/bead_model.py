"""The model of alignments that `fit.py` fits: what it learns from, and its weights.

A conditional log-linear model over all monotone alignments (a semi-Markov CRF, Sarawagi and Cohen,
NIPS 2004). Where only the paragraphs of a text are known, the weights make the alignments that
respect them probable, whatever they do inside (latent structure; Quattoni et al., PAMI 2007); where
every bead is known that is one alignment. Needs scipy and numba.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from lattice_sums import BandLayout, sums
from scipy.optimize import minimize

from align.aligner.bands import ROWS, Band
from align.aligner.features import BEAD_FEATURES, GAP_FEATURES
from align.aligner.habits import gap_rate
from align.aligner.lattice import NodeBlock

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from dev_data import GoldPair

    from align.aligner.features import PairFeatures

FEATURES = (*BEAD_FEATURES, *GAP_FEATURES)
"""Names of all weights, in their order."""

BY_GAPS = frozenset(
    name for name in BEAD_FEATURES
    if name.startswith(("shape-", "part-", "clauses-"))
    or name in ("segments", "length", "more-fits", "contrast")
) | {"step", "best-similarity", "opening"}  # fmt: skip
"""Features whose weights may depend on how much a pair of texts leaves out."""

_MARGIN = 8  # columns to either side of what the first pass leaves
_FARTHEST = 16  # columns from what is known: alignments farther off are too improbable to count
# Precision of the Gaussian that draws the weights to 0. It is strong: weaker ones are better on the
# kinds in the fit, and worse on those that it has not seen.
_PRIOR = 10.0
_PRIOR_BY_GAPS = 20.0


@dataclass(frozen=True)
class Known:
    """A rectangle of the lattice in which the right alignment is known to stay.

    Attributes:
        source: First source segment, and the one after the last.
        target: First target segment, and the one after the last.
        whole: Whether it is one bead; else it may be cut in any way.
    """

    source: tuple[int, int]
    target: tuple[int, int]
    whole: bool


@dataclass(frozen=True)
class Document:
    """A pair of texts to learn from, with the features of every step in a band.

    Attributes:
        kind: The kind of text.
        segments: Source segments, by which documents of one kind are weighed.
        gap_rate: Of its habits.
        layout: The band.
        beads: Features of beads, (features, nodes, shapes).
        gaps: Features of gaps, of the source and of the target.
        possible: Which beads there are, (nodes, shapes).
        right: Which of them agree with what is known.
        nodes: Which nodes do.
    """

    kind: str
    segments: int
    gap_rate: float
    layout: BandLayout
    beads: np.ndarray = field(repr=False)
    gaps: tuple[np.ndarray, np.ndarray] = field(repr=False)
    possible: np.ndarray = field(repr=False)
    right: np.ndarray = field(repr=False)
    nodes: np.ndarray = field(repr=False)


def document_of(kind: str, pair: GoldPair, features: PairFeatures, anchors: np.ndarray) -> Document:
    """Lays out a pair of texts to learn from.

    Args:
        kind: The kind of text.
        pair: The texts and what is known of them.
        features: Their features, of the pass that is to be fitted.
        anchors: Pairs of segments, near which the pass looks.
    """
    n, m = len(features.source), len(features.target)
    known = _known(pair, n, m, features.shapes)
    layout = _layout(features, anchors, known)
    rows, columns = layout.places()
    a, b = layout.shapes.T
    beads = np.zeros((len(BEAD_FEATURES), layout.nodes, len(a)), dtype=np.float32)
    for top in range(0, n + 1, ROWS):
        bottom = min(top + ROWS, n + 1)
        left, right = int(layout.first[top]), int(layout.last[bottom - 1]) + 1
        of_block = features.beads(NodeBlock(top, bottom, left, right))
        for row in range(top, bottom):
            here = slice(layout.starts[row], layout.starts[row + 1])
            within = slice(layout.first[row] - left, layout.last[row] + 1 - left)
            beads[:, here] = of_block[:, row - top, :, within].swapaxes(1, 2)
    before_row, before_column = rows[:, None] - a, columns[:, None] - b
    row = np.clip(before_row, 0, None)
    possible = (before_row >= 0) & (before_column >= layout.first[row])
    possible &= before_column <= layout.last[row]
    empty = features.of_empty_segments(NodeBlock(0, n + 1, 0, m + 1))
    if empty is not None:
        possible &= ~empty.swapaxes(1, 2)[rows, columns]
    beads[:, ~possible] = 0
    nodes, right_beads = _right(layout, known, possible)
    return Document(
        kind, n, gap_rate(features.habits), layout, beads, features.gaps(), possible, right_beads,
        nodes,
    )  # fmt: skip


def _known(pair: GoldPair, n: int, m: int, shapes: Sequence[tuple[int, int]]) -> list[Known]:
    """What is known, in order and covering both texts.

    Beads that cross, and those that no bead of ours can be, are left free inside; what no bead has
    is left out.
    """
    found: list[Known] = []
    exact = not pair.blocks
    for bead in sorted(
        (bead for bead in pair.blocks or pair.gold if bead.source and bead.target),
        key=lambda bead: bead.source,
    ):
        source = (bead.source[0], bead.source[-1] + 1)
        target = (bead.target[0], bead.target[-1] + 1)
        sizes = source[1] - source[0], target[1] - target[0]
        whole = sizes == (len(bead.source), len(bead.target)) and sizes in shapes
        whole &= exact or min(sizes) == 1
        while found and (source[0] < found[-1].source[1] or target[0] < found[-1].target[1]):
            last = found.pop()
            source = min(source[0], last.source[0]), max(source[1], last.source[1])
            target = min(target[0], last.target[0]), max(target[1], last.target[1])
            whole = False
        found.append(Known(source, target, whole))
    covering: list[Known] = []
    i = j = 0
    for one in [*found, Known((n, n), (m, m), whole=False)]:
        if one.source[0] > i:
            covering.append(Known((i, one.source[0]), (j, j), whole=False))
        if one.target[0] > j:
            covering.append(Known((one.source[0],) * 2, (j, one.target[0]), whole=False))
        covering.append(one)
        i, j = one.source[1], one.target[1]
    return covering[:-1]


def _layout(features: PairFeatures, anchors: np.ndarray, known: Sequence[Known]) -> BandLayout:
    n, m = len(features.source), len(features.target)
    band = Band(anchors, n + 1, m + 1)
    first = np.zeros(n + 1, dtype=np.int64)
    last = np.zeros(n + 1, dtype=np.int64)
    for top in range(n + 1):
        first[top], last[top] = band.columns(top)
    first, last = np.clip(first - _MARGIN, 0, m), np.clip(last + _MARGIN, 0, m)
    low, high = np.full(n + 1, m), np.zeros(n + 1, dtype=np.int64)
    for one in known:
        rows = slice(one.source[0], one.source[1] + 1)
        np.minimum(low[rows], one.target[0], out=low[rows])
        np.maximum(high[rows], one.target[1], out=high[rows])
    first = np.minimum(np.maximum(first, low - _FARTHEST), low)
    last = np.maximum(np.minimum(last, high + _FARTHEST), high)
    first = np.minimum.accumulate(first[::-1])[::-1]
    last = np.maximum.accumulate(last)
    first[0], last[-1] = 0, m
    starts = np.concatenate(([0], np.cumsum(last - first + 1)))
    return BandLayout(first, last, starts, np.array(features.shapes, dtype=np.int64))


def _right(
    layout: BandLayout, known: Sequence[Known], possible: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which nodes and which beads agree with what is known."""
    nodes = np.zeros(layout.nodes, dtype=bool)
    n, m = len(layout.first) - 1, int(layout.last[-1])
    of_source, of_target = np.full(n + 1, -1), np.full(m + 1, -2)
    for number, one in enumerate(known):
        of_source[slice(*one.source)], of_target[slice(*one.target)] = number, number
        rows = one.source if one.whole else range(one.source[0], one.source[1] + 1)
        for row in rows:
            columns = one.target if not one.whole else (one.target[row == one.source[1]],) * 2
            place = layout.starts[row] - layout.first[row]
            nodes[place + columns[0] : place + columns[1] + 1] = True
    rows, columns = layout.places()
    a, b = layout.shapes.T
    starts = np.clip(rows[:, None] - a, 0, None), np.clip(columns[:, None] - b, 0, None)
    block = of_source[starts[0]]
    right = possible & nodes[:, None]
    right &= (block == of_source[np.clip(rows - 1, 0, None)][:, None]) & (
        (block == of_target[starts[1]])
        & (block == of_target[np.clip(columns - 1, 0, None)][:, None])
    )
    before = layout.starts[starts[0]] + starts[1] - layout.first[starts[0]]
    right[right] = nodes[before[right]]
    return nodes, right


def _scores(document: Document, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    size = len(BEAD_FEATURES)
    flat = document.beads.reshape(size, -1)
    beads = (weights[:size].astype(np.float32) @ flat).reshape(document.beads.shape[1:])
    source, target = (gaps @ weights[size:-1] for gaps in document.gaps)
    return beads, source, target


def _loss(document: Document, weights: np.ndarray) -> tuple[float, np.ndarray]:
    """Negative log-probability of what is known, and its slope."""
    scores = _scores(document, weights)
    everywhere = np.ones_like(document.nodes)
    free = sums(document.layout, *scores, weights[-1], document.possible, everywhere)
    held = sums(document.layout, *scores, weights[-1], document.right, document.nodes)
    difference = (free.beads - held.beads).astype(np.float32).ravel()
    slope = np.concatenate(
        (
            document.beads.reshape(len(BEAD_FEATURES), -1) @ difference,
            document.gaps[0].T @ (free.deletions - held.deletions)
            + document.gaps[1].T @ (free.insertions - held.insertions),
            [free.openings - held.openings],
        )
    )
    return free.total - held.total, slope


def fit_weights(
    documents: Sequence[Document],
    shares: Sequence[float],
    *,
    wanted: Collection[str] = FEATURES,
    by_gaps: Collection[str] = (),
    start: np.ndarray | None = None,
    iterations: int = 40,
) -> np.ndarray:
    """Weights that make what is known most probable.

    Args:
        documents: What to learn from.
        shares: How much each document counts.
        wanted: Features whose weights are sought; those of others stay what they start from, or 0.
        by_gaps: Features whose weights may depend on the gap rate.
        start: Weights to start from.
        iterations: The most steps of the optimiser (L-BFGS).

    Returns:
        Array of shape (2, features): the weights, and what is added to them times the gap rate.
    """
    free = np.array([[name in wanted for name in FEATURES], [name in by_gaps for name in FEATURES]])
    prior = np.where([[True], [False]], _PRIOR, _PRIOR_BY_GAPS) * np.ones(free.shape)
    weights = np.zeros(free.shape) if start is None else start.copy()
    if start is None:
        weights[0, FEATURES.index("similarity")] = 4.0
        weights[~free] = 0

    def objective(values: np.ndarray) -> tuple[float, np.ndarray]:
        weights[free] = values

        def of_one(document: Document) -> tuple[float, np.ndarray]:
            return _loss(document, weights[0] + document.gap_rate * weights[1])

        with ThreadPoolExecutor() as threads:
            losses = list(threads.map(of_one, documents))
        loss = float((prior * weights * weights).sum() / 2)
        slope = prior * weights
        for document, share, (one, of_one_slope) in zip(documents, shares, losses, strict=True):
            loss += share * one
            slope += share * np.stack((of_one_slope, document.gap_rate * of_one_slope))
        return loss, slope[free]

    result = minimize(
        objective, weights[free], jac=True, method="L-BFGS-B", options={"maxiter": iterations}
    )
    weights[free] = result.x
    return weights
