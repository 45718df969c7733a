"""A text read together with what the memory has of its terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from align.beads import Alignment, Bead
from align.checks.terms.lexicon import Lexicon
from align.segmentation import Segment
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.article import AlignedArticle
    from align.edition import Edition
    from align.units import TranslationUnit

_UNITS_A_TERM = 3
"""So many places of the memory tell how it renders a term."""

_MOST_UNITS = 120


def units_with(
    terms: Iterable[str], memory: Iterable[TranslationUnit], source: str, targets: Sequence[str]
) -> list[TranslationUnit]:
    """The first units of a memory that show how it renders some terms, a few for each.

    Args:
        terms: The terms.
        memory: The memory.
        source: BCP 47 tag of the terms' language.
        targets: BCP 47 tags of the languages one of which a unit must have.

    Returns:
        The units, in the memory's order.
    """
    lexicon = Lexicon(((term, term) for term in terms), source)
    seen: Counter[str] = Counter()
    chosen: list[TranslationUnit] = []
    for unit in memory:
        text = _text(unit, source)
        if not text or not any(_text(unit, target) for target in targets):
            continue
        listed = {term for found in lexicon.find(text) for term in found.listed}
        if any(seen[term] < _UNITS_A_TERM for term in listed):
            seen.update(listed)
            chosen.append(unit)
            if len(chosen) == _MOST_UNITS:
                break
    return chosen


def extended(article: AlignedArticle, units: Sequence[TranslationUnit]) -> AlignedArticle:
    """An article with units of a memory after its end, each as a bead of its own.

    Findings about segments from there on are about the memory, not about the article.
    """
    sources = [_text(unit, article.pivot) for unit in units]
    editions = {article.pivot: _longer(article.editions[article.pivot], sources)}
    alignments = {}
    size = len(article.editions[article.pivot].segments)
    for language, alignment in article.alignments.items():
        texts = [_text(unit, language) for unit in units]
        editions[language] = _longer(article.editions[language], [t for t in texts if t])
        beads = (*alignment, *_beads(texts, size, alignment.target_size))
        alignments[language] = Alignment(beads, size + len(units), len(editions[language].segments))
    return replace(article, editions=editions, alignments=alignments)


def _beads(texts: Sequence[str], source: int, target: int) -> Iterator[Bead]:
    for text in texts:
        stop = target + bool(text)
        yield Bead(Span(source, source + 1), Span(target, stop))
        source, target = source + 1, stop


def _longer(edition: Edition, texts: Sequence[str]) -> Edition:
    """An edition with further segments, which have no place in its document."""
    end = len(edition.document.text)
    more = (Segment(text, end, end, len(edition.document.blocks)) for text in texts)
    return replace(edition, segments=(*edition.segments, *more))


def _text(unit: TranslationUnit, language: str) -> str:
    texts = (variant.text.strip() for variant in unit.in_language(language))
    return next(texts, "")
