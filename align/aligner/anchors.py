"""Where two long texts surely meet, and the band of the lattice that this leaves to search.

Segments that are each other's nearest, by a clear margin over the next best, are anchors; the
longest chain of them that advances in both texts, each backed by a neighbour, leads through the
lattice. Between two anchors the whole rectangle is searched, around them a margin; where no anchor
is found for long, as in texts that are no translations, a wide strip along the diagonal.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import Block

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

FULL_SEARCH_CELLS = 1_000_000
"""Lattices up to this many nodes are searched whole."""

_ROWS = 64  # rows of the lattice that share their columns
_MARGIN = 48  # columns searched to either side of the chain, at least
_LARGEST_RECTANGLE = 1_000_000  # nodes between two anchors that are searched whole
_WIDEST = 512  # columns to either side of the diagonal of a larger one
_NEAREST = 4  # how many nearest neighbours the margin criterion averages over
_CHUNK = 1024


def full_band(rows: int, columns: int) -> list[Block]:
    """The whole lattice of `rows` times `columns` nodes, cut into blocks of rows."""
    return [Block(top, min(top + _ROWS, rows), 0, columns) for top in range(0, rows, _ROWS)]


def anchored_band(source: FloatArray, target: FloatArray) -> list[Block]:
    """The part of the lattice that anchors leave to search.

    Args:
        source: Unit vectors of the source segments, shape (n, dimension).
        target: Unit vectors of the target segments, shape (m, dimension).

    Returns:
        Blocks of rows whose columns start with 0, end with m, and never go left.
    """
    rows, columns = len(source) + 1, len(target) + 1
    chain = find_anchors(source, target)
    # Nodes before and after every anchor, and the corners of the lattice.
    points = np.vstack(([[0, 0]], chain, chain + 1, [[rows - 1, columns - 1]]))
    points = points[np.lexsort((points[:, 1], points[:, 0]))]
    # A row is searched from the last point above it to the first below it.
    above = np.maximum(np.searchsorted(points[:, 0], np.arange(rows), side="left") - 1, 0)
    below = np.searchsorted(points[:, 0], np.arange(rows), side="right")
    below = np.minimum(below, len(points) - 1)
    (top, first), (bottom, last) = points[above].T, points[below].T
    # A rectangle too large to search whole is searched along its diagonal.
    along = (np.arange(rows) - top) / np.maximum(bottom - top, 1)
    diagonal = (first + along * (last - first)).astype(np.int64)
    large = (bottom - top) * (last - first) > _LARGEST_RECTANGLE
    first = np.where(large, np.maximum(first, diagonal - _WIDEST), first)
    last = np.where(large, np.minimum(last, diagonal + _WIDEST), last)
    tops = np.arange(0, rows, _ROWS)
    left = np.minimum.reduceat(first, tops) - _MARGIN
    right = np.maximum.reduceat(last, tops) + _MARGIN + 1
    left, right = np.maximum(left, 0), np.minimum(right, columns)
    left[0], right[-1] = 0, columns
    return [
        Block(top, min(top + _ROWS, rows), int(low), int(high))
        for top, low, high in zip(tops.tolist(), left, right, strict=True)
    ]


def find_anchors(source: FloatArray, target: FloatArray) -> IntArray:
    """Pairs of segments that surely translate one another, ascending in both texts.

    Returns:
        Array of shape (k, 2): source and target indices.
    """
    nearest, margins = _nearest_by_margin(source, target)
    back, _ = _nearest_by_margin(target, source)
    own = np.arange(len(source))
    mutual = own[(back[nearest] == own) & (margins > np.median(margins) / 2)]
    pairs = np.column_stack((mutual, nearest[mutual]))
    chain = pairs[longest_ascending(pairs[:, 1])]
    return chain[_backed(chain)]


def _nearest_by_margin(one: FloatArray, other: FloatArray) -> tuple[IntArray, FloatArray]:
    """For each row its nearest row of the other text, and how far it is above the next ones."""
    nearest = np.empty(len(one), dtype=np.int64)
    margins = np.empty(len(one), dtype=np.float32)
    count = min(_NEAREST + 1, len(other))
    for start in range(0, len(one), _CHUNK):
        rows = slice(start, start + _CHUNK)
        cosines = one[rows] @ other.T
        nearest[rows] = cosines.argmax(axis=1)
        top = np.partition(cosines, len(other) - count, axis=1)[:, -count:]
        best = top.max(axis=1)
        margins[rows] = best - (top.sum(axis=1) - best) / max(count - 1, 1)
    return nearest, margins


def longest_ascending(values: IntArray) -> IntArray:
    """Indices of the longest strictly ascending subsequence (patience sorting, n log n)."""
    tails: list[int] = []
    last_of: list[int] = []
    before = np.full(len(values), -1, dtype=np.int64)
    for index, value in enumerate(values.tolist()):
        place = bisect_left(tails, value)
        before[index] = last_of[place - 1] if place else -1
        if place == len(tails):
            tails.append(value)
            last_of.append(index)
        else:
            tails[place] = value
            last_of[place] = index
    chain: list[int] = []
    index = last_of[-1] if last_of else -1
    while index >= 0:
        chain.append(index)
        index = int(before[index])
    return np.array(chain[::-1], dtype=np.int64)


def _backed(chain: IntArray, *, reach: int = 12, drift: int = 6) -> npt.NDArray[np.bool_]:
    """Whether each anchor has a neighbour close by that advances about as far in both texts."""
    if not len(chain):
        return np.zeros(0, dtype=np.bool_)
    steps = np.diff(chain, axis=0)
    close = (steps.max(axis=1) <= reach) & (np.abs(steps[:, 0] - steps[:, 1]) <= drift)
    return np.concatenate(([False], close)) | np.concatenate((close, [False]))
