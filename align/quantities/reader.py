"""Reads the quantities of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from align.quantities.calendar import dates_in
from align.quantities.clock import times_in
from align.quantities.folding import fold
from align.quantities.grammar.assembly import assembled
from align.quantities.lexer import addresses, tokens_of
from align.quantities.model import Certainty, Day, Quantity
from align.quantities.notation import notation
from align.quantities.ranges import with_full_years
from align.quantities.telephones import telephones_in
from align.text import Span

_LONGEST, _LEAST = 1000, 500
"""Characters of the longest text that is read at once, and of its shortest part."""

_CODE = re.compile(r"\d{51,}")
_SENTENCE_END = re.compile(r"[.!?;](?=\s\D)|[。！？；؟\n]")
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]{4})[,，、]?\s(?=[^\W\d_]{4})")
_SPACE = re.compile(r"\s")


@lru_cache(maxsize=2048)
def quantities_of(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities that a text states, in its order.

    Args:
        text: Running text.
        language: BCP 47 tag of its language.

    Returns:
        Each quantity once: the parts of a date, a fraction or a sum of money are not listed
        apart. Figures in web and mail addresses are left out.

    >>> [str(quantity.value) for quantity in quantities_of("8兆7000億円、3万7,000人", "ja")]
    ['8700000000000', '37000']
    >>> quantities_of("le 19 février 2024", "fr")[0].value
    Day(year=2024, month=2, day=19, weekday=None)
    """
    if not text:
        return ()
    if len(text) <= _LONGEST:
        return _quantities(text, language)
    text = _CODE.sub(lambda digits: "\0" * len(digits[0]), text)  # lest a part end in one
    return tuple(
        replace(each, span=_moved(each.span, start), numeral=_moved(each.numeral, start))
        for start, stop in _parts(text)
        for each in _quantities(text[start:stop], language)
    )


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Parts of a long text: the patterns look far ahead, so that the whole would take too long.

    It is cut where a sentence ends, else between words, else anywhere.
    """
    start = 0
    while len(text) - start > _LONGEST:
        stop = start + _LONGEST
        for boundary in (_SENTENCE_END, _BETWEEN_WORDS, _SPACE):
            places = [match.end() for match in boundary.finditer(text, start + _LEAST, stop)]
            if places:
                stop = places[-1]
                break
        yield start, stop
        start = stop
    yield start, len(text)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.stop + by)


def _quantities(text: str, language: str) -> tuple[Quantity, ...]:
    folded = fold(text, language)
    how = notation(language)
    found: list[Quantity] = []
    taken: list[tuple[int, int]] = addresses(folded)

    def free(start: int, stop: int) -> bool:
        return all(stop <= begin or end <= start for begin, end in taken)

    for start, stop, values in telephones_in(folded.text):
        if free(start, stop):
            taken.append((start, stop))
            span = Span(start, stop)
            found.append(Quantity("number", values, (), span, span, Certainty.CERTAIN))
    for start, stop, days in dates_in(folded, language):
        if free(start, stop):
            taken.append((start, stop))
            found.append(_date(start, stop, days))
    for start, stop, clocks, certainty in times_in(folded, language):
        if free(start, stop):
            taken.append((start, stop))
            first = clocks[0]
            parts = (Fraction(first.hour), Fraction(first.minute))
            span = Span(start, stop)
            found.append(Quantity("time", clocks, (), span, span, certainty, parts))
    tokens = tokens_of(folded, language, taken)
    found.extend(assembled(folded.text, how, tokens))
    found = list(with_full_years(sorted(found, key=lambda each: each.span), folded.text, how))
    if folded.offsets is None:
        return tuple(found)

    def back(span: Span) -> Span:
        return Span(folded.original(span.start), folded.original(span.stop - 1) + 1)

    return tuple(replace(each, span=back(each.span), numeral=back(each.numeral)) for each in found)


def _date(start: int, stop: int, days: tuple[Day, ...]) -> Quantity:
    span = Span(start, stop)
    first = days[0]
    # 9/11 is the 11th of September
    numbers = (first.year, first.day) if first.year else (first.month, first.day)
    parts = tuple(Fraction(number) for number in numbers if number)
    if first.month is None and first.year is not None:  # 2018年
        return Quantity("date", (Fraction(first.year),), (), span, span, Certainty.CERTAIN, parts)
    return Quantity("date", days, (), span, span, Certainty.CERTAIN, parts)
