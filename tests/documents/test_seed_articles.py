"""Two real articles, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.documents import read_document

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not at hand")

MENU = ("English", "日本語", "简体字", "繁體字", "Français", "Español", "العربية", "Русский")


def blocks(prefix: str) -> list[tuple[str, str]]:
    (path,) = SEEDS.glob(f"{prefix}_*.txt")
    document = read_document(path)
    return [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]


def test_a_saved_pages_title_stands_first_and_once():
    found = blocks("002")
    assert found[0][0] == "title"
    assert [text for _, text in found].count(found[0][1]) == 1
    assert [kind for kind, _ in found].count("title") == 1


def test_a_saved_pages_language_menu_is_in_no_block():
    texts = [text for _, text in blocks("002")]
    assert not any(text.endswith(name) and len(text) < 30 for text in texts for name in MENU)
    assert not any(text.startswith("Politics") for text in texts)


def test_a_saved_pages_unmarked_headings_are_headings():
    found = blocks("002")
    assert [kind for kind, _ in found].count("heading") == 5
    assert found[1][0] == "heading"
    assert all(len(text) < 60 for kind, text in found if kind == "heading")
    assert all(len(text) > 60 for kind, text in found if kind == "paragraph")


def test_a_saved_pages_last_block_is_its_caption():
    found = blocks("002")
    assert [kind for kind, _ in found].count("caption") == 1
    assert found[-1][0] == "caption"


def test_an_article_that_begins_with_a_credit_has_its_title_after_it():
    assert [kind for kind, _ in blocks("000")][:3] == ["caption", "title", "paragraph"]
