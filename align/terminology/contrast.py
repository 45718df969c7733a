"""What else a rendering may mean: another common word of the pivot in place of one of the term's.

レアメタル is near to "rare earths", but nearer to "rare metal"; what renders "rare earths" in the
other editions is not. Both have to be so: a word with two meanings is near to something else in
one edition, a synonym in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
import regex

from align.languages.profile import profile
from align.terminology.forms import form_key, same_form
from align.terminology.hits import Contrast, strength
from align.terminology.tagging import common_words, transcribed_words
from align.terminology.vectors import PhraseVectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from align.encoders.base import Encoder, FloatArray
    from align.terminology.hits import Hit
    from align.text import Span

_VOCABULARY = 12_000  # commonest words of the pivot, one of which a rendering may mean
_NEAREST = 6  # of these that are looked at for each word of a rendering,
_LIKE = 0.45  # if they are at least so like it
_SAID = 0.6  # similarity from which a word of the passage says the same
_TOGETHER = 256  # mentions that are looked at together
_WORDS_TOGETHER = 1024  # words likewise
_FEWEST_LETTERS = 3  # of a word of the term that has a meaning
FEWEST_OTHERS = 3  # other editions that are asked
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}’']+")


@dataclass(frozen=True, slots=True)
class CommonWords:
    """The common words of a pivot, one of which a rendering may mean.

    Attributes:
        words: The words, the commonest first; none where there is no list of them.
        vectors: Their vectors, shape (words, dimension).
    """

    words: Sequence[str]
    vectors: FloatArray


def common_meanings(source: PhraseVectors, pivot: str) -> CommonWords:
    """The common words of a pivot; their vectors are added to those of its phrases."""
    words = common_words(pivot, _VOCABULARY)
    source.add(words)
    return CommonWords(words, source.of(words))


def give_hints(rows: Sequence[Sequence[Hit]], common: CommonWords, target: PhraseVectors) -> None:
    """Says of each rendering what its words may mean, word by word."""
    seen = [
        (hit, _words_in(hit, hit.target_span))
        for row in rows
        for hit in row
        if hit.target_span is not None and not hit.short
    ]
    near = near_words([text for _, words in seen for text in words], common, target)
    for hit, words in seen:
        hit.hints = tuple(dict.fromkeys(word for text in words for word in near[text]))


def _words_in(hit: Hit, span: Span) -> list[str]:
    return [
        word.text
        for word in hit.passage.target_words
        if (word.opens or word.closes) and span.start <= word.start and word.stop <= span.stop
    ]


def contrast_all(rows: Mapping[str, Sequence[Sequence[Hit]]], encoder: Encoder, pivot: str) -> None:
    """Says of each rendering what it may mean instead of the term, against other languages'."""
    seen = [
        [hit for hit in of_mention if hit.vector is not None and not hit.short]
        for of_term in zip(*rows.values(), strict=True)
        for of_mention in zip(*of_term, strict=True)
    ]
    seen = [hits for hits in seen if len(hits) > FEWEST_OTHERS]
    for start in range(0, len(seen), _TOGETHER):
        # These phrases are of no use to anything else: their vectors are not kept.
        _contrast_some(seen[start : start + _TOGETHER], PhraseVectors(encoder, pivot), pivot)


def _contrast_some(seen: Sequence[Sequence[Hit]], vectors: PhraseVectors, pivot: str) -> None:
    hints = [list(dict.fromkeys(word for hit in some for word in hit.hints)) for some in seen]
    beside = [_beside(some[0]) for some in seen]
    vectors.add(word for some in (*hints, *beside) for word in some)
    phrases = [
        other_phrases(some[0].mention.text, unsaid(words, others, vectors), pivot)
        for some, words, others in zip(seen, hints, beside, strict=True)
    ]
    vectors.add([*(some[0].mention.text for some in seen), *(p for some in phrases for p in some)])
    for hits, some in zip(seen, phrases, strict=True):
        [term] = vectors.of([hits[0].mention.text])
        renderings = np.array([hit.vector for hit in hits])
        for hit, contrast in zip(
            hits, contrasts(term, vectors.of(some), some, renderings), strict=True
        ):
            hit.contrast = contrast


def _beside(hit: Hit) -> list[str]:
    """The words of the source passage that are not the mention's."""
    span = hit.source_span
    return [
        word.text
        for word in hit.passage.source_words
        if (word.opens or word.closes) and (word.stop <= span.start or word.start >= span.stop)
    ]


def near_words(
    texts: Sequence[str], common: CommonWords, target: PhraseVectors
) -> dict[str, tuple[str, ...]]:
    """For each of some words of an edition, the common words of the pivot that are nearest.

    Args:
        texts: The words, whose vectors are known to `target`.
        common: The common words.
        target: Vectors of the edition's words.

    Returns:
        The commonest first; none for any where the pivot has no list of common words.
    """
    distinct = list(dict.fromkeys(texts))
    if not common.words or not distinct:
        return dict.fromkeys(distinct, ())
    near: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(distinct), _WORDS_TOGETHER):
        some = distinct[start : start + _WORDS_TOGETHER]
        alike = target.of(some) @ common.vectors.T
        best = np.argpartition(alike, -_NEAREST, axis=1)[:, -_NEAREST:]
        best.sort(axis=1)
        like = np.take_along_axis(alike, best, axis=1) > _LIKE
        for text, places, are_like in zip(some, best.tolist(), like.tolist(), strict=True):
            near[text] = tuple(common.words[at] for at in compress(places, are_like))
    return near


def unsaid(words: Sequence[str], beside: Sequence[str], source: PhraseVectors) -> list[str]:
    """Those of some words that mean nothing said beside the term: such a one would be rendered."""
    if not words or not beside:
        return list(words)
    alike = (source.of(words) @ source.of(beside).T).max(axis=1)
    return [word for word, most in zip(words, alike.tolist(), strict=True) if most < _SAID]


def other_phrases(mention: str, near: Sequence[str], pivot: str) -> list[str]:
    """A term with each of some words in place of one of its own that has a meaning."""
    kept = {name.casefold() for name in transcribed_words(mention, pivot)}
    functional = profile(pivot).function_words
    places = [
        match
        for match in _WORD.finditer(mention)
        if match[0].lower() not in functional
        and match[0].casefold() not in kept
        and len(match[0]) >= _FEWEST_LETTERS
    ]
    own = [part for match in places for part in form_key(match[0], pivot)]
    others = [
        word
        for word in near
        if not any(same_form((part,), (key,)) for part in form_key(word, pivot) for key in own)
    ]
    return [
        mention[: match.start()] + word + mention[match.end() :]
        for match in places
        for word in others
    ]


def contrasts(
    term: FloatArray, others: FloatArray, texts: Sequence[str], renderings: FloatArray
) -> list[Contrast | None]:
    """What each edition's rendering of one mention may mean instead.

    Args:
        term: The mention's vector, shape (d,).
        others: Vectors of other phrases, shape (n, d).
        texts: These phrases.
        renderings: Vectors of what the editions have, shape (editions, d).

    Returns:
        One a rendering; None where there is nothing to compare it with.
    """
    if not texts or len(renderings) <= FEWEST_OTHERS:
        return [None] * len(renderings)
    gains = renderings @ others.T - (renderings @ term)[:, None]
    apart = gains - np.median(gains[all_but_one(len(gains))], axis=1)
    best = strength(gains.astype(np.float64), apart.astype(np.float64)).argmax(axis=1)
    return [
        Contrast(texts[at], float(gain[at]), float(more[at]))
        for at, gain, more in zip(best.tolist(), gains, apart, strict=True)
    ]


def all_but_one(count: int) -> NDArray[np.intp]:
    """For each of some places, all the others, shape (count, count - 1).

    >>> all_but_one(3).tolist()
    [[1, 2], [0, 2], [0, 1]]
    """
    others = np.arange(count - 1)
    return np.asarray(others + (others >= np.arange(count)[:, None]), dtype=np.intp)
