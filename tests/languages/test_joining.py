"""Joining segments into running text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.languages import join_segments, joiner


@pytest.mark.parametrize("tag", ["ja", "ja-JP", "zh-Hans", "zh-Hant", "zh"])
def test_japanese_and_chinese_join_with_nothing(tag):
    assert joiner(tag) == ""


@pytest.mark.parametrize("tag", ["en", "ko", "th", "ar", "ru", "fr"])
def test_other_languages_join_with_a_space(tag):
    assert joiner(tag) == " "


@pytest.mark.parametrize(
    ("texts", "tag", "joined"),
    [
        (["The bridge is old.", "It stands."], "en", "The bridge is old. It stands."),
        (["橋は古い。", "今も立つ。"], "ja", "橋は古い。今も立つ。"),
        (["다리는 낡았다.", "그래도 서 있다."], "ko", "다리는 낡았다. 그래도 서 있다."),
        (["  edges \n", "", "  "], "en", "edges"),
        ([], "en", ""),
    ],
)
def test_segments_join_as_the_language_does(texts, tag, joined):
    assert join_segments(texts, tag) == joined


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (["加盟はNATO", "EUは別。"], "加盟はNATO EUは別。"),
        (["費用は40", "2人が反対。"], "費用は40 2人が反対。"),
        (["加盟はNATO", "次は別。"], "加盟はNATO次は別。"),
        (["橋。", "NATOは別。"], "橋。NATOは別。"),
    ],
)
def test_two_latin_letters_or_digits_do_not_grow_together_in_japanese(texts, joined):
    assert join_segments(texts, "ja") == joined


@pytest.mark.parametrize(
    ("text", "tag", "joined"),
    [
        ("hard-wrapped\n   text", "en", "hard-wrapped text"),
        ("two  spaces\tand a tab", "en", "two spaces and a tab"),
        ("橋は\n古い。", "ja", "橋は古い。"),
        ("the NATO\nEU 橋", "zh-Hans", "the NATO EU 橋"),
    ],
)
def test_white_space_inside_becomes_single(text, tag, joined):
    assert join_segments([text], tag) == joined


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u3000", "\u200b"])
def test_spaces_that_are_the_authors_stay(space):
    assert join_segments([f"20{space}000"], "fr") == f"20{space}000"


@settings(deadline=None)  # the first call loads a library
@given(st.lists(st.text(max_size=20), max_size=5), st.sampled_from(["en", "ja", "zh-Hant"]))
def test_joining_is_stable_and_loses_nothing_but_white_space(texts, tag):
    joined = join_segments(texts, tag)
    assert join_segments([joined], tag) == joined
    assert "".join(joined.split()) == "".join("".join(texts).split())
