"""What segments near one another have in common: the mean of their vectors.

Sentences of one passage are alike whatever they say; what two segments have in common beyond their
topics tells whether they translate one another.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

TOPIC_REACH = 6
"""Segments to either side that share a segment's topic."""

_ROWS_AT_ONCE = 512
_MOST_PLACES = 4096  # that the common topics of spans are measured at


def topics_of(segments: FloatArray) -> FloatArray:
    """For each segment the mean vector of those around it and of itself, shape (n, dimension)."""
    topics = np.empty_like(segments)
    for start in range(0, len(segments), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        topics[rows] = local_means(segments, np.arange(len(segments))[rows])
    return topics


def local_means(spans: FloatArray, places: IntArray) -> FloatArray:
    """Mean vectors of the spans around some places, shape (places, dimension)."""
    means = np.zeros((len(places), spans.shape[1]), dtype=np.float32)
    counts = np.zeros((len(places), 1), dtype=np.float32)
    for offset in range(-TOPIC_REACH, TOPIC_REACH + 1):
        near = places + offset
        inside = ((near >= 0) & (near < len(spans)))[:, None]
        np.add(means, spans[near.clip(0, len(spans) - 1)], out=means, where=inside)
        counts += inside
    return np.asarray(means / counts)


def spans_above(source: FloatArray, target: FloatArray, pairs: IntArray) -> FloatArray:
    """How much more two spans have in common by topic than two segments: (longest, longest).

    Args:
        source: Vectors of all spans of the source, (longest, n, dimension).
        target: The same of the target.
        pairs: Segments that correspond; of many, some that are evenly spaced are looked at.
    """
    longest = len(source)
    common = np.zeros((longest, longest), dtype=np.float32)
    if not len(pairs):
        return common
    pairs = pairs[:: -(-len(pairs) // _MOST_PLACES)]
    for start in range(0, len(pairs), _ROWS_AT_ONCE):
        one, other = (
            np.stack([_means_of_length(spans, length, places) for length in range(1, longest + 1)])
            for spans, places in zip(
                (source, target), pairs[start : start + _ROWS_AT_ONCE].T, strict=True
            )
        )
        common += np.einsum("apd,bpd->ab", one, other, optimize=True)
    common /= len(pairs)
    return np.asarray(common - common[0, 0])


def _means_of_length(spans: FloatArray, length: int, places: IntArray) -> FloatArray:
    """Mean vectors of the spans of one length around some places, 0 where there is none."""
    count = spans.shape[1] - length + 1  # spans that do not run past the end
    if count <= 0:
        return np.zeros((len(places), spans.shape[2]), dtype=np.float32)
    return local_means(spans[length - 1, :count], np.minimum(places, count - 1))
