"""Dates and times of day in the notation of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from align.quantities.folding import fold
from align.quantities.lexer import alternatives
from align.quantities.model import Certainty, Clock, Day
from align.quantities.notation import notation
from align.quantities.numerals import read_han

if TYPE_CHECKING:
    from align.quantities.folding import FoldedText
    from align.quantities.notation import Notation

_ISO = r"(?<![\d.,/-])(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?![\d/-]|[.,]\d)"
_NUMERIC = (
    r"(?<![\d.,/-])(?P<one>\d{1,2})(?P<separator>[./-])(?P<two>\d{1,2})(?P=separator)(?P<y>\d{4})"
    r"(?![\d/-]|[.,]\d)"
)
_HAN_DAY = r"\d{1,2}|[一二三四五六七八九十廿]{1,3}"
_HAN_YEAR = r"\d{4}|[〇零一二三四五六七八九]{4}"


def dates_in(folded: FoldedText, language: str) -> Iterator[tuple[int, int, tuple[Day, ...]]]:
    """The dates of a text that have a day or a year beside the month, or an era.

    Yields:
        Where each begins and ends in the folded text, and its readings, the likeliest first.
    """
    how = notation(language)
    end = 0
    for match in _dates(how.language).finditer(folded.text):
        found = _groups(match)
        readings = tuple(_days(found, how))
        if match.start() >= end and readings and not _is_modal(match, folded, how):
            end = match.end()
            yield match.start(), end, readings


def times_in(
    folded: FoldedText, language: str
) -> Iterator[tuple[int, int, tuple[Clock, ...], Certainty]]:
    """The times of day in a text that are written with figures (in Han numerals too)."""
    how = notation(language)
    for match in _times(how.language).finditer(folded.text):
        found = _groups(match)
        hour = _number(found["h"], how)
        minute = 30 if found.get("x") else _number(found.get("i", "0"), how)
        if hour > 24 or minute > 59:
            continue
        half = "p" if found.get("p") else "a" if found.get("a") else ""
        certainty = Certainty.CERTAIN if found["h"].isdigit() else Certainty.POSSIBLE
        yield match.start(), match.end(), readings_of_clock(hour, minute, half), certainty


def readings_of_clock(hour: int, minute: int, half: str) -> tuple[Clock, ...]:
    """What a time may be: in the half of the day it names (`a`, `p`), or in either.

    >>> readings_of_clock(5, 30, "p")
    (Clock(hour=17, minute=30),)
    """
    if half == "p" and hour < 12:
        return (Clock(hour + 12, minute),)
    if half == "a" and hour == 12:
        return (Clock(0, minute),)
    if half or hour > 12 or hour == 0:
        return (Clock(hour % 24, minute),)
    return Clock(hour, minute), Clock((hour + 12) % 24, minute)


def _days(found: dict[str, str], how: Notation) -> Iterator[Day]:
    if "one" in found:
        orders = (("two", "one"), ("one", "two"))
        for first, second in orders if how.month_first else orders[::-1]:
            numbers = int(found[first]), int(found[second])
            if 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12:
                yield Day(int(found["y"]), numbers[1], numbers[0])
        return
    year = _year(found, how)
    month = _month(found["m"], how) if "m" in found else None
    day = _number(found["d"], how) if "d" in found else None
    if (day is None or 1 <= day <= 31) and (month is None or 1 <= month <= 12):
        yield Day(year, month, day)


def _groups(match: re.Match[str]) -> dict[str, str]:
    """What a pattern's groups found; `d2` is another place for what `d` means."""
    return {key.rstrip("0123456789"): value for key, value in match.groupdict().items() if value}


def _year(found: dict[str, str], how: Notation) -> int | None:
    """The year that a date says, by an era or as it is."""
    if "era" in found:
        eras = how.table["era"]
        first = next(offset for era, offset in eras.items() if era == found["era"])
        return int(first) + (1 if found["e"] == "元" else _number(found["e"], how))
    return _number(found["y"], how) if "y" in found else None


def _month(text: str, how: Notation) -> int:
    if text[0].isdigit() or how.han:
        return _number(text, how)
    for words in (how.senses, how.stems):
        for word in (text, *(text[:length] for length in range(len(text), 2, -1))):
            for sense in ("month", "short_month"):
                if sense in words.get(word, {}):
                    return int(words[word][sense])
    return 0


def _number(text: str, how: Notation) -> int:
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    if how.han:
        return int(read_han(text, how)[0])
    bare = re.sub(how.table.get("proclitics", ""), "", text, count=1)
    senses = how.senses.get(text) or how.senses.get(bare, {})
    return int(senses.get("ordinal") or senses.get("cardinal") or Fraction(0))


def _is_modal(match: re.Match[str], folded: FoldedText, how: Notation) -> bool:
    """Whether `may` or `march` in small letters is no month: "2018 may 5"."""
    if not how.table.get("capital_months"):
        return False
    months = (match.span(key) for key in match.groupdict() if key[0] == "m" and match[key])
    return any(folded.cased[start:stop] in ("may", "march", "mar") for start, stop in months)


@lru_cache(maxsize=64)
def _dates(language: str) -> re.Pattern[str]:
    how = notation(language)
    if how.han:
        eras = "|".join(how.table.get("era", {}))
        era = (
            rf"(?:(?P<era>{eras})\s?(?P<e>元|\d{{1,3}}|[一二三四五六七八九十]{{1,3}})|"
            if eras
            else "(?:"
        )
        return re.compile(
            _distinct(
                rf"{_ISO}|{era}(?<!\d)(?P<y>{_HAN_YEAR}))\s?年度?(?!代)"
                rf"(?:\s?(?P<m>{_HAN_DAY})\s?月(?![間间])(?:份)?(?:\s?(?P<d>{_HAN_DAY})\s?[日号號])?)?"
                rf"|(?<![\d.])(?P<m>{_HAN_DAY})\s?月(?![間间])\s?(?P<d>{_HAN_DAY})\s?[日号號](?![間间])"
            )
        )
    months = _words(how, ("month", "short_month"))
    stems = [rf"{re.escape(stem)}\w{{0,3}}" for stem, s in how.stems.items() if "month" in s]
    month = "|".join((months, *stems)) if stems else months
    suffixes = "|".join(re.escape(suffix) for suffix in how.ordinal_suffixes)
    article = how.table.get("proclitics", "")
    suffix = rf"-?(?:{suffixes})(?![^\W\d_])" if suffixes else ""
    words = _words(how, ("ordinal", *how.table.get("day_words", ())), limit=31)
    day = rf"(?<![\d.,])\d{{1,2}}(?!\d)(?:{suffix})?" + (
        rf"|(?<!\w){article}(?:{words})" if words else ""
    )
    links = alternatives(fold(link, language).text for link in how.table.get("date_links", ()))
    between = rf"(?:\s|\u00a0|-|\.)+(?:(?:{links or '(?!)'})\s?)?{article}"
    year = rf"(?:,|\s|\u00a0|-|/)+(?:(?:{links or '(?!)'})\s+){{0,2}}"
    year_of = r"(?<!\d)\d{4}(?!\d|[.,]\d|[\s\u00a0]?[%°])"
    patterns = [
        _ISO,
        _NUMERIC,
        rf"(?P<d>{day}){between}(?P<m>{month})(?![^\W\d_])\.?(?:{year}(?P<y>{year_of}))?",
    ]
    if how.month_first:
        patterns.append(
            rf"(?<!\w)(?P<m>{month})(?!\w)\.?\s(?:the\s)?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?)(?![\w%])"
            rf"(?!\s?(?:percent|million|billion|-\d))(?!\.\d)(?:{year}(?P<y>{year_of}))?"
        )
    patterns.append(rf"(?<!\w)(?P<m>{month})(?!\w)\.?{year}(?P<y>{year_of})")
    return re.compile(_distinct("|".join(patterns)))


def _distinct(pattern: str) -> str:
    """A pattern in which each name of a group stands once: `d`, `d2`, `d3`."""
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return match[0] if seen[match[1]] == 1 else f"(?P<{match[1]}{seen[match[1]]}>"

    return re.sub(r"\(\?P<([a-z]+)>", name, pattern)


def _words(how: Notation, senses: Iterable[str], limit: int = 10**6) -> str:
    found = [
        word
        for word, meanings in how.senses.items()
        if any(sense in meanings and meanings[sense] <= limit for sense in senses)
    ]
    return alternatives(found)


@lru_cache(maxsize=64)
def _times(language: str) -> re.Pattern[str]:
    how = notation(language)
    am, pm = (alternatives(how.forms(sense)) or "(?!)" for sense in ("am", "pm"))
    if how.han:
        half = rf"(?:(?P<a>{am})|(?P<p>{pm}))?(?:の|\s)?"
        number = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
        return re.compile(
            _distinct(
                rf"{half}(?<![\d:.,])(?P<h>{number})(?:[时時点點](?!間|间|代|点|尚|装|期)"
                rf"(?!差|速|に関)(?:(?P<x>半)|(?P<i>{number})分)?(?![〇零一二三四五六七八九])|:(?P<i>\d{{2}})(?![\d:]))"
            )
        )
    clock = rf"(?:\s?(?:(?P<a>{am})|(?P<p>{pm}))(?![^\W\d_]))"
    hour = alternatives(how.forms("hour")) or "h"
    oclock = alternatives([*how.forms("oclock"), *how.forms("hour")]) or "(?!)"
    return re.compile(
        _distinct(
            rf"(?<![\d:.,/])(?P<h>\d{{1,2}})(?::(?P<i>\d{{2}})(?::\d{{2}})?(?![\d:]){clock}?"
            rf"|[.](?P<i>\d{{2}}){clock}"
            rf"|{clock}"
            r"|(?P<i>[0-5]\d)\s?(?:gmt|utc|bst|cet|est|edt|hrs)(?!\w)"  # 0900 GMT
            rf"|[.](?P<i>\d{{2}})\s?(?:{oclock})(?![^\W\d_])"  # 15.30 Uhr
            rf"|[\s\u00a0]?h\.?[\s\u00a0]?(?P<i>\d{{2}})(?!\d)"
            rf"|[\s\u00a0](?:{hour})[\s\u00a0](?P<i>\d{{2}})(?!\d)"
            rf"|[\s\u00a0]?(?:{hour}){clock})"
        )
    )
