"""When two renderings are forms of one another: inflected, shortened, written otherwise."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from align.languages.arabic import PROCLITICS
from align.languages.chinese import characters_simplified
from align.languages.clitics import clitics_of
from align.languages.profile import profile
from align.languages.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

_PARTS = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ATTRIBUTIVE = regex.compile("(?<=.)[の的了](?=.)")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_FEWEST_SHARED = 3  # letters of the shorter of two stems of one word, all in the longer one,
_SHARED = 0.6  # the share of the longer one that these are,
_LONGEST_ENDING = 3  # and the most letters by which it is longer


@lru_cache(maxsize=131072)
def form_key(text: str, language: str) -> tuple[str, ...]:
    """What the inflected forms of a rendering have in common: stems of its content words.

    >>> form_key("стратегической автономии", "ru") == form_key("стратегическая автономия", "ru")
    True
    >>> form_key("سلاسل الإمداد", "ar") == form_key("سلسلة الإمداد", "ar")
    True
    """
    folded = unicodedata.normalize("NFKC", text).replace("\u200c", "")
    if profile(language).simplified:
        folded = characters_simplified(folded)
    if not profile(language).spaced:
        letters = "".join(_PARTS.findall(folded)).lower()
        # Particles that attributes have or have not: 持续的制裁, 持续制裁.
        return (_ATTRIBUTIVE.sub("", letters) or letters,)
    parts = list(_PARTS.findall(folded.lower().replace("ё", "е")))
    functional = profile(language).function_words
    content = [part for part in parts if part not in functional] or parts
    clitics = clitics_of(language)
    if clitics:
        return tuple(filter(None, map(clitics.root, content)))
    stems = (stem(part, language) for part in content)
    fleeting = profile(language).fleeting_vowel
    if fleeting:  # порядок, порядка: the vowel goes where an ending comes
        stems = (regex.sub(fleeting, r"\1", word) for word in stems)
    return tuple(map(without_accents, stems))


def same_form(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two keys are of forms of one rendering: the words' ends may differ.

    >>> same_form(("подводн", "кабел"), ("подводн", "кабеля")), same_form(("輸出",), ("輸入",))
    (True, False)
    """
    if first == second:
        return True
    if len(first) != len(second):
        return "".join(first) == "".join(second)
    return all(_alike(one, other) for one, other in zip(first, second, strict=True))


def is_shorter_form(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether one rendering is the other with words left out: a surname, a head noun.

    >>> is_shorter_form(form_key("соглашение", "ru"), form_key("Соглашение о партнёрстве", "ru"))
    True
    >>> is_shorter_form(("同盟",), ("日米同盟",))
    True
    """
    if not short or not long or short == long:
        return False
    if len(short) == 1 and len(long) == 1:
        edge = long[0].startswith(short[0]) or long[0].endswith(short[0])
        return (edge or len(short[0]) > 1) and short[0] in long[0] and is_unspaced(short[0])
    if len(short) >= len(long):
        return False
    rest = iter(long)
    return all(any(_alike(word, other) for other in rest) for word in short)


def _alike(one: str, other: str) -> bool:
    """Whether two stems differ by what an ending may have left on them."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if longer[0] in PROCLITICS and len(longer) > _FEWEST_SHARED:
        rest = shorter[1:] if shorter[0] in PROCLITICS else shorter
        if longer[1:] in (shorter, rest):
            return True
    return (
        len(shorter) >= max(_FEWEST_SHARED, _SHARED * len(longer))
        and len(longer) - len(shorter) <= _LONGEST_ENDING
        and longer.startswith(shorter)
        and not is_unspaced(one)
    )


def is_unspaced(word: str) -> bool:
    """Whether a word is of a script in which every character tells."""
    return _UNSPACED.search(word) is not None


def without_accents(word: str) -> str:
    """A word's letters without their accents.

    >>> without_accents("Việt"), without_accents("ё")
    ('Viet', 'е')
    """
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
