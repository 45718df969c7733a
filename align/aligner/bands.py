"""Which nodes of the lattice are searched: all, or a band about the anchors.

Between two anchors the whole rectangle is searched, and a margin around; where there is no anchor
for long, as in texts that are no translations, a strip along the diagonal of the rectangle.
"""

from __future__ import annotations

import numpy as np

from align.aligner.anchors import IntArray
from align.aligner.lattice import NodeBlock

Node = tuple[int, int]
"""How many source and how many target segments are behind."""

ROWS = 32
"""Rows of the lattice that share their columns."""

_LARGEST_RECTANGLE = 1_000_000  # nodes between two anchors that are searched whole
_WIDEST = 512  # columns to either side of the diagonal of a larger one


class Band:
    """The nodes that anchors leave to search.

    Args:
        anchors: Pairs of segments that surely translate one another, ascending in both texts,
            shape (count, 2).
        rows: Rows of the lattice, one more than source segments.
        columns: Columns of the lattice, one more than target segments.
    """

    def __init__(self, anchors: IntArray, rows: int, columns: int) -> None:
        self.end = (rows - 1, columns - 1)
        # Nodes before and after every anchor, and the corners of the lattice.
        points = np.vstack(([[0, 0]], anchors, anchors + 1, [self.end]))
        points = points[np.lexsort((points[:, 1], points[:, 0]))]
        # A row is searched from the last point above it to the first below it.
        above = np.maximum(np.searchsorted(points[:, 0], np.arange(rows), side="left") - 1, 0)
        below = np.searchsorted(points[:, 0], np.arange(rows), side="right")
        below = np.minimum(below, len(points) - 1)
        (top, first), (bottom, last) = points[above].T, points[below].T
        # A rectangle too large to search whole is searched along its diagonal.
        slope = (last - first) / np.maximum(bottom - top, 1)
        self._diagonal = (first + slope * (np.arange(rows) - top)).astype(np.int64)
        large = (bottom - top) * (last - first) > _LARGEST_RECTANGLE
        left = self._diagonal - _WIDEST
        right = self._diagonal + _WIDEST + slope.astype(np.int64)
        self._first = np.where(large, np.maximum(first, left), first)
        self._last = np.where(large, np.minimum(last, right), last)
        self._ends = np.vstack((anchors + 1, [self.end]))

    def columns(self, row: int) -> tuple[int, int]:
        """The first and the last column of a row, without a margin."""
        return int(self._first[row]), int(self._last[row])

    def stop(self, start: Node, rows: int, *, margin: int, most: int) -> Node:
        """The node where a stretch ends: after an anchor, or wherever `most` nodes are reached.

        Args:
            start: Where the stretch starts.
            rows: How many rows it should have at least.
            margin: Columns searched on either side.
            most: How many nodes it may have.
        """
        index = np.searchsorted(self._ends[:, 0], start[0] + rows)
        row, column = self._ends[min(int(index), len(self._ends) - 1)].tolist()
        widths = self._last[start[0] : row + 1] - self._first[start[0] : row + 1] + 2 * margin + 1
        affordable = start[0] + max(int(np.searchsorted(np.cumsum(widths), most)), 1)
        if row <= affordable:
            return row, column
        return affordable, max(int(self._diagonal[affordable]), start[1])

    def blocks(self, start: Node, stop: Node, margins: IntArray) -> list[NodeBlock]:
        """The band between two nodes, cut into blocks of `ROWS` rows.

        Args:
            start: The first node.
            stop: The last node.
            margins: Columns searched to either side, one number a block.

        Returns:
            Blocks whose columns start with the first node's, end with the last one's and never go
            left.
        """
        tops = np.arange(start[0], stop[0] + 1, ROWS)
        bottoms = np.minimum(tops + ROWS, stop[0] + 1)
        left = self._first[tops] - margins
        right = self._last[bottoms - 1] + margins + 1
        left = np.minimum.accumulate(left[::-1])[::-1].clip(start[1], stop[1])
        right = np.maximum.accumulate(right).clip(start[1] + 1, stop[1] + 1)
        left[0], right[-1] = start[1], stop[1] + 1
        return [
            NodeBlock(*edges) for edges in np.column_stack((tops, bottoms, left, right)).tolist()
        ]


def full_band(rows: int, columns: int) -> list[NodeBlock]:
    """The whole lattice of `rows` times `columns` nodes, cut into blocks of rows."""
    return [NodeBlock(top, min(top + ROWS, rows), 0, columns) for top in range(0, rows, ROWS)]
