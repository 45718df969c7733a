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
from align.terminology.hits import Group, Hit, LanguageEvidence
from align.terminology.parameters import fitted
from align.terminology.rendering import RenderingFinder, is_short
from align.terminology.romanising import is_heard, phonetic_similarity, sound_of
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
_USUAL_LOSS = 0.75  # share of names that sound at least as like as a language mostly lets them
_FEWEST_HITS = 8  # without which nothing is said of what a language mostly lacks
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
    hits: dict[str, list[list[Hit]]] = {}
    common: CommonWords | None = None
    for language in article.alignments:
        passages = CutPassages(article, language)
        target = PhraseVectors(encoder, language)
        finder = RenderingFinder(passages, terms, source, target, language, article.pivot)
        rows = [
            [
                _hit(term, index, choice, passages, source, target, language, article.pivot)
                for index, choice in enumerate(row)
            ]
            for term, row in zip(terms, finder.find(), strict=True)
        ]
        if len(article.alignments) > FEWEST_OTHERS:
            common = common or common_meanings(source, article.pivot)
            give_hints(rows, common, target)
        hits[language] = rows
        if advance:
            advance(1)
    contrast_all(hits, encoder, article.pivot)
    _compare(hits)
    return {
        language: LanguageEvidence(language, rows, [_grouped(row, language) for row in rows])
        for language, rows in hits.items()
    }


def _hit(
    term: Term,
    index: int,
    choice: Choice | None,
    passages: CutPassages,
    source: PhraseVectors,
    target: PhraseVectors,
    language: str,
    pivot: str,
) -> Hit:
    mention = term.mentions[index]
    if choice is None:
        return Hit(mention, passages.missing(mention), mention.span)
    passage = passages.passages[choice.located.bead]
    short = is_short(term, mention)
    hit = Hit(mention, passage, choice.located.span, short=short)
    hit.is_name = term.kind in ("name", "abbreviation")
    hit.alone = sum(is_short(term, other) == short for other in term.mentions) < 2
    if hit.is_name and not short and is_heard(language):
        names = transcribed_words(mention.text, pivot)
        hit.names = tuple(n for n in names if len(sound_of(n).consonants) >= _CONSONANTS)
        hit.heard = phonetic_similarity(
            hit.names, [said(word) for word in passage.target_words], language
        )
        texts = [word.text for word in passage.target_words if word.opens or word.closes]
        if hit.names and texts:
            # Some have a name of their own, whose sound is another: Europe is 欧州.
            source.add(hit.names)
            meant = (source.of(hit.names) @ target.of(texts).T).max(axis=1)
            hit.heard = np.maximum(hit.heard, meant)
    hit.cover, hit.lacking = choice.cover, choice.lacking
    if choice.chosen is not None:
        at = choice.chosen
        first, last = choice.spans[at].tolist()
        hit.target_span = Span(passage.target_words[first].start, passage.target_words[last].stop)
        hit.text = span_text(passage.target, passage.target_words, first, last)
        hit.key = choice.keys[at]
        hit.similarity = float(choice.similarities[at])
        hit.inside = float(choice.inside[at])
        hit.outside = float(choice.outside[at])
        hit.links = float(choice.links[at])
        hit.support = 0.0 if hit.alone else float(choice.support[at])
        hit.probability = float(choice.shares[at])
        if choice.part is not None:
            hit.part = span_text(
                passage.target, passage.target_words, *choice.spans[choice.part].tolist()
            )
        hit.known = float(choice.known[at])
        hit.copied = copied_words(hit)
        hit.vector = target.of([hit.text])[0]
    return hit


def _compare(rows: Mapping[str, Sequence[Sequence[Hit]]]) -> None:
    """Holds each mention's renderings in all languages against one another."""
    for of_term in zip(*rows.values(), strict=True):
        for of_mention in zip(*of_term, strict=True):
            _compare_mention([hit for hit in of_mention if hit.vector is not None])
    # What a language mostly lacks against the others says nothing of any one term.
    for of_language in rows.values():
        shortfalls = [
            hit.expected - hit.similarity
            for row in of_language
            for hit in row
            if hit.expected is not None
        ]
        usual = float(np.median(shortfalls)) if len(shortfalls) >= _FEWEST_HITS else 0.0
        sounds = [hit.unheard for row in of_language for hit in row if hit.names]
        enough = len(sounds) >= _FEWEST_NAMES
        usual_loss = max(float(np.quantile(sounds, _USUAL_LOSS)), 0.0) if enough else 0.0
        for row in of_language:
            for hit in row:
                hit.unheard -= usual_loss
                if hit.expected is not None:
                    hit.expected -= usual
                if hit.vector is not None:
                    hit.present = _chance(hit, fitted().present[hit.is_name])
                    hit.right = _chance(hit, fitted().right[hit.is_name])
                    hit.probability *= hit.fit
                    if hit.present < _SHOWN:
                        hit.target_span, hit.text = None, ""
                        hit.probability = 1 - hit.present


def _compare_mention(seen: Sequence[Hit]) -> None:
    """Holds the renderings of one mention in several languages against one another."""
    count = len(seen)
    if count <= _FEWEST_PEERS:
        return
    others = all_but_one(count)
    vectors = np.array([hit.vector for hit in seen])
    near = vectors @ vectors.T
    peers = _best(near[np.arange(count)[:, None], others])
    expected = _best(np.array([hit.similarity for hit in seen])[others])
    # For each edition, how near each of the others is to those beside it: shape (n, n - 1, n - 2).
    beside = others[:, all_but_one(count - 1)]
    mutual = np.median(_best(near[others[:, :, None], beside]), axis=1)
    covers = np.array([hit.cover for hit in seen])
    if covers.size:
        uncovered = (np.median(covers[others], axis=1) - covers).max(axis=1)
        for hit, most in zip(seen, uncovered.tolist(), strict=True):
            hit.uncovered = most
    for place, hit in enumerate(seen):
        hit.peers = float(peers[place])
        hit.expected = float(expected[place])
        hit.outlying = float(mutual[place]) - hit.peers
        sounds = [
            seen[other].heard for other in others[place].tolist() if seen[other].heard is not None
        ]
        if hit.names and len(sounds) >= _FEWEST_PEERS:
            # One of the others may be wrong; what several translate is no mere sound.
            usual = np.sort(np.array(sounds), axis=0)[int(len(sounds) > _PEERS)]
            hit.unheard = float((usual - hit.heard).max())


def _best(values: FloatArray) -> FloatArray:
    """The mean of the highest few values, along the last axis."""
    return np.asarray(np.sort(values)[..., ::-1][..., :_PEERS].mean(axis=-1))


def copied_words(hit: Hit) -> tuple[str, ...]:
    """The source's own words in a rendering: Latin words that stand in the mention, too."""
    source = {word.casefold() for word in _LATIN_WORD.findall(hit.mention.text)}
    return tuple(word for word in _LATIN_WORD.findall(hit.text) if word.casefold() in source)


def features(hit: Hit) -> list[float]:
    """What a rendering is judged by; the order is that of the fitted weights (`FEATURES`)."""
    alone = hit.peers is None
    return [
        1.0,
        hit.similarity,
        max(hit.inside, 0.0),
        max(hit.outside, -0.2),
        float(np.clip(hit.links / max(len(hit.key), 1), -3.0, 3.0)),
        hit.support,
        float(hit.alone),
        0.0 if hit.peers is None else hit.peers - hit.similarity,
        0.0 if hit.expected is None else max(hit.expected - hit.similarity, -0.1),
        float(alone),
        float(alone) * hit.similarity,
        float(np.clip(hit.outlying, -0.2, 0.6)),
        float(np.clip(hit.uncovered, -0.1, 0.6)),
        hit.known,
        max(hit.lacking, 0.0),
    ]


def _chance(hit: Hit, weights: Sequence[float]) -> float:
    return 1 / (1 + float(np.exp(-np.dot(features(hit), weights))))


def _grouped(row: Sequence[Hit], language: str) -> list[Group]:
    """Puts forms of one rendering together; the commonest group comes first."""
    groups: list[Group] = []
    for hit in row:
        if hit.target_span is None:
            continue
        group = next((group for group in groups if same_form(group.key, hit.key)), None)
        if group is None:
            group = Group(hit.text, hit.key)
            groups.append(group)
        group.forms[hit.text] += 1
        group.hits.append(hit)
    for group in groups:
        group.text = _shown(group.forms)
        group.key = form_key(group.text, language)
    groups.sort(key=lambda group: (-group.weight, group.hits[0].mention))
    return groups


def _shown(forms: Counter[str]) -> str:
    """The commonest form; of equally common ones the shortest, which has fewest endings."""
    return min(forms, key=lambda form: (-forms[form], form[:1].isupper(), len(form)))


def is_variant(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of two renderings one is the other, inflected, shortened or lengthened."""
    return same_form(one, other) or is_shorter_form(one, other) or is_shorter_form(other, one)
