"""Dates in the notation of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from align.quantities.model import Day
from align.quantities.notation import any_of, notation
from align.quantities.patterns import distinct, groups, number_in

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
        found = groups(match)
        readings = tuple(_days(found, how))
        if match.start() >= end and readings and not _is_modal(match, folded, how):
            end = match.end()
            yield match.start(), end, readings


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
    day = number_in(found["d"], how) if "d" in found else None
    if (day is None or 1 <= day <= 31) and (month is None or 1 <= month <= 12):
        yield Day(year, month, day)


def _year(found: dict[str, str], how: Notation) -> int | None:
    """The year that a date says, by an era or as it is."""
    if "era" in found:
        eras = how.table["era"]
        first = next(offset for era, offset in eras.items() if era == found["era"])
        return int(first) + (1 if found["e"] == "元" else number_in(found["e"], how))
    return number_in(found["y"], how) if "y" in found else None


def _month(text: str, how: Notation) -> int:
    if text[0].isdigit() or how.han:
        return number_in(text, how)
    senses = how.meanings(text)
    return int(senses.get("month") or senses.get("short_month") or 0)


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
        eras = any_of(how.table.get("era", ()))
        bracket = r"(?:\s?[(\[][^()\[\]]{1,10}[)\]])?"  # 2025(令和7)年
        return re.compile(
            distinct(
                rf"{_ISO}|(?:(?P<era>{eras})\s?(?P<e>元|\d{{1,3}}|[一二三四五六七八九十]{{1,3}})|"
                rf"(?<!\d)(?P<y>{_HAN_YEAR})){bracket}\s?年度?(?!代)"
                rf"(?:{bracket}\s?(?P<m>{_HAN_DAY})\s?月(?![间間])(?:份)?(?:\s?(?P<d>{_HAN_DAY})\s?[日号號])?)?"
                rf"|(?<![\d.])(?P<m>{_HAN_DAY})\s?月(?![间間])\s?(?P<d>{_HAN_DAY})\s?[日号號](?![间間])"
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
    links = how.listed("date_links")
    between = rf"(?:\s|\u00a0|-|\.)+(?:(?:{links})\s?)?{article}"
    year = rf"(?:,|\s|\u00a0|-|/)+(?:(?:{links})\s+){{0,2}}"
    year_of = r"(?<!\d)\d{4}(?!\d|[.,]\d|[\s\u00a0]?[%°])"
    dated = rf"(?:{year}(?P<y>{year_of}))?"
    # After a whole word the full stop is the sentence's, unless the year follows on it.
    whole = "|".join((_words(how, ("month",)), *stems))
    of_day = rf"(?P<m>{whole})(?![^\W\d_])(?:\.?{year}(?P<y>{year_of}))?"
    of_day += rf"|(?P<m>{month})(?![^\W\d_])\.?{dated}"
    patterns = [
        _ISO,
        _NUMERIC,
        rf"(?P<d>{day}){between}(?:{of_day})",
    ]
    if how.month_first:
        patterns.append(
            rf"(?<!\w)(?P<m>{month})(?!\w)\.?\s(?:the\s)?(?P<d>\d{{1,2}}(?:st|nd|rd|th)?)(?![\w%])"
            rf"(?!\s?(?:percent|million|billion|-\d))(?!\.\d){dated}"
        )
    patterns.append(rf"(?<!\w)(?P<m>{month})(?!\w)\.?{year}(?P<y>{year_of})")
    return re.compile(distinct("|".join(patterns)))


def _words(how: Notation, senses: Iterable[str], limit: int = 10**6) -> str:
    found = [
        word
        for word, meanings in how.senses.items()
        if any(sense in meanings and meanings[sense] <= limit for sense in senses)
    ]
    return any_of(found)
