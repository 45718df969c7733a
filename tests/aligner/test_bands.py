"""Bands: which part of the lattice is searched."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.anchors import anchored_band, find_anchors, full_band

DIMENSION = 64


def unit(rows):
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, 1e-9)).astype(np.float32)


def random_text(count, seed):
    return unit(np.random.default_rng(seed).normal(size=(count, DIMENSION)))


def translate(source, beads, *, noise=0.5, seed=1):
    """Vectors of a translation, one segment for each bead's target, near what it translates."""
    rng = np.random.default_rng(seed)
    rows = []
    for sources, targets in beads:
        meaning = source[sources].sum(axis=0) if len(sources) else rng.normal(size=DIMENSION)
        meaning = meaning / np.linalg.norm(meaning)
        rows += [meaning + rng.normal(size=DIMENSION) * noise / DIMENSION**0.5 for _ in targets]
    return unit(np.array(rows))


def nodes(beads):
    """The lattice nodes that the path of some beads goes through."""
    i = j = 0
    path = [(0, 0)]
    for sources, targets in beads:
        i, j = i + len(sources), j + len(targets)
        path.append((i, j))
    return path


def story(size, *, missing=(), merged_every=0, split_every=0, preface=0):
    """Beads of a translation: one a segment, but for what is missing, merged, split or added."""
    beads = [([], [0])] * preface
    index = 0
    while index < size:
        if index in missing:
            beads.append(([index], []))
        elif merged_every and index % merged_every == 0 and index + 1 < size:
            beads.append(([index, index + 1], [0]))
            index += 1
        elif split_every and index % split_every == 0:
            beads.append(([index], [0, 0]))
        else:
            beads.append(([index], [0]))
        index += 1
    return beads


STORIES = {
    "one to one": story(1200),
    "merged and split": story(1200, merged_every=5, split_every=7),
    "a chapter missing": story(1500, missing=range(600, 760)),
    "a preface": story(1200, preface=150, merged_every=9),
    "all of it": story(1600, missing=range(300, 520), preface=90, merged_every=6, split_every=11),
}


def assert_is_a_band(blocks, rows, columns):
    assert (blocks[0].top, blocks[0].left) == (0, 0)
    assert (blocks[-1].bottom, blocks[-1].right) == (rows, columns)
    for block in blocks:
        assert block.top < block.bottom
        assert 0 <= block.left < block.right <= columns
    for above, below in pairwise(blocks):
        assert below.top == above.bottom
        assert below.left >= above.left
        assert below.right >= above.right
        assert below.left < above.right  # there is a way from one to the other


@given(rows=st.integers(1, 400), columns=st.integers(1, 400))
def test_the_full_band_is_the_whole_lattice(rows, columns):
    blocks = full_band(rows, columns)
    assert_is_a_band(blocks, rows, columns)
    assert all((block.left, block.right) == (0, columns) for block in blocks)


@pytest.mark.parametrize("beads", STORIES.values(), ids=STORIES)
def test_the_anchored_band_holds_the_right_path(beads):
    source = random_text(sum(len(sources) for sources, _ in beads), seed=3)
    target = translate(source, beads)
    blocks = anchored_band(source, target)
    assert_is_a_band(blocks, len(source) + 1, len(target) + 1)
    for i, j in nodes(beads):
        [block] = [block for block in blocks if block.top <= i < block.bottom]
        assert block.left <= j < block.right


@pytest.mark.parametrize("beads", STORIES.values(), ids=STORIES)
def test_the_anchored_band_is_a_small_part_of_the_lattice(beads):
    source = random_text(sum(len(sources) for sources, _ in beads), seed=3)
    target = translate(source, beads)
    cells = sum((block.bottom - block.top) * block.width for block in anchored_band(source, target))
    assert cells < 0.35 * (len(source) + 1) * (len(target) + 1)


@pytest.mark.parametrize("beads", STORIES.values(), ids=STORIES)
def test_anchors_ascend_and_are_right(beads):
    source = random_text(sum(len(sources) for sources, _ in beads), seed=4)
    target = translate(source, beads)
    anchors = find_anchors(source, target)
    assert len(anchors) > 0.5 * len(source)
    assert (np.diff(anchors, axis=0) > 0).all()
    right = set()
    i = j = 0
    for sources, targets in beads:
        right |= {(i + a, j + b) for a in range(len(sources)) for b in range(len(targets))}
        i, j = i + len(sources), j + len(targets)
    assert np.mean([pair in right for pair in map(tuple, anchors.tolist())]) > 0.98


@given(
    rows=st.integers(1, 200),
    columns=st.integers(1, 200),
    seed=st.integers(0, 1000),
    related=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_the_anchored_band_of_any_two_texts_is_one(rows, columns, seed, related):
    source = random_text(rows, seed)
    target = random_text(columns, seed + 1)
    if related:
        shared = min(rows, columns)
        target[:shared] = source[:shared]
    assert_is_a_band(anchored_band(source, target), rows + 1, columns + 1)
    assert (np.diff(find_anchors(source, target), axis=0) > 0).all()


@pytest.mark.parametrize(
    "vectors",
    [
        np.zeros((90, DIMENSION), dtype=np.float32),
        np.tile(unit(np.ones((1, DIMENSION))), (90, 1)),
    ],
    ids=["without a mark", "all alike"],
)
def test_texts_without_an_anchor_are_searched_whole(vectors):
    assert find_anchors(vectors, vectors[:70]).shape == (0, 2)
    blocks = anchored_band(vectors, vectors[:70])
    assert_is_a_band(blocks, 91, 71)
    assert all((block.left, block.right) == (0, 71) for block in blocks)


def test_a_lone_pair_far_off_is_no_anchor():
    source = random_text(300, seed=8)
    target = random_text(300, seed=9)
    target[:100] = source[:100]
    target[299] = source[101]  # nothing beside it agrees
    anchors = find_anchors(source, target).tolist()
    assert [99, 99] in anchors
    assert [101, 299] not in anchors
