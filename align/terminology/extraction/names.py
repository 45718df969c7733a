"""Names, their abbreviations, and coinages in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.terminology.extraction.term_candidates import TermCandidate
from align.terminology.tagging import has_tagger, is_adjective
from align.terminology.variants import abbreviates, is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.terminology.extraction.reader import Reader

_QUOTED = regex.compile(r"[“\"«„「『‘]([^“”\"«»„「」『』]{2,40}?)[,.]?[”\"»“」』’](?!\w)")
_WITHIN_NAMES = ("of", "de", "du", "des", "della")
_TITLES = frozenset(
    ["mr", "mrs", "ms", "dr", "prof", "sir", "lord", "mme", "mm", "sr", "sra", "herr", "frau"]
)


def names(reader: Reader) -> Iterator[tuple[tuple[str, ...], TermCandidate]]:
    """Runs of capitalised words, and abbreviations."""
    for segment, words in enumerate(reader.words):
        index = 0
        while index < len(words):
            if not reader.is_name(segment, index):
                index += 1
                continue
            last = index
            while (after := _name_goes_on(reader, segment, last)) is not None:
                last = after
            first = index
            index = last + 1
            if first < last and first and reader.is_dashed(segment, first):
                first += 1  # "EU–Japan Agreement" is an agreement
            while first < last and words[first].text.rstrip(".").lower() in _TITLES:
                first += 1
            text = reader.text_of(segment, first, last)
            if first == last and reader.is_date_word(text):
                continue
            if "-" not in text and is_adjective(words[last].text, reader.language):
                continue
            if text.partition("’")[0].partition("'")[0].lower() in reader.function_words:
                continue  # "We've" begins a sentence
            kind = "abbreviation" if is_abbreviation(text) else "name"
            if text.rstrip(".").lower() in _TITLES or len(text) < 2:
                continue
            yield (
                reader.key_of(segment, first, last),
                TermCandidate(kind, "text", 3.0, {(segment, first, last)}),  # type: ignore[arg-type]
            )


def abbreviations(
    reader: Reader,
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], TermCandidate]]:
    """Long forms that an abbreviation in brackets follows: "Long Form (LF)".

    Yields:
        The key of the abbreviation, that of the long form, and the long form.
    """
    for segment, words in enumerate(reader.words):
        for index, word in enumerate(words):
            if not index or not is_abbreviation(word.text):
                continue
            between = reader.texts[segment][words[index - 1].stop : word.start]
            if between.strip() not in ("(", "（"):
                continue
            for first in range(index - 1, max(index - 8, -1), -1):
                long = [other.text for other in words[first:index]]
                if words[first].opens and abbreviates(word.text, long):
                    capital = all(w[0].isupper() for w in (long[0], long[-1]))
                    yield (
                        reader.key_of(segment, index, index),
                        reader.key_of(segment, first, index - 1),
                        TermCandidate(
                            "name" if capital else "phrase",
                            "text",
                            3.0,
                            {(segment, first, index - 1)},
                        ),
                    )
                    break


def coinages(reader: Reader) -> Iterator[tuple[tuple[str, ...], TermCandidate]]:
    """Short words in quotation marks that make no sentence."""
    for segment, text in enumerate(reader.texts):
        for match in _QUOTED.finditer(text):
            inside = [
                index
                for index, word in enumerate(reader.words[segment])
                if match.start(1) <= word.start and word.stop <= match.end(1)
            ]
            if not 1 <= len(inside) <= 4:
                continue
            first, last = inside[0], inside[-1]
            if not reader.words[segment][last].closes and not _is_letter(reader, segment, last):
                continue
            if not reader.words[segment][first].opens:
                continue
            if sum(not word.opens for word in reader.words[segment][first:last]) > 1:
                continue
            parts = reader.parts[segment][first : last + 1]
            if any(word.text.isdecimal() for word in reader.words[segment][first : last + 1]):
                continue
            if has_tagger(reader.language) and not {"noun", "name"} & set(parts):
                continue
            yield (
                reader.key_of(segment, first, last),
                TermCandidate("coinage", "text", 3.0, {(segment, first, last)}),
            )


def _name_goes_on(reader: Reader, segment: int, last: int) -> int | None:
    """The next word of the same name after a word, over "of" and the like."""
    words, parts = reader.words[segment], reader.parts[segment]
    for ahead in (1, 2):
        if last + ahead >= len(words) or not reader.is_spaced(segment, last + ahead):
            return None
        word = words[last + ahead].text
        if word[0].isupper() and reader.is_name(segment, last + ahead):
            joined = ahead == 1 or words[last + 1].text.lower() in _WITHIN_NAMES
            ordinary = "name" not in (parts[last], parts[last + ahead])
            return last + ahead if joined or ordinary else None
        if ahead == 2 or word.lower() not in (*_WITHIN_NAMES, "and"):
            return None
    return None


def _is_letter(reader: Reader, segment: int, index: int) -> bool:
    """Whether a word is a single capital, as in "plan B"."""
    text = reader.words[segment][index].text
    return len(text) == 1 and text.isupper()
