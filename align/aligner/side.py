"""One text as the aligner sees it: vectors of its spans, lengths, paragraphs, marks, clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.aligner.words import SegmentWords

if TYPE_CHECKING:
    from align.aligner.coverage import ClauseVectors
    from align.marks import Marks

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

ENCODED_LENGTH = 4
"""Segments of the longest spans that are encoded; the vectors of longer ones are composed."""


@dataclass(frozen=True)
class Side:
    """One text as the aligner sees it.

    Attributes:
        vectors: Unit vectors of all spans, shape (encoded, n, dimension), as encoders give them.
        lengths: Characters of each segment, shape (n,).
        paragraphs: Index of the block that each segment lies in, ascending, shape (n,).
        marks: Numbers, end marks and quotation marks of each segment, where they are known.
        clauses: Vectors of the clauses of each segment; by default each is one.
        words: The words of each segment, where they are known.
    """

    vectors: FloatArray
    lengths: IntArray
    paragraphs: IntArray
    marks: Marks | None = None
    clauses: ClauseVectors | None = None
    words: SegmentWords | None = None

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def encoded(self) -> int:
        """Segments of the longest spans that have a vector of their own."""
        return int(self.vectors.shape[0])

    @cached_property
    def totals(self) -> FloatArray:
        """Characters of all segments before each, and of all, shape (n + 1,), float64."""
        return np.asarray(np.concatenate(([0.0], np.cumsum(self.lengths, dtype=np.float64))))

    def halves(self, length: int) -> tuple[int, int]:
        """Segments of the two parts that a span longer than the encoded ones is composed of."""
        return length - length // 2, length // 2

    def shares(self, length: int, ends: IntArray) -> tuple[FloatArray, FloatArray]:
        """Factors by which the vectors of its two halves add up to the unit vector of a span.

        A span that is too long to be encoded is taken for the mean of its halves, each counting
        by its characters.

        Args:
            length: Segments of the span.
            ends: Segments up to the end of each span, shape (k,).

        Returns:
            The factors of the first and of the second halves, shape (k,), 0 where there is no
            such span.
        """
        first, second = self.halves(length)
        inside = (ends >= length) & (ends <= len(self))
        at = np.where(inside, ends, length)
        if len(self) < length:
            nothing = np.zeros(len(ends), dtype=np.float32)
            return nothing, nothing
        one = self.totals[at - second] - self.totals[at - length] + 1.0
        other = self.totals[at] - self.totals[at - second] + 1.0
        cosines = np.einsum(
            "kd,kd->k",
            self.vectors[first - 1, at - length],
            self.vectors[second - 1, at - second],
        )
        sizes = np.sqrt(np.maximum(one * one + other * other + 2 * one * other * cosines, 1e-9))
        return (
            np.where(inside, one / sizes, 0).astype(np.float32),
            np.where(inside, other / sizes, 0).astype(np.float32),
        )

    def spans(self, starts: IntArray, lengths: IntArray) -> FloatArray:
        """Unit vectors of some spans within the text, shape (k, dimension)."""
        result = np.empty((len(starts), self.vectors.shape[2]), dtype=np.float32)
        for length in np.unique(lengths).tolist():
            which = np.flatnonzero(lengths == length)
            first = starts[which]
            if length <= self.encoded:
                result[which] = self.vectors[length - 1, first]
                continue
            one, other = self.shares(length, first + length)
            lead, rest = self.halves(length)
            result[which] = one[:, None] * self.vectors[lead - 1, first]
            result[which] += other[:, None] * self.vectors[rest - 1, first + lead]
        return result


def composed_spans(segments: FloatArray, lengths: IntArray, longest: int) -> FloatArray:
    """Takes every span for the mean of its segments, each counting by its characters.

    Args:
        segments: Unit vectors of the segments, shape (n, dimension).
        lengths: Characters of each, shape (n,).
        longest: Segments of the longest spans.

    Returns:
        Unit vectors of all spans, as encoders give them: shape (longest, n, dimension).
    """
    count, dimension = segments.shape
    spans = np.zeros((longest, count, dimension), dtype=np.float32)
    weighed = segments * (lengths[:, None] + np.float32(1))
    sums = np.zeros((0, dimension), dtype=np.float32)
    for length in range(1, min(longest, count) + 1):
        last = weighed[length - 1 :]
        sums = last if length == 1 else sums[:-1] + last
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        spans[length - 1, : len(sums)] = sums / np.maximum(norms, 1e-9)
    return spans
