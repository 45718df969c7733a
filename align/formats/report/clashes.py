"""The divergences of a page of terms: by term, and each clash of two renderings told once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.findings import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from align.findings import Severity
    from align.terminology.model import TermFinding, TermReport

_BETWEEN_LANGUAGES = "across-languages"  # the kind that says of two editions what it says of each


@dataclass(frozen=True, slots=True)
class Clash:
    """What diverges, and everywhere it does: the two directions of a clash are one.

    Attributes:
        places: The findings that say it, each with its number in the report, the gravest first.
    """

    places: tuple[tuple[int, TermFinding], ...]

    @property
    def finding(self) -> TermFinding:
        """The finding that tells it."""
        return self.places[0][1]

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.finding.severity


@dataclass(frozen=True, slots=True)
class TermClashes:
    """All that diverges of one term, the gravest first."""

    term: str
    clashes: tuple[Clash, ...]

    @property
    def graver(self) -> tuple[Clash, ...]:
        """Those that are more than notes."""
        return tuple(each for each in self.clashes if each.severity != "note")

    @property
    def notes(self) -> tuple[Clash, ...]:
        """The notes."""
        return tuple(each for each in self.clashes if each.severity == "note")


def clashes_by_term(report: TermReport) -> list[TermClashes]:
    """The findings of a report, gathered by term; terms come in the order of their gravest."""
    main_form = _main_forms(report)
    clashes: dict[Hashable, list[tuple[int, TermFinding]]] = {}
    for number, finding in _gravest_first(report.findings):
        clashes.setdefault(_key(finding, main_form), []).append((number, finding))
    terms: dict[str, list[Clash]] = {}
    for places in clashes.values():
        terms.setdefault(places[0][1].term, []).append(Clash(tuple(places)))
    return [TermClashes(term, tuple(each)) for term, each in terms.items()]


def _gravest_first(findings: Iterable[TermFinding]) -> list[tuple[int, TermFinding]]:
    return sorted(enumerate(findings), key=lambda each: SEVERITIES.index(each[1].severity))


def _main_forms(report: TermReport) -> dict[tuple[str, str], str]:
    """For each language and form of a rendering, the form that stands for all."""
    return {
        (language, form): rendering.text
        for rendered in report.terms
        for language, renderings in rendered.renderings.items()
        for rendering in renderings
        for form in (rendering.text, *rendering.forms)
    }


def _key(finding: TermFinding, main_form: dict[tuple[str, str], str]) -> Hashable:
    """What is alike for findings that say the same, from whichever side."""
    one, other = (
        form and main_form.get((finding.language, form), form)
        for form in (finding.rendering, finding.expected)
    )
    if finding.kind == _BETWEEN_LANGUAGES:
        return finding.kind, finding.term, frozenset((finding.rendering, finding.expected))
    if one and other and one != other:
        return finding.kind, finding.language, frozenset((one, other))
    return finding.kind, finding.language, finding.term, one, other
