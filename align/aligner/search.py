"""Goes through the lattice stretch by stretch: the best path and the probability of its steps.

A stretch is the part of the band between two nodes. Where the model is not sure that the path
keeps away from the band's edge, the band is widened and the stretch searched again. What is found
is kept up to the last node, some rows before the end, through which nearly all alignments of the
stretch pass: given that node, what lies before and what lies behind do not depend on each other,
and the next stretch starts there. Without such a node the stretch is searched again, twice as long.

So cost is linear in the length of the texts, and memory that of the longest stretch, whatever the
length of the texts: one that would pass `_MOST_NODES` is cut at its surest node instead, or not
widened further.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.bands import ROWS, Band, Node
from align.aligner.lattice import (
    Array,
    NodeBlock,
    Posterior,
    Steps,
    Sweep,
    best_path,
    posterior_blocks,
)

if TYPE_CHECKING:
    Score = Callable[[Sequence[NodeBlock]], Steps]

Step = tuple[int, int, int, int]
"""Source start and stop, target start and stop of a bead or of a gap step."""

_MARGIN = 8  # columns to either side of what lies between two anchors
_WIDER = 4  # times as wide, where the model is unsure
_EDGE = 2  # columns that count as the band's edge
_TOUCHING = 1e-4  # probability of passing there from which the band is widened
_STRETCH = 512  # rows
_AHEAD = 48  # rows at the end of a stretch that are not kept
_SURE_TO_BE_PASSED = 0.9995  # probability of a node that ends what is kept
_MOST_NODES = 2_000_000  # of a stretch


@dataclass(frozen=True, slots=True)
class Solution:
    """What is known of a part of the lattice.

    Attributes:
        path: The steps of its best path.
        chances: Probability of every step.
        meeting: Probability that a bead ends where the step does, 0 for gap steps.
        touching: For each block, the highest probability of passing a row at the band's edge.
        nodes: How many nodes were searched.
    """

    path: list[Step]
    chances: Array
    meeting: Array
    touching: Array
    nodes: int


def joined(
    parts: Iterable[tuple[list[Step], Array]], advance: Callable[[int], None] | None = None
) -> tuple[list[Step], Array]:
    """One path of consecutive parts, and how probable its steps are.

    Args:
        parts: The steps of each, and how probable they are.
        advance: Told how many source segments each part has.
    """
    path: list[Step] = []
    chances = []
    for some, some_chances in parts:
        path += some
        chances.append(some_chances)
        if advance and some:
            advance(some[-1][1] - some[0][0])
    return path, np.concatenate(chances)


def solve(steps: Steps) -> Solution:
    """Finds the best path through a part of the lattice, and how probable its steps are."""
    path = _deletions_first(best_path(Sweep(steps, best=True)))
    starts, ends, target_starts, target_ends = np.array(path, dtype=np.int64).reshape(-1, 4).T
    aligned = (ends > starts) & (target_ends > target_starts)
    chances, meeting = np.zeros(len(path)), np.zeros(len(path))
    touching = np.zeros(len(steps.blocks))
    last_column = len(steps.insertions)
    places = np.zeros((steps.longest + 1, steps.longest + 1), dtype=np.int64)
    for place, shape in enumerate(steps.shapes):
        places[shape] = place
    posterior = Posterior(np.zeros_like(steps.deletions), np.zeros_like(steps.insertions))
    for index, beads, gaps in posterior_blocks(Sweep(steps), posterior):
        block = steps.blocks[index]
        nodes = beads.sum(axis=1)
        here = np.flatnonzero(aligned & (ends >= block.top) & (ends < block.bottom))
        rows, columns = ends[here] - block.top, target_ends[here] - block.left
        shapes = places[(ends - starts)[here], (target_ends - target_starts)[here]]
        chances[here] = beads[rows, shapes, columns]
        meeting[here] = nodes[rows, columns]
        nodes += gaps
        edges = [nodes[:, :_EDGE]] if block.left > 0 else []
        edges += [nodes[:, -_EDGE:]] if block.right <= last_column else []
        touching[index] = max((edge.sum(axis=1).max() for edge in edges), default=0.0)
    deleted, inserted = ends > starts, target_ends > target_starts
    deleted, inserted = deleted & ~aligned, inserted & ~aligned
    chances[deleted] = posterior.deletions[starts[deleted]]
    chances[inserted] = posterior.insertions[target_starts[inserted]]
    return Solution(path, chances, meeting, touching, _nodes(steps.blocks))


def _nodes(blocks: Sequence[NodeBlock]) -> int:
    return sum((block.bottom - block.top) * block.width for block in blocks)


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
    start = (0, 0)
    while start != band.end:
        solution, kept = _search_onward(band, score, start)
        i, j = start
        path = [(a + i, b + i, c + j, d + j) for a, b, c, d in solution.path[:kept]]
        yield path, solution.chances[:kept]
        start = (path[-1][1], path[-1][3])


def _search_onward(band: Band, score: Score, start: Node) -> tuple[Solution, int]:
    """Searches stretches that start at a node, until one has a sure node or is all there is.

    Returns:
        What was found, and how many steps of its path are kept.
    """
    rows, shorter, shorter_rows = _STRETCH, None, 0
    while True:
        stop = band.stop(start, rows, margin=_MARGIN, most=_MOST_NODES)
        solution = _search_stretch(band, score, start, stop)
        if shorter and solution.touching.max() > _TOUCHING:  # too long to be searched as wide
            return shorter, _surest_part(shorter, shorter_rows)
        if stop == band.end:
            return solution, len(solution.path)
        searched = stop[0] - start[0]
        kept = _sure_part(solution, searched)
        if kept:
            return solution, kept
        rows, shorter, shorter_rows = 2 * searched, solution, searched
        longer = band.stop(start, rows, margin=_MARGIN, most=_MOST_NODES)
        if longer == stop or 2 * solution.nodes > _MOST_NODES:
            return solution, _surest_part(solution, searched)


def _sure_part(solution: Solution, rows: int) -> int:
    """How many steps there are up to the last sure node, some rows before the last of `rows`."""
    before = sum(i_stop <= rows - _AHEAD for _, i_stop, _, _ in solution.path)
    sure = np.flatnonzero(solution.meeting[:before] >= _SURE_TO_BE_PASSED)
    return int(sure[-1]) + 1 if len(sure) else 0


def _surest_part(solution: Solution, rows: int) -> int:
    """How many there are up to the surest node of the later half; at least one."""
    before = sum(i_stop <= rows - _AHEAD for _, i_stop, _, _ in solution.path)
    later = solution.meeting[before // 2 : before]
    return before // 2 + int(np.argmax(later)) + 1 if later.any() else max(before, 1)


def _search_stretch(band: Band, score: Score, start: Node, stop: Node) -> Solution:
    """Searches a stretch, the band wider wherever the path may leave it, if it can be."""
    margins = np.full((stop[0] - start[0]) // ROWS + 1, _MARGIN)
    blocks = band.blocks(start, stop, margins)
    reach = 1  # blocks to either side that are widened too
    while True:
        solution = solve(score(blocks))
        unsure = np.flatnonzero(solution.touching > _TOUCHING)
        if not len(unsure):
            return solution
        around = (unsure[:, None] + np.arange(-reach, reach + 1)).clip(0, len(margins) - 1)
        reach *= 2
        wider = blocks
        while wider == blocks:
            margins[np.unique(around)] *= _WIDER
            wider = band.blocks(start, stop, margins)
        if _nodes(wider) > _MOST_NODES:
            return solution
        blocks = wider
