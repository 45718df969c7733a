"""The script that reads pySBD's tests, on a small file of their shape."""

from __future__ import annotations

import sys

import golden_rules

RULES = """
import pytest
GOLDEN_EN_RULES_TEST_CASES = [
    ("It rained. We stayed.", ["It rained.", "We stayed."]),
    pytest.param("It rained. Why?", ["It rained. Why?"], marks=pytest.mark.xfail),
    ("Two\\nlines", ["Two", "lines"]),
]
EN_CLEAN_TEST_CASES = [("It rained.", ["It rained."])]
"""


def printed(monkeypatch, capsys, tmp_path, *options):
    (tmp_path / "test_english.py").write_text(RULES, "utf-8")
    (tmp_path / "test_klingon.py").write_text(RULES, "utf-8")
    monkeypatch.setattr(sys, "argv", ["golden_rules.py", str(tmp_path), *options])
    golden_rules.main()
    return capsys.readouterr().out


def test_each_list_is_counted_and_texts_of_several_lines_are_not(monkeypatch, capsys, tmp_path):
    lines = printed(monkeypatch, capsys, tmp_path).splitlines()
    assert lines[0].startswith("segmenter: srx:")
    assert lines[1:] == [
        "en\tGOLDEN_EN_RULES_TEST_CASES\t1/2", "en\tEN_CLEAN_TEST_CASES\t1/1", "all\t2/3",
    ]  # fmt: skip


def test_lists_about_cleaning_may_be_left_out(monkeypatch, capsys, tmp_path):
    assert "CLEAN" not in printed(monkeypatch, capsys, tmp_path, "--sentences")


def test_what_does_not_hold_is_shown(monkeypatch, capsys, tmp_path):
    assert "got:    ['It rained.', 'Why?']" in printed(monkeypatch, capsys, tmp_path, "-v")
