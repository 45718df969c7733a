"""Beads and alignments: their invariants, and what they say when these are broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.beads import Alignment, Bead
from align.text import Span


def bead(source, target, **attributes):
    return Bead(Span(*source), Span(*target), **attributes)


@st.composite
def alignments(draw):
    """Any alignment there can be: runs of both texts paired in any order, some left alone."""
    parts = []
    for _ in range(2):
        lengths = draw(st.lists(st.integers(1, 3), max_size=6))
        spans, start = [], 0
        for length in lengths:
            spans.append(Span(start, start + length))
            start += length
        parts.append((spans, start))
    (sources, source_size), (targets, target_size) = parts
    partners = draw(st.permutations(targets))
    paired = draw(st.integers(0, min(len(sources), len(targets))))
    beads = []
    for number, source in enumerate(sources):
        target = partners[number] if number < paired else Span(0, 0)
        beads.append(Bead(source, target, moved=draw(st.booleans()) and number < paired))
    beads += [Bead(Span(source_size, source_size), target) for target in partners[paired:]]
    return Alignment(tuple(beads), source_size, target_size)


def test_a_span_is_half_open():
    assert list(Span(3, 5)) == [3, 4]
    assert len(Span(3, 5)) == 2


def test_an_empty_span_has_a_place():
    assert not len(Span(4, 4))
    assert Span(4, 4) != Span(5, 5)


def test_spans_sort_by_their_place():
    assert sorted([Span(2, 3), Span(0, 2), Span(0, 1)]) == [Span(0, 1), Span(0, 2), Span(2, 3)]


@pytest.mark.parametrize(("start", "stop"), [(3, 2), (-1, 2), (-2, -1)])
def test_what_is_no_span_is_refused(start, stop):
    with pytest.raises(ValueError, match=rf"not a span: {start}\.\.{stop}"):
        Span(start, stop)


@pytest.mark.parametrize(
    ("source", "target", "kind", "aligned"),
    [
        ((0, 1), (0, 1), "1-1", True),
        ((3, 5), (4, 5), "2-1", True),
        ((0, 1), (2, 6), "1-4", True),
        ((2, 2), (0, 1), "0-1", False),
        ((0, 1), (9, 9), "1-0", False),
        ((0, 0), (0, 0), "0-0", False),
    ],
)
def test_a_bead_s_kind_counts_its_sides(source, target, kind, aligned):
    assert bead(source, target).kind == kind
    assert bead(source, target).is_aligned is aligned


def test_a_bead_knows_no_score_it_was_not_given():
    alone = bead((0, 1), (0, 0))
    assert (alone.score, alone.confidence, alone.moved) == (None, None, False)


@pytest.mark.parametrize(
    ("beads", "sizes", "fault"),
    [
        ([bead((0, 1), (0, 1))], (2, 1), "source segment 1 is in no bead"),
        ([bead((1, 2), (0, 1))], (2, 1), "source segment 0 is in no bead"),
        ([bead((0, 1), (0, 1)), bead((2, 3), (1, 2))], (3, 2), "source segment 1 is in no bead"),
        ([bead((0, 1), (0, 1))], (1, 3), "target segment 1 is in no bead"),
        ([bead((0, 2), (0, 1)), bead((1, 3), (1, 2))], (3, 2), "source segment 1 is in two beads"),
        ([bead((0, 1), (0, 2)), bead((1, 2), (0, 1))], (2, 2), "target segment 0 is in two beads"),
        ([bead((0, 3), (0, 1))], (2, 1), "source segment 2 is outside the text"),
        ([bead((0, 1), (0, 1))], (0, 1), "source segment 0 is outside the text"),
        ([], (0, 1), "target segment 0 is in no bead"),
    ],
)
def test_every_segment_is_in_exactly_one_bead(beads, sizes, fault):
    with pytest.raises(ValueError, match=f"^{fault}$"):
        Alignment(tuple(beads), *sizes)


def test_nothing_is_aligned_with_nothing():
    alignment = Alignment((), 0, 0)
    assert len(alignment) == 0
    assert list(alignment) == []
    assert alignment.kinds() == {}


def test_beads_may_cross():
    alignment = Alignment((bead((0, 1), (1, 2)), bead((1, 2), (0, 1), moved=True)), 2, 2)
    assert [tuple(one.target) for one in alignment] == [(1,), (0,)]


def test_kinds_are_counted_commonest_first_and_moved_ones_apart():
    alignment = Alignment(
        (
            bead((0, 1), (0, 1)),
            bead((1, 2), (2, 3)),
            bead((2, 3), (1, 2), moved=True),
            bead((3, 5), (3, 4)),
            bead((5, 6), (4, 4)),
        ),
        6,
        4,
    )
    assert list(alignment.kinds().items()) == [("1-1", 2), ("1-0", 1), ("2-1", 1), ("moved", 1)]


@given(alignment=alignments())
def test_every_bead_is_of_one_kind(alignment):
    assert sum(alignment.kinds().values()) == len(alignment)


@given(alignment=alignments())
def test_transposed_twice_is_the_same_beads(alignment):
    twice = alignment.transposed().transposed()
    assert (twice.source_size, twice.target_size) == (
        alignment.source_size,
        alignment.target_size,
    )
    assert set(twice) == set(alignment)


@given(alignment=alignments())
def test_transposing_keeps_what_a_bead_is(alignment):
    transposed = alignment.transposed()
    assert {(one.target, one.source, one.moved) for one in transposed} == {
        (one.source, one.target, one.moved) for one in alignment
    }


def test_transposed_twice_is_itself_in_the_order_of_both_texts():
    alignment = Alignment(
        (
            bead((0, 1), (0, 1), score=0.9, confidence=0.8),
            bead((1, 1), (1, 2)),
            bead((1, 3), (2, 3), score=0.7, confidence=0.6),
            bead((3, 4), (3, 3)),
            bead((4, 5), (3, 5), score=0.5),
        ),
        5,
        5,
    )
    assert alignment.transposed().transposed() == alignment


def test_a_transposed_alignment_is_in_the_order_of_the_other_text():
    alignment = Alignment((bead((0, 1), (1, 2)), bead((1, 2), (0, 1), moved=True)), 2, 2)
    first, second = alignment.transposed()
    assert (first.source, first.target, first.moved) == (Span(0, 1), Span(1, 2), True)
    assert (second.source, second.target, second.moved) == (Span(1, 2), Span(0, 1), False)
