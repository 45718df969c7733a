"""Whether a rendering stands in a text, in any of its inflected forms."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from align.languages.chinese import characters_simplified
from align.languages.clitics import clitics_of
from align.languages.profile import profile
from align.terminology.forms import form_key, same_form
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ATTRIBUTIVE = "の的了"  # attributes have them or have not: 持续的制裁, 持续制裁
_BETWEEN = 4  # other words that may stand among those of a rendering
_FEWEST_COMPOUNDED = 5  # letters of a word that is looked for within compounds


class StandingText:
    """A target text in which renderings are looked for.

    Args:
        text: The text.
        language: BCP 47 tag.
    """

    def __init__(self, text: str, language: str) -> None:
        self._profile = profile(language)
        self._language = language
        self._together = not profile(language).spaced
        if self._together:
            self._letters, self._places = _letters(text, language)
        else:
            functional = profile(language).function_words
            words = list(_WORD.finditer(text))
            content = [word for word in words if word[0].lower() not in functional] or words
            self._keys = [_keys(word[0], language) for word in content]
            self._spans = [word.span() for word in content]

    def find(self, rendering: str) -> list[Span]:
        """Where a rendering stands, in any form, without overlaps.

        >>> StandingText("les technologies à double usage", "fr").find("technologie à double usage")
        [Span(start=4, stop=31)]
        """
        if self._together:
            return self._find_letters(_letters(rendering, self._language)[0])
        key = form_key(rendering, self._language)
        found = self._find_words(key)
        return found or self._find_scattered(key)

    def _find_letters(self, key: str) -> list[Span]:
        found = []
        start = self._letters.find(key) if key else -1
        while start >= 0:
            stop = start + len(key)
            found.append(Span(self._places[start], self._places[stop - 1] + 1))
            start = self._letters.find(key, stop)
        return found

    def _find_words(self, key: Sequence[str]) -> list[Span]:
        found = []
        place = 0
        while key and place + len(key) <= len(self._keys):
            if all(map(self._alike, key, self._keys[place : place + len(key)])):
                last = place + len(key) - 1
                found.append(Span(self._spans[place][0], self._spans[last][1]))
                place = last
            place += 1
        return found

    def _find_scattered(self, key: Sequence[str]) -> list[Span]:
        """The words in any order, others among them: "la coercition, surtout économique"."""
        if len(key) < 2:
            return []
        size = len(key) + _BETWEEN
        rows = [
            [at for at, word in enumerate(self._keys) if self._alike(part, word)] for part in key
        ]
        for start in range(len(self._keys)) if all(rows) else ():
            # Of each word the first place from here on.
            places = [row[at] for row in rows if (at := bisect_left(row, start)) < len(row)]
            if len(places) == len(key) and max(places) < start + size:
                return [Span(self._spans[min(places)][0], self._spans[max(places)][1])]
        return []

    def _alike(self, part: str, words: Sequence[str]) -> bool:
        """Whether a word of a rendering is one of the text, which may be read in several ways."""
        for word in words:
            if same_form((part,), (word,)):
                return True
            if self._profile.agglutinating and word.startswith(part):
                return True
            long = self._profile.compounding and len(part) >= _FEWEST_COMPOUNDED
            if long and part in word:
                return True
        return False


@lru_cache(maxsize=65536)
def _keys(word: str, language: str) -> tuple[str, ...]:
    """The stems of a word, and those without what may be written on to it on either side."""
    clitics = clitics_of(language)
    readings = clitics.readings(word) if clitics else (word,)
    return tuple(dict.fromkeys("".join(form_key(reading, language)) for reading in readings))


def _letters(text: str, language: str) -> tuple[str, list[int]]:
    """The letters of a text, particles of attributes left out, and where each stands."""
    simplified = characters_simplified(text) if profile(language).simplified else text
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(simplified):
        for letter in unicodedata.normalize("NFKC", character).lower():
            if _WORD.fullmatch(letter) and letter not in _ATTRIBUTIVE:
                letters.append(letter)
                places.append(place)
    return "".join(letters), places
