"""Aligns two texts: features of every bead, the best way through the lattice, its confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from align.aligner.bands import Band, full_band
from align.aligner.features import PairFeatures
from align.aligner.lattice import NEVER, Block, Steps
from align.aligner.moves import find_moves
from align.aligner.search import search, solve
from align.aligner.settings import AlignerSettings
from align.beads import Alignment, Bead, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from align.aligner.features import FloatArray, Side
    from align.aligner.lattice import Array
    from align.aligner.parameters import Parameters
    from align.aligner.search import Step

FULL_SEARCH_NODES = 65_536
"""Lattices up to this many nodes are searched whole."""

_NODES_AT_ONCE = 16_384  # whose beads' features are held in memory


def align_sides(
    source: Side,
    target: Side,
    parameters: Parameters,
    *,
    settings: AlignerSettings | None = None,
    advance: Callable[[int], None] | None = None,
) -> Alignment:
    """Aligns two texts.

    The alignment is the most probable one under a log-linear model over all monotone alignments
    (features of beads and gaps, fitted weights); a bead's confidence is its calibrated posterior,
    summed over all alignments that contain it (Baum's forward–backward algorithm).

    Args:
        source: The source text.
        target: The target text.
        parameters: Fitted weights.
        settings: How far to look.
        advance: Told how many source segments are finished.

    Returns:
        An alignment that uses every segment once; unaligned segments one a bead.
    """
    settings = settings or AlignerSettings()
    if not len(source) or not len(target):
        return _nothing_aligned(len(source), len(target))
    # The many matrix products are small: cores that shared them would wait for one another.
    with threadpool_limits(limits=1, user_api="blas"):
        beads = _aligned(source, target, parameters, settings, advance)
    return Alignment(tuple(beads), len(source), len(target))


def _aligned(
    source: Side,
    target: Side,
    parameters: Parameters,
    settings: AlignerSettings,
    advance: Callable[[int], None] | None,
) -> list[Bead]:
    features = PairFeatures(source, target)
    scorer = StepScorer(features, parameters, settings)
    rows, columns = len(source) + 1, len(target) + 1
    if settings.full_search or rows * columns <= FULL_SEARCH_NODES:
        whole = solve(scorer.steps(full_band(rows, columns)))
        stretches = iter([(whole.path, whole.chances)])
    else:
        stretches = search(Band(features.matches.anchors, rows, columns), scorer.steps)
    beads: list[Bead] = []
    for path, chances in stretches:
        beads += _as_beads(path, features.path_similarities(path), parameters.confidence(chances))
        if advance:
            advance(path[-1][1] - path[0][0])
    if settings.moves:
        beads = find_moves(
            beads, features, parameters.move_confidence, largest=settings.largest_bead
        )
    return beads


class StepScorer:
    """Weighs the features of every step through a part of the lattice.

    Args:
        features: The features of the pair of texts.
        parameters: Fitted weights.
        settings: How large beads may be.
    """

    def __init__(
        self, features: PairFeatures, parameters: Parameters, settings: AlignerSettings
    ) -> None:
        self._features = features
        self._largest = settings.largest_bead
        self._weights = np.array(parameters.beads, dtype=np.float32)
        *gap_weights, self._opening = parameters.gaps
        self._deletions, self._insertions = (
            gaps @ np.array(gap_weights) for gaps in features.gaps()
        )

    def steps(self, blocks: Sequence[Block]) -> Steps:
        """Scores the steps through consecutive blocks, which are numbered from their first node."""
        top, left = blocks[0].top, blocks[0].left
        return Steps(
            blocks=[
                Block(block.top - top, block.bottom - top, block.left - left, block.right - left)
                for block in blocks
            ],
            beads=[self._beads(block) for block in blocks],
            deletions=self._deletions[top : blocks[-1].bottom - 1],
            insertions=self._insertions[left : blocks[-1].right - 1],
            opening=self._opening,
            extending=0.0,
        )

    def _beads(self, block: Block) -> FloatArray:
        rows = max(_NODES_AT_ONCE // block.width, 1)
        parts = [
            Block(top, min(top + rows, block.bottom), block.left, block.right)
            for top in range(block.top, block.bottom, rows)
        ]
        scores = [np.tensordot(self._weights, self._features.beads(part), 1) for part in parts]
        beads = np.concatenate(scores) if len(scores) > 1 else scores[0]
        longest = self._features.longest
        if min(block.top, block.left) < longest or self._largest < 2 * longest:
            beads[impossible(block, longest, self._largest)] = NEVER
        without_text = self._features.of_empty_segments(block)
        if without_text is not None:
            beads[without_text] = NEVER
        return beads


def impossible(block: Block, longest: int, largest: int) -> np.ndarray:
    """Which beads would start before the texts do or be too large, laid out as `Steps.beads`."""
    sizes = np.arange(1, longest + 1)
    i = np.arange(block.top, block.bottom)[:, None, None, None]
    j = np.arange(block.left, block.right)[None, None, None, :]
    a, b = sizes[None, :, None, None], sizes[None, None, :, None]
    return (i < a) | (j < b) | (a + b > largest)


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
