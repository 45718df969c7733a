"""One place, one finding."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.checks.merging import merged
from align.findings import Finding
from align.text import Span

CHECKS = ["untranslated", "omission", "numbers", "names", "terms", "spacing"]
SOURCE = "Naoko Hirabayashi bought 42 ships."
TARGET = "Naoko Hirabayachi acheta 24 navires."


def finding(check, target=None, *, source=None, severity="warning", **more):
    return replace(
        Finding(
            check=check,
            severity=severity,
            confidence=0.9,
            language="fr",
            message=f"{check} says so",
            source_text=SOURCE,
            target_text=TARGET,
            source_span=source and Span(*source),
            target_span=target and Span(*target),
            source_segments=Span(2, 3),
            target_segments=Span(2, 3),
        ),
        **more,
    )


def names(findings):
    return [each.check for each in merged(findings, CHECKS)]


def test_exact_duplicates_are_one():
    assert names([finding("names", (0, 17))] * 3) == ["names"]


def test_one_check_says_several_things_of_a_bead():
    one, other = finding("names", message="a"), finding("names", message="b")
    assert len(merged([one, other, finding("names", (0, 5))], CHECKS)) == 3


def test_of_two_checks_on_the_same_words_the_graver_stays():
    assert names([finding("names", (0, 17)), finding("terms", (0, 17), severity="error")]) == [
        "terms"
    ]


def test_of_equals_the_surer_stays_and_then_the_first_listed():
    sure = finding("terms", (0, 17), confidence=1.0)
    assert names([finding("names", (0, 17)), sure]) == ["terms"]
    assert names([finding("terms", (0, 17)), finding("names", (0, 17))]) == ["names"]


def test_half_of_the_longer_span_is_the_same_place():
    assert names([finding("names", (0, 17)), finding("terms", (6, 17))]) == ["names"]
    assert sorted(names([finding("names", (0, 17)), finding("terms", (0, 5))])) == [
        "names",
        "terms",
    ]


def test_one_half_on_one_side_does_where_the_other_side_overlaps_too():
    name = finding("names", (6, 17), source=(0, 17))
    assert names([name, finding("terms", (0, 24), source=(0, 17))]) == ["names"]
    assert len(names([name, finding("terms", (25, 27), source=(0, 17))])) == 2
    assert len(names([name, finding("terms", (6, 17), source=(25, 27))])) == 2


def test_the_source_decides_where_not_both_point_to_the_translation():
    one = finding("names", (0, 17), source=(0, 17))
    assert names([one, finding("terms", source=(6, 17))]) == ["names"]
    assert len(names([one, finding("terms", source=(25, 27))])) == 2


def test_findings_without_a_span_say_nothing_of_the_words():
    assert len(names([finding("names"), finding("terms"), finding("numbers", (25, 27))])) == 3


def test_other_beads_are_other_places():
    other = finding("terms", (0, 17), target_segments=Span(3, 4))
    assert len(names([finding("names", (0, 17)), other])) == 2


def test_what_is_untranslated_has_no_other_faults():
    whole = finding("untranslated", (0, len(TARGET)), severity="warning")
    inside = [
        finding("numbers", (25, 27), severity="error"),
        finding("spacing", (5, 6)),
    ]
    assert names([*inside, whole]) == ["untranslated"]


@pytest.mark.parametrize("spans", [{}, {"source": (0, 34)}])
def test_what_is_missing_as_a_whole_has_no_other_faults(spans):
    nothing = {"target_text": "", "target_segments": Span(2, 2)}
    found = [
        finding("numbers", source=(25, 27), severity="error", **nothing),
        finding("omission", **spans, **nothing),
    ]
    assert names(found) == ["omission"]


def test_what_is_missing_of_a_sentence_hides_what_is_no_graver_within():
    clause = finding("omitted-clause", source=(0, 27))
    assert names([clause, finding("names", source=(0, 17))]) == ["omitted-clause"]
    number = finding("numbers", source=(25, 27), severity="error")
    assert sorted(names([clause, number])) == ["numbers", "omitted-clause"]
    pointing = finding("names", (0, 17), source=(0, 10), severity="note")
    assert sorted(names([clause, pointing])) == ["names", "omitted-clause"]


def test_findings_stand_in_the_order_of_the_translation():
    early = finding("names", (3, 4), target_segments=Span(0, 1), source_segments=Span(7, 8))
    found = [finding("numbers", (25, 27)), finding("names", (0, 5)), finding("terms"), early]
    assert [(each.check, each.target_segments.start) for each in merged(found, CHECKS)] == [
        ("names", 0),
        ("terms", 2),
        ("names", 2),
        ("numbers", 2),
    ]


SPANS = st.none() | st.tuples(st.integers(0, 15), st.integers(0, 15)).map(
    lambda ends: Span(min(ends), max(ends))
)
FINDINGS = st.builds(
    lambda check, severity, confidence, source, target, bead: replace(
        finding(check),
        severity=severity,
        confidence=confidence,
        source_span=source,
        target_span=target,
        target_segments=Span(bead, bead + 1),
    ),
    st.sampled_from(CHECKS),
    st.sampled_from(["error", "warning", "note"]),
    st.sampled_from([0.5, 0.9]),
    SPANS,
    SPANS,
    st.integers(0, 1),
)


@given(st.lists(FINDINGS), st.randoms(use_true_random=False))
def test_the_order_of_the_checks_is_all_that_counts(findings, random):
    shuffled = list(findings)
    random.shuffle(shuffled)

    def places(some):
        return sorted((each.check, each.severity, each.confidence) for each in some)

    assert places(merged(findings, CHECKS)) == places(merged(shuffled, CHECKS))


@given(st.lists(FINDINGS))
def test_merging_twice_changes_nothing(findings):
    once = merged(findings, CHECKS)
    assert merged(once, CHECKS) == once
    assert set(once) <= set(findings)
