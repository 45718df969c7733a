"""The key terms of a text: names, abbreviations, coinages, phrases and words that carry it.

Noun phrases are told by parts of speech (Justeson and Katz 1995), what makes them terms by how
much more often they stand here than in everyday text and by standing on their own where they are
nested in longer ones (after Frantzi et al.'s C-value, 2000).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from align.languages.function_words import function_words
from align.terminology.model import Mention, Term, TextSpan
from align.terminology.tagging import (
    general_frequency,
    has_tagger,
    is_adjective,
    is_measure,
    parts_of_speech,
)
from align.terminology.variants import abbreviates, is_abbreviation, term_key
from align.terminology.words import Word, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from align.terminology.model import TermKind, TermOrigin

LONGEST_TERM = 6
"""Words of the longest term that is found by itself; given ones may be longer."""

_EVERYDAY = 5.1  # Zipf frequency from which a modifier or a head says nothing of a subject
_TECHNICAL = 2.5  # Zipf frequency up to which a noun is a term though it stands once
_RARITY = 2.0  # how many powers of ten more often here than in everyday text a key word stands
_WORDS_A_SINGLE_PHRASE = 40  # one phrase that stands once is kept for so many words of text
_TITLE_CASE = 0.7  # share of long words with capitals from which capitals tell no name
_QUOTED = regex.compile(r"[“\"«„「『‘]([^“”\"«»„「」『』]{2,40}?)[,.]?[”\"»“」』’](?!\w)")
_JOINT = regex.compile(r"[\s\u00a0.&'’-]*")
_SPACE = regex.compile(r"[\s\u00a0]+")
_WITHIN_NAMES = ("of", "de", "du", "des", "della")
_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sir", "lord", "mme", "mm", "sr", "sra", "herr", "frau"]
)


@dataclass(slots=True)
class _Found:
    """A term in the making: where its forms stand."""

    kind: TermKind
    origin: TermOrigin
    weight: float = 0.0
    places: set[tuple[int, int, int]] = field(default_factory=set)
    fewest: int = 1  # places without which it is no term
    standing: str | None = None


def key_terms(
    texts: Sequence[str],
    language: str,
    *,
    given: Iterable[str] = (),
    of_termbase: Iterable[str] = (),
) -> list[Term]:
    """Finds the key terms of a text.

    Args:
        texts: The segments' texts.
        language: BCP 47 tag.
        given: Terms that the user named; they are terms wherever they stand.
        of_termbase: Terms of a termbase, likewise.

    Returns:
        The terms, the weightiest first; no two mentions overlap, the longest wins.
    """
    reader = _Reader(texts, language)
    found: dict[tuple[str, ...], _Found] = {}
    for origin, listed in (("given", given), ("termbase", of_termbase)):
        for text in listed:
            key = term_key(text, language)
            if key and key not in found:
                kind = "abbreviation" if is_abbreviation(text) else reader.kind_of(text)
                found[key] = _Found(kind, origin, 100.0, standing=text)  # type: ignore[arg-type]
    for key, candidate in (
        *reader.names(),
        *reader.coinages(),
        *reader.phrases(),
        *reader.single_words(),
    ):
        known = found.setdefault(key, candidate)
        if known.kind == "name" and known.origin == "text" and candidate.kind == "word":
            # A word that has a capital in a title is no name for that.
            if len(candidate.places) <= 2 * len(known.places):
                continue
            known.kind, known.weight = candidate.kind, candidate.weight
        known.places |= candidate.places
    long_forms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for short, key, long_form in reader.abbreviations():
        found.setdefault(key, long_form)
        long_forms.setdefault(short, key)
    _match(found, reader)
    for short, key in long_forms.items():
        if short in found and found[short].origin == found[key].origin:
            found[key].places |= found.pop(short).places
    return _terms(found, reader)


class _Reader:
    """A text with its words and their parts of speech."""

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
            and not self._begins(segment, index)
        }

    @property
    def function_words(self) -> frozenset[str]:
        return function_words(self.language)

    def text_of(self, segment: int, first: int, last: int) -> str:
        words = self.words[segment]
        return self.texts[segment][words[first].start : words[last].stop]

    def key_of(self, segment: int, first: int, last: int) -> tuple[str, ...]:
        return term_key(_SPACE.sub(" ", self.text_of(segment, first, last)), self.language)

    def kind_of(self, text: str) -> TermKind:
        parts = text.split()
        if any(part[0].isupper() for part in parts) and len(parts) > 1:
            return "name" if parts[-1][0].isupper() else "phrase"
        if text[:1].isupper() and text in self.capital_within:
            return "name"
        return "phrase" if len(parts) > 1 else "word"

    def names(self) -> Iterator[tuple[tuple[str, ...], _Found]]:
        """Runs of capitalised words, and abbreviations."""
        for segment, words in enumerate(self.words):
            index = 0
            while index < len(words):
                if not self._is_name(segment, index):
                    index += 1
                    continue
                last = index
                while (after := self._name_goes_on(segment, last)) is not None:
                    last = after
                first = index
                index = last + 1
                if first < last and first and self._dashed(segment, first):
                    first += 1  # "EU–Japan Agreement" is an agreement
                while first < last and words[first].text.rstrip(".").lower() in _TITLES:
                    first += 1
                text = self.text_of(segment, first, last)
                if first == last and self._is_date_word(text):
                    continue
                if "-" not in text and is_adjective(words[last].text, self.language):
                    continue
                if text.partition("’")[0].partition("'")[0].lower() in self.function_words:
                    continue  # "We've" begins a sentence
                kind = "abbreviation" if is_abbreviation(text) else "name"
                if text.rstrip(".").lower() in _TITLES or len(text) < 2:
                    continue
                yield (
                    self.key_of(segment, first, last),
                    _Found(kind, "text", 3.0, {(segment, first, last)}),  # type: ignore[arg-type]
                )

    def coinages(self) -> Iterator[tuple[tuple[str, ...], _Found]]:
        """Short words in quotation marks that make no sentence."""
        for segment, text in enumerate(self.texts):
            for match in _QUOTED.finditer(text):
                inside = [
                    index
                    for index, word in enumerate(self.words[segment])
                    if match.start(1) <= word.start and word.stop <= match.end(1)
                ]
                if not 1 <= len(inside) <= 4:
                    continue
                first, last = inside[0], inside[-1]
                if not self.words[segment][last].closes and not is_letter(self, segment, last):
                    continue
                if not self.words[segment][first].opens:
                    continue
                if sum(not word.opens for word in self.words[segment][first:last]) > 1:
                    continue
                parts = self.parts[segment][first : last + 1]
                if any(word.text.isdecimal() for word in self.words[segment][first : last + 1]):
                    continue
                if has_tagger(self.language) and not {"noun", "name"} & set(parts):
                    continue
                yield (
                    self.key_of(segment, first, last),
                    _Found("coinage", "text", 3.0, {(segment, first, last)}),
                )

    def phrases(self) -> Iterator[tuple[tuple[str, ...], _Found]]:
        """Noun phrases of two words or more that recur, and the weightiest of those that do not."""
        places: dict[tuple[str, ...], set[tuple[int, int, int]]] = defaultdict(set)
        maximal: dict[tuple[str, ...], tuple[int, int, int]] = {}
        inside: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
        for segment, first, last in self._noun_phrases():
            whole = self.key_of(segment, first, last)
            simple = "of" not in self.parts[segment][first:last]
            if (
                simple
                and self._is_phrase(segment, first, last)
                and self.words[segment][first].text[0].islower()
            ):
                maximal.setdefault(whole, (segment, first, last))
            for start in range(first, last):
                for stop in range(start + 1, last + 1):
                    if not self._is_phrase(segment, start, stop):
                        continue
                    key = self.key_of(segment, start, stop)
                    places[key].add((segment, start, stop))
                    if (start, stop) != (first, last):
                        inside[key][whole] += 1
        kept = set()
        for key, where in places.items():
            longer = max(inside[key].values(), default=0)
            if len(where) >= 2 and len(where) > longer:
                kept.add(key)
                yield key, _Found("phrase", "text", self._weight(where), set(where))
        single = [
            (self._weight({place}) * self.anywhere[key] ** 0.5, key, place)
            for key, place in maximal.items()
            if key not in kept and place[1] < place[2]
        ]
        single.sort(key=lambda item: (-item[0], item[2]))
        for weight, key, place in single[: max(3, self.size // _WORDS_A_SINGLE_PHRASE)]:
            if weight > 0:
                yield key, _Found("phrase", "text", weight, {place})

    def single_words(self) -> Iterator[tuple[tuple[str, ...], _Found]]:
        places: dict[tuple[str, ...], set[tuple[int, int, int]]] = defaultdict(set)
        rarity: dict[tuple[str, ...], float] = {}
        for segment, words in enumerate(self.words):
            for index, word in enumerate(words):
                part = self.parts[segment][index]
                if not word.opens or part not in ("noun", "unknown") or len(word.text) < 3:
                    continue
                if self._is_unit(word.text) or self._is_in_address(segment, index):
                    continue
                key = self.key_of(segment, index, index)
                places[key].add((segment, index, index))
                rarity[key] = max(rarity.get(key, 0.0), self._frequency(word.text))
        for key, where in places.items():
            often = len(where) / max(self.size, 500) * 1e9
            excess = len(str(int(often))) - 1 + float(str(often)[0]) / 10 - rarity[key]
            technical = rarity[key] <= _TECHNICAL and has_tagger(self.language)
            if technical or (len(where) >= 2 and excess >= _RARITY and rarity[key] < _EVERYDAY):
                weight, fewest = self._weight(where), 1 if technical else 2
                yield key, _Found("word", "text", weight, where, fewest)

    def abbreviations(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], _Found]]:
        """Long forms that an abbreviation in brackets follows: "Long Form (LF)".

        Yields:
            The key of the abbreviation, that of the long form, and the long form.
        """
        for segment, words in enumerate(self.words):
            for index, word in enumerate(words):
                if not index or not is_abbreviation(word.text):
                    continue
                between = self.texts[segment][words[index - 1].stop : word.start]
                if between.strip() not in ("(", "（"):
                    continue
                for first in range(index - 1, max(index - 8, -1), -1):
                    long = [other.text for other in words[first:index]]
                    if words[first].opens and abbreviates(word.text, long):
                        capital = all(w[0].isupper() for w in (long[0], long[-1]))
                        yield (
                            self.key_of(segment, index, index),
                            self.key_of(segment, first, index - 1),
                            _Found(
                                "name" if capital else "phrase",
                                "text",
                                3.0,
                                {(segment, first, index - 1)},
                            ),
                        )
                        break

    def _noun_phrases(self) -> Iterator[tuple[int, int, int]]:
        """Maximal runs of adjectives and nouns that end in a noun; two of them joined by `of`."""
        for segment, words in enumerate(self.words):
            parts = self.parts[segment]
            index = 0
            while index < len(words):
                last = self._run(segment, index)
                if last is None:
                    index += 1
                    continue
                yield segment, index, last
                after = last + 1
                if after + 1 < len(words) and parts[after] == "of" and parts[last] == "noun":
                    end = self._run(segment, after + 1)
                    if end is not None and end - last <= 3:
                        yield segment, last, end
                index = last + 1

    def _run(self, segment: int, first: int) -> int | None:
        """The last word of the run that begins at a word, if it ends in a noun."""
        words, parts = self.words[segment], self.parts[segment]
        last = None
        for index in range(first, min(first + LONGEST_TERM, len(words))):
            if index > first and not self._spaced(segment, index):
                break
            part = parts[index]
            if part in ("noun", "name") or (part == "unknown" and words[index].opens):
                last = index
            elif part != "adjective":
                break
        return last

    def _is_phrase(self, segment: int, first: int, last: int) -> bool:
        """Whether words within a noun phrase may be a term of their own."""
        parts, words = self.parts[segment], self.words[segment]
        if parts[last] not in ("noun", "unknown") or parts[first] == "of":
            return False
        if any(word.text[0].isupper() for word in words[first + 1 : last + 1]):
            return False  # a name, or part of one
        if any(word.text.isdecimal() for word in words[first : last + 1]):
            return False
        if self._is_unit(words[last].text):
            return False
        return self._is_telling(segment, first, last)

    def _is_telling(self, segment: int, first: int, last: int) -> bool:
        words = self.words[segment]
        if self.title_case[segment]:
            return False
        edges = (words[first], words[last])
        if any(self._frequency(word.text) > _EVERYDAY + 0.3 for word in edges):
            return False
        return not any(self._is_date_word(word.text) for word in words[first : last + 1])

    def _weight(self, places: Iterable[tuple[int, int, int]]) -> float:
        """Termhood: rarity of the words against everyday text, times how often they stand."""
        where = sorted(places)
        segment, first, last = where[0]
        rarities = [
            _EVERYDAY - self._frequency(word.text)
            for word in self.words[segment][first : last + 1]
            if word.opens or word.closes
        ]
        return sum(rarities) / max(len(rarities), 1) * math.sqrt(len(where))

    def _frequency(self, word: str) -> float:
        """Of a compound with hyphens, that of its rarest part: it is rarer than that."""
        parts = [part for part in regex.split(r"[-‐‑]", word) if part]
        rarest = min(self._common(part) for part in parts)
        return float(rarest) - (len(parts) - 1)

    def _common(self, word: str) -> float:
        """The frequency of the commonest form of a word, in whatever spelling."""
        forms = {word, *term_key(word, self.language)}
        if self.language.startswith("en"):
            forms |= {form + "s" for form in forms if not form.endswith("s")}
        return max(general_frequency(form, self.language) for form in forms)

    def _is_name(self, segment: int, index: int) -> bool:
        word = self.words[segment][index]
        if is_abbreviation(word.text):
            return len(word.text) > 1
        if not word.text[0].isupper() or not word.opens:
            return False
        if self.language.startswith("de"):
            return self.parts[segment][index] == "name"
        if self.title_case[segment] or self._begins(segment, index):
            if word.text in self.capital_within:
                return True
            part = self.parts[segment][index]
            return not self.title_case[segment] and (
                part == "name" and word.text.lower() not in self.small
            )
        return True

    def _name_goes_on(self, segment: int, last: int) -> int | None:
        """The next word of the same name after a word, over "of" and the like."""
        words, parts = self.words[segment], self.parts[segment]
        for ahead in (1, 2):
            if last + ahead >= len(words) or not self._spaced(segment, last + ahead):
                return None
            word = words[last + ahead].text
            if word[0].isupper() and self._is_name(segment, last + ahead):
                joined = ahead == 1 or words[last + 1].text.lower() in _WITHIN_NAMES
                ordinary = "name" not in (parts[last], parts[last + ahead])
                return last + ahead if joined or ordinary else None
            if ahead == 2 or word.lower() not in (*_WITHIN_NAMES, "and"):
                return None
        return None

    def _spaced(self, segment: int, index: int) -> bool:
        words = self.words[segment]
        between = self.texts[segment][words[index - 1].stop : words[index].start]
        return _SPACE.fullmatch(between) is not None or (
            between in (" & ", ". ") and len(words[index - 1].text) < 3
        )

    def is_continuous(self, segment: int, first: int, last: int) -> bool:
        """Whether nothing but spaces, hyphens and points stands between some words."""
        words, text = self.words[segment], self.texts[segment]
        return all(
            _JOINT.fullmatch(text, words[index - 1].stop, words[index].start)
            for index in range(first + 1, last + 1)
        )

    def _begins(self, segment: int, index: int) -> bool:
        """Whether a word stands where any word has a capital."""
        if index == 0:
            return True
        words, text = self.words[segment], self.texts[segment]
        between = text[words[index - 1].stop : words[index].start]
        return regex.search(r"[.!?:“\"«(]", between) is not None and not regex.search(
            r"^\.\s*$", between
        )

    def _dashed(self, segment: int, index: int) -> bool:
        words = self.words[segment]
        return self.texts[segment][words[index - 1].stop : words[index].start] in ("-", "–", "‑")

    def _is_unit(self, word: str) -> bool:
        return is_measure(word, self.language) or word.lower() in _units(self.language)

    def _is_in_address(self, segment: int, index: int) -> bool:
        """Whether a word is part of an address on the web or of a mailbox."""
        word, text = self.words[segment][index], self.texts[segment]
        before, after = text[: word.start][-1:], text[word.stop :][:2]
        return (
            before in ("/", "@", ".")
            or after[:1] in ("/", "@")
            or (after[:1] in (".", ":") and not after[1:].isspace() and len(after) > 1)
        )

    def _is_date_word(self, word: str) -> bool:
        return word.lower() in _date_words(self.language)


def is_letter(reader: _Reader, segment: int, index: int) -> bool:
    """Whether a word is a single capital, as in "plan B"."""
    text = reader.words[segment][index].text
    return len(text) == 1 and text.isupper()


def _match(found: dict[tuple[str, ...], _Found], reader: _Reader) -> None:
    """Finds every further place of every term, in whatever form; afterwards none overlap."""
    by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for key in found:
        by_first[key[0]].append(key)
    claims: list[tuple[int, int, int, tuple[str, ...]]] = []
    for segment, words in enumerate(reader.words):
        parts: list[tuple[str, int]] = []
        for index, word in enumerate(words):
            parts.extend((part, index) for part in term_key(word.text, reader.language))
        for at, (part, index) in enumerate(parts):
            for key in by_first.get(part, ()):
                if tuple(piece for piece, _ in parts[at : at + len(key)]) != key:
                    continue
                last = parts[at + len(key) - 1][1]
                if at and parts[at - 1][1] == index:
                    continue  # begins within a word
                if at + len(key) < len(parts) and parts[at + len(key)][1] == last:
                    continue
                if not reader.is_continuous(segment, index, last):
                    continue
                if _fits(found[key], reader, segment, index, last):
                    claims.append((segment, index, last, key))
    for key, term in found.items():
        claims.extend((*place, key) for place in term.places)
        term.places = set()
    taken: dict[int, set[int]] = defaultdict(set)

    def weakness(claim: tuple[int, int, int, tuple[str, ...]]) -> tuple[bool, int, bool]:
        term = found[claim[3]]
        loose = term.origin == "text" and term.kind in ("phrase", "word")
        return loose, claim[1] - claim[2], term.origin == "text"

    # What somebody named, and names, stand before phrases; then the longest wins.
    for segment, first, last, key in sorted(
        set(claims), key=lambda claim: (weakness(claim), claim)
    ):
        span = set(range(first, last + 1))
        if not span & taken[segment]:
            taken[segment] |= span
            found[key].places.add((segment, first, last))


def _fits(term: _Found, reader: _Reader, segment: int, first: int, last: int) -> bool:
    """Whether a form may be the term: a name has its capitals, a word of the language none."""
    text = reader.text_of(segment, first, last)
    if term.kind == "name" and term.origin == "text":
        return text[0].isupper()
    if term.kind in ("word", "phrase") and term.origin == "text":
        part = reader.parts[segment][last]
        return part in ("noun", "unknown", "name") or reader.title_case[segment]
    return True


def _terms(found: Mapping[tuple[str, ...], _Found], reader: _Reader) -> list[Term]:
    terms = []
    for candidate in found.values():
        places = sorted(candidate.places)
        if not places or (candidate.fewest > len(places)):
            continue
        mentions = []
        for segment, first, last in places:
            start, stop = reader.words[segment][first].start, reader.words[segment][last].stop
            mentions.append(
                Mention(segment, TextSpan(start, stop), reader.texts[segment][start:stop])
            )
        forms = Counter(mention.text for mention in mentions)
        variants = tuple(form for form, _ in forms.most_common())
        long = [form for form in variants if not is_abbreviation(form)] or list(variants)
        # The commonest form stands for all, in small letters where it ever has them.
        shown = candidate.standing or min(
            long, key=lambda form: (candidate.kind != "name" and form[0].isupper(), -forms[form])
        )
        if candidate.kind in ("phrase", "word") and shown[0].isupper() and not candidate.standing:
            lowered = shown[0].lower() + shown[1:]
            shown = lowered if lowered.split()[0] in reader.small else shown
        weight = candidate.weight * len(mentions) ** 0.5
        terms.append(
            (weight, Term(shown, variants, candidate.kind, candidate.origin, tuple(mentions)))
        )
    terms.sort(key=lambda item: (-item[0], item[1].mentions[0]))
    return [term for _, term in terms]


def _is_title_case(text: str, words: Sequence[Word], functional: frozenset[str]) -> bool:
    long = [
        word.text for word in words if word.text.lower() not in functional and len(word.text) > 3
    ]
    capital = sum(word[0].isupper() for word in long)
    ended = text.rstrip().endswith((".", "!", "?", "”", "。"))
    return len(words) >= 3 and not ended and capital >= max(2, _TITLE_CASE * len(long))


@lru_cache(maxsize=16)
def _date_words(language: str) -> frozenset[str]:
    """Names of months and days, from CLDR."""
    from babel import Locale

    locale = Locale.parse(language, sep="-")
    return frozenset(
        name.lower().rstrip(".")
        for names in (locale.months["format"], locale.days["format"])
        for width in ("wide", "abbreviated")
        for name in names[width].values()
    )


@lru_cache(maxsize=16)
def _units(language: str) -> frozenset[str]:
    """Names of units of measure and of currencies, from CLDR, in British spelling, too."""
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_currency_name

    base = language.partition("-")[0]
    names: set[str] = set()
    for tag in (language, base, f"{base}-GB"):
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        units = locale.unit_display_names.values()
        names |= {unit["long"].lower() for unit in units if "long" in unit}
        codes = [code for code in locale.currencies if not code.startswith("X")]
        names |= {get_currency_name(code, 2, locale).split()[-1].lower() for code in codes}
    return frozenset(name for name in names if name.isalpha())
