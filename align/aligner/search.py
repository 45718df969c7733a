"""Goes through the lattice stretch by stretch: the best path and the probability of its steps.

A stretch is the part of the band between two nodes. Where the model is not sure that the path
keeps away from the band's edge, the band is widened and the stretch searched again. What is found
is kept up to the last node, some rows before the end, through which nearly all alignments of the
stretch pass: given that node, what lies before and what lies behind do not depend on each other,
and the next stretch starts there. Without such a node the stretch is searched again, twice as long.

So cost is linear in the length of the texts, and memory that of the longest stretch, whatever the
length of the texts: one that would pass `_MOST_NODES` is cut at its surest node instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.bands import ROWS
from align.aligner.lattice import Posterior, Sweep, best_path, posterior_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from align.aligner.bands import Band, Node
    from align.aligner.lattice import Array, Block, Steps

    Score = Callable[[Sequence[Block]], Steps]

Step = tuple[int, int, int, int]
"""Source start and stop, target start and stop of a bead or of a gap step."""

_MARGIN = 16  # columns to either side of what lies between two anchors
_WIDER = 4  # times as wide, where the model is unsure
_EDGE = 2  # columns that count as the band's edge
_TOUCHING = 1e-3  # probability of passing there from which the band is widened
_STRETCH = 512  # rows
_AHEAD = 48  # rows at the end of a stretch that are not kept
_SURE = 0.9999  # probability of a node that ends what is kept
_MOST_NODES = 1_000_000


@dataclass(frozen=True, slots=True)
class Solution:
    """What is known of a part of the lattice.

    Attributes:
        path: The steps of its best path.
        chances: Probability of every step.
        meeting: Probability that a bead ends where the step does, 0 for gap steps.
        touching: For each block, the highest probability of passing a row at the band's edge.
    """

    path: list[Step]
    chances: Array
    meeting: Array
    touching: Array


def solve(steps: Steps) -> Solution:
    """Finds the best path through a part of the lattice, and how probable its steps are."""
    path = _deletions_first(best_path(Sweep(steps, best=True)))
    starts, ends, target_starts, target_ends = np.array(path, dtype=np.int64).reshape(-1, 4).T
    aligned = (ends > starts) & (target_ends > target_starts)
    chances, meeting = np.zeros(len(path)), np.zeros(len(path))
    touching = np.zeros(len(steps.blocks))
    last_column = len(steps.insertions)
    posterior = Posterior(np.zeros_like(steps.deletions), np.zeros_like(steps.insertions))
    for index, beads, gaps in posterior_blocks(Sweep(steps), posterior):
        block = steps.blocks[index]
        nodes = beads.sum(axis=(1, 2))
        here = np.flatnonzero(aligned & (ends >= block.top) & (ends < block.bottom))
        rows, columns = ends[here] - block.top, target_ends[here] - block.left
        sizes = (ends - starts)[here] - 1, (target_ends - target_starts)[here] - 1
        chances[here] = beads[rows, *sizes, columns]
        meeting[here] = nodes[rows, columns]
        nodes += gaps
        edges = [nodes[:, :_EDGE]] if block.left > 0 else []
        edges += [nodes[:, -_EDGE:]] if block.right <= last_column else []
        touching[index] = max((edge.sum(axis=1).max() for edge in edges), default=0.0)
    deleted, inserted = ends > starts, target_ends > target_starts
    deleted, inserted = deleted & ~aligned, inserted & ~aligned
    chances[deleted] = posterior.deletions[starts[deleted]]
    chances[inserted] = posterior.insertions[target_starts[inserted]]
    return Solution(path, chances, meeting, touching)


def _deletions_first(path: Sequence[Step]) -> list[Step]:
    """The same path, deletions before insertions in every run of gaps: all orders score alike."""
    ordered: list[Step] = []
    waiting: list[int] = []  # target segments that are left out
    for i, i_stop, j, j_stop in path:
        if i == i_stop:
            waiting.append(j)
            continue
        if j == j_stop:
            ordered.append((i, i_stop, waiting[0], waiting[0]) if waiting else (i, i_stop, j, j))
            continue
        ordered += [(i, i, left_out, left_out + 1) for left_out in waiting]
        waiting.clear()
        ordered.append((i, i_stop, j, j_stop))
    last = path[-1][1]
    return ordered + [(last, last, left_out, left_out + 1) for left_out in waiting]


def search(band: Band, score: Score) -> Iterator[tuple[list[Step], Array]]:
    """Goes through a band stretch by stretch.

    Args:
        band: The nodes to search.
        score: Scores the steps through some blocks of the lattice, numbered from their first node.

    Yields:
        Consecutive parts of the best path, and the probability of each of their steps.
    """
    start, rows = (0, 0), _STRETCH
    while start != band.end:
        stop = band.stop(start, rows, margin=_MARGIN, most=_MOST_NODES)
        solution = _search_stretch(band, score, start, stop)
        kept = len(solution.path)
        if stop != band.end:
            searched = stop[0] - start[0]
            longer = band.stop(start, 2 * searched, margin=_MARGIN, most=_MOST_NODES)
            kept = _sure_part(solution, searched - _AHEAD, any_node=longer == stop)
            if not kept:
                rows = 2 * searched
                continue
        i, j = start
        path = [(a + i, b + i, c + j, d + j) for a, b, c, d in solution.path[:kept]]
        yield path, solution.chances[:kept]
        start, rows = (path[-1][1], path[-1][3]), _STRETCH


def _sure_part(solution: Solution, last_row: int, *, any_node: bool) -> int:
    """How many steps of a path are kept: those to the last sure node up to a row.

    Args:
        solution: What was found.
        last_row: The row.
        any_node: Whether to make do with the surest node of the later half, if none is sure; else
            no step is kept.
    """
    before = sum(i_stop <= last_row for _, i_stop, _, _ in solution.path)
    sure = np.flatnonzero(solution.meeting[:before] >= _SURE)
    if len(sure):
        return int(sure[-1]) + 1
    if not any_node:
        return 0
    later = solution.meeting[before // 2 : before]
    return before // 2 + int(np.argmax(later)) + 1 if later.any() else max(before, 1)


def _search_stretch(band: Band, score: Score, start: Node, stop: Node) -> Solution:
    """Searches a stretch, the band wider wherever the path may leave it."""
    margins = np.full((stop[0] - start[0]) // ROWS + 1, _MARGIN)
    blocks = band.blocks(start, stop, margins)
    while True:
        solution = solve(score(blocks))
        unsure = np.flatnonzero(solution.touching > _TOUCHING)
        around = np.unique(np.concatenate((unsure - 1, unsure, unsure + 1)))
        margins[around.clip(0, len(margins) - 1)] *= _WIDER
        wider = band.blocks(start, stop, margins)
        nodes = sum((block.bottom - block.top) * block.width for block in wider)
        if wider == blocks or nodes > _MOST_NODES:
            return solution
        blocks = wider
