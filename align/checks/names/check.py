"""Says where a name is not written as it is known, or is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.base import Check, register
from align.checks.names.misspellings import misspellings
from align.checks.names.replaced import replacements
from align.checks.terms.usages import usages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.checks.names.misspellings import Misspelling
    from align.checks.names.replaced import Replacement
    from align.checks.terms.usages import Usage
    from align.findings import Finding
    from align.passages import Passage
    from align.text import Span

_PLACES = 3  # of the text itself that have to agree, for one that does not to be a warning
_SURE_SIMILARITY = 0.75  # from this on what is close is a misspelling, not another name,
_SURE_IF_KNOWN = 0.7  # and from this if the termbase or the memory has the name


@register
class NamesCheck(Check):
    """A name misspelt, written in two ways, or missing.

    What:
        Each person, place, organisation and abbreviation of the source is looked for as the
        termbase, the memory or else its other places in the text have it. Where that does not stand
        in the translation, but something close to it does, this is a warning; an error where the
        termbase permits one rendering only. So are two letters that changed places, and a country
        or city for which another stands. A name for which nothing stands is a note.

    Why:
        Names are what readers search for, and what nobody can guess back from a slip. Inflected
        forms are no misspellings, nor are adjectives made of names.

    Example:
        “Castellani” is “Кастелани” in the translation, “Кастеллани” in the memory

    Silence:
        Put both spellings into the termbase, or accept the finding in the baseline.
    """

    name = "names"
    subject = "terms"
    rank = 10

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Misspelt and missing names."""
        told = set()
        for each in misspellings(translation):
            told.add((each.passage, each.source_span))
            yield _finding(translation, each)
        for replaced in replacements(translation):
            if (replaced.passage, replaced.source_span) not in told:
                told.add((replaced.passage, replaced.source_span))
                yield _replaced(translation, replaced)
        for usage in usages(translation):
            if usage.term.kind in ("name", "abbreviation"):
                yield from _missing(translation, usage, told)


def _finding(translation: Translation, each: Misspelling) -> Finding:
    wrong = each.passage.target[each.close.span.slice]
    name = each.passage.source[each.source_span.slice]
    where = {
        "termbase": "the termbase has",
        "memory": "the memory has",
        "text": "elsewhere it is",
        "source": "the source has",
        "sound": "as it sounds it is",
    }[each.known.origin]
    least = _SURE_SIMILARITY if each.known.origin == "text" else _SURE_IF_KNOWN
    sure = each.close.similarity >= least
    few = each.known.origin == "text" and each.known.count < _PLACES
    return translation.finding(
        "names",
        "error" if each.only else "note" if few or not sure else "warning",
        each.passage,
        f"“{wrong}” for “{name}” seems misspelt: {where} “{each.close.better}”",
        confidence=0.5 if few else each.close.similarity,
        source_span=each.source_span,
        target_span=each.close.span,
        suggestion=each.close.better,
    )


def _replaced(translation: Translation, each: Replacement) -> Finding:
    name = each.passage.source[each.source_span.slice]
    other = each.passage.target[each.target_span.slice]
    return translation.finding(
        "names",
        "warning",
        each.passage,
        f"“{other}” seems to stand for “{name}”, which is another name",
        confidence=0.85 if each.is_known else 0.6,
        source_span=each.source_span,
        target_span=each.target_span,
    )


def _missing(
    translation: Translation, usage: Usage, told: set[tuple[Passage, Span]]
) -> Iterator[Finding]:
    """Mentions for which nothing stands in the translation."""
    passages = {s: p for p in translation.passages for s in p.bead.source}
    for each in usage.here:
        passage = passages.get(each.mention.segment)
        if passage is None or not passage.is_aligned or passage.source != each.source_text:
            continue
        if (passage, each.source_span) in told or passage.source == passage.target:
            continue
        if each.target_span is None:
            yield translation.finding(
                "names",
                "note",
                passage,
                f"nothing seems to stand for “{each.mention.text}”",
                confidence=each.probability,
                source_span=each.source_span,
            )
