"""An aligned article: its editions, how each is aligned with the pivot, and the units of all.

This is what `align.build` returns, what the alignment file holds, and what every export reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.beads import Alignment
from align.units import TranslationUnit, join_units

if TYPE_CHECKING:
    from align.edition import Edition


@dataclass(frozen=True, slots=True)
class AlignedArticle:
    """An article in several languages with its alignments and translation units.

    Attributes:
        name: Short name, used for the files written (the folder's name).
        title: The article's title.
        licence: The licence of the text, if the corpus states one.
        pivot: Language of the edition that all others are aligned to.
        editions: The editions by language, the pivot first.
        alignments: For each language but the pivot, its alignment; the pivot is the source.
        units: The alignments joined through the pivot, in the order of the pivot text.
        min_confidence: Beads below it join no unit and stay out of translation memories.
        signature: Version, encoder and settings that made it, so that figures can be reproduced.
        parts: Where it is of several files: the name of each, and its first pivot segment.
        review: What reviewers did to it, in a few words; None where nobody did.
    """

    name: str
    title: str
    licence: str | None
    pivot: str
    editions: Mapping[str, Edition]
    alignments: Mapping[str, Alignment]
    units: tuple[TranslationUnit, ...]
    min_confidence: float
    signature: str
    parts: tuple[tuple[str, int], ...] = ()
    review: str | None = None


def in_one_language(article: AlignedArticle, language: str) -> AlignedArticle:
    """The article with one of its translations only, and the units of that pair.

    Args:
        article: The article.
        language: One of those that are aligned with the pivot.
    """
    editions = {tag: article.editions[tag] for tag in (article.pivot, language)}
    alignments = {language: article.alignments[language]}
    units = join_units(
        editions, alignments, pivot=article.pivot, min_confidence=article.min_confidence
    )
    return replace(article, editions=editions, alignments=alignments, units=tuple(units))


def part_of(parts: Sequence[tuple[str, int]], segment: int) -> tuple[str, int]:
    """The file that a segment is of, and its number in that.

    >>> part_of([("one.tmx", 0), ("two.tmx", 40)], 42)
    ('two.tmx', 2)
    """
    name, first = next((part for part in reversed(parts) if part[1] <= segment), ("", 0))
    return name, segment - first
