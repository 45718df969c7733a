"""Sums and maxima over all alignments of two sequences, in a band, row by row.

Nodes are pairs (i, j): i source and j target segments are behind. A bead of a source and b target
segments leads from (i - a, j - b) to (i, j); a gap step leads over one segment of one side. A run
of gap steps pays once for opening and then for each further step (Gotoh, J. Mol. Biol. 1982), so
a missing chapter costs little more than a missing sentence. Whole rows are computed at once: a
gap along a row is a prefix maximum, or a prefix sum in the sum over alignments.

Everything is in natural logarithms. Arrays in, arrays out: no text is known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.aligner.shapes import Shape

Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

NEVER = -1e30  # log of no probability; finite, so that differences stay numbers


@dataclass(frozen=True, slots=True)
class NodeBlock:
    """A rectangle of nodes: rows `top` to `bottom` - 1, columns `left` to `right` - 1.

    Attributes:
        top: First row of nodes.
        bottom: Row after the last.
        left: First column of nodes.
        right: Column after the last.
    """

    top: int
    bottom: int
    left: int
    right: int

    @property
    def width(self) -> int:
        """How many columns the block has."""
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Steps:
    """What every step through the lattice scores.

    Attributes:
        blocks: The band: blocks of consecutive rows from row 0 to the last, whose columns start
            with 0, end with the last, and never go left.
        shapes: The shapes that a bead may have.
        beads: For each block, array of shape (rows, shapes, columns), float32 or float64:
            `[i, s, j]` is the score of the bead of shape s that *ends* at that node.
        deletions: Score of leaving out each source segment, shape (n,).
        insertions: Score of leaving out each target segment, shape (m,).
        opening: Added where a run of gap steps starts.
        extending: Added for each further step of the run.
    """

    blocks: Sequence[NodeBlock]
    shapes: Sequence[Shape]
    beads: Sequence[Array | npt.NDArray[np.float32]]
    deletions: Array
    insertions: Array
    opening: float
    extending: float

    @property
    def longest(self) -> int:
        """The most segments a bead may have on one side."""
        return max(max(shape) for shape in self.shapes)


class Sweep:
    """Scores of reaching every node from the start: after a bead, within a gap, either way.

    Args:
        steps: The scored steps.
        best: Whether to take the best way instead of the sum over all ways.
    """

    def __init__(self, steps: Steps, *, best: bool = False) -> None:
        self.steps = steps
        self.best = best
        self.after_bead: list[Array] = []
        self.in_gap: list[Array] = []
        self.either: list[Array] = []  # padded by `longest` rows above and columns to the left
        for index in range(len(steps.blocks)):
            self._sweep_block(index)

    @property
    def total(self) -> float:
        """Score of reaching the last node: log of the sum over alignments, or the best one's."""
        return float(self.either[-1][-1, -1])

    def _sweep_block(self, index: int) -> None:
        steps, block, longest = self.steps, self.steps.blocks[index], self.steps.longest
        rows = block.bottom - block.top
        either = np.full((rows + longest, block.width + longest), NEVER)
        bead_rows = np.full((rows, block.width), NEVER)
        gap_rows = np.full((rows, block.width), NEVER)
        above_gap = np.full(block.width, NEVER)
        above_bead = np.full(block.width, NEVER)
        if index:
            earlier = steps.blocks[index - 1]
            shift = block.left - earlier.left
            _copy_shifted(self.either[-1][-longest:], either[:longest], shift)
            _copy_shifted(self.in_gap[-1][-1:], above_gap[None], shift)
            _copy_shifted(self.after_bead[-1][-1:], above_bead[None], shift)
        # Gap along a row: costs summed from the left, so that a run is a difference of two.
        along = np.zeros(block.width)
        inserted = steps.insertions[block.left : block.right - 1] + steps.extending
        np.cumsum(inserted, out=along[1:])
        opening = steps.opening - steps.extending
        behind = _behind(steps.shapes, longest, block.width)
        flat = either.reshape(-1)
        for row in range(rows):
            node_row = block.top + row
            ways = flat[behind + row * either.shape[1]]
            ways += steps.beads[index][row]
            bead_rows[row] = self._join(ways)
            if node_row == 0 and block.left == 0:
                bead_rows[row, 0] = 0.0
            if node_row:
                deleted = steps.deletions[node_row - 1]
                gap_rows[row] = self._pair(
                    above_bead + (steps.opening + deleted), above_gap + (steps.extending + deleted)
                )
            openings = self._pair(bead_rows[row] + opening, gap_rows[row]) - along
            runs = self._accumulate(openings)[:-1] + along[1:]
            gap_rows[row, 1:] = self._pair(gap_rows[row, 1:], runs)
            np.maximum(gap_rows[row], NEVER, out=gap_rows[row])
            above_bead, above_gap = bead_rows[row], gap_rows[row]
            either[row + longest, longest:] = self._pair(bead_rows[row], gap_rows[row])
        self.after_bead.append(bead_rows)
        self.in_gap.append(gap_rows)
        self.either.append(either)

    def _join(self, ways: Array) -> Array:
        highest: Array = np.maximum(ways.max(axis=0), NEVER)
        if self.best:
            return highest
        shares = ways - highest
        np.exp(shares, out=shares)
        joined: Array = np.log(np.maximum(shares.sum(axis=0), 1.0))
        joined += highest
        return joined

    def _pair(self, one: Array, other: Array) -> Array:
        either: Array = np.maximum(one, other) if self.best else np.logaddexp(one, other)
        return either

    def _accumulate(self, row: Array) -> Array:
        operation = np.maximum if self.best else np.logaddexp
        accumulated: Array = operation.accumulate(row)
        return accumulated


@dataclass(slots=True)
class Posterior:
    """Probabilities of steps, summed over all alignments (forward–backward).

    Attributes:
        deletions: Probability that each source segment is left out, shape (n,).
        insertions: Probability that each target segment is left out, shape (m,).
        openings: Expected number of gap runs.
        extensions: Expected number of further gap steps.
    """

    deletions: Array
    insertions: Array
    openings: float = 0.0
    extensions: float = 0.0


def posterior_blocks(sweep: Sweep, posterior: Posterior) -> Iterator[tuple[int, Array, Array]]:
    """Goes back through the lattice and yields the probabilities of all beads, block by block.

    Args:
        sweep: A finished sweep in sums.
        posterior: Filled with the gap steps' probabilities as the blocks go by.

    Yields:
        The block's index, from the last to the first; its beads' probabilities, laid out as
        `Steps.beads`; and for each of its nodes the probability that a gap step leads there,
        shape (rows, columns). The arrays are the caller's to keep.
    """
    steps, longest = sweep.steps, sweep.steps.longest
    opening, extending = steps.opening, steps.extending
    later: tuple[NodeBlock, Array, Array] | None = None  # the block below: its beads, its gaps
    for index in reversed(range(len(steps.blocks))):
        block = steps.blocks[index]
        rows, width = block.bottom - block.top, block.width
        onward = np.full((rows + longest, len(steps.shapes), width + longest), NEVER)
        below_gap = np.full((1, width), NEVER)
        if later:
            shift = later[0].left - block.left
            high = min(later[1].shape[0], longest)
            _paste(later[1][:high], onward[rows : rows + high], shift)
            _paste(later[2], below_gap, shift)
        gap_onward = below_gap[0]
        along = np.zeros(width)
        inserted = steps.insertions[block.left : block.right - 1]
        np.cumsum(inserted + extending, out=along[1:])
        either, bead_rows, gap_rows = (
            sweep.either[index],
            sweep.after_bead[index],
            sweep.in_gap[index],
        )
        chances = np.empty((rows, len(steps.shapes), width))
        gap_chances = gap_rows - sweep.total
        ahead = _ahead(steps.shapes, longest, width)
        flat = onward.reshape(-1)
        for row in reversed(range(rows)):
            node_row = block.top + row
            by_bead = sweep._join(flat[ahead + row * onward[0].size])
            is_last = node_row == len(steps.deletions)
            if is_last and block.right == len(steps.insertions) + 1:
                by_bead[-1] = 0.0
            deleted = NEVER if is_last else steps.deletions[node_row]
            base = np.logaddexp(by_bead, gap_onward + (extending + deleted))
            from_gap = np.logaddexp.accumulate((base + along)[::-1])[::-1] - along
            np.maximum(from_gap, NEVER, out=from_gap)
            gap_chances[row] += from_gap
            from_bead = np.logaddexp(by_bead, gap_onward + (opening + deleted))
            from_bead[:-1] = np.logaddexp(from_bead[:-1], from_gap[1:] + inserted + opening)

            if not is_last:
                reached = gap_onward + deleted - sweep.total
                opened = np.exp(bead_rows[row] + reached + opening).sum()
                extended = np.exp(gap_rows[row] + reached + extending).sum()
                posterior.deletions[node_row] = opened + extended
                posterior.openings += opened
                posterior.extensions += extended
            reached = from_gap[1:] + inserted - sweep.total
            opened_at = np.exp(bead_rows[row, :-1] + reached + opening)
            extended_at = np.exp(gap_rows[row, :-1] + reached + extending)
            posterior.insertions[block.left : block.right - 1] += opened_at + extended_at
            posterior.openings += opened_at.sum()
            posterior.extensions += extended_at.sum()

            onward[row, :, :width] = steps.beads[index][row] + from_bead
            gap_onward = from_gap
        for place, (a, b) in enumerate(steps.shapes):
            before = either[longest - a :, longest - b :][:rows, :width]
            np.add(before, onward[:rows, place, :width], out=chances[:, place])
        chances -= sweep.total
        for logarithms in (chances, gap_chances):
            np.minimum(logarithms, 0.0, out=logarithms)
            np.exp(logarithms, out=logarithms)
        later = (block, onward[:longest].copy(), gap_onward[None].copy())
        yield index, chances, gap_chances


def best_path(sweep: Sweep) -> list[tuple[int, int, int, int]]:
    """The steps of the best way through a lattice.

    Args:
        sweep: A finished sweep of the best way.

    Returns:
        Steps from first to last, each (source start, source stop, target start, target stop).
    """
    steps, longest = sweep.steps, sweep.steps.longest
    sizes = np.array(steps.shapes, dtype=np.int64).reshape(-1, 2).T
    path: list[tuple[int, int, int, int]] = []
    i, j = len(steps.deletions), len(steps.insertions)
    index = len(steps.blocks) - 1
    in_gap: bool | None = None  # whether the path is within a gap here; None: whichever is better
    while i or j:
        while i < steps.blocks[index].top:
            index -= 1
        block = steps.blocks[index]
        row, column = i - block.top, j - block.left
        here = sweep.in_gap[index][row, column]
        if in_gap is None:
            in_gap = bool(here > sweep.after_bead[index][row, column])
        if not in_gap:
            before = sweep.either[index][row + longest - sizes[0], column + longest - sizes[1]]
            a, b = steps.shapes[int(np.argmax(before + steps.beads[index][row, :, column]))]
            path.append((i - a, i, j - b, j))
            i, j, in_gap = path[-1][0], path[-1][2], None
            continue
        ways_back: list[tuple[float, int, int, bool]] = []
        for di, dj in ((0, 1), (1, 0)):
            source, target = i - di, j - dj
            if source < 0 or target < 0:
                continue
            at = index if source >= block.top else index - 1
            place = steps.blocks[at]
            if not place.left <= target < place.right:
                continue
            cost = steps.insertions[target] if dj else steps.deletions[source]
            spot = (source - place.top, target - place.left)
            ways_back.append((sweep.after_bead[at][spot] + steps.opening + cost, di, dj, False))
            ways_back.append((sweep.in_gap[at][spot] + steps.extending + cost, di, dj, True))
        _, di, dj, in_gap = min(ways_back, key=lambda way: abs(way[0] - here))
        path.append((i - di, i, j - dj, j))
        i, j = i - di, j - dj
    path.reverse()
    return path


def _behind(shapes: Sequence[Shape], longest: int, width: int) -> IntArray:
    """Where the beads that end at the first row of a block come from: (shapes, width).

    Args:
        shapes: The shapes that a bead may have.
        longest: The most segments on one side; the rows and columns that a block is padded by.
        width: Columns of the block.

    Returns:
        Flat indices into an array of one number a node, padded above and to the left; those of
        later rows are further by as many of its rows.
    """
    a, b = np.array(shapes, dtype=np.int64).reshape(-1, 2).T[:, :, None]
    return np.asarray((longest - a) * (width + longest) + longest - b + np.arange(width))


def _ahead(shapes: Sequence[Shape], longest: int, width: int) -> IntArray:
    """Where the beads that start at the first row of a block are kept: (shapes, width).

    Args:
        shapes: The shapes that a bead may have.
        longest: The most segments on one side; the rows and columns that a block is padded by.
        width: Columns of the block.

    Returns:
        Flat indices into an array of one number a bead by the node it ends at, padded below and
        to the right; those of later rows are further by as many of its rows.
    """
    a, b = np.array(shapes, dtype=np.int64).reshape(-1, 2).T[:, :, None]
    places = np.arange(len(shapes))[:, None]
    return np.asarray((a * len(shapes) + places) * (width + longest) + b + np.arange(width))


def _paste(source: Array, target: Array, shift: int) -> None:
    """Copies the last axis of another block whose columns start `shift` further right."""
    low = max(shift, 0)
    high = min(source.shape[-1] + shift, target.shape[-1])
    if high > low:
        target[: len(source), ..., low:high] = source[..., low - shift : high - shift]


def _copy_shifted(source: Array, target: Array, shift: int) -> None:
    """Copies rows into another block's columns, which start `shift` columns further right."""
    low = max(shift, 0)
    high = min(source.shape[1], target.shape[1] + shift)
    rows = min(len(source), len(target))
    if high > low:
        target[-rows:, low - shift : high - shift] = source[-rows:, low:high]
