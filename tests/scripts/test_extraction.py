"""Pages as they are: what came out of them that is not prose, and what prose did not."""

from __future__ import annotations

from pathlib import Path

import extraction
import pytest

SHAPES = Path(__file__).parents[1] / "documents" / "pages"
PAGE = (
    "<html lang='en'><body><article><h1>The mill</h1><p>The mill stands by the river, and its "
    "wheel turns all year.</p><p>{}</p></article>{}</body></html>"
)


def read(folder, page, **options):
    (folder / "page.html").write_text(page, encoding="utf-8")
    (reading,) = extraction.read_pages(folder, **options)
    return reading


def test_a_page_that_gives_what_it_must_has_nothing_to_list(tmp_path):
    (tmp_path / "page.txt").write_text(
        "# The mill\nThe mill stands by the river, and its wheel turns all year.\nIt is old.\n",
        encoding="utf-8",
    )
    reading = read(tmp_path, PAGE.format("It is old.", ""))
    assert (reading.segments, reading.not_prose, reading.lost) == (3, (), ())


def test_what_must_come_out_and_does_not_is_lost(tmp_path):
    (tmp_path / "page.txt").write_text("# The mill\nIt burnt down.\n", encoding="utf-8")
    reading = read(tmp_path, PAGE.format("It is old.", ""))
    assert reading.lost == ("It burnt down.",)
    assert "It is old." in reading.not_prose


def test_all_text_of_an_element_can_be_what_must_come_out(tmp_path):
    page = PAGE.format("It is old.", "<div><p>Elsewhere.</p></div>")
    assert read(tmp_path, page, article="//article").lost == ()
    assert read(tmp_path, page, article="//body").lost == ("Elsewhere.",)


def test_sentences_that_are_left_out_for_no_known_reason_count_as_lost(tmp_path):
    story = "The miller walks round it every evening and looks at the stones and the roof. " * 9
    page = PAGE.format(story, "<div><p>It stands elsewhere.</p></div><nav>Go away.</nav>")
    assert read(tmp_path, page).lost == ("It stands elsewhere.",)


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.title }}",
        "https://mill.example/a",
        "if (x) { y = z; }",
        "<div class=x>",
        "{% if %}",
    ],
)
def test_code_and_macros_are_no_prose(text):
    assert not extraction.looks_like_prose(text)


@pytest.mark.parametrize("text", ["The mill", "粉ひき小屋は古い。", "4 < 5", "50 % of it"])
def test_headings_and_sentences_are(text):
    assert extraction.looks_like_prose(text)


def test_the_shapes_give_nothing_but_prose_and_lose_none(capsys):
    assert extraction.main([str(SHAPES), "--lists"]) == 0
    assert "not prose: 0 segments, 0.00%\nlost: 0 letters, 0.00%" in capsys.readouterr().out


def test_markdown_is_measured_beside_what_is_text_at_first_sight(tmp_path):
    (tmp_path / "mill.md").write_text(
        "---\ntags: [a]\n---\n# The mill\n\n1. It is *old*, [they say](x.html).[^1]\n\n"
        "```\nno text\n```\n\n| a | wheel |\n|---|---|\n\n[^1]: In 1902.\n",
        encoding="utf-8",
    )
    (reading,) = extraction.read_pages(tmp_path)
    assert (reading.not_prose, reading.lost) == ((), ())
    stretches = extraction.stretches(tmp_path / "mill.md")
    assert list(stretches) == ["# The mill", "It is *old*,", "they say", "wheel", ": In 1902."]


def test_what_must_come_out_of_markdown_may_lie_beside_it(tmp_path):
    (tmp_path / "mill.md").write_text("# The mill\n\nIt is old.\n", encoding="utf-8")
    (tmp_path / "mill.txt").write_text("# The mill\nIt is new.\n", encoding="utf-8")
    (reading,) = extraction.read_pages(tmp_path)
    assert (reading.not_prose, reading.lost) == (("It is old.",), ("It is new.",))
