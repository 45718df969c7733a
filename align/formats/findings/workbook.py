"""What checks found as a workbook for a reviewer: findings to decide on, the texts, leverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.formats.registry import FINDING_WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from align.checks.model import CheckReport
    from align.findings import Finding
    from align.formats.findings.located import LocatedFinding
    from align.formats.workbooks import Value

VERDICTS = ("to correct", "corrected", "as intended", "false alarm")
"""What a reviewer can choose from in the column `verdict`."""

_FINDINGS = (
    ("severity", 10),
    ("check", 18),
    ("language", 10),
    ("segment", 9),
    ("source", 50),
    ("target", 50),
    ("message", 50),
    ("suggestion", 24),
    ("verdict", 14),
    ("place", 26),
    ("confidence", 11),
    ("fingerprint", 18),
)
_PLACE = {head: number for number, (head, _) in enumerate(_FINDINGS, start=1)}
_TEXT = (("segment", 9), ("source", 70), ("target", 70), ("findings", 9), ("confidence", 11))

# The colour of words that a finding is about, and that of its cell.
_INKS = {"error": "A34A00", "warning": "8A5A00", "note": "1F66AB"}
_FILLS = {"error": "FFD9C2", "warning": "FFF0C2", "note": "DCEBFA"}


@FINDING_WRITERS.register("xlsx", "a workbook to edit", endings=(".xlsx",), is_binary=True)
def write_check_workbook(path: Path | str, report: CheckReport) -> None:
    """Writes a report as a workbook.

    `Findings` has a row for each, its words marked in both texts, and a column for the reviewer's
    verdict; `Text` (one for each language) is the whole source and translation side by side;
    `Leverage` says what the memory has, where there is one.

    Args:
        path: The file; `-` is standard output.
        report: What `align.check` returned.

    Raises:
        InputError: If a text is too long for a cell.
        OutputError: If the file cannot be written.
    """
    from align.formats.findings.located import located_findings
    from align.formats.workbooks import add_sheet, new_workbook, write_workbook

    located = located_findings(report)
    book = new_workbook()
    sheet = add_sheet(book, "Findings", _FINDINGS, _findings(located))
    _dress(sheet, [each.finding for each in located], report.article.pivot)
    for language in report.languages:
        add_sheet(
            book,
            "Text" if len(report.languages) == 1 else f"Text {language}"[:31],
            _TEXT,
            _text(report, language),
            languages=(None, report.article.pivot, language),
        )
    if report.leverage:
        add_sheet(
            book,
            "Leverage",
            (("language", 10), ("similarity", 12), ("segments", 10), ("words", 10)),
            _leverage(report),
        )
    write_workbook(path, book)


def _findings(located: Sequence[LocatedFinding]) -> Iterator[list[Value]]:
    from align.formats.workbooks import marked_text

    for each in located:
        finding = each.finding
        ink = _INKS[finding.severity]
        yield [
            finding.severity,
            finding.check,
            finding.language,
            finding.source_segments.start,
            marked_text(finding.source_text, finding.source_span, ink),
            marked_text(finding.target_text, finding.target_span, ink),
            finding.message,
            finding.suggestion,
            None,
            each.place.text,
            round(finding.confidence, 3),
            finding.fingerprint,
        ]


def _dress(sheet: Worksheet, findings: Sequence[Finding], source_language: str) -> None:
    """Colours severities, sets each text in its direction, and lets verdicts be chosen."""
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    from align.formats.workbooks import text_alignment

    for row, finding in enumerate(findings, start=2):
        severity = sheet.cell(row, _PLACE["severity"])
        severity.fill = PatternFill("solid", fgColor=_FILLS[finding.severity])
        sheet.cell(row, _PLACE["source"]).alignment = text_alignment(source_language)
        for head in ("target", "suggestion"):
            sheet.cell(row, _PLACE[head]).alignment = text_alignment(finding.language)
    if findings:
        choice = DataValidation(type="list", formula1=f'"{",".join(VERDICTS)}"', allow_blank=True)
        choice.error = "Choose one of the list, or leave the cell empty."
        choice.errorTitle = "Verdict"
        column = get_column_letter(_PLACE["verdict"])
        choice.add(f"{column}2:{column}{len(findings) + 1}")
        sheet.add_data_validation(choice)


def _text(report: CheckReport, language: str) -> Iterator[list[Value]]:
    article = report.article
    source, target = article.editions[article.pivot], article.editions[language]
    found: dict[tuple[object, object], int] = {}
    for finding in report.findings:
        if finding.language == language:
            place = finding.source_segments, finding.target_segments
            found[place] = found.get(place, 0) + 1
    for bead in article.alignments[language]:
        yield [
            bead.source.start,
            source.text_of(bead.source),
            target.text_of(bead.target),
            found.get((bead.source, bead.target)),
            None if bead.confidence is None else round(bead.confidence, 3),
        ]


def _leverage(report: CheckReport) -> Iterator[list[Value]]:
    for language, leverage in report.leverage.items():
        for band, (segments, words) in leverage.bands.items():
            yield [language, band, segments, words]
