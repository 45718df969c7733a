"""Finds listed expressions in a text, in whatever form they stand; the longest wins."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import regex

from align.languages.profile import profile
from align.terminology.variants import is_abbreviation, term_key
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = regex.compile(r"(?:\p{Lu}\.){2,}|[\p{L}\p{M}\p{N}]+")
_ADDRESS = regex.compile(r"(?<!\S)\S*(?:://|@|www\.)\S*")
_CHARACTER = regex.compile(r"[\p{Latin}\p{M}\p{Nd}]+|[\p{L}\p{N}]")

Listed = TypeVar("Listed")


@dataclass(frozen=True, slots=True)
class Match(Generic[Listed]):
    """An expression of the list in a text.

    Attributes:
        listed: What is listed under it.
        span: Where it stands.
    """

    listed: Listed
    span: Span


class Lexicon(Generic[Listed]):
    """Expressions of one language, each with what is to be known when it is met.

    Args:
        expressions: The expressions and what is listed under them; an expression may come twice.
        language: BCP 47 tag.

    >>> ships = Lexicon([("ship", "a"), ("container ship", "b")], "en")
    >>> [(found.listed, found.span) for found in ships.find("Container ships and a ship.")]
    [(('b',), Span(start=0, stop=15)), (('a',), Span(start=22, stop=26))]
    """

    def __init__(self, expressions: Iterable[tuple[str, Listed]], language: str) -> None:
        self._language = language
        self._listed: dict[tuple[str, ...], list[Listed]] = defaultdict(list)
        self._longest: dict[str, int] = {}
        for text, listed in expressions:
            key = tuple(part for part, _, _ in self._parts(text))
            if key:
                self._listed[key].append(listed)
                self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def find(self, text: str) -> list[Match[tuple[Listed, ...]]]:
        """The expressions that stand in a text, in its order; no two overlap."""
        parts = self._parts(text)
        found = []
        place = 0
        while place < len(parts):
            longest = self._longest.get(parts[place][0], 0)
            for size in range(min(longest, len(parts) - place), 0, -1):
                key = tuple(part for part, _, _ in parts[place : place + size])
                if key in self._listed:
                    span = Span(parts[place][1], parts[place + size - 1][2])
                    found.append(Match(tuple(self._listed[key]), span))
                    place += size - 1
                    break
            place += 1
        return found

    def _parts(self, text: str) -> list[tuple[str, int, int]]:
        """What expressions are compared by: words without endings, or single characters."""
        # Addresses hold words, but none that anybody translates.
        text = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
        if not profile(self._language).spaced:
            return [
                (match[0].casefold(), match.start(), match.end())
                for match in _CHARACTER.finditer(text)
            ]
        return [
            (part, match.start(), match.end())
            for match in _WORD.finditer(text)
            for part in term_key(match[0], self._language)
        ]


def is_single_name(listed: str) -> bool:
    """Whether a term is a name of one word.

    >>> is_single_name("Europe"), is_single_name("European Union"), is_single_name("GCAP")
    (True, False, False)
    """
    return listed[:1].isupper() and not listed.isupper() and len(_WORD.findall(listed)) == 1


def is_in_address(text: str, span: Span) -> bool:
    """Whether a place of a text lies in a web or mail address.

    >>> is_in_address("See https://example.org/ships now", Span(24, 29))
    True
    """
    return any(
        match.start() <= span.start and span.stop <= match.end()
        for match in _ADDRESS.finditer(text)
    )


def is_part_of_name(text: str, span: Span, listed: str) -> bool:
    """Whether an expression of small letters stands with a capital within a sentence.

    It is then a word of some name, which has a translation of its own.

    >>> is_part_of_name("The Sahel Alliance met.", Span(10, 18), "alliance")
    True
    >>> is_part_of_name("Alliances last.", Span(0, 9), "alliance")
    False
    """
    mention = text[span.slice]
    before = text[: span.start].rstrip(" \u00a0“\"«'‘(")
    begins = not before or before[-1] in '.!?:…”"»'
    return (
        mention[:1].isupper()
        and not listed[:1].isupper()
        and not begins
        and not is_abbreviation(mention)
    )
