"""What checks found as SARIF 2.1.0, which forges, editors and build systems show in place.

Static Analysis Results Interchange Format (SARIF) Version 2.1.0, OASIS Standard, 27 March 2020.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from align import __version__
from align.formats.findings.located import located_findings
from align.formats.json_files import write_json
from align.formats.registry import FINDING_WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.checks.model import CheckReport
    from align.checks.places import Place
    from align.formats.findings.located import LocatedFinding

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"  # what tools call the folder that they look at
_BRACE = re.compile("[{}]")
_LINK = re.compile(r"\[(?=[^\]]*\]\()")


@FINDING_WRITERS.register("sarif", "for code hosts", endings=(".sarif",))
def write_sarif(path: Path | str, report: CheckReport) -> tuple[str, ...]:
    """Writes a report as a SARIF log of one run; `-` is standard output.

    Each check is a rule, each finding a result in the translation's file. Addresses of files
    below the current folder are relative to it. Columns count UTF-16 code units.

    Returns:
        A warning where translations have no file, for what reads SARIF shows findings in files.

    Raises:
        OutputError: If the file cannot be written.
    """
    rules = _rules(report)
    index_of = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "align",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": rules,
            }
        },
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {
                        "level": "warning",
                        "message": {"text": _message(f"{name} did not run: {why}")},
                        "associatedRule": {"id": name, "index": index_of[name]},
                    }
                    for name, why in report.not_run.items()
                ],
            }
        ],
        "language": "en",
        "columnKind": "utf16CodeUnits",
        "results": [
            _result(located, index_of[located.finding.check])
            for located in located_findings(report)
        ],
        "properties": {
            "signature": report.signature,
            "heldBack": dict(report.held_back),
            "accepted": report.accepted,
        },
    }
    write_json(path, {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})
    nowhere = [
        tag
        for tag in report.languages
        if report.article.editions[tag].file is None
        and any(finding.language == tag for finding in report.findings)
    ]
    if not nowhere:
        return ()
    return (f"findings in {', '.join(nowhere)} have no file that SARIF could point to",)


def _rules(report: CheckReport) -> list[dict[str, Any]]:
    from align.checks.registry import CHECKS

    documented = {check.name: check.documentation for check in CHECKS}
    found = (finding.check for finding in report.findings)
    rules = []
    for name in dict.fromkeys([*report.checks, *report.not_run, *found]):
        rule: dict[str, Any] = {"id": name}
        if name in documented:
            documentation = documented[name]
            sections = {
                "What it finds": documentation.what,
                "Why it matters": documentation.why,
                "Example": documentation.example,
                "How to keep it quiet": documentation.silence,
            }
            rule |= {
                "shortDescription": {"text": _message(documentation.summary)},
                "fullDescription": {"text": _message(documentation.what)},
                "help": {"text": _message(_sections(sections.items()))},
            }
        rules.append(rule)
    return rules


def _sections(sections: Iterable[tuple[str, str]]) -> str:
    return "\n\n".join(f"{head}\n{text}" for head, text in sections if text)


def _result(located: LocatedFinding, rule: int) -> dict[str, Any]:
    finding = located.finding
    message = finding.message
    if finding.suggestion:
        message += f"; suggested: {finding.suggestion}"
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": finding.severity,
        "message": {"text": _message(message)},
        "locations": [_location(located)],
    }
    if finding.fingerprint:
        result["partialFingerprints"] = {
            "alignFinding/v1": finding.fingerprint,
            # The one that GitHub tells by whether a finding is new.
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        }
    result["properties"] = {
        "confidence": finding.confidence,
        "language": finding.language,
        "sourceText": finding.source_text,
        "targetText": finding.target_text,
    }
    return result


def _location(located: LocatedFinding) -> dict[str, Any]:
    from align.checks.places import in_utf16

    finding, place = located.finding, in_utf16(located.place)
    if place.file is None:
        name = f"{finding.language} segment {finding.target_segments.start}"
        return {"logicalLocations": [{"fullyQualifiedName": name, "kind": "segment"}]}
    physical: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
    region = _region(place)
    if region:
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.landmark is not None:
        location["logicalLocations"] = [{"fullyQualifiedName": place.landmark}]
    return location


def _region(place: Place) -> dict[str, int]:
    members = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {name: value for name, value in members.items() if value is not None}


def _artifact(file: str) -> dict[str, str]:
    """A relative address below the current folder, or an absolute one."""
    path = Path(file)
    if path.is_absolute():
        if not path.is_relative_to(Path.cwd()):
            return {"uri": path.as_uri()}
        path = path.relative_to(Path.cwd())
    return {"uri": quote(path.as_posix()), "uriBaseId": _ROOT}


def _message(text: str) -> str:
    r"""Text that is meant as it stands: braces name no argument (§ 3.11.5), no link is made of it.

    >>> print(_message("{0} [see](https://example.org)"))
    {{0}} \[see](https://example.org)
    """
    return _LINK.sub(r"\\[", _BRACE.sub(lambda brace: brace[0] * 2, text))
