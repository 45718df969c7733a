"""Sums over alignments of a text in a band of its own, for fitting; by numba.

The same recursions as `align.aligner.lattice`, written out node by node and compiled, with one more
thing: sums over those alignments alone that pass through allowed nodes and beads, so that what is
known of a text, be it every bead or only which paragraphs correspond, is learnt from alike. A test
holds them equal to the aligner's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

NEVER = -1e30
_NEGLIGIBLE = -25.0  # log-probability of what is left 0


@dataclass(frozen=True)
class BandLayout:
    """Where the nodes of a band lie in flat arrays.

    Attributes:
        first: The first column of each row of nodes, never going left.
        last: The last column of each row, never going left.
        starts: Place of each row's first node, with the number of nodes at the end.
        shapes: Source and target segments of each shape, shape (shapes, 2).
    """

    first: np.ndarray
    last: np.ndarray
    starts: np.ndarray
    shapes: np.ndarray

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return int(self.starts[-1])

    def places(self) -> tuple[np.ndarray, np.ndarray]:
        """Row and column of each node."""
        widths = np.diff(self.starts)
        rows = np.repeat(np.arange(len(widths)), widths)
        return rows, np.arange(self.nodes) - self.starts[rows] + self.first[rows]


@dataclass(frozen=True)
class Sums:
    """What is summed over all alignments.

    Attributes:
        total: Log of the sum.
        openings: Expected number of gap runs.
        beads: Probability of each bead, (nodes, shapes).
        deletions: Probability that each source segment is left out.
        insertions: Probability that each target segment is left out.
    """

    total: float
    openings: float
    beads: np.ndarray
    deletions: np.ndarray
    insertions: np.ndarray


def sums(
    layout: BandLayout,
    beads: np.ndarray,
    deletions: np.ndarray,
    insertions: np.ndarray,
    opening: float,
    allowed: np.ndarray,
    nodes: np.ndarray,
) -> Sums:
    """Sums over the alignments that pass through allowed nodes and beads only.

    Args:
        layout: The band.
        beads: Score of each bead by the node it ends at, (nodes, shapes).
        deletions: Score of leaving out each source segment.
        insertions: Score of leaving out each target segment.
        opening: Added where a run of gap steps starts.
        allowed: Which beads may be used, (nodes, shapes).
        nodes: Which nodes may be passed, (nodes,).
    """
    chances = np.zeros(beads.shape)
    deleted, inserted = np.zeros(len(deletions)), np.zeros(len(insertions))
    total, openings = _sums(
        layout.first, layout.last, layout.starts, layout.shapes, beads.astype(np.float64),
        deletions.astype(np.float64), insertions.astype(np.float64), float(opening), allowed, nodes,
        chances, deleted, inserted,
    )  # fmt: skip
    return Sums(total, openings, chances, deleted, inserted)


@njit(cache=True, nogil=True)
def _sums(
    first: Array, last: Array, starts: Array, shapes: Array, beads: Array, deletions: Array,
    insertions: Array, opening: float, allowed: Array, nodes: Array, chances: Array,
    deleted: Array, inserted: Array,
) -> tuple[float, float]:  # fmt: skip
    count, n, m = starts[-1], len(deletions), len(insertions)
    after_bead = np.full(count, NEVER)
    in_gap = np.full(count, NEVER)
    either = np.full(count, NEVER)
    for i in range(n + 1):
        for j in range(first[i], last[i] + 1):
            node = starts[i] + j - first[i]
            if not nodes[node]:
                continue
            if i == 0 and j == 0:
                after_bead[node] = either[node] = 0.0
                continue
            highest, summed = NEVER, 0.0
            for shape in range(len(shapes)):
                if allowed[node, shape]:
                    row = i - shapes[shape, 0]
                    way = beads[node, shape]
                    way += either[starts[row] + j - shapes[shape, 1] - first[row]]
                    if way > highest:
                        summed = summed * np.exp(highest - way) + 1.0
                        highest = way
                    elif way > NEVER / 2:
                        summed += np.exp(way - highest)
            if summed > 0:
                after_bead[node] = highest + np.log(summed)
            way = NEVER
            if i and first[i - 1] <= j <= last[i - 1]:
                above = starts[i - 1] + j - first[i - 1]
                way = _add(after_bead[above] + opening, in_gap[above]) + deletions[i - 1]
            if j > first[i]:
                way = _add(
                    way, _add(after_bead[node - 1] + opening, in_gap[node - 1]) + insertions[j - 1]
                )
            in_gap[node] = max(way, NEVER)
            either[node] = _add(after_bead[node], in_gap[node])
    total = either[count - 1]
    onward_highest = np.full(count, NEVER)
    onward_summed = np.zeros(count)
    from_gap = np.full(count, NEVER)
    openings = 0.0
    for i in range(n, -1, -1):
        for j in range(last[i], first[i] - 1, -1):
            node = starts[i] + j - first[i]
            if not nodes[node]:
                continue
            by_bead = NEVER
            if i == n and j == m:
                by_bead = 0.0
            elif onward_summed[node] > 0:
                by_bead = onward_highest[node] + np.log(onward_summed[node])
            down = right = NEVER
            if i < n and first[i + 1] <= j <= last[i + 1]:
                down = from_gap[starts[i + 1] + j - first[i + 1]] + deletions[i]
            if j < last[i]:
                right = from_gap[node + 1] + insertions[j]
            gaps = _add(down, right)
            from_gap[node] = max(_add(by_bead, gaps), NEVER)
            from_bead = _add(by_bead, gaps + opening)
            if down > NEVER / 2:
                opened = np.exp(min(after_bead[node] + opening + down - total, 0.0))
                deleted[i] += opened + np.exp(min(in_gap[node] + down - total, 0.0))
                openings += opened
            if right > NEVER / 2:
                opened = np.exp(min(after_bead[node] + opening + right - total, 0.0))
                inserted[j] += opened + np.exp(min(in_gap[node] + right - total, 0.0))
                openings += opened
            if from_bead < NEVER / 2:
                continue
            for shape in range(len(shapes)):
                if not allowed[node, shape]:
                    continue
                row = i - shapes[shape, 0]
                before = starts[row] + j - shapes[shape, 1] - first[row]
                if either[before] < NEVER / 2:
                    continue
                way = beads[node, shape] + from_bead
                chance = either[before] + way - total
                if chance > _NEGLIGIBLE:
                    chances[node, shape] = np.exp(min(chance, 0.0))
                if way > onward_highest[before]:
                    onward_summed[before] *= np.exp(onward_highest[before] - way)
                    onward_summed[before] += 1.0
                    onward_highest[before] = way
                else:
                    onward_summed[before] += np.exp(way - onward_highest[before])
    return total, openings


@njit(cache=True, nogil=True)
def _add(one: float, other: float) -> float:
    """Log of the sum of two numbers given by their logs."""
    high, low = (one, other) if one > other else (other, one)
    return high + np.log1p(np.exp(low - high)) if low > NEVER / 2 else high
