"""Words that a line end cut: put together again, the hyphen gone unless it is the word's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import regex

from align.errors import InputError
from align.languages.detection import detect_language
from align.languages.frequencies import is_word
from align.languages.profile import profile

# A letter, a hyphen at the line's end, and a letter that begins the next line. After U+00AD a word
# always goes on; `marked` keeps it as U+2027, for soft hyphens do not outlive cleaning.
_SOFT = "\u2027"
_HYPHENS = "-\u2010\u2011" + _SOFT
_SOFT_AT_END = regex.compile(
    "(?<=\\p{L})\u00ad(?=[ \t]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])[ \t\xa0\u3000]*\\p{L})"
)
_LEFT = regex.compile(rf"([\p{{L}}\p{{M}}]+)([{_HYPHENS}])\Z")
_RIGHT = regex.compile(r"[\p{L}\p{M}]+")
_AFTER_SIGN = regex.compile(r"[\p{L}\p{M}\p{N}][-\u2010\u2011]\Z")
_LONGEST_WORD = 200
_LETTERS_TO_DETECT = 5_000
_WORD = regex.compile(r"[\p{L}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{M}]+)*")


def marked(text: str) -> str:
    """The text before it is cleaned, soft hyphens that cut words kept for `Hyphens`."""
    return str(_SOFT_AT_END.sub(_SOFT, text))


def is_cut(line: str, after: str) -> bool:
    """Whether a line ends within a word that the next line goes on with.

    >>> is_cut("on the har-", "bour wall"), is_cut("the North-", "South line"), is_cut("a -", "b")
    (True, False, False)
    """
    left, right = _LEFT.search(line), _RIGHT.match(after)
    return left is not None and right is not None and (left[2] == _SOFT or right[0].islower())


class Hyphens:
    """The hyphens at the line ends of one text.

    What the word is, is told by the rest of the text, then by the dictionary of its language: the
    two parts are one word, or each is a word and they are a compound, or else one word again.

    Args:
        lines: The lines of the text.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = list(lines)

    def removed(self, line: str, after: str) -> str | None:
        """What goes of a line's end where the next line follows, besides the line break.

        Returns:
            The hyphen; nothing (`""`) where it is the word's own; None where the line break stays
            as well, since no word is cut.
        """
        line = line[-_LONGEST_WORD:]
        left, right = _LEFT.search(line), _RIGHT.match(after)
        if left is None or right is None:
            return "" if self._is_of_number(line, after, right) else None
        if left[2] == _SOFT:
            return _SOFT
        first, hyphen, second = str(left[1]), str(left[2]), str(right[0])
        if not second.islower():  # Franco-Prussian, 19th-Century
            return ""
        whole, compound = (first + second).lower(), f"{first}-{second}".lower()
        if whole in self._words or compound in self._words:
            return hyphen if whole in self._words else ""
        if len(first) == 1:  # e-mail; no line end leaves a letter alone
            return ""
        if is_word(whole, self._language):
            return hyphen
        known = profile(self._language)
        if known.compounding and second in known.conjunctions:
            return None  # Haupt- und Nebenstraßen
        both = is_word(first, self._language) and is_word(second, self._language)
        return "" if both and not known.compounding else hyphen

    def _is_of_number(self, line: str, after: str, word: regex.Match[str] | None) -> bool:
        """Whether a hyphen is one of `1914-1918`, `Apollo-11` or `3-metre`, and of no `3- oder`."""
        if _AFTER_SIGN.search(line) is None or not after[:1].isalnum():
            return False
        return word is None or word[0] not in profile(self._language).conjunctions

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(
            match[0].lower().replace("\u2010", "-").replace("\u2011", "-")
            for line in self._lines
            for match in _WORD.finditer(line)
        )

    @cached_property
    def _language(self) -> str:
        try:
            return detect_language("\n".join(self._lines)[:_LETTERS_TO_DETECT])[0]
        except InputError:
            return ""
