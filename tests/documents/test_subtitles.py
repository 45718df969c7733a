"""Subtitles: cues joined to sentences, their times kept."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.documents import read_document
from align.documents.subtitles import parse_subtitles
from align.errors import InputError


def srt(*cues):
    """Subtitles of texts with their first and last second."""
    return "\n".join(
        f"{number}\n00:00:{start:02},000 --> 00:00:{stop:02},500\n{text}\n"
        for number, (start, stop, text) in enumerate(cues, start=1)
    )


def blocks(text, form="srt"):
    document = parse_subtitles(text, form)
    return [document.text[block.start : block.stop] for block in document.blocks]


def test_a_sentence_goes_on_from_cue_to_cue_and_knows_its_times():
    text = srt((1, 2, "The boat left"), (3, 4, "at six. Nobody\nsaw it"), (5, 6, "go."))
    document = parse_subtitles(text, "srt")
    assert document.text == "The boat left at six. Nobody saw it go."
    assert [(mark.start, mark.name, mark.line) for mark in document.landmarks] == [
        (0, "cue 1, 00:00:01.000", 3),
        (14, "cue 2, 00:00:03.000", 7),
        (36, "cue 3, 00:00:05.000", 12),
    ]


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (["The boat", "left.", "It sank."], ["The boat left.", "It sank."]),
        (["- Is it back?\n- Not yet."], ["Is it back?", "Not yet."]),
        (["He said", "[Bell rings]", "nothing."], ["He said", "[Bell rings]", "nothing."]),
        (["<i>The boat</i> {\\an8}", "&amp; crew."], ["The boat & crew."]),
        (["The boat left at six", "The boat left at six\nin the fog."], None),
        (["船は六時に", "港を出た。"], ["船は六時に港を出た。"]),
        (["No.", "No."], ["No.", "No."]),
    ],
)
def test_what_cues_say(cues, expected):
    timed = [(2 * place, 2 * place + 1, text) for place, text in enumerate(cues)]
    assert blocks(srt(*timed)) == (expected or ["The boat left at six in the fog."])


def test_a_long_pause_ends_what_is_said():
    assert blocks(srt((1, 2, "The captain said"), (20, 21, "Nothing."))) == [
        "The captain said",
        "Nothing.",
    ]


def test_subtitles_without_stops_are_not_all_one_sentence():
    cues = [(2 * place, 2 * place + 1, f"ship {place}") for place in range(20)]
    assert len(blocks(srt(*cues))) == 20


def test_notes_styles_identifiers_and_voices_of_webvtt_are_no_text():
    text = (
        "WEBVTT - Harbour\n\nNOTE dropped\n\nSTYLE\n::cue { color: red }\n\nintro\n"
        "00:01.000 --> 00:02.000 align:start\n<v Anna>The lamp\n\n"
        "00:02.000 --> 00:03.000\n<v Anna>is lit.\n\n00:03.000 --> 00:04.000\n<v Ben>Who says?\n"
    )
    assert blocks(text, "vtt") == ["The lamp is lit.", "Who says?"]


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
@pytest.mark.parametrize("content", ["Just a text.\n", "", "WEBVTT\n\n"])
def test_a_file_without_cues_is_refused_in_one_line(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=rf"{name}: (?:is not|is empty|has no cues)[^\n]*$"):
        read_document(tmp_path / name)


@given(st.lists(st.text(st.characters(categories=("Ll", "Lu", "Lo")), min_size=1), min_size=1))
def test_no_letter_is_lost_or_made_up(words):
    words = [unicodedata.normalize("NFC", word) for word in words]
    cues = [(place % 59, place % 59, word) for place, word in enumerate(words)]
    said = "".join("".join(blocks(srt(*cues))).split())
    shown = "".join(dict.fromkeys(words))  # a line that is shown twice may be said once
    assert set(said) == set("".join(shown.split()))
