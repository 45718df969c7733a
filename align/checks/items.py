"""Items of lists, and brackets, that a translation leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.checks.likeness import likenesses
from align.languages.profile import profile
from align.marks import numbers_in
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.checks.base import Translation
    from align.checks.likeness import PassageLikeness
    from align.findings import Finding
    from align.passages import Passage
    from align.terminology.words import Word

_BRACKET = regex.compile(r"[(（]([^()（）]+)[)）]")
_ACRONYM = regex.compile(r"[\p{Lu}\p{N}][\p{Lu}\p{N}&-]{1,7}")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
# The word, or the name, that a list begins or ends with; what stands beside an item.
_LETTERS = r"[\p{L}\p{M}\p{N}’'-]+"
_NAME = r"\p{Lu}[\p{L}\p{M}’'-]*(?:\s\p{Lu}[\p{L}\p{M}’'-]*)*"
_NAME_BEFORE = regex.compile(rf"(?:(?<=\s){_NAME}|{_LETTERS})$")
_NAME_AFTER = regex.compile(rf"{_NAME}|{_LETTERS}")
_PAIR_BEFORE = regex.compile(rf"(?:{_LETTERS}\s)?{_LETTERS}$")
_PAIR_AFTER = regex.compile(rf"{_LETTERS}(?:\s{_LETTERS})?")
_COMMA = "[,;،؛、，；]"
_LONGEST_ITEM = 3
"""Words of the longest item; what is longer between two commas is a clause."""

_FEWEST_FOR_EDGES = 4
"""Items of a list whose first and last are looked for, too, as far as they can be told."""

_LONGEST_NAME = 200
"""Characters of the longest name beside an item."""

_MOST_ITEMS = 200
"""Items of one passage that are looked for; what has more is a table."""

_LONGEST_PIECE = 4
"""Words of the translation that are compared with an item together."""

_THERE = 0.65
"""Similarity from which something in the translation says what a word of an item says."""

_MISSING = 0.3
"""Similarity of something in the translation to an item, together with how much more it is like the
item than like any other word of the source, below which the item is missing."""

_SUSPECT = 0.18
"""How much higher that may be where the translation has fewer commas and conjunctions, and again
where what stands beside the item stands side by side there."""

_BESIDE = 0.5
"""Similarity from which the words beside an item are found again."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a source passage enumerates, or puts in brackets.

    Attributes:
        span: Where it stands in the passage; brackets are part of it.
        text: What it says.
        in_brackets: Whether it is in brackets.
        beside: The words before and after it, where it stands between others of a list.
    """

    span: Span
    text: str
    in_brackets: bool = False
    beside: tuple[str, ...] = ()


@register
class OmittedItemCheck(Check):
    """An item of a list, or a bracket, left out of a sentence that is translated.

    What:
        Each inner item of a list of three or more (“A, B and C”), the first and the last of a
        longer list, and each bracket where the translation has fewer, is looked for in the
        translation: by its words, by how it sounds, by its numbers, by its vector. One is a warning
        for which nothing stands that is not nearer to some other word of the source; a translation
        with fewer commas and conjunctions is suspect, and so is one in which the items beside it
        touch. An abbreviation in brackets, which other scripts often do without, is a note.

    Why:
        A list of four that became one of three reads as well as before. Clauses are the matter of
        `omitted-clause`.

    Example:
        “oil, gas and grain” → “pétrole et céréales”: “gas” is missing.

    Silence:
        Translate it, or accept the finding in the baseline.
    """

    name = "omitted-item"
    subject = "completeness"
    rank = 50
    covers = "parts"

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each item without counterpart."""
        found = {
            passage: items
            for passage in translation.passages
            if passage.is_aligned and (items := _items(passage, translation.source_language))
        }
        for passage, item, likeness in _missing(translation, found):
            what = ", in brackets in the source," if item.in_brackets else ", an item of a list,"
            yield translation.finding(
                self.name,
                "note" if _ACRONYM.fullmatch(item.text) and item.in_brackets else "warning",
                passage,
                f"“{item.text}”{what} is not translated",
                confidence=round(0.95 - 0.5 * max(likeness, 0), 2),
                source_span=item.span,
            )


def listed_items(text: str, language: str) -> list[Item]:
    """The items of the lists of a text, which have marks or a conjunction at both ends.

    >>> [item.text for item in listed_items("It carries oil, gas and grain to Kobe.", "en")]
    ['gas']
    >>> [item.text for item in listed_items("It carries oil, natural gas, grain, and ore.", "en")]
    ['oil', 'natural gas', 'grain', 'ore']
    """
    separator = _separator(language)
    if separator is None:
        return []
    found: list[Item] = []
    marks: list[regex.Match[str]] = []
    for match in separator.finditer(text):
        marks.append(match)
        if match["end"]:
            marks = []
        elif match["conjunction"]:
            found += _items_between(text, marks, language)
            marks = [match]
    return sorted(found, key=lambda item: item.span)


def _items_between(text: str, marks: Sequence[regex.Match[str]], language: str) -> list[Item]:
    """The items between the marks of a list, the last of which is a conjunction."""
    inner: list[Item] = []
    for before, after in reversed([*pairwise(marks)]):
        span = Span(before.end(), after.start())
        if not _is_item(text[span.slice], language):
            break
        beside = _last(_PAIR_BEFORE, text, before.start()), _PAIR_AFTER.match(text, after.end())
        names = tuple(match[0] for match in beside if match)
        inner.append(Item(span, text[span.slice].strip(), beside=names))
    if len(inner) < _FEWEST_FOR_EDGES - 2:
        return inner
    edges = (
        _last(_NAME_BEFORE, text, marks[-1 - len(inner)].start()),
        _NAME_AFTER.match(text, marks[-1].end()),
    )
    found = [Item(Span(*match.span()), match[0]) for match in edges if match]
    return [*inner, *(item for item in found if _is_item(item.text, language))]


def _last(pattern: regex.Pattern[str], text: str, stop: int) -> regex.Match[str] | None:
    """Where a text ends with a pattern, looked for as far back as names go."""
    return pattern.search(text, max(0, stop - _LONGEST_NAME), stop)


def _is_item(text: str, language: str) -> bool:
    """Whether what stands between two marks is a thing, and no clause."""
    known = profile(language)
    words = [word.lower() for word in _WORD.findall(text)]
    is_clause = any(word in known.function_words - known.words_within_names for word in words)
    # What follows a name, comma and indefinite article is said of it: no item.
    is_said = not known.no_item_openers.isdisjoint(words[:1])
    return 0 < len(words) <= _LONGEST_ITEM and not is_clause and not is_said


def _items(passage: Passage, language: str) -> list[Item]:
    items = listed_items(passage.source, language)
    brackets = list(_BRACKET.finditer(passage.source))
    if len(brackets) > len(_BRACKET.findall(passage.target)):
        items += [Item(Span(*m.span()), m[1].strip(), True) for m in brackets]
    target, there = passage.target.casefold(), numbers(passage.target)
    return [item for item in items[:_MOST_ITEMS] if not _stands(item, target, there)]


def _stands(item: Item, text: str, there: frozenset[str]) -> bool:
    """Whether an item stands in the translation as it is, or its numbers do."""
    theirs = numbers(item.text)
    return item.text.casefold() in text or bool(theirs and theirs <= there)


@lru_cache(maxsize=64)
def _separator(language: str) -> regex.Pattern[str] | None:
    """What stands between items, or ends a list; None where the language is not known."""
    conjunctions = profile(language).conjunctions
    if not conjunctions:
        return None
    words = "|".join(conjunctions)
    return regex.compile(
        # A run of spaces is looked at once, from its start.
        rf"(?P<conjunction>(?:[,;،؛]|(?<!\s))\s++(?:{words})\s++)|[,;،؛]\s+"
        r"|(?P<end>[.:!?؟…](?=\s|$)|[()“”«»\"—–])"
    )


def _missing(
    translation: Translation, found: Mapping[Passage, Sequence[Item]]
) -> Iterator[tuple[Passage, Item, float]]:
    """Items that are not in their passage, with how like the likest place of it is."""
    languages = translation.source_language, translation.language
    functional = profile(languages[0]).function_words
    for sides in likenesses(translation, list(found), longest=_LONGEST_PIECE):
        passage = sides.passage
        fewer = _joints(passage.source, sides.source, languages[0]) > _joints(
            passage.target, sides.target, languages[1]
        )
        for item in found[passage]:
            own = [word for word in _WORD.findall(item.text) if word.lower() not in functional]
            if not own:
                continue
            similar = sides.of([item.text, *own])
            value, words = float(similar[0].max(initial=0.0)), similar[1:].max(axis=1, initial=0.0)
            claim = float((similar.max(axis=0) - sides.beside(item.span)).max(initial=-1.0))
            if item.in_brackets and (_ACRONYM.fullmatch(item.text) or numbers(item.text)):
                is_missing = value < _THERE  # figures and capitals are like one another
            else:
                suspect = _SUSPECT * (fewer + _touch(sides, item.beside))
                is_missing = words.min() < _THERE and value + claim < _MISSING + suspect
            if is_missing:
                yield passage, item, value


def _touch(sides: PassageLikeness, beside: Sequence[str]) -> bool:
    """Whether two words of the source have nothing but function words between them."""
    similar = sides.of(beside)
    if len(beside) < 2 or similar.max(axis=1, initial=0.0).min() < _BESIDE:
        return False
    first, second = sorted(sides.pieces[place] for place in similar.argmax(axis=1).tolist())
    return first.stop <= second.start and not any(
        first.stop <= word.start < second.start and (word.opens or word.closes)
        for word in sides.target
    )


def _joints(text: str, words: Sequence[Word], language: str) -> int:
    """How many commas and conjunctions part a text; the two together are one."""
    known = profile(language)
    if known.spaced:
        word = rf"(?:{'|'.join(known.conjunctions) or '(?!)'})"
        end = "" if known.clitics else r"(?!\p{L})"  # where they are written on to the next word
        return len(regex.findall(rf"(?i){_COMMA}\s*(?:{word}{end})?|(?<!\p{{L}}){word}{end}", text))
    ends = {match.end() for match in regex.finditer(_COMMA, text)}
    return len(ends) + sum(
        word.text in known.conjunctions and word.start not in ends for word in words
    )


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text."""
    return frozenset(numbers_in(text))
