"""The page of terms: what renders each in every edition, where renderings part, and the places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.findings import SEVERITIES
from align.formats.excerpts import Keyword, cut, keyword, reach_of
from align.formats.registry import TERM_WRITERS
from align.terminology.divergences.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from align.findings import Finding, Severity
    from align.terminology.model import (
        Occurrence,
        RenderedTerm,
        Rendering,
        Term,
        TermReport,
    )
    from align.text import Span

# Lower bounds of the levels that agreement is coloured by, above 1 (nothing found).
_AGREEMENT = (
    (2, 0.0, "fewer than half"),
    (3, 0.5, "half or more"),
    (4, 0.75, "three quarters or more"),
    (5, 1.0, "all mentions"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the concordance: a mention and what renders it.

    Attributes:
        segment: Number of the pivot segment.
        source: The mention in context.
        target: The rendering in context; None where none was found.
        target_text: The text in which none was found, cut short; empty where there is none.
        finding: Number of a finding at this place, if any.
        severity: How bad that is.
    """

    segment: int
    source: Keyword
    target: Keyword | None
    target_text: str
    finding: int | None
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one rendering; those without any have no text."""

    text: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in one language.

    Attributes:
        language: The language's tag.
        main: The commonest rendering, if any.
        share: Its share of the mentions that have a counterpart.
        mentions: How many those are.
        others: How many other renderings there are.
        not_found: How many mentions with a counterpart have no rendering.
        level: Level of agreement, 5 where all agree to 1 where nothing was found; 0 where no
            mention has a counterpart.
        flags: For each severity that findings here have, how many have it.
        groups: The concordance.
    """

    language: str
    main: Rendering | None
    share: float
    mentions: int
    others: int
    not_found: int
    level: int
    flags: Mapping[Severity, int]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A term in all languages."""

    number: int
    term: Term
    cells: tuple[Cell, ...]

    @property
    def is_flagged(self) -> bool:
        """Whether a finding of severity warning or above is about it."""
        return any(set(cell.flags) - {"note"} for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding, with the whole text of its bead on both sides and its message in parts."""

    number: int
    finding: Finding
    row: int | None
    source: Keyword
    target: Keyword | None
    message: tuple[str, ...]


@TERM_WRITERS.register("html", "a page to read", endings=(".html", ".htm"))
def write_term_page(
    path: Path | str, report: TermReport, *, alignment_page: str | None = None
) -> None:
    """Writes an article's terms as one HTML page that needs nothing else, not even a network.

    Divergences come first, then a table of terms and languages with each main rendering and its
    share, then every place as keyword in context. It works without scripts, on paper and in the
    dark.

    Args:
        path: The file; `-` is standard output.
        report: What `align.terms` returned.
        alignment_page: Address of the report of the article's alignment, relative to this page, to
            link to.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.report.page import message_parts, shown_language, write_page

    rows = rows_of(report)
    number_of = {row.term.text: row.number for row in rows}
    counts = Counter(finding.severity for finding in report.findings)
    write_page(
        path,
        "terms",
        report=report,
        pivot=shown_language(report.pivot),
        languages={tag: shown_language(tag) for tag in report.languages},
        rows=rows,
        findings=[
            ShownFinding(
                number,
                finding,
                number_of.get(finding.term),
                _whole(finding.source_text, finding.source_span),
                None
                if finding.target_span is None
                else _whole(finding.target_text, finding.target_span),
                message_parts(finding.message),
            )
            for number, finding in enumerate(report.findings)
        ],
        counts={severity: counts[severity] for severity in SEVERITIES},
        finding_languages=[
            tag for tag in report.languages if any(f.language == tag for f in report.findings)
        ],
        kind_names={kind: _title(kind) for kind in {each.kind for each in report.findings}},
        alignment_page=alignment_page,
        levels=[(level, name) for level, _, name in reversed(_AGREEMENT)],
    )


def _title(kind: str) -> str:
    """What the page calls a kind of divergence; a file may have one that is not known here."""
    return KINDS[kind].title if kind in KINDS else kind


def rows_of(report: TermReport) -> list[Row]:
    """The terms as the page's table shows them."""
    findings: dict[tuple[str, str], list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(report.findings):
        findings.setdefault((finding.term, finding.language), []).append((number, finding))
    return [
        Row(
            number,
            rendered.term,
            tuple(
                _cell(
                    rendered,
                    report.pivot,
                    language,
                    findings.get((rendered.term.text, language), []),
                )
                for language in report.languages
            ),
        )
        for number, rendered in enumerate(report.terms)
    ]


def _cell(
    rendered: RenderedTerm, pivot: str, language: str, findings: list[tuple[int, Finding]]
) -> Cell:
    renderings = rendered.renderings.get(language, ())
    occurrences = rendered.occurrences.get(language, ())
    mentions = sum(bool(each.target_text) for each in occurrences)
    main = renderings[0] if renderings else None
    share = rendered.share(language, main) if main else 0.0
    flags = Counter(finding.severity for _, finding in findings)
    groups: dict[str | None, list[Line]] = {each.text: [] for each in renderings}
    for occurrence in occurrences:
        rendering = rendered.rendering_of(language, occurrence)
        line = _line(occurrence, pivot, language, findings)
        groups.setdefault(rendering.text if rendering else None, []).append(line)
    if None in groups:
        groups[None] = groups.pop(None)  # last
    return Cell(
        language=language,
        main=main,
        share=share,
        mentions=mentions,
        others=max(len(renderings) - 1, 0),
        not_found=sum(each.target_span is None for each in occurrences if each.target_text),
        level=agreement_level(share) if mentions else 0,
        flags={severity: flags[severity] for severity in SEVERITIES if flags[severity]},
        groups=tuple(Group(text, tuple(lines)) for text, lines in groups.items() if lines),
    )


def agreement_level(share: float) -> int:
    """The level, 5 (all agree) to 1 (nothing found), that a share is coloured by.

    >>> [agreement_level(share) for share in (0, 0.2, 0.5, 0.8, 1)]
    [1, 2, 3, 4, 5]
    """
    if share <= 0:
        return 1
    return max(level for level, least, _ in _AGREEMENT if share >= least)


def _line(
    occurrence: Occurrence,
    pivot: str,
    language: str,
    findings: list[tuple[int, Finding]],
) -> Line:
    found = next(
        (
            (number, finding.severity)
            for number, finding in findings
            if finding.segment == occurrence.mention.segment
            and finding.source_text == occurrence.source_text
            and finding.source_span == occurrence.source_span
        ),
        (None, None),
    )
    span = occurrence.target_span
    text = occurrence.target_text
    return Line(
        segment=occurrence.mention.segment,
        source=keyword(occurrence.source_text, occurrence.source_span, reach_of(pivot)),
        target=None if span is None else keyword(text, span, reach_of(language)),
        target_text=cut(text, 2 * reach_of(language)),
        finding=found[0],
        severity=found[1],
    )


def _whole(text: str, span: Span) -> Keyword:
    return Keyword(text[: span.start], text[span.slice], text[span.stop :])
