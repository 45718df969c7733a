"""Markdown of saved pages: what stands around the article goes, what the writer marked stays."""

from __future__ import annotations

import pytest

from align.documents.markdown import parse_markdown

PROSE = (
    "Every spring the river rises by two metres, and every spring the town moves its market "
    "uphill, for it has been so since the bridge was built."
)


@pytest.mark.parametrize(
    "written",
    [
        "- Accept\n- Host\n- Next",
        "## Menu\n\nSoup.",
        "## Related\n\n- The ford\n- The ferry",
        "## 関連記事\n\n- 浅瀬\n- 渡し船",
        "| Word | Button |\n|---|---|\n| yes | Accept |\n| no | Close |",
    ],
)
def test_what_is_marked_as_a_heading_an_item_or_a_cell_stays(read, written):
    words = [word for word in written.replace("|", "\n").split("\n") if word.strip(" -")]
    expected = [word.strip(" -#") for word in words]
    assert read(f"# The Bridge\n\n{PROSE}\n\n{written}\n\n{PROSE}\n")[2:-1] == expected
    assert read(f"# The Bridge\n\n{PROSE}\n\n{written}\n")[2:] == expected


def test_lines_of_the_page_go_and_are_said():
    document = parse_markdown(
        f"# The Bridge\n\n[English](a) | [日本語](b) | [Français](c)\n\n{PROSE}\n\nAdvertisement\n"
    )
    assert [(each.text, each.why, each.line) for each in document.left_out] == [
        ("English | 日本語 | Français", "furniture", 3),
        ("Advertisement", "furniture", 7),
    ]
