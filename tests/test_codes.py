"""What a reader sees of a text with inline codes: words stay apart, spaces stay single."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.codes import Code, codes_of, text_of

LINE_BREAK = Code("x", "standalone", kind="lb")
UNKNOWN = Code("ph", "standalone")
OPEN, CLOSE = Code("g", "open", "1"), Code("g", "close", "1")


def native(markup, element="ph", role="standalone"):
    return Code(element, role, native=markup)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (("Closed on Sundays", LINE_BREAK, "Ring twice"), "Closed on Sundays Ring twice"),
        (("Closed.", LINE_BREAK, "Ring twice"), "Closed. Ring twice"),
        (("name", native("<br/>"), "address"), "name address"),
        (("name", native("\\t"), "address"), "name address"),
        (("one", native("<li>", "bpt", "open"), "two"), "one two"),
        (("price", UNKNOWN, "each"), "price each"),
        (("Hello,", UNKNOWN, "world"), "Hello, world"),
        (("3.", UNKNOWN, "5"), "3.5"),
        (("(", UNKNOWN, ")"), "()"),
        (("第一行", LINE_BREAK, "第二行"), "第一行第二行"),
        (("الباب مغلق", LINE_BREAK, "اطرق مرتين"), "الباب مغلق اطرق مرتين"),
    ],
)
def test_a_code_parts_the_words_around_it(content, text):
    assert text_of(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (("un", OPEN, "believ", CLOSE, "able"), "unbelievable"),
        (("Schiff", native("&shy;"), "fahrt"), "Schifffahrt"),
        (("H", native("<sub>"), "2", native("</sub>"), "O"), "H2O"),
        (("re", Code("ph", "standalone", kind="bold"), "read"), "reread"),
        (("Wort", native("{\\b ", "ut"), "teil"), "Wortteil"),
    ],
)
def test_what_only_formats_parts_no_word(content, text):
    assert text_of(content) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (("Wait ", UNKNOWN, " minutes"), "Wait minutes"),
        (("Il y a ", UNKNOWN, ", puis"), "Il y a, puis"),
        (("Quoi ", UNKNOWN, " ?"), "Quoi ?"),
        (("two  ", "spaces"), "two  spaces"),
    ],
)
def test_the_spaces_around_a_code_are_one(content, text):
    assert text_of(content) == text


def test_a_text_within_a_code_stands_apart():
    sub = Code("sub", "open"), "an old ferry", Code("sub", "close", native='">')
    content = ("See", native('<img alt="'), *sub, "here")
    assert text_of(content) == "See an old ferry here"


_CODES = st.sampled_from([LINE_BREAK, UNKNOWN, OPEN, CLOSE, native("<b>"), native("<br/>")])


@given(st.lists(st.one_of(st.text("ab .,第", max_size=5), _CODES), max_size=12))
def test_nothing_but_spaces_comes_or_goes(content):
    shown = text_of(tuple(content))
    written = "".join(piece for piece in content if isinstance(piece, str))
    assert shown.replace(" ", "") == written.replace(" ", "")
    assert len(codes_of(tuple(content))) == sum(isinstance(piece, Code) for piece in content)
