"""The same source in two ways, two sources in the same way."""

from __future__ import annotations

from align.checks.consistency import ConsistencyCheck


def found(translation):
    return list(ConsistencyCheck().find(translation))


def test_the_commonest_translation_is_what_others_depart_from(translated):
    source = ["The ferry is late again."] * 3
    target = [
        "Le ferry a du retard.",
        "Le bac est encore en retard.",
        "Le bac est encore en retard.",
    ]
    [finding] = found(translated(source, target))
    assert (finding.severity, finding.source_segments.start) == ("warning", 0)
    assert finding.suggestion == "Le bac est encore en retard."
    assert "in 2 other places" in finding.message


def test_of_two_the_later_departs(translated):
    [finding] = found(
        translated(
            ["The ferry is late again.", "THE FERRY is late again!"],
            ["Le bac est encore en retard.", "Le ferry a du retard."],
        )
    )
    assert finding.source_segments.start == 1


def test_capitals_and_punctuation_make_no_difference(translated):
    assert not found(
        translated(
            ["The ferry is late again.", "The ferry is late again"],
            ["Le bac est encore en retard.", "Le bac est encore en retard"],
        )
    )


def test_short_sources_and_those_of_names_and_numbers_are_left_out(translated):
    assert not found(
        translated(
            ["Read more", "Read more", "Anna Smith 1998 Hull", "Anna Smith 1998 Hull"],
            ["Lire la suite", "En savoir plus", "Anna Smith, 1998", "Smith (Anna), Hull"],
        )
    )


def test_one_translation_for_two_sources_is_a_note(translated):
    target = ["Le bac est encore en retard."] * 2
    [finding] = found(translated(["The ferry is late again.", "The ship sank last night."], target))
    assert (finding.severity, finding.source_segments.start) == ("note", 1)
    assert "The ferry is late again." in finding.message


def test_japanese_is_compared_by_characters(translated):
    [finding] = found(
        translated(
            ["The ferry is late again."] * 2,
            ["渡し船はまた遅れている。", "フェリーがまた遅れた。"],
            target_language="ja",
        )
    )
    assert finding.severity == "warning"


def test_beads_without_a_translation_are_left_out(translated):
    assert not found(
        translated(["It rains here today.", "It rains here today."], ["Il pleut.", ""])
    )
