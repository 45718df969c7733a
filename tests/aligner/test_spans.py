"""Vectors of spans, encoded or composed, and the cosines of the beads that they make."""

from __future__ import annotations

import numpy as np
import pytest

from align.aligner.shapes import bead_shapes
from align.aligner.side import Side
from align.aligner.similarity import bead_cosines

DIMENSION, ENCODED = 16, 4


def random_side(count: int, seed: int) -> Side:
    rng = np.random.default_rng(seed)
    vectors = rng.normal(size=(ENCODED, count, DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=2, keepdims=True)
    for length in range(2, ENCODED + 1):  # no span runs past the end
        vectors[length - 1, max(count - length + 1, 0) :] = 0
    return Side(vectors, rng.integers(5, 200, count), np.zeros(count, dtype=np.int64))


def span(side: Side, start: int, length: int) -> np.ndarray:
    return side.spans(np.array([start]), np.array([length]))[0]


def test_an_encoded_span_has_the_vector_it_was_encoded_with():
    side = random_side(9, 1)
    np.testing.assert_array_equal(span(side, 2, 3), side.vectors[2, 2])


@pytest.mark.parametrize("length", [5, 6, 7, 8])
def test_a_longer_span_is_the_mean_of_its_halves_each_by_its_characters(length):
    side = random_side(12, 2)
    first = length - length // 2
    characters = side.lengths[3 : 3 + length]
    whole = side.vectors[first - 1, 3] * (characters[:first].sum() + 1)
    whole = whole + side.vectors[length - first - 1, 3 + first] * (characters[first:].sum() + 1)
    np.testing.assert_allclose(
        span(side, 3, length), whole / np.linalg.norm(whole), rtol=1e-4, atol=1e-5
    )


@pytest.mark.parametrize(("n", "m"), [(1, 1), (3, 7), (12, 12), (10, 4)])
def test_cosines_of_a_block_are_those_of_the_beads_spans(n, m):
    source, target = random_side(n, 3), random_side(m, 4)
    shapes = bead_shapes(8, 9)
    rows, columns = np.arange(-9, n + 2), np.arange(-9, m + 2)
    cosines = bead_cosines(source, target, rows, columns, shapes)
    for a, b in shapes:
        for i in range(a, n + 1):
            for j in range(b, m + 1):
                expected = span(source, i - a, a) @ span(target, j - b, b)
                assert cosines[a, b][i + 9, j + 9] == pytest.approx(expected, abs=1e-5)


def test_where_there_is_no_bead_nothing_is_similar():
    source, target = random_side(6, 5), random_side(6, 6)
    rows = columns = np.arange(-9, 8)
    cosines = bead_cosines(source, target, rows, columns, bead_shapes(8, 9))
    for (a, b), of_shape in cosines.items():
        outside = (rows[:, None] < a) | (rows[:, None] > 6) | (columns < b) | (columns > 6)
        np.testing.assert_allclose(of_shape[outside], 0, atol=1e-6)
