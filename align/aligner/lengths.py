"""How the lengths of two texts go together: their ratio, and what a bead's lengths say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import NodeBlock
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
_LEAST = 5.0  # characters that no side is taken to be shorter than, about
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
    off = np.log((target + _LEAST) / (source + _LEAST))
    weight = (source + target) / (source + target + _SOFTNESS)
    return np.asarray(np.minimum(off * off, FARTHEST) * weight)


class BeadLengths:
    """Lengths of the two sides of the beads that end at a block's nodes.

    Args:
        source: The source text.
        target: The target text.
        ratio: Target characters per source character.
        block: The nodes.
        shapes: The shapes that a bead may have.

    Attributes:
        size: Characters of both sides, (rows, shapes, columns).
        off: Log of how much longer the target is than the ratio says, of the same shape.
    """

    def __init__(
        self, source: Side, target: Side, ratio: float, block: NodeBlock, shapes: Sequence[Shape]
    ) -> None:
        sizes = np.array(shapes, dtype=np.int64).T
        longest = int(sizes.max())
        # The first row and the first column are those before the block's.
        self._sums = (
            _span_lengths(source, np.arange(block.top - 1, block.bottom), longest) * ratio,
            _span_lengths(target, np.arange(block.left - 1, block.right), longest),
        )
        self._logs = [np.log(sums + _LEAST) for sums in self._sums]
        self._sizes = sizes
        self.size = self._sums[0][sizes[0], 1:].T[:, :, None] + self._sums[1][sizes[1], 1:][None]
        self.off = self._off(sizes[0], sizes[1], 0, 0)

    @property
    def weight(self) -> FloatArray:
        """From 0 to 1, how much the lengths of each bead say, (rows, shapes, columns)."""
        return np.asarray(self.size / (self.size + _SOFTNESS))

    def off_without_edge(self) -> FloatArray:
        """Least `off`, from 0, of what is left of each bead without one of its outer segments.

        It is infinite where there is nothing left, (rows, shapes, columns).
        """
        a, b = self._sizes
        least = np.full(self.size.shape, np.inf, dtype=np.float32)
        for one, other, down, right in (
            (a - 1, b, -1, 0), (a - 1, b, 0, 0), (a, b - 1, 0, -1), (a, b - 1, 0, 0)
        ):  # fmt: skip
            some = np.flatnonzero((one > 0) & (other > 0))
            without = np.abs(self._off(one[some], other[some], down, right))
            least[:, some] = np.minimum(least[:, some], without)
        return least

    def edges(self, side: int, length: int) -> tuple[FloatArray, FloatArray]:
        """Characters of the first and of the last segment of one side of beads, (nodes,).

        Args:
            side: 0 for the source, 1 for the target.
            length: Segments on that side, two or more.
        """
        whole, less = self._sums[side][length], self._sums[side][length - 1]
        return whole[1:] - less[1:], whole[1:] - less[:-1]

    def _off(self, a: IntArray, b: IntArray, down: int, right: int) -> FloatArray:
        rows, columns = (sums.shape[1] - 1 for sums in self._sums)
        source = self._logs[0][a, 1 + down : 1 + down + rows]
        target = self._logs[1][b, 1 + right : 1 + right + columns]
        return np.asarray(target[None] - source.T[:, :, None])


def _span_lengths(side: Side, nodes: IntArray, longest: int) -> FloatArray:
    """Characters of the spans of 0 to `longest` segments that end at nodes, float32."""
    stops = np.clip(nodes, 0, len(side))
    starts = np.clip(stops - np.arange(longest + 1)[:, None], 0, None)
    return np.asarray(side.totals[stops] - side.totals[starts], dtype=np.float32)
