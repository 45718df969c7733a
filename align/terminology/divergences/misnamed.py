"""A name that is another one, or is spelt otherwise: told by its letters, not by its meaning."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from align.languages.chinese import han_alike
from align.terminology.divergences.case import Case, Divergence
from align.terminology.divergences.registry import ask_at
from align.terminology.divergences.untranslated import is_latin
from align.terminology.forms import form_key, same_form
from align.terminology.places import place_names, places_called
from align.terminology.tagging import is_transcribed, transcribed_words
from align.terminology.variants import is_abbreviation
from align.terminology.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.terminology.cut_passages import CutPassage

_HAN = regex.compile(r"\p{Han}{2,}")
_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{M}’'-]*")
_TWICE = regex.compile(r"(.)\1")
_HAN_EDITIONS = ("ja", "zh-Hans", "zh-Hant")
_UNIONS = frozenset({"EU", "EZ", "UN"})
_LONGEST_PLACE = 4  # words of a place's name
_SPELT_ALIKE = 0.6  # share of common letters from which a word is another one misspelt
_NEARLY_SPELT = 0.8  # the same, where no other word of the name is kept
_FEWEST_LETTERS = 4
_UNSURE = 0.75  # probability below which what was found is hardly what renders the name
UNHEARD = 0.25  # how much less like the name a word may be here than in other editions,
_HEARD = 0.7  # and how like it, at least, where it is
_FEWEST_COPIES = 2  # editions that keep an abbreviation which is kept as a rule
_OFTEN = 4  # mentions from which a name may be left out
_SHORTFALL = 0.05  # similarity that a rendering lacks against others', where its meaning is off
_LESS_HEARD = 0.15  # how much less like the name a word is, at least,
_OFF = 0.48  # and together with the similarity that the rendering lacks,
_FAR_OFF = 0.52  # or from which on it is another name rather than a translated one


@ask_at(40)
def misnamed(case: Case) -> Divergence | None:
    """Compares the letters of a name with those that it has elsewhere."""
    if not case.sight.is_name or not case.sight.passage.target:
        return None
    if is_abbreviation(case.sight.mention.text):
        return _other_abbreviation(case)
    return (
        _another_place(case)
        or _other_characters(case)
        or _other_letters(case)
        or _other_sound(case)
    )


def _another_place(case: Case) -> Divergence | None:
    """Objects to a country or city in place of another, where CLDR knows both by name."""
    meant = places_called(case.pivot).get(form_key(case.sight.mention.text, case.pivot))
    if case.is_main_often:
        return None
    if not meant:
        return _place_within(case)
    named = place_names(case.language)
    expected = [named[place] for place in meant if place in named]
    if not expected or is_place(case.sight.mention.text, case):
        return None
    said = {
        place for _, places in _places_in(case.sight.passage.source, case.pivot) for place in places
    }
    for text, places in _places_in(case.sight.passage.target, case.language):
        # A capital may stand for its country, and a country for it.
        alike = {len(place) for place in places} & {len(place) for place in meant}
        instead = text in case.sight.text or case.sight.right < _UNSURE
        if instead and alike and not places & (meant | said):
            return Divergence(
                "mistranslated",
                "warning",
                0.9,
                expected[0],
                f"“{case.sight.mention.text}” is “{expected[0]}”, but “{text}”, another place, "
                "stands here.",
            )
    return None


def _place_within(case: Case) -> Divergence | None:
    """Objects to a country or city within a name ("canal de Panama") of which nothing is said."""
    passage = case.sight.passage
    said = {place for _, places in _places_in(passage.source, case.pivot) for place in places}
    said |= {
        place
        for language, other in case.elsewhere.items()
        for _, places in _places_in(other.text, language)
        for place in places
    }
    for text, places in _places_in(case.sight.text, case.language):
        # Unions go by many names.
        country = not places & _UNIONS
        named = place_names(case.language)
        exact = any(named.get(place) == text for place in places)
        if country and exact and not places & said and len(text) < len(case.sight.text):
            return Divergence(
                "mistranslated",
                "warning",
                0.8,
                None,
                f"“{case.sight.text}” stands for “{case.sight.mention.text}”, but “{text}” is not "
                "spoken of there.",
            )
    return None


def is_place(name: str, case: Case) -> bool:
    """Whether a name is that of a place whose name in the edition's language stands there."""
    meant = places_called(case.pivot).get(form_key(name, case.pivot), ())
    named = place_names(case.language)
    keys = [form_key(named[place], case.language) for place in meant if place in named]
    return any(stands_in(key, case.sight.passage, case.language) for key in keys)


def stands_in(key: Sequence[str], passage: CutPassage, language: str) -> bool:
    """Whether what has a key stands anywhere in the translation, in whatever form."""
    whole = form_key(passage.target, language)
    if len(key) == 1 and len(whole) == 1:
        return key[0] in whole[0]
    return any(
        same_form(key, whole[start : start + len(key)])
        for start in range(len(whole) - len(key) + 1)
    )


def _places_in(text: str, language: str) -> Iterator[tuple[str, frozenset[str]]]:
    called = places_called(language)
    [words] = words_of([text], language)
    for first, word in enumerate(words):
        if not word.opens or word.text[:1].islower():
            continue
        for last in range(first, min(first + _LONGEST_PLACE, len(words))):
            piece = text[word.start : words[last].stop]
            places = called.get(form_key(piece, language))
            if places:
                yield piece, places


def _other_characters(case: Case) -> Divergence | None:
    """Objects to a Chinese character that two other editions in such characters have not."""
    if case.language not in _HAN_EDITIONS or not _HAN.search(case.sight.text):
        return None
    if not is_transcribed(case.sight.mention.text, case.pivot):
        return None
    peers = {
        language: case.elsewhere[language]
        for language in _HAN_EDITIONS
        if language in case.elsewhere and _HAN.search(case.elsewhere[language].text)
    }
    if len(peers) != len(_HAN_EDITIONS) - 1 or case.is_main_often:
        return None
    others = [han_alike(sight.text, language) for language, sight in peers.items()]
    # What is found may be but a part of the name; the whole stands in both passages then.
    longest = max(others, key=len)
    if all(longest in han_alike(other.passage.target, at) for at, other in peers.items()):
        others = [longest, longest]
    written = han_alike(case.sight.text, case.language)
    agreed = Counter(others[0]) & Counter(others[1])
    if agreed.total() < 2 or any(written in other for other in others):
        return None
    expected = others[0]
    swapped = Counter(written) == Counter(others[0]) == Counter(others[1])
    strange = Counter(written) - Counter(others[0]) - Counter(others[1])
    lacking = agreed - Counter(written)
    kept = (Counter(written) & agreed).total()
    replaced = 1 <= lacking.total() <= strange.total() <= 2 and kept > lacking.total()
    if not (replaced or (swapped and others[0] == others[1])):
        return None
    return Divergence(
        "mistranslated",
        "warning",
        0.8,
        None,
        f"“{case.sight.text}” renders “{case.sight.mention.text}” here; the other editions in "
        f"Chinese characters have “{expected}” and “{others[1]}”.",
    )


def _other_letters(case: Case) -> Divergence | None:
    """Objects where of a name that is kept one word is another, or misspelt."""
    name = _LATIN_WORD.findall(case.sight.mention.text)
    there = _LATIN_WORD.findall(case.sight.passage.target)
    if is_latin(case.sight):
        divergence = _misspelt(case, there)
        if divergence:
            return divergence
    kept = [word for word in name if word in there]
    lost = [word for word in name if word not in there and word[0].isupper()]
    if len(lost) != 1 or not kept or len(kept) < len(lost) or case.is_main_often:
        return None
    [word] = lost
    source = {other.casefold() for other in _LATIN_WORD.findall(case.sight.passage.source)}
    for other in _beside(there, kept):
        known = other.casefold() in source or not other[0].isupper()
        if known or len(other) < _FEWEST_LETTERS:
            continue
        misspelt = is_transcribed(word, case.pivot) and _alike(word, other) >= _SPELT_ALIKE
        another = len(kept) >= 2 and not is_transcribed(other, case.pivot)
        if misspelt or another:
            return Divergence(
                "mistranslated",
                "warning",
                0.85,
                case.sight.mention.text,
                f"“{other}” stands for the “{word}” of “{case.sight.mention.text}”, whose other "
                "words are kept.",
            )
    return None


def _misspelt(case: Case, there: Sequence[str]) -> Divergence | None:
    """Objects to a word nearly like a name's which another edition has letter by letter."""
    if case.is_main_often:
        return None
    source = {word.casefold() for word in _LATIN_WORD.findall(case.sight.passage.source)}
    for word in transcribed_words(case.sight.mention.text, case.pivot):
        kept = any(
            word in _LATIN_WORD.findall(other.passage.target)
            for other in case.elsewhere.values()
            if is_latin(other)
        )
        if not kept or len(word) < _FEWEST_LETTERS or word in there or is_place(word, case):
            continue
        for other in _LATIN_WORD.findall(case.sight.text):
            strange = other[0].isupper() and other.casefold() not in source
            # Languages give foreign names endings of their own, and Spanish has few letters twice:
            # Atalanta, Atalante; Rotterdam, Róterdam.
            strange &= other[:-1] != word[:-1] and _once(other) != _once(word)
            if strange and _alike(word, other) >= _NEARLY_SPELT:
                return Divergence(
                    "mistranslated",
                    "warning",
                    0.8,
                    word,
                    f"“{other}” stands for the “{word}” of “{case.sight.mention.text}”, which "
                    "another edition keeps letter by letter.",
                )
    return None


def _other_abbreviation(case: Case) -> Divergence | None:
    """Objects to another abbreviation in place of one that other editions keep as it is."""
    wanted = case.sight.mention.text
    copies = sum(wanted in other.passage.target for other in case.elsewhere.values())
    if copies < _FEWEST_COPIES or wanted in case.sight.passage.target or is_latin(case.sight):
        return None  # in their own script, languages make abbreviations of their own
    source = case.sight.passage.source
    for other in _LATIN_WORD.findall(case.sight.passage.target):
        if is_abbreviation(other) and other not in source and other in case.sight.text:
            return Divergence(
                "mistranslated",
                "warning",
                0.8,
                wanted,
                f"“{other}” stands here for “{wanted}”, which {copies} other editions keep.",
            )
    return None


def _other_sound(case: Case) -> Divergence | None:
    """Objects where nothing sounds like the name, but in other editions something does."""
    sight = case.sight
    if sight.unheard < _LESS_HEARD or sight.heard is None or sight.expected is None:
        return None
    if sight.heard.min() > _HEARD or len(case.term.mentions) >= _OFTEN or case.is_main_often:
        return None
    shortfall = sight.expected - sight.similarity
    if shortfall < _SHORTFALL or is_place(sight.mention.text, case):
        return None
    if sight.unheard + shortfall < _OFF:
        return None
    expected = case.main.text if case.main and case.has_rival else None
    return Divergence(
        "mistranslated",
        "warning" if sight.unheard + shortfall >= _FAR_OFF else "note",
        min(0.9, sight.unheard + shortfall),
        expected,
        f"Nothing here sounds like “{sight.mention.text}”; in the other editions something does.",
    )


def _beside(words: Sequence[str], kept: Sequence[str]) -> Iterator[str]:
    """The words that stand right before or after words that were kept."""
    for one, other in pairwise(words):
        if one in kept and other not in kept:
            yield other
        if other in kept and one not in kept:
            yield one


def _alike(one: str, other: str) -> float:
    """The share of letters that two different words have in common; accents make none."""
    from anyascii import anyascii
    from rapidfuzz.distance import DamerauLevenshtein

    one, other = anyascii(one).casefold(), anyascii(other).casefold()
    return 0.0 if one == other else float(DamerauLevenshtein.normalized_similarity(one, other))


def _once(word: str) -> str:
    """A word's letters without accents, those that stand twice once."""
    from anyascii import anyascii

    return str(_TWICE.sub(r"\1", anyascii(word).casefold()))


def has_nearly(text: str, name: str) -> bool:
    """Whether a text without spaces has something that is nearly a name: half its characters."""
    size = len(name)
    wanted = Counter(name)
    return any(
        2 * (Counter(text[start : start + size]) & wanted).total() >= size
        for start in range(len(text) - size + 1)
    )
