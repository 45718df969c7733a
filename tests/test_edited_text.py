"""Inline codes in the edited form of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.codes import Code, codes_of, text_of
from align.edited_text import EditedText, carried

OPEN, CLOSE = Code("g", "open", "1"), Code("g", "close", "1")
BREAK = Code("x", "standalone", "2", kind="lb")
NAME = Code("ph", "standalone", "3", native="{0}")


def shown(content):
    signs = {"open": "<", "close": ">", "standalone": "_"}
    return "".join(piece if isinstance(piece, str) else signs[piece.role] for piece in content)


@pytest.mark.parametrize(
    ("content", "text", "expected"),
    [
        (("Click ", OPEN, "here", CLOSE, "."), "Click there.", "Click <there>."),
        (("Click ", OPEN, "here", CLOSE, "."), "Now click here!", "Now click <here>!"),
        ((OPEN, "All", CLOSE), "Everything", "<Everything>"),
        (("un", OPEN, "believ", CLOSE, "able"), "quite unbelievable", "quite un<believ>able"),
        (("at nine", BREAK, "Please ring"), "at ten Please ring", "at ten_Please ring"),
        (("See ", NAME, " boats"), "See boats now", "See _ boats now"),
        (("暮れに", OPEN, "灯", CLOSE, "がともる。"), "夕に灯がともった。", "夕に<灯>がともった。"),
    ],
)  # fmt: skip
def test_codes_stay_beside_the_words_they_stood_at(content, text, expected):
    found = carried(content, text)
    assert shown(found.content) == expected and found.lost == 0


def test_a_pair_whose_words_are_gone_is_lost_whole():
    found = carried(("the ", OPEN, "old", CLOSE, " mill"), "the mill")
    assert (found.content, found.lost) == (("the mill",), 2)


def test_what_has_found_its_place_is_kept_though_something_else_has_not():
    found = carried((NAME, " boats and ", OPEN, "gulls", CLOSE), "boats and")
    assert codes_of(found.content) == (NAME,) and found.lost == 2


words = st.sampled_from(["red", "sail", "the", "灯", "台", "Fog.", ","])
texts = st.lists(words, min_size=1, max_size=6).map(" ".join)


@st.composite
def contents(draw):
    pieces = []
    for number in range(draw(st.integers(1, 4))):
        pieces.append(draw(st.sampled_from(["", " "])) + draw(texts))
        pieces.append(
            draw(
                st.sampled_from(
                    [
                        Code("ph", "standalone", str(number)),
                        Code("x", "standalone", str(number), kind="lb"),
                    ]
                )
            )
        )
        opened = Code("g", "open", f"g{number}")
        pieces += [opened, draw(texts), Code("g", "close", opened.key)]
    return tuple(pieces)  # fmt: skip


@given(contents())
def test_an_unchanged_text_keeps_every_code(content):
    found = carried(content, text_of(content))
    assert found.lost == 0 and text_of(found.content) == text_of(content)
    assert [*codes_of(found.content)] == [*codes_of(content)]


@given(contents(), texts)
def test_whatever_is_made_of_a_text_it_says_that_and_pairs_are_whole(content, text):
    found = carried(content, text)
    assert text_of(found.content) == text
    assert found.lost == len(codes_of(content)) - len(codes_of(found.content))
    roles = [code.role for code in codes_of(found.content)]
    assert roles.count("open") == roles.count("close")


@given(texts, texts)
def test_places_keep_their_order(old, new):
    edited = EditedText(old, new)
    places = [edited.place(at, lean="left") for at in range(len(old) + 1)]
    known = [place for place in places if place is not None]
    assert known == sorted(known) and all(0 <= place <= len(new) for place in known)
