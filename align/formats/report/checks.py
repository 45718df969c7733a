"""The page of checks: source and translation side by side, with what was found in its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from align.findings import SEVERITIES
from align.formats.registry import FINDING_WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from align.beads import Bead
    from align.checks.model import CheckReport
    from align.checks.places import Place
    from align.edition import Edition
    from align.findings import Finding, Severity
    from align.formats.findings.located import LocatedFinding
    from align.text import Span

MOST_ROWS = 2_000
"""Passages of a translation up to which the page shows them all, not only those around findings."""

_AROUND = 2  # passages shown before and after one with findings, in longer texts

_FEW = 0.5  # of the passages, with findings: the page opens with these alone

_WORD = re.compile(r"\w*")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that the same findings are about.

    Attributes:
        text: The text.
        findings: Numbers of the findings whose span it lies in.
        severity: The gravest of theirs; None where there are none.
        refers: Numbers of findings that are to be named after it, for their span has ended.
    """

    text: str
    findings: tuple[int, ...] = ()
    severity: Severity | None = None
    refers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a passage.

    Attributes:
        runs: Its text, cut where spans of findings begin and end; none where it has no text.
        segments: Its segments' numbers as the page shows them (`12` or `12–13`).
        kind: What the block is that it stands in.
        begins_block: Whether it opens that block.
    """

    runs: tuple[Run, ...]
    segments: str
    kind: str
    begins_block: bool


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding with what the page says of it.

    Attributes:
        number: What it is called within its translation, from 1.
        finding: The finding.
        place: Where it is in the translation's file, where that is known: `line 3`, `page 3`.
        message: The message in parts; every second one stands between quotation marks.
    """

    number: int
    finding: Finding
    place: str | None
    message: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as a row of the table.

    Attributes:
        number: Number of its bead.
        source: The source side.
        target: The target side.
        findings: What was found in it.
        severity: The gravest of theirs; None where nothing was found.
        doubtful: The bead's confidence where it is too low for findings to be shown.
        left_out: How many passages without findings are left out before it.
    """

    number: int
    source: Side
    target: Side
    findings: tuple[ShownFinding, ...]
    severity: Severity | None
    doubtful: float | None
    left_out: int


@FINDING_WRITERS.register("html", "a page to read", endings=(".html", ".htm"))
def write_check_page(path: Path | str, report: CheckReport) -> None:
    """Writes what checks found as one HTML page that needs nothing else, not even a network.

    Source and translation stand side by side in reading order; each finding stands beside its
    passage, what it is about is marked on both sides. A reader judges findings in the page, which
    saves those that are accepted as a baseline. The page says what was checked too, what
    could not be, and what a memory has of the text. It works without scripts, on paper and in the
    dark. Of a text of more than `MOST_ROWS` passages it shows those around findings.

    Args:
        path: The file; `-` is standard output.
        report: What `align.check` returned.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.checks.fingerprints import fingerprints
    from align.formats.findings.located import located_findings
    from align.formats.report.page import shown_language, write_page

    named = zip(report.findings, fingerprints(report.findings), strict=True)
    report = replace(report, findings=tuple(replace(one, fingerprint=name) for one, name in named))
    located: dict[str, list[LocatedFinding]] = {}
    for each in located_findings(report):
        located.setdefault(each.finding.language, []).append(each)
    source = report.article.editions[report.article.pivot]
    rows = {tag: rows_of(report, tag, located.get(tag, ())) for tag in report.languages}
    translations = [
        {
            **shown_language(tag),
            "file": report.article.editions[tag].file,
            "passages": len(report.article.alignments[tag]),
            "counts": severity_counts(each.finding for each in located.get(tag, ())),
            "rows": rows[tag],
            "leverage": report.leverage.get(tag),
        }
        for tag in report.languages
    ]
    write_page(
        path,
        "checks",
        report=report,
        source={**shown_language(source.language), "file": source.file},
        translations=translations,
        few=_are_few(row for some in rows.values() for row in some),
        counts=severity_counts(report.findings),
        checks=_checks(report),
        held_back=sum(report.held_back.values()),
    )


def severity_counts(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings have each severity, the gravest first, those without any too."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def _are_few(rows: Iterable[Row]) -> bool:
    """Whether so few passages have findings that they are read without the others."""
    having = [bool(row.findings) for row in rows]
    return any(having) and sum(having) <= _FEW * len(having)


def _checks(report: CheckReport) -> list[dict[str, Any]]:
    """What the page says of each check that was asked for."""
    from align.checks.registry import CHECKS

    summaries = {check.name: check.documentation.summary for check in CHECKS}
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.check, []).append(finding)
    return [
        {
            "name": name,
            "summary": summaries.get(name, ""),
            "not_run": report.not_run.get(name),
            "counts": severity_counts(found.get(name, ())),
            "found": len(found.get(name, ())),
            "held_back": report.held_back.get(name, 0),
        }
        for name in dict.fromkeys([*report.checks, *found, *report.not_run])
    ]


def rows_of(report: CheckReport, language: str, located: Sequence[LocatedFinding]) -> list[Row]:
    """The rows of one translation, in the order of the source.

    Args:
        report: The report.
        language: BCP 47 tag of the translation.
        located: The findings of that language, in the report's order.
    """
    from align.formats.report.page import message_parts

    article = report.article
    beads = article.alignments[language].beads
    source, target = article.editions[article.pivot], article.editions[language]
    row_of = _Rows(beads)
    found: dict[int, list[ShownFinding]] = {}
    for number, each in enumerate(located, start=1):
        shown = ShownFinding(
            number,
            each.finding,
            _place(each.place),
            message_parts(each.finding.message),
        )
        found.setdefault(row_of(each.finding), []).append(shown)
    rows, previous = [], -1
    for number in _shown_numbers(len(beads), found):
        bead, findings = beads[number], tuple(found.get(number, ()))
        low = bead.confidence is not None and bead.confidence < article.min_confidence
        rows.append(
            Row(
                number,
                _side(source, bead.source, findings, of_source=True),
                _side(target, bead.target, findings, of_source=False),
                findings,
                _gravest(each.finding.severity for each in findings),
                bead.confidence if low else None,
                number - previous - 1,
            )
        )
        previous = number
    return rows


class _Rows:
    """Finds the row of a finding: its own bead's."""

    def __init__(self, beads: Sequence[Bead]) -> None:
        self._of_bead = {(bead.source, bead.target): number for number, bead in enumerate(beads)}
        self._of_source = {i: number for number, bead in enumerate(beads) for i in bead.source}
        self._of_target = {i: number for number, bead in enumerate(beads) for i in bead.target}

    def __call__(self, finding: Finding) -> int:
        number = self._of_bead.get((finding.source_segments, finding.target_segments))
        if number is not None:
            return number
        for segments, rows in (
            (finding.target_segments, self._of_target),
            (finding.source_segments, self._of_source),
        ):
            if len(segments):
                return rows[segments.start]
        return 0


def _place(place: Place | None) -> str | None:
    if place is None:
        return None
    return place.landmark or (f"line {place.line}" if place.line else None)


def _shown_numbers(size: int, found: Mapping[int, object]) -> Iterable[int]:
    if size <= MOST_ROWS:
        return range(size)
    near = {n for row in found for n in range(row - _AROUND, row + _AROUND + 1)}
    return sorted(n for n in near if 0 <= n < size)


def _side(
    edition: Edition, span: Span, findings: Sequence[ShownFinding], *, of_source: bool
) -> Side:
    from align.languages.profile import profile

    segments = edition.segments
    text = edition.text_of(span)
    spans = []
    for each in findings:
        finding = each.finding
        about = finding.source_span if of_source else finding.target_span
        of_text = finding.source_text if of_source else finding.target_text
        if about is not None and of_text == text:
            spans.append((about, each.number, finding.severity))
    first = segments[span.start] if len(span) else None
    return Side(
        runs=marked_runs(text, spans, by_words=profile(edition.language).spaced),
        segments=shown_segments(span),
        kind=edition.document.blocks[first.block].kind if first else "paragraph",
        begins_block=first is not None
        and (span.start == 0 or segments[span.start - 1].block != first.block),
    )


def shown_segments(span: Span) -> str:
    """The numbers of segments as people write them, counted from 1.

    >>> from align.text import Span
    >>> shown_segments(Span(3, 4)), shown_segments(Span(3, 5)), shown_segments(Span(3, 3))
    ('4', '4–5', '')
    """
    if not len(span):
        return ""
    return str(span.stop) if len(span) == 1 else f"{span.start + 1}–{span.stop}"


def marked_runs(
    text: str, spans: Sequence[tuple[Span, int, Severity]], *, by_words: bool = True
) -> tuple[Run, ...]:
    """Cuts a text where spans begin and end; they may overlap and be empty.

    Args:
        text: The text.
        spans: Each with the number and the severity of its finding.
        by_words: Name a finding after the word that its span ends in, never inside it, which
            would tear apart letters that are joined.

    >>> from align.text import Span
    >>> for run in marked_runs("a wrong word", [(Span(2, 7), 1, "error")]):
    ...     print(run)
    Run(text='a ', findings=(), severity=None, refers=())
    Run(text='wrong', findings=(1,), severity='error', refers=(1,))
    Run(text=' word', findings=(), severity=None, refers=())
    """
    if not text:
        return ()
    refers: dict[int, list[int]] = {}
    for span, number, _ in spans:
        match = _WORD.match(text, span.stop) if by_words else None
        refers.setdefault(match.end() if match else span.stop, []).append(number)
    edges = {0, len(text), *refers}
    edges.update(edge for span, *_ in spans for edge in (span.start, span.stop))
    cuts = sorted(edges)
    runs = [Run("", refers=tuple(refers[0]))] if 0 in refers else []
    for start, stop in pairwise(cuts):
        inside = [each for each in spans if each[0].start <= start and stop <= each[0].stop]
        runs.append(
            Run(
                text[start:stop],
                tuple(number for _, number, _ in inside),
                _gravest(severity for *_, severity in inside),
                tuple(refers.get(stop, ())),
            )
        )
    return tuple(runs)


def _gravest(severities: Iterable[Severity]) -> Severity | None:
    return min(severities, key=SEVERITIES.index, default=None)
