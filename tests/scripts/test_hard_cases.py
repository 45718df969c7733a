"""What the hard cases claim of their texts and gold, on invented lines and on the real ones."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from evaluation import hard_cases
from hypothesis import given, settings
from hypothesis import strategies as st

Line = hard_cases.Line


def invented(stories: int = 60, lines: int = 10):
    """Stories of ten lines: every line says its number, each side in its own way."""
    numbers = range(stories * lines)
    return hard_cases.Bitext(
        languages=("en", "fr"),
        source=tuple(f"Carriage {n} waited at the platform until the evening." for n in numbers),
        target=tuple(f"La voiture {n} attendit à quai jusqu'au soir." for n in numbers),
        stories=tuple(f"story {n // lines}" for n in numbers),
    )


def development_sets():
    """All cases; the test is skipped where there are no development sets."""
    try:
        return hard_cases.hard_cases()
    except SystemExit as reason:
        pytest.skip(str(reason))


def aligned(pair):
    return [bead for bead in pair.gold if bead.source and bead.target]


def unaligned(pair, side):
    return [bead for bead in pair.gold if not getattr(bead, side)]


def covers_each_segment_once(pair) -> bool:
    return all(
        sorted(index for bead in pair.gold for index in getattr(bead, side))
        == list(range(len(getattr(pair, side))))
        for side in ("source", "target")
    )


def numbers_in(text: str) -> list[int]:
    return [int(word) for word in text.split() if word.isdigit()]


@pytest.fixture(scope="module", params=hard_cases.cases_of(invented()), ids=lambda p: p.document)
def case(request):
    return request.param


def test_gold_covers_every_segment_exactly_once(case):
    assert covers_each_segment_once(case)


def test_gold_beads_hold_the_same_lines_on_both_sides(case):
    for bead in aligned(case):
        source, target = (
            [number for index in side for number in numbers_in(text[index])]
            for side, text in ((bead.source, case.source), (bead.target, case.target))
        )
        assert source == target


def test_gold_beads_are_of_the_shapes_that_aligners_know(case):
    shapes = {(len(bead.source), len(bead.target)) for bead in case.gold}
    assert shapes <= {(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)}


def test_gold_beads_have_no_holes(case):
    for bead in case.gold:
        for side in (bead.source, bead.target):
            assert list(side) == list(range(side[0], side[0] + len(side))) if side else True


def test_every_case_but_that_without_counterparts_is_merged_and_thinned_out(case):
    shapes = {(len(bead.source), len(bead.target)) for bead in case.gold}
    if case.kind != "hard:different-text":
        assert shapes == {(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)}


def test_cases_are_the_same_every_time():
    assert hard_cases.cases_of(invented()) == hard_cases.cases_of(invented())


@pytest.mark.parametrize(("lacking", "whole"), [("source", "target"), ("target", "source")])
def test_a_missing_chapter_is_missing_on_the_side_that_is_named(lacking, whole):
    pair = hard_cases.missing_chapter(invented(), absent_in=lacking, at_least=200)
    present = {side: numbers_in(" ".join(getattr(pair, side))) for side in ("source", "target")}
    first = next(n for n in range(600) if set(range(n, n + 200)).isdisjoint(present[lacking]))
    assert len(set(range(first, first + 200)) & set(present[whole])) > 180
    assert len(unaligned(pair, lacking)) > 150


@pytest.mark.parametrize(("only_in", "lacking"), [("source", "target"), ("target", "source")])
def test_a_preface_opens_the_side_that_is_named(only_in, lacking):
    pair = hard_cases.preface(invented(), only_in=only_in, at_least=60)
    assert min(numbers_in(" ".join(getattr(pair, lacking)))) >= 60
    assert min(numbers_in(" ".join(getattr(pair, only_in)))) < 10
    opening = [bead for bead in pair.gold[:40] if bead.source and bead.target]
    assert not opening


def test_notes_stand_in_place_in_the_source_and_at_the_end_of_the_target():
    pair = hard_cases.footnotes(invented())
    order = [bead.target[0] for bead in aligned(pair)]
    # After a note, the source goes on with its text, whose counterpart stands further up.
    notes = [note for note, body in pairwise(order) if note > body]
    assert 40 <= len(notes) <= 60
    assert notes == sorted(notes)
    assert min(notes) > max(set(order[:-1]) - set(notes))


def test_refrains_and_tables_come_back_on_both_sides_and_lack_here_and_there():
    pair = hard_cases.refrains(invented())
    for side in (pair.source, pair.target):
        assert 20 <= side.count("30/09/2018") <= 36
    dates = [
        bead for bead in pair.gold for index in bead.source if pair.source[index] == "30/09/2018"
    ]
    assert any(bead.target for bead in dates)
    assert any(not bead.target for bead in dates)
    assert {pair.target[bead.target[0]] for bead in dates if bead.target} == {"30/09/2018"}


def test_moved_paragraphs_keep_their_pairs_and_cross():
    pair = hard_cases.paragraphs_moved(invented())
    order = [bead.target[0] for bead in aligned(pair)]
    breaks = sum(this > following for this, following in pairwise(order))
    assert 12 <= breaks <= 36


def test_texts_that_have_nothing_in_common_are_not_aligned():
    pair = hard_cases.different_text(invented())
    assert not aligned(pair)
    source, target = (set(numbers_in(" ".join(side))) for side in (pair.source, pair.target))
    assert source.isdisjoint(target)


def test_noise_never_touches_fixed_lines():
    lines = [Line(f"line {n}", (n,), fixed=True) for n in range(50)]
    made = hard_cases.perturb(lines, lines, Random("fixed"), languages=("en", "fr"), lost=1.0)
    assert made == (lines, lines)


def test_noise_joins_lines_as_the_language_does():
    source = [Line("One.", (0,)), Line("Two.", (1,))]
    target = [Line("一つ。", (0,)), Line("二つ。", (1,))]
    [merged], same = hard_cases.perturb(
        source, target, Random("join"), languages=("en", "ja"), lost=0, merged=1
    )
    assert (merged.text, merged.keys, same) == ("One. Two.", (0, 1), target)
    same, [merged] = hard_cases.perturb(
        [Line(line.text, line.keys, fixed=True) for line in source], target, Random("join"),
        languages=("en", "ja"), lost=0, merged=1,
    )  # fmt: skip
    assert (merged.text, merged.keys) == ("一つ。二つ。", (0, 1))


@given(
    order=st.permutations(range(12)),
    absent=st.tuples(st.sets(st.integers(0, 11)), st.sets(st.integers(0, 11))),
    seed=st.integers(),
)
@settings(max_examples=60, deadline=None)
def test_noise_ties_only_lines_together_that_neighbour_on_both_sides(order, absent, seed):
    source = [Line(f"s{n}", (n,)) for n in range(12) if n not in absent[0]]
    target = [Line(f"t{n}", (n,)) for n in order if n not in absent[1]]
    made = hard_cases.perturb(source, target, Random(seed), languages=("en", "fr"), merged=0.5)
    beads = hard_cases.gold_beads(*made)
    for number, side in enumerate(made):
        covered = [bead.target if number else bead.source for bead in beads]
        assert sorted(index for span in covered for index in span) == list(range(len(side)))
        for span in covered:
            assert not span or span[-1] - span[0] == len(span) - 1
    assert all(len(bead.source) + len(bead.target) <= 3 for bead in beads)


def test_unaligned_target_lines_stand_after_the_line_before_them():
    source = [Line("a", (0,)), Line("b", (1,))]
    target = [Line("x", (7,)), Line("b", (1,)), Line("y", (8,)), Line("a", (0,))]
    beads = [(bead.source, bead.target) for bead in hard_cases.gold_beads(source, target)]
    assert beads == [((), (0,)), ((0,), (3,)), ((1,), (1,)), ((), (2,))]


def test_stretches_are_as_long_as_asked_and_cover_the_text():
    text = invented()
    cut = hard_cases.stretches(text, (4, 8), Random("cut"))
    assert [n for stretch in cut for n in stretch] == list(range(len(text)))
    assert {len(stretch) for stretch in cut[:-1]} == {4, 5, 6, 7, 8}


def test_cases_from_the_development_sets_are_of_realistic_size_and_fully_covered():
    pairs = development_sets()
    assert {pair.target_language for pair in pairs} == set(hard_cases.LANGUAGES)
    for pair in pairs:
        assert covers_each_segment_once(pair)
        # Texts that have nothing in common are a half of the news each.
        smallest = 400 if pair.kind == "hard:different-text" else 600
        assert min(len(pair.source), len(pair.target)) >= smallest


def test_cases_from_the_development_sets_make_the_same_choices_in_every_language():
    golds: dict[str, set[object]] = {}
    for pair in development_sets():
        golds.setdefault(pair.document, set()).add(pair.gold)
    assert {len(different) for different in golds.values()} == {1}
