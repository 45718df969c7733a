"""What the first convolutions of the embedded encoder need of a token, computed once for each.

A first convolution sees embeddings, of which texts have few distinct ones: each is multiplied by
every tap once, and what the taps give is added up at every place the token stands. Tokens of one
language come again in text after text, so what was computed is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from align.encoders.base import FloatArray
from align.encoders.parallel import map_blocks
from align.encoders.row_products import Layout

IntArray = npt.NDArray[np.int64]

MOST_KEPT = 24_576
"""Tokens that are kept: 380 MB, if as many were met."""

_AT_ONCE = 256  # tokens


class TokenLayers:
    """What turns tokens into what is kept of them.

    Args:
        arrays: The weights of the encoder's file.
        widths: Those of the convolutions.
    """

    def __init__(
        self, arrays: Mapping[str, npt.NDArray[np.generic]], widths: Sequence[int]
    ) -> None:
        self.widths = widths
        self._scale = arrays["scale"]
        self._low = arrays["lo"]
        # Embedding rows are dealt to the quantised blocks in turn: row i is in block i mod 17.
        blocks = [arrays[f"q{index + 1}"] for index in range(len(self._scale))]
        self._embeddings = np.stack(blocks, axis=1).reshape(-1, blocks[0].shape[1])
        self._epsilon = np.float32(arrays["eps"])
        self._projection = np.concatenate([arrays[f"proj{w}"] for w in widths], axis=1)
        self._projection_bias = np.concatenate([arrays[f"proj_b{w}"] for w in widths])
        self._gain = np.concatenate([arrays[f"ln_g{w}"] for w in widths])
        self._bias = np.concatenate([arrays[f"ln_b{w}"] for w in widths])
        # The taps side by side.
        self._taps = [
            np.concatenate(np.split(arrays[f"w1_{width}"], width), axis=1) for width in widths
        ]
        self._tap_biases = [arrays[f"b1_{width}"].astype(np.float32) for width in widths]
        self.vocabulary = len(self._embeddings)
        self.size, self.channels = self._projection.shape[0], self._taps[0].shape[0]

    @property
    def matrices(self) -> list[FloatArray]:
        """What rows are multiplied by."""
        return [self._projection, *self._taps]

    def fill(self, table: TokenTable, tokens: IntArray, row: int) -> None:
        """Computes the rows of some tokens, `_AT_ONCE` at most, from a row on."""
        into = slice(row, row + len(tokens))
        block = tokens % len(self._scale)
        embeddings = self._embeddings[tokens] * self._scale[block, None]
        embeddings += self._low[block, None]
        table.embeddings[into] = embeddings
        table.totals[into] = embeddings.sum(axis=1)
        table.squares[into] = np.einsum("ij,ij->i", embeddings, embeddings)
        inputs: FloatArray = table.layout.of(embeddings, self._projection)
        inputs += self._projection_bias
        inputs -= inputs.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", inputs, inputs) / inputs.shape[1]
        inputs *= (1 / np.sqrt(variance + self._epsilon))[:, None]
        inputs *= self._gain
        inputs += self._bias
        channels = self.channels
        for index, width in enumerate(self.widths):
            of_width = inputs[:, index * channels : (index + 1) * channels].copy()
            table.inputs[index][into] = of_width
            taps = table.layout.of(of_width, self._taps[index])
            before = (width - 1) // 2  # the tap on the token itself carries the bias
            taps[:, before * channels : (before + 1) * channels] += self._tap_biases[index]
            table.taps[index][into] = taps


class TokenTable:
    """What is kept of tokens, a row each; row 0 is zero and stands for no token.

    Args:
        layers: What computes it.
        layout: Of the matrix products with which it does.

    Attributes:
        layout: As given.
        embeddings: Embeddings, shape (rows, 512).
        totals: Sums of their components, shape (rows,).
        squares: Sums of their squares, shape (rows,).
        inputs: For each width, what its convolutions see, shape (rows, channels).
        taps: For each width, the inputs times each tap, shape (rows, width · channels).
    """

    def __init__(self, layers: TokenLayers, layout: Layout) -> None:
        self.layout = layout
        self._layers = layers
        self._rows = np.zeros(layers.vocabulary + 1, dtype=np.int64)  # of -1, no token, the last
        self._room = 0
        self._used = 0
        self._make_room(MOST_KEPT)

    def rows_of(self, line: IntArray) -> IntArray:
        """The row of each token of a line, 0 where there is none; valid until the next call."""
        rows = self._rows[line]
        is_new = (rows == 0) & (line >= 0)
        if not is_new.any():
            return rows
        new = np.unique(line[is_new])
        if self._used + len(new) > self._room:
            self._rows[:] = self._used = 0
            new = np.unique(line[line >= 0])
            if len(new) > self._room:
                self._make_room(len(new))
        first = self._used + 1
        parts = range(0, len(new), _AT_ONCE)
        map_blocks(lambda at: self._layers.fill(self, new[at : at + _AT_ONCE], first + at), parts)
        self._rows[new] = np.arange(first, first + len(new))
        self._used += len(new)
        return self._rows[line]

    def _make_room(self, room: int) -> None:
        """Room for as many tokens; memory is taken when a row is first written."""
        size, channels = self._layers.size, self._layers.channels
        self._room = room
        self.embeddings: FloatArray = np.zeros((room + 1, size), np.float32)
        self.totals: FloatArray = np.zeros(room + 1, np.float32)
        self.squares: FloatArray = np.zeros(room + 1, np.float32)
        self.inputs: list[FloatArray] = [
            np.zeros((room + 1, channels), np.float32) for _ in self._layers.widths
        ]
        self.taps: list[FloatArray] = [
            np.zeros((room + 1, width * channels), np.float32) for width in self._layers.widths
        ]
