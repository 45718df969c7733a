"""Joining segments into the text that a span's vector is of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.encoders.cards import covers, model_card
from align.languages import join_segments
from align.text import join_text

texts = st.lists(
    st.text(st.sampled_from("aé7。」. \n\t\u00a0\u3000漢") | st.characters(), max_size=8),
    max_size=6,
)


@given(segments=texts, language=st.sampled_from(["en", "ja", "zh-Hant", "ar"]))
def test_the_whole_is_joined_as_the_language_joins_sentences(segments, language):
    assert join_text(segments, language).text == join_segments(segments, language)


@given(segments=texts, language=st.sampled_from(["en", "ja"]), data=st.data())
def test_the_text_of_a_span_is_that_of_its_segments_joined(segments, language, data):
    joined = join_text(segments, language)
    if segments:
        start = data.draw(st.integers(0, len(segments) - 1))
        stop = data.draw(st.integers(start + 1, len(segments)))
        alone = join_segments(segments[start:stop], language)
        assert joined.span(start, stop).strip() == alone.strip()


@pytest.mark.parametrize(
    ("language", "known"),
    [("en", True), ("en-GB", True), ("zh-TW", True), ("zh-Hans", True), ("fi", False)],
)
def test_a_model_covers_the_languages_on_its_card(language, known):
    assert covers(model_card("use-multilingual"), language) is known


def test_a_model_of_every_language_covers_each():
    from dataclasses import replace

    card = replace(model_card("labse"), languages=("*",))
    assert covers(card, "vai")
