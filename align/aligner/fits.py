"""How well the beads around a bead fit, next to it, without an edge of it, with one segment more.

All shapes are looked at together: of a short text the arrays of one shape are so small that numpy
takes longer to be called than to compute.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from align.aligner.lattice import NodeBlock
    from align.aligner.lengths import BeadLengths
    from align.aligner.shapes import Shape

FloatArray = npt.NDArray[np.float32]

_SHORT = 40.0  # characters of a segment that is easily overlooked


class Fits:
    """Reads what is known of the beads that end at a block's nodes or near them.

    Values have shape (shapes, nodes from `halo` rows above the block to one below it, nodes from
    `halo` columns to the left of it to one to the right); results (shapes, rows, columns).

    Args:
        shapes: The shapes that a bead may have.
        block: The nodes.
        halo: More than a bead may have segments on one side.
    """

    def __init__(self, shapes: Sequence[Shape], block: NodeBlock, halo: int) -> None:
        self._shapes, self._halo = shapes, halo
        self._rows, self._columns = block.bottom - block.top, block.width
        self._place_of = {shape: place for place, shape in enumerate(shapes)}

    def of_all(self, values: FloatArray) -> FloatArray:
        """Those of the beads themselves."""
        return self._of(values, self._shapes)

    def neighbours(self, values: FloatArray) -> FloatArray:
        """Sums of those of the four beads of one segment on a side that border on each bead."""
        one_target = [(a, 1) for a, _ in self._shapes]
        one_source = [(1, b) for _, b in self._shapes]
        near = self._of(values, one_target, right=1)
        for size, which in self._by_size(1):
            near[which] += self._of(values, [one_target[place] for place in which], right=-size)
        near += self._of(values, one_source, down=1)
        for size, which in self._by_size(0):
            near[which] += self._of(values, [one_source[place] for place in which], down=-size)
        return near

    def without_edge(
        self, values: FloatArray, lengths: BeadLengths
    ) -> tuple[FloatArray, FloatArray]:
        """How much higher that of a bead without one of its outer segments is, at best.

        Args:
            values: What is compared.
            lengths: Those of the beads.

        Returns:
            The gain, and the same where a short segment that is left out counts for more; 0 for
            beads of one and one.
        """
        own = self.of_all(values)
        best, best_short = np.full((2, *own.shape), -np.inf, dtype=np.float32)
        for side in (0, 1):
            which = [place for place, shape in enumerate(self._shapes) if shape[side] > 1]
            if not which:
                continue
            less = [_resized(self._shapes[place], side, -1) for place in which]
            edges = [lengths.edges(side, self._shapes[place][side]) for place in which]
            firsts, lasts = (np.exp(-np.stack(edge) / _SHORT) for edge in zip(*edges, strict=True))
            step = (0, -1) if side else (-1, 0)
            for left_out, (down, right) in ((lasts, step), (firsts, (0, 0))):
                gain = self._of(values, less, down=down, right=right) - own[which]
                best[which] = np.maximum(best[which], gain)
                gain *= left_out[:, None, :] if side else left_out[:, :, None]
                best_short[which] = np.maximum(best_short[which], gain)
        return _known(best), _known(best_short)

    def with_one_more(self, values: FloatArray) -> FloatArray:
        """How much higher that of a bead with one segment more is, at best; 0 if it has no room."""
        best = np.full((len(self._shapes), self._rows, self._columns), -np.inf, dtype=np.float32)
        for side in (0, 1):
            more = [_resized(shape, side, 1) for shape in self._shapes]
            which = [place for place, shape in enumerate(more) if shape in self._place_of]
            if not which:
                continue
            for down, right in ((0, 0), (0, 1) if side else (1, 0)):
                larger = self._of(values, [more[place] for place in which], down=down, right=right)
                best[which] = np.maximum(best[which], larger)
        best -= self.of_all(values)
        return _known(best)

    def _of(
        self, values: FloatArray, shapes: Sequence[Shape], *, down: int = 0, right: int = 0
    ) -> FloatArray:
        """Those of beads of some shapes that end so far from the block's nodes."""
        seen = values[:, self._halo + down :, self._halo + right :][
            :, : self._rows, : self._columns
        ]
        return np.asarray(seen[[self._place_of[shape] for shape in shapes]])

    def _by_size(self, side: int) -> list[tuple[int, list[int]]]:
        """The places of shapes by how many segments they have on a side."""
        sizes = sorted({shape[side] for shape in self._shapes})
        return [
            (size, [place for place, shape in enumerate(self._shapes) if shape[side] == size])
            for size in sizes
        ]


def _resized(shape: Shape, side: int, by: int) -> Shape:
    """A shape with more segments, or fewer, on one side."""
    a, b = shape
    return (a, b + by) if side else (a + by, b)


def _known(gains: FloatArray) -> FloatArray:
    return np.where(np.isfinite(gains), gains, np.float32(0))
