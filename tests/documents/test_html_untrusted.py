"""Pages made to do harm: no network, no expansion, no hang, no silent loss."""

from __future__ import annotations

import socket
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents.html import parse_html
from align.errors import InputError


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def bomb(levels: int) -> str:
    entities = "".join(
        f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, levels)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{entities}]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>The bridge is old.</p>'
        f"<p>It stands &e{levels - 1}; still.</p></body></html>"
    )


def test_an_entity_bomb_does_not_go_off():
    tracemalloc.start()
    text = parse_html(bomb(12)).text
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "haha" not in text
    assert peak < 50 * 2**20


@pytest.mark.parametrize("system", ["file:///etc/passwd", "http://localhost:9/secret"])
@pytest.mark.usefixtures("no_network")
def test_external_entities_are_not_read(system):
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{system}">'
        f'<!ENTITY % y SYSTEM "{system}"> %y;]><html><head><link rel="stylesheet" href="{system}">'
        f'<base href="{system}"></head><body><img src="{system}"><iframe src="{system}"></iframe>'
        "<p>The bridge &x; is old and stands.</p></body></html>"
    )
    text = parse_html(page).text
    assert "The bridge &x; is old and stands." in text
    assert "root:" not in text


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "font"])
def test_a_hundred_thousand_levels_are_refused_not_cut_off(tag):
    with pytest.raises(InputError, match="nested too deeply"):
        parse_html(f"<html><body>{f'<{tag}>' * 100_000}The bridge is old.")


def test_two_hundred_levels_are_read():
    page = f"<html><body>{'<div>' * 200}<p>The bridge is old. It stands.</p>{'</div>' * 200}"
    assert parse_html(page).text == "The bridge is old. It stands."


def test_a_line_of_ten_megabytes_is_read_or_refused_whole():
    with pytest.raises(InputError, match="too large"):
        parse_html(f"<html><body><p>{'It stands. ' * 1_000_000}</p></body></html>")


def test_a_line_of_a_megabyte_is_read():
    page = f"<html><body><p>{'It stands. ' * 100_000}</p></body></html>"
    assert parse_html(page).text.count("It stands.") == 100_000


@pytest.mark.parametrize(
    "page",
    [
        "<" * 50_000 + "p>The bridge is old.",
        "<p " + "a=b " * 100_000 + ">The bridge is old.</p>",
        "<!--" + "-" * 500_000 + "--><p>The bridge is old.</p>",
        "<p>The bridge is old.</p>" + "</div>" * 100_000,
        "<p>The bridge is old.</p>\x00<p>\ud800It stands.</p>",
        "<![CDATA[ x ]]><p>The bridge is old.</p><?php echo 1 ?>",
    ],
)
def test_broken_markup_is_read_around(page):
    assert "The bridge is old." in parse_html(page).text


@pytest.mark.parametrize("value", ["", "=b", "='<p>'", '=">"'])
def test_an_element_with_200_000_attributes_is_read(value):
    attributes = "\n".join(f"a{number}{value}" for number in range(200_000))
    document = parse_html(f"<p {attributes}>The bridge is old.</p>\n<p>It stands.</p>")
    assert document.text == "The bridge is old.\n\nIt stands."
    assert document.blocks[1].line is None or document.blocks[1].line > 1


def test_a_line_with_20_000_marks_of_notes_is_read():
    page = f"<article><p>{'It stands.<sup>1</sup> ' * 20_000}</p></article>"
    assert parse_html(page).text == " ".join(["It stands."] * 20_000)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</div>", "<h1>", "</h1>", "<ul>", "<li>", "</ul>", "<table>",
             "<td>", "<br>", "<b>", "</i>", "<article>", "</article>", "<figcaption>", "<ruby>",
             "<rt>", "<pre>", "<code>", "<blockquote>", "<form>", "<sup>", "<a href=x>", "</a>",
             "The bridge is old. ", "橋は古い。", "&amp;", "&nbsp;", "\n", "<!--", "-->", "<svg>",
             "<body>", "<frameset>", "<noscript>", "<template>", "<math>", "</html>"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_tag_soup_gives_exact_blocks_or_is_refused(soup):
    try:
        document = parse_html("".join(soup))
    except InputError:
        return
    found = [document.text[block.start : block.stop] for block in document.blocks]
    assert "\n\n".join(found) == document.text
    assert all(text and text == text.strip() for text in found)
