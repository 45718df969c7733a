"""What was found of an article's terms as a workbook: the termbase, divergences, every place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.formats.registry import TERM_WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.terminology.model import TermReport

_FINDINGS = (
    ("severity", 10),
    ("kind", 16),
    ("language", 10),
    ("term", 24),
    ("rendering", 24),
    ("expected", 24),
    ("message", 60),
    ("source text", 60),
    ("target text", 60),
    ("segment", 9),
    ("confidence", 11),
)
_PLACES = (
    ("term", 24),
    ("language", 10),
    ("rendering", 24),
    ("form", 24),
    ("mention", 24),
    ("source text", 60),
    ("target text", 60),
    ("segment", 9),
    ("probability", 11),
)


@TERM_WRITERS.register(
    "xlsx",
    "terms, divergences and places as a workbook",
    endings=(".xlsx",),
    is_binary=True,
)
def write_terms_xlsx(path: Path | str, report: TermReport) -> None:
    """Writes a report as a workbook of three sheets.

    `Terms` is the termbase that `termbase_of` makes of the report, to be edited and given back to
    `align terms --termbase`; `Divergences` and `Places` have a row each.

    Args:
        path: The file; `-` is standard output.
        report: What `align.terms` returned.

    Raises:
        InputError: If a text is too long for a cell.
        OutputError: If the file cannot be written.
    """
    from align.formats.termbases.xlsx import add_termbase_sheet
    from align.formats.workbooks import add_sheet, new_workbook, write_workbook
    from align.terminology.as_termbase import termbase_of

    book = new_workbook()
    add_termbase_sheet(book, termbase_of(report))
    add_sheet(book, "Divergences", _FINDINGS, _findings(report))
    add_sheet(book, "Places", _PLACES, _places(report))
    write_workbook(path, book)


def _findings(report: TermReport) -> Iterator[list[str | int | float | None]]:
    for finding in report.findings:
        yield [
            finding.severity,
            finding.kind,
            finding.language,
            finding.term,
            finding.rendering,
            finding.suggestion,
            finding.message,
            finding.source_text,
            finding.target_text,
            finding.segment,
            round(finding.confidence, 3),
        ]


def _places(report: TermReport) -> Iterator[list[str | int | float | None]]:
    for rendered in report.terms:
        for language, occurrences in rendered.occurrences.items():
            for occurrence in occurrences:
                rendering = rendered.rendering_of(language, occurrence)
                yield [
                    rendered.term.text,
                    language,
                    None if rendering is None else rendering.text,
                    occurrence.form,
                    occurrence.mention.text,
                    occurrence.source_text,
                    occurrence.target_text,
                    occurrence.mention.segment,
                    round(occurrence.probability, 3),
                ]
