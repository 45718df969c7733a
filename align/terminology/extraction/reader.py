"""A pivot text with its words, their parts of speech and what else tells terms from other words."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import regex

from align.languages.profile import profile
from align.terminology.extraction.excluded import date_words, unit_names
from align.terminology.tagging import general_frequency, is_measure, parts_of_speech
from align.terminology.variants import is_abbreviation, term_key
from align.terminology.words import Word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.terminology.model import TermKind

LONGEST_TERM = 6
"""Words of the longest term that is found by itself; given ones may be longer."""

EVERYDAY = 5.1
"""Zipf frequency from which a modifier or a head says nothing of a subject."""

_TITLE_CASE = 0.7  # share of long words with capitals from which capitals tell no name
_JOINT = regex.compile(r"[\s\u00a0.&'’-]*")
_SPACE = regex.compile(r"[\s\u00a0]+")


class Reader:
    """A text with its words and their parts of speech.

    Args:
        texts: The segments' texts.
        language: BCP 47 tag.
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        self.texts = texts
        self.language = language
        self.words = words_of(texts, language)
        self.parts = [
            parts_of_speech(text, words, language) if words else []
            for text, words in zip(texts, self.words, strict=True)
        ]
        self.size = sum(map(len, self.words))
        self.title_case = [
            _is_title_case(text, words, self.function_words)
            for text, words in zip(texts, self.words, strict=True)
        ]
        # Words seen with a small letter are no names where they begin a sentence.
        self.small = {w.text.lower() for ws in self.words for w in ws if w.text[0].islower()}
        # How often each run of words stands anywhere, within names and headings too.
        self.anywhere = Counter(
            key[start : start + length]
            for words in self.words
            for key in [tuple(p for w in words for p in term_key(w.text.lower(), language))]
            for length in range(2, LONGEST_TERM + 1)
            for start in range(len(key) - length + 1)
        )
        self.capital_within = {
            word.text
            for segment, words in enumerate(self.words)
            for index, word in enumerate(words)
            if not self.title_case[segment]
            and word.text[0].isupper()
            and not self.begins(segment, index)
        }

    @property
    def function_words(self) -> frozenset[str]:
        """The language's words of grammar."""
        return profile(self.language).function_words

    def text_of(self, segment: int, first: int, last: int) -> str:
        """What stands from one word to another."""
        words = self.words[segment]
        return self.texts[segment][words[first].start : words[last].stop]

    def key_of(self, segment: int, first: int, last: int) -> tuple[str, ...]:
        """What all forms of what stands there have in common."""
        return term_key(_SPACE.sub(" ", self.text_of(segment, first, last)), self.language)

    def kind_of(self, text: str) -> TermKind:
        """What sort of term somebody named."""
        parts = text.split()
        if any(part[0].isupper() for part in parts) and len(parts) > 1:
            return "name" if parts[-1][0].isupper() else "phrase"
        if text[:1].isupper() and text in self.capital_within:
            return "name"
        return "phrase" if len(parts) > 1 else "word"

    def is_continuous(self, segment: int, first: int, last: int) -> bool:
        """Whether nothing but spaces, hyphens and points stands between some words."""
        words, text = self.words[segment], self.texts[segment]
        return all(
            _JOINT.fullmatch(text, words[index - 1].stop, words[index].start)
            for index in range(first + 1, last + 1)
        )

    def is_name(self, segment: int, index: int) -> bool:
        """Whether a word is a name or part of one: its capital does not come from its place."""
        word = self.words[segment][index]
        if is_abbreviation(word.text):
            return len(word.text) > 1
        if not word.text[0].isupper() or not word.opens:
            return False
        if profile(self.language).capital_nouns:
            return self.parts[segment][index] == "name"
        if self.title_case[segment] or self.begins(segment, index):
            if word.text in self.capital_within:
                return True
            part = self.parts[segment][index]
            return not self.title_case[segment] and (
                part == "name" and word.text.lower() not in self.small
            )
        return True

    def is_spaced(self, segment: int, index: int) -> bool:
        """Whether only a space stands before a word, or what joins the parts of a name."""
        words = self.words[segment]
        between = self.texts[segment][words[index - 1].stop : words[index].start]
        return _SPACE.fullmatch(between) is not None or (
            between in (" & ", ". ") and len(words[index - 1].text) < 3
        )

    def begins(self, segment: int, index: int) -> bool:
        """Whether a word stands where any word has a capital."""
        if index == 0:
            return True
        words, text = self.words[segment], self.texts[segment]
        between = text[words[index - 1].stop : words[index].start]
        return regex.search(r"[.!?:“\"«(]", between) is not None and not regex.search(
            r"^\.\s*$", between
        )

    def is_dashed(self, segment: int, index: int) -> bool:
        """Whether a dash stands before a word."""
        words = self.words[segment]
        return self.texts[segment][words[index - 1].stop : words[index].start] in ("-", "–", "‑")

    def is_telling(self, segment: int, first: int, last: int) -> bool:
        """Whether a run of words says something of a subject."""
        words = self.words[segment]
        if self.title_case[segment]:
            return False
        edges = (words[first], words[last])
        if any(self.frequency(word.text) > EVERYDAY + 0.3 for word in edges):
            return False
        return not any(self.is_date_word(word.text) for word in words[first : last + 1])

    def is_unit(self, word: str) -> bool:
        """Whether a word is one of measure or money."""
        return is_measure(word, self.language) or word.lower() in unit_names(self.language)

    def is_in_address(self, segment: int, index: int) -> bool:
        """Whether a word is part of an address on the web or of a mailbox."""
        word, text = self.words[segment][index], self.texts[segment]
        before, after = text[: word.start][-1:], text[word.stop :][:2]
        return (
            before in ("/", "@", ".")
            or after[:1] in ("/", "@")
            or (after[:1] in (".", ":") and not after[1:].isspace() and len(after) > 1)
        )

    def is_date_word(self, word: str) -> bool:
        """Whether a word is the name of a month or a day."""
        return word.lower() in date_words(self.language)

    def weight(self, places: Iterable[tuple[int, int, int]]) -> float:
        """Termhood: rarity of the words against everyday text, times how often they stand."""
        where = sorted(places)
        segment, first, last = where[0]
        rarities = [
            EVERYDAY - self.frequency(word.text)
            for word in self.words[segment][first : last + 1]
            if word.opens or word.closes
        ]
        return sum(rarities) / max(len(rarities), 1) * math.sqrt(len(where))

    def frequency(self, word: str) -> float:
        """Of a compound with hyphens, that of its rarest part: it is rarer than that."""
        parts = [part for part in regex.split(r"[-‐‑]", word) if part]
        rarest = min(self._common(part) for part in parts)
        return float(rarest) - (len(parts) - 1)

    def _common(self, word: str) -> float:
        """The frequency of the commonest form of a word, in whatever spelling."""
        forms = {word, *term_key(word, self.language)}
        plural = profile(self.language).plural_ending
        if plural:
            forms |= {form + plural for form in forms if not form.endswith(plural)}
        return max(general_frequency(form, self.language) for form in forms)


def _is_title_case(text: str, words: Sequence[Word], functional: frozenset[str]) -> bool:
    long = [
        word.text for word in words if word.text.lower() not in functional and len(word.text) > 3
    ]
    capital = sum(word[0].isupper() for word in long)
    ended = text.rstrip().endswith((".", "!", "?", "”", "。"))
    return len(words) >= 3 and not ended and capital >= max(2, _TITLE_CASE * len(long))
