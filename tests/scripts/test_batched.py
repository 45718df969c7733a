"""The fit's sums over many documents at once are those of the aligner's lattice."""

from __future__ import annotations

import batched
import numpy as np

from align.aligner.lattice import NEVER, Block, Posterior, Steps, Sweep, posterior_blocks

LONGEST, OPENING = 4, -0.7
SIZES = np.array([(4, 6), (6, 3), (1, 5), (5, 5)])


def test_sums_of_padded_documents_are_those_of_each_alone():
    rng = np.random.default_rng(1)
    count, (rows, columns) = len(SIZES), SIZES.max(axis=0)
    beads = np.full((count, rows + 1, LONGEST, LONGEST, columns + 1), batched.IMPOSSIBLE)
    deletions, insertions = np.zeros((count, rows)), np.zeros((count, columns))
    alone = []
    for index, (n, m) in enumerate(SIZES):
        scores = rng.normal(size=(n + 1, LONGEST, LONGEST, m + 1))
        for a in range(1, LONGEST + 1):
            for b in range(1, LONGEST + 1):
                scores[:a, a - 1, b - 1, :] = NEVER
                scores[:, a - 1, b - 1, :b] = NEVER
        deleting, inserting = rng.normal(size=n), rng.normal(size=m)
        beads[index, : n + 1, :, :, : m + 1] = np.maximum(scores, batched.IMPOSSIBLE)
        deletions[index, :n], insertions[index, :m] = deleting, inserting
        steps = Steps([Block(0, n + 1, 0, m + 1)], [scores], deleting, inserting, OPENING, 0.0)
        sweep, posterior = Sweep(steps), Posterior(np.zeros(n), np.zeros(m))
        [(_, chances, _)] = posterior_blocks(sweep, posterior)
        alone.append((sweep.total, chances, posterior))

    totals, chances, deleted, inserted, openings = batched.sums(
        beads, deletions, insertions, OPENING, SIZES
    )

    for index, ((n, m), (total, expected, posterior)) in enumerate(zip(SIZES, alone, strict=True)):
        np.testing.assert_allclose(totals[index], total, atol=1e-9)
        own = chances[index, : n + 1, :, :, : m + 1]
        np.testing.assert_allclose(own, expected, atol=1e-9)
        np.testing.assert_allclose(chances[index].sum(), own.sum(), atol=1e-9)
        np.testing.assert_allclose(deleted[index, :n], posterior.deletions, atol=1e-9)
        np.testing.assert_allclose(inserted[index, :m], posterior.insertions, atol=1e-9)
        np.testing.assert_allclose(openings[index], posterior.openings, atol=1e-9)
