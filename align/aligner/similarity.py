"""How similar the two sides of beads are, for a whole block of the lattice at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from align.aligner.shapes import Shape
from align.aligner.side import IntArray, Side

FloatArray = npt.NDArray[np.float32]


def bead_cosines(
    source: Side, target: Side, rows: IntArray, columns: IntArray, shapes: Sequence[Shape]
) -> dict[Shape, FloatArray]:
    """Cosines of the two sides of the beads that end at some nodes.

    Args:
        source: The source text.
        target: The target text.
        rows: Consecutive rows of nodes; they may lie beyond the text.
        columns: Consecutive columns of nodes.
        shapes: The shapes that a bead may have, no smaller one missing beside a larger.

    Returns:
        For each shape an array of shape (rows, columns), 0 where there is no such bead.
    """
    one, other = _ending(source, rows), _ending(target, columns)
    dimension = one.shape[2]
    product = one.reshape(-1, dimension) @ other.reshape(-1, dimension).T
    by_length = product.reshape(len(one), len(rows), len(other), len(columns))
    cosines = {
        (a + 1, b + 1): by_length[a, :, b] for a in range(len(one)) for b in range(len(other))
    }
    for length in range(len(other) + 1, max(b for _, b in shapes) + 1):
        weights = target.shares(length, columns)
        lead, rest = target.halves(length)
        for a in range(1, len(one) + 1):
            if (a, length) in shapes:
                composed = cosines[a, rest] * weights[1]
                composed[:, rest:] += cosines[a, lead][:, :-rest] * weights[0][rest:]
                cosines[a, length] = composed
    for length in range(len(one) + 1, max(a for a, _ in shapes) + 1):
        weights = source.shares(length, rows)
        lead, rest = source.halves(length)
        for b in [b for a, b in shapes if a == length]:
            composed = cosines[rest, b] * weights[1][:, None]
            composed[rest:] += cosines[lead, b][:-rest] * weights[0][rest:, None]
            cosines[length, b] = composed
    return cosines


def _ending(side: Side, nodes: IntArray) -> FloatArray:
    """Vectors of the encoded spans that end at consecutive nodes: (encoded, nodes, d)."""
    encoded, count, dimension = side.vectors.shape
    first, last = int(nodes[0]), int(nodes[-1]) + 1
    result = np.zeros((encoded, len(nodes), dimension), dtype=np.float32)
    for length in range(1, encoded + 1):
        low, high = max(first, length), min(last, count + 1)
        if high > low:
            result[length - 1, low - first : high - first] = side.vectors[
                length - 1, low - length : high - length
            ]
    return result
