"""How a memory renders the terms of a text: passages beside the text that show what is usual."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from align.beads import Bead
from align.terminology.cut_passages import CutPassages
from align.terminology.extraction import mentions_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.terminology.model import Term
    from align.units import TranslationUnit

_UNITS_A_TERM = 3
"""So many places of the memory tell how it renders a term."""

_MOST_UNITS = 120


def remembered(
    terms: Sequence[Term], memory: Sequence[TranslationUnit], pivot: str, language: str
) -> tuple[CutPassages, list[Term]]:
    """The units of a memory that show how it renders some terms, a few for each.

    Args:
        terms: The terms.
        memory: The memory.
        pivot: BCP 47 tag of the terms' language.
        language: BCP 47 tag of the language that they are rendered in.

    Returns:
        The passages, and the terms with their mentions in these.
    """
    pairs = [
        (source, target)
        for unit in memory
        if (source := _text(unit, pivot)) and (target := _text(unit, language))
    ]
    found = mentions_of(terms, [source for source, _ in pairs], pivot)
    terms_at: dict[int, set[int]] = defaultdict(set)
    for number, mentions in enumerate(found):
        for mention in mentions:
            terms_at[mention.segment].add(number)
    seen = [0] * len(terms)
    chosen: list[int] = []
    for segment, here in sorted(terms_at.items()):
        if len(chosen) < _MOST_UNITS and any(seen[number] < _UNITS_A_TERM for number in here):
            chosen.append(segment)
            for number in here:
                seen[number] += 1
    place = {segment: at for at, segment in enumerate(chosen)}
    sources, targets = ([pairs[segment][side] for segment in chosen] for side in (0, 1))
    beads = [Bead(Span(at, at + 1), Span(at, at + 1)) for at in range(len(chosen))]
    kept = [
        replace(
            term,
            mentions=tuple(
                replace(mention, segment=place[mention.segment])
                for mention in mentions
                if mention.segment in place
            ),
        )
        for term, mentions in zip(terms, found, strict=True)
    ]
    return CutPassages(sources, targets, beads, pivot, language), kept


def _text(unit: TranslationUnit, language: str) -> str:
    texts = (variant.text.strip() for variant in unit.in_language(language))
    return next(texts, "")
