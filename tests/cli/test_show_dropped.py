"""What a page holds beside its article is left out, and a user can see what it was."""

from __future__ import annotations

import pytest

PAGE = """<html lang="{language}"><body><nav><a href="/">{menu}</a></nav>
<article><h1>{title}</h1><p>{first} {second}</p><p>{third}</p></article>
<div class="comments"><p>{comment}</p></div></body></html>
"""
ENGLISH = {
    "language": "en", "menu": "Timetable", "title": "The tower clock",
    "first": "The clock of the town hall has been slow since 1950.",
    "second": "Nobody wants it to be repaired.", "third": "Trains leave by it.",
    "comment": "I always come too late!",
}  # fmt: skip
FRENCH = {
    "language": "fr", "menu": "Horaires", "title": "L’horloge de la tour",
    "first": "L’horloge de la mairie retarde depuis 1950.",
    "second": "Personne ne veut qu’on la répare.", "third": "Les trains partent à son heure.",
    "comment": "J’arrive toujours trop tard !",
}  # fmt: skip


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "clock"
    folder.mkdir()
    for words in (ENGLISH, FRENCH):
        page = PAGE.format(**words)
        (folder / f"{words['language']}.html").write_text(page, encoding="utf-8")
    return folder


def test_segment_shows_what_it_left_out_with_place_and_reason(run, pages):
    page = pages / "en.html"
    finished = run("segment", page, "--show-dropped")
    assert finished.code == 0
    assert "Timetable" not in finished.out
    assert finished.err.splitlines() == [
        f"{page.as_posix()}:1: left out (navigation): Timetable",
        f"{page.as_posix()}:3: left out (comments): I always come too late!",
    ]


def test_nothing_is_said_of_menus_unasked(run, pages):
    assert run("segment", pages / "en.html").err == ""


def test_pair_shows_it_of_both_texts(run, pages):
    finished = run("pair", pages / "en.html", pages / "fr.html", "--show-dropped", "--no-cache")
    assert finished.code == 0
    assert finished.err.count("left out (navigation)") == 2
    assert "J’arrive toujours trop tard !" in finished.err


def test_build_counts_it_and_the_report_lists_it(run, pages, tmp_path):
    out = tmp_path / "out"
    finished = run("build", pages, "-o", out, "--no-terms", "--no-cache")
    assert finished.code == 0
    assert "Left out of the files: 4 texts; --show-dropped shows them." in finished.out
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "What was left out of the files" in report
    assert "I always come too late!" in report
    assert "1 navigation, 1 comments" in report
    memory = (out / "clock.en-fr.tmx").read_text(encoding="utf-8")
    assert "too late" not in memory
