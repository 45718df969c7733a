"""Furniture: what surrounds an article goes, what is the article stays."""

from __future__ import annotations

import pytest

from align.documents.furniture import furniture_lines
from align.documents.text import parse_text
from align.languages import autonym

PROSE = (
    "Every spring the river rises by two metres, and every spring the town moves its market "
    "uphill. Nobody finds this strange, for it has been so since the bridge was built."
)


def kept(*lines: str) -> list[str]:
    furniture = furniture_lines(lines)
    return [line for index, line in enumerate(lines) if index not in furniture]


@pytest.mark.parametrize(
    "menu",
    [
        ["English", "日本語", "Français"],
        ["- English", "- 日本語", "- 简体字", "- 繁體字", "- Français", "- Español", "- Русский"],
        ["English | 日本語 | العربية"],
        ["English 日本語 简体字 繁體字 Français Español العربية Русский"],
        ["• English", "", "• 简体中文", "", "• 繁體中文"],
        ["[English]", "[Deutsch]"],
        ["Politics- English", "- 日本語", "- Français"],
        ["政治・外交 2025.04.07 - English", "- 日本語", "- Русский"],
        ["Culture | English", "日本語"],
        ["‎English", "日本語", "한국어"],
    ],
)
def test_language_menus_go_with_the_category_glued_to_them(menu):
    assert [line for line in kept("The Bridge", *menu, PROSE) if line] == ["The Bridge", PROSE]


LANGUAGES = """
af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl he hi hr hu hy id is it ja
ka kk km ko ku ky lo lt lv mk mn ms my nb ne nl no pl ps pt ro ru si sk sl sq sr sv sw ta te th tr
uk ur uz vi zh-Hans zh-Hant
"""


@pytest.mark.parametrize("language", LANGUAGES.split())
def test_every_language_is_known_by_its_own_name(language):
    menu = [autonym(language), "English", "日本語"]
    assert kept("The Bridge", *menu, PROSE) == ["The Bridge", PROSE]


@pytest.mark.parametrize(
    "bar",
    [
        ["Facebook", "X", "LINE"],
        ["- Share", "- Facebook", "- Twitter", "- WeChat"],
        ["Facebook Twitter WhatsApp"],
        ["シェア", "ツイート", "LINE"],
        ["分享", "微信", "微博"],
        ["Share on Facebook"],
        ["Partager", "Imprimer"],
    ],
)
def test_share_bars_go(bar):
    assert kept("The Bridge", *bar, PROSE) == ["The Bridge", PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Home > Politics > Rivers",
        "Home » World » The bridge that still stands",
        "ホーム > 政治 > 川の町",
        "Accueil › Culture",
        "Skip to content",
        "Skip to main content",
        "Advertisement",
        "Read more: Ten bridges to see before they fall",
        "Subscribe to our newsletter",
        "Accept all cookies",
        "We use cookies to improve your experience. By continuing you agree to this.",
        "By continuing to browse you accept our use of cookies.",
        "© 2025 The Daily Sample. All rights reserved.",
        "Page 1 of 3",
        "« Previous",
        "1 2 3 … 9 Next",
        "5 min read",
        "関連記事",
        "Back to top",
    ],
)
def test_lines_that_are_never_the_articles_go(line):
    assert kept("The Bridge", line, PROSE) == ["The Bridge", PROSE]


def test_a_list_of_related_articles_goes_with_its_heading():
    related = ["Related articles", "- How to swim in a cold lake", "- Ten old bridges"]
    assert kept("The Bridge", PROSE, *related) == ["The Bridge", PROSE]
    assert kept("The Bridge", *related, PROSE) == ["The Bridge", PROSE]


def test_titles_below_a_related_heading_go_at_the_end_of_the_page():
    related = ["Read next", "How to swim in a cold lake", "Ten old bridges"]
    assert kept("The Bridge", PROSE, *related) == ["The Bridge", PROSE]


def test_a_heading_after_a_related_box_amid_the_article_stays():
    assert kept(PROSE, "Related articles", "What comes next", PROSE) == [
        PROSE,
        "What comes next",
        PROSE,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "English is spoken in the port, and nobody knows since when.",
        "English",
        "Facebook bought the building next to the bridge.",
        "Facebook",
        "She went home > and that was that.",
        "Cookies are baked on the quay every Sunday.",
        "We use cookies every day, said the baker.",
        "Read more books, the teacher says, and you will see.",
        "Subscribe to nothing, he advised.",
        "Advertisement is the mother of trade.",
        "Related articles of the treaty were struck out.",
        "Share this bread with your neighbours.",
        "In English, French and German the word is the same.",
        "Page 1 of the treaty names three rivers.",
        "The vote was 1 to 2.",
        "- The first of three demands",
        "X",
    ],
)
def test_a_line_of_the_article_stays(line):
    assert kept(PROSE, line, PROSE) == [PROSE, line, PROSE]


def test_two_language_names_amid_the_prose_may_be_the_articles_own():
    assert kept(PROSE, "- English", "- Deutsch", PROSE) == [PROSE, "- English", "- Deutsch", PROSE]


def test_the_title_above_a_menu_is_the_title():
    text = f"The River Towns\nPolitics- English\n- 日本語\n- Français\nA wall\n{PROSE}\n"
    document = parse_text(text)
    found = [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]
    assert found == [("title", "The River Towns"), ("heading", "A wall"), ("paragraph", PROSE)]


@pytest.mark.parametrize("items", [["Accept", "Host", "Next"], ["Suivant", "Accueil"], ["次へ"]])
def test_what_may_be_a_button_is_an_item_of_a_list_all_the_same(items):
    lines = ["The Bridge", PROSE, *items, PROSE]
    assert not furniture_lines(lines, items=range(2, 2 + len(items)))


def test_a_menu_of_languages_is_one_where_it_is_a_list_too():
    lines = ["The Bridge", "English", "日本語", "Français", PROSE]
    assert sorted(furniture_lines(lines, items={1, 2, 3})) == [1, 2, 3]


def test_items_of_a_plain_list_stay():
    text = f"The Bridge\n\n{PROSE}\n\n- Accept\n- Host\n- Next\n\n{PROSE}\n"
    document = parse_text(text)
    assert [document.text[each.start : each.stop] for each in document.blocks][2:5] == [
        "Accept",
        "Host",
        "Next",
    ]


def test_what_goes_from_a_plain_text_is_said():
    document = parse_text(f"The Bridge\n\nAdvertisement\n\n{PROSE}\n\nShare\nFacebook\n")
    assert [(each.text, each.why, each.line) for each in document.left_out] == [
        ("Advertisement", "furniture", 3),
        ("Share", "furniture", 7),
        ("Facebook", "furniture", 8),
    ]
