"""Sums and maxima over all alignments, against writing down every alignment there is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.bands import full_band
from align.aligner.lattice import (
    NEVER,
    NodeBlock,
    Posterior,
    Steps,
    Sweep,
    best_path,
    posterior_blocks,
)
from align.aligner.shapes import bead_shapes


@dataclass
class Problem:
    """A small lattice, its scores written once as tables and once as the lattice wants them."""

    steps: Steps
    beads: dict[tuple[int, int, int, int], float]  # by (source start, stop, target start, stop)

    @property
    def sizes(self):
        return len(self.steps.deletions), len(self.steps.insertions)

    def in_band(self, i, j):
        return any(
            block.top <= i < block.bottom and block.left <= j < block.right
            for block in self.steps.blocks
        )

    def score(self, path):
        """The score of a path, step by step, as the model defines it."""
        total, in_gap = 0.0, False
        for i, i_stop, j, j_stop in path:
            if i_stop > i and j_stop > j:
                total += self.beads[i, i_stop, j, j_stop]
                in_gap = False
                continue
            step = self.steps.deletions[i] if i_stop > i else self.steps.insertions[j]
            total += step + (self.steps.extending if in_gap else self.steps.opening)
            in_gap = True
        return total

    def gap_runs(self, path):
        """How many runs of gap steps a path has, and how many further steps they have."""
        gaps = [not (i_stop > i and j_stop > j) for i, i_stop, j, j_stop in path]
        opened = sum(gap and not (at and gaps[at - 1]) for at, gap in enumerate(gaps))
        return opened, sum(gaps) - opened

    def paths(self, i=0, j=0):
        """Every path from a node to the end that stays in the band."""
        rows, columns = self.sizes
        if (i, j) == (rows, columns):
            yield []
            return
        ways = [(i + 1, j), (i, j + 1), *((i + a, j + b) for a, b in self.steps.shapes)]
        for i_stop, j_stop in ways:
            if i_stop <= rows and j_stop <= columns and self.in_band(i_stop, j_stop):
                for rest in self.paths(i_stop, j_stop):
                    yield [(i, i_stop, j, j_stop), *rest]


@st.composite
def bands(draw, rows, columns):
    """Blocks of rows as the lattice allows them, narrow where that leaves a way through."""
    cuts = draw(st.sets(st.integers(1, rows - 1), max_size=rows - 1)) if rows > 1 else set()
    edges = [0, *sorted(cuts), rows]
    blocks, left, right = [], 0, 1
    for top, bottom in pairwise(edges):
        # A block starts within the one above, so that a way leads from one to the other.
        left = draw(st.integers(left, right - 1)) if top else 0
        right = draw(st.integers(max(right, left + 1), columns)) if bottom < rows else columns
        blocks.append(NodeBlock(top, bottom, left, right))
    return blocks


@st.composite
def problems(draw, *, whole=False, largest=4):
    """Random scores over a random band."""
    n, m = draw(st.integers(0, largest)), draw(st.integers(0, largest))
    longest = draw(st.integers(1, 3))
    shapes = bead_shapes(longest, draw(st.integers(2, 2 * longest)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    spread = draw(st.sampled_from([0.5, 3.0, 30.0]))
    blocks = full_band(n + 1, m + 1) if whole else draw(bands(n + 1, m + 1))
    beads = {
        (i - a, i, j - b, j): float(rng.normal(0, spread))
        for i in range(n + 1)
        for j in range(m + 1)
        for a, b in shapes
        if a <= i and b <= j
    }
    arrays = []
    for block in blocks:
        scores = np.full((block.bottom - block.top, len(shapes), block.width), NEVER)
        for (i, i_stop, j, j_stop), score in beads.items():
            if block.top <= i_stop < block.bottom and block.left <= j_stop < block.right:
                place = shapes.index((i_stop - i, j_stop - j))
                scores[i_stop - block.top, place, j_stop - block.left] = score
        arrays.append(scores)
    steps = Steps(
        blocks=blocks,
        shapes=shapes,
        beads=arrays,
        deletions=rng.normal(-1, spread, n),
        insertions=rng.normal(-1, spread, m),
        opening=float(rng.normal(-1, 1)),
        extending=float(rng.normal(0, 0.5)),
    )
    return Problem(steps, beads)


def posteriors(steps):
    """Probabilities of all beads by their place, and those of the gap steps."""
    chances, posterior, _ = posteriors_and_gaps(steps)
    return chances, posterior


def posteriors_and_gaps(steps):
    """The same, and for each node the probability that a gap step leads there."""
    posterior = Posterior(np.zeros_like(steps.deletions), np.zeros_like(steps.insertions))
    chances, in_gap = {}, {}
    for index, of_block, gaps in posterior_blocks(Sweep(steps), posterior):
        block = steps.blocks[index]
        for (row, column), chance in np.ndenumerate(gaps):
            in_gap[block.top + row, block.left + column] = float(chance)
        for row, shape, column in np.argwhere(of_block > 0):
            i_stop, j_stop = int(block.top + row), int(block.left + column)
            a, b = steps.shapes[shape]
            place = (i_stop - a, i_stop, j_stop - b, j_stop)
            chances[place] = float(of_block[row, shape, column])
    return chances, posterior, in_gap


@given(problem=problems())
@settings(max_examples=120, deadline=None)
def test_the_total_is_the_sum_over_every_alignment(problem):
    total = np.logaddexp.reduce([problem.score(path) for path in problem.paths()])
    assert Sweep(problem.steps).total == pytest.approx(total, abs=1e-8)


@given(problem=problems())
@settings(max_examples=120, deadline=None)
def test_the_best_path_is_the_best_of_all(problem):
    sweep = Sweep(problem.steps, best=True)
    path = best_path(sweep)
    highest = max(problem.score(other) for other in problem.paths())
    assert sweep.total == pytest.approx(highest, abs=1e-8)
    assert problem.score(path) == pytest.approx(highest, abs=1e-8)
    assert all(problem.in_band(i, j) for i, _, j, _ in path)


@given(problem=problems())
@settings(max_examples=120, deadline=None)
def test_the_best_path_goes_from_the_start_to_the_end(problem):
    i = j = 0
    for start, stop, target_start, target_stop in best_path(Sweep(problem.steps, best=True)):
        assert (start, target_start) == (i, j)
        assert (stop, target_stop) > (i, j)
        i, j = stop, target_stop
    assert (i, j) == problem.sizes


@given(problem=problems())
@settings(max_examples=120, deadline=None)
def test_a_step_s_probability_is_the_share_of_the_alignments_that_take_it(problem):
    scored = [(path, problem.score(path)) for path in problem.paths()]
    total = np.logaddexp.reduce([score for _, score in scored])
    expected: dict[tuple[int, int, int, int], float] = {}
    openings = extensions = 0.0
    for path, score in scored:
        chance = math.exp(score - total)
        for step in path:
            expected[step] = expected.get(step, 0.0) + chance
        opened, further = problem.gap_runs(path)
        openings += chance * opened
        extensions += chance * further
    chances, posterior, in_gap = posteriors_and_gaps(problem.steps)

    beads = {step: chance for step, chance in expected.items() if is_bead(step)}
    for step in beads | chances:
        assert chances.get(step, 0.0) == pytest.approx(beads.get(step, 0.0), abs=1e-8)
    deletions, insertions = np.zeros(problem.sizes[0]), np.zeros(problem.sizes[1])
    for (i, i_stop, j, _), chance in expected.items():
        if not is_bead((i, i_stop, j, _)):
            (deletions if i_stop > i else insertions)[i if i_stop > i else j] += chance
    np.testing.assert_allclose(posterior.deletions, deletions, atol=1e-8)
    np.testing.assert_allclose(posterior.insertions, insertions, atol=1e-8)
    by_gap: dict[tuple[int, int], float] = {}
    for (i, i_stop, j, j_stop), chance in expected.items():
        if not is_bead((i, i_stop, j, j_stop)):
            by_gap[i_stop, j_stop] = by_gap.get((i_stop, j_stop), 0.0) + chance
    for node, chance in in_gap.items():
        assert chance == pytest.approx(by_gap.get(node, 0.0), abs=1e-8)
    assert posterior.openings == pytest.approx(openings, abs=1e-8)
    assert posterior.extensions == pytest.approx(extensions, abs=1e-8)


def is_bead(step):
    i, i_stop, j, j_stop = step
    return i_stop > i and j_stop > j


@given(problem=problems(largest=12))
@settings(max_examples=60, deadline=None)
def test_every_segment_is_used_once_in_all(problem):
    chances, posterior = posteriors(problem.steps)
    source, target = posterior.deletions.copy(), posterior.insertions.copy()
    for (i, i_stop, j, j_stop), chance in chances.items():
        source[i:i_stop] += chance
        target[j:j_stop] += chance
    np.testing.assert_allclose(source, 1, atol=1e-7)
    np.testing.assert_allclose(target, 1, atol=1e-7)


@given(problem=problems(whole=True, largest=9), data=st.data())
@settings(max_examples=60, deadline=None)
def test_how_the_rows_are_cut_into_blocks_changes_nothing(problem, data):
    steps = problem.steps
    [whole], [block] = steps.beads, steps.blocks
    cuts = sorted(data.draw(st.sets(st.integers(1, block.bottom), max_size=6)))
    edges = [0, *[cut for cut in cuts if cut < block.bottom], block.bottom]
    tops = list(pairwise(edges))
    cut = Steps(
        blocks=[NodeBlock(top, bottom, 0, block.right) for top, bottom in tops],
        shapes=steps.shapes,
        beads=[whole[top:bottom] for top, bottom in tops],
        deletions=steps.deletions,
        insertions=steps.insertions,
        opening=steps.opening,
        extending=steps.extending,
    )
    assert Sweep(cut).total == pytest.approx(Sweep(steps).total, abs=1e-9)
    assert best_path(Sweep(cut, best=True)) == best_path(Sweep(steps, best=True))
    (chances, posterior), (same, same_posterior) = posteriors(cut), posteriors(steps)
    assert chances == pytest.approx(same, abs=1e-9)
    np.testing.assert_allclose(posterior.deletions, same_posterior.deletions, atol=1e-9)
    np.testing.assert_allclose(posterior.insertions, same_posterior.insertions, atol=1e-9)
    assert posterior.openings == pytest.approx(same_posterior.openings, abs=1e-8)


def test_a_run_of_gaps_pays_once_for_opening():
    steps = Steps(
        blocks=full_band(4, 1),
        shapes=bead_shapes(1, 2),
        beads=[np.full((4, 1, 1), NEVER)],
        deletions=np.array([-1.0, -2.0, -3.0]),
        insertions=np.zeros(0),
        opening=-10.0,
        extending=-0.5,
    )
    assert Sweep(steps, best=True).total == -10 - 0.5 * 2 - 6
    chances, posterior = posteriors(steps)
    assert chances == {}
    assert (posterior.openings, posterior.extensions) == pytest.approx((1, 2))


def test_scores_without_any_way_but_gaps_stay_numbers():
    steps = Steps(
        blocks=[NodeBlock(0, 60, 0, 70)],
        shapes=bead_shapes(2, 4),
        beads=[np.full((60, 4, 70), NEVER)],
        deletions=np.full(59, -50.0),
        insertions=np.full(69, -50.0),
        opening=-1.0,
        extending=0.0,
    )
    _, posterior = posteriors(steps)
    np.testing.assert_allclose(posterior.deletions, 1)
    np.testing.assert_allclose(posterior.insertions, 1)
    assert len(best_path(Sweep(steps, best=True))) == 59 + 69
