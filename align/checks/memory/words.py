"""Texts as memories compare and count them: in words, or in characters where no spaces are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import regex

from align.languages.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
# Characters one by one, but Latin words and numbers among them whole.
_CHARACTER = regex.compile(r"[\p{Latin}\p{M}\p{Nd}]+(?:[.,]\p{Nd}+)*|[\p{L}\p{N}]\p{M}*")
_COUNTED = regex.compile(r"[^\s]*[\p{L}\p{N}][^\s]*")


def folded(text: str) -> str:
    """A text as exact matches compare it: composed, white space single, otherwise as it stands."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def compared_words(text: str, language: str) -> list[str]:
    """The words of a text as fuzzy matches compare them: no punctuation, no capitals.

    >>> compared_words("The EU’s ships", "en"), compared_words("EUの船", "ja")
    (['the', 'eu', 's', 'ships'], ['eu', 'の', '船'])
    """
    pattern = _WORD if profile(language).spaced else _CHARACTER
    words: list[str] = pattern.findall(unicodedata.normalize("NFKC", text).casefold())
    return words


def count_words(text: str, language: str) -> int:
    """How many words a text has, as translators are paid for them.

    What stands between spaces and holds a letter or a digit is a word; in languages without spaces
    each character is one, but Latin words and numbers among them count as one each.

    >>> count_words("Well-known ships – 37,000 of them.", "en"), count_words("EUの船、2隻。", "ja")
    (5, 5)
    """
    pattern = _COUNTED if profile(language).spaced else _CHARACTER
    return sum(1 for _ in pattern.finditer(text))


class Codes:
    """Gives each word a character of its own, so that texts of words are compared as strings.

    What compares strings does so in C; lists of words it compares many times slower.
    """

    _FIRST, _COUNT = 0x10000, 0x100000  # characters outside the first plane are no surrogates

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, words: Iterable[str]) -> str:
        """One character a word. (Beyond a million different words some share one.)."""
        numbers = self._numbers
        return "".join(
            chr(self._FIRST + numbers.setdefault(word, len(numbers)) % self._COUNT)
            for word in words
        )
