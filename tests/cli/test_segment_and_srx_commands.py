"""`align segment` and `align srx`: how texts are cut, and the rules for it."""

from importlib.resources import files

import pytest
from choppa import SRX_2_XSD
from lxml import etree


def test_a_text_is_printed_one_segment_a_line(run, article):
    finished = run("segment", article / "en.txt")
    assert (finished.code, finished.err) == (0, "")
    assert finished.out.splitlines() == [
        "The Ferry",
        "The ferry left at 9:15 with 42 passengers.",
        "Nobody saw the fog.",
        "Captain Ida Holm turned back.",
        "At noon the harbour was closed.",
        "It opened again in 1998.",
    ]


def test_wrapped_lines_become_one(run, tmp_path):
    (tmp_path / "wrapped.src").write_text(
        "The ferry left the harbour at a quarter past nine with all of its\n"
        "forty-two passengers. Nobody saw the fog that came in from the sea\n"
        "until it was too late for the captain to turn the old ship around.\n"
    )
    lines = run("segment", tmp_path / "wrapped.src", "-l", "en").out.splitlines()
    assert len(lines) == 2
    assert "all of its forty-two passengers." in lines[0]


def test_the_result_goes_to_a_file(run, article, tmp_path):
    path = tmp_path / "segments.txt"
    finished = run("segment", article / "ja.txt", "-l", "ja", "-o", path)
    assert (finished.code, finished.out) == (0, "")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 6


def test_what_it_prints_can_be_aligned_line_by_line(run, article, tmp_path):
    for language in ("en", "fr"):
        run("segment", article / f"{language}.txt", "-o", tmp_path / f"a.{language}")
    whole = run("pair", article / "en.txt", article / "fr.txt", "--encoder", "anchors")
    lines = run("pair", tmp_path / "a.en", tmp_path / "a.fr", "--segmented", "--encoder", "anchors")
    assert [row.split("\t")[:2] for row in whole.out.splitlines()] == [
        row.split("\t")[:2] for row in lines.out.splitlines()
    ]


def test_the_rules_are_the_file_that_texts_are_cut_by(run, tmp_path):
    path = tmp_path / "rules.srx"
    screen = run("srx")
    assert run("srx", "-o", path).out == ""
    ours = files("align.segmentation").joinpath("rules.srx").read_bytes()
    assert path.read_bytes() == ours
    assert screen.out.encode() == ours


def test_the_rules_are_valid_srx(run):
    rules = etree.fromstring(run("srx").out.encode())
    etree.XMLSchema(etree.parse(SRX_2_XSD)).assertValid(rules)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_rules_given_back_cut_as_before(run, article, tmp_path, language):
    path = tmp_path / "rules.srx"
    run("srx", "-o", path)
    text = article / f"{language}.txt"
    assert run("segment", text, "--srx", path).out == run("segment", text).out
