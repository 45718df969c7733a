"""How the lengths of two texts go together: their ratio, and what a bead's lengths say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.aligner.lattice import Block
    from align.aligner.search import Step
    from align.aligner.shapes import Shape
    from align.aligner.side import Side

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

FARTHEST = 2.0
"""Squared log-ratio beyond which a bead's lengths cannot be further apart."""

_NEAR = 6  # segments from one sure pair to the next, at most, for what lies between to count
_SMOOTHING = 20.0  # characters
_BELIEVED = 200.0  # characters that an earlier ratio counts as
_SOFTNESS = 60.0  # characters of both sides below which lengths say little


def length_ratio(source: Side, target: Side, chain: IntArray) -> float:
    """Target characters per source character.

    What lies from each sure pair up to the next is summed over both texts, the pair included: a
    segment that was cut in two counts whole. Where the next pair is far off in either text, as at
    a chapter that one of them lacks, nothing is counted. Without sure pairs it is the ratio of the
    whole texts.

    Args:
        source: The source text.
        target: The target text.
        chain: Segments that correspond, ascending in both texts, shape (k, 2).
    """
    points = np.vstack((chain, [[len(source), len(target)]]))
    near = np.flatnonzero(np.diff(points, axis=0).max(axis=1, initial=0) <= _NEAR)
    here, after = points[:-1][near], points[1:][near]
    sums = [
        float((side.totals[after[:, index]] - side.totals[here[:, index]]).sum())
        for index, side in enumerate((source, target))
    ]
    whole = [float(side.totals[-1]) for side in (source, target)]
    # A few pairs of long texts say less than the texts.
    weight = min(2 * sum(sums) / max(sum(whole), 1.0), 1.0)
    local = np.log((sums[1] + _SMOOTHING) / (sums[0] + _SMOOTHING))
    overall = np.log((whole[1] + _SMOOTHING) / (whole[0] + _SMOOTHING))
    return float(np.exp(weight * local + (1 - weight) * overall))


def ratio_of_beads(source: Side, target: Side, beads: Sequence[Step], before: float) -> float:
    """Target characters per source character over some beads, drawn to an earlier estimate.

    Args:
        source: The source text.
        target: The target text.
        beads: Beads with both sides that are likely right.
        before: The ratio as it was taken to be.
    """
    i, i_stop, j, j_stop = np.array(beads, dtype=np.int64).reshape(-1, 4).T
    of_source = float((source.totals[i_stop] - source.totals[i]).sum())
    of_target = float((target.totals[j_stop] - target.totals[j]).sum())
    return (of_target + _BELIEVED * before) / (of_source + _BELIEVED)


def length_misfit(source: FloatArray, target: FloatArray) -> FloatArray:
    """How far apart the lengths of two sides are, elementwise, from 0; short ones say less.

    Args:
        source: Characters of the source, times the length ratio.
        target: Characters of the target.
    """
    off = np.log((target + 5) / (source + 5))
    weight = (source + target) / (source + target + _SOFTNESS)
    return np.asarray(np.minimum(off * off, FARTHEST) * weight)


class BeadLengths:
    """Lengths of the two sides of the beads that end at a block's nodes.

    Args:
        source: The source text.
        target: The target text.
        ratio: Target characters per source character.
        block: The nodes.
        longest: The most segments on one side.
    """

    def __init__(
        self, source: Side, target: Side, ratio: float, block: Block, longest: int
    ) -> None:
        self._sums = (
            _span_lengths(source, np.arange(block.top - 1, block.bottom), longest) * ratio,
            _span_lengths(target, np.arange(block.left - 1, block.right), longest),
        )
        self._off: dict[tuple[Shape, int, int], FloatArray] = {}

    def characters(
        self, shape: Shape, down: int = 0, right: int = 0
    ) -> tuple[FloatArray, FloatArray]:
        """Characters of both sides, the source's times the ratio: (rows, 1) and (1, columns).

        Args:
            shape: The bead's shape.
            down: 0, or -1 for the beads that end a row above.
            right: 0, or -1 for the beads that end a column further left.
        """
        source, target = self._sums[0][shape[0] - 1], self._sums[1][shape[1] - 1]
        rows, columns = len(source) - 1, len(target) - 1
        return (
            source[1 + down : 1 + down + rows, None],
            target[None, 1 + right : 1 + right + columns],
        )

    def off(self, shape: Shape, down: int = 0, right: int = 0) -> FloatArray:
        """Log of how much longer the target is than the ratio says, (rows, columns)."""
        key = (shape, down, right)
        if key not in self._off:
            source, target = self.characters(shape, down, right)
            self._off[key] = np.log(target + 5) - np.log(source + 5)
        return self._off[key]

    def size(self, shape: Shape) -> FloatArray:
        """Characters of both sides, (rows, columns)."""
        source, target = self.characters(shape)
        return np.asarray(source + target)

    def weight(self, shape: Shape) -> FloatArray:
        """From 0 to 1, how much the lengths of such a bead say, (rows, columns)."""
        size = self.size(shape)
        return np.asarray(size / (size + _SOFTNESS))


def _span_lengths(side: Side, nodes: IntArray, longest: int) -> FloatArray:
    """Characters of the spans that end at nodes, (longest, nodes), float32."""
    stops = np.clip(nodes, 0, len(side))
    starts = np.clip(stops - np.arange(1, longest + 1)[:, None], 0, None)
    return np.asarray(side.totals[stops] - side.totals[starts], dtype=np.float32)
