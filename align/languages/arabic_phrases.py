"""Arabic phrases without what is written on to their words and without endings of case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from functools import lru_cache

import regex

from align.languages.arabic import PROCLITICS, without_marks
from align.languages.frequencies import word_counts
from align.languages.profile import profile

_ARTICLE = "ال"
_JOINED = regex.compile(r"[وف]?(?:بال|كال|لل)(?=\p{Arabic}{3})|[وف]ال(?=\p{Arabic}{3})")
_FOREIGN = regex.compile(rf"[{PROCLITICS}](?=[\p{{Latin}}\p{{Nd}}])")
_PRONOUN = regex.compile("(?<=...)(?:هما|ها|هم|هن|نا|كم|ك|ه)$")
_ACCUSATIVE = regex.compile(
    "\u0651?(?:\u064b\u0651?ا|ا\u064b)$"
)  # of an indefinite word, on the letter that bears it
_CASE_MARKS = regex.compile("[\u064b-\u0650]+$")
_COMMONER = 8.0  # times that a word without a particle must be commoner than with it: فكرة, كرة
_LONG = 4  # letters of a word that is hardly found in another one by chance
_PLURAL = "ات"


def without_clitics(forms: Mapping[str, int], language: str) -> Mapping[str, int]:
    """Forms without conjunctions, prepositions and pronouns; with the article if all have it.

    >>> dict(without_clitics({"والأمن الاقتصادي": 1, "للأمن الاقتصادي": 1}, "ar"))
    {'الأمن الاقتصادي': 2}
    """
    bare = {without_marks(form) for form in forms}
    bases: Counter[str] = Counter()
    owned: Counter[str] = Counter()  # as definite as with an article
    for form, count in forms.items():
        base, is_owned = _base(form, bare - {without_marks(form)}, language)
        (owned if is_owned else bases)[base] += count
    if all(base.startswith(_ARTICLE) for base in bases):
        return bases or owned
    bases += owned
    if not any(" " in base for base in bases):
        alone: Counter[str] = Counter()
        for base, count in bases.items():
            alone[base.removeprefix(_ARTICLE)] += count
        return alone
    return {base: count for base, count in bases.items() if not base.startswith(_ARTICLE)}


def _base(form: str, others: Collection[str], language: str) -> tuple[str, bool]:
    """The base of a form, and whether its first word has a pronoun behind it."""
    first, *rest = _without_cases(form.split(" "), language)
    first = _without_particles(first, others, language)
    noun = _without_pronoun(first, others, language)
    if noun != first:  # the pronoun made it definite, and so the adjectives behind it
        if all(word.startswith(_ARTICLE) for word in rest):
            rest = [word.removeprefix(_ARTICLE) for word in rest]
    elif rest:
        rest[-1] = _without_pronoun(rest[-1], others, language)
    return " ".join([noun, *rest]), noun != first


def _without_cases(words: list[str], language: str) -> list[str]:
    """Words without written endings of case: all, but adverbs, which are accusatives."""
    words = [word if _ACCUSATIVE.search(word) else _CASE_MARKS.sub("", word) for word in words]
    if len(words) == 1 and words[0].endswith(("يًا", "ياً")):
        return words
    if not _ACCUSATIVE.search(words[0]):
        return words
    functional = profile(language).function_words
    return [word if word in functional else _ACCUSATIVE.sub("", word) for word in words]


def _without_particles(word: str, others: Collection[str], language: str) -> str:
    """A word without what is written on to it before it, where what remains is surely a word."""
    foreign = _FOREIGN.match(word)
    if foreign:
        return word[foreign.end() :]
    joined = _JOINED.match(without_marks(word))
    if joined and word == without_marks(word):
        rest = _ARTICLE + word[joined.end() :]
        if rest in others or _count(rest, language) + _count(rest[2:], language) > _count(
            word, language
        ):
            return rest
    for length in (2, 1):
        rest = word[length:]
        particles = all(letter in PROCLITICS for letter in word[:length])
        long = len(without_marks(rest)) > 2
        if particles and long and _is_word(rest, word, others, language):
            return rest
    return word


def _is_word(rest: str, word: str, others: Collection[str], language: str) -> bool:
    if rest in others:
        return True
    if len(without_marks(rest)) < _LONG:
        return False
    known = max(_count(each, language) for each in (rest, _without_pronoun(rest, (), language)))
    return known > _COMMONER * max(_count(word, language), 1)


def _without_pronoun(word: str, others: Collection[str], language: str) -> str:
    """A word without a pronoun behind it, where what remains is a commoner word."""
    match = _PRONOUN.search(word)
    if not match or word.startswith(_ARTICLE):
        return word
    stem = word[: match.start()]
    feminine = stem.removesuffix("ت") + "ة"
    if stem.endswith("ت") and not stem.endswith(_PLURAL):
        readings = [stem, feminine]
    elif stem.endswith(("و", "ي")):  # of a plural, whose n goes before a pronoun
        readings = [stem + "ن"]
    elif stem.endswith(("اؤ", "ائ")):
        readings = [stem[:-1] + "ء"]
    else:
        readings = [stem]
    base = max(readings, key=lambda reading: _count(reading, language))
    if base in others:
        return base
    misspelled = _count(stem + "ة", language) if match.group() == "ه" else 0  # ه for ة
    needed = max(_count(word, language), misspelled, 1)
    if len(base) < _LONG:
        needed *= _COMMONER
    return base if _count(base, language) > needed else word


@lru_cache(maxsize=65536)
def _count(word: str, language: str) -> float:
    counts = word_counts(language)
    return float(counts[without_marks(word)]) if counts else 0.0
