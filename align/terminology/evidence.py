"""What is known of every mention in every language: the rendering found and how well it fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import regex

from align.terminology.association import said
from align.terminology.candidates import span_text
from align.terminology.contrast import (
    FEWEST_OTHERS,
    all_but_one,
    common_meanings,
    contrast_all,
    give_hints,
)
from align.terminology.cut_passages import CutPassages
from align.terminology.forms import form_key, is_shorter_form, same_form
from align.terminology.parameters import fitted
from align.terminology.rendering import RenderingFinder, is_short
from align.terminology.romanising import is_heard, loudness, sound_of
from align.terminology.sights import Group, LanguageEvidence, Sight
from align.terminology.tagging import transcribed_words
from align.terminology.vectors import PhraseVectors
from align.text import Span

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from align.article import AlignedArticle
    from align.encoders.base import Advance, Encoder, FloatArray
    from align.terminology.contrast import CommonWords
    from align.terminology.model import Term
    from align.terminology.rendering import Choice

_PEERS = 3
"""How many other languages judge a rendering: those that agree best, for some may be wrong."""

_FEWEST_PEERS = 2
_HUSHED = 0.75  # share of names that sound at least as like as a language mostly lets them
_FEWEST_SIGHTS = 8  # without which nothing is said of what a language mostly lacks
_FEWEST_NAMES = 8  # without which nothing is said of how a language lets names sound
_CONSONANTS = 3  # of a name whose sound can be told from others'
_SHOWN = 0.3  # probability below which what was found is taken for nothing
_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{N}&]+")


def gather_evidence(
    article: AlignedArticle,
    terms: Sequence[Term],
    encoder: Encoder,
    advance: Advance | None = None,
) -> dict[str, LanguageEvidence]:
    """Finds the renderings of all terms in all languages and judges how well each fits."""
    source = PhraseVectors(encoder, article.pivot)
    sights: dict[str, list[list[Sight]]] = {}
    common: CommonWords | None = None
    for language in article.alignments:
        passages = CutPassages(article, language)
        target = PhraseVectors(encoder, language)
        finder = RenderingFinder(passages, terms, source, target, language, article.pivot)
        rows = [
            [
                _sight(term, index, choice, passages, source, target, language, article.pivot)
                for index, choice in enumerate(row)
            ]
            for term, row in zip(terms, finder.find(), strict=True)
        ]
        if len(article.alignments) > FEWEST_OTHERS:
            common = common or common_meanings(source, article.pivot)
            give_hints(rows, common, target)
        sights[language] = rows
        if advance:
            advance(1)
    contrast_all(sights, encoder, article.pivot)
    _compare(sights)
    return {
        language: LanguageEvidence(language, rows, [_grouped(row, language) for row in rows])
        for language, rows in sights.items()
    }


def _sight(
    term: Term,
    index: int,
    choice: Choice | None,
    passages: CutPassages,
    source: PhraseVectors,
    target: PhraseVectors,
    language: str,
    pivot: str,
) -> Sight:
    mention = term.mentions[index]
    if choice is None:
        return Sight(mention, passages.missing(mention), mention.span)
    passage = passages.passages[choice.located.bead]
    short = is_short(term, mention)
    sight = Sight(mention, passage, choice.located.span, short=short)
    sight.is_name = term.kind in ("name", "abbreviation")
    sight.alone = sum(is_short(term, other) == short for other in term.mentions) < 2
    if sight.is_name and not short and is_heard(language):
        names = transcribed_words(mention.text, pivot)
        sight.names = tuple(n for n in names if len(sound_of(n).consonants) >= _CONSONANTS)
        sight.heard = loudness(sight.names, [said(word) for word in passage.target_words], language)
        texts = [word.text for word in passage.target_words if word.opens or word.closes]
        if sight.names and texts:
            # Some have a name of their own, whose sound is another: Europe is 欧州.
            source.add(sight.names)
            meant = (source.of(sight.names) @ target.of(texts).T).max(axis=1)
            sight.heard = np.maximum(sight.heard, meant)
    sight.cover, sight.lacking = choice.cover, choice.lacking
    if choice.chosen is not None:
        at = choice.chosen
        first, last = choice.spans[at].tolist()
        sight.target_span = Span(passage.target_words[first].start, passage.target_words[last].stop)
        sight.text = span_text(passage.target, passage.target_words, first, last)
        sight.key = choice.keys[at]
        sight.similarity = float(choice.similarities[at])
        sight.inside = float(choice.inside[at])
        sight.outside = float(choice.outside[at])
        sight.links = float(choice.links[at])
        sight.support = 0.0 if sight.alone else float(choice.support[at])
        sight.probability = float(choice.shares[at])
        if choice.part is not None:
            sight.part = span_text(
                passage.target, passage.target_words, *choice.spans[choice.part].tolist()
            )
        sight.known = float(choice.known[at])
        sight.copied = copied_words(sight)
        sight.vector = target.of([sight.text])[0]
    return sight


def _compare(rows: Mapping[str, Sequence[Sequence[Sight]]]) -> None:
    """Holds each mention's renderings in all languages against one another."""
    for of_term in zip(*rows.values(), strict=True):
        for of_mention in zip(*of_term, strict=True):
            _compare_mention([sight for sight in of_mention if sight.vector is not None])
    # What a language mostly lacks against the others says nothing of any one term.
    for of_language in rows.values():
        shortfalls = [
            sight.expected - sight.similarity
            for row in of_language
            for sight in row
            if sight.expected is not None
        ]
        usual = float(np.median(shortfalls)) if len(shortfalls) >= _FEWEST_SIGHTS else 0.0
        sounds = [sight.unheard for row in of_language for sight in row if sight.names]
        enough = len(sounds) >= _FEWEST_NAMES
        hushed = max(float(np.quantile(sounds, _HUSHED)), 0.0) if enough else 0.0
        for row in of_language:
            for sight in row:
                sight.unheard -= hushed
                if sight.expected is not None:
                    sight.expected -= usual
                if sight.vector is not None:
                    sight.present = _chance(sight, fitted().present[sight.is_name])
                    sight.right = _chance(sight, fitted().right[sight.is_name])
                    sight.probability *= sight.fit
                    if sight.present < _SHOWN:
                        sight.target_span, sight.text = None, ""
                        sight.probability = 1 - sight.present


def _compare_mention(seen: Sequence[Sight]) -> None:
    """Holds the renderings of one mention in several languages against one another."""
    count = len(seen)
    if count <= _FEWEST_PEERS:
        return
    others = all_but_one(count)
    vectors = np.array([sight.vector for sight in seen])
    near = vectors @ vectors.T
    peers = _best(near[np.arange(count)[:, None], others])
    expected = _best(np.array([sight.similarity for sight in seen])[others])
    # For each edition, how near each of the others is to those beside it: shape (n, n - 1, n - 2).
    beside = others[:, all_but_one(count - 1)]
    mutual = np.median(_best(near[others[:, :, None], beside]), axis=1)
    covers = np.array([sight.cover for sight in seen])
    if covers.size:
        uncovered = (np.median(covers[others], axis=1) - covers).max(axis=1)
        for sight, most in zip(seen, uncovered.tolist(), strict=True):
            sight.uncovered = most
    for place, sight in enumerate(seen):
        sight.peers = float(peers[place])
        sight.expected = float(expected[place])
        sight.outlying = float(mutual[place]) - sight.peers
        sounds = [
            seen[other].heard for other in others[place].tolist() if seen[other].heard is not None
        ]
        if sight.names and len(sounds) >= _FEWEST_PEERS:
            # One of the others may be wrong; what several translate is no mere sound.
            usual = np.sort(np.array(sounds), axis=0)[int(len(sounds) > _PEERS)]
            sight.unheard = float((usual - sight.heard).max())


def _best(values: FloatArray) -> FloatArray:
    """The mean of the highest few values, along the last axis."""
    return np.asarray(np.sort(values)[..., ::-1][..., :_PEERS].mean(axis=-1))


def copied_words(sight: Sight) -> tuple[str, ...]:
    """The source's own words in a rendering: Latin words that stand in the mention, too."""
    source = {word.casefold() for word in _LATIN_WORD.findall(sight.mention.text)}
    return tuple(word for word in _LATIN_WORD.findall(sight.text) if word.casefold() in source)


def features(sight: Sight) -> list[float]:
    """What a rendering is judged by; the order is that of the fitted weights (`FEATURES`)."""
    alone = sight.peers is None
    return [
        1.0,
        sight.similarity,
        max(sight.inside, 0.0),
        max(sight.outside, -0.2),
        float(np.clip(sight.links / max(len(sight.key), 1), -3.0, 3.0)),
        sight.support,
        float(sight.alone),
        0.0 if sight.peers is None else sight.peers - sight.similarity,
        0.0 if sight.expected is None else max(sight.expected - sight.similarity, -0.1),
        float(alone),
        float(alone) * sight.similarity,
        float(np.clip(sight.outlying, -0.2, 0.6)),
        float(np.clip(sight.uncovered, -0.1, 0.6)),
        sight.known,
        max(sight.lacking, 0.0),
    ]


def _chance(sight: Sight, weights: Sequence[float]) -> float:
    return 1 / (1 + float(np.exp(-np.dot(features(sight), weights))))


def _grouped(row: Sequence[Sight], language: str) -> list[Group]:
    """Puts forms of one rendering together; the commonest group comes first."""
    groups: list[Group] = []
    for sight in row:
        if sight.target_span is None:
            continue
        group = next((group for group in groups if same_form(group.key, sight.key)), None)
        if group is None:
            group = Group(sight.text, sight.key)
            groups.append(group)
        group.forms[sight.text] += 1
        group.sights.append(sight)
    for group in groups:
        group.text = _shown(group.forms)
        group.key = form_key(group.text, language)
    groups.sort(key=lambda group: (-group.weight, group.sights[0].mention))
    return groups


def _shown(forms: Counter[str]) -> str:
    """The commonest form; of equally common ones the shortest, which has fewest endings."""
    return min(forms, key=lambda form: (-forms[form], form[:1].isupper(), len(form)))


def is_variant(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of two renderings one is the other, inflected, shortened or lengthened."""
    return same_form(one, other) or is_shorter_form(one, other) or is_shorter_form(other, one)
