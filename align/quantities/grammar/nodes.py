"""Numbers and words of a text in a row, for the rules that put quantities together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from align.quantities.model import Certainty, Quantity
from align.quantities.notation import notation
from align.quantities.numerals import NUMERALS
from align.quantities.units import is_currency
from align.text import Span

if TYPE_CHECKING:
    from align.quantities.lexer import Token
    from align.quantities.model import Kind, Value
    from align.quantities.notation import Notation
    from align.quantities.words import Number

NOTHING = re.compile("")
NEAR = re.compile(r"[\s\u00a0-]{0,2}")
"""What may stand between a number and its unit: `5-year`, `5 km`."""
TOUCHING = re.compile(r"[\s\u00a0]?[多余餘来來]?")
"""The same in Chinese and Japanese, where `20多年` are a little more than 20 years."""


@dataclass(frozen=True, slots=True)
class Node:
    """A number, or a word that is none."""

    start: int
    stop: int
    number: Number | None = None
    token: Token | None = None

    def has(self, sense: str) -> bool:
        """Whether it is a word that has a sense."""
        return self.token is not None and sense in self.token

    def get(self, sense: str, default: Any = None) -> Any:
        """A word's value in a sense."""
        return default if self.token is None else self.token.senses.get(sense, default)


Reading: TypeAlias = tuple[Quantity, int]
"""A quantity, and the index of the node behind it."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a text.

    Attributes:
        text: The text, folded.
        how: The notation of its language.
        row: The nodes, in the order of the text.
    """

    text: str
    how: Notation
    row: tuple[Node, ...]

    def at(self, index: int) -> Node | None:
        """The node at an index, if there is one."""
        return self.row[index] if 0 <= index < len(self.row) else None

    def number(self, index: int) -> Number:
        """The number at an index where there is known to be one."""
        number = self.row[index].number
        if number is None:
            raise TypeError(f"no number at {index}")
        return number

    def gap(self, index: int) -> str:
        """What stands between a node and the next."""
        return self.text[self.row[index].stop : self.row[index + 1].start]

    @property
    def near(self) -> re.Pattern[str]:
        """What may stand between a number and its unit in the language."""
        return NEAR if not self.how.han else TOUCHING

    @property
    def half_of(self) -> re.Pattern[str]:
        """What may stand between a half and what it is half of."""
        return half_of(self.how)

    def follows(self, index: int, sense: str, gap: re.Pattern[str] | None = None) -> Node | None:
        """The next node, if it has a sense and stands near enough."""
        after = self.at(index + 1)
        if after is None or not after.has(sense):
            return None
        return after if (gap or self.near).fullmatch(self.gap(index)) else None

    def precedes(self, index: int, sense: str, gap: re.Pattern[str] | None = None) -> Node | None:
        """The node before, if it has a sense and stands near enough."""
        before = self.at(index - 1)
        if before is None or not before.has(sense):
            return None
        return before if (gap or self.near).fullmatch(self.gap(index - 1)) else None

    def unit_after(self, index: int) -> tuple[tuple[str, ...], int, int] | None:
        """The units that follow a node, where they end, and the index of the node behind them."""
        after = self.at(index + 1)
        if after is None or not after.has("unit"):
            return None
        gap, text = self.gap(index), self.text[after.start : after.stop]
        linked = rf"[\s\u00a0]+(?:{self.how.listed('links')})\s?"
        if not self.near.fullmatch(gap) and not (len(text) > 1 and re.fullmatch(linked, gap)):
            return None
        if len(text) == 1 and gap == "-":  # 5-m
            return None
        if after.get("unit")[0] == "day" and self.follows(index + 1, "weekday"):  # يوم السبت
            return None
        return tuple(after.get("unit")), after.stop, index + 2

    def quantity(
        self,
        index: int,
        kind: Kind,
        values: tuple[Value, ...],
        units: tuple[str, ...] = (),
        *,
        start: int | None = None,
        stop: int | None = None,
        parts: tuple[Fraction, ...] = (),
        certainty: Certainty | None = None,
    ) -> Quantity:
        """A quantity about the number at an index, which is its numeral."""
        node, number = self.row[index], self.number(index)
        start = node.start if start is None else start
        stop = node.stop if stop is None else stop
        if kind not in ("date", "time"):
            below_zero, start = self._sign(start)
            if below_zero or self._is_below_zero(stop):
                values = tuple(-value if isinstance(value, Fraction) else value for value in values)
        return Quantity(
            kind,
            values,
            tuple(units),
            Span(start, stop),
            Span(node.start, node.stop),
            number.certainty if certainty is None else certainty,
            parts or number.parts,
        )

    def amount(
        self,
        start: int,
        stop: int,
        value: Fraction,
        units: Iterable[str],
        certainty: Certainty,
    ) -> Quantity:
        """An amount of a unit that has no number of its own."""
        units, span = tuple(units), Span(start, stop)
        return Quantity(kind_of(units[0]), (value,), units, span, span, certainty)

    def _sign(self, start: int) -> tuple[bool, int]:
        """Whether a minus stands before a quantity, and where the quantity then begins."""
        sign = _minus(self.how.language).search(self.text[max(0, start - 20) : start])
        if sign is None or sign["no"]:
            return False, start
        closing = rf"\S{sign['dash']}(?:[\s,.;:]|$)"  # – 3,000 of them – is an aside
        if sign["dash"] and re.search(closing, self.text[start:]):
            return False, start
        return True, start - len(sign[0])

    def _is_below_zero(self, stop: int) -> bool:
        words = self.how.words("below_zero")
        return bool(re.match(rf"[\s\u00a0]?(?:{words})", self.text[stop : stop + 30]))


def kind_of(unit: str) -> Kind:
    """What a quantity in a unit is."""
    if is_currency(unit):
        return "money"
    return "percentage" if unit in ("percent", "percentage-point") else "measure"


@lru_cache(maxsize=64)
def _minus(language: str) -> re.Pattern[str]:
    """A minus sign that is no hyphen and no range, a word for it, or "at least" (au moins)."""
    how = notation(language)
    within, edge = (r"\d.a-z" + NUMERALS, "") if how.han else (r"\w.%)", r"(?<!\w)")
    no, minus = (how.words(sense) for sense in ("at_least", "minus"))
    return re.compile(
        rf"(?:(?<![{within}])(?<!\d\s)(?P<dash>[-–])|{edge}(?P<no>{no})\s|{edge}(?:{minus})\s?)$"
    )


def half_of(how: Notation) -> re.Pattern[str]:
    """What may stand between a half and what it is half of: "half a", "half of a"."""
    return re.compile(rf"[\s\u00a0-]?(?:(?:{how.listed('half_of')})[\s\u00a0]?)?")
