"""The passages of a language pair cut into words, and where mentions of terms lie in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.beads import Bead
from align.languages import join_segments
from align.passages import Passage, passages_of
from align.terminology.words import words_of
from align.text import Span, join_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.article import AlignedArticle
    from align.terminology.model import Mention
    from align.terminology.words import Word


@dataclass(frozen=True, slots=True)
class CutPassage(Passage):
    """A passage, its two sides cut into words.

    Attributes:
        source_words: The words of the pivot side.
        target_words: The words of the other side.
    """

    source_words: tuple[Word, ...]
    target_words: tuple[Word, ...]


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


class CutPassages:
    """The passages of the pivot and one language that have pivot text and are not too long.

    Args:
        article: The aligned article.
        language: The other language.
    """

    def __init__(self, article: AlignedArticle, language: str) -> None:
        pivot, edition = article.editions[article.pivot], article.editions[language]
        self._texts = [segment.text for segment in pivot.segments]
        other = [segment.text for segment in edition.segments]
        beads = [
            passage.bead
            for passage in passages_of(pivot, edition, article.alignments[language])
            if len(passage.bead.source) and not passage.is_too_long
        ]
        self._joined = [
            join_text([self._texts[i] for i in bead.source], article.pivot) for bead in beads
        ]
        targets = [join_segments((other[i] for i in bead.target), language) for bead in beads]
        sources = [joined.text for joined in self._joined]
        self.passages = [
            CutPassage(
                bead,
                source=source,
                target=target,
                source_words=source_words,
                target_words=target_words,
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
        passage, joined = self.passages[index], self._joined[index]
        place = mention.segment - passage.bead.source.start
        start = joined.starts[place]
        offsets = _offsets(self._texts[mention.segment], joined.text[start : joined.stops[place]])
        span = Span(start + offsets[mention.span.start], start + offsets[mention.span.stop - 1] + 1)
        inside = [
            number
            for number, word in enumerate(passage.source_words)
            if word.start < span.stop and word.stop > span.start
        ]
        return Located(index, span, (inside[0], inside[-1])) if inside else None

    def missing(self, mention: Mention) -> CutPassage:
        """The passage of a mention that lies in none: its segment with nothing beside it."""
        segment = mention.segment
        bead = Bead(Span(segment, segment + 1), Span(0, 0))
        return CutPassage(bead, self._texts[segment], "", (), ())


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
