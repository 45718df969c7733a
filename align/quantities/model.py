"""What a quantity is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Literal, TypeAlias

from align.text import Span

Kind = Literal["number", "date", "time", "money", "percentage", "measure"]

KINDS: tuple[Kind, ...] = ("number", "date", "time", "money", "percentage", "measure")


class Certainty(IntEnum):
    """How sure it is that a word or figure states a quantity.

    A translator may render `one`, `both` or `second` in many ways that name no number.
    """

    POSSIBLE = 0
    """May state it: it can answer a quantity of the other text, and is never missed itself."""
    LIKELY = 1
    """A spelled-out number, or the number in a name such as `F-35`."""
    CERTAIN = 2
    """Figures, and spelled-out numbers that no idiom uses."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date, or as much of it as is written.

    Attributes:
        year: The year of the common era.
        month: 1 to 12.
        day: Day of the month.
        weekday: 1 (Monday) to 7, where it stands alone.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Attributes:
        hour: 0 to 24.
        minute: 0 to 59.
    """

    hour: int
    minute: int


Value: TypeAlias = Fraction | Day | Clock


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity that a text states.

    Attributes:
        kind: What it is.
        values: What it amounts to, the likeliest reading first: `5:30` alone may be in the
            morning or in the evening. Percentages are in percent, not hundredths; what a sign or
            a word puts below zero is negative.
        units: What it counts, the likeliest reading first, none if it is a mere number: names of
            units as CLDR has them (`square-kilometer`), ISO 4217 codes of currencies (`USD/100`
            is the cent), `percent`, `percentage-point`, `century` or `decade`.
        span: Where it stands in the text, unit included.
        numeral: Where its numeral stands within the text.
        certainty: How sure it is that it is a quantity.
        parts: The numbers it is composed of, where it is a date, a time or a fraction.
        name: The name it is part of, such as `F-35`, if any.
    """

    kind: Kind
    values: tuple[Value, ...]
    units: tuple[str, ...]
    span: Span
    numeral: Span
    certainty: Certainty
    parts: tuple[Fraction, ...] = ()
    name: str | None = None

    @property
    def value(self) -> Value:
        """The likeliest reading."""
        return self.values[0]
