"""Parts of speech of the pivot text, where a tagger has its language; frequencies of its words."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, cast

import regex

from align.languages.frequencies import word_counts
from align.languages.profile import base_language, profile
from align.languages.tagger_models import load_tagger
from align.terminology.variants import term_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.terminology.words import Word

Part = Literal["noun", "name", "adjective", "of", "other", "unknown"]
"""As much of a part of speech as noun phrases ask for; `of` joins two of them."""

_MARKS = regex.compile(r"[^\s\p{L}\p{M}\p{N}]")

# Beyond this the model looks at a run of words that was never cut; it is cut for it.
_LONGEST_SENTENCE = 400


def has_tagger(language: str) -> bool:
    """Whether parts of speech can be told in a language."""
    return bool(profile(language).tagger)


def parts_of_speech(text: str, words: Sequence[Word], language: str) -> list[Part]:
    """The part of speech of each word of a segment; all `unknown` where no tagger is."""
    if not has_tagger(language):
        return ["unknown"] * len(words)
    tagger, rows = _tagger(base_language(language))
    result: list[Part] = []
    for first in range(0, len(words), _LONGEST_SENTENCE):
        some = words[first : first + _LONGEST_SENTENCE]
        rest = words[first + _LONGEST_SENTENCE : first + _LONGEST_SENTENCE + 1]
        tokens: list[str] = []
        places: list[int] = []
        offset = some[0].start
        for word in some:
            tokens.extend(_MARKS.findall(text, offset, word.start))
            places.append(len(tokens))
            tokens.append(word.text)
            offset = word.stop
        stop = rest[0].start if rest else len(text)
        tokens.extend(_MARKS.findall(text, offset, stop))
        tags = tagger.tag_sent(tokens, taglevel=0)  # no lemmas
        result.extend(_part(tags[place], rows) for place in places)
    return result


@lru_cache(maxsize=4096)
def is_adjective(word: str, language: str) -> bool:
    """Whether a word by itself is an adjective rather than anything else ("Japanese")."""
    return _likeliest(word, language).startswith(("AJ", "ADJ"))


@lru_cache(maxsize=4096)
def is_measure(word: str, language: str) -> bool:
    """Whether a word by itself is one of measure, the same in the plural ("percent")."""
    return _likeliest(word, language) == "NN0"


def _likeliest(word: str, language: str) -> str:
    if not has_tagger(language):
        return ""
    tagger, _ = _tagger(base_language(language))
    tags = tagger.tag_word(word)
    return str(max(tags, key=lambda tag: tag[1])[0]) if tags else ""


@lru_cache(maxsize=65536)
def general_frequency(word: str, language: str) -> float:
    """How often a word stands in a billion words of everyday text, as a decimal logarithm.

    The scale is van Heuven et al.'s Zipf scale (2014): "the" is near 7.7, rare words are below 3.
    A word that is not listed has 1; in a language without a list every word has 3.5.
    """
    counts = word_counts(language)
    if counts is None:
        return 3.5
    count = counts[word.lower()]
    return math.log10(float(count / counts.total_words) * 1e9) if count else 1.0


_FEWEST_LETTERS = 4  # of a word that is likely to have a meaning of its own
_ORDINARY = 3.0
"""Zipf frequency from which a word has a meaning that is translated."""

_CAPITALISED = regex.compile(r"\p{Lu}[\p{L}\p{M}]{2,}")


def is_transcribed(name: str, language: str) -> bool:
    """Whether a name has no word of the language, so that only its sound goes over."""
    return all(
        general_frequency(form, language) < _ORDINARY
        and (form != word or not has_tagger(language) or _is_proper(word, language))
        for word in name.split()
        for form in {word, *term_key(word, language)}
    )


@lru_cache(maxsize=4096)
def _is_proper(word: str, language: str) -> bool:
    """Whether a word by itself is a proper noun rather than anything else."""
    return _likeliest(word, language).startswith(("NP", "NE"))


def transcribed_words(name: str, language: str) -> tuple[str, ...]:
    """The words of a name that only go over by their sound.

    >>> transcribed_words("Setouchi Institute of International Affairs", "en")
    ('Setouchi',)
    """
    words = _CAPITALISED.findall(name)
    return tuple(word for word in words if not word.isupper() and is_transcribed(word, language))


def translated_words(name: str, language: str) -> tuple[str, ...]:
    """The words of a name that have a meaning, function words left out.

    >>> translated_words("Setouchi Institute of International Affairs", "en")
    ('Institute', 'International', 'Affairs')
    """
    words = _CAPITALISED.findall(name)
    return tuple(word for word in words if not is_transcribed(word, language))


def _part(tag: str, rows: tuple[tuple[str, Part], ...]) -> Part:
    return next((part for prefix, part in rows if tag.startswith(prefix)), "other")


@lru_cache(maxsize=4)
def _tagger(language: str) -> tuple[Any, tuple[tuple[str, Part], ...]]:
    known = profile(language)
    return load_tagger(known.tagger), tuple(
        (start, cast("Part", part)) for start, part in known.tags.items()
    )


# Such lists are of talk in films; these are words that no reviewer should be shown.
_COARSE = regex.compile(
    "arse$|asses$|bastard|bitch|boob|cock$|cunt|dick|fag|fuck|hooker|nigg|penis|piss|poop|porn|"
    "puss(y|ies)$|rape|shit|slut|suck|tits$|turd|vagina|whore"
)


@lru_cache(maxsize=4)
def common_words(language: str, most: int) -> list[str]:
    """The commonest words of everyday text that have a meaning of their own, commonest first.

    Empty where there is no list of a language's words.
    """
    counts = word_counts(language)
    if counts is None:
        return []
    functional = profile(language).function_words
    words = (
        (count, word)
        for word, count in counts.items()
        if len(word) >= _FEWEST_LETTERS and word.isalpha() and word not in functional
        if not _COARSE.search(word)
    )
    return [word for _, word in sorted(words, key=lambda row: (-row[0], row[1]))[:most]]
