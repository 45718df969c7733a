"""Times of day in the notation of a language, in figures and as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from align.languages.profile import profile
from align.quantities.folding import fold
from align.quantities.model import Certainty, Clock
from align.quantities.notation import any_of, notation
from align.quantities.patterns import distinct, groups, number_in

if TYPE_CHECKING:
    from align.quantities.folding import FoldedText
    from align.quantities.notation import Notation

_DAY = 24 * 60
_HALVES = ("am", "pm", "night")
_ZONES = "gmt|utc|bst|cet|est|edt"


class Time(NamedTuple):
    """A time of day in a text.

    Attributes:
        start: Where it begins in the folded text.
        stop: Where it ends.
        clocks: Its readings, the likeliest first.
        certainty: How sure it is that it is one.
    """

    start: int
    stop: int
    clocks: tuple[Clock, ...]
    certainty: Certainty


class _Form(NamedTuple):
    """A way of saying the time.

    Attributes:
        pattern: What it looks like; `h` is the hour, `m` the minutes.
        minutes: How many minutes lie between the hour and the time.
        sign: Whether `m` is past the hour or to it.
        spoken: Whether it counts the hours to 12 in every language.
        needs: What texts must hold for it to be looked for: all words of any of the rows. Most hold
            none, and to look for a word is faster than to look for a pattern.
    """

    pattern: re.Pattern[str]
    minutes: int = 0
    sign: int = 1
    spoken: bool = False
    needs: tuple[tuple[str, ...], ...] = ((),)


def times_in(folded: FoldedText, language: str) -> Iterator[Time]:
    """The times of day in a text."""
    how = notation(language)
    taken = bytearray(len(folded.text))  # 1 where a time was read
    for form in _forms(how.language):
        if not any(all(word in folded.text for word in words) for words in form.needs):
            continue
        for match in form.pattern.finditer(folded.text):
            time = _time(match, form, folded, how)
            if time is not None and taken.find(1, time.start, time.stop) < 0:
                taken[time.start : time.stop] = b"\1" * (time.stop - time.start)
                yield time


def _time(match: re.Match[str], form: _Form, folded: FoldedText, how: Notation) -> Time | None:
    found = groups(match)
    hour = number_in(found["h"], how) if "h" in found else 0
    minutes = number_in(found["m"], how) if "m" in found else 0
    if hour > 24 or minutes > 59 or ("h" in found and not hour and not found["h"].isdigit()):
        return None
    if "zone" in found and not _is_zone(match, folded, how):
        return None
    minutes = form.minutes + form.sign * minutes
    certainty = Certainty.CERTAIN if found.get("h", "").isdigit() else Certainty.LIKELY
    if "h" not in found:  # noon
        return Time(*match.span(), (_shifted(Clock(0, 0), minutes),), Certainty.POSSIBLE)
    half = next((half for half in _HALVES if half in found), "")
    counted = certainty == Certainty.CERTAIN and not form.spoken
    clocks = clocks_of(hour, minutes, half, folded.text, how, counted=counted)
    return Time(*match.span(), clocks, certainty)


def clocks_of(
    hour: int, minutes: int, half: str, text: str, how: Notation, *, counted: bool
) -> tuple[Clock, ...]:
    """The times that an hour and minutes may be.

    Args:
        hour: The hour as it is said.
        minutes: The minutes past it.
        half: `am`, `pm` or `night`, if said with it.
        text: The text, folded; 8 Uhr is in the morning unless it says "heute Abend".
        how: The notation of its language.
        counted: Whether the hour stands in figures, which most languages count to 24.
    """
    exact = counted and how.whole_day and not _says_half(text, how.language)
    return tuple(_shifted(each, minutes) for each in hours_of(hour, half, exact=exact))


def _is_zone(match: re.Match[str], folded: FoldedText, how: Notation) -> bool:
    """Whether capitals behind figures are a time zone, and no word of the language (est, cet)."""
    start, stop = next(
        match.span(key) for key in match.groupdict() if key[:4] == "zone" and match[key]
    )
    zone = folded.cased[start:stop]
    return zone.isupper() and zone.lower() not in profile(how.language).function_words


def hours_of(hour: int, half: str = "", *, exact: bool = False) -> tuple[Clock, ...]:
    """What an hour may be: in the half of the day that is named with it, or in either.

    Args:
        hour: The hour as it is said.
        half: `am`, `pm` or `night`, if said.
        exact: Whether it is counted to 24.

    >>> hours_of(5, "pm")
    (Clock(hour=17, minute=0),)
    """
    if half == "night":
        half = "pm" if 5 <= hour < 12 else "am"
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if half or exact or not 0 < hour <= 12:
        return (Clock(hour % 24, 0),)
    return Clock(hour, 0), Clock((hour + 12) % 24, 0)


def _shifted(clock: Clock, minutes: int) -> Clock:
    return Clock(*divmod((clock.hour * 60 + clock.minute + minutes) % _DAY, 60))


@lru_cache(maxsize=16)
def _says_half(text: str, language: str) -> bool:
    """Whether a text names the half of the day; asked once for all its times."""
    return _half_words(language).search(text) is not None


@lru_cache(maxsize=64)
def _half_words(language: str) -> re.Pattern[str]:
    """A word for the half of the day."""
    how = notation(language)
    begin, end = _edges(how)
    return re.compile(f"{begin}(?:{how.words(*_HALVES)}){end}")


def _edges(how: Notation) -> tuple[str, str]:
    """Where words begin and end, if they are parted."""
    return ("", "") if how.han else (r"(?<![^\W\d_])", r"(?![^\W\d_])")


@lru_cache(maxsize=64)
def _forms(language: str) -> tuple[_Form, ...]:
    """The ways of saying the time in a language, those that say most first."""
    how = notation(language)
    begin, end = _edges(how)
    halves = "|".join(rf"(?P<{half}>{how.words(half)})" for half in _HALVES)
    before = rf"(?:(?:{halves})(?:の|\s)?)?" if how.table.get("half_first") else ""
    after = rf"(?:[\s\u00a0]?(?:{halves}){end})"
    figures = r"(?<![\d:.,/])(?P<h>\d{1,2})"
    oclock = how.words("oclock", "hour")

    def form(pattern: str, minutes: int = 0, **more: Any) -> _Form:
        return _Form(re.compile(distinct(pattern)), minutes, **more)

    half_needed = tuple((word,) for word in how.forms(*_HALVES))
    spoken, plain = [], []
    guard = how.table.get("no_clock_before", "(?!)")
    for key, said in how.table.get("clock", {}).items():
        sign, minutes = re.fullmatch(r"(?:(-?)m)?(-?\d*)", key).groups()  # type: ignore[union-attr]
        each = [fold(form, language).text.strip() for form in said.split(",")]
        patterns = "|".join(_pattern(words, how) for words in each)
        pattern = rf"{before}{begin}(?:{patterns}){end}(?!{guard}){after}?"
        needs = tuple(tuple(re.findall(r"[^\W\d_]+(?![^{]*\})", words)) for words in each)
        if key == "0" or "{h}" not in said:
            plain.append(form(pattern, int(minutes or 0), needs=needs))
        else:
            sign = -1 if sign else 1
            spoken.append(form(pattern, int(minutes or 0), sign=sign, spoken=True, needs=needs))
    return (
        *spoken,
        form(rf"{before}{figures}:(?P<m>\d{{2}})(?::\d{{2}})?(?![\d:]){after}?"),
        form(rf"{figures}[.](?P<m>\d{{2}})(?:\s?(?:{oclock}){end}{after}?|{after})"),  # 15.30 Uhr
        form(rf"{figures}[\s\u00a0]?h\.?[\s\u00a0]?(?P<m>\d{{2}})(?!\d)"),
        form(rf"{figures}[\s\u00a0](?:{oclock})[\s\u00a0](?P<m>\d{{2}})(?!\d)"),
        form(
            rf"{begin}{_hour(how)}\s(?:{oclock})\s(?:{how.words('and_a_half')}){after}",
            30,
            needs=half_needed,
        ),
        form(rf"{begin}{_hour(how)}(?:[\s\u00a0]?(?:{oclock}))?{after}", needs=half_needed),
        form(rf"{figures}(?P<m>[0-5]\d)\s?(?:(?P<zone>{_ZONES})|hrs)(?!\w)"),  # 0900 GMT
        *plain,
    )


def _pattern(said: str, how: Notation) -> str:
    """What a table says of a time, folded, as a pattern."""
    pattern = any_of([said])
    return pattern.replace(r"\{h\}", _hour(how)).replace(r"\{m\}", _minutes(how))


def _hour(how: Notation) -> str:
    if how.han:
        return r"(?<![\d:.,])(?P<h>\d{1,2}|[一二三四五六七八九十两]{1,3})"
    words = _numbers(how, 24, ordinals=12)
    return rf"(?P<h>(?<![\d:.,/])\d{{1,2}}|{how.table.get('proclitics', '')}(?:{words}))"


def _minutes(how: Notation) -> str:
    if how.han:
        return r"(?P<m>\d{1,2}|[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九](?=分))"
    words = _numbers(how, 59)
    return rf"(?P<m>\d{{1,2}}|(?:{words})(?:[\s-](?:{_numbers(how, 9)}))?)"


def _numbers(how: Notation, last: int, ordinals: int = 0) -> str:
    """A pattern for the numbers up to one, in words."""
    limits = {"cardinal": last, "ordinal": ordinals}

    def within(words: Mapping[str, Mapping[str, Any]]) -> str:
        return any_of(
            word
            for word, senses in words.items()
            if any(0 < senses.get(sense, 0) <= limit for sense, limit in limits.items())
        )

    return rf"{within(how.senses)}|(?:{within(how.stems)})\w{{0,4}}"
