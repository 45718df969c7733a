"""How a quantity would be written in the notation of the translation."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from align.languages.chinese import characters_simplified, characters_traditional
from align.languages.locales import babel_locale
from align.languages.profile import profile
from align.languages.scripts import is_traditional
from align.quantities import quantities_of
from align.quantities.model import Day
from align.quantities.notation import notation
from align.quantities.units import is_currency, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.quantities.model import Quantity

_LARGEST = 10**21  # Babel writes 28 digits, six of them behind the point
_HAN_SCALES = (("兆", 10**12), ("億", 10**8), ("万", 10**4))


def suggested(expected: Quantity, written: Quantity, text: str, language: str) -> str | None:
    """What could stand in the place of a wrong quantity.

    Args:
        expected: What the source says.
        written: What the translation says.
        text: The text of the translation.
        language: BCP 47 tag of the translation.

    Returns:
        A text that reads as the expected quantity, in the style of the wrong one where that goes;
        None where none is known to.
    """
    for candidate in _candidates(expected, written, text, language):
        read = quantities_of(candidate, language)
        if len(read) == 1 and read[0].value == expected.value and _units_fit(expected, read[0]):
            return candidate
    return None


def _units_fit(expected: Quantity, read: Quantity) -> bool:
    return not expected.units or bool(set(expected.units) & set(read.units))


def _candidates(expected: Quantity, written: Quantity, text: str, language: str) -> Iterator[str]:
    value = expected.value
    if isinstance(value, Day):
        yield from _dates(value, language)
    if not isinstance(value, Fraction):
        return
    before = text[written.span.start : written.numeral.start]
    after = text[written.numeral.stop : written.span.stop]
    numeral = text[written.numeral.slice]
    for number in _numbers(abs(value), numeral, language):
        yield before + number + after  # what stands before may be a minus
    for number in _numbers(value, numeral, language):
        yield number + after
        yield from _with_unit(number, value, expected, language)


def _dates(day: Day, language: str) -> Iterator[str]:
    from babel.dates import format_date, format_skeleton

    locale = babel_locale(language)
    if day.month is None:
        return
    whole = date(day.year or 2000, day.month, day.day or 1)
    if day.year and day.day:
        yield format_date(whole, "long", locale=locale)
    elif day.day:
        yield format_skeleton("MMMMd", whole, locale=locale)
    elif day.year:
        yield format_skeleton("yMMMM", whole, locale=locale)


def _numbers(value: Fraction, numeral: str, language: str) -> Iterator[str]:
    """The number alone, the likeliest style first; none where it is too large."""
    from babel.numbers import format_compact_decimal, format_decimal

    if value >= _LARGEST:
        return
    locale = babel_locale(language)
    how = notation(language)
    exact = float(value)

    def plain(number: Fraction, *, grouped: bool) -> str:
        return format_decimal(
            float(number),
            format="#,##0.######",
            locale=locale,
            group_separator=grouped,
            numbering_system="latn",
        )

    roman = re.match(r"[IVX]+", numeral)
    if roman and 0 < value < 40:
        yield _roman(int(value)) + numeral[roman.end() :]
        return
    if not any(character.isdigit() for character in numeral):
        spelled = how.forms("cardinal", value=value)
        if len(spelled) == 1:
            yield spelled[0]
        if how.han and 0 < value < 10 and value.denominator == 1:
            yield "一二三四五六七八九"[int(value) - 1]
    if value >= 10_000:
        if how.han:
            yield _han(value, language)
        digits = len(f"{exact:f}".rstrip("0").rstrip(".").rstrip("0").replace(".", ""))
        letters = sum(character.isalpha() for character in numeral)
        compact: Literal["short", "long"] = "long" if not how.han and letters > 4 else "short"
        if digits <= 4 and letters:
            for places in (0, 1, 2, 3):
                yield format_compact_decimal(
                    exact, format_type=compact, locale=locale, fraction_digits=places
                )
    is_year = 1000 <= value < 2100 and value.denominator == 1
    grouped = not is_year and (not numeral.isdigit() or len(numeral) < 4)
    yield plain(value, grouped=grouped)
    yield plain(value, grouped=not grouped)


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def _han(value: Fraction, language: str) -> str:
    """`8兆7000億`, `3万7000`."""
    written, rest = "", value
    for name, size in _HAN_SCALES:
        count, rest = divmod(rest, size)
        if count:
            written += f"{count}{name}"
    if rest.denominator == 1 and rest:
        written += str(rest)
    if is_traditional(language):
        return characters_traditional(written)
    return characters_simplified(written) if profile(language).simplified else written


def _with_unit(number: str, value: Fraction, expected: Quantity, language: str) -> Iterator[str]:
    """The number with its unit in the language's own words."""
    if expected.kind not in ("money", "measure"):
        return
    how = notation(language)
    name = _unit_name(value, expected.units[0], language)
    if name:
        links = [link for link in how.table.get("links", ()) if link.isalpha()]
        if links and number[-1:].isalpha():  # 33,9 milliards de yens
            yield f"{number} {links[0]} {name}"
        yield f"{number}{' ' if not how.han else ''}{name}"


def _unit_name(value: Fraction, unit: str, language: str) -> str | None:
    """A unit's name: CLDR's, which agrees with the number, or the language table's first."""
    from babel.numbers import get_currency_name
    from babel.units import UnknownUnitError, format_unit

    how = notation(language)
    locale = babel_locale(language)
    if how.han:
        section = how.table.get("currency" if is_currency(unit) else "unit", {})
        return str(section[unit]).partition(",")[0] if unit in section else None
    if is_currency(unit):
        name = get_currency_name(unit, count=int(value), locale=locale)
        return None if name == unit else name
    try:
        dimension = units()[unit].dimension
        written = format_unit(float(value), f"{dimension}-{unit}", "long", locale=locale)
    except (UnknownUnitError, KeyError, ValueError):
        return None
    return written.lstrip("0123456789,.\u00a0\u202f ") or None
