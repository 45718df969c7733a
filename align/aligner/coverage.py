"""Whether what each side of a bead says is found on the other, clause by clause.

The vector of a long segment hides a dropped or a stray clause: its cosine stays high. So each
clause is compared with the segments of the other side by itself. Similarities are measured
against what clauses of sure pairs reach in the same two texts, so that a free translation is not
held to what a literal one shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.beads import Span

if TYPE_CHECKING:
    from align.aligner.lattice import Block

FloatArray = npt.NDArray[np.float32]
HalfArray = npt.NDArray[np.float16]
IntArray = npt.NDArray[np.int64]
SegmentVectors = tuple[FloatArray, FloatArray]

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

    def features(self, block: Block, longest: int) -> tuple[FloatArray, FloatArray]:
        """What the clauses of the beads that end at a block's nodes lose.

        Args:
            block: The nodes.
            longest: The most segments a bead may have on one side.

        Returns:
            Two arrays of shape (rows, longest, longest, columns), laid out as
            `PairFeatures.beads`, each summed over the segments of both sides, a clause counting
            by its share of its segment: by how much clauses of segments that have several are
            more similar to a segment next to the bead than to any within, and how far clauses are
            below what is usual within.
        """
        nodes = np.arange(block.top, block.bottom), np.arange(block.left, block.right)
        spans = [
            Span(max(int(of_side[0]) - longest - 1, 0), min(int(of_side[-1]) + 1, len(vectors)))
            for of_side, vectors in zip(nodes, self._segments, strict=True)
        ]
        clauses = [all_.of(span) for all_, span in zip(self._clauses, spans, strict=True)]
        found = self._found(clauses, spans)
        result = np.zeros((2, len(nodes[0]), longest, longest, len(nodes[1])), dtype=np.float32)
        for side in (0, 1):
            here, there = nodes[side], nodes[1 - side] - spans[1 - side].start
            for size in range(1, longest + 1):
                losses = _losses(found[side], clauses[side], size)
                there = np.clip(there, 0, losses.shape[2] - 1)
                sums = _run_sums(losses[:, :, there], here - spans[side].start, longest)
                if side == 0:  # (2, longest, rows, columns): source segments face `size` others
                    result[:, :, :, size - 1] += sums.transpose(0, 2, 1, 3)
                else:
                    result[:, :, size - 1] += sums.transpose(0, 3, 1, 2)
        return result[0], result[1]

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
        clause = _ranges(own.firsts[here], counts)
        vectors = own.vectors[clause].astype(np.float32)
        whole = np.einsum("kd,kd->k", vectors, self._segments[1 - side][there[pair]])
        facing_counts = other.counts()[there][pair]
        facing = _ranges(other.firsts[there][pair], facing_counts)
        cosines = np.einsum(
            "kd,kd->k",
            np.repeat(vectors, facing_counts, axis=0),
            other.vectors[facing].astype(np.float32),
        )
        best = np.maximum.reduceat(cosines, np.cumsum(facing_counts) - facing_counts)
        topics = np.einsum("kd,kd->k", self._topics[side][here], self._topics[1 - side][there])
        return np.asarray(np.maximum(best, whole) - topics[pair])


def _losses(found: FloatArray, clauses: ClauseVectors, size: int) -> FloatArray:
    """What segments lose by facing the `size` segments before each node of the other side.

    Args:
        found: Similarity of each clause to each segment of the other side, shape (k, m).
        clauses: The clauses.
        size: How many segments of the other side the bead has.

    Returns:
        Array of shape (2, n, m + 1).
    """
    count, width = found.shape
    # Column j of `padded` is segment j - size - 1: beyond the edges nothing is found.
    padded = np.full((count, width + size + 2), -_MOST_LOST, dtype=np.float32)
    padded[:, size + 1 : width + size + 1] = found
    inside = padded[:, 1 : width + 2].copy()
    for offset in range(1, size):
        np.maximum(inside, padded[:, 1 + offset : width + 2 + offset], out=inside)
    outside = np.maximum(padded[:, : width + 1], padded[:, size + 1 :])
    losses = np.stack((outside - inside, -inside))
    np.clip(losses, 0, _MOST_LOST, out=losses)
    losses *= clauses.shares[:, None]
    # Where a whole segment belongs, the spans' own similarities say better.
    losses[0, np.repeat(clauses.counts() == 1, clauses.counts())] = 0
    return np.asarray(np.add.reduceat(losses, clauses.firsts[:-1], axis=1))


def _run_sums(losses: FloatArray, nodes: IntArray, longest: int) -> FloatArray:
    """Sums over the runs of 1 to `longest` segments that end at nodes: (2, longest, nodes, …)."""
    totals = np.zeros((2, losses.shape[1] + 1, losses.shape[2]), dtype=np.float32)
    np.cumsum(losses, axis=1, out=totals[:, 1:])
    stops = np.clip(nodes, 0, losses.shape[1])
    starts = np.clip(stops[None] - np.arange(1, longest + 1)[:, None], 0, None)
    return np.asarray(totals[:, stops][:, None] - totals[:, starts])


def _ranges(starts: IntArray, counts: IntArray) -> IntArray:
    """The numbers from each start on, as many as its count says, one range after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.arange(int(counts.sum())) + np.repeat(starts - (ends - counts), counts))
