"""Findings as lines of text: places that editors follow, words marked in every script."""

import dataclasses
import re

import pytest

from align.documents.locating import located
from align.documents.model import Document
from align.formats.findings.listing import write_listing


@pytest.fixture
def lines(tmp_path):
    def written(report):
        write_listing(tmp_path / "findings.txt", report)
        return (tmp_path / "findings.txt").read_text(encoding="utf-8").split("\n")[:-1]

    return written


def test_a_line_says_place_severity_message_and_check(lines, check_report):
    assert lines(check_report)[:4] == [
        "ja.html: error: “六時” is not “six” [numbers]",
        "    en  The ferry left at ⟦six⟧. Nobody saw it leave.",
        "    ja  渡し船は⟦六時⟧に出た。出るのを見た者はいない。",
        "        suggested: 7時",
    ]


def test_line_and_column_are_said_where_they_are_known(lines, check_report, tmp_path):
    article = check_report.article
    japanese = article.editions["ja"]
    path = tmp_path / "ja.md"
    text = "# 渡し船と霧\n\n渡し船は**六時**に出た。出るのを見た者はいない。\n"
    path.write_text(text, encoding="utf-8")
    blocks = tuple(
        dataclasses.replace(block, line=line) if line else block
        for block, line in zip(japanese.document.blocks, [1, 3, *[None] * 9], strict=False)
    )
    document = located(Document(japanese.document.text, blocks, "ja"), text, "markup")
    japanese = dataclasses.replace(japanese, file=str(path), document=document)
    article = dataclasses.replace(article, editions={**article.editions, "ja": japanese})
    report = dataclasses.replace(check_report, article=article)
    assert lines(report)[0] == f"{path}:3:7: error: “六時” is not “six” [numbers]"


def test_without_a_file_the_segment_is_the_place(lines, check_report):
    assert "ar segment 5: warning: Not in the source [addition]" in lines(check_report)


def test_a_side_without_text_has_no_line(lines, check_report):
    written = lines(check_report)
    omission = written.index("ja.html: error: Not in the translation [omission]")
    assert written[omission + 1] == "    en  The quay 𝔞t noon."
    assert not written[omission + 2].startswith(" ")


def test_text_read_from_the_right_keeps_to_itself(lines, check_report):
    assert lines(check_report)[-1] == "    ar  \u2067ينتظر منذ ⟦1931⟧.\u2069"


def test_long_texts_are_cut_around_the_words(lines, check_report):
    long = "word " * 100
    finding = dataclasses.replace(
        check_report.findings[0], source_text=f"{long}six {long}", suggestion=None
    )
    start = len(long)
    finding = dataclasses.replace(finding, source_span=type(finding.source_span)(start, start + 3))
    [_, source, _] = lines(dataclasses.replace(check_report, findings=(finding,)))
    assert re.fullmatch(r"    en  …(word )+⟦six⟧( word)+…", source)
    assert len(source) < 110


def test_a_report_without_findings_has_no_lines(lines, empty_check_report):
    assert lines(empty_check_report) == []


def test_no_text_moves_the_cursor_or_starts_a_line(lines, hostile_check_report):
    written = lines(hostile_check_report)
    assert len(written) == 4
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", "".join(written))


def test_a_file_has_no_colours_even_where_they_are_asked_for(lines, check_report, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in "".join(lines(check_report))
