"""What the plain program makes of vectors whose spans are known to correspond."""

from __future__ import annotations

from itertools import product

import numpy as np
import plain_program
import pytest
from plain_program import LONGEST, align_plainly, bead_scores


def spans(segments):
    """Unit vectors of all spans of up to eight segments: the sums of theirs."""
    segments = np.array(segments, dtype=np.float32)
    vectors = np.zeros((LONGEST, *segments.shape), dtype=np.float32)
    for length in range(1, min(LONGEST, len(segments)) + 1):
        for start in range(len(segments) - length + 1):
            whole = segments[start : start + length].sum(axis=0)
            vectors[length - 1, start] = whole / np.linalg.norm(whole)
    return vectors


def texts(*beads, dimension=64, seed=3):
    """Vectors and lengths of two texts of such beads, each a number of segments on either side."""
    rng = np.random.default_rng(seed)
    sides = ([], [])
    lengths = ([], [])
    for sizes in beads:
        parts = rng.normal(size=(max(sizes), dimension))
        for side, of_side, size in zip(sides, lengths, sizes, strict=True):
            for some in np.array_split(parts, size) if size else ():
                side.append(some.sum(axis=0))
                of_side.append(30 * len(some))
    return spans(sides[0]), spans(sides[1]), lengths


def shapes(beads):
    return [(len(bead.source), len(bead.target)) for bead in beads]


@pytest.mark.parametrize(
    "beads",
    [
        [(1, 1), (1, 1), (1, 1)],
        [(1, 1), (1, 2), (3, 1), (1, 1)],
        [(1, 1), (1, 0), (1, 1), (0, 1), (0, 1), (1, 1)],
        [(1, 1), (1, 8), (1, 1)],
        [(1, 0), (1, 1), (1, 1), (0, 1)],
    ],
)
def test_it_finds_what_corresponds(beads):
    assert shapes(align_plainly(*texts(*beads))) == beads


def test_every_segment_is_used_once_and_in_order():
    rng = np.random.default_rng(5)
    source, target = (spans(rng.normal(size=(size, 16))) for size in (11, 7))
    beads = align_plainly(source, target, ([20] * 11, [20] * 7))
    assert [index for bead in beads for index in bead.source] == list(range(11))
    assert [index for bead in beads for index in bead.target] == list(range(7))


def best_by_trying(scores, i, j):
    """The best score of any alignment of the first segments, by trying all."""
    if (i, j) == (0, 0):
        return 0.0
    ways = []
    if i:
        ways.append(best_by_trying(scores, i - 1, j) + plain_program.SKIP)
    if j:
        ways.append(best_by_trying(scores, i, j - 1) + plain_program.SKIP)
    for a, b in product(range(1, i + 1), range(1, j + 1)):
        ways.append(best_by_trying(scores, i - a, j - b) + scores[a - 1, b - 1, i, j])
    return max(ways)


@pytest.mark.parametrize("seed", range(5))
def test_no_other_alignment_scores_higher(seed):
    rng = np.random.default_rng(seed)
    source, target = (spans(rng.normal(size=(4, 6))) for _ in range(2))
    lengths = tuple(rng.integers(5, 60, size=4).tolist() for _ in range(2))
    scores = bead_scores(source, target, lengths)
    reached, i, j = 0.0, 0, 0
    for bead in align_plainly(source, target, lengths):
        a, b = len(bead.source), len(bead.target)
        i, j = i + a, j + b
        reached += scores[a - 1, b - 1, i, j] if a and b else plain_program.SKIP
    assert reached == pytest.approx(best_by_trying(scores, 4, 4), abs=1e-5)


def test_a_bead_scores_its_cosine_less_half_its_neighbours_by_its_lengths():
    rng = np.random.default_rng(1)
    source, target = spans(rng.normal(size=(4, 6))), spans(rng.normal(size=(5, 6)))
    lengths = [10, 20, 30, 40], [10, 10, 30, 30, 20]
    # Source segments 1 and 2 with target segment 2; their neighbours are 0 and 3, 1 and 3.
    span, counterpart = source[1, 1], target[0, 2]
    around = [
        span @ target[0, 1],
        span @ target[0, 3],
        source[0, 0] @ counterpart,
        source[0, 3] @ counterpart,
    ]
    fit = np.log2(1 + 30 / 50)  # both texts have 100 characters
    expected = (span @ counterpart - 0.5 * np.mean(around)) * fit
    assert bead_scores(source, target, lengths)[1, 0, 3, 3] == pytest.approx(expected, abs=1e-6)


def test_at_the_edges_of_the_texts_only_neighbours_that_exist_count():
    source, target, lengths = texts((1, 1), (1, 1))
    around = [source[0, 0] @ target[0, 1], source[0, 1] @ target[0, 0]]
    expected = source[0, 0] @ target[0, 0] - 0.5 * np.mean(around)
    assert bead_scores(source, target, lengths)[0, 0, 1, 1] == pytest.approx(expected, abs=1e-6)
