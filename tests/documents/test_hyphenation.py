"""Words that line ends cut are whole, and keep the hyphens that are their own."""

from __future__ import annotations

import pytest

from align.documents import read_document
from align.documents.hyphenation import Hyphens, is_cut
from align.documents.places import place_at
from align.documents.text import parse_text


def text_of(text: str) -> str:
    document = parse_text(text)
    return "\n\n".join(document.text[each.start : each.stop] for each in document.blocks)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("They built a har-\nbour wall.", "They built a harbour wall.", id="en"),
        pytest.param("La rivière mon-\ntait vite.", "La rivière montait vite.", id="fr"),
        pytest.param("El río su-\nbía deprisa.", "El río subía deprisa.", id="es"),
        pytest.param("Der Fluss stei-\ngt schnell.", "Der Fluss steigt schnell.", id="de"),
        pytest.param("Il fiume sali-\nva in fretta.", "Il fiume saliva in fretta.", id="it"),
        pytest.param("O rio su-\nbia depressa.", "O rio subia depressa.", id="pt"),
        pytest.param("De rivier steeg snel en nie-\nmand sliep.",
                     "De rivier steeg snel en niemand sliep.", id="nl"),
        pytest.param("Река подни-\nмалась, и мост замё-\nрз.",
                     "Река поднималась, и мост замёрз.", id="ru"),
        pytest.param("Rzeka wez-\nbrała nocą.", "Rzeka wezbrała nocą.", id="no dictionary"),
        pytest.param("The old har\u2010\nbour wall.", "The old harbour wall.", id="U+2010"),
    ],
)  # fmt: skip
def test_a_hyphen_of_the_line_end_goes(written, meant):
    assert text_of(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("A well-\nknown wall stands here.", "A well-known wall stands here.", id="en"),
        pytest.param("Le mur, peut-\nêtre, tient.", "Le mur, peut-être, tient.", id="fr"),
        pytest.param("Кто-\nто стучит в дверь дома.", "Кто-то стучит в дверь дома.", id="ru"),
        pytest.param(
            "He sent an e-\nmail from there.", "He sent an e-mail from there.", id="letter"
        ),
    ],
)
def test_a_hyphen_of_the_word_stays(written, meant):
    assert text_of(written) == meant


def test_the_rest_of_the_text_knows_the_word():
    text = (
        "The tide-gauge broke.\n"
        "They mended the tide-\ngauge. A Xyl-\nophora grew; Xylophora is rare."
    )
    assert "tide-gauge. A Xylophora grew" in text_of(text)


def test_a_word_left_out_before_and_is_no_cut():
    text = "Er ging über Haupt-\nund Nebenstraßen der Stadt."
    assert text_of(text) == text


@pytest.mark.parametrize("line", ["a list -", "1990-", "-", "no hyphen"])
def test_no_word_is_cut_there(line):
    assert not is_cut(line, "and more")


def test_places_in_the_file_are_those_of_the_words(tmp_path):
    path = tmp_path / "en.txt"
    path.write_text("They built a har-\nbour wall.\n\nIt was long.\n", "utf-8")
    document = read_document(path)
    for word, line, column in (("built", 1, 6), ("wall", 2, 6), ("long", 4, 8)):
        run, shift = place_at(document, document.text.index(word))
        assert (run.line, run.column + shift) == (line, column)


@pytest.mark.parametrize(
    ("before", "after", "removed"),
    [
        ("the harbour authori-", "ties met", "-"),
        ("the boat-", "house burned", ""),  # it stands so elsewhere
        ("a well-", "known man", ""),
        ("on the Bal-", "tic coast", "-"),
        ("with Jean-", "Pierre", ""),
        ("from 1914-", "1918 on", ""),
        ("the probe Venera-", "7 landed", ""),
        ("a 3-", "metre wall", ""),
        ("two- and 3-", "and 4-metre walls", None),
        ("he left -", "nobody knew", None),
        ("he left", "nobody knew", None),
    ],
)
def test_what_goes_of_a_line_end_where_another_line_follows(before, after, removed):
    lines = [
        "The boat-house is old, and the people of the town know it well and have known it long."
    ]
    assert Hyphens([*lines, before, after]).removed(before, after) == removed
