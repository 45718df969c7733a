"""Names of countries and of large cities in every language, from the Unicode CLDR."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

import regex

from align.languages.clitics import clitics_of
from align.languages.locales import spoken_locale
from align.languages.profile import profile
from align.terminology.forms import form_key
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.terminology.words import Word

_LONGEST = 4  # words of a name
Form = tuple[str, ...]


@lru_cache(maxsize=32)
def place_names(language: str) -> Mapping[str, str]:
    """What countries and the cities that time zones are named for are called in a language.

    Returns:
        For each place, by CLDR's code or zone, its name; empty where CLDR has not the language.

    >>> place_names("ar")["SO"], place_names("ja")["Asia/Tokyo"]
    ('الصومال', '東京')
    """
    from babel import Locale

    locale = spoken_locale(language)
    if locale is None:
        return {}
    has_latin = bool(regex.match(r"\p{Latin}", str(locale.display_name)))
    names = {
        code: str(name)
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha()  # groups of countries have numbers
    }
    for zone in map(str, Locale("ja").time_zones):
        # CLDR leaves out the city where the zone is named in the same words.
        area, _, city = zone.rpartition("/")
        fields = locale.time_zones.get(zone, {})
        if area and not area.startswith("Etc") and (has_latin or "city" in fields):
            names[zone] = str(fields.get("city", city.replace("_", " ")))
    return names


@lru_cache(maxsize=32)
def places_called(language: str) -> Mapping[Form, frozenset[str]]:
    """The places that a name may stand for, by the name's key (`form_key`)."""
    called: dict[Form, set[str]] = {}
    for place, name in place_names(language).items():
        # A name of one character, or of a word of grammar, would be found anywhere.
        if len(name) > 1 and name.lower() not in profile(language).function_words:
            called.setdefault(form_key(name, language), set()).add(place)
    return {key: frozenset(places) for key, places in called.items()}


def places_in(
    text: str, words: Sequence[Word], language: str
) -> Iterator[tuple[Span, frozenset[str]]]:
    """The countries and cities that a text names, none within another.

    Args:
        text: The text.
        words: Its words.
        language: BCP 47 tag.

    Yields:
        Where a name stands, and the places that it may mean.
    """
    called, named = places_called(language), place_names(language)
    reached = 0
    for first, word in enumerate(words):
        if word.start < reached or not word.opens or word.text[:1].islower():
            continue
        joined = list(takewhile(lambda each: each.joined, words[first + 1 : first + _LONGEST]))
        for last in reversed([word, *joined]):
            name = text[word.start : last.stop]
            places = called.get(form_key(name, language), frozenset()) if last.closes else ()
            # Roots say too little of names.
            if places and (not clitics_of(language) or name in map(named.get, places)):
                yield Span(word.start, last.stop), frozenset(places)
                reached = last.stop
                break


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    from babel.core import get_global

    return dict(get_global("zone_territories"))


def country_of(place: str) -> str:
    """The code of the country that a place is, or lies in.

    >>> country_of("Europe/Warsaw"), country_of("PL")
    ('PL', 'PL')
    """
    return _countries().get(place, place)
