"""What operations do: each one by example, and what holds whatever is done."""

from __future__ import annotations

import importlib.util
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.review.alignment import alignment_of
from align.review.history import Review
from align.review.log import Entry
from align.review.operation_json import from_json, to_json
from align.review.operations import (
    Cut,
    Drop,
    Edit,
    Join,
    Mark,
    Merge,
    Move,
    NewRow,
    Note,
    OperationError,
    Pin,
    Realign,
    Redo,
    Shift,
    Split,
    Together,
    Undo,
    Unlink,
)
from align.review.outcome import reviewed_article
from align.review.reducer import apply


def _load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"review_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


articles, operations = _load("conftest").articles, _load("strategies").operations


def shown(alignment, language="ja"):
    """The rows of a pair as a reader would write them: `0 1|1`."""
    return [f"{' '.join(row.source)}|{' '.join(row.target)}" for row in alignment.pairs[language]]


@pytest.fixture
def start(article):
    return alignment_of(article)


BEFORE = ["0|0", "1 2|1", "3|2", "4|3", "5|4"]


@pytest.mark.parametrize(
    ("operation", "after"),
    [
        (Merge("ja", "source", "3"), ["0|0", "1 2|1", "3 4|2 3", "5|4"]),
        (Split("ja", "target", "1", "2", None), ["0|0", "1|1", "2|", "3|2", "4|3", "5|4"]),
        (Split("ja", "target", "1", "2", "1"), ["0|0", "1|", "2|1", "3|2", "4|3", "5|4"]),
        (Move("ja", "source", "1", True), ["0 1|0", "2|1", "3|2", "4|3", "5|4"]),
        (Move("ja", "source", "1", False), ["0|0", "1|1", "2 3|2", "4|3", "5|4"]),
        (Move("ja", "target", "2", True), ["0|0", "1 2|1 2", "3|", "4|3", "5|4"]),
        (Move("ja", "target", "4", False), [*BEFORE[:4], "5|", "|4"]),
        (Move("ja", "target", "0", True), ["|0", "0|", *BEFORE[1:]]),
        (Shift("ja", "target", "2", False), ["0|0", "1 2|1", "3|", "4|2", "5|3", "|4"]),
        (Shift("ja", "target", "2", True), ["0|0", "1 2|1 2", "3|3", "4|4", "5|"]),
        (Unlink("ja", "target", "2"), ["0|0", "1 2|1", "3|", "|2", "4|3", "5|4"]),
        (Cut("ja", "source", "3", 6), ["0|0", "1 2|1", "3 3@6|2", "4|3", "5|4"]),
        (Join("ja", "source", "1"), ["0|0", "1|1", "3|2", "4|3", "5|4"]),
        (Join("ja", "source", "2"), ["0|0", "1 2|1", "|2", "4|3", "5|4"]),
        (Pin("ja", "3", "2"), BEFORE),
        (Pin("ja", "3", "3"), ["0|0", "1 2|1", "|2", "3|3", "4|", "5|4"]),
        (Pin("ja", "4", "2"), ["0|0", "1 2|1", "3|", "4|2", "|3", "5|4"]),
        (
            Realign("ja", (NewRow(("3", "4"), ("2",), 0.5, 0.75), NewRow((), ("3",), None, 0.5))),
            ["0|0", "1 2|1", "3 4|2", "|3", "5|4"],
        ),
    ],
    ids=lambda value: value.kind if hasattr(value, "kind") else "",
)
def test_an_operation_changes_the_rows(start, operation, after):
    assert shown(start) == BEFORE
    assert shown(apply(start, operation)) == after


def test_a_cut_is_told_in_every_language_that_shares_the_text(start):
    after = apply(start, Cut("ja", "source", "4", 7))
    assert shown(after, "ar")[4] == "4 4@7|4"
    assert after.texts("en", ("4", "4@7")) == ["In 1931", "it went out."]


def test_segments_that_are_joined_say_what_stood_between_them(start):
    cut = apply(start, Cut("ja", "source", "4", 7))
    assert apply(cut, Join("ja", "source", "4")).editions == start.editions


def test_text_is_edited_on_its_side_only(start):
    after = apply(start, Edit("ar", "target", "2", " يحرق زيتًا.\n"))
    assert after.texts("ar", ("2",)) == ["يحرق زيتًا."]
    assert after.pairs["ar"][2].by_hand and not after.pairs["ja"][2].by_hand


def test_a_shift_ends_at_what_is_fixed(start):
    fixed = apply(start, Mark("ja", "target", "4", "accepted"))
    after = apply(fixed, Shift("ja", "target", "2", False))
    assert shown(after) == ["0|0", "1 2|1", "3|", "4|2", "|3", "5|4"]


def test_marks_notes_and_what_is_dropped_stand_on_the_row(start):
    after = start
    for each in (
        Drop("ja", "source", "3", True),
        Mark("ja", "source", "3", "review"),  # what is dropped can be doubted
        Note("ja", "source", "3", " ask Ito "),
    ):
        after = apply(after, each)
    row = after.pairs["ja"][2]
    assert (row.dropped, row.status, row.note) == (True, "review", "ask Ito")


def test_what_is_dropped_is_decided(start):
    doubted = apply(start, Mark("ja", "source", "3", "review"))
    row = apply(doubted, Drop("ja", "source", "3", True)).pairs["ja"][2]
    assert (row.dropped, row.status) == (True, "") and row.is_done


def test_a_re_alignment_leaves_alone_what_a_reviewer_decided(start):
    accepted = apply(start, Mark("ja", "source", "3", "accepted"))
    with pytest.raises(OperationError, match="other rows have changed since"):
        apply(accepted, Realign("ja", (NewRow(("3",), (), None, 0.5), NewRow((), ("2",), None, 1))))


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        (Merge("ja", "source", "5"), "the last row"),
        (Merge("fr", "source", "5"), "no translation in 'fr'"),
        (Merge("ja", "source", "77"), "no segment '77'"),
        (Split("ja", "source", "3", None, None), "would be empty"),
        (Split("ja", "source", "3", "4", None), "has no segment '4'"),
        (Shift("ja", "target", "0", True), "no row before"),
        (Edit("ja", "source", "3", " \n"), "without text"),
        (Cut("ja", "source", "3", 0), "between two of its characters"),
        (Cut("ja", "source", "3", 9_999), "between two of its characters"),
        (Cut("ja", "source", "3", -2), "between two of its characters"),
        (Join("ja", "source", "5"), "the last segment"),
        (Join("ja", "source", "3"), "different paragraphs"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(start, operation, reason):
    with pytest.raises(OperationError, match=reason):
        apply(start, operation)


def _must_be_whole(start, alignment):
    """Every segment once, in the order of the text but for moved rows, none lost, none made up."""
    for language, rows in alignment.pairs.items():
        source = [key for row in rows for key in row.source]
        assert source == list(alignment.editions[alignment.pivot].places)
        places = alignment.editions[language].places
        target = [key for row in rows for key in row.target]
        assert sorted(target, key=places.__getitem__) == list(places) and len(target) == len(places)
        straight = [places[key] for row in rows if not row.moved for key in row.target]
        assert straight == sorted(straight)
        for row in rows:
            assert row.source or row.target
            spots = [places[key] for key in row.target]
            assert spots == list(range(spots[0], spots[0] + len(spots))) if spots else True
    for language, edition in alignment.editions.items():
        blocks = [segment.block for segment in edition.segments]
        assert blocks == sorted(blocks)
        assert {s.block for s in edition.segments} == {
            s.block for s in start.editions[language].segments
        }


@settings(max_examples=300)
@given(articles(), st.data())
def test_whatever_is_done_every_segment_stays_once_and_in_order(article, data):
    start = alignment = alignment_of(article)
    review = Review(start)
    for number in range(data.draw(st.integers(1, 8))):
        operation = data.draw(operations(alignment))
        try:
            alignment = apply(alignment, operation)
        except OperationError:
            continue
        _must_be_whole(start, alignment)
        review.add(Entry(f"e{number}", "2030-01-01T00:00:00Z", operation))
    # What comes of it is an alignment again, which refuses a segment that is missing or used twice.
    assert review.alignment == alignment
    made = reviewed_article(article, review, of="review.jsonl")
    for edition in made.editions.values():
        text = edition.document.text
        assert all(text[each.start : each.stop] == each.text for each in edition.segments)
        for block in edition.document.blocks:
            assert 0 <= block.start < block.stop <= len(text)


@given(articles(), st.data())
def test_undo_after_do_is_the_identity_and_redo_after_undo_too(article, data):
    review = Review(alignment_of(article))
    _do_some(review, data, most=5)
    before = review.alignment
    operation = data.draw(operations(before))
    review.add(Entry("last", "2030-01-01T00:00:00Z", operation))
    after = review.alignment
    review.add(Entry("undo", "2030-01-01T00:00:01Z", Undo("last")))
    assert review.alignment == before
    review.add(Entry("redo", "2030-01-01T00:00:02Z", Redo("last")))
    assert review.alignment == after


@given(articles(), st.data())
def test_undo_of_everything_returns_to_the_start(article, data):
    review = Review(alignment_of(article))
    _do_some(review, data, most=8)
    done = [entry.id for entry in review.in_force]
    for of in data.draw(st.permutations(done)):
        review.add(Entry(f"undo-{of}", "2030-01-02T00:00:00Z", Undo(of)))
    assert review.alignment == review.start and not review.in_force


@given(articles(), st.data())
def test_the_log_replayed_is_what_was_done(article, data):
    review = Review(alignment_of(article))
    _do_some(review, data, most=8)
    if review.undoable:
        review.add(Entry("u", "2030-01-02T00:00:00Z", Undo(review.undoable.id)))
    again = Review(review.start, review.entries)
    assert again.alignment == review.alignment and again.conflicts == review.conflicts


@given(articles(), st.data())
def test_an_operation_is_read_as_it_was_written(article, data):
    operation = data.draw(operations(alignment_of(article)))
    assert from_json(to_json(operation)) == operation


def _do_some(review, data, *, most):
    for number in range(data.draw(st.integers(0, most))):
        operation = data.draw(operations(review.alignment))
        review.add(Entry(f"e{number}", f"2030-01-01T00:00:{number:02}Z", operation))


def test_undo_of_an_earlier_operation_keeps_the_later_ones(start):
    review = Review(start)
    for number, operation in enumerate(
        [Merge("ja", "source", "4"), Merge("ar", "source", "0"), Drop("ja", "source", "0", True)]
    ):
        review.add(Entry(str(number), "2030-01-01T00:00:00Z", operation))
    review.add(Entry("3", "2030-01-01T00:00:00Z", Undo("0")))
    assert shown(review.alignment) == BEFORE
    assert shown(review.alignment, "ar")[0] == "0 1|0 1" and review.alignment.pairs["ja"][0].dropped


def test_what_two_reviewers_cannot_both_do_is_told(start):
    review = Review(start)
    review.add(Entry("a", "2030-01-01T00:00:00Z", Join("ja", "source", "1")))
    review.add(Entry("b", "2030-01-01T00:00:01Z", Edit("ja", "source", "2", "Oil burns.")))
    assert "no segment '2'" in review.conflicts["b"]
    review.add(Entry("c", "2030-01-01T00:00:02Z", Undo("a")))
    assert not review.conflicts
    assert review.alignment.texts("en", ("2",)) == ["Oil burns."]


@pytest.mark.parametrize(
    "content",
    [
        None,
        7,
        {},
        {"kind": "erase"},
        {"kind": ["merge"]},
        {"kind": "merge", "language": "ja", "side": "left", "segment": "1"},
        {"kind": "merge", "language": "ja", "side": "source"},
        {"kind": "merge", "language": "ja", "side": "source", "segment": "1", "more": 1},
        {"kind": "cut", "language": "ja", "side": "source", "segment": "1", "at": True},
        {"kind": "edit", "language": "ja", "side": "source", "segment": "1", "text": "x" * 100_001},
        {"kind": "together", "operations": [{"kind": "undo", "of": "1"}]},
        {"kind": "together", "operations": [{"kind": "together", "operations": []}]},
        {"kind": "realign", "language": "ja", "rows": [[["1"], [], float("nan"), 0.5]]},
        {"kind": "realign", "language": "ja", "rows": [[["1"], [], None]]},
    ],
)
def test_what_is_no_operation_is_refused(content):
    with pytest.raises(OperationError):
        from_json(content)


def test_together_is_done_whole_or_not_at_all(start):
    both = Together((Merge("ja", "source", "0"), Merge("ja", "source", "99")))
    with pytest.raises(OperationError):
        apply(start, both)
    assert list(chain(shown(start))) == BEFORE


def test_taking_back_the_first_of_many_does_not_do_all_others_again_each_time(start, calls_in):
    def calls(count):
        done = [
            Entry(f"e{n}", "2030-01-01T00:00:00Z", Note("ja", "source", "0", str(n)))
            for n in range(count)
        ]
        undone = [Entry(f"u{n}", "2030-01-01T00:00:00Z", Undo(f"e{n}")) for n in range(count)]
        return calls_in(lambda: Review(start, [*done, *undone]).alignment)

    assert calls(200) < 2.5 * calls(100)
