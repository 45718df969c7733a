"""No memory holds the source over again in place of its translation."""

import pytest

from align.copies import is_copy, without_copies
from align.units import TranslationUnit, Variant


def unit(source, target, languages=("en", "fr")):
    return TranslationUnit(
        (Variant(languages[0], (0,), source), Variant(languages[1], (0,), target))
    )


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("The keeper lit the lamp.", "The keeper lit the lamp.", ("en", "fr")),
        ("The keeper lit the lamp.", "The keeper lit the lamp!", ("en", "ja")),
        ("Le gardien alluma la lampe.", "Le gardien alluma la lampe.", ("fr", "en")),
        ("Смотритель зажёг лампу.", "Смотритель зажёг лампу.", ("ru", "de")),
        (
            "The keeper lit the lamp before the fog came in from the sea.",
            "The keeper lit the lamps before fog came in from the open sea.",
            ("en", "de"),
        ),
    ],
)
def test_the_source_over_again_is_a_copy(source, target, languages):
    assert is_copy(*unit(source, target, languages).variants)


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        ("The keeper lit the lamp.", "Le gardien alluma la lampe.", ("en", "fr")),
        ("1,250", "1,250", ("en", "fr")),
        ("The keeper lit the lamp.", "The keeper lit the lamp.", ("en-GB", "en-US")),
        ("灯台", "灯台", ("ja", "zh-Hans")),
        ("中文", "中文", ("zh-Hans", "zh-Hant")),
        ("Radio Nova broadcasts", "Radio Nova sendet", ("en", "de")),
    ],
)
def test_what_is_the_same_in_both_languages_is_none(source, target, languages):
    assert not is_copy(*unit(source, target, languages).variants)


def test_copies_are_counted_and_the_other_languages_of_a_unit_stay():
    both = TranslationUnit(
        (Variant("en", (0,), "Fog came."), Variant("fr", (0,), "Fog came."),
         Variant("de", (0,), "Nebel kam."))
    )  # fmt: skip
    kept = without_copies([both, unit("Rain.", "Pluie.")], "en")
    assert [variant.language for variant in kept.units[0].variants] == ["en", "de"]
    assert (kept.copies, kept.of) == (1, 3)
    assert kept.message()[0].startswith("1 of 3 units held back")
    assert without_copies([unit("Rain.", "Pluie.")], "en").message() == ()
