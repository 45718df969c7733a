"""Cleaning keeps what belongs to a text and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents import clean


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_newline(end):
    assert clean(f"one{end}two") == "one\ntwo"


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\u00ad", "\ufeff", "\ufffe", "\ufdd0"]
)
def test_what_is_no_text_goes(character):
    assert clean(f"br{character}idge") == "bridge"


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0x1FFFE, 0x10FFFF])
def test_lone_surrogates_and_noncharacters_go(code):
    assert clean(f"br{chr(code)}idge") == "bridge"


@pytest.mark.parametrize(
    "character",
    [
        *("\u200b", "\u200c", "\u200d"),  # ZWSP, ZWNJ, ZWJ
        *("\u200e", "\u200f", "\u061c"),  # LRM, RLM, ALM
        *("\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2069"),  # embeddings, isolates
        *("\u00a0", "\u202f", "\u3000", "\t", "😀", "𠮷"),
    ],
)
def test_what_shapes_a_text_stays(character):
    assert clean(f"a{character}b") == f"a{character}b"


@pytest.mark.parametrize("break_", ["\u200b", "\u2060", "\u200b\u2060"])
@pytest.mark.parametrize("text", ["{}a b", "a b{}", "a {}b", "a{} b", "a\n{}b", "a{}\nb"])
def test_breaks_of_no_width_go_where_they_say_nothing(break_, text):
    assert clean(text.format(break_)) == text.format("")


def test_composed_form():
    assert clean("cafe\u0301") == "café"


@settings(deadline=None)  # the first call loads a library
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_cleaning_is_idempotent_and_composed(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
