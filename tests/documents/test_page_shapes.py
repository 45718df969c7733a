"""Shapes that web pages have, each as a small page of its own, and what must come out of it.

`pages/NAME.html` is the page; `pages/NAME.txt` says its blocks, one a line, as Markdown would begin
them: `# ` the title, `## ` a heading, `- ` an item, `> ` a quotation, `[ ` a caption.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from align.documents import read_document

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
BEGINS = {
    "title": "# ",
    "heading": "## ",
    "list-item": "- ",
    "quotation": "> ",
    "caption": "[ ",
    "paragraph": "",
}


def blocks_of(document):
    return [
        BEGINS[block.kind] + document.text[block.start : block.stop] for block in document.blocks
    ]


def solid(text):
    return "".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_gives_what_it_says_and_nothing_else(page):
    expected = page.with_suffix(".txt").read_text(encoding="utf-8")
    assert blocks_of(read_document(page)) == expected.rstrip("\n").split("\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_is_left_out_says_why_and_is_in_no_block(page):
    document = read_document(page)
    taken = {
        solid(text.removeprefix(begin))
        for text, begin in zip(
            blocks_of(document), (BEGINS[block.kind] for block in document.blocks), strict=True
        )
    }
    for each in document.left_out:
        assert each.why
        assert each.text.strip()
        assert solid(each.text) not in taken or each.why != "outside the article"


def test_there_are_forty_shapes_in_many_languages():
    languages = {read_document(page).language for page in PAGES}
    assert len(PAGES) >= 40
    assert languages >= {"en", "ja", "zh-Hans", "zh-Hant", "fr", "es", "ar", "ru"}
