"""Where the findings of a report stand, which every format says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.checks.model import CheckReport
    from align.checks.places import Place
    from align.edition import Edition
    from align.findings import Finding
    from align.text import Span


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding and where it stands.

    Attributes:
        finding: The finding.
        place: Where it stands in the translation's file.
        source_paragraph: Index of the block of the source that it starts in, or, where the source
            has nothing, of the block before the gap; None in an empty text.
        target_paragraph: Index of the block of the translation likewise.
    """

    finding: Finding
    place: Place
    source_paragraph: int | None
    target_paragraph: int | None


def located_findings(report: CheckReport) -> list[LocatedFinding]:
    """The findings of a report, in its order, with their places."""
    from align.checks.places import place_of

    article = report.article
    source = article.editions[article.pivot]
    return [
        LocatedFinding(
            finding,
            place_of(article, finding.language, finding),
            _paragraph(source, finding.source_segments),
            _paragraph(article.editions[finding.language], finding.target_segments),
        )
        for finding in report.findings
    ]


def _paragraph(edition: Edition, span: Span) -> int | None:
    segments = edition.segments
    if not segments:
        return None
    first = span.start if len(span) else max(span.start - 1, 0)
    return segments[min(first, len(segments) - 1)].block
