"""The first pass over two texts: which segments surely translate one another.

Every segment is compared with those of the other text that it may meet. Segments that are each
other's nearest are pairs; the longest chain of pairs that advances in both texts leads through
them; anchors are those of the chain that are nearest by a clear margin over the next best and
backed by a neighbour.

Short texts are compared whole. In longer ones a segment is compared with a window of the other
text, about where a coarse look puts it: a fixed number of places of the source, each the mean of
the segments around, are compared with places all along the target, and the monotone path that
gathers the most similarity (Needleman and Wunsch, J. Mol. Biol. 1970, gaps free) leads past
chapters that one text lacks. Both steps are linear in the length of the texts: the coarse one has
at most `_COARSE_PLACES` rows, and a window at most `_WIDEST_WINDOW` columns. The chain takes a
sort (n log n), a few hundredths of a second.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

WHOLE_CELLS = 4_000_000
"""Texts with up to this many pairs of segments are compared whole."""

_NEAREST = 4  # how many next best neighbours a margin is over
_LEAST_MARGIN = 0.01  # rounding makes smaller ones
_ROWS_AT_ONCE = 256

_COARSE_PLACES = 1024  # of the source, at most
_COARSE_STEPS = 16, 8  # segments between two places: of the source, at least; of the target
_COARSE_CLEAR = 3.0  # times the root mean square, above which a similarity counts
_WINDOW_MARGIN = 96  # segments to either side of what the coarse path allows
_WIDEST_WINDOW = 8192


@dataclass(frozen=True, slots=True)
class Matches:
    """What the first pass finds; all arrays have shape (count, 2): source and target indices.

    Attributes:
        pairs: Segments that are each other's nearest, in the order of the source.
        chain: The longest part of them that ascends in both texts.
        anchors: Those of the chain that surely translate one another.
    """

    pairs: IntArray
    chain: IntArray
    anchors: IntArray


def match_segments(
    source: FloatArray,
    target: FloatArray,
    source_topics: FloatArray,
    target_topics: FloatArray,
) -> Matches:
    """Finds the segments of two texts that are each other's nearest.

    How near two segments are is their cosine less that of their topics, so that a text about one
    thing has clear neighbours too.

    Args:
        source: Unit vectors of the source segments, shape (n, dimension).
        target: Unit vectors of the target segments, shape (m, dimension).
        source_topics: What the segments around each source segment have in common, (n, dimension).
        target_topics: The same of the target, (m, dimension).
    """
    nearest = MutualNearest(len(source), len(target))
    margins = np.zeros(len(source), dtype=np.float32)
    for rows, columns in _windows(source_topics, target_topics):
        near = source[rows] @ target[columns].T
        near -= source_topics[rows] @ target_topics[columns].T
        nearest.add(rows.start, columns.start, near)
        margins[rows] = _margins(near)
    pairs = nearest.pairs()
    clear = margins[pairs[:, 0]] > max(float(np.median(margins)) / 2, _LEAST_MARGIN)
    sure = pairs[clear]
    sure = sure[longest_ascending(sure[:, 1])]
    return Matches(
        pairs=pairs,
        chain=pairs[longest_ascending(pairs[:, 1])],
        anchors=_on_course(sure[_backed(sure)]),
    )


class MutualNearest:
    """Finds what is each other's nearest from similarities that come block by block.

    Args:
        rows: How many items there are on one side.
        columns: How many on the other.
    """

    def __init__(self, rows: int, columns: int) -> None:
        self._nearest = np.zeros((2, max(rows, columns)), dtype=np.int64)
        self._highest = np.full((2, max(rows, columns)), -np.inf, dtype=np.float32)
        self._rows = rows

    def add(self, top: int, left: int, similarities: FloatArray) -> None:
        """Takes in the similarities of some rows and columns, which start at `top` and `left`."""
        for side, (start, other, near) in enumerate(
            ((top, left, similarities), (left, top, similarities.T))
        ):
            places = np.arange(len(near))
            nearest = near.argmax(axis=1)
            highest = near[places, nearest]
            better = np.flatnonzero(highest > self._highest[side, start : start + len(near)])
            self._nearest[side, start + better] = other + nearest[better]
            self._highest[side, start + better] = highest[better]

    def pairs(self) -> IntArray:
        """Row and column of each pair, shape (count, 2), in the order of the rows."""
        seen = np.flatnonzero(np.isfinite(self._highest[0, : self._rows]))
        nearest = self._nearest[0, seen]
        mutual = self._nearest[1, nearest] == seen
        return np.column_stack((seen[mutual], nearest[mutual]))


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


def _margins(near: FloatArray) -> FloatArray:
    """How far the highest of each row is above the mean of the next ones."""
    columns = near.shape[1]
    count = min(_NEAREST + 1, columns)
    top = np.partition(near, columns - count, axis=1)[:, -count:]
    best = top.max(axis=1)
    return np.asarray(best - (top.sum(axis=1) - best) / max(count - 1, 1))


def _backed(chain: IntArray, *, reach: int = 12, drift: int = 6) -> npt.NDArray[np.bool_]:
    """Whether each anchor has a neighbour close by that advances about as far in both texts."""
    if not len(chain):
        return np.zeros(0, dtype=np.bool_)
    steps = np.diff(chain, axis=0)
    close = (steps.max(axis=1) <= reach) & (np.abs(steps[:, 0] - steps[:, 1]) <= drift)
    return np.concatenate(([False], close)) | np.concatenate((close, [False]))


def _on_course(chain: IntArray, *, drift: int = 6) -> IntArray:
    """The chain without runs of anchors that leave its course and come back further on.

    A passage that stands twice in one text may be matched at the wrong one of its two places; the
    chain then goes off by more segments than it gains there, and returns by as many.
    """
    course = chain[:, 0] - chain[:, 1]
    starts = np.flatnonzero(np.abs(np.diff(course)) > drift) + 1
    runs = np.split(np.arange(len(chain)), starts)
    kept = runs[:1]
    for run, later in zip(runs[1:], [*runs[2:], None], strict=False):
        leaving = course[run[0]] - course[kept[-1][-1]]
        returning = 0 if later is None else course[later[0]] - course[run[-1]]
        if leaving * returning >= 0 or min(abs(leaving), abs(returning)) <= len(run):
            kept.append(run)
    return chain[np.concatenate(kept)]


def _windows(source_topics: FloatArray, target_topics: FloatArray) -> Iterator[tuple[slice, slice]]:
    """Consecutive source segments, and the target segments that they are compared with."""
    rows, columns = len(source_topics), len(target_topics)
    tops = np.arange(0, rows, _ROWS_AT_ONCE)
    bottoms = np.minimum(tops + _ROWS_AT_ONCE, rows)
    if rows * columns <= WHOLE_CELLS:
        left, right = np.zeros_like(tops), np.full_like(tops, columns)
    else:
        path = _coarse_path(source_topics, target_topics)
        points = np.vstack(([[0, 0]], path, [[rows, columns]]))
        above = np.searchsorted(points[1:-1, 0], tops, side="right")
        below = np.searchsorted(points[1:-1, 0], bottoms, side="left") + 1
        left = points[above, 1] - _WINDOW_MARGIN
        right = points[below, 1] + _WINDOW_MARGIN
        # A wider window than can be afforded keeps to the middle of the way.
        middle = np.interp((tops + bottoms) / 2, points[:, 0], points[:, 1]).astype(np.int64)
        left = np.clip(left, middle - _WIDEST_WINDOW // 2, None).clip(0, columns - 1)
        right = np.clip(right, None, middle + _WIDEST_WINDOW // 2).clip(1, columns)
    for top, bottom, low, high in zip(tops, bottoms, left, right, strict=True):
        yield slice(int(top), int(bottom)), slice(int(low), int(max(high, low + 1)))


def _coarse_path(source_topics: FloatArray, target_topics: FloatArray) -> IntArray:
    """Places of two texts that correspond by their topics, (count, 2), ascending in both."""
    steps = max(_COARSE_STEPS[0], -(-len(source_topics) // _COARSE_PLACES)), _COARSE_STEPS[1]
    places = [
        np.arange(min(step // 2, len(topics) - 1), len(topics), step)
        for topics, step in zip((source_topics, target_topics), steps, strict=True)
    ]
    one, other = source_topics[places[0]], target_topics[places[1]]
    near = (one - one.mean(axis=0)) @ (other - other.mean(axis=0)).T
    near -= _COARSE_CLEAR * np.sqrt(np.vdot(near, near) / near.size)
    np.maximum(near, 0, out=near)
    matched = np.zeros(near.shape, dtype=np.bool_)
    skipped = np.zeros(near.shape, dtype=np.bool_)
    gathered = np.zeros(near.shape[1] + 1, dtype=np.float64)
    for row, gains in enumerate(near):
        with_match = gathered[:-1] + gains
        np.greater(with_match, gathered[1:], out=matched[row])
        best = np.maximum(gathered[1:], with_match)
        gathered[1:] = np.maximum.accumulate(best)
        np.greater(gathered[1:], best, out=skipped[row])
    path = []
    row, column = near.shape[0] - 1, near.shape[1] - 1
    while row >= 0 and column >= 0:
        if skipped[row, column]:
            column -= 1
            continue
        if matched[row, column]:
            path.append((places[0][row], places[1][column]))
            column -= 1
        row -= 1
    return np.array(path[::-1], dtype=np.int64).reshape(-1, 2)
