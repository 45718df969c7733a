"""Noun phrases and single words that carry a text."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from align.terminology.extraction.reader import EVERYDAY, LONGEST_TERM
from align.terminology.extraction.term_candidates import TermCandidate
from align.terminology.tagging import has_tagger

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from align.terminology.extraction.reader import Reader

_TECHNICAL = 2.5  # Zipf frequency up to which a noun is a term though it stands once
_RARITY = 2.0  # how many powers of ten more often here than in everyday text a key word stands
_NESTED = 0.9  # share of its places from which a phrase is only a part of one longer phrase
_FEWEST_FIXED = 3  # places from which two words may be one term
_WORDS_A_SINGLE_PHRASE = 40  # one phrase that stands once is kept for so many words of text


def phrases(reader: Reader) -> Iterator[tuple[tuple[str, ...], TermCandidate]]:
    """Noun phrases of two words or more that recur, and the weightiest of those that do not."""
    places: dict[tuple[str, ...], set[tuple[int, int, int]]] = defaultdict(set)
    maximal: dict[tuple[str, ...], tuple[int, int, int]] = {}
    longer: dict[tuple[str, ...], Counter[tuple[str, ...]]] = defaultdict(Counter)
    runs = list(_noun_phrases(reader))
    fixed = _fixed_modifiers(reader, runs)
    for segment, first, last in runs:
        whole = reader.key_of(segment, first, last)
        simple = "of" not in reader.parts[segment][first:last]
        if (
            simple
            and _is_phrase(reader, segment, first, last, fixed)
            and _has_no_capital(reader, segment, first)
        ):
            maximal.setdefault(whole, (segment, first, last))
        for start in range(first, last):
            for stop in range(start + 1, last + 1):
                if not _is_phrase(reader, segment, start, stop, fixed):
                    continue
                key = reader.key_of(segment, start, stop)
                places[key].add((segment, start, stop))
                for one, other in ((start + 1, stop), (start, stop - 1)):
                    if other > one:
                        longer[reader.key_of(segment, one, other)][key] += 1
    kept = set()
    for key, where in places.items():
        # What hardly ever stands but within one longer phrase is a part of that.
        nested = max(longer[key].values(), default=0)
        if len(where) >= 2 and nested < _NESTED * len(where):
            kept.add(key)
            yield key, TermCandidate("phrase", "text", reader.weight(where), set(where))
    single = [
        (reader.weight({place}) * reader.anywhere[key] ** 0.5, key, place)
        for key, place in maximal.items()
        if key not in kept and place[1] < place[2]
    ]
    single.sort(key=lambda item: (-item[0], item[2]))
    for weight, key, place in single[: max(3, reader.size // _WORDS_A_SINGLE_PHRASE)]:
        if weight > 0:
            yield key, TermCandidate("phrase", "text", weight, {place})


def _fixed_modifiers(
    reader: Reader, runs: Iterable[tuple[int, int, int]]
) -> frozenset[tuple[str, ...]]:
    """Pairs of a word and the next that mostly has it before it: "open source", not "new source".

    The first may be a word of every day: the two are one term all the same.
    """
    pairs: Counter[tuple[str, ...]] = Counter()
    seconds: Counter[tuple[str, ...]] = Counter()
    for segment, first, last in runs:
        for index in range(first, last + 1):
            seconds[reader.key_of(segment, index, index)] += 1
            if index > first:
                pairs[reader.key_of(segment, index - 1, index)] += 1
    return frozenset(
        pair
        for pair, count in pairs.items()
        if count >= _FEWEST_FIXED and 2 * count > seconds[pair[-1:]]
    )


def single_words(reader: Reader) -> Iterator[tuple[tuple[str, ...], TermCandidate]]:
    """Nouns that stand much more often here than in everyday text, or hardly stand there at all."""
    places: dict[tuple[str, ...], set[tuple[int, int, int]]] = defaultdict(set)
    rarity: dict[tuple[str, ...], float] = {}
    for segment, words in enumerate(reader.words):
        for index, word in enumerate(words):
            part = reader.parts[segment][index]
            if not word.opens or part not in ("noun", "unknown") or len(word.text) < 3:
                continue
            if reader.is_unit(word.text) or reader.is_in_address(segment, index):
                continue
            key = reader.key_of(segment, index, index)
            places[key].add((segment, index, index))
            rarity[key] = max(rarity.get(key, 0.0), reader.frequency(word.text))
    for key, where in places.items():
        often = len(where) / max(reader.size, 500) * 1e9
        excess = len(str(int(often))) - 1 + float(str(often)[0]) / 10 - rarity[key]
        technical = rarity[key] <= _TECHNICAL and has_tagger(reader.language)
        if technical or (len(where) >= 2 and excess >= _RARITY and rarity[key] < EVERYDAY):
            weight, fewest = reader.weight(where), 1 if technical else 2
            yield key, TermCandidate("word", "text", weight, where, fewest)


def _noun_phrases(reader: Reader) -> Iterator[tuple[int, int, int]]:
    """Maximal runs of adjectives and nouns that end in a noun; two of them joined by `of`."""
    for segment, words in enumerate(reader.words):
        parts = reader.parts[segment]
        index = 0
        while index < len(words):
            last = _run(reader, segment, index)
            if last is None:
                index += 1
                continue
            yield segment, index, last
            after = last + 1
            if after + 1 < len(words) and parts[after] == "of" and parts[last] == "noun":
                end = _run(reader, segment, after + 1)
                if end is not None and end - last <= 3:
                    yield segment, last, end
            index = last + 1


def _has_no_capital(reader: Reader, segment: int, index: int) -> bool:
    """Whether a word is written small, or would be if it did not begin a sentence."""
    if reader.words[segment][index].text[0].islower():
        return True
    return reader.begins(segment, index) and reader.parts[segment][index] in ("noun", "adjective")


def _run(reader: Reader, segment: int, first: int) -> int | None:
    """The last word of the run that begins at a word, if it ends in a noun."""
    words, parts = reader.words[segment], reader.parts[segment]
    last = None
    for index in range(first, min(first + LONGEST_TERM, len(words))):
        if index > first and not reader.is_spaced(segment, index):
            break
        part = parts[index]
        if part in ("noun", "name") or (part == "unknown" and words[index].opens):
            last = index
        elif part != "adjective":
            break
    return last


def _is_phrase(
    reader: Reader, segment: int, first: int, last: int, fixed: Collection[tuple[str, ...]]
) -> bool:
    """Whether words within a noun phrase may be a term of their own."""
    parts, words = reader.parts[segment], reader.words[segment]
    if parts[last] not in ("noun", "unknown") or parts[first] == "of":
        return False
    if any(word.text[0].isupper() for word in words[first + 1 : last + 1]):
        return False  # a name, or part of one
    if any(word.text.isdecimal() for word in words[first : last + 1]):
        return False
    if reader.is_unit(words[last].text):
        return False
    if first < last and reader.key_of(segment, first, first + 1) in fixed:
        first = last  # however common the modifier is
    return reader.is_telling(segment, first, last)
