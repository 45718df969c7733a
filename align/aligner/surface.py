"""What the surface of beads shows, whatever they mean: numbers, how they end, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import NodeBlock
from align.aligner.shapes import Shape

if TYPE_CHECKING:
    from align.marks import Marks

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

_MOST_APART = 3.0  # numbers or names that only one side has, beyond which more say nothing


def marks_apart(
    source: Marks, target: Marks, block: NodeBlock, shapes: Sequence[Shape]
) -> dict[str, FloatArray]:
    """How far the marks of the two sides of the beads that end at a block's nodes are apart.

    Args:
        source: Marks of the source segments.
        target: Marks of the target segments.
        block: The nodes.
        shapes: The shapes that a bead may have.

    Returns:
        By the name of the feature an array of shape (rows, shapes, columns), or one that spreads
        to it.
    """
    rows, columns = (block.top, block.bottom), (block.left, block.right)
    longest = max(max(shape) for shape in shapes)
    quoted = [
        span_sums(marks.quotations, longest, *nodes) > 0
        for marks, nodes in ((source, rows), (target, columns))
    ]
    a, b = np.array(shapes, dtype=np.int64).T - 1
    apart = {
        "numbers-apart": vectors_apart(source.numbers, target.numbers, block, shapes),
        "quotations-apart": quoted[0][a].T[:, :, None] != quoted[1][b][None],
    }
    for name, of_source, of_target in (
        ("ends-apart", source.open_ended, target.open_ended),
        ("tone-apart", source.tone, target.tone),
    ):
        last_source = of_source[np.clip(np.arange(*rows), 1, len(of_source)) - 1]
        last_target = of_target[np.clip(np.arange(*columns), 1, len(of_target)) - 1]
        apart[name] = np.abs(last_source[:, None] - last_target)[:, None]
    return apart


def vectors_apart(
    source: FloatArray, target: FloatArray, block: NodeBlock, shapes: Sequence[Shape]
) -> FloatArray:
    """How far apart the two sides of the beads are whose segments' vectors are added up.

    Args:
        source: A vector for each source segment, (n, dimension).
        target: A vector for each target segment, (m, dimension).
        block: The nodes at which the beads end.
        shapes: The shapes that a bead may have.

    Returns:
        Distances, at most 3, of shape (rows, shapes, columns).
    """
    longest = max(max(shape) for shape in shapes)
    one = span_sums(source, longest, block.top, block.bottom)
    other = span_sums(target, longest, block.left, block.right)
    squares = [(side * side).sum(axis=-1) for side in (one, other)]
    apart = np.empty((block.bottom - block.top, len(shapes), block.width), dtype=np.float32)
    for place, (a, b) in enumerate(shapes):
        product = one[a - 1] @ other[b - 1].T
        apart[:, place] = squares[0][a - 1][:, None] + squares[1][b - 1] - 2 * product
    return np.asarray(np.minimum(np.sqrt(np.maximum(apart, 0)), _MOST_APART))


def paragraph_edges(
    source: IntArray, target: IntArray, block: NodeBlock, shapes: Sequence[Shape]
) -> tuple[FloatArray, FloatArray]:
    """How many paragraph edges beads cross, and whether one of their sides alone opens one.

    Args:
        source: The paragraph of each source segment.
        target: The paragraph of each target segment.
        block: The nodes at which the beads end.
        shapes: The shapes that a bead may have.

    Returns:
        Two arrays of shape (rows, shapes, columns).
    """
    longest = max(max(shape) for shape in shapes)
    a, b = np.array(shapes, dtype=np.int64).T - 1
    inside_source, opens_source = _paragraph_edges(source, longest, block.top, block.bottom)
    inside_target, opens_target = _paragraph_edges(target, longest, block.left, block.right)
    crossed = inside_source[a].T[:, :, None] + inside_target[b][None]
    return crossed, np.abs(opens_source[a].T[:, :, None] - opens_target[b][None])


def span_sums(values: npt.NDArray[Any], longest: int, first: int, last: int) -> FloatArray:
    """Sums over the spans that end at nodes `first` to `last` - 1: (longest, nodes, …)."""
    begin, end = max(first - longest, 0), min(last, len(values))
    totals = np.cumsum(values[begin:end], axis=0, dtype=np.float64)
    totals = np.concatenate((np.zeros((1, *values.shape[1:])), totals))
    ends = np.clip(np.arange(first, last), 0, len(values))
    starts = np.clip(ends[None, :] - np.arange(1, longest + 1)[:, None], 0, None)
    return np.asarray(totals[ends - begin][None] - totals[starts - begin], dtype=np.float32)


def _paragraph_edges(
    paragraphs: IntArray, longest: int, first: int, last: int
) -> tuple[FloatArray, FloatArray]:
    """For the spans ending at nodes: paragraph edges inside, and whether they open a paragraph."""
    begin, end = max(first - longest, 0), min(last, len(paragraphs))
    before = paragraphs[max(begin - 1, 0)]
    opens = (np.diff(paragraphs[begin:end], prepend=before) != 0).astype(np.int64)
    totals = np.concatenate(([0], np.cumsum(opens)))
    ends = np.clip(np.arange(first, last), 0, len(paragraphs))
    starts = np.clip(ends[None, :] - np.arange(1, longest + 1)[:, None], 0, None)
    after_first = np.minimum(starts + 1, ends[None, :])
    inside = totals[ends - begin][None, :] - totals[after_first - begin]
    opening = opens[np.minimum(starts, len(paragraphs) - 1) - begin]
    return inside.astype(np.float32), opening.astype(np.float32)
