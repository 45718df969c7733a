"""How the meaning of real translations is reversed, for fitting what finds it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation.reversals import Example, negated, spoilt

EXAMPLE = Example("news", "a", "fr", 0, "The port is not open.", "Le port n’est pas ouvert.")


def test_a_negation_is_lost_on_the_side_of_the_translation():
    [one] = spoilt(EXAMPLE, "negation", added=False)
    assert (one.source, one.spoilt) == (EXAMPLE.source, "target")
    assert one.target == "Le port est ouvert."


def test_one_lost_by_the_source_is_added_in_the_translation():
    [one] = spoilt(EXAMPLE, "negation", added=True)
    assert one == replace(EXAMPLE, source="The port is open.", spoilt="source")


def test_a_word_becomes_its_opposite_on_either_side():
    example = replace(EXAMPLE, source="It left before noon.", target="Parti avant midi.")
    assert [(one.source, one.target) for one in spoilt(example, "time", added=False)] == [
        ("It left after noon.", "Parti avant midi."),
        ("It left before noon.", "Parti après midi."),
    ]


@pytest.mark.parametrize(
    ("text", "language", "there"),
    [
        ("The ship can sail.", "en", "The ship can not sail."),
        ("船は動きます。", "ja", "船は動きません。"),
        ("船会动。", "zh-Hans", "船不会动。"),
        ("Судно может плыть.", "ru", "Судно не может плыть."),
    ],
)
def test_a_negation_is_put_in(text, language, there):
    assert negated(text, language) == [there]
