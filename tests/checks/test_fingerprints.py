"""A finding keeps its fingerprint while the rest of the translation is edited."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from align.checks.fingerprints import fingerprints, with_fingerprints
from align.findings import Finding
from align.text import Span

FINDING = Finding(
    check="numbers",
    severity="error",
    confidence=0.9,
    language="fr",
    message="42 became 24",
    source_text="It has 42 seats.",
    target_text="Il a 24 places.",
    source_span=Span(7, 9),
    target_span=Span(5, 7),
    source_segments=Span(3, 4),
    target_segments=Span(3, 4),
)


def of(finding):
    return fingerprints([finding])[0]


def test_a_fingerprint_is_sixteen_hexadecimal_digits():
    assert len(of(FINDING)) == 16
    assert int(of(FINDING), 16) >= 0


def test_it_depends_on_check_language_texts_and_words():
    others = [
        replace(FINDING, check="dates"),
        replace(FINDING, language="fr-CA"),
        replace(FINDING, source_text="It has 42 seat."),
        replace(FINDING, target_text="Il a 24 siège."),
        replace(FINDING, source_span=None),
        replace(FINDING, target_span=Span(5, 6)),
    ]
    assert len({of(each) for each in [FINDING, *others]}) == 7


def test_it_does_not_depend_on_the_place_the_message_or_the_severity():
    moved = replace(
        FINDING,
        source_segments=Span(9, 10),
        target_segments=Span(8, 9),
        message="another wording",
        severity="warning",
        confidence=0.1,
        suggestion="42",
    )
    assert of(moved) == of(FINDING)


def test_white_space_does_not_count():
    assert of(replace(FINDING, source_text="It has 42\n  seats. ")) == of(FINDING)


def test_findings_alike_in_everything_are_told_apart():
    assert len(set(fingerprints([FINDING] * 3))) == 3


def test_fingerprints_that_are_there_are_kept():
    named = with_fingerprints([FINDING, FINDING])
    assert fingerprints(named[1:]) == [named[1].fingerprint]


TEXTS = st.sampled_from(["Fog.", "Rain.", "Sun.", "Snow."])
FINDINGS = st.builds(
    lambda source, target, place, check: replace(
        FINDING,
        check=check,
        source_text=source,
        target_text=target,
        source_span=None,
        target_span=Span(0, 2),
        target_segments=Span(place, place + 1),
    ),
    TEXTS,
    TEXTS,
    st.integers(0, 50),
    st.sampled_from(["numbers", "dates"]),
)


@given(st.lists(FINDINGS), st.lists(FINDINGS), st.lists(FINDINGS))
def test_edits_elsewhere_keep_every_fingerprint(before, kept, after):
    """What is added or taken away around findings changes none of their fingerprints."""
    alone = set(fingerprints(kept))
    among = set(fingerprints([*before, *kept, *after]))
    assert alone <= among
    edited = [replace(each, source_text=f"{each.source_text} Edited.") for each in before]
    assert set(fingerprints([*edited, *kept, *after])) >= alone


@given(st.lists(FINDINGS))
def test_no_two_findings_share_a_fingerprint(findings):
    assert len(set(fingerprints(findings))) == len(findings)
