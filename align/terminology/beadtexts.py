"""The beads of a language pair as texts: both sides joined, cut into words, mentions located."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.languages import join_segments
from align.terminology.words import words_of
from align.text import Span, join_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.article import AlignedArticle
    from align.terminology.model import Mention
    from align.terminology.words import Word


@dataclass(frozen=True, slots=True)
class BeadText:
    """One bead: what stands on its two sides.

    Attributes:
        source: The pivot side.
        target: The other side; empty where the bead has none.
        source_segments: Indices of the pivot segments.
        target_segments: Indices of the target segments.
        source_words: The words of the pivot side.
        target_words: The words of the other side.
        confidence: The bead's confidence, where it has one.
    """

    source: str
    target: str
    source_segments: tuple[int, ...]
    target_segments: tuple[int, ...]
    source_words: tuple[Word, ...]
    target_words: tuple[Word, ...]
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Located:
    """A mention within a bead.

    Attributes:
        bead: Index of the bead.
        span: Where in the bead's source text.
        words: First and last word of it.
    """

    bead: int
    span: Span
    words: tuple[int, int]


class BeadTexts:
    """The beads of the pivot and one language that have pivot text.

    Args:
        article: The aligned article.
        language: The other language.
    """

    def __init__(self, article: AlignedArticle, language: str) -> None:
        pivot = article.editions[article.pivot]
        self._texts = [segment.text for segment in pivot.segments]
        other = [segment.text for segment in article.editions[language].segments]
        beads = [bead for bead in article.alignments[language] if len(bead.source)]
        self._joined = [
            join_text([self._texts[i] for i in bead.source], article.pivot) for bead in beads
        ]
        targets = [join_segments((other[i] for i in bead.target), language) for bead in beads]
        sources = [joined.text for joined in self._joined]
        self.beads = [
            BeadText(
                source=source,
                target=target,
                source_segments=tuple(bead.source),
                target_segments=tuple(bead.target),
                source_words=source_words,
                target_words=target_words,
                confidence=bead.confidence,
            )
            for bead, source, target, source_words, target_words in zip(
                beads,
                sources,
                targets,
                words_of(sources, article.pivot),
                words_of(targets, language),
                strict=True,
            )
        ]
        self._bead_of = {
            segment: index for index, bead in enumerate(beads) for segment in bead.source
        }

    def locate(self, mention: Mention) -> Located | None:
        """Finds a mention in its bead; None where the alignment has no bead for its segment."""
        index = self._bead_of.get(mention.segment)
        if index is None:
            return None
        bead, joined = self.beads[index], self._joined[index]
        place = mention.segment - bead.source_segments[0]
        start = joined.starts[place]
        offsets = _offsets(self._texts[mention.segment], joined.text[start : joined.stops[place]])
        span = Span(start + offsets[mention.span.start], start + offsets[mention.span.stop - 1] + 1)
        inside = [
            number
            for number, word in enumerate(bead.source_words)
            if word.start < span.stop and word.stop > span.start
        ]
        return Located(index, span, (inside[0], inside[-1])) if inside else None

    def missing(self, mention: Mention) -> BeadText:
        """The bead of a mention that lies in none: its segment alone, with nothing beside it."""
        return BeadText(self._texts[mention.segment], "", (mention.segment,), (), (), (), None)


def _offsets(raw: str, joined: str) -> Sequence[int]:
    """For each character of a segment, where it stands in its text as it was joined."""
    if raw == joined:
        return range(len(raw))
    offsets = []
    at = 0
    for character in raw:
        offsets.append(min(at, len(joined) - 1))
        standing = joined[at : at + 1]
        if character == standing or (standing == " " and character.isspace()):
            at += 1
    return offsets
