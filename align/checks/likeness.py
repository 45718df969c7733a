"""How like the words of a source are to those of its translation, by meaning and by sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.checks.word_vectors import WordVectors
from align.languages.profile import profile
from align.terminology.words import words_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.encoders.base import FloatArray
    from align.passages import Passage
    from align.terminology.words import Word

_TOGETHER = 64
"""Passages whose words are encoded in one batch."""


class PassageLikeness:
    """How like the two sides of a passage are, piece by piece.

    Args:
        passage: The passage.
        words: The words of its source and of its target.
        longest: Words of its longest piece.
        vectors: Where vectors come from.
        languages: BCP 47 tags of source and target.

    Attributes:
        passage: The passage.
        source: The words of its source.
        target: The words of its target.
        pieces: Where those of the target, and runs of a few of them, stand.
    """

    def __init__(
        self,
        passage: Passage,
        words: tuple[Sequence[Word], Sequence[Word]],
        longest: int,
        vectors: WordVectors,
        languages: tuple[str, str],
    ) -> None:
        self.passage = passage
        self.source, self.target = words
        self._vectors, self._languages = vectors, languages
        together = not profile(languages[1]).spaced
        runs = [
            run
            for size in range(1, longest + 1)
            for start in range(len(self.target) - size + 1)
            for run in [self.target[start : start + size]]
            if run[0].opens and run[-1].closes
        ]
        self.pieces = [Span(run[0].start, run[-1].stop) for run in runs]
        # Names that were cut are heard when their parts are read together.
        self._heard = [
            "".join(word.reading or word.text for word in run) if together or len(run) == 1 else ""
            for run in runs
        ]

    @property
    def texts(self) -> list[str]:
        """The words of the pieces."""
        return [self.passage.target[piece.slice] for piece in self.pieces]

    def of(self, phrases: Sequence[str], place: Span | None = None) -> FloatArray:
        """How like phrases of the source are to the pieces, shape (phrases, pieces), 0 to 1.

        Args:
            phrases: The phrases.
            place: Where the pieces stand that are looked at; all of them where not given.
        """
        from align.terminology.romanising import likeness

        pieces = [
            number
            for number, piece in enumerate(self.pieces)
            if place is None or (place.start <= piece.start and piece.stop <= place.stop)
        ]
        if not phrases or not pieces:
            return np.zeros((len(phrases), len(pieces)), dtype=np.float32)
        source, target = self._languages
        texts = self.texts
        texts, heard = [texts[at] for at in pieces], [self._heard[at] for at in pieces]
        self._vectors.learn(phrases, source)
        self._vectors.learn(texts, target)
        meaning = self._vectors.of(phrases, source) @ self._vectors.of(texts, target).T
        result: FloatArray = np.maximum(meaning, likeness(phrases, heard, target))
        return result

    def beside(self, span: Span) -> FloatArray:
        """How like each piece is to the likest word of the source outside a place of it."""
        others = [
            word.text
            for word in self.source
            if (word.opens or word.closes)
            if word.stop <= span.start or span.stop <= word.start
        ]
        result: FloatArray = self.of(others).max(axis=0, initial=0.0)
        return result


def likenesses(
    translation: Translation, passages: Sequence[Passage], *, longest: int
) -> Iterator[PassageLikeness]:
    """The likeness of some passages of a translation, in their order.

    Args:
        translation: The translation.
        passages: Some of its passages.
        longest: How many words of the translation are compared with a phrase together, at most.
    """
    languages = translation.source_language, translation.language
    vectors = WordVectors(translation.encoder)
    sources = words_of([passage.source for passage in passages], languages[0])
    targets = words_of([passage.target for passage in passages], languages[1])
    found = [
        PassageLikeness(passage, words, longest, vectors, languages)
        for passage, words in zip(passages, zip(sources, targets, strict=True), strict=True)
    ]
    for first in range(0, len(found), _TOGETHER):
        some = found[first : first + _TOGETHER]
        vectors.learn((text for each in some for text in each.texts), languages[1])
        vectors.learn(
            (w.text for each in some for w in each.source if w.opens or w.closes), languages[0]
        )
        yield from some
