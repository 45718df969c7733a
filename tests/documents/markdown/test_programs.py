"""What programs of notes and documentation add to Markdown: MyST, Obsidian, badges of projects."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Ask {ref}`the keeper <keeper>` first.", "Ask the keeper first."),
        ("水は {abbr}`H2O` です。", "水は H2O です。"),
        ("Le gaz {math}`x^2` brûle.", "Le gaz $x^2$ brûle."),
        ("It burnt {cite:p}`smith1902`.", "It burnt."),
    ],
)
def test_a_role_of_myst_shows_its_text(read, written, shown):
    assert read(f"(start)=\n# The lamp\n\n{written}\n") == ["The lamp", shown]


def test_comments_and_breaks_of_myst_are_not_seen(read):
    text = "(start)=\n# The lamp\n\n% nobody reads this.\n\n+++ {'tags': 'x'}\n\nIt burns.\n"
    assert read(text) == ["The lamp", "It burns."]


def test_a_line_that_begins_with_a_per_cent_sign_is_no_comment_elsewhere(read):
    assert read("# The lamp\n\nOf oil it takes ten\n% of all.\n")[1:] == [
        "Of oil it takes ten % of all."
    ]


def test_the_text_of_a_figure_is_its_caption(blocks):
    text = "# The lamp\n\n```{figure} lamp.png\n:name: lamp\n\nThe lamp by night.\n```\n"
    assert blocks(text)[1:] == [("caption", "The lamp by night.")]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The lamp burns. %%ask the keeper%%", "The lamp burns."),
        ("%% ask the keeper %%\n\nThe lamp burns.", "The lamp burns."),
        ("灯台は古い。%%要確認%%", "灯台は古い。"),
        ("The lamp burns. ^lamp-1", "The lamp burns."),
        ("It took 100 %% of one and 50 %% of the other.", None),
        ("The value is a%%b%%c.", None),
        ("The cube of x is x^3", None),
    ],
)
def test_remarks_and_names_of_blocks_in_notes_are_not_seen(read, written, shown):
    assert read(f"# The lamp\n\n{written}\n")[1:] == [shown or written]


@pytest.mark.parametrize(
    "badges",
    [
        "[![build](https://ci.example/badge.svg)](https://ci.example)",
        "[![CI](a.svg)](b) [![npm](c.svg)](d)\n[![licence](e.svg)](f)",
        "![version](https://img.shields.example/npm/v/lamp)",
    ],
)
def test_badges_say_nothing(read, badges):
    assert read(f"# The lamp\n\n{badges}\n\nIt burns.\n") == ["The lamp", "It burns."]


def test_a_picture_that_is_a_link_has_a_caption(blocks):
    assert blocks("# The lamp\n\n[![The lamp by night](small.jpg)](large.jpg)\n")[1:] == [
        ("caption", "The lamp by night")
    ]


def test_code_with_modules_does_not_make_a_text_mdx(read):
    text = "# The lamp\n\n```js\nimport lamp from './lamp';\n\n<Lamp />\n```\n\nIt takes {oil}.\n"
    assert read(text) == ["The lamp", "It takes {oil}."]


def test_a_module_beside_code_does(read):
    text = "import Lamp from './lamp';\n\n# The lamp\n\n```js\nlet x\n```\n\nIt takes {'oil'}.\n"
    assert read(text) == ["The lamp", "It takes oil."]
