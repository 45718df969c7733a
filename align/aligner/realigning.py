"""Aligns two texts anew between beads that a person has fixed.

What lies between two fixed beads does not depend on what lies elsewhere: each such stretch is a
lattice of its own, with its own forward–backward sums. Fixed beads that break the order, and
segments that are fixed without a counterpart, are passed by: no bead may hold what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import threadpool_limits

from align.aligner.aligner import FULL_SEARCH_NODES, StepScorer, first_pass
from align.aligner.bands import Band, Node, full_band
from align.aligner.lattice import NEVER, NodeBlock, Steps
from align.aligner.search import joined, search, solve
from align.aligner.settings import AlignerSettings
from align.beads import Bead
from align.text import Span

if TYPE_CHECKING:
    from align.aligner.lattice import Array, IntArray
    from align.aligner.parameters import Parameters
    from align.aligner.search import Step
    from align.aligner.side import Side


class Realigner:
    """Two texts ready to be aligned anew, as often as beads are fixed.

    Args:
        source: The source text.
        target: The target text.
        parameters: Fitted weights.
        settings: How far to look.
    """

    def __init__(
        self,
        source: Side,
        target: Side,
        parameters: Parameters,
        settings: AlignerSettings | None = None,
    ) -> None:
        settings = settings or AlignerSettings()
        self._sizes = len(source), len(target)
        self._parameters = parameters
        with threadpool_limits(limits=1, user_api="blas"):
            self._features, self._sure = first_pass(source, target, parameters.first, settings)
        weights = parameters.weights(self._features.habits)
        self._scorer = StepScorer(self._features, weights)

    def align(self, fixed: Sequence[Bead]) -> list[Bead]:
        """Aligns what no fixed bead holds.

        Args:
            fixed: Beads that are right, in the order of the source; `moved` says which break it.

        Returns:
            Beads of all other segments, stretch by stretch.
        """
        taken = tuple(np.zeros(size, dtype=bool) for size in self._sizes)
        for bead in fixed:
            taken[0][bead.source.start : bead.source.stop] = True
            taken[1][bead.target.start : bead.target.stop] = True
        beads: list[Bead] = []
        with threadpool_limits(limits=1, user_api="blas"):
            for start, stop in self._stretches(fixed):
                if not all(used[a:b].all() for used, a, b in zip(taken, start, stop, strict=True)):
                    beads += self._between(start, stop, taken)
        return beads

    def _stretches(self, fixed: Sequence[Bead]) -> Iterator[tuple[Node, Node]]:
        start = (0, 0)
        for bead in fixed:
            if bead.is_aligned and not bead.moved:
                yield start, (bead.source.start, bead.target.start)
                start = (bead.source.stop, bead.target.stop)
        yield start, self._sizes

    def _between(self, start: Node, stop: Node, taken: Sequence[np.ndarray]) -> Iterator[Bead]:
        (top, left), (bottom, right) = start, stop
        rows, columns = bottom - top + 1, right - left + 1

        def score(blocks: Sequence[NodeBlock]) -> Steps:
            moved = [
                NodeBlock(
                    block.top + top, block.bottom + top, block.left + left, block.right + left
                )
                for block in blocks
            ]
            steps = self._scorer.steps(moved)
            for block, beads in zip(moved, steps.beads, strict=True):
                _forbid(block, beads, steps.shapes, taken)
            return steps

        parts: Iterator[tuple[list[Step], Array]]
        if rows * columns <= FULL_SEARCH_NODES:
            solution = solve(score(full_band(rows, columns)))
            parts = iter([(solution.path, solution.chances)])
        else:
            parts = search(Band(self._anchors(start, stop, taken), rows, columns), score)
        path, chances = joined(parts)
        steps = [(a + top, b + top, c + left, d + left) for a, b, c, d in path]
        similarities = self._features.path_similarities(steps)
        confidences = self._parameters.confidence(chances)
        for (i, i_stop, j, j_stop), score_of, confidence in zip(
            steps, similarities, confidences, strict=True
        ):
            aligned = i < i_stop and j < j_stop
            if not aligned and (taken[0][i:i_stop].any() or taken[1][j:j_stop].any()):
                continue  # it is in a fixed bead
            yield Bead(
                Span(i, i_stop),
                Span(j, j_stop),
                min(float(score_of), 1.0) if aligned else None,
                float(confidence),
            )

    def _anchors(self, start: Node, stop: Node, taken: Sequence[np.ndarray]) -> IntArray:
        """The pairs of segments that surely belong together, numbered from the stretch's first."""
        sure = self._sure
        within = np.all((sure >= start) & (sure < stop), axis=1)
        sure = sure[within]
        free = ~(taken[0][sure[:, 0]] | taken[1][sure[:, 1]])
        return np.asarray(sure[free] - np.array(start))


def _forbid(
    block: NodeBlock,
    beads: np.ndarray,
    shapes: Sequence[tuple[int, int]],
    taken: Sequence[np.ndarray],
) -> None:
    """Leaves no chance to beads that would hold a segment of a fixed one."""
    counts = [np.concatenate(([0], np.cumsum(used))) for used in taken]
    i = np.arange(block.top, block.bottom)
    j = np.arange(block.left, block.right)
    for place, (a, b) in enumerate(shapes):
        rows = counts[0][i] > counts[0][np.maximum(i - a, 0)]
        columns = counts[1][j] > counts[1][np.maximum(j - b, 0)]
        beads[rows, place, :] = NEVER
        beads[:, place, columns] = NEVER
