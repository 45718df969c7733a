"""Finds what renders each mention of each term in one language, all mentions together.

Every span of a bead's target text is scored by the similarity of its vector to the term's, by how
much better it fits the term than any other words of the source (both directions, after mutual
alignment of phrases), by how its words are linked to the term's words, by sound where the term is
a name, and by whether its edges cut through a fixed expression. Then the mentions of a term vote:
a rendering that is found in other beads with the term gains in this one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.terminology.association import link_words, said
from align.terminology.candidates import Cohesion, span_text, spans_of
from align.terminology.forms import form_key, is_shorter_form
from align.terminology.romanising import likeness
from align.terminology.variants import is_abbreviation
from align.terminology.voting import vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.encoders.base import FloatArray
    from align.terminology.association import IntArray, WordLinks
    from align.terminology.cut_passages import CutPassage, CutPassages, Located
    from align.terminology.model import Mention, Term
    from align.terminology.vectors import PhraseVectors
    from align.terminology.words import Word

_TEMPERATURE = 0.07  # of similarities, in both directions
_BACKWARD = 1.0  # weight of fitting no other source words
_LINKS = 1.0  # weight of the links of the words in and out of the span
_COHESION = 2.5
_SHORTNESS = 1.0  # of each word that a span has less than the term
_POSITION = 0.5
_SOUND = 0.9  # similarity that a name which sounds exactly alike is worth
_MOST_CANDIDATES = 14  # spans a mention that are looked at closely, chosen by their words' links
_WIDENED = 3  # of these, that many are looked at with one word more
_LINKED = 0.05  # smoothing of links
_PART = 0.12  # how much more similar to a part of the term a span is that renders only that
_ALMOST = 3.0  # how much less a span may score that is as long as the other mentions'
_NEAREST = 1.0  # how much less a wider span scores whose rest means something else
_FARTHEST = 8.0  # how much less a wider span may score, that renders the rest, too
_LONGEST_SOURCE = 4  # words of the source spans that compete


@dataclass(slots=True)
class Choice:
    """The candidates of one mention and what is thought of them.

    Attributes:
        term: Index of the term.
        mention: Index of the mention among the term's.
        located: Where the mention lies.
        spans: First and last target word of each candidate, shape (n, 2).
        similarities: Of each candidate's vector to the term's (or of sound), shape (n,).
        links: Summed log-odds of the links of each candidate's words to the term's, shape (n,).
        inside: How much more similar each candidate is to a part of the term than to the whole.
        outside: How much more similar each is to other words of the source than to the term.
        fits: What vectors and links say of each candidate, shape (n,).
        scores: What the mention's own bead says of each candidate, shape (n,).
        shares: Probability of each candidate, given that there is a rendering, shape (n,).
        keys: What the forms of each candidate have in common.
        support: Share of the term's other mentions that are rendered so, shape (n,).
        size: How many words the mention has, function words left out.
        cover: For each of these (or piece of one), how like it the likest word of the bead is.
        known: Shape (n,): how much of what the pieces are usually translated by each candidate
            has, in the mean.
        lacking: The most of what a piece is usually translated by that the bead has not.
        short: Whether the mention is an abbreviation of the term, which others are not.
        chosen: Index of the candidate taken; None where there is none.
        part: Index of a narrower candidate that fits a part of the term better than the one
            taken fits the whole; None where there is none.
    """

    term: int
    mention: int
    located: Located
    spans: IntArray
    similarities: FloatArray
    links: FloatArray
    inside: FloatArray
    outside: FloatArray
    fits: FloatArray
    scores: FloatArray
    shares: FloatArray
    keys: list[tuple[str, ...]]
    support: FloatArray
    short: bool
    size: int
    cover: FloatArray
    known: FloatArray
    lacking: float
    chosen: int | None = None
    part: int | None = None


class RenderingFinder:
    """Finds the renderings of terms in one language.

    Args:
        passages: The passages of the pivot and the language.
        terms: The terms.
        source: Vectors of pivot phrases, shared by all languages.
        target: Vectors of the language's phrases.
        language: BCP 47 tag of the language.
        pivot: BCP 47 tag of the pivot.
    """

    def __init__(
        self,
        passages: CutPassages,
        terms: Sequence[Term],
        source: PhraseVectors,
        target: PhraseVectors,
        language: str,
        pivot: str,
    ) -> None:
        self._passages = passages.passages
        self._texts = passages
        self._terms = terms
        self._source, self._target = source, target
        self._language, self._pivot = language, pivot
        self._source_spans = [self._competing(passage.source_words) for passage in self._passages]
        self._target_spans = [
            spans_of(passage.target_words, language) for passage in self._passages
        ]

    def find(self) -> list[list[Choice | None]]:
        """For each term, a choice for each of its mentions; None where it lies in no bead."""
        links = link_words(self._passages, self._source, self._target, self._language, self._pivot)
        cohesion = Cohesion(self._passages, self._language)
        choices: list[list[Choice | None]] = []
        by_bead: dict[int, list[Choice]] = defaultdict(list)
        for number, term in enumerate(self._terms):
            row: list[Choice | None] = []
            for index, mention in enumerate(term.mentions):
                located = self._texts.locate(mention)
                if located is None:
                    row.append(None)
                    continue
                choice = self._candidates(number, index, located, links[located.bead])
                row.append(choice)
                by_bead[located.bead].append(choice)
            choices.append(row)
        self._encode(by_bead)
        for bead, some in by_bead.items():
            self._score(bead, some, cohesion)
        for row in choices:
            _vote([choice for choice in row if choice is not None and len(choice.spans)])
        for bead, some in by_bead.items():
            _assign(some)
            for choice in some:
                _complete(choice, self._passages[bead].target_words)
        for row in choices:
            _lengthen([choice for choice in row if choice is not None], self._passages)
        return choices

    def _candidates(self, term: int, mention: int, located: Located, links: WordLinks) -> Choice:
        """The spans whose words are best linked to the term's, and those that sound like it."""
        passage = self._passages[located.bead]
        spans = self._target_spans[located.bead]
        odds = np.zeros(len(passage.target_words) + 1, dtype=np.float32)
        first, last = located.words
        mine = (links.pieces >= first) & (links.pieces <= last)
        here = links.shares[mine].sum(axis=0)
        elsewhere = links.shares[~mine].sum(axis=0)
        odds[links.words + 1] = np.log((here + _LINKED) / (elsewhere + _LINKED))
        sums = np.cumsum(odds)
        linked = sums[spans[:, 1] + 1] - sums[spans[:, 0]]
        likeliest = np.argsort(-linked, kind="stable")
        kept = np.zeros(len(spans), dtype=bool)
        kept[likeliest[:_MOST_CANDIDATES]] = True
        if self._is_name(term):
            sounds = self._sounds(passage, spans, term)
            alike = np.argsort(-sounds, kind="stable")[:4]
            kept[alike[sounds[alike] > 0.5]] = True
        # What renders a part of the term only is looked at together with what stands beside it.
        sizes = _sizes(passage.target_words, spans)
        for best in likeliest[:_WIDENED].tolist():
            start, stop = spans[best]
            kept |= (spans[:, 0] <= start) & (spans[:, 1] >= stop) & (sizes == sizes[best] + 1)
        spans, linked = spans[kept], linked[kept]
        empty = np.zeros(len(spans), dtype=np.float32)
        return Choice(
            term,
            mention,
            located,
            spans,
            empty,
            linked,
            empty,
            empty,
            empty,
            empty,
            empty,
            [
                form_key(span_text(passage.target, passage.target_words, *span), self._language)
                for span in spans.tolist()
            ],
            empty,
            is_short(self._terms[term], self._terms[term].mentions[mention]),
            int(mine.sum()),
            links.similarities[mine].max(axis=1, initial=0.0),
            _known(links, mine, spans),
            float((links.habit - links.usual.max(axis=1, initial=0.0))[mine].max(initial=0.0)),
        )

    def _encode(self, by_bead: dict[int, list[Choice]]) -> None:
        """Encodes all that will be compared, each language in one batch."""
        self._source.add(text for bead in by_bead for text in self._source_phrases(bead))
        self._source.add(text for term in self._terms for text in (term.text, *term.variants))
        self._target.add(
            span_text(self._passages[bead].target, self._passages[bead].target_words, *span)
            for bead, some in by_bead.items()
            for choice in some
            for span in choice.spans.tolist()
        )

    def _competing(self, words: Sequence[Word]) -> IntArray:
        """The spans of a source text that compete for the target's."""
        spans = spans_of(words, self._pivot)
        return spans[spans[:, 1] - spans[:, 0] < _LONGEST_SOURCE]

    def _source_phrases(self, bead: int) -> list[str]:
        passage = self._passages[bead]
        return [
            span_text(passage.source, passage.source_words, *span)
            for span in self._source_spans[bead].tolist()
        ]

    def _score(self, bead: int, choices: Sequence[Choice], cohesion: Cohesion) -> None:
        passage, rival_spans = self._passages[bead], self._source_spans[bead]
        competing = self._source.of(self._source_phrases(bead))
        for choice in choices:
            if not len(choice.spans):
                continue
            term = self._terms[choice.term]
            texts = [
                span_text(passage.target, passage.target_words, *span)
                for span in choice.spans.tolist()
            ]
            vectors = self._target.of(texts)
            mention = term.mentions[choice.mention].text
            forms = [mention] if not is_abbreviation(mention) else [mention, term.text]
            similarities = (self._source.of(forms) @ vectors.T).max(axis=0)
            rivals = competing @ vectors.T
            if self._is_name(choice.term):
                sounds = self._sounds(passage, choice.spans, choice.term)
                copied = np.array([text.casefold() == mention.casefold() for text in texts])
                sounds = np.where(copied, 1.0, np.where(sounds > 0.5, sounds * _SOUND, 0))
                similarities = np.maximum(similarities, sounds)
            others = np.exp(rivals / _TEMPERATURE).sum(axis=0)
            mine = np.exp(similarities / _TEMPERATURE)
            choice.similarities = similarities
            backward = np.log(mine / np.maximum(others, mine))
            first, last = choice.located.words
            starts, stops = rival_spans[:, 0], rival_spans[:, 1]
            apart = (stops < first) | (starts > last)
            part = (starts >= first) & (stops <= last) & (stops - starts < last - first)
            choice.outside = rivals.max(axis=0, where=apart[:, None], initial=0) - similarities
            choice.inside = rivals.max(axis=0, where=part[:, None], initial=0) - similarities
            middle = sum((choice.located.span.start, choice.located.span.stop))
            source_place = middle / 2 / max(len(passage.source), 1)
            target_place = np.array(
                [
                    (passage.target_words[first].start + passage.target_words[last].stop)
                    / 2
                    / max(len(passage.target), 1)
                    for first, last in choice.spans.tolist()
                ]
            )
            sizes = _sizes(passage.target_words, choice.spans)
            choice.fits = (
                similarities / _TEMPERATURE + _BACKWARD * backward + _LINKS * choice.links
            ).astype(np.float32)
            choice.scores = (
                choice.fits
                - _COHESION
                * cohesion.penalties(choice.located.bead, passage.target_words, choice.spans)
                - _SHORTNESS * np.maximum(choice.size - sizes, 0)
                - _POSITION * np.abs(target_place - source_place)
            ).astype(np.float32)

    def _is_name(self, term: int) -> bool:
        return self._terms[term].kind in ("name", "abbreviation")

    def _sounds(self, passage: CutPassage, spans: IntArray, term: int) -> FloatArray:
        """How alike each span sounds to a name, shape (n,)."""
        words = [said(word) for word in passage.target_words]
        spoken = ["".join(words[first : last + 1]) for first, last in spans.tolist()]
        name = self._terms[term].text
        # Family names come first in some languages and last in others.
        turned = " ".join(reversed(name.split()))
        alike: FloatArray = likeness([name, turned], spoken, self._language).max(axis=0)
        return alike


def _known(links: WordLinks, mine: NDArray[np.bool_], spans: IntArray) -> FloatArray:
    """For each span, how much of what the pieces are usually translated by stands in it."""
    usual = links.usual[mine]
    if not usual.size:
        return np.zeros(len(spans), dtype=np.float32)
    inside = (links.words >= spans[:, :1]) & (links.words <= spans[:, 1:])
    known: FloatArray = np.where(inside[:, None, :], usual[None, :, :], 0).max(axis=2)
    return np.asarray(known.mean(axis=1), dtype=np.float32)


def is_short(term: Term, mention: Mention) -> bool:
    """Whether a mention is an abbreviation of a term that has a long form."""
    return is_abbreviation(mention.text) and not is_abbreviation(term.text)


def _vote(choices: Sequence[Choice]) -> None:
    """Lets the mentions of a term tell one another what renders it."""
    votes = vote(
        [choice.keys for choice in choices],
        [choice.scores for choice in choices],
        [choice.short for choice in choices],
    )
    for choice, (support, shares) in zip(choices, votes, strict=True):
        choice.support, choice.shares = support, shares


def _assign(choices: Sequence[Choice]) -> None:
    """Gives each mention of a bead its best span that no surer mention has taken."""
    taken: list[tuple[int, int]] = []
    for choice in sorted(
        choices, key=lambda choice: (choice.short, -float(choice.shares.max(initial=0)))
    ):
        for index in np.argsort(-choice.shares, kind="stable").tolist():
            first, last = choice.spans[index].tolist()
            if all(last < start or first > stop for start, stop in taken):
                choice.chosen = index
                taken.append((first, last))
                break


def _complete(choice: Choice, words: Sequence[Word]) -> None:
    """Widens a span that renders only a part of its term by what stands for the rest.

    Where one word of two is right the other is wrong, not absent: "croissance économique" is what
    stands for "economic security", not "économique".
    """
    if choice.chosen is None or choice.size < 2:
        return
    sizes = _sizes(words, choice.spans).tolist()
    first, last = choice.spans[choice.chosen].tolist()
    if choice.inside[choice.chosen] >= _PART and sizes[choice.chosen] < choice.size:
        wider = [
            index
            for index, (start, stop) in enumerate(choice.spans.tolist())
            if start <= first and stop >= last and sizes[index] == sizes[choice.chosen] + 1
        ]
        best = max(wider, key=lambda index: float(choice.scores[index]), default=choice.chosen)
        if choice.scores[best] > choice.scores[choice.chosen] - _FARTHEST:
            choice.chosen = best
    first, last = choice.spans[choice.chosen].tolist()
    parts = [
        index
        for index, (start, stop) in enumerate(choice.spans.tolist())
        if first <= start
        and stop <= last
        and sizes[index] < min(sizes[choice.chosen], choice.size)
        and choice.inside[index] >= _PART
        and choice.fits[index] > choice.fits[choice.chosen] + _NEAREST
    ]
    choice.part = max(parts, key=lambda index: float(choice.fits[index]), default=None)


def _lengthen(choices: Sequence[Choice], passages: Sequence[CutPassage]) -> None:
    """Widens a span that is only a part of what renders the other mentions, where it may be.

    Beside "coercition économique", what stands for the term in "contrainte économique" is both
    words, though only one of them is the same.
    """
    chosen = [
        (choice, choice.keys[choice.chosen]) for choice in choices if choice.chosen is not None
    ]
    for choice, key in chosen:
        longer = any(
            other.size == choice.size and len(key) < len(long) and is_shorter_form(key, long)
            for other, long in chosen
        )
        if not longer or choice.size < 2 or choice.chosen is None:
            continue
        words = passages[choice.located.bead].target_words
        first, last = choice.spans[choice.chosen].tolist()
        sizes = _sizes(words, choice.spans).tolist()
        wider = [
            index
            for index, (start, stop) in enumerate(choice.spans.tolist())
            if start <= first
            and stop >= last
            and sizes[index] == sizes[choice.chosen] + 1
            and choice.scores[index] > choice.scores[choice.chosen] - _ALMOST
        ]
        choice.chosen = max(
            wider, key=lambda index: float(choice.scores[index]), default=choice.chosen
        )


def _sizes(words: Sequence[Word], spans: IntArray) -> IntArray:
    """How many words each span has, function words left out, shape (n,)."""
    sums = np.cumsum([0, *(word.opens or word.closes for word in words)])
    return np.asarray(sums[spans[:, 1] + 1] - sums[spans[:, 0]], dtype=np.int64)
