"""What tells that a part of a passage has no counterpart on the other side.

Two stages, for vectors of texts cost more than anything else here. The first goes by the widths of
both sides and by the vectors of single words, of which a text has few distinct ones; the second
compares the vectors of parts for what the first has not cleared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.checks.clauses.parts import Part, parts_of, pieces_of
from align.checks.word_vectors import WordVectors
from align.languages import join_segments
from align.marks import numbers_in
from align.terminology.words import words_of
from align.text import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.checks.lengths import LengthRatios
    from align.encoders.base import Encoder, FloatArray
    from align.terminology.words import Word

Rows = npt.NDArray[np.float64]

WORD_FEATURES = (
    "constant",
    "length",  # how much longer the target is than usual, in standard deviations
    "length-without",  # the same if the part is left out
    "length-gain",  # log-likelihood ratio of the two, lengths being normally distributed
    "share",  # of the source's width that the part has
    "words",  # logarithm of their number
    "bounded",
    "bracketed",  # a bracket that the target has not
    "covered",  # mean similarity of its words to the nearest words of the target
    "best-covered",  # the same of the better half of its words
    "covered-beside",  # the same of the words beside it
    "explains",  # how much of the target its words explain better than those beside it
    "target-covered",  # mean similarity of the target's words to the nearest ones beside it
    "numbers-lost",
    "numbers-kept",
    "names-lost",
    "names-kept",
)
"""What the first stage knows of a part, in the order of its weights."""

VECTOR_FEATURES = (
    *WORD_FEATURES,
    "gain",  # how much more similar the source is to the target without the part
    "slope",  # how far the target lies in the direction that the part gives the source
    "whole",  # similarity of the part to the target
    "best",  # and to the piece of the target that is most similar to it
    "central",  # and to the source it is taken from
    "pair",  # similarity of source and target
    "claims",  # how much more similar it is to some piece of the target than all others are
)
"""What the second stage knows of a part, in the order of its weights."""

_MOST_DEVIATIONS = 4.0
_NAME_FOUND = 0.6  # similarity, of vectors or of sounds, from which a name counts as found
_LEAST_APART = 0.05  # of two vectors, for dividing by it
_NO_WORDS = 0.4  # the similarity that parts without words of their own are given


@dataclass(frozen=True, slots=True)
class Sides:
    """Passages to look at: what may be missing on the side of the targets.

    Attributes:
        sources: Texts of the side whose parts are looked for.
        targets: Texts of the other side.
        source_language: BCP 47 tag.
        target_language: BCP 47 tag.
    """

    sources: Sequence[str]
    targets: Sequence[str]
    source_language: str
    target_language: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of a passage that may be missing.

    Attributes:
        passage: Index of the passage.
        part: The part.
    """

    passage: int
    part: Part


class ClauseEvidence:
    """Looks for the counterparts of all parts of some passages.

    Args:
        sides: The passages.
        encoder: Where vectors come from.
        ratios: How long targets usually are.
    """

    def __init__(self, sides: Sides, encoder: Encoder, ratios: LengthRatios) -> None:
        self._sides, self._encoder, self._ratios = sides, encoder, ratios
        self._words = words_of(sides.sources, sides.source_language)
        self._target_words = words_of(sides.targets, sides.target_language)
        self.candidates = [
            Candidate(index, part)
            for index, (text, words) in enumerate(zip(sides.sources, self._words, strict=True))
            if sides.targets[index]
            for part in parts_of(text, words, sides.source_language)
        ]

    def by_words(self) -> Rows:
        """What lengths and words say of every candidate.

        Returns:
            Array of shape (candidates, `WORD_FEATURES`).
        """
        rows = np.zeros((len(self.candidates), len(WORD_FEATURES)))
        rows[:, 0] = 1
        self._lengths(rows)
        vocabulary = WordVectors(self._encoder)
        own = self._sides.source_language
        other = self._sides.target_language
        chosen = {candidate.passage for candidate in self.candidates}
        for language, texts in ((own, self._words), (other, self._target_words)):
            vocabulary.learn((w.text for index in chosen for w in texts[index]), language)
        passage = -1
        for row, candidate in zip(rows, self.candidates, strict=True):
            if candidate.passage != passage:
                passage = candidate.passage
                view = _WordView(
                    self._content(self._words[passage], own),
                    self._content(self._target_words[passage], other),
                    vocabulary,
                    self._sides,
                )
                numbers = set(numbers_in(self._sides.targets[passage]))
            row[8:13] = view.coverage(candidate.part)
            part = set(numbers_in(self._sides.sources[passage][candidate.part.span.slice]))
            row[13:15] = min(len(part - numbers), 2), min(len(part & numbers), 2)
            row[15:17] = view.names(candidate.part)
        return rows

    def by_vectors(self, chosen: Sequence[int], words: Rows) -> Rows:
        """What the vectors of parts say of some candidates.

        Args:
            chosen: Indices of the candidates.
            words: What `by_words` says of all of them.

        Returns:
            Array of shape (chosen, `VECTOR_FEATURES`).
        """
        candidates = [self.candidates[index] for index in chosen]
        rows = np.zeros((len(chosen), len(VECTOR_FEATURES)))
        if not candidates:
            return rows
        rows[:, : len(WORD_FEATURES)] = words[np.asarray(chosen)]
        sides, language = self._sides, self._sides.source_language
        passages = sorted({candidate.passage for candidate in candidates})
        place = {passage: index for index, passage in enumerate(passages)}
        sources = _Pieces([sides.sources[index] for index in passages])
        targets = _Pieces([sides.targets[index] for index in passages])
        parts = [sides.sources[c.passage][c.part.span.slice].strip() for c in candidates]
        rests = [_without(sides.sources[c.passage], c.part, language) for c in candidates]
        of_parts, of_rests = np.split(
            self._encoder.encode([*parts, *rests], language=language), [len(parts)]
        )
        sources.encode(self._encoder, language)
        targets.encode(self._encoder, sides.target_language)
        for row, candidate, part, rest in zip(rows, candidates, of_parts, of_rests, strict=True):
            at = place[candidate.passage]
            source, target = sources.wholes[at], targets.wholes[at]
            pair, without = float(source @ target), float(rest @ target)
            apart = max(float(np.linalg.norm(source - rest)), _LEAST_APART)
            there, here = targets.of(at), sources.of(at)
            span = candidate.part.span
            beside = [
                number
                for number, piece in enumerate(sources.spans[at])
                if piece.stop <= span.start or piece.start >= span.stop
            ]
            similar = there @ part
            others = (there @ here[beside].T).max(axis=1) if beside else there @ rest
            whole = float(part @ target)
            row[len(WORD_FEATURES) :] = (
                without - pair,
                (pair - without) / apart,
                whole,
                max(float(similar.max()), whole),
                float(part @ source),
                pair,
                float((similar - others).max()),
            )
        return rows

    def _lengths(self, rows: Rows) -> None:
        sides = self._sides
        passages = sorted({candidate.passage for candidate in self.candidates})
        place = np.searchsorted(passages, [candidate.passage for candidate in self.candidates])
        source, target = (
            np.array([width_of(texts[index]) for index in passages], float)[place]
            for texts in (sides.sources, sides.targets)
        )
        part = np.array(
            [width_of(sides.sources[c.passage][c.part.span.slice]) for c in self.candidates], float
        )
        departures = [
            np.clip(self._ratios.departures(widths, target), -_MOST_DEVIATIONS, _MOST_DEVIATIONS)
            for widths in (source, np.maximum(source - part, 1))
        ]
        rows[:, 1], rows[:, 2] = departures
        rows[:, 3] = (departures[0] ** 2 - departures[1] ** 2) / 2
        rows[:, 4] = part / np.maximum(source, 1)
        for row, candidate in zip(rows, self.candidates, strict=True):
            text = sides.sources[candidate.passage][candidate.part.span.slice].strip()
            row[5] = np.log(candidate.part.words)
            row[6] = candidate.part.is_bounded
            brackets = _brackets(sides.targets[candidate.passage])
            row[7] = text[:1] in "(（" and _brackets(sides.sources[candidate.passage]) > brackets

    @staticmethod
    def _content(words: Sequence[Word], language: str) -> list[Word]:
        content = [word for word in words if word.opens or word.closes]
        return content or list(words)


class _Pieces:
    """Texts and their pieces, with the vectors of both."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self.spans = [pieces_of(text) for text in texts]
        self._firsts = np.cumsum([0, *map(len, self.spans)])

    def encode(self, encoder: Encoder, language: str) -> None:
        """Fetches the vectors."""
        pieces = [
            text[span.slice].strip()
            for text, spans in zip(self._texts, self.spans, strict=True)
            for span in spans
        ]
        vectors = encoder.encode([*self._texts, *pieces], language=language)
        self.wholes, self._pieces = vectors[: len(self._texts)], vectors[len(self._texts) :]

    def of(self, text: int) -> FloatArray:
        """The vectors of a text's pieces; of itself, where it has none."""
        pieces = self._pieces[self._firsts[text] : self._firsts[text + 1]]
        return pieces if len(pieces) else self.wholes[text : text + 1]


class _WordView:
    """How the words of one passage's two sides find one another."""

    def __init__(
        self,
        words: Sequence[Word],
        targets: Sequence[Word],
        vocabulary: WordVectors,
        sides: Sides,
    ) -> None:
        self._words = words
        self._starts = np.array([word.start for word in words])
        if not words or not targets:
            self._similar = np.full((len(words), 1), _NO_WORDS, dtype=np.float32)
        else:
            self._similar = (
                vocabulary.of([word.text for word in words], sides.source_language)
                @ vocabulary.of([word.text for word in targets], sides.target_language).T
            )
        self._names = np.array([_is_name(word) for word in words], dtype=bool)
        if self._names.any() and targets:
            from align.terminology.romanising import likeness

            sounds = likeness(
                [word.text for word in words if _is_name(word)],
                [word.reading or word.text for word in targets],
                sides.target_language,
            )
            self._similar[self._names] = np.maximum(self._similar[self._names], sounds)
        self._best = self._similar.max(axis=1) if len(words) else np.zeros(0, np.float32)

    def coverage(self, part: Part) -> tuple[float, float, float, float, float]:
        """Of its words, of their better half, of those beside it; what it explains; the target."""
        inside = self._inside(part)
        own, beside = self._best[inside], self._best[~inside]
        half = np.sort(own)[len(own) // 2 :]
        columns = self._similar.shape[1]
        by_part = self._similar[inside].max(axis=0) if len(own) else np.zeros(columns)
        by_rest = self._similar[~inside].max(axis=0) if len(beside) else np.zeros(columns)
        return (
            float(own.mean()) if len(own) else _NO_WORDS,
            float(half.mean()) if len(own) else _NO_WORDS,
            float(beside.mean()) if len(beside) else _NO_WORDS,
            float(np.maximum(by_part - by_rest, 0).mean()),
            float(by_rest.mean()),
        )

    def names(self, part: Part) -> tuple[int, int]:
        """How many of its names the target does not have, and has; two at most."""
        found = self._best[self._inside(part) & self._names] >= _NAME_FOUND
        return min(int((~found).sum()), 2), min(int(found.sum()), 2)

    def _inside(self, part: Part) -> npt.NDArray[np.bool_]:
        return np.asarray((self._starts >= part.span.start) & (self._starts < part.span.stop))


def _is_name(word: Word) -> bool:
    return word.start > 0 and word.text[0].isupper() and len(word.text) > 1


def _brackets(text: str) -> int:
    return text.count("(") + text.count("（")


def _without(text: str, part: Part, language: str) -> str:
    """A text without one of its parts."""
    return join_segments((text[: part.span.start], text[part.span.stop :]), language)
