"""The fit's sums over alignments are those of the aligner's lattice, held to what is known."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("numba")

from lattice_sums import BandLayout, sums

from align.aligner.lattice import NEVER, NodeBlock, Posterior, Steps, Sweep, posterior_blocks
from align.aligner.shapes import bead_shapes

SHAPES = bead_shapes(4, 6)
OPENING = -0.7


def whole(n, m):
    """A band that is the whole lattice, and which beads start within it."""
    layout = BandLayout(
        np.zeros(n + 1, dtype=np.int64),
        np.full(n + 1, m),
        np.arange(n + 2) * (m + 1),
        np.array(SHAPES),
    )
    rows, columns = layout.places()
    a, b = layout.shapes.T
    return layout, (rows[:, None] >= a) & (columns[:, None] >= b)


@pytest.mark.parametrize(("n", "m"), [(4, 6), (6, 3), (1, 5), (5, 5)])
def test_sums_are_those_of_the_aligner(n, m):
    rng = np.random.default_rng(n)
    layout, possible = whole(n, m)
    beads = rng.normal(size=possible.shape)
    deletions, insertions = rng.normal(size=n), rng.normal(size=m)
    scores = np.where(possible, beads, NEVER).reshape(n + 1, m + 1, -1).swapaxes(1, 2)
    steps = Steps(
        [NodeBlock(0, n + 1, 0, m + 1)], SHAPES, [scores], deletions, insertions, OPENING, 0.0
    )
    sweep, posterior = Sweep(steps), Posterior(np.zeros(n), np.zeros(m))
    [(_, chances, _)] = posterior_blocks(sweep, posterior)

    nodes = np.ones(layout.nodes, dtype=bool)
    found = sums(layout, beads, deletions, insertions, OPENING, possible, nodes)

    assert found.total == pytest.approx(sweep.total, abs=1e-9)
    np.testing.assert_allclose(
        found.beads.reshape(n + 1, m + 1, -1).swapaxes(1, 2), chances, atol=1e-9
    )
    np.testing.assert_allclose(found.deletions, posterior.deletions, atol=1e-9)
    np.testing.assert_allclose(found.insertions, posterior.insertions, atol=1e-9)
    assert found.openings == pytest.approx(posterior.openings, abs=1e-9)


def test_sums_held_to_one_alignment_are_its_score():
    n, m = 3, 4
    rng = np.random.default_rng(5)
    layout, possible = whole(n, m)
    beads = rng.normal(size=possible.shape)
    deletions, insertions = rng.normal(size=n), rng.normal(size=m)
    # 1-2, a deletion, 1-2
    path = [(1, 2, SHAPES.index((1, 2))), (3, 4, SHAPES.index((1, 2)))]
    nodes = np.zeros(layout.nodes, dtype=bool)
    for i, j in ((0, 0), (1, 2), (2, 2), (3, 4)):
        nodes[layout.starts[i] + j] = True
    allowed = np.zeros_like(possible)
    for i, j, shape in path:
        allowed[layout.starts[i] + j, shape] = True
    found = sums(layout, beads, deletions, insertions, OPENING, allowed, nodes)
    score = sum(beads[layout.starts[i] + j, shape] for i, j, shape in path)
    assert found.total == pytest.approx(score + OPENING + deletions[1], abs=1e-9)
    np.testing.assert_allclose(found.deletions, [0, 1, 0], atol=1e-9)
