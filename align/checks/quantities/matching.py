"""Which quantities of a source passage stand in its translation, and what is left on each side."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.model import Certainty, Clock, Day
from align.quantities.units import converted, dimension_of, same_unit, thermometers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from align.quantities.model import Quantity

_ROUNDING = Fraction(1, 10)
"""How far a conversion may be from exact: translators round."""

_SMALL_ROUNDING = Fraction(1, 4)
_HALF_ONE = Fraction(3, 5)
"""How far a small whole number may be off: an inch is 2 or 3 centimetres."""

_HALF_FIVE = Fraction(5, 2)
"""How many degrees a temperature may be off that is a multiple of five."""

_EXACT = Fraction(3, 100)
"""How near two units must be for the same figure to be a conversion and no slip."""


_MOST = 400
"""Quantities of one side of a passage that are compared; what has more is a table."""


@dataclass(slots=True)
class Sides:
    """What is not yet matched of the quantities on the two sides.

    Attributes:
        source: Those of the source.
        target: Those of the translation.
        matched: Pairs of the same quantity.
        clashes: Pairs of the same figure with units that are not the same.
    """

    source: list[Quantity]
    target: list[Quantity]
    matched: list[tuple[Quantity, Quantity]]
    clashes: list[tuple[Quantity, Quantity]]


def match(source: Sequence[Quantity], target: Sequence[Quantity]) -> Sides:
    """Matches the quantities of two passages, the surest agreement first.

    Args:
        source: The quantities of the source.
        target: The quantities of the translation.

    Returns:
        What matched, and what is left, of the first few hundred of each side.
    """
    sides = Sides(list(source[:_MOST]), list(target[:_MOST]), [], [])
    for agree in (_identical, _surely_same_value, _converts, _same_share, _same_in_other_words):
        _pair(sides, agree, sides.matched)
    _match_parts(sides)
    _pair(sides, _other_unit, sides.clashes)
    _pair(sides, _same_value, sides.matched)
    return sides


def same_quantity(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities may be the same, however each is written."""
    return any(
        agree(one, other)
        for agree in (_identical, _same_value, _converts, _same_share, _same_in_other_words)
    )


def _pair(
    sides: Sides,
    agree: Callable[[Quantity, Quantity], bool],
    into: list[tuple[Quantity, Quantity]],
) -> None:
    # Sure quantities choose first, so that "one" leaves the figure 1 to a figure.
    for one in sorted(sides.source, key=lambda quantity: -quantity.certainty):
        fitting = [other for other in sides.target if agree(one, other)]
        if fitting:
            other = max(fitting, key=lambda quantity: quantity.certainty)
            sides.source.remove(one)
            sides.target.remove(other)
            into.append((one, other))


def _share_value(one: Quantity, other: Quantity) -> bool:
    return any(value in other.values for value in one.values)


def _units_agree(one: Quantity, other: Quantity) -> bool:
    """Whether the likeliest unit of one is among those of the other: "dollars" are no 元."""
    return any(
        same_unit(first, second)
        for first in one.units
        for second in other.units
        if first == one.units[0] or second == other.units[0]
    )


def _identical(one: Quantity, other: Quantity) -> bool:
    if not _share_value(one, other):
        return False
    return _units_agree(one, other) if one.units and other.units else one.units == other.units


def _same_value(one: Quantity, other: Quantity) -> bool:
    """The same figure where one side has no unit, or one is of years and the other of a year."""
    if not _share_value(one, other):
        return False
    if not one.units or not other.units:
        return True
    return one.kind != other.kind and all(
        quantity.kind == "date" or dimension_of(quantity.units[0]) == "duration"
        for quantity in (one, other)
    )


def _surely_same_value(one: Quantity, other: Quantity) -> bool:
    return min(one.certainty, other.certainty) >= Certainty.LIKELY and _same_value(one, other)


def _other_unit(one: Quantity, other: Quantity) -> bool:
    sure = min(one.certainty, other.certainty) >= Certainty.LIKELY
    return sure and _share_value(one, other)


def _converts(one: Quantity, other: Quantity) -> bool:
    """Whether a value is the other in another unit, as translators round."""
    if "date" in (one.kind, other.kind):
        return False
    return any(
        _is_near(value, expected, unit, into)
        for unit in thermometers(one.units)
        for into in thermometers(other.units)
        if unit != into
        for value in one.values
        for expected in other.values
        if isinstance(value, Fraction) and isinstance(expected, Fraction)
    )


def _is_near(value: Fraction, expected: Fraction, unit: str, into: str) -> bool:
    found = converted(value, unit, into)
    if found is None:
        return False
    off, dimension = abs(found - expected), dimension_of(unit)
    if dimension == "temperature":
        # A difference of temperatures has no zero.
        less = found - (converted(Fraction(0), unit, into) or 0)
        return off <= (_HALF_FIVE if expected % 5 == 0 else 1) or abs(less - expected) < _HALF_ONE
    largest = max(abs(found), abs(expected))
    if expected == value:
        return off <= _EXACT * largest
    small = expected.denominator == 1 and off <= _HALF_ONE and dimension != "duration"
    return off <= (_SMALL_ROUNDING if small else _ROUNDING) * largest


def _same_share(one: Quantity, other: Quantity) -> bool:
    """A fraction and its percentage: half and 50 %."""
    return any(
        isinstance(value, Fraction)
        and isinstance(figure, Fraction)
        and 0 < value < 1
        and abs(value * 100 - figure) < 1
        for share, percentage in ((one, other), (other, one))
        if percentage.units[:1] == ("percent",) and not share.units
        for value in share.values
        for figure in percentage.values
    )


def _same_in_other_words(one: Quantity, other: Quantity) -> bool:
    if any(_is_time(clock, number) for clock, number in ((one, other), (other, one))):
        return True
    for century, decade in ((one, other), (other, one)):
        if century.units == ("century",) and decade.units == ("decade",):  # the early 2000s
            year = decade.value
            if isinstance(year, Fraction) and year % 100 == 0 and year / 100 + 1 in century.values:
                return True
    for day, less in ((one, other), (other, one)):
        if any(
            isinstance(a, Day) and isinstance(b, Day) and _includes(a, b)
            for a in day.values
            for b in less.values
        ):
            # a date without its year is the same day only if the year is said elsewhere
            first, second = day.values[0], less.values[0]
            if isinstance(first, Day) and isinstance(second, Day) and first.year == second.year:
                return True
    return False


def _is_time(clock: Quantity, number: Quantity) -> bool:
    """Whether a number is a time of day: 17.30, 5 of the afternoon, a duration of 1:30."""
    times = [value for value in clock.values if isinstance(value, Clock)]
    hours = {time.hour + Fraction(time.minute, 60) for time in times}
    if number.units:
        return "hour" in number.units and bool(hours & set(number.values))
    hours |= {time.hour + Fraction(time.minute, 100) for time in times}
    return any(
        isinstance(value, Fraction)
        and (value in hours or (value <= 12 and (value + 12) % 24 in hours))
        for value in number.values
    )


def _includes(day: Day, less: Day) -> bool:
    return all(
        getattr(less, part) in (None, getattr(day, part)) for part in ("year", "month", "day")
    ) and (less.month is not None or less.day is not None)


def parts_of(quantity: Quantity) -> tuple[Fraction, ...]:
    """The numbers a quantity may be written apart in."""
    if quantity.parts:
        return quantity.parts
    values = []
    for value in quantity.values:
        if isinstance(value, Fraction):
            values.append(value)
        elif isinstance(value, Day):
            values += [Fraction(part) for part in (value.year, value.day) if part]
    return tuple(values)


def _other_date(one: Quantity, other: Quantity) -> bool:
    """Whether two dates name different months, or both are whole."""
    first, second = one.value, other.value
    if not isinstance(first, Day) or not isinstance(second, Day):
        return False
    if first.month and second.month and first.month != second.month:
        return True
    return bool(first.year and first.day and second.year and second.day)


def _match_parts(sides: Sides) -> None:
    """Takes away composed quantities whose parts all stand on the other side.

    "June 5–7" is a date and a number here, and perhaps three numbers there.
    """
    for own, others in ((sides.source, sides.target), (sides.target, sides.source)):
        for one in [quantity for quantity in own if quantity.parts]:
            # A whole date does not lend its year to another whole date.
            lenders = [other for other in others if not _other_date(one, other)]
            parts = set(one.parts)
            lent = {part for other in lenders for part in parts_of(other)}
            lent |= {
                Fraction(other.value.month)
                for other in lenders
                if isinstance(other.value, Day) and other.value.month
            }
            if not parts <= lent:
                continue
            own.remove(one)
            for other in lenders:
                mine = set(parts_of(other))
                if mine & parts and (mine <= parts or not other.parts):
                    others.remove(other)
                    sides.matched.append((one, other) if own is sides.source else (other, one))


def repeated(quantity: Quantity, others: Iterable[Quantity]) -> bool:
    """Whether a quantity is said on the other side, though fewer times or as part of another."""
    values = {value for value in quantity.values if isinstance(value, Fraction)}
    if quantity.units == ("century",) and quantity.kind == "date":  # "the thirties of the 20th"
        values = {value for c in values for value in _years_of(c)}
    return any(
        same_quantity(quantity, other) or bool(values & set(parts_of(other))) for other in others
    )


def _years_of(century: Fraction) -> set[Fraction]:
    return {(century - 1) * 100 + year for year in range(101)}
