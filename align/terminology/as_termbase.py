"""From what was found of an article's key terms to a termbase to go on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.termbases.model import Termbase, TermbaseEntry, TermbaseTerm, one_line
from align.terminology.divergences.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from align.findings import Finding
    from align.terminology.model import RenderedTerm, Rendering, TermReport

_LIKELIER = 0.5


def termbase_of(report: TermReport) -> Termbase:
    """Makes a termbase of a report: a concept a term, its main rendering preferred.

    The term is preferred and its variants in the text are admitted; of each language the main
    rendering is preferred and the others are admitted, but for those that are likelier wrong than
    right: a termbase that permits them would let every sentence pass. A rendering that findings of
    severity warning or above speak against carries the first one's message as its note, so that
    whoever edits the termbase can decide; one that a termbase forbids (an error) is deprecated.
    Terms without a rendering in any language are left out.

    Args:
        report: What `align.terms` returned.

    Returns:
        The termbase, its entries in the order of the report's terms.
    """
    against: dict[tuple[str, str, str], Finding] = {}
    for finding in report.findings:
        kind = KINDS.get(finding.kind)
        if kind and kind.against_rendering and finding.severity != "note" and finding.rendering:
            against.setdefault((finding.term, finding.language, finding.rendering), finding)
    entries: list[TermbaseEntry] = []
    for rendered in report.terms:
        if not any(rendered.renderings.values()):
            continue
        entries.append(
            TermbaseEntry(
                identifier=f"t{len(entries) + 1}",
                terms=tuple(_terms(rendered, report.pivot, report.languages, against)),
            )
        )
    return Termbase(tuple(entries), report.title)


def _terms(
    rendered: RenderedTerm,
    pivot: str,
    languages: tuple[str, ...],
    against: Mapping[tuple[str, str, str], Finding],
) -> Iterator[TermbaseTerm]:
    term = rendered.term
    yield TermbaseTerm(term.text, pivot, "preferred")
    seen = {one_line(term.text).casefold()}
    for variant in term.variants:
        key = one_line(variant).casefold()
        if key and key not in seen:
            seen.add(key)
            yield TermbaseTerm(variant, pivot, "admitted")
    for language in languages:
        for place, rendering in enumerate(_sure(rendered, language)):
            finding = next(
                (
                    against[term.text, language, form]
                    for form in (rendering.text, *rendering.forms)
                    if (term.text, language, form) in against
                ),
                None,
            )
            forbidden = (
                finding is not None and finding.kind == "termbase" and finding.severity == "error"
            )
            yield TermbaseTerm(
                text=rendering.text,
                language=language,
                status="deprecated" if forbidden else "admitted" if place else "preferred",
                note="" if finding is None else finding.message,
            )


def _sure(rendered: RenderedTerm, language: str) -> list[Rendering]:
    """The renderings of which some place is likelier right than wrong, the commonest first."""
    sure = {
        occurrence.form
        for occurrence in rendered.occurrences.get(language, ())
        if occurrence.probability >= _LIKELIER
    }
    return [
        rendering
        for rendering in rendered.renderings.get(language, ())
        if sure.intersection(rendering.forms)
    ]
