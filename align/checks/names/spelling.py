"""Whether a name stands in a text as it is known, and what else stands there that is close to it.

Inflection is no misspelling. What a language adds to a name at its ends (cases, articles, what
Arabic writes on to it) is left out of account, so that only what differs within a name is held
against it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from align.languages.arabic import letters_alike
from align.languages.clitics import clitics_of
from align.languages.profile import profile
from align.terminology.forms import without_accents
from align.terminology.tagging import general_frequency
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_LETTER = regex.compile(r"[\p{L}\p{M}\p{N}ー々]")
_ONE_WORD = regex.compile(r"[\p{Katakana}ー]{2}|[\p{Latin}\p{M}]{2}")
_HAN = regex.compile(r"\p{Han}")
_SCRIPTS = {
    name: regex.compile(rf"\p{{{name}}}") for name in ("Han", "Hiragana", "Katakana", "Latin")
}
_LONGEST_ENDING = 4
_FEWEST_LETTERS = 4  # of a word that can be told from another word
_FEWEST_CHARACTERS = 3
_CLOSE = 0.7  # similarity of a misspelling, letter by letter
_EVERYDAY = 4.0  # Zipf frequency of words that are no misspelt names


@dataclass(frozen=True, slots=True)
class Close:
    """Something that stands in a text and is close to a name, but not it.

    Attributes:
        span: Where it stands.
        similarity: Letter by letter, 0 to 1.
        better: What would be right in its place.
    """

    span: Span
    similarity: float
    better: str


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    folded: str
    span: Span


class NameText:
    """A text in which names are looked for.

    Args:
        text: The text.
        language: BCP 47 tag.
    """

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._together = not profile(language).spaced
        if self._together:
            self._letters, self._places = _letters(text)
        else:
            self._tokens = _tokens(text, language)

    def has(self, name: str) -> bool:
        """Whether a name stands in the text, in any of its forms.

        >>> text = NameText("Встреча с Кастеллани", "ru")
        >>> text.has("Кастеллани"), text.has("Кастелани")
        (True, False)
        """
        if self._together:
            key = _letters(name)[0]
            return bool(key) and key in self._letters
        return not self._absent(name)

    def close_to(self, name: str, others: Collection[str] = ()) -> Close | None:
        """What stands in place of a name that is nearly the same.

        Args:
            name: The name as it should be.
            others: What stands for something else, though it be close.

        Returns:
            The nearest; None where nothing is near, or the name itself stands there.

        >>> found = NameText("dit Naoko Hirabayachi.", "fr").close_to("Naoko Hirabayashi")
        >>> found.span, found.better
        (Span(start=10, stop=21), 'Hirabayashi')
        """
        if self.has(name):
            return None
        return (
            self._close_letters(name, others) if self._together else self._close_word(name, others)
        )

    def _absent(self, name: str) -> list[_Token]:
        return [
            token
            for token in _tokens(name, self._language)
            if not any(
                same_name(token.folded, each.folded, self._language) for each in self._tokens
            )
        ]

    def _close_word(self, name: str, others: Collection[str]) -> Close | None:
        from rapidfuzz.distance import DamerauLevenshtein

        own = [token.folded for token in _tokens(name, self._language)]
        other_words: set[str] | None = None
        found: list[Close] = []
        for absent in self._absent(name):
            if len(absent.folded) < _FEWEST_LETTERS:
                continue
            best: Close | None = None
            for token in self._tokens:
                if absent.text[0].isupper() and token.text[0].islower():
                    continue
                similarity = max(
                    DamerauLevenshtein.normalized_similarity(one, other)
                    for one in _readings(absent.folded, self._language)
                    for other in _readings(token.folded, self._language)
                )
                if similarity < _CLOSE or _is_derived(absent.folded, token.folded, self._language):
                    continue
                if self._is_everyday(token.folded):
                    continue
                if any(same_name(word, token.folded, self._language) for word in own):
                    continue
                if other_words is None:  # there may be thousands, and few words are close
                    other_words = {
                        each.folded for other in others for each in _tokens(other, self._language)
                    }
                if any(same_name(word, token.folded, self._language) for word in other_words):
                    continue
                if best is None or similarity > best.similarity:
                    best = Close(token.span, similarity, absent.text)
            if best is not None:
                found.append(best)
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        start = min(close.span.start for close in found)
        stop = max(close.span.stop for close in found)
        if stop - start > 2 * len(name):  # words from here and there
            return max(found, key=lambda close: close.similarity)
        similarity = sum(close.similarity for close in found) / len(found)
        return Close(Span(start, stop), similarity, name)

    def _is_everyday(self, word: str) -> bool:
        frequency = general_frequency(word, self._language)
        return frequency >= _EVERYDAY

    def _close_letters(self, name: str, others: Collection[str]) -> Close | None:
        """The stretch of characters that is nearest to a name, of about its length."""
        from rapidfuzz.distance import DamerauLevenshtein

        key = _letters(name)[0]
        if len(key) < _FEWEST_CHARACTERS:
            return None
        forbidden = [
            (start, start + len(other))
            for other in (_letters(other)[0] for other in others)
            if len(other) > 1 and other not in key
            for start in _all_places(self._letters, other)
        ]
        best: Close | None = None
        for size in (len(key), len(key) + 1, len(key) - 1):
            for start in range(len(self._letters) - size + 1):
                stop = start + size
                window = self._letters[start:stop]
                # What differs at an end only may be shorter, or a word beside the name.
                if window in key or key in window or _differ_at_edge(window, key):
                    continue
                similarity = DamerauLevenshtein.normalized_similarity(
                    key, window, score_cutoff=2 / 3
                )
                if similarity < (2 / 3 if len(key) == _FEWEST_CHARACTERS else _CLOSE):
                    continue
                if any(start < end and begin < stop for begin, end in forbidden):
                    continue
                if _script(window) != _script(key):
                    continue
                if self._cuts_word(start) or self._cuts_word(stop):
                    continue
                if best is None or similarity > best.similarity:
                    span = Span(self._places[start], self._places[stop - 1] + 1)
                    best = Close(span, similarity, name)
        return best

    def _cuts_word(self, place: int) -> bool:
        """Whether a word of katakana or Latin letters goes on over a place in the letters."""
        if not 0 < place < len(self._letters) or self._places[place] - self._places[place - 1] > 1:
            return False
        return _ONE_WORD.fullmatch(self._letters[place - 1 : place + 1]) is not None


def same_name(known: str, word: str, language: str) -> bool:
    """Whether two folded words are one name, which may be inflected.

    >>> same_name("триест", "триеста", "ru"), same_name("сэтоути", "сетоучи", "ru")
    (True, False)
    >>> same_name("اليابان", "لليابان", "ar")
    True
    """
    if known == word:
        return True
    if clitics_of(language):
        return not _readings(known, language).isdisjoint(_readings(word, language))
    known_profile = profile(language)
    if not known_profile.names_inflected:
        return word in (known + "s", known.removesuffix("s"))
    common = _common(known, word)
    rest, other = known[common:], word[common:]
    if known_profile.name_endings:
        ending = _pattern(known_profile.name_endings)
        return (
            common >= 2
            and ending.fullmatch(rest) is not None
            and ending.fullmatch(other) is not None
        )
    return common >= max(3, len(known) - 2) and len(other) <= _LONGEST_ENDING


@lru_cache(maxsize=64)
def _pattern(text: str) -> regex.Pattern[str]:
    return regex.compile(text)


def _differ_at_edge(window: str, key: str) -> bool:
    """Whether two stretches of Han characters differ in their first or last one only.

    Then a shorter form of the name may stand there, with a word beside it. (Where a word of
    another script ends is plain to see.)
    """
    if not _HAN.fullmatch(window[0]) or not _HAN.fullmatch(window[-1]):
        return False
    return window[1:] == key[1:] or window[:-1] == key[:-1]


def _is_derived(known: str, word: str, language: str) -> bool:
    """Whether a word goes on where the name ends, as adjectives and inhabitants do."""
    clitics = clitics_of(language)
    if clitics:
        stems = set(map(clitics.ending, _readings(known, language)))
        if not stems.isdisjoint(map(clitics.ending, _readings(word, language))):
            return True
    return any(
        other.startswith(one)
        or (
            clitics is not None
            and len(other) > 3
            and (one.startswith(other) or one.endswith(other))
        )
        for one in _readings(without_accents(known), language)
        for other in _readings(without_accents(word), language)
    )


@lru_cache(maxsize=65536)
def _readings(word: str, language: str) -> frozenset[str]:
    """A folded word, and what is left of it without what is written on to it."""
    clitics = clitics_of(language)
    return frozenset((word, clitics.before(word)) if clitics else (word,))


def _tokens(text: str, language: str) -> list[_Token]:
    functional = profile(language).function_words
    tokens = [
        _Token(match[0], _folded(match[0]), Span(*match.span())) for match in _WORD.finditer(text)
    ]
    return [token for token in tokens if token.folded not in functional] or tokens


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold().replace("ё", "е")
    return letters_alike(folded).replace("ة", "ه")


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters of a text written without spaces, points between names left out."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if _LETTER.fullmatch(letter):
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _script(text: str) -> frozenset[str]:
    """Which scripts a name is written in; the sound mark of katakana belongs to none."""
    scripts = {name for name, pattern in _SCRIPTS.items() if pattern.search(text.replace("ー", ""))}
    return frozenset(scripts)


def _all_places(text: str, part: str) -> Iterable[int]:
    place = text.find(part)
    while place >= 0:
        yield place
        place = text.find(part, place + 1)


def _common(one: str, other: str) -> int:
    size = min(len(one), len(other))
    return next((at for at in range(size) if one[at] != other[at]), size)
