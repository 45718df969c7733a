"""Items of lists, and brackets, that a translation leaves out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import regex

from align.checks.base import Check, register
from align.checks.word_vectors import WordVectors
from align.languages.profile import base_language, profile
from align.marks import numbers_in
from align.resources import data_folder
from align.terminology.words import words_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.encoders.base import Encoder, FloatArray
    from align.findings import Finding
    from align.passages import Passage
    from align.terminology.words import Word

_BRACKET = regex.compile(r"[(（]([^()（）]+)[)）]")
_ACRONYM = regex.compile(r"[\p{Lu}\p{N}][\p{Lu}\p{N}&-]{1,7}")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
_LONGEST_ITEM = 3
"""Words of the longest item; what is longer between two commas is a clause."""

_LONGEST_WINDOW = 5
"""Words of the translation that are compared with an item together."""

_PASSAGES_TOGETHER = 64
"""Passages whose windows are encoded in one batch."""

_BESIDE = 0.45
"""Similarity from which the words beside an item are found again in the translation."""

_BETWEEN_NOTHING = 0.55
"""Similarity below which an item is missing whose neighbours stand side by side there."""

_PLAINLY_THERE = 0.65
"""Similarity of one word of an item to one of the translation that clears the item."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a source passage enumerates, or puts in brackets.

    Attributes:
        span: Where it stands in the passage; brackets are part of it.
        text: What it says.
        in_brackets: Whether it is in brackets.
        beside: The words before it and after it, a few of each.
    """

    span: Span
    text: str
    in_brackets: bool
    beside: tuple[str, str]


@register
class OmittedItemCheck(Check):
    """An item of a list, or a bracket, left out of a sentence that is translated.

    What:
        Each inner item of a list of three or more (“A, B and C”), and each bracket where the
        translation has fewer, is looked for in the translation: by its words, by how it sounds, by
        its numbers, by its vector. One that is not found is a warning; an abbreviation in brackets,
        which other scripts often do without, a note.

    Why:
        A list of four that became one of three reads as well as before. The first item and the last
        are not looked at, for nothing shows where they begin and end; clauses are the matter of
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
        passages = [
            (passage, items)
            for passage in translation.passages
            if passage.is_aligned and (items := _items(passage, translation.source_language))
        ]
        if not passages:
            return
        for passage, item, likeness in _Search(translation, passages).missing():
            what = ", in brackets in the source," if item.in_brackets else ", an item of a list,"
            yield translation.finding(
                self.name,
                "note" if _ACRONYM.fullmatch(item.text) and item.in_brackets else "warning",
                passage,
                f"“{item.text}”{what} is not translated",
                confidence=round(0.95 - 0.5 * likeness, 2),
                source_span=item.span,
            )


def listed_items(text: str, language: str) -> list[Item]:
    """The inner items of the lists of a text, which have marks or a conjunction at both ends.

    >>> [item.text for item in listed_items("It carries oil, gas and grain to Kobe.", "en")]
    ['gas']
    >>> [item.text for item in listed_items("Oil, natural gas, grain, and ore.", "en")]
    ['natural gas', 'grain']
    """
    separator = _separator(language)
    if separator is None:
        return []
    known = profile(language)
    functional = known.function_words
    found: list[Item] = []
    run: list[Span] = []
    start: int | None = None
    for match in separator.finditer(text):
        if match["end"]:
            start, run = None, []
            continue
        if start is not None:
            run.append(Span(start, match.start()))
        start = match.end()
        if match["conjunction"]:
            for span in reversed(run):
                item = text[span.slice].strip()
                words = _WORD.findall(item)
                lower = [word.lower() for word in words]
                is_clause = any(word in functional - known.words_within_names for word in lower)
                # What follows a name, comma and indefinite article is said of it: no item.
                is_clause = is_clause or not known.no_item_openers.isdisjoint(lower[:1])
                if is_clause or not 0 < len(words) <= _LONGEST_ITEM:
                    break
                found.append(Item(span, item, False, _beside(text, span, functional)))
            run = []
    return sorted(found, key=lambda item: item.span)


def _beside(text: str, span: Span, functional: frozenset[str]) -> tuple[str, str]:
    """Up to two words before a place and up to two after, without function words at the ends."""
    before = _WORD.findall(text, endpos=span.start)[-2:]
    after = _WORD.findall(text, pos=span.stop)
    while len(before) > 1 and before[0].lower() in functional:
        del before[0]
    while len(after) > 1 and after[0].lower() in functional:
        del after[0]
    after = after[:2]
    while len(after) > 1 and after[-1].lower() in functional:
        del after[-1]
    return " ".join(before), " ".join(after)


def _items(passage: Passage, language: str) -> list[Item]:
    items = listed_items(passage.source, language)
    brackets = list(_BRACKET.finditer(passage.source))
    if len(brackets) > len(_BRACKET.findall(passage.target)):
        items += [Item(Span(*m.span()), m[1].strip(), True, ("", "")) for m in brackets]
    return items


@lru_cache(maxsize=64)
def _separator(language: str) -> regex.Pattern[str] | None:
    """What stands between items, or ends a list; None where the language is not known."""
    conjunctions = profile(language).conjunctions
    if not conjunctions:
        return None
    words = "|".join(conjunctions)
    return regex.compile(
        rf"(?P<conjunction>[,;،؛]?\s+(?:{words})\s+)|[,;،؛]\s+"
        r"|(?P<end>[.:!?؟…](?=\s|$)|[()“”«»\"—–])"
    )


class _Search:
    """Looks for items in the targets of passages."""

    def __init__(
        self, translation: Translation, passages: Sequence[tuple[Passage, list[Item]]]
    ) -> None:
        self._languages = translation.source_language, translation.language
        self._encoder: Encoder = translation.encoder
        self._passages = passages
        self._words = words_of([passage.target for passage, _ in passages], translation.language)
        self._vectors = WordVectors(translation.encoder)
        self._vectors.learn((w.text for words in self._words for w in words), self._languages[1])
        table = _thresholds()
        language = translation.language
        of_base = table.get(base_language(language), table["default"])
        self._threshold = table.get(language, of_base)

    def missing(self) -> Iterator[tuple[Passage, Item, float]]:
        """Items that are not in their passage, with how like the likest place of it is."""
        doubtful = [
            (passage, words, open_items)
            for (passage, items), words in zip(self._passages, self._words, strict=True)
            for open_items in [
                [item for item in items if not self._is_plain(item, passage.target, words)]
            ]
            if open_items and words
        ]
        for first in range(0, len(doubtful), _PASSAGES_TOGETHER):
            some = doubtful[first : first + _PASSAGES_TOGETHER]
            windows = [_windows(words) for _, words, _ in some]
            names = self._encoded([_names(items) for _, _, items in some], self._languages[0])
            pieces = self._encoded(
                [
                    [passage.target[words[at].start : words[stop - 1].stop] for at, stop in of_text]
                    for (passage, words, _), of_text in zip(some, windows, strict=True)
                ],
                self._languages[1],
            )
            for (passage, words, items), of_text, named, said in zip(
                some, windows, names, pieces, strict=True
            ):
                for item, value in self._unlike(items, words, of_text, named @ said.T):
                    yield passage, item, value

    def _encoded(self, texts: Sequence[Sequence[str]], language: str) -> list[FloatArray]:
        """The vectors of the texts of several passages, encoded together."""
        vectors = self._encoder.encode([text for some in texts for text in some], language=language)
        return np.split(vectors, np.cumsum([len(some) for some in texts])[:-1])

    def _unlike(
        self,
        open_items: Sequence[Item],
        words: Sequence[Word],
        windows: Sequence[tuple[int, int]],
        similar: FloatArray,
    ) -> Iterator[tuple[Item, float]]:
        """Those of a passage's items that are unlike all of its windows."""
        from align.terminology.romanising import likeness

        names = _names(open_items)
        sounds = likeness(names, [word.reading or word.text for word in words], self._languages[1])
        single = [place for place, (first, stop) in enumerate(windows) if stop == first + 1]
        similar[:, single] = np.maximum(similar[:, single], sounds)
        best = similar.max(axis=1)
        for number, item in enumerate(open_items):
            value = float(best[number])
            threshold = self._threshold
            if item.in_brackets and _ACRONYM.fullmatch(item.text):
                value, threshold = float(sounds[number].max()), _PLAINLY_THERE
            elif item.in_brackets and numbers(item.text):
                threshold = _PLAINLY_THERE
            if not item.in_brackets:
                place = len(open_items) + 2 * number
                beside = [windows[at] for at in similar[place : place + 2].argmax(axis=1).tolist()]
                if best[place : place + 2].min() >= _BESIDE and _touch(words, *sorted(beside)):
                    threshold = max(threshold, _BETWEEN_NOTHING)
            if value < threshold:
                yield item, value

    def _is_plain(self, item: Item, text: str, words: Sequence[Word]) -> bool:
        """Whether an item is there as it is, or its numbers are, or one of its words plainly."""
        if item.text.casefold() in text.casefold():
            return True
        theirs = numbers(item.text)
        if theirs:
            return theirs <= numbers(text)
        if not words or _ACRONYM.fullmatch(item.text):
            return False
        functional = profile(self._languages[0]).function_words
        own = [word for word in _WORD.findall(item.text) if word.lower() not in functional]
        if not own:
            return True
        self._vectors.learn(own, self._languages[0])
        others = self._vectors.of([word.text for word in words], self._languages[1])
        best = (self._vectors.of(own, self._languages[0]) @ others.T).max(axis=1)
        return bool(best.min() >= _PLAINLY_THERE)


def _names(items: Sequence[Item]) -> list[str]:
    """What is looked for: the items, then what stands beside each."""
    return [item.text for item in items] + [words for item in items for words in item.beside]


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text."""
    return frozenset(numbers_in(text))


def _windows(words: Sequence[Word]) -> list[tuple[int, int]]:
    """All runs of a few words, as first word and word after the last."""
    return [
        (first, stop)
        for first in range(len(words))
        for stop in range(first + 1, min(first + _LONGEST_WINDOW, len(words)) + 1)
    ]


def _touch(words: Sequence[Word], first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two runs of words have nothing but function words between them."""
    between = words[first[1] : second[0]]
    return first[1] <= second[0] and not any(word.opens or word.closes for word in between)


@lru_cache(maxsize=1)
def _thresholds() -> dict[str, float]:
    path = data_folder("models") / "checks" / "items.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["missing"]
    return {language: float(value) for language, value in rows.items()}
