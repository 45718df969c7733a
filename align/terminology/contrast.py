"""What else a rendering may mean: another common word of the pivot in place of one of the term's.

レアメタル is near to "rare earths", but nearer to "rare metal"; what renders "rare earths" in the
other editions is not. Both have to be so: a word with two meanings is near to something else in
one edition, a synonym in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from align.languages.function_words import function_words
from align.terminology.forms import form_key, same_form
from align.terminology.tagging import common_words, transcribed_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoders.base import FloatArray
    from align.terminology.vectors import PhraseVectors

_VOCABULARY = 12_000  # commonest words of the pivot, one of which a rendering may mean
_NEAREST = 6  # of these that are looked at for each word of a rendering,
_LIKE = 0.45  # if they are at least so like it
_LEEWAY = 0.15  # how much less like the rendering than the term another phrase may be
_SAID = 0.6  # similarity from which a word of the passage says the same
_FEWEST_LETTERS = 3  # of a word of the term that has a meaning
FEWEST_OTHERS = 3  # other editions that are asked
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}’']+")


@dataclass(frozen=True, slots=True)
class Contrast:
    """The phrase that a rendering is likeliest to mean instead of the term.

    Attributes:
        text: The phrase: the term with another word in place of one of its own.
        gain: How much more similar the rendering is to it than to the term.
        apart: The same, less what it is for the renderings of the other editions.
    """

    text: str
    gain: float
    apart: float

    @property
    def strength(self) -> float:
        """How much speaks for the other phrase."""
        return min(self.apart, self.gain + _LEEWAY)


def near_words(
    texts: Sequence[str], source: PhraseVectors, target: PhraseVectors, pivot: str
) -> dict[str, tuple[str, ...]]:
    """For each of some words of an edition, the common words of the pivot that are nearest.

    Args:
        texts: The words, whose vectors are known to `target`.
        source: Vectors of pivot phrases; the common words are added to them.
        target: Vectors of the edition's words.
        pivot: BCP 47 tag of the pivot.

    Returns:
        The nearest first; none for any where the pivot has no list of common words.
    """
    vocabulary = common_words(pivot, _VOCABULARY)
    distinct = list(dict.fromkeys(texts))
    if not vocabulary or not distinct:
        return dict.fromkeys(distinct, ())
    source.add(vocabulary)
    alike = target.of(distinct) @ source.of(vocabulary).T
    best = np.argsort(-alike, axis=1, kind="stable")[:, :_NEAREST]
    return {
        text: tuple(vocabulary[at] for at in some if row[at] > _LIKE)
        for text, row, some in zip(distinct, alike, best.tolist(), strict=True)
    }


def unsaid(words: Sequence[str], beside: Sequence[str], source: PhraseVectors) -> list[str]:
    """Those of some words that mean nothing said beside the term: such a one would be rendered."""
    if not words or not beside:
        return list(words)
    alike = (source.of(words) @ source.of(beside).T).max(axis=1)
    return [word for word, most in zip(words, alike.tolist(), strict=True) if most < _SAID]


def other_phrases(mention: str, near: Sequence[str], pivot: str) -> list[str]:
    """A term with each of some words in place of one of its own that has a meaning."""
    kept = {name.casefold() for name in transcribed_words(mention, pivot)}
    functional = function_words(pivot)
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
    result: list[Contrast | None] = []
    for place, mine in enumerate(gains):
        apart = mine - np.median(np.delete(gains, place, axis=0), axis=0)
        found = map(Contrast, texts, mine.tolist(), apart.tolist())
        result.append(max(found, key=lambda contrast: contrast.strength))
    return result
