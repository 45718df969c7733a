"""Tokens that stand in the same surroundings more than once, whose features are computed once.

The clauses of a segment are encoded by themselves and within it; a text may repeat itself. All
tokens but those at the edges have the same neighbours in both places, and so the same features.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]

_LEAST_REPEATED = 3  # tokens in a row: what parts a range costs about as much as a token
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Distinct:
    """What is left to compute of some tokens, and how ranges of them are made up of it.

    Attributes:
        which: Indices of the tokens to compute, ascending.
        ranges: Of which range each part is, ascending; a range has one part or more, in order.
        low: The first of the computed tokens that the part sums.
        high: The one after the last.
    """

    which: IntArray
    ranges: IntArray
    low: IntArray
    high: IntArray


def without_repeats(
    line: IntArray, places: IntArray, low: IntArray, high: IntArray, *, reach: int
) -> Distinct:
    """Finds the tokens that need not be computed, because an earlier one has the same features.

    Args:
        line: Token ids.
        places: Where in the line tokens are wanted, ascending; `reach` from its ends at least.
        low: The first of the wanted tokens that each range sums.
        high: The one after the last, none before `low`.
        reach: On how many tokens to either side features depend.
    """
    origins = _origins(line, places, reach)
    computed = origins == np.arange(len(places))
    at = (np.cumsum(computed) - 1)[origins]
    breaks = np.flatnonzero(np.diff(at) != 1) + 1
    filled = np.flatnonzero(high > low)
    low, high = low[filled], high[filled]
    first = np.searchsorted(breaks, low, side="right")
    counts = np.searchsorted(breaks, high, side="left") - first + 1
    of_range = np.repeat(np.arange(len(filled)), counts)
    within = np.arange(len(of_range)) - np.repeat(np.cumsum(counts) - counts, counts)
    bounds = np.append(breaks, len(places))
    before = bounds[np.maximum(first[of_range] + within - 1, 0)]
    after = bounds[np.minimum(first[of_range] + within, len(breaks))]
    start = np.where(within == 0, low[of_range], before)
    stop = np.where(within == counts[of_range] - 1, high[of_range], after)
    return Distinct(np.flatnonzero(computed), filled[of_range], at[start], at[stop - 1] + 1)


def _origins(line: IntArray, places: IntArray, reach: int) -> IntArray:
    """For each wanted token the index of the one whose features it takes: itself, mostly."""
    width = 2 * reach + 1
    words = (line + 2).astype(np.uint64)  # -1, where there is no token, is 1
    keys = np.zeros(len(line) - width + 1, dtype=np.uint64)
    for offset in range(width):
        keys *= _MULTIPLIER
        keys += words[offset : offset + len(keys)]
    _, first, number = np.unique(keys[places - reach], return_index=True, return_inverse=True)
    here = np.arange(len(places))
    origins = first[number]
    repeated = np.flatnonzero(origins != here)
    around = np.arange(-reach, reach + 1)
    windows = (line[places[some][:, None] + around] for some in (repeated, origins[repeated]))
    differs = np.any(next(windows) != next(windows), axis=1)  # by chance, the same key
    origins[repeated[differs]] = repeated[differs]

    edges = np.flatnonzero(np.diff(origins - here, prepend=1, append=1))
    sizes = np.diff(edges)
    short = np.repeat(sizes < _LEAST_REPEATED, sizes)
    return np.where(short, here, origins)
