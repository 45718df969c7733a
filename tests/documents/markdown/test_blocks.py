"""Markdown: what a reader sees, block by block."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.documents.markdown import parse_markdown


def blocks(text: str) -> list[tuple[str, str]]:
    document = parse_markdown(text)
    return [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]


def test_the_first_heading_of_level_one_is_the_title():
    text = "# The River Towns\n\n## A wall\n\nIt was never built.\n\n# Another part\n\nText.\n"
    assert blocks(text) == [
        ("title", "The River Towns"),
        ("heading", "A wall"),
        ("paragraph", "It was never built."),
        ("heading", "Another part"),
        ("paragraph", "Text."),
    ]


def test_underlined_headings():
    assert blocks("The River Towns\n===\n\nA wall\n---\n\nText.\n")[:2] == [
        ("title", "The River Towns"),
        ("heading", "A wall"),
    ]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: The River Towns", "The River Towns"),
        ('title: "A \\"wall\\""', 'A "wall"'),
        ("title: 'The town''s wall'", "The town's wall"),
    ],
)
def test_front_matter_gives_the_title_and_no_text(line, title):
    text = f"---\nauthor: Ana\n{line}\ntags: [a, b]\n---\n\nIt was never built.\n"
    assert blocks(text) == [("title", title), ("paragraph", "It was never built.")]


def test_a_heading_of_level_one_goes_before_the_front_matters_title():
    assert blocks("---\ntitle: Other\n---\n# The Wall\n\nText.\n")[0] == ("title", "The Wall")


def test_a_rule_at_the_beginning_is_no_front_matter():
    assert blocks("---\n\nIt was never built.\n") == [("paragraph", "It was never built.")]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("It was **never** _built_.", "It was never built."),
        ("Re**build**ing.", "Rebuilding."),
        ("See [the plan](https://example.org/x_y_z 'T').", "See the plan."),
        ("See <https://example.org/>.", "See https://example.org/."),
        ("Fish &amp; chips &copy; caf&eacute;", "Fish & chips © café"),
        ("Two \\*stars\\*", "Two *stars*"),
        ("The `code` stays.", "The code stays."),
        ("one <!-- hidden --> two", "one two"),
        ("H<sub>2</sub>O and <b>bo</b>ld", "H2O and bold"),
        ("one<br>two", "one two"),
        ("20&nbsp;000", "20\u00a0000"),
        ("see ![icon](i.png) here", "see here"),
        ("<ruby>川<rp>(</rp><rt>かわ</rt><rp>)</rp></ruby>の町", "川の町"),
    ],
)
def test_marks_go_and_the_text_stays(marked, plain):
    assert blocks(f"{marked}\n") == [("paragraph", plain)]


@pytest.mark.parametrize(
    ("wrapped", "flowing"),
    [
        ("It was\nnever built.", "It was never built."),
        ("橋は\n古い。", "橋は古い。"),
        ("桥很旧，\n“但是”还在。", "桥很旧，“但是”还在。"),
        ("他说：\n“桥还在。”", "他说：“桥还在。”"),
        ("다리는\n낡았다.", "다리는 낡았다."),
        ("加盟は\nNATO", "加盟は NATO"),
        ("one  \ntwo", "one two"),
    ],
)
def test_line_breaks_become_what_the_language_writes(wrapped, flowing):
    assert blocks(wrapped) == [("paragraph", flowing)]


def test_lists_and_quotations():
    items = "- Raise the wiring.\n- Keep\n  a boat.\n\n1. First.\n\n"
    text = items + "> We know the river.\n>\n> So there.\n"
    assert blocks(text) == [
        ("list-item", "Raise the wiring."),
        ("list-item", "Keep a boat."),
        ("list-item", "First."),
        ("quotation", "We know the river."),
        ("quotation", "So there."),
    ]


def test_a_pictures_title_is_its_caption_else_its_alternative_text():
    assert blocks("![The quay](q.jpg)") == [("caption", "The quay")]
    assert blocks('![The quay](q.jpg "The quay at dawn")') == [("caption", "The quay at dawn")]


def test_emphasis_below_a_picture_is_a_caption():
    assert blocks("![](q.jpg)\n\n*The quay at dawn.*") == [("caption", "The quay at dawn.")]
    assert blocks("![](q.jpg)\n*The quay at dawn.*") == [("caption", "The quay at dawn.")]


def test_emphasis_elsewhere_is_a_paragraph_unless_it_credits_a_picture():
    assert blocks("*The end of it all.*") == [("paragraph", "The end of it all.")]
    assert blocks("*Photo: the quay at dawn.*") == [("caption", "Photo: the quay at dawn.")]


def test_each_table_cell_is_a_block():
    table = "| Year | Level |\n| --- | --- |\n| 1998 | Two metres |\n"
    assert [text for _, text in blocks(table)] == ["Year", "Level", "1998", "Two metres"]


def test_code_blocks_are_left_out():
    assert blocks("```\ncode\n```\n\n    more code\n\nText.\n") == [("paragraph", "Text.")]


def test_html_blocks_are_read():
    figure = "<figure><img src='q.jpg'><figcaption>The quay</figcaption></figure>"
    assert blocks(f"<!-- note -->\n\n{figure}\n\nText.\n") == [
        ("caption", "The quay"),
        ("paragraph", "Text."),
    ]


def test_a_language_menu_goes():
    assert blocks("# The Wall\n\n[English](e) | [日本語](j) | [Français](f)\n\nText.\n") == [
        ("title", "The Wall"),
        ("paragraph", "Text."),
    ]


def test_the_text_is_the_blocks_with_a_blank_line_between():
    assert parse_markdown("# The *Wall*\n\nIt\nstood.\n").text == "The Wall\n\nIt stood."


@settings(deadline=None)  # the first call loads a library
@given(st.text(alphabet="ab橋。*_[]()`<>!#-|\n\\& 1.>", max_size=60))
def test_any_markdown_gives_exact_spans(text):
    document = parse_markdown(text)
    texts = [document.text[block.start : block.stop] for block in document.blocks]
    assert "\n\n".join(texts) == document.text
    assert all(each and each == each.strip() for each in texts)
