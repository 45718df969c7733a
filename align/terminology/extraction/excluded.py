"""Words that are no terms whatever the subject: of the calendar, of measure, of money."""

from __future__ import annotations

from functools import lru_cache

from align.languages.locales import spoken_locale
from align.languages.profile import base_language, profile


@lru_cache(maxsize=16)
def date_words(language: str) -> frozenset[str]:
    """Names of months and days, from CLDR; none in a language that it has not."""
    locale = spoken_locale(language)
    if locale is None:
        return frozenset()
    return frozenset(
        name.lower().rstrip(".")
        for names in (locale.months["format"], locale.days["format"])
        for width in ("wide", "abbreviated")
        for name in names[width].values()
    )


@lru_cache(maxsize=16)
def unit_names(language: str) -> frozenset[str]:
    """Names of units of measure and of currencies, from CLDR, in all spellings of the language."""
    from babel.numbers import get_currency_name

    names: set[str] = set()
    spellings = profile(language).quantities.get("locales", ())
    for tag in (language, base_language(language), *spellings):
        locale = spoken_locale(tag)
        if locale is None:
            continue
        units = locale.unit_display_names.values()
        names |= {unit["long"].lower() for unit in units if "long" in unit}
        codes = [code for code in map(str, locale.currencies) if not code.startswith("X")]
        names |= {get_currency_name(code, 2, locale).split()[-1].lower() for code in codes}
    return frozenset(name for name in names if name.isalpha())
