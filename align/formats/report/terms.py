"""The page of terms: what renders each in every edition, where renderings part, and the places."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.article import part_of
from align.findings import SEVERITIES
from align.formats.excerpts import Keyword
from align.formats.registry import TERM_WRITERS
from align.terminology.divergences.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from align.findings import Severity
    from align.formats.report.clashes import Clash
    from align.terminology.model import (
        Occurrence,
        RenderedTerm,
        Rendering,
        Term,
        TermFinding,
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
    """A line of the concordance: a mention and what renders it, in whole sentences.

    Attributes:
        segment: Number of the pivot segment, from 1.
        source: The mention in context.
        target: The rendering in context; None where none was found.
        target_text: The text in which none was found; empty where there is none.
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
    def segments(self) -> list[int]:
        """The numbers of the pivot segments that mention it, from 1."""
        return sorted({mention.segment + 1 for mention in self.term.mentions})

    @property
    def agreement(self) -> float:
        """The mean share of the main renderings, of the languages that have any mention."""
        shares = [cell.share for cell in self.cells if cell.mentions]
        return sum(shares) / len(shares) if shares else 0.0

    @property
    def findings(self) -> int:
        """How many findings are about it."""
        return sum(sum(cell.flags.values()) for cell in self.cells)

    @property
    def is_flagged(self) -> bool:
        """Whether a finding of severity warning or above is about it."""
        return any(set(cell.flags) - {"note"} for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something diverges: the number of the finding, and both sides in whole sentences."""

    number: int
    finding: TermFinding
    where: str
    source: Keyword
    target: Keyword | None


@dataclass(frozen=True, slots=True)
class ShownClash:
    """What diverges, everywhere it does; its message is in parts, see `message_parts`."""

    finding: TermFinding
    kind: str
    message: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """All that diverges of a term; `row` is its row of the table, if it has one."""

    term: str
    row: int | None
    clashes: tuple[ShownClash, ...]


@TERM_WRITERS.register("html", "a page to read", endings=(".html", ".htm"))
def write_term_page(
    path: Path | str, report: TermReport, *, alignment_page: str | None = None
) -> None:
    """Writes an article's terms as one HTML page that needs nothing else, not even a network.

    A table of terms and languages comes first, with each main rendering and its share, then
    divergences by term, then every place in whole sentences. A reader searches and sorts the table,
    chooses a language, copies it or downloads it as a glossary. It works without scripts, on paper
    and in the dark.

    Args:
        path: The file; `-` is standard output.
        report: What `align.terms` returned.
        alignment_page: Address of the report of the article's alignment, relative to this page, to
            link to.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.report.clashes import clashes_by_term
    from align.formats.report.page import shown_language, write_page

    rows = rows_of(report)
    number_of = {row.term.text: row.number for row in rows}
    counts = Counter(finding.severity for finding in report.findings)
    by_term = clashes_by_term(report)
    write_page(
        path,
        "terms",
        report=report,
        pivot=shown_language(report.pivot),
        languages={tag: shown_language(tag) for tag in report.languages},
        rows=rows,
        graver=_shown(report, ((each.term, each.graver) for each in by_term), number_of),
        notes=_shown(report, ((each.term, each.notes) for each in by_term), number_of),
        counts={severity: counts[severity] for severity in SEVERITIES},
        alignment_page=alignment_page,
        levels=[(level, name) for level, _, name in reversed(_AGREEMENT)],
    )


def _shown(
    report: TermReport,
    by_term: Iterable[tuple[str, tuple[Clash, ...]]],
    number_of: Mapping[str, int],
) -> list[ShownTerm]:
    return [
        ShownTerm(term, number_of.get(term), tuple(_shown_clash(report, each) for each in clashes))
        for term, clashes in by_term
        if clashes
    ]


def _shown_clash(report: TermReport, clash: Clash) -> ShownClash:
    from align.formats.report.page import message_parts

    return ShownClash(
        clash.finding,
        _title(clash.finding.kind),
        message_parts(clash.finding.message),
        tuple(
            Place(
                number,
                finding,
                _where(report, finding.segment),
                _whole(finding.source_text, finding.source_span),
                None
                if finding.target_span is None
                else _whole(finding.target_text, finding.target_span),
            )
            for number, finding in clash.places
        ),
    )


def _where(report: TermReport, segment: int) -> str:
    """Where a segment of the pivot text stands, as people count."""
    name, number = part_of(report.parts, segment)
    return f"{name}, segment {number + 1}" if name else f"segment {number + 1}"


def _title(kind: str) -> str:
    """What the page calls a kind of divergence; a file may have one that is not known here."""
    return KINDS[kind].title if kind in KINDS else kind


def rows_of(report: TermReport) -> list[Row]:
    """The terms as the page's table shows them."""
    findings: dict[tuple[str, str], list[tuple[int, TermFinding]]] = {}
    for number, finding in enumerate(report.findings):
        findings.setdefault((finding.term, finding.language), []).append((number, finding))
    return [
        Row(
            number,
            rendered.term,
            tuple(
                _cell(rendered, language, findings.get((rendered.term.text, language), []))
                for language in report.languages
            ),
        )
        for number, rendered in enumerate(report.terms)
    ]


def _cell(rendered: RenderedTerm, language: str, findings: list[tuple[int, TermFinding]]) -> Cell:
    renderings = rendered.renderings.get(language, ())
    occurrences = rendered.occurrences.get(language, ())
    mentions = sum(bool(each.target_text) for each in occurrences)
    main = renderings[0] if renderings else None
    share = rendered.share(language, main) if main else 0.0
    flags = Counter(finding.severity for _, finding in findings)
    groups: dict[str | None, list[Line]] = {each.text: [] for each in renderings}
    for occurrence in occurrences:
        rendering = rendered.rendering_of(language, occurrence)
        line = _line(occurrence, findings)
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


def _line(occurrence: Occurrence, findings: list[tuple[int, TermFinding]]) -> Line:
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
        segment=occurrence.mention.segment + 1,
        source=_whole(occurrence.source_text, occurrence.source_span),
        target=None if span is None else _whole(text, span),
        target_text=text,
        finding=found[0],
        severity=found[1],
    )


def _whole(text: str, span: Span) -> Keyword:
    return Keyword(text[: span.start], text[span.slice], text[span.stop :])
