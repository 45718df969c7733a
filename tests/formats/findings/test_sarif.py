"""Findings as SARIF: valid, in the right place, documented, known again in the next run."""

import dataclasses
import json
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from align.checks import registry
from align.documentation import Documentation
from align.documents.locating import located
from align.documents.model import Document
from align.formats.findings.sarif import write_sarif

SCHEMA = json.loads(Path(__file__).with_name("sarif.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def write(tmp_path):
    def written(report):
        write_sarif(tmp_path / "check.sarif", report)
        log = json.loads((tmp_path / "check.sarif").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(SCHEMA).validate(log)
        [run] = log["runs"]
        return run

    return written


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", ["check_report", "empty_check_report", "hostile_check_report"])
def test_the_log_is_valid(write, report, request):
    write(request.getfixturevalue(report))


def test_a_finding_is_a_result_of_its_rule(write, check_report):
    run = write(check_report)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [
        each["ruleId"] for each in run["results"]
    ]
    assert [(each["ruleId"], each["level"]) for each in run["results"]] == [
        ("numbers", "error"),
        ("terms", "warning"),
        ("omission", "error"),
        ("addition", "warning"),
        ("dates", "note"),
    ]
    assert run["results"][0]["message"]["text"] == "“六時” is not “six”; suggested: 7時"


def test_rules_are_documented_as_the_checks_are(write, check_report, monkeypatch):
    documentation = Documentation("Numbers agree", "What.", "Why.", "Example.", "--skip numbers")
    check = SimpleNamespace(name="numbers", documentation=documentation)
    monkeypatch.setattr(registry, "CHECKS", (check,))
    rule = write(check_report)["tool"]["driver"]["rules"][0]
    assert rule["shortDescription"]["text"] == "Numbers agree"
    for part in ("What.", "Why.", "Example.", "--skip numbers"):
        assert part in rule["help"]["text"]


def test_a_finding_is_known_again_by_its_fingerprint(write, check_report):
    prints = [each["partialFingerprints"] for each in write(check_report)["results"]]
    assert [each["alignFinding/v1"] for each in prints] == [
        finding.fingerprint for finding in check_report.findings
    ]
    assert prints[0]["primaryLocationLineHash"] == "ja1numbers:1"


def placed(report, path, text, line):
    """The report with its Japanese edition read from a file."""
    path.write_text(text, encoding="utf-8")
    japanese = report.article.editions["ja"]
    blocks = tuple(
        dataclasses.replace(block, line=line if index == 1 else None)
        for index, block in enumerate(japanese.document.blocks)
    )
    document = located(Document(japanese.document.text, blocks), text, "markup")
    edition = dataclasses.replace(japanese, file=str(path), document=document)
    article = dataclasses.replace(
        report.article, editions={**report.article.editions, "ja": edition}
    )
    return dataclasses.replace(report, article=article, findings=report.findings[:1])


def test_columns_count_utf16_code_units(write, check_report, tmp_path):
    text = "# 題\n\n<!-- 𝔞 --> 渡し船は六時に出た。出るのを見た者はいない。\n"
    run = write(placed(check_report, tmp_path / "ja.md", text, 3))
    assert run["columnKind"] == "utf16CodeUnits"
    [result] = run["results"]
    # Ten code points stand before the sentence, one of them two units, and four in it.
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 17,
        "endLine": 3,
        "endColumn": 19,
    }


def test_addresses_below_the_folder_are_relative(write, check_report, tmp_path, monkeypatch):
    (tmp_path / "新 draft").mkdir()
    monkeypatch.chdir(tmp_path)
    report = placed(check_report, tmp_path / "新 draft" / "ja.md", "六時", 1)
    [result] = write(report)["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "%E6%96%B0%20draft/ja.md", "uriBaseId": "%SRCROOT%"}
    monkeypatch.chdir(tmp_path / "新 draft")
    report = placed(check_report, tmp_path / "other.md", "六時", 1)
    [result] = write(report)["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": (tmp_path / "other.md").as_uri()}


def test_without_a_file_the_segment_is_named_and_the_user_told(write, check_report, tmp_path):
    arabic = write(check_report)["results"][3]
    assert arabic["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "ar segment 5"
    [warning] = write_sarif(tmp_path / "check.sarif", check_report)
    assert warning == "findings in ar have no file that SARIF could point to"


def test_what_did_not_run_is_notified(write, check_report):
    [invocation] = write(check_report)["invocations"]
    [notification] = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "memory did not run: no memory was given"
    assert notification["associatedRule"]["id"] == "memory"


def test_no_text_becomes_an_argument_or_a_link(write, hostile_check_report):
    text = write(hostile_check_report)["results"][0]["message"]["text"]
    assert "{{{{ 7*7 }}}}" in text and "{{0}}" in text
    assert r"\[x](javascript:alert(3))" in text
