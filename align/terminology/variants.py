"""When two forms are one term: plural, case, hyphen, spelling, abbreviation and long form."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from align.languages.profile import profile
from align.languages.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_CAPITALS = regex.compile(r"\p{Lu}[\p{Lu}\p{N}&.-]*\p{Lu}\.?|\p{Lu}\p{N}+|(?:\p{Lu}\.){2,}")


@lru_cache(maxsize=65536)
def term_key(text: str, language: str) -> tuple[str, ...]:
    """What all forms of a term have in common.

    >>> term_key("Defence industries", "en") == term_key("defense-industry", "en")
    True
    >>> term_key("U.S.", "en") == term_key("US", "en")
    True
    """
    if is_abbreviation(text):
        return (text.replace(".", ""),)
    parts = (part.lower() for part in _PARTS.findall(text))
    if profile(language).plurals:
        return tuple(spelt_alike(_singular(part, language), language) for part in parts)
    return tuple(stem(part, language) for part in parts)


def is_abbreviation(text: str) -> bool:
    """Whether a word is an abbreviation of capitals.

    >>> [is_abbreviation(word) for word in ("GCAP", "G7", "U.S.", "Japan", "A")]
    [True, True, True, False, False]
    """
    return _CAPITALS.fullmatch(text) is not None


def abbreviates(short: str, long: Sequence[str]) -> bool:
    """Whether the letters of an abbreviation begin the words of a long form, in order.

    >>> abbreviates("GCAP", ["Global", "Combat", "Air", "Programme"])
    True
    >>> abbreviates("EPA", ["Economic", "Security", "Strategy"])
    False
    """
    letters = [letter for letter in short if letter.isalpha()]
    parts = [part for word in long for part in _PARTS.findall(word)]
    initials = [part[0].upper() for part in parts]
    if not letters or [letter.upper() for letter in letters] == initials:
        return bool(letters)
    strong = [part[0].upper() for part in parts if part[0].isupper() or len(part) > 3]
    return [letter.upper() for letter in letters] == strong


def _singular(word: str, language: str) -> str:
    """Takes a plural's ending off, and no more."""
    for ending, singular in profile(language).plurals.items():
        if match := regex.search(ending, word):
            return word[: match.start()] + singular
    return word


def spelt_alike(stemmed: str, language: str) -> str:
    """A word in one of two spellings of its language: in English, the American one.

    >>> spelt_alike("fibre", "en")
    'fiber'
    """
    for ending, other in profile(language).spellings.items():
        if stemmed.endswith(ending) and len(stemmed) > len(ending) + 1:
            return stemmed[: -len(ending)] + other
    return stemmed
