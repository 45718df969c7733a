"""The findings file: one JSON file that holds all that checks found.

Its schema, with a description of every field, is `schemas/findings.schema.json`. All offsets
count Unicode code points, as Python's string indices do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from align.findings import SEVERITIES
from align.formats.findings.located import located_findings
from align.formats.json_files import schema_named, span_member, write_json
from align.formats.registry import FINDING_WRITERS

if TYPE_CHECKING:
    from pathlib import Path

    from align.checks.model import CheckReport, Leverage
    from align.formats.findings.located import LocatedFinding

FORMAT = "align-findings"
VERSION = 1


@FINDING_WRITERS.register("json", "everything, for programs", endings=(".json",))
def write_findings(path: Path | str, report: CheckReport) -> None:
    """Writes everything that checks found; `-` is standard output.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.dates import creation_date

    article = report.article
    write_json(
        path,
        {
            "format": FORMAT,
            "version": VERSION,
            "created": creation_date().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "signature": report.signature,
            "name": article.name,
            "title": article.title,
            "source_language": article.pivot,
            "source_file": article.editions[article.pivot].file,
            "languages": list(report.languages),
            "checks": list(report.checks),
            "not_run": dict(report.not_run),
            "counts": {severity: report.count(severity) for severity in SEVERITIES},
            "held_back": dict(report.held_back),
            "accepted": report.accepted,
            "leverage": {tag: _leverage(each) for tag, each in report.leverage.items()},
            "findings": [_finding(located) for located in located_findings(report)],
        },
    )


def findings_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the findings file."""
    return schema_named("findings")


def _leverage(leverage: Leverage) -> dict[str, dict[str, int]]:
    return {
        band: {"segments": segments, "words": words}
        for band, (segments, words) in leverage.bands.items()
    }


def _finding(located: LocatedFinding) -> dict[str, Any]:
    finding, place = located.finding, located.place
    return {
        "check": finding.check,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "language": finding.language,
        "message": finding.message,
        "source_text": finding.source_text,
        "target_text": finding.target_text,
        "source_span": span_member(finding.source_span),
        "target_span": span_member(finding.target_span),
        "source_segments": list(finding.source_segments),
        "target_segments": list(finding.target_segments),
        "source_paragraph": located.source_paragraph,
        "target_paragraph": located.target_paragraph,
        "suggestion": finding.suggestion,
        "fingerprint": finding.fingerprint,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "place": place.landmark,
    }
