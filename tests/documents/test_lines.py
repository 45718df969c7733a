"""Blocks know the line of the file where they begin."""

from align.documents.html import parse_html
from align.documents.markdown import parse_markdown
from align.documents.text import parse_text


def lines_of(document):
    return [(document.text[block.start : block.stop], block.line) for block in document.blocks]


def test_plain_text():
    document = parse_text("\n\nThe Bridge\n\nIt is old.\n\n- One\n- Two\n")
    assert lines_of(document) == [("The Bridge", 3), ("It is old.", 5), ("One", 7), ("Two", 8)]


def test_markdown_after_front_matter():
    text = "---\na: b\n---\n\n# The Bridge\n\nIt is\nold.\n\n* One\n* Two\n\n> Said.\n"
    assert lines_of(parse_markdown(text)) == [
        ("The Bridge", 5),
        ("It is old.", 7),
        ("One", 10),
        ("Two", 11),
        ("Said.", 13),
    ]


def test_html_in_markdown():
    text = "# The Bridge\n\n<div>\n<p>It is old.</p>\n<p>It stands.</p>\n</div>\n"
    assert lines_of(parse_markdown(text))[1:] == [("It is old.", 4), ("It stands.", 5)]


def test_cells_of_a_markdown_table():
    text = "# The Bridge\n\n| a | b |\n|---|---|\n| c | d |\n"
    assert lines_of(parse_markdown(text))[1:] == [("a", 3), ("b", 3), ("c", 5), ("d", 5)]


def test_a_title_from_front_matter():
    assert lines_of(parse_markdown("---\na: b\ntitle: The Bridge\n---\n\nIt is old.\n")) == [
        ("The Bridge", 3),
        ("It is old.", 6),
    ]


def test_a_page():
    page = "<html><body>\n<article>\n<h1>The Bridge</h1>\n<p>It is\nold.</p>\n\n<p>\nIt stands.</p>"
    found = lines_of(parse_html(f"{page}</article></body></html>"))
    assert found[0] == ("The Bridge", 3)
    assert found[1] == ("It is old.", 4)
    assert found[2][1] in (7, 8)  # the tag's line or the text's


def test_lines_too_far_down_a_page_are_not_guessed():
    far = "\n" * 70_000
    page = f"<html><body><article><h1>The Bridge</h1><p>It is old.</p>{far}<p>It stands.</p>"
    found = lines_of(parse_html(f"{page}</article></body></html>"))
    assert [line for _, line in found] == [1, 1, None]
