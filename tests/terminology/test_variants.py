"""Which forms are one term."""

import pytest

from align.terminology.variants import abbreviates, is_abbreviation, term_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("supply chain", "Supply chains"),
        ("defence industry", "defense industries"),
        ("burden-sharing", "burden sharing"),
        ("research programme", "research program"),
        ("U.S.", "US"),
    ],
)
def test_plural_case_hyphen_and_spelling_make_no_other_term(one, other):
    assert term_key(one, "en") == term_key(other, "en")


@pytest.mark.parametrize(
    ("one", "other"), [("import", "importance"), ("policy", "police"), ("US", "us")]
)
def test_words_that_only_look_alike_are_two_terms(one, other):
    assert term_key(one, "en") != term_key(other, "en")


def test_an_abbreviation_is_of_capitals():
    assert [is_abbreviation(word) for word in ("GCAP", "G7", "JT-60SA", "Japan", "I")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_an_abbreviation_takes_the_first_letters_small_words_passed_over():
    assert abbreviates("SIIA", ["Setouchi", "Institute", "of", "International", "Affairs"])
    assert not abbreviates("SIIA", ["Setouchi", "Institute", "of", "Affairs"])
