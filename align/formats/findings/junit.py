"""What checks found in the XML of JUnit, which build systems read as the outcome of tests.

No standard defines it; this is what Jenkins, GitLab, GitHub's and Azure's readers agree on, with
one `failure` a test case, for some keep no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.findings import SEVERITIES
from align.formats.registry import FINDING_WRITERS
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml import etree

    from align.checks.model import CheckReport
    from align.formats.findings.located import LocatedFinding


@FINDING_WRITERS.register("junit", "for build systems", endings=(".xml",))
def write_junit(path: Path | str, report: CheckReport) -> None:
    """Writes a report as a test suite for each language with a test case for each check.

    A check fails by its errors and warnings; its notes are its output; one that could not run is
    skipped.

    Args:
        path: The file; `-` is standard output.
        report: What `align.check` returned.

    Raises:
        OutputError: If the file cannot be written.
    """
    from lxml import etree

    from align.formats.atomic import open_for_writing
    from align.formats.dates import creation_date
    from align.formats.findings.located import located_findings

    article = report.article
    located: dict[tuple[str, str], list[LocatedFinding]] = {}
    for each in located_findings(report):
        located.setdefault((each.finding.language, each.finding.check), []).append(each)
    root = etree.Element("testsuites", name="align check")
    names = dict.fromkeys([*report.checks, *report.not_run, *(check for _, check in located)])
    for language in report.languages:
        suite = etree.SubElement(root, "testsuite", name=language)
        suite.set("timestamp", creation_date().strftime("%Y-%m-%dT%H:%M:%S"))
        for name in names:
            case = etree.SubElement(suite, "testcase", name=clean_text(name))
            case.set("classname", clean_text(f"{article.name}.{language}"))
            file = article.editions[language].file
            if file is not None:
                case.set("file", clean_text(file))
            found = located.get((language, name), ())
            if name in report.not_run and not found:  # it may have run in another language
                etree.SubElement(case, "skipped", message=clean_text(report.not_run[name]))
            _add_findings(case, found, article.pivot)
        _count(suite)
    _count(root)
    etree.indent(root)
    with open_for_writing(path, "wb") as stream:
        stream.write(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
        stream.write(b"\n")


def _add_findings(
    case: etree._Element, found: Sequence[LocatedFinding], source_language: str
) -> None:
    from lxml import etree

    grave = [each for each in found if each.finding.severity != "note"]
    if grave:
        gravest = min((each.finding.severity for each in grave), key=SEVERITIES.index)
        failure = etree.SubElement(case, "failure", message=_said(grave), type=gravest)
        failure.text = _lines(grave, source_language)
    notes = [each for each in found if each.finding.severity == "note"]
    if notes:
        etree.SubElement(case, "system-out").text = _lines(notes, source_language)


def _count(element: etree._Element) -> None:
    """Says how many test cases an element holds, and how they ended."""
    for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        element.set(name, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")  # of the tests themselves


def _said(found: Sequence[LocatedFinding]) -> str:
    """How many errors and warnings, and the first of them."""
    counts = {
        severity: sum(each.finding.severity == severity for each in found)
        for severity in SEVERITIES
    }
    said = ", ".join(
        f"{count} {severity}{'' if count == 1 else 's'}"
        for severity, count in counts.items()
        if count
    )
    return clean_text(f"{said}: {found[0].finding.message}{' …' if len(found) > 1 else ''}")


def _lines(found: Sequence[LocatedFinding], source_language: str) -> str:
    from align.formats.findings.listing import finding_lines, plain

    lines = (plain(line) for each in found for line in finding_lines(each, source_language))
    return clean_text("\n".join(["", *lines, ""]))
