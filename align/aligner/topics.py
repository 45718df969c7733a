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
