"""Finds what renders each mention of each term in one language, all mentions together.

Every span of a bead's target text is scored by the similarity of its vector to the term's, by how
much better it fits the term than any other words of the source (both directions, after mutual
alignment of phrases), by how its words are linked to the term's words, by sound where the term is
a name, and by whether its edges cut through a fixed expression. Then the mentions of a term vote:
a rendering that is found in other beads with the term gains in this one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from align.terminology.association import link_words, said
from align.terminology.candidates import Cohesion, span_text, spans_of
from align.terminology.forms import form_key, is_shorter_form
from align.terminology.romanising import likeness
from align.terminology.variants import is_abbreviation
from align.terminology.voting import vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
_FARTHEST = 8.0  # how much less a wider span may score, that renders the rest, too
_LONGEST_SOURCE = 4  # words of the source spans that compete


@dataclass(frozen=True, slots=True)
class Candidates:
    """The spans that may render one mention.

    Attributes:
        term: Index of the term.
        mention: Index of the mention among the term's.
        located: Where the mention lies.
        short: Whether the mention is an abbreviation of the term.
        spans: First and last target word of each candidate, shape (n, 2).
        texts: What stands in each.
        keys: What the forms of each have in common.
        sizes: How many words each has, function words left out, shape (n,).
        links: Summed log-odds of the links of each candidate's words to the term's, shape (n,).
        known: Shape (n,): how much of what the pieces are usually translated by each candidate
            has, in the mean.
        size: How many words the mention has, function words left out.
        cover: For each of these (or piece of one), how like it the likest word of the bead is.
        lacking: The most of what a piece is usually translated by that the bead has not.
    """

    term: int
    mention: int
    located: Located
    short: bool
    spans: IntArray
    texts: list[str]
    keys: list[tuple[str, ...]]
    sizes: IntArray
    links: FloatArray
    known: FloatArray
    size: int
    cover: FloatArray
    lacking: float

    def wider(self, than: int) -> list[int]:
        """The candidates that hold another and one word more."""
        first, last = self.spans[than].tolist()
        holds = (self.spans[:, 0] <= first) & (self.spans[:, 1] >= last)
        return np.flatnonzero(holds & (self.sizes == self.sizes[than] + 1)).tolist()


@dataclass(frozen=True, slots=True)
class Scores:
    """What a mention's own bead says of its candidates, each of shape (n,).

    Attributes:
        similarities: Of each candidate's vector to the term's (or of sound).
        inside: How much more similar each candidate is to a part of the term than to the whole.
        outside: How much more similar each is to other words of the source than to the term.
        scores: All of it together, as log-odds.
    """

    similarities: FloatArray
    inside: FloatArray
    outside: FloatArray
    scores: FloatArray


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of a mention and which of them is taken.

    Attributes:
        candidates: The candidates.
        scores: What the bead says of them.
        support: Share of the term's other mentions that are rendered so, shape (n,).
        shares: Probability of each candidate, given that there is a rendering, shape (n,).
        chosen: Index of the candidate taken; None where there is none.
    """

    candidates: Candidates
    scores: Scores
    support: FloatArray
    shares: FloatArray
    chosen: int | None = None


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
        by_bead: dict[int, list[Candidates]] = defaultdict(list)
        for each in self._all_candidates():
            by_bead[each.located.bead].append(each)
        self._encode(by_bead)
        cohesion = Cohesion(self._passages, self._language)
        by_term: dict[int, list[tuple[Candidates, Scores]]] = defaultdict(list)
        for bead, some in by_bead.items():
            for each, scores in zip(some, self._scores(bead, some, cohesion), strict=True):
                by_term[each.term].append((each, scores))
        choices = [choice for some in by_term.values() for choice in _voted(some)]
        rows: list[list[Choice | None]] = [[None] * len(term.mentions) for term in self._terms]
        for choice in _lengthened(map(_completed, _assigned(choices))):
            rows[choice.candidates.term][choice.candidates.mention] = choice
        return rows

    def _all_candidates(self) -> Iterator[Candidates]:
        links = link_words(self._passages, self._source, self._target, self._language, self._pivot)
        for number, term in enumerate(self._terms):
            for index, mention in enumerate(term.mentions):
                located = self._texts.locate(mention)
                if located is not None:
                    yield self._candidates(number, index, located, links[located.bead])

    def _candidates(
        self, term: int, mention: int, located: Located, links: WordLinks
    ) -> Candidates:
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
        spans = spans[kept]
        texts = [span_text(passage.target, passage.target_words, *span) for span in spans.tolist()]
        return Candidates(
            term=term,
            mention=mention,
            located=located,
            short=is_short(self._terms[term], self._terms[term].mentions[mention]),
            spans=spans,
            texts=texts,
            keys=[form_key(text, self._language) for text in texts],
            sizes=sizes[kept],
            links=linked[kept],
            known=_known(links, mine, spans),
            size=int(mine.sum()),
            cover=links.similarities[mine].max(axis=1, initial=0.0),
            lacking=float(
                (links.habit - links.usual.max(axis=1, initial=0.0))[mine].max(initial=0.0)
            ),
        )

    def _encode(self, by_bead: Mapping[int, Sequence[Candidates]]) -> None:
        """Encodes all that will be compared, each language in one batch."""
        self._source.add(text for bead in by_bead for text in self._source_phrases(bead))
        self._source.add(text for term in self._terms for text in (term.text, *term.variants))
        self._target.add(text for some in by_bead.values() for each in some for text in each.texts)

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

    def _scores(
        self, bead: int, some: Sequence[Candidates], cohesion: Cohesion
    ) -> Iterator[Scores]:
        passage, rival_spans = self._passages[bead], self._source_spans[bead]
        competing = self._source.of(self._source_phrases(bead))
        for each in some:
            term = self._terms[each.term]
            vectors = self._target.of(each.texts)
            mention = term.mentions[each.mention].text
            forms = [mention] if not is_abbreviation(mention) else [mention, term.text]
            similarities = (self._source.of(forms) @ vectors.T).max(axis=0)
            rivals = competing @ vectors.T
            if self._is_name(each.term):
                sounds = self._sounds(passage, each.spans, each.term)
                copied = np.array([text.casefold() == mention.casefold() for text in each.texts])
                sounds = np.where(copied, 1.0, np.where(sounds > 0.5, sounds * _SOUND, 0))
                similarities = np.maximum(similarities, sounds)
            others = np.exp(rivals / _TEMPERATURE).sum(axis=0)
            mine = np.exp(similarities / _TEMPERATURE)
            backward = np.log(mine / np.maximum(others, mine))
            first, last = each.located.words
            starts, stops = rival_spans[:, 0], rival_spans[:, 1]
            apart = (stops < first) | (starts > last)
            part = (starts >= first) & (stops <= last) & (stops - starts < last - first)
            scores = (
                similarities / _TEMPERATURE
                + _BACKWARD * backward
                + _LINKS * each.links
                - _COHESION * cohesion.penalties(bead, passage.target_words, each.spans)
                - _SHORTNESS * np.maximum(each.size - each.sizes, 0)
                - _POSITION * np.abs(_places(passage, each.spans) - _place(passage, each.located))
            )
            yield Scores(
                similarities=similarities,
                inside=rivals.max(axis=0, where=part[:, None], initial=0) - similarities,
                outside=rivals.max(axis=0, where=apart[:, None], initial=0) - similarities,
                scores=scores.astype(np.float32),
            )

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


def _voted(some: Sequence[tuple[Candidates, Scores]]) -> Iterator[Choice]:
    """Lets the mentions of a term tell one another what renders it."""
    voting = [(each, scores) for each, scores in some if each.texts]
    votes = vote(
        [each.keys for each, _ in voting],
        [scores.scores for _, scores in voting],
        [each.short for each, _ in voting],
    )
    for (each, scores), (support, shares) in zip(voting, votes, strict=True):
        yield Choice(each, scores, support, shares)
    nothing = np.zeros(0, dtype=np.float32)
    for each, scores in some:
        if not each.texts:
            yield Choice(each, scores, nothing, nothing)


def _assigned(choices: Iterable[Choice]) -> Iterator[Choice]:
    """Gives each mention of a bead its best span that no surer mention has taken."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for choice in sorted(
        choices,
        key=lambda choice: (choice.candidates.short, -float(choice.shares.max(initial=0))),
    ):
        others = taken[choice.candidates.located.bead]
        chosen = None
        for index in np.argsort(-choice.shares, kind="stable").tolist():
            first, last = choice.candidates.spans[index].tolist()
            if all(last < start or first > stop for start, stop in others):
                chosen = index
                others.append((first, last))
                break
        yield replace(choice, chosen=chosen)


def _completed(choice: Choice) -> Choice:
    """Widens a span that renders only a part of its term by what stands for the rest.

    Where one word of two is right the other is wrong, not absent: what stands for the whole is
    both words.
    """
    each, chosen, scores = choice.candidates, choice.chosen, choice.scores.scores
    if chosen is None or each.size < 2 or each.sizes[chosen] >= each.size:
        return choice
    if choice.scores.inside[chosen] < _PART:
        return choice
    best = max(each.wider(chosen), key=lambda index: float(scores[index]), default=chosen)
    return replace(choice, chosen=best) if scores[best] > scores[chosen] - _FARTHEST else choice


def _lengthened(choices: Iterable[Choice]) -> Iterator[Choice]:
    """Widens a span that is only a part of what renders the other mentions, where it may be."""
    by_term: dict[int, list[Choice]] = defaultdict(list)
    for choice in choices:
        by_term[choice.candidates.term].append(choice)
    for some in by_term.values():
        keys = {
            (choice.candidates.size, choice.candidates.keys[choice.chosen])
            for choice in some
            if choice.chosen is not None
        }
        for choice in some:
            yield _as_long_as(choice, keys)


def _as_long_as(choice: Choice, keys: Iterable[tuple[int, tuple[str, ...]]]) -> Choice:
    each, chosen, scores = choice.candidates, choice.chosen, choice.scores.scores
    if chosen is None or each.size < 2:
        return choice
    key = each.keys[chosen]
    if not any(
        size == each.size and len(key) < len(long) and is_shorter_form(key, long)
        for size, long in keys
    ):
        return choice
    wider = [index for index in each.wider(chosen) if scores[index] > scores[chosen] - _ALMOST]
    best = max(wider, key=lambda index: float(scores[index]), default=chosen)
    return replace(choice, chosen=best)


def _place(passage: CutPassage, located: Located) -> float:
    """Where the middle of a mention stands in its text, 0 to 1."""
    return (located.span.start + located.span.stop) / 2 / max(len(passage.source), 1)


def _places(passage: CutPassage, spans: IntArray) -> FloatArray:
    """Where the middles of spans stand in their text, 0 to 1, shape (n,)."""
    words = passage.target_words
    middles = [(words[first].start + words[last].stop) / 2 for first, last in spans.tolist()]
    return np.array(middles) / max(len(passage.target), 1)


def _sizes(words: Sequence[Word], spans: IntArray) -> IntArray:
    """How many words each span has, function words left out, shape (n,)."""
    sums = np.cumsum([0, *(word.opens or word.closes for word in words)])
    return np.asarray(sums[spans[:, 1] + 1] - sums[spans[:, 0]], dtype=np.int64)
