"""Findings as the outcome of tests: valid for any text, counted right."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from align.formats.findings.junit import write_junit

SCHEMA = etree.RelaxNG(file=str(Path(__file__).with_name("junit.rng")))


def read(path):
    tree = etree.parse(str(path))
    SCHEMA.assertValid(tree)
    return tree.getroot()


@pytest.fixture
def write(tmp_path):
    def written(report):
        write_junit(tmp_path / "junit.xml", report)
        return read(tmp_path / "junit.xml")

    return written


def case(root, language, check):
    [found] = root.xpath(f"testsuite[@name='{language}']/testcase[@name='{check}']")
    return found


def test_each_language_is_a_suite_of_all_checks(write, check_report):
    root = write(check_report)
    assert [suite.get("name") for suite in root] == ["ja", "ar"]
    for suite in root:
        assert [each.get("name") for each in suite] == [
            "numbers", "dates", "omission", "addition", "terms", "memory",
        ]  # fmt: skip
    assert case(root, "ja", "terms").get("classname") == "ferry.ja"
    assert case(root, "ja", "terms").get("file") == "ja.html"


def test_a_check_fails_by_errors_and_warnings(write, check_report):
    root = write(check_report)
    failure = case(root, "ja", "numbers").find("failure")
    assert failure.get("type") == "error"
    assert failure.get("message") == "1 error: “六時” is not “six”"
    assert "ja.html: error: “六時” is not “six” [numbers]" in failure.text
    assert case(root, "ja", "terms").find("failure").get("type") == "warning"


def test_notes_fail_nothing(write, check_report):
    dates = case(write(check_report), "ar", "dates")
    assert dates.find("failure") is None
    assert "note: “1931” & <all> [dates]" in dates.findtext("system-out")


def test_a_check_that_did_not_run_is_skipped(write, check_report):
    skipped = case(write(check_report), "ar", "memory").find("skipped")
    assert skipped.get("message") == "no memory was given"


def test_a_check_that_ran_in_one_language_only_fails_there(write, check_report):
    report = replace(check_report, not_run={"terms": "no termbase in ar"})
    root = write(report)
    assert [child.tag for child in case(root, "ja", "terms")] == ["failure"]
    assert [child.tag for child in case(root, "ar", "terms")] == ["skipped"]


def test_counts_are_those_of_the_cases(write, check_report):
    root = write(check_report)
    counts = [
        tuple(element.get(name) for name in ("tests", "failures", "skipped", "errors"))
        for element in (root, *root)
    ]
    assert counts == [("12", "4", "2", "0"), ("6", "3", "1", "0"), ("6", "1", "1", "0")]


def test_where_nothing_was_found_all_pass(write, empty_check_report):
    root = write(empty_check_report)
    assert (root.get("tests"), root.get("failures")) == ("10", "0")
    assert not root.xpath("//failure | //system-out")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=20))
def test_it_is_valid_xml_whatever_the_texts_hold(tmp_path, check_report, make_finding, text):
    report = replace(
        check_report,
        findings=(
            replace(check_report.findings[0], message=text, target_text=text, target_span=None),
        ),
        not_run={"memory": text},
    )
    write_junit(tmp_path / "junit.xml", report)
    read(tmp_path / "junit.xml")


def test_hostile_text_is_text(write, hostile_check_report):
    failure = write(hostile_check_report).find(".//failure")
    assert "</script><script>alert(1)" in failure.text
    assert len(failure) == 0
