"""Sums over alignments of many short documents at once, for fitting.

The same recursions as `align.aligner.lattice`, with the documents along the first axis and padded
to one size, so that a fit over hundreds of stories takes minutes; a test holds the two equal.
"""

from __future__ import annotations

import numpy as np

IMPOSSIBLE = -1e6


def log_sum(array: np.ndarray, axis: int) -> np.ndarray:
    """Log of the sum of exponentials along an axis."""
    highest = array.max(axis=axis, keepdims=True)
    return np.log(np.exp(array - highest).sum(axis=axis)) + np.squeeze(highest, axis)


def sums(
    beads: np.ndarray,
    deletions: np.ndarray,
    insertions: np.ndarray,
    opening: float,
    sizes: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Forward and backward sums of documents of at most n and m segments.

    Args:
        beads: (documents, n + 1, longest, longest, m + 1): scores of beads by the node they end at.
        deletions: (documents, n).
        insertions: (documents, m).
        opening: Added where a run of gap steps starts.
        sizes: (documents, 2): segments of each document's source and target.

    Returns:
        The log of the sum over alignments, (documents,); the probabilities of beads, laid out as
        given; of deletions, (documents, n); of insertions, (documents, m); and the expected number
        of gap runs, (documents,).
    """
    count, rows, longest, _, columns = beads.shape
    padded = (count, rows + longest, columns + longest)
    either = np.full(padded, IMPOSSIBLE)
    after_bead = np.full((count, rows, columns), IMPOSSIBLE)
    in_gap = np.full((count, rows, columns), IMPOSSIBLE)
    along = np.concatenate((np.zeros((count, 1)), np.cumsum(insertions, axis=1)), axis=1)
    for i in range(rows):
        ways = np.stack(
            [
                either[:, i + longest - a, longest - b : longest - b + columns]
                + beads[:, i, a - 1, b - 1]
                for a in range(1, longest + 1)
                for b in range(1, longest + 1)
            ]
        )
        after_bead[:, i] = log_sum(ways, 0)
        if i == 0:
            after_bead[:, 0, 0] = 0.0
        else:
            above = np.logaddexp(after_bead[:, i - 1] + opening, in_gap[:, i - 1])
            in_gap[:, i] = above + deletions[:, i - 1, None]
        open_here = np.logaddexp(after_bead[:, i] + opening, in_gap[:, i]) - along
        runs = np.logaddexp.accumulate(open_here, axis=1)[:, :-1] + along[:, 1:]
        in_gap[:, i, 1:] = np.logaddexp(in_gap[:, i, 1:], runs)
        either[:, i + longest, longest:] = np.logaddexp(after_bead[:, i], in_gap[:, i])

    documents = np.arange(count)
    n, m = sizes.T
    totals = either[documents, n + longest, m + longest]

    chances = np.zeros_like(beads)
    deleted = np.zeros((count, rows - 1))
    inserted = np.zeros((count, columns - 1))
    openings = np.zeros(count)
    onward = np.full((count, rows + longest, longest, longest, columns + longest), IMPOSSIBLE)
    below_gap = np.full((count, columns), IMPOSSIBLE)
    total = totals[:, None]
    for i in reversed(range(rows)):
        ways = np.stack(
            [
                onward[:, i + a, a - 1, b - 1, b : b + columns]
                for a in range(1, longest + 1)
                for b in range(1, longest + 1)
            ]
        )
        by_bead = log_sum(ways, 0)
        here = documents[n == i]
        by_bead[here, m[here]] = 0.0
        down = below_gap + (deletions[:, i, None] if i < rows - 1 else IMPOSSIBLE)
        base = np.logaddexp(by_bead, down) + along
        from_gap = np.logaddexp.accumulate(base[:, ::-1], axis=1)[:, ::-1] - along
        from_bead = np.logaddexp(by_bead, down + opening)
        right = from_gap[:, 1:] + insertions
        from_bead[:, :-1] = np.logaddexp(from_bead[:, :-1], right + opening)
        onward[:, i, :, :, :columns] = beads[:, i] + from_bead[:, None, None, :]
        if i < rows - 1:
            opened = np.exp(after_bead[:, i] + down + opening - total).sum(axis=1)
            deleted[:, i] = opened + np.exp(in_gap[:, i] + down - total).sum(axis=1)
            openings += opened
        opened_at = np.exp(after_bead[:, i, :-1] + right + opening - total)
        inserted += opened_at + np.exp(in_gap[:, i, :-1] + right - total)
        openings += opened_at.sum(axis=1)
        for a in range(1, longest + 1):
            for b in range(1, longest + 1):
                start = either[:, i + longest - a, longest - b : longest - b + columns]
                chances[:, i, a - 1, b - 1] = start + onward[:, i, a - 1, b - 1, :columns]
        below_gap = from_gap
    chances = np.exp(np.minimum(chances - totals[:, None, None, None, None], 0))
    return totals, chances, deleted, inserted, openings
