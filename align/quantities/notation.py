"""How a language writes quantities: its profile's table, completed by CLDR and num2words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from align.languages.locales import spoken_locale
from align.languages.profile import base_language, profile
from align.quantities.folding import fold
from align.quantities.units import CURRENCY_CODES, CURRENCY_SIGNS, units

if TYPE_CHECKING:
    from babel import Locale

# In the tables these sections say, for a value, the words that mean it.
_NUMERIC = (
    "cardinal",
    "ordinal",
    "loose",
    "scale",
    "money_scale",
    "denominator",
    "fraction",
    "decade",
    "month",
    "weekday",
)


@dataclass(frozen=True)
class Notation:
    """How a language writes quantities.

    Attributes:
        language: The primary subtag.
        han: Whether its numerals are Han characters, with no spaces between its words.
        decimal: What stands before decimals.
        month_first: Whether it writes the month before the day.
        senses: For each word, folded, what it may mean: a sense (`cardinal`, `unit`, …) and the
            value in that sense.
        stems: The same for words of which only the beginning is given.
        joiner: The word that joins parts of a number.
        joined_after: Behind which parts it may stand: `hundreds`, `tens` or `anything`.
        carries: Tens that eleven to nineteen may follow (French).
        ordinal_suffixes: Endings of ordinals in figures.
        endings: Endings that units and the like may take.
        whole_day: Whether it counts the hours of the day to 24.
        table: The rest of the language's table.
    """

    language: str
    han: bool
    decimal: str
    month_first: bool
    senses: Mapping[str, Mapping[str, Any]]
    stems: Mapping[str, Mapping[str, Any]]
    joiner: str
    joined_after: str
    carries: frozenset[int]
    ordinal_suffixes: tuple[str, ...]
    endings: tuple[str, ...]
    whole_day: bool
    table: Mapping[str, Any] = field(repr=False)

    def forms(self, *senses: str, value: object = None) -> list[str]:
        """The words that have any of some senses, and a value in it if given, the longest first."""
        found = {
            word
            for words in (self.senses, self.stems)
            for word, has in words.items()
            for sense in senses
            if sense in has and (value is None or has[sense] == value)
        }
        return sorted(found, key=lambda word: (-len(word), word))

    def words(self, *senses: str) -> str:
        """A pattern for the words that have any of some senses."""
        return _words_of(self.language, senses)

    def listed(self, key: str) -> str:
        """A pattern for the words of a list in the language's table."""
        return _listed_in(self.language, key)

    def meanings(self, word: str) -> Mapping[str, Any]:
        """What a word of a text may mean, with an ending or particles before it perhaps."""
        word = _one_space(word)
        bare = re.sub(self.table.get("proclitics", ""), "", word, count=1)
        for known in (word, bare, *(word.removesuffix(end) for end in self.endings)):
            if known in self.senses:
                return self.senses[known]
        lengths = range(len(word), 2, -1)
        return next((self.stems[word[:n]] for n in lengths if word[:n] in self.stems), {})


@lru_cache(maxsize=2048)
def _words_of(language: str, senses: tuple[str, ...]) -> str:
    return any_of(notation(language).forms(*senses))


@lru_cache(maxsize=512)
def _listed_in(language: str, key: str) -> str:
    return any_of(fold(word, language).text for word in notation(language).table.get(key, ()))


def any_of(words: Iterable[str], *, guarded: bool = False) -> str:
    """A pattern for any of some words, the longest first; a space or hyphen stands for either.

    Args:
        words: The words, folded; for none, the pattern never matches.
        guarded: Whether Latin words must not touch Latin letters.
    """
    patterns = []
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        pattern = r"[\s\u00a0-]".join(re.escape(part) for part in re.split(_SPACES, word))
        if guarded and word[0].isalpha() and word[0].isascii():
            pattern = rf"(?<![a-z]){pattern}(?![a-z])"
        patterns.append(pattern)
    return "|".join(patterns) or "(?!)"


_SPACES = re.compile(r"[\s\u00a0-]+")


def _one_space(word: str) -> str:
    return _SPACES.sub(" ", word)


@lru_cache(maxsize=64)
def notation(language: str) -> Notation:
    """The notation of a language, by its BCP 47 tag.

    >>> notation("fr").senses["milliards"]["scale"]
    Fraction(1000000000, 1)
    """
    from babel.numbers import get_decimal_symbol

    primary = base_language(language)
    table = profile(language).quantities
    locales = _locales(table.get("locales", [language, primary]))
    senses: dict[str, dict[str, Any]] = {}
    stems: dict[str, dict[str, Any]] = {}

    def add(word: str, sense: str, value: object) -> None:
        folded = _one_space(fold(word, language).text).strip()
        if not folded.strip("*"):
            return
        into = stems if folded.endswith("*") else senses
        if into is senses and _has_stem(folded, sense, stems):  # the table knows better
            return
        into.setdefault(folded.removesuffix("*"), {}).setdefault(sense, value)

    for word, sense, value in _words(table, locales, primary):
        add(word, sense, value)
    decimal = "."
    month_first = whole_day = False
    if locales:
        whole_day = "H" in locales[0].time_formats["short"].pattern
        first = str(locales[0])
        decimal = get_decimal_symbol(first, numbering_system="latn")
        pattern = locales[0].date_formats["long"].pattern
        month_first = "y" in pattern and pattern.find("M") < pattern.find("d")
    return Notation(
        language=primary,
        han=bool(table.get("han")),
        decimal=decimal,
        month_first=month_first,
        senses=senses,
        stems=stems,
        joiner=fold(table.get("joiner", ""), language).text,
        joined_after=table.get("joined_after", ""),
        carries=frozenset(table.get("carries", ())),
        ordinal_suffixes=_split(table.get("ordinal_suffixes", "")),
        endings=_split(table.get("endings", "")),
        whole_day=whole_day,
        table=table,
    )


def _has_stem(word: str, sense: str, stems: Mapping[str, Mapping[str, Any]]) -> bool:
    return any(
        sense in meanings and word.startswith(stem) and (word[len(stem) :] or "a").isalpha()
        for stem, meanings in stems.items()
    )


def _locales(tags: Iterable[str]) -> list[Locale]:
    return [locale for locale in map(spoken_locale, tags) if locale is not None]


def _split(forms: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in forms.split(",") if form.strip())


def _words(
    table: Mapping[str, Any], locales: list[Locale], language: str
) -> Iterator[tuple[str, str, object]]:
    """All words with their senses, those of the language's own table first."""
    for section in _NUMERIC:
        for value, forms in table.get(section, {}).items():
            for form in _split(forms):
                yield form, section, Fraction(value)
    for section in ("currency", "unit"):
        for names, forms in table.get(section, {}).items():
            for form in _split(forms):
                yield form, "unit", tuple(names.split())
    for names, forms in table.get("unit_before", {}).items():
        for form in _split(forms):
            yield form, "unit_before", tuple(names.split())
    for value, forms in table.get("amount", {}).items():
        number, unit = value.split()
        for form in _split(forms):
            yield form, "amount", (Fraction(number), unit)
    for name, forms in table.get("word", {}).items():
        for form in _split(forms):
            yield form, name, True
    for day, forms in table.get("event", {}).items():
        for form in _split(forms):
            yield form, "event", day
    for name, offset in table.get("era", {}).items():
        yield name, "era", offset
    yield from _signs()
    for locale in locales:
        yield from _of_cldr(locale)
    if ("cardinal" not in table or "compounds" in table) and not table.get("han"):
        yield from _spelled_out(language)


def _signs() -> Iterator[tuple[str, str, object]]:
    yield from (("%", "unit", ("percent",)), ("pp", "unit", ("percentage-point",)))
    for name, unit in units().items():
        for symbol in unit.symbols:
            yield symbol, "unit", (name,)
    for sign, codes in CURRENCY_SIGNS.items():
        yield sign, "unit", codes
        yield sign, "sign", codes
    for code in CURRENCY_CODES:
        yield code, "unit", (code,)
        yield code, "code", (code,)


def _of_cldr(locale: Locale) -> Iterator[tuple[str, str, object]]:
    from babel.numbers import get_currency_name

    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            sense = "month" if width == "wide" else "short_month"
            for number, name in locale.months[context][width].items():
                if not name[:1].isdigit():
                    yield name.rstrip("."), sense, Fraction(number)
        for number, name in locale.days[context]["wide"].items():
            yield name, "weekday", Fraction(number + 1)
    yield from _scales_of_cldr(locale)
    counts = _one_of_each_plural(locale)
    for full in map(str, locale.unit_display_names):
        name = full.partition("-")[2]
        if full == "concentr-percent":
            yield from ((word, "unit", ("percent",)) for word in _unit_names(full, counts, locale))
        if name in units():
            yield from ((word, "unit", (name,)) for word in _unit_names(full, counts, locale))
    for code in CURRENCY_CODES:
        names = [get_currency_name(code, count, locale) for count in counts]
        for name in dict.fromkeys([*names, locale.currencies.get(code, code)]):
            if name != code:
                yield name, "unit", (code,)


# Whole numbers first; "many" of Romance languages begins with a million, and Slavic languages have
# a form for fractions alone.
_COUNTS = (*range(21), 100, 1_000_000, 1.5)


def _one_of_each_plural(locale: Locale) -> list[float]:
    """A number for each form that a noun has beside numbers."""
    by_form: dict[str, float] = {}
    for count in _COUNTS:
        by_form.setdefault(locale.plural_form(count), count)
    return list(by_form.values())


def _unit_names(unit: str, counts: Iterable[float], locale: Locale) -> Iterator[str]:
    """A unit's name as CLDR has it beside each of some numbers, where the number is written."""
    from babel.numbers import format_decimal
    from babel.units import UnknownUnitError, format_unit

    for count in counts:
        try:
            written = format_unit(count, unit, locale=locale)
        except UnknownUnitError:
            return
        number = format_decimal(count, locale=locale)
        if number in written:
            yield written.replace(number, "", 1).strip("\u00a0 ")


def _scales_of_cldr(locale: Locale) -> Iterator[tuple[str, str, object]]:
    """Words such as `million`, from the patterns of compact numbers (`00 million`)."""
    forms = locale.compact_decimal_formats.get("long") or {}
    for patterns in forms.values():
        for size, pattern in patterns.items():
            written = re.fullmatch(r"(0+)[\s\u00a0]?([^0']+)", pattern.pattern)
            if written:
                scale = Fraction(int(size), 10 ** (len(written[1]) - 1))
                yield written[2], "scale", scale


def _spelled_out(language: str) -> Iterator[tuple[str, str, object]]:
    """Cardinals and ordinals as num2words writes them, where it knows the language."""
    from num2words import num2words

    for form, sense, last in (("cardinal", "cardinal", 1000), ("ordinal", "ordinal", 32)):
        for number in range(last):
            try:
                word = num2words(number, lang=language, to=form)
            except NotImplementedError:
                return
            except (LookupError, TypeError, ValueError):
                continue  # it has no ordinal of zero in Polish, and does not say so
            if not re.search(r"\d", word):
                yield word, sense, Fraction(number)
