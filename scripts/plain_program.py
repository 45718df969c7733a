"""The plainest aligner that embeds: cosines, lengths, and one dynamic program over all of it.

No weight is fitted and nothing but vectors and lengths is looked at, so that it shows what all the
rest of an aligner is worth. A bead of up to eight segments on a side scores

    (cosine - half the mean cosine with its neighbours) * log2(1 + shorter length / longer length)

The neighbours' cosines are those of either span with the segments just before and just after its
counterpart; lengths are measured by the ratio of the whole texts. A skipped segment scores a
constant. The whole lattice is kept in memory: for documents, not for books.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.formats.indices import IndexBead

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]

LONGEST = 8
"""Segments that a bead may have on a side."""

NEIGHBOURS = 0.5
"""How much of its neighbours' mean cosine is taken from a bead's."""

SKIP = -0.1
"""Score of a segment without a counterpart."""


def align_plainly(
    source: FloatArray, target: FloatArray, lengths: tuple[Sequence[int], Sequence[int]]
) -> list[IndexBead]:
    """Aligns two texts.

    Args:
        source: Unit vectors of all its spans, shape (longest, n, dimension), as encoders give them.
        target: Those of the target, as many segments long at the longest.
        lengths: Characters of each segment of both texts.

    Returns:
        Beads in order that use every segment once.
    """
    scores = bead_scores(source, target, lengths)
    longest, _, rows, columns = scores.shape
    best = np.full((rows, columns), -np.inf, dtype=np.float32)
    best[0] = SKIP * np.arange(columns)
    shapes = np.zeros((rows, columns), dtype=np.int64)  # of the bead that ends there, 1 and more
    slope = (SKIP * np.arange(columns)).astype(np.float32)
    for i in range(1, rows):
        ways = [best[i - 1] + SKIP]
        steps = [0]
        for a in range(1, min(longest, i) + 1):
            for b in range(1, min(longest, columns - 1) + 1):
                way = np.full(columns, -np.inf, dtype=np.float32)
                way[b:] = best[i - a, : columns - b] + scores[a - 1, b - 1, i, b:]
                ways.append(way)
                steps.append((a - 1) * longest + b)
        stack = np.stack(ways)
        choice = stack.argmax(axis=0)
        reached = stack[choice, np.arange(columns)]
        # Skips of the target go along the row: the best of all places to begin them.
        level = reached - slope
        highest = np.maximum.accumulate(level)
        best[i] = highest + slope
        shapes[i] = np.where(level == highest, np.array(steps)[choice], -1)
    shapes[0] = -1
    return _traced(shapes, longest)


def bead_scores(
    source: FloatArray, target: FloatArray, lengths: tuple[Sequence[int], Sequence[int]]
) -> FloatArray:
    """Scores of all beads by their segments on either side, less one, and by where they end.

    The shape is (longest, longest, n + 1, m + 1); beads that would begin before the texts do
    score minus infinity.
    """
    longest, n, m = source.shape[0], source.shape[1], target.shape[1]
    totals = [np.concatenate(([0], np.cumsum(side))) for side in lengths]
    ratio = max(totals[1][-1], 1) / max(totals[0][-1], 1)
    scores = np.full((longest, longest, n + 1, m + 1), -np.inf, dtype=np.float32)
    to_target = [_cosines(source, a, target, 1) for a in range(1, min(longest, n) + 1)]
    to_source = [_cosines(source, 1, target, b) for b in range(1, min(longest, m) + 1)]
    for a, of_segments in enumerate(to_target, start=1):
        measured = (totals[0][a:] - totals[0][:-a])[:, None] * ratio
        for b, of_spans in enumerate(to_source, start=1):
            starts = n - a + 1, m - b + 1
            around = np.zeros((2, *starts), dtype=np.float32)  # cosines, and how many they are
            before, after = of_segments[:, : m - b], of_segments[:, b:]
            around[:, :, 1:] += before, np.ones_like(before)
            around[:, :, :-1] += after, np.ones_like(after)
            above, below = of_spans[: n - a], of_spans[a:]
            around[:, 1:] += above, np.ones_like(above)
            around[:, :-1] += below, np.ones_like(below)
            margin = NEIGHBOURS * around[0] / np.maximum(around[1], 1)
            other = (totals[1][b:] - totals[1][:-b])[None, :]
            fit = np.minimum(measured, other) / np.maximum(np.maximum(measured, other), 1)
            scores[a - 1, b - 1, a:, b:] = (_cosines(source, a, target, b) - margin) * np.log2(
                1 + fit
            )
    return scores


def _cosines(source: FloatArray, a: int, target: FloatArray, b: int) -> FloatArray:
    """Cosines of all spans of `a` source segments with all of `b` target segments."""
    n, m = source.shape[1] - a + 1, target.shape[1] - b + 1
    return np.asarray(source[a - 1, :n] @ target[b - 1, :m].T)


def _traced(shapes: npt.NDArray[np.int64], longest: int) -> list[IndexBead]:
    """The beads of the best way, from the last to the first of its shapes."""
    i, j = (size - 1 for size in shapes.shape)
    beads = []
    while i or j:
        shape = int(shapes[i, j])
        if shape > 0:
            a, b = (shape - 1) // longest + 1, (shape - 1) % longest + 1
        else:
            a, b = (0, 1) if shape < 0 else (1, 0)
        beads.append(IndexBead(tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = i - a, j - b
    return beads[::-1]
