"""The first pass and the band: which segments surely meet, which part of the lattice is left."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner import anchors
from align.aligner.anchors import match_segments
from align.aligner.bands import Band, full_band
from align.aligner.topics import topics_of

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


def match(source, target):
    return match_segments(source, target, topics_of(source), topics_of(target))


def find_anchors(source, target):
    return match(source, target).anchors


def anchored_band(source, target, *, margin=16):
    """The band between the corners of the lattice."""
    band = Band(find_anchors(source, target), len(source) + 1, len(target) + 1)
    return band.blocks((0, 0), band.end, np.full(len(source) // 32 + 1, margin))


def right_pairs(beads):
    """All pairs of segments that are in one bead."""
    right, i, j = set(), 0, 0
    for sources, targets in beads:
        right |= {(i + a, j + b) for a in range(len(sources)) for b in range(len(targets))}
        i, j = i + len(sources), j + len(targets)
    return right


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
    assert cells < 0.12 * (len(source) + 1) * (len(target) + 1)


@pytest.mark.parametrize("beads", STORIES.values(), ids=STORIES)
def test_anchors_ascend_and_are_right(beads):
    source = random_text(sum(len(sources) for sources, _ in beads), seed=4)
    target = translate(source, beads)
    anchors = find_anchors(source, target)
    assert len(anchors) > 0.5 * len(source)
    assert (np.diff(anchors, axis=0) > 0).all()
    right = right_pairs(beads)
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


LONG_STORIES = {
    "merged and split": story(4000, merged_every=5, split_every=7),
    "a chapter missing": story(5000, missing=range(2000, 2800)),
    "a preface": story(4000, preface=700, merged_every=9),
}


@pytest.mark.parametrize("beads", LONG_STORIES.values(), ids=LONG_STORIES)
def test_long_texts_are_matched_in_windows_as_they_are_whole(beads, monkeypatch):
    source = random_text(sum(len(sources) for sources, _ in beads), seed=5)
    target = translate(source, beads)
    assert len(source) * len(target) > anchors.WHOLE_CELLS
    in_windows = match(source, target)
    monkeypatch.setattr(anchors, "WHOLE_CELLS", len(source) * len(target))
    whole = match(source, target)
    found = set(map(tuple, in_windows.anchors.tolist()))
    expected = set(map(tuple, whole.anchors.tolist()))
    assert len(found & expected) > 0.995 * len(expected)
    assert len(found & right_pairs(beads)) > 0.995 * len(found)


def test_long_texts_are_compared_in_part_only():
    beads = LONG_STORIES["merged and split"]
    source = random_text(sum(len(sources) for sources, _ in beads), seed=5)
    topics = topics_of(source), topics_of(translate(source, beads))
    windows = list(anchors._windows(*topics))
    assert [index for rows, _ in windows for index in range(rows.start, rows.stop)] == list(
        range(len(source))
    )
    assert max(columns.stop - columns.start for _, columns in windows) < 700


@given(rows=st.integers(1, 700), columns=st.integers(1, 700), seed=st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_windows_of_texts_without_anything_in_common_lie_within_them(rows, columns, seed):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anchors, "WHOLE_CELLS", 0)
        patch.setattr(anchors, "_WIDEST_WINDOW", 64)
        windows = list(anchors._windows(random_text(rows, seed), random_text(columns, seed + 1)))
    for _, own in windows:
        assert 0 <= own.start < own.stop <= columns
        assert own.stop - own.start <= 64


def test_a_passage_matched_at_the_wrong_one_of_its_places_is_no_anchor():
    course = np.column_stack((np.arange(200), np.arange(200)))
    astray = course.copy()
    astray[100:120, 1] -= 25  # 20 anchors go off by 25 segments
    astray = np.vstack((astray[:75], astray[100:]))  # they ascend
    np.testing.assert_array_equal(
        anchors._on_course(astray), np.vstack((course[:75], course[120:]))
    )


def test_a_chapter_that_one_text_lacks_leaves_the_anchors_behind_it():
    chain = np.column_stack((np.arange(200), np.arange(200)))
    chain[50:, 1] += 90
    chain[150:, 0] += 90
    np.testing.assert_array_equal(anchors._on_course(chain), chain)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_stretch_of_a_band_is_a_band_of_its_own(data):
    rows, columns = data.draw(st.integers(2, 300)), data.draw(st.integers(2, 300))
    step = data.draw(st.integers(1, 40))
    count = min(rows, columns) // step
    chain = np.arange(count)[:, None] * step + np.zeros((1, 2), dtype=np.int64)
    band = Band(chain[(chain < (rows - 1, columns - 1)).all(axis=1)], rows, columns)
    node, margin = (0, 0), data.draw(st.integers(0, 20))
    while node != band.end:
        stop = band.stop(node, data.draw(st.integers(1, 80)), margin=margin, most=2000)
        assert stop[0] > node[0] or stop == band.end
        assert stop[1] >= node[1]
        blocks = band.blocks(node, stop, np.full((stop[0] - node[0]) // 32 + 1, margin))
        assert (blocks[0].top, blocks[0].left) == node
        assert (blocks[-1].bottom - 1, blocks[-1].right - 1) == stop
        for above, below in pairwise(blocks):
            assert above.bottom == below.top
            assert above.left <= below.left < above.right <= below.right
        node = stop


def test_a_rectangle_of_few_rows_and_very_many_columns_has_a_way_through():
    band = Band(np.zeros((0, 2), dtype=np.int64), 12, 200_001)
    blocks = band.blocks((0, 0), band.end, np.full(1, 4))
    assert_is_a_band(blocks, 12, 200_001)
    (first, last) = band._first, band._last
    assert (first[1:] <= last[:-1]).all()
