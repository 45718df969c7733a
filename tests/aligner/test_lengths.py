"""The length ratio of two texts, and what the lengths of a bead say."""

from __future__ import annotations

import numpy as np
import pytest

from align.aligner.lattice import NodeBlock
from align.aligner.lengths import BeadLengths, length_misfit, length_ratio, ratio_of_beads
from align.aligner.shapes import bead_shapes
from align.aligner.side import Side


def side(*lengths: int) -> Side:
    count = len(lengths)
    return Side(
        np.zeros((1, count, 2), np.float32), np.array(lengths), np.zeros(count, dtype=np.int64)
    )


def pairs(*some: tuple[int, int]) -> np.ndarray:
    return np.array(some, dtype=np.int64).reshape(-1, 2)


def test_a_sentence_that_became_two_counts_whole():
    # Only the longer half of each translation is a sure pair.
    source, target = side(*[100] * 20), side(*[60, 50] * 20)
    chain = pairs(*((i, 2 * i) for i in range(20)))
    assert length_ratio(source, target, chain) == pytest.approx(1.1, abs=0.01)


def test_a_missing_chapter_does_not_change_the_ratio():
    source, target = side(*[100] * 60), side(*[120] * 40)
    chain = pairs(*((i, i) for i in range(20)), *((40 + i, 20 + i) for i in range(20)))
    assert length_ratio(source, target, chain) == pytest.approx(1.2, abs=0.01)


def test_without_sure_pairs_the_ratio_is_that_of_the_texts():
    assert length_ratio(side(100, 300), side(50, 150), pairs()) == pytest.approx(0.5, abs=0.05)


def test_beads_say_the_ratio_better_than_what_was_taken_for_it():
    source, target = side(*[100] * 60), side(*[60, 50] * 60)
    beads = [(i, i + 1, 2 * i, 2 * i + 2) for i in range(60)]
    assert ratio_of_beads(source, target, beads, 0.6) == pytest.approx(1.1, abs=0.02)
    assert ratio_of_beads(source, target, [], 0.6) == 0.6


def test_lengths_that_go_together_do_not_misfit_and_short_ones_say_little():
    whole, half = np.array([200.0, 10.0]), np.array([100.0, 5.0])
    np.testing.assert_allclose(length_misfit(whole, whole), 0)
    long, short = length_misfit(whole, half)
    assert long > 4 * short > 0


@pytest.fixture
def lengths():
    return BeadLengths(side(10, 20, 40), side(30, 30), 2.0, NodeBlock(1, 4, 0, 3), SHAPES)


SHAPES = bead_shapes(3, 4)


def test_lengths_of_beads_are_summed_over_their_segments(lengths):
    place = SHAPES.index((2, 1))
    np.testing.assert_allclose(lengths.size[:, place, 0], [20, 60, 120])  # the first has but one
    np.testing.assert_allclose(lengths.size[0, place], [20, 50, 50])
    assert lengths.off[1, place, 1] == pytest.approx(np.log(35 / 65))


def test_the_outer_segments_of_a_bead_are_told_apart(lengths):
    first, last = lengths.edges(0, 2)
    np.testing.assert_allclose(first[1:], [20, 40])
    np.testing.assert_allclose(last[1:], [40, 80])


def test_without_the_outer_segment_that_is_too_much_the_lengths_go_together(lengths):
    without = lengths.off_without_edge()
    assert without[1, SHAPES.index((2, 1)), 1] == pytest.approx(np.log(45 / 35))
    assert np.isinf(without[1, SHAPES.index((1, 1)), 1])
