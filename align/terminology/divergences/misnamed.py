"""A name that is another one, or is spelt otherwise: told by its letters, not by its meaning."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache, reduce
from itertools import pairwise
from operator import and_, sub
from typing import TYPE_CHECKING

import regex

from align.languages.chinese import han_alike
from align.languages.scripts import scripts_of
from align.terminology.divergences.context import Context, Divergence, stands_in
from align.terminology.divergences.registry import ask_at
from align.terminology.divergences.untranslated import is_latin
from align.terminology.forms import form_key
from align.terminology.tagging import is_transcribed, transcribed_words
from align.terminology.toponyms import place_names, places_called
from align.terminology.variants import is_abbreviation
from align.terminology.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_HAN = regex.compile(r"\p{Han}{2,}")
_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{M}’'-]*")
_TWICE = regex.compile(r"(.)\1")
_UNIONS = frozenset({"EU", "EZ", "UN"})
_LONGEST_PLACE = 4  # words of a place's name
_SPELT_ALIKE = 0.6  # share of common letters from which a word is another one misspelt
_NEARLY_SPELT = 0.8  # the same, where no other word of the name is kept
_FEWEST_LETTERS = 4
_UNSURE = 0.75  # probability below which what was found is hardly what renders the name
UNHEARD = 0.25  # how much less like the name a word may be here than in other editions,
_HEARD = 0.7  # and how like it, at least, where it is
_FEWEST_COPIES = 2  # editions that keep what is kept as a rule: an abbreviation, a character
_OFTEN = 4  # mentions from which a name may be left out
_SHORTFALL = 0.05  # similarity that a rendering lacks against others', where its meaning is off
_LESS_HEARD = 0.15  # how much less like the name a word is, at least,
_OFF = 0.48  # and together with the similarity that the rendering lacks,
_FAR_OFF = 0.52  # or from which on it is another name rather than a translated one


@ask_at(40)
def misnamed(context: Context) -> Divergence | None:
    """Compares the letters of a name with those that it has elsewhere."""
    if not context.hit.is_name or not context.hit.passage.target:
        return None
    if is_abbreviation(context.hit.mention.text):
        return _other_abbreviation(context)
    return (
        _another_place(context)
        or _other_characters(context)
        or _other_letters(context)
        or _other_sound(context)
    )


def _another_place(context: Context) -> Divergence | None:
    """Objects to a country or city in place of another, where CLDR knows both by name."""
    meant = places_called(context.pivot).get(form_key(context.hit.mention.text, context.pivot))
    if context.is_main_often:
        return None
    if not meant:
        return _place_within(context)
    named = place_names(context.language)
    expected = [named[place] for place in meant if place in named]
    if not expected or is_place(context.hit.mention.text, context):
        return None
    said = {
        place
        for _, places in _places_in(context.hit.passage.source, context.pivot)
        for place in places
    }
    for text, places in _places_in(context.hit.passage.target, context.language):
        # A capital may stand for its country, and a country for it.
        alike = {len(place) for place in places} & {len(place) for place in meant}
        instead = text in context.hit.text or context.hit.right < _UNSURE
        if instead and alike and not places & (meant | said):
            return Divergence(
                "mistranslated",
                "warning",
                0.9,
                expected[0],
                f"“{context.hit.mention.text}” is “{expected[0]}”, but “{text}”, another place, "
                "stands here.",
                ground="place",
            )
    return None


def _place_within(context: Context) -> Divergence | None:
    """Objects to a country or city within a name ("canal de Panama") of which nothing is said."""
    passage = context.hit.passage
    said = {place for _, places in _places_in(passage.source, context.pivot) for place in places}
    said |= {
        place
        for language, other in context.elsewhere.items()
        for _, places in _places_in(other.text, language)
        for place in places
    }
    for text, places in _places_in(context.hit.text, context.language):
        # Unions go by many names.
        country = not places & _UNIONS
        named = place_names(context.language)
        exact = any(named.get(place) == text for place in places)
        if country and exact and not places & said and len(text) < len(context.hit.text):
            return Divergence(
                "mistranslated",
                "warning",
                0.8,
                None,
                f"“{context.hit.text}” stands for “{context.hit.mention.text}”, but “{text}” is "
                "not spoken of there.",
                ground="place within",
            )
    return None


def is_place(name: str, context: Context) -> bool:
    """Whether a name is that of a place whose name in the edition's language stands there."""
    meant = places_called(context.pivot).get(form_key(name, context.pivot), ())
    named = place_names(context.language)
    keys = [form_key(named[place], context.language) for place in meant if place in named]
    return any(stands_in(key, context.hit.passage, context.language) for key in keys)


@lru_cache(maxsize=1024)
def _places_in(text: str, language: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The places of a text, with what each is called; all names of a passage ask for them."""
    called = places_called(language)
    found = []
    [words] = words_of([text], language)
    for first, word in enumerate(words):
        if not word.opens or word.text[:1].islower():
            continue
        for last in range(first, min(first + _LONGEST_PLACE, len(words))):
            piece = text[word.start : words[last].stop]
            places = called.get(form_key(piece, language))
            if places:
                found.append((piece, places))
    return tuple(found)


def _other_characters(context: Context) -> Divergence | None:
    """Objects to a Chinese character that the other editions in such characters have not."""
    if not _is_in_han(context.language, context.hit.text):
        return None
    if not is_transcribed(context.hit.mention.text, context.pivot):
        return None
    peers = {
        language: other
        for language, other in sorted(context.elsewhere.items())
        if _is_in_han(language, other.text)
    }
    if len(peers) < _FEWEST_COPIES or context.is_main_often:
        return None
    others = [han_alike(hit.text, language) for language, hit in peers.items()]
    # What is found may be but a part of the name; the whole stands in both passages then.
    longest = max(others, key=len)
    if all(longest in han_alike(other.passage.target, at) for at, other in peers.items()):
        others = [longest] * len(others)
    written = han_alike(context.hit.text, context.language)
    agreed = reduce(and_, map(Counter, others))
    if agreed.total() < 2 or any(written in other for other in others):
        return None
    alike = len(set(others)) == 1
    swapped = alike and Counter(written) == agreed
    strange = reduce(sub, map(Counter, others), Counter(written))
    lacking = agreed - Counter(written)
    kept = (Counter(written) & agreed).total()
    replaced = 1 <= lacking.total() <= strange.total() <= 2 and kept > lacking.total()
    if not (replaced or swapped):
        return None
    return Divergence(
        "mistranslated",
        "warning",
        0.8,
        None,
        f"“{context.hit.text}” renders “{context.hit.mention.text}” here; the other editions in "
        f"Chinese characters have {' and '.join(f'“{other}”' for other in others)}.",
        ground="characters",
    )


def _is_in_han(language: str, text: str) -> bool:
    return "Han" in scripts_of(language) and _HAN.search(text) is not None


def _other_letters(context: Context) -> Divergence | None:
    """Objects where of a name that is kept one word is another, or misspelt."""
    name = _LATIN_WORD.findall(context.hit.mention.text)
    there = _LATIN_WORD.findall(context.hit.passage.target)
    if is_latin(context.hit):
        divergence = _misspelt(context, there)
        if divergence:
            return divergence
    kept = [word for word in name if word in there]
    lost = [word for word in name if word not in there and word[0].isupper()]
    if len(lost) != 1 or not kept or len(kept) < len(lost) or context.is_main_often:
        return None
    [word] = lost
    source = {other.casefold() for other in _LATIN_WORD.findall(context.hit.passage.source)}
    for other in _beside(there, kept):
        known = other.casefold() in source or not other[0].isupper()
        if known or len(other) < _FEWEST_LETTERS:
            continue
        misspelt = is_transcribed(word, context.pivot) and _alike(word, other) >= _SPELT_ALIKE
        another = len(kept) >= 2 and not is_transcribed(other, context.pivot)
        if misspelt or another:
            return Divergence(
                "mistranslated",
                "warning",
                0.85,
                context.hit.mention.text,
                f"“{other}” stands for the “{word}” of “{context.hit.mention.text}”, whose other "
                "words are kept.",
                ground="letters",
            )
    return None


def _misspelt(context: Context, there: Sequence[str]) -> Divergence | None:
    """Objects to a word nearly like a name's which another edition has letter by letter."""
    if context.is_main_often:
        return None
    source = {word.casefold() for word in _LATIN_WORD.findall(context.hit.passage.source)}
    for word in transcribed_words(context.hit.mention.text, context.pivot):
        kept = any(
            word in _LATIN_WORD.findall(other.passage.target)
            for other in context.elsewhere.values()
            if is_latin(other)
        )
        if not kept or len(word) < _FEWEST_LETTERS or word in there or is_place(word, context):
            continue
        for other in _LATIN_WORD.findall(context.hit.text):
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
                    f"“{other}” stands for the “{word}” of “{context.hit.mention.text}”, which "
                    "another edition keeps letter by letter.",
                    ground="misspelt",
                )
    return None


def _other_abbreviation(context: Context) -> Divergence | None:
    """Objects to another abbreviation in place of one that other editions keep as it is."""
    wanted = context.hit.mention.text
    copies = sum(wanted in other.passage.target for other in context.elsewhere.values())
    if copies < _FEWEST_COPIES or wanted in context.hit.passage.target or is_latin(context.hit):
        return None  # in their own script, languages make abbreviations of their own
    source = context.hit.passage.source
    for other in _LATIN_WORD.findall(context.hit.passage.target):
        if is_abbreviation(other) and other not in source and other in context.hit.text:
            return Divergence(
                "mistranslated",
                "warning",
                0.8,
                wanted,
                f"“{other}” stands here for “{wanted}”, which {copies} other editions keep.",
                ground="abbreviation",
            )
    return None


def _other_sound(context: Context) -> Divergence | None:
    """Objects where nothing sounds like the name, but in other editions something does."""
    hit = context.hit
    if hit.unheard < _LESS_HEARD or hit.heard is None or hit.expected is None:
        return None
    if hit.heard.min() > _HEARD or len(context.term.mentions) >= _OFTEN or context.is_main_often:
        return None
    shortfall = hit.expected - hit.similarity
    if shortfall < _SHORTFALL or is_place(hit.mention.text, context):
        return None
    if hit.unheard + shortfall < _OFF:
        return None
    expected = context.main.text if context.main and context.has_rival else None
    return Divergence(
        "mistranslated",
        "warning" if hit.unheard + shortfall >= _FAR_OFF else "note",
        min(0.9, hit.unheard + shortfall),
        expected,
        f"Nothing here sounds like “{hit.mention.text}”; in the other editions something does.",
        ground="sound",
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
