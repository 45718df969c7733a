"""Whether what each side of a bead says is found on the other, clause by clause.

The vector of a long segment hides a dropped or a stray clause: its cosine stays high. So each
clause is compared with the segments of the other side by itself. Similarities are measured
against what clauses of sure pairs reach in the same two texts, so that a free translation is not
held to what a literal one shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.aligner.lattice import NodeBlock
from align.aligner.shapes import Shape
from align.aligner.words import ranges
from align.text import Span

FloatArray = npt.NDArray[np.float32]
HalfArray = npt.NDArray[np.float16]
IntArray = npt.NDArray[np.int64]
SegmentVectors = tuple[FloatArray, FloatArray]
Step = tuple[int, int, int, int]

_MOST_LOST = 2.0  # spreads below the usual level beyond which a clause cannot be lost more
_TYPICAL_LEVEL, _TYPICAL_SPREAD, _TYPICAL_WEIGHT = 0.39, 0.2, 20.0
_PAIRS_AT_ONCE = 1024
_MOST_PAIRS = 4096  # that the usual level is measured on


@dataclass(frozen=True, slots=True)
class ClauseVectors:
    """Vectors of the clauses of a text's segments, in the order of the text.

    Attributes:
        vectors: Unit vectors, shape (k, dimension), float16; every segment has one clause or more.
        firsts: Index of each segment's first clause, with k at the end, shape (n + 1,).
        shares: Share of its segment's characters that each clause has, shape (k,).
    """

    vectors: HalfArray
    firsts: IntArray
    shares: FloatArray

    def of(self, segments: Span) -> ClauseVectors:
        """The clauses of a run of segments."""
        firsts = self.firsts[segments.start : segments.stop + 1]
        some = slice(int(firsts[0]), int(firsts[-1]))
        return ClauseVectors(self.vectors[some], firsts - firsts[0], self.shares[some])

    def counts(self) -> IntArray:
        """How many clauses each segment has, shape (n,)."""
        return np.diff(self.firsts)


def whole_segments(vectors: FloatArray) -> ClauseVectors:
    """Every segment as one clause, given their vectors, shape (n, dimension)."""
    count = len(vectors)
    return ClauseVectors(
        vectors.astype(np.float16), np.arange(count + 1), np.ones(count, dtype=np.float32)
    )


class Coverage:
    """How far the clauses of two texts are found within a bead.

    Args:
        clauses: The clauses of the source and of the target.
        segments: Vectors of their segments, shapes (n, dimension) and (m, dimension).
        topics: Vectors of what each segment's surroundings have in common, of the same shapes.
        pairs: Segments that surely translate one another, shape (k, 2).
    """

    def __init__(
        self,
        clauses: tuple[ClauseVectors, ClauseVectors],
        segments: SegmentVectors,
        topics: SegmentVectors,
        pairs: IntArray,
    ) -> None:
        self._clauses, self._segments, self._topics = clauses, segments, topics
        self._level, self._spread = self._usual(pairs)

    def features(self, block: NodeBlock, shapes: Sequence[Shape]) -> tuple[FloatArray, FloatArray]:
        """What the clauses of the beads that end at a block's nodes lose.

        Args:
            block: The nodes.
            shapes: The shapes that a bead may have.

        Returns:
            Two arrays of shape (rows, shapes, columns), laid out as `PairFeatures.beads`, each
            summed over the segments of both sides, a clause counting by its share of its segment:
            by how much clauses of segments that have several are more similar to a segment next
            to the bead than to any within, and how far clauses are below what is usual within.
        """
        longest = max(max(shape) for shape in shapes)
        nodes = np.arange(block.top, block.bottom), np.arange(block.left, block.right)
        spans = [
            Span(max(int(of_side[0]) - longest - 1, 0), min(int(of_side[-1]) + 1, len(vectors)))
            for of_side, vectors in zip(nodes, self._segments, strict=True)
        ]
        clauses = [all_.of(span) for all_, span in zip(self._clauses, spans, strict=True)]
        found = self._found(clauses, spans)
        result = np.zeros((2, len(nodes[0]), len(shapes), len(nodes[1])), dtype=np.float32)
        for side in (0, 1):
            here, there = nodes[side] - spans[side].start, nodes[1 - side] - spans[1 - side].start
            facing = _Facing(found[side], clauses[side])
            for size in range(1, longest + 1):
                of_size = [
                    (shape[side], place)
                    for place, shape in enumerate(shapes)
                    if shape[1 - side] == size
                ]
                totals = facing.running_losses(size, there)
                stops = np.clip(here, 0, totals.shape[1] - 1)
                at_stops = totals[:, stops]
                for length, place in of_size:
                    sums = at_stops - totals[:, np.clip(stops - length, 0, None)]
                    # (2, here, there): the source's segments come first.
                    result[:, :, place] += sums if side == 0 else sums.transpose(0, 2, 1)
        return result[0], result[1]

    def uncovered(self, beads: Sequence[Step]) -> FloatArray:
        """How far the clauses of beads with both sides are below what is usual, a bead a number.

        It is the second of `features`, of single beads.
        """
        losses = np.zeros(len(beads), dtype=np.float32)
        steps = np.array(beads, dtype=np.int64).reshape(-1, 4)
        for start in range(0, len(steps), _PAIRS_AT_ONCE):
            some = steps[start : start + _PAIRS_AT_ONCE]
            sizes = some[:, 1] - some[:, 0], some[:, 3] - some[:, 2]
            bead = np.repeat(np.arange(len(some)), sizes[0] * sizes[1])
            within = ranges(np.zeros(len(some), dtype=np.int64), sizes[0] * sizes[1])
            pairs = np.column_stack(
                (some[bead, 0] + within // sizes[1][bead], some[bead, 2] + within % sizes[1][bead])
            )
            for side in (0, 1):
                clauses = self._clauses[side]
                counts = clauses.counts()[pairs[:, side]]
                clause = ranges(clauses.firsts[pairs[:, side]], counts)
                kinds, number = np.unique(clause, return_inverse=True)
                best = np.full(len(kinds), -np.inf, dtype=np.float32)
                np.maximum.at(best, number, self._best(pairs, side))
                of_bead = np.zeros(len(kinds), dtype=np.int64)
                of_bead[number] = np.repeat(bead, counts)
                lost = np.clip((self._level - best) / self._spread, 0, _MOST_LOST)
                np.add.at(losses, start + of_bead, lost * clauses.shares[kinds])
        return losses

    def _found(
        self, clauses: list[ClauseVectors], spans: list[Span]
    ) -> tuple[FloatArray, FloatArray]:
        """Similarity of each clause to each segment of the other side, in spreads from usual."""
        own, other = (one.vectors.astype(np.float32) for one in clauses)
        segments = [
            vectors[span.start : span.stop]
            for vectors, span in zip(self._segments, spans, strict=True)
        ]
        cosines = own @ other.T
        to_target = np.maximum.reduceat(cosines, clauses[1].firsts[:-1], axis=1)
        to_source = np.maximum.reduceat(cosines, clauses[0].firsts[:-1], axis=0)
        np.maximum(to_target, own @ segments[1].T, out=to_target)
        np.maximum(to_source, segments[0] @ other.T, out=to_source)
        usual = self._level + (
            self._topics[0][spans[0].start : spans[0].stop]
            @ self._topics[1][spans[1].start : spans[1].stop].T
        )
        to_target -= np.repeat(usual, clauses[0].counts(), axis=0)
        to_source -= np.repeat(usual, clauses[1].counts(), axis=1)
        to_target /= self._spread
        to_source /= self._spread
        return to_target, to_source.T

    def _usual(self, pairs: IntArray) -> tuple[float, float]:
        """Mean and spread of how similar clauses are to the segments that translate theirs."""
        unpaired = min(map(len, self._segments)) - len(pairs)
        pairs = pairs[:: -(-len(pairs) // _MOST_PAIRS) or 1]
        values = [np.zeros(0, dtype=np.float32)]
        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            some = pairs[start : start + _PAIRS_AT_ONCE]
            values += [self._best(some, side) for side in (0, 1)]
        found = np.concatenate(values).astype(np.float64)
        weight = len(found) / (len(found) + _TYPICAL_WEIGHT + unpaired)
        level = spread = 0.0
        if len(found):
            level, spread = float(found.mean()), float(found.std())
        return (
            weight * level + (1 - weight) * _TYPICAL_LEVEL,
            max(weight * spread + (1 - weight) * _TYPICAL_SPREAD, 0.02),
        )

    def _best(self, pairs: IntArray, side: int) -> FloatArray:
        """For each clause of one side of pairs its similarity to the other, topics left out."""
        own, other = self._clauses[side], self._clauses[1 - side]
        here, there = pairs[:, side], pairs[:, 1 - side]
        counts = own.counts()[here]
        pair = np.repeat(np.arange(len(pairs)), counts)
        clause = ranges(own.firsts[here], counts)
        vectors = own.vectors[clause].astype(np.float32)
        whole = np.einsum("kd,kd->k", vectors, self._segments[1 - side][there[pair]])
        facing_counts = other.counts()[there][pair]
        facing = ranges(other.firsts[there][pair], facing_counts)
        cosines = np.einsum(
            "kd,kd->k",
            np.repeat(vectors, facing_counts, axis=0),
            other.vectors[facing].astype(np.float32),
        )
        best = np.maximum.reduceat(cosines, np.cumsum(facing_counts) - facing_counts)
        topics = np.einsum("kd,kd->k", self._topics[side][here], self._topics[1 - side][there])
        return np.asarray(np.maximum(best, whole) - topics[pair])


class _Facing:
    """What segments lose by facing one, two, three … segments of the other side.

    Args:
        found: Similarity of each clause to each segment of the other side, shape (k, m).
        clauses: The clauses.
    """

    def __init__(self, found: FloatArray, clauses: ClauseVectors) -> None:
        self._width = found.shape[1]
        self._clauses = clauses
        self._single = np.repeat(clauses.counts() == 1, clauses.counts())
        # Column j + 1 is segment j: beyond the edges nothing is found.
        self._found = np.full((found.shape[0], self._width + 2), -_MOST_LOST, dtype=np.float32)
        self._found[:, 1:-1] = found
        self._inside: FloatArray = self._found[:, :1]  # the best within, of each node

    def running_losses(self, size: int, nodes: IntArray) -> FloatArray:
        """Losses of all segments up to each by facing the `size` segments before some nodes.

        It is asked for sizes from 1 on, one after the other.

        Returns:
            Array of shape (2, n + 1, nodes).
        """
        nodes = np.clip(nodes, 0, self._width)
        first = np.clip(nodes - size, 0, None)
        newest = self._found[:, first + 1]
        newest[:, nodes < size] = -_MOST_LOST
        self._inside = newest if size == 1 else np.maximum(self._inside, newest)
        before = self._found[:, np.where(nodes > size, nodes - size, 0)]
        outside = np.maximum(before, self._found[:, nodes + 1])
        losses = np.stack((outside - self._inside, -self._inside))
        np.clip(losses, 0, _MOST_LOST, out=losses)
        losses *= self._clauses.shares[:, None]
        # Where a whole segment belongs, the spans' own similarities say better.
        losses[0, self._single] = 0
        of_segments = np.add.reduceat(losses, self._clauses.firsts[:-1], axis=1)
        totals = np.zeros((2, of_segments.shape[1] + 1, len(nodes)), dtype=np.float32)
        np.cumsum(of_segments, axis=1, out=totals[:, 1:])
        return totals
