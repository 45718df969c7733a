"""Aligns two texts: features of every bead, the best way through the lattice, its confidence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.bands import Band, full_band
from align.aligner.features import PairFeatures
from align.aligner.lattice import NEVER, NodeBlock, Steps
from align.aligner.moves import find_moves
from align.aligner.parameters import doubt_of_whole
from align.aligner.search import joined, search, solve
from align.aligner.second_look import SecondCosines, look_again
from align.aligner.settings import AlignerSettings
from align.aligner.shapes import bead_shapes
from align.beads import Alignment, Bead
from align.one_core import one_core
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from align.aligner.features import FloatArray, IntArray
    from align.aligner.lattice import Array
    from align.aligner.parameters import Parameters, Weights
    from align.aligner.search import Step
    from align.aligner.second_look import SecondEncoder
    from align.aligner.shapes import Shape
    from align.aligner.side import Side

FULL_SEARCH_NODES = 65_536
"""Lattices up to this many nodes are searched whole."""

SMALL_NODES = 1_024
"""Lattices up to this many nodes are searched whole in the second pass, too."""

FIRST_LONGEST, FIRST_LARGEST = 4, 5
"""The most segments on one side, and on both, of a bead of the first pass."""

SURE = 0.99
"""Probability of a bead of the first pass near which alone the second one looks."""

_NODES_AT_ONCE = 16_384  # whose beads' features are held in memory
_LITTLE_MORE = 1.5  # times the nodes of blocks that cost less in one go than block by block


def align_sides(
    source: Side,
    target: Side,
    parameters: Parameters,
    *,
    settings: AlignerSettings | None = None,
    second: SecondEncoder | None = None,
    advance: Callable[[int], None] | None = None,
) -> Alignment:
    """Aligns two texts.

    The alignment is the most probable one under a log-linear model over all monotone alignments
    (features of beads and gaps, fitted weights); a bead's confidence is its calibrated posterior,
    summed over all alignments that contain it (Baum's forward–backward algorithm). A first pass
    over small beads shows what is usual in the two texts and which words go together; the second
    looks at beads of every shape near what the first is sure of.

    Args:
        source: The source text.
        target: The target text.
        parameters: Fitted weights.
        settings: How far to look.
        second: Encodes the stretches of both texts that are in doubt once more, for a second look
            at them (`second_look`).
        advance: Told how many source segments are finished.

    Returns:
        An alignment that uses every segment once; unaligned segments one a bead.
    """
    settings = settings or AlignerSettings()
    # A longer span is composed of two that are encoded.
    reach = 2 * min(source.encoded, target.encoded)
    if reach < settings.longest_side:
        settings = replace(settings, longest_side=reach)
    if not len(source) or not len(target):
        return _nothing_aligned(len(source), len(target))
    # The many matrix products are small: cores that shared them would wait for one another.
    with one_core():
        beads = _aligned(source, target, parameters, settings, second, advance)
    return Alignment(tuple(beads), len(source), len(target))


def _aligned(
    source: Side,
    target: Side,
    parameters: Parameters,
    settings: AlignerSettings,
    second: SecondEncoder | None,
    advance: Callable[[int], None] | None,
) -> list[Bead]:
    features, sure = first_pass(source, target, parameters.first, settings)
    weights = parameters.weights(features.habits)
    scorer = StepScorer(features, weights)
    rows, columns = len(source) + 1, len(target) + 1
    whole = settings.full_search or rows * columns <= SMALL_NODES
    stretches = _stretches(scorer, sure, whole=whole)
    if second:
        both = SecondCosines(features, second)
        score = StepScorer(features.with_cosines(both), weights).steps
        stretches = look_again(stretches, both, score, parameters.confidence)
    path, chances = joined(stretches, advance)
    i, i_stop, j, j_stop = np.array(path, dtype=np.int64).reshape(-1, 4).T
    two_sided = (i_stop > i) & (j_stop > j)
    doubt = np.where(two_sided, doubt_of_whole(chances[two_sided]), 0.0)
    cosines = features.path_similarities(path)
    beads = list(_as_beads(path, cosines, parameters.confidence(chances, doubt)))
    if settings.moves:
        beads = find_moves(
            beads, features, parameters.move_confidence, largest=settings.largest_bead
        )
    return beads


def first_shapes(settings: AlignerSettings) -> tuple[Shape, ...]:
    """The shapes that a bead of the first pass may have."""
    return bead_shapes(
        min(settings.longest_side, FIRST_LONGEST), min(settings.largest_bead, FIRST_LARGEST)
    )


def first_pass(
    source: Side, target: Side, weights: Weights, settings: AlignerSettings
) -> tuple[PairFeatures, IntArray]:
    """Aligns two texts roughly, to see what is usual in them.

    Args:
        source: The source text.
        target: The target text.
        weights: Those of the first pass.
        settings: How far to look.

    Returns:
        The features of the pair, habits and words learnt, for beads of every shape; and the pairs
        of segments that surely translate one another, shape (count, 2), ascending in both texts.
    """
    features = PairFeatures(source, target, first_shapes(settings))
    rows, columns = len(source) + 1, len(target) + 1
    whole = settings.full_search or rows * columns <= FULL_SEARCH_NODES
    scorer = StepScorer(features, weights)
    path, chances = joined(_stretches(scorer, features.matches.anchors, whole=whole))
    features.learn(path, chances, bead_shapes(settings.longest_side, settings.largest_bead))
    i, i_stop, j, j_stop = np.array(path, dtype=np.int64).reshape(-1, 4).T
    sure = (i_stop - i == 1) & (j_stop - j == 1) & (chances >= SURE)
    return features, np.column_stack((i[sure], j[sure]))


def _stretches(
    scorer: StepScorer, anchors: IntArray, *, whole: bool
) -> Iterator[tuple[list[Step], Array]]:
    """Consecutive parts of the best path and how probable their steps are."""
    if whole:
        solution = solve(scorer.steps(full_band(*scorer.nodes)))
        yield solution.path, solution.chances
    else:
        yield from search(Band(anchors, *scorer.nodes), scorer.steps)


class StepScorer:
    """Weighs the features of every step through a part of the lattice.

    Args:
        features: The features of the pair of texts.
        weights: Fitted weights.
    """

    def __init__(self, features: PairFeatures, weights: Weights) -> None:
        self._features = features
        self._wanted = weights.features
        self._weights = np.array(weights.beads, dtype=np.float32)
        *gap_weights, self._opening = weights.gaps
        self._deletions, self._insertions = (
            gaps @ np.array(gap_weights) for gaps in features.gaps()
        )

    @property
    def nodes(self) -> tuple[int, int]:
        """Rows and columns of the lattice."""
        return len(self._deletions) + 1, len(self._insertions) + 1

    def steps(self, blocks: Sequence[NodeBlock]) -> Steps:
        """Scores the steps through consecutive blocks, which are numbered from their first node."""
        top, left = blocks[0].top, blocks[0].left
        return Steps(
            blocks=[
                NodeBlock(
                    block.top - top, block.bottom - top, block.left - left, block.right - left
                )
                for block in blocks
            ],
            shapes=self._features.shapes,
            beads=self._beads_of(blocks),
            deletions=self._deletions[top : blocks[-1].bottom - 1],
            insertions=self._insertions[left : blocks[-1].right - 1],
            opening=self._opening,
            extending=0.0,
        )

    def _beads_of(self, blocks: Sequence[NodeBlock]) -> list[FloatArray]:
        """Scores of the beads that end at the nodes of blocks, those of small ones in one go."""
        around = NodeBlock(
            blocks[0].top,
            blocks[-1].bottom,
            min(block.left for block in blocks),
            max(block.right for block in blocks),
        )
        nodes = sum((block.bottom - block.top) * block.width for block in blocks)
        if (around.bottom - around.top) * around.width > min(_LITTLE_MORE * nodes, _NODES_AT_ONCE):
            return [self._beads(block) for block in blocks]
        beads = self._beads(around)
        return [
            beads[
                block.top - around.top : block.bottom - around.top,
                :,
                block.left - around.left : block.right - around.left,
            ]
            for block in blocks
        ]

    def _beads(self, block: NodeBlock) -> FloatArray:
        rows = max(_NODES_AT_ONCE // block.width, 1)
        parts = [
            NodeBlock(top, min(top + rows, block.bottom), block.left, block.right)
            for top in range(block.top, block.bottom, rows)
        ]
        scores = [
            np.tensordot(self._weights, self._features.beads(part, self._wanted), 1)
            for part in parts
        ]
        beads = np.concatenate(scores) if len(scores) > 1 else scores[0]
        if min(block.top, block.left) < self._features.longest:
            beads[impossible(block, self._features.shapes)] = NEVER
        without_text = self._features.of_empty_segments(block)
        if without_text is not None:
            beads[without_text] = NEVER
        return beads


def impossible(block: NodeBlock, shapes: Sequence[Shape]) -> np.ndarray:
    """Which beads would start before the texts do, laid out as `Steps.beads`."""
    a, b = np.array(shapes, dtype=np.int64).T[:, :, None]
    i = np.arange(block.top, block.bottom)[:, None, None]
    return np.asarray((i < a) | (np.arange(block.left, block.right) < b))


def _as_beads(path: Sequence[Step], cosines: FloatArray, confidences: Array) -> Iterator[Bead]:
    for (i, i_stop, j, j_stop), cosine, confidence in zip(path, cosines, confidences, strict=True):
        aligned = i < i_stop and j < j_stop
        yield Bead(
            Span(i, i_stop),
            Span(j, j_stop),
            min(float(cosine), 1.0) if aligned else None,
            float(confidence),
        )


def _nothing_aligned(source_size: int, target_size: int) -> Alignment:
    beads = [Bead(Span(i, i + 1), Span(0, 0)) for i in range(source_size)]
    beads += [Bead(Span(source_size, source_size), Span(j, j + 1)) for j in range(target_size)]
    return Alignment(tuple(beads), source_size, target_size)
