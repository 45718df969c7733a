"""The findings file: everything that was found, valid against its schema."""

import json

import jsonschema
import pytest

from align.formats.findings.check_json import findings_schema, write_findings

FIELDS = [
    "check", "severity", "confidence", "language", "message", "source_text", "target_text",
    "source_span", "target_span", "source_segments", "target_segments", "source_paragraph",
    "target_paragraph", "suggestion", "fingerprint", "file", "line", "column", "place",
]  # fmt: skip


@pytest.fixture
def write(tmp_path):
    def written(report):
        write_findings(tmp_path / "findings.json", report)
        return json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))

    return written


@pytest.mark.parametrize("report", ["check_report", "empty_check_report", "hostile_check_report"])
def test_the_file_is_valid_against_its_schema(write, report, request):
    jsonschema.Draft202012Validator.check_schema(findings_schema())
    jsonschema.validate(write(request.getfixturevalue(report)), findings_schema())


def test_the_schema_describes_every_field():
    def undescribed(schema, path):
        if isinstance(schema, dict):
            for name, inner in schema.get("properties", {}).items():
                if "description" not in inner:
                    yield f"{path}.{name}"
            for name, inner in schema.items():
                yield from undescribed(inner, f"{path}.{name}")

    assert list(undescribed(findings_schema(), "$")) == []


def test_a_finding_has_exactly_these_fields(write, check_report):
    for finding in write(check_report)["findings"]:
        assert list(finding) == FIELDS


def test_spans_segments_and_paragraphs_say_where_it_is(write, check_report):
    first, _, omission, addition, _ = write(check_report)["findings"]
    start, stop = first["target_span"]
    assert first["target_text"][start:stop] == "六時"
    assert (first["source_segments"], first["target_segments"]) == ([1, 2], [1])
    assert (first["source_paragraph"], first["target_paragraph"]) == (1, 1)
    assert (omission["target_segments"], omission["target_span"]) == ([], None)
    assert (omission["source_paragraph"], omission["target_paragraph"]) == (6, 6)
    assert (addition["source_segments"], addition["source_paragraph"]) == ([], 3)
    assert addition["target_paragraph"] == 3


def test_what_was_not_found_is_said_too(write, check_report):
    content = write(check_report)
    assert content["counts"] == {"error": 2, "warning": 2, "note": 1}
    assert content["held_back"] == {"terms": 2, "numbers": 1}
    assert content["accepted"] == 4
    assert content["not_run"] == {"memory": "no memory was given"}
    assert content["leverage"]["ja"]["new"] == {"segments": 9, "words": 1200}
    assert content["signature"] == "align 0.1.0 | by hand"


def test_texts_come_through_whatever_they_hold(write, hostile_check_report):
    [finding] = write(hostile_check_report)["findings"]
    assert finding["target_text"] == hostile_check_report.findings[0].target_text


def test_the_same_report_gives_the_same_file(write, check_report, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert write(check_report) == write(check_report)
