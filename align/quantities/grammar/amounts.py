"""Sums of money, measures, months and times of day."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.clock import clocks_of
from align.quantities.grammar.nodes import kind_of
from align.quantities.model import Certainty, Day
from align.quantities.units import is_currency, same_unit

if TYPE_CHECKING:
    from align.quantities.grammar.nodes import Nodes, Reading

_HALF = Fraction(1, 2)
_ALWAYS = tuple(map(Fraction, (24, 7, 365)))
"""Hours of a day, days of a week and of a year."""


def money_with_sign(nodes: Nodes, index: int) -> Reading | None:
    """`$5m`, `USD 5`, `€3.5 million`."""
    before = nodes.precedes(index, "sign") or nodes.precedes(index, "code")
    if before is None:
        return None
    quantity = nodes.quantity(
        index, "money", nodes.number(index).values, before.get("unit"), start=before.start
    )
    named = nodes.unit_after(index)  # "$5 dollars"
    return quantity, named[2] if named and is_currency(named[0][0]) else index + 1


def numbered_month(nodes: Nodes, index: int) -> Reading | None:
    """`9月` without a day."""
    number = nodes.number(index)
    after = nodes.follows(index, "month_mark")
    if after is None or number.values[0] not in range(1, 13):
        return None
    month = Day(month=int(number.values[0]))
    certainty = min(number.certainty, Certainty.LIKELY)
    quantity = nodes.quantity(index, "date", (month,), stop=after.stop, certainty=certainty)
    return quantity, index + 2


def amount(nodes: Nodes, index: int) -> Reading | None:
    """A number and its unit: `5 km`, `3 millones de yenes`, `3年半`, `two and a half years`."""
    number, node = nodes.number(index), nodes.row[index]
    values, unit = number.values, nodes.unit_after(index) or _feet(nodes, index)
    if unit is None or (number.ordinal and not number.figures):
        return None
    units, stop, after = unit
    before = nodes.precedes(index, "unit_before")
    if before is not None:  # 摂氏40度, 時速60キロ
        units = (
            tuple(
                more for more in before.get("unit_before") if any(same_unit(more, u) for u in units)
            )
            or units
        )
    half = nodes.follows(after - 1, "and_a_half")
    if half is not None:
        values, stop, after = tuple(value + _HALF for value in values), half.stop, after + 1
    token = nodes.row[after - 1].token
    if number.figures and token and token.start == node.stop and "money_scale" in token:
        # "100m people"
        values = (*values, *(value * token["money_scale"] for value in values))
    if units[0] == "foot":
        values, stop, after = _with_inches(nodes, values, stop, after)
    if units[0] == "year" and number.is_year:
        return nodes.quantity(index, "date", values, stop=stop), after
    if nodes.row[index + 1].has("hour") and 0 <= values[0] <= 24:  # 8 heures
        hour, rest = divmod(values[0], 1)
        counted = number.figures
        clocks = clocks_of(int(hour), int(rest * 60), "", nodes.text, nodes.how, counted=counted)
        return nodes.quantity(index, "measure", (*values, *clocks), units, stop=stop), after
    kind = kind_of(units[0])
    # "billions of dollars" stay vague
    sure = kind == "percentage" or (
        kind == "money" and values[0] >= 3 and number.certainty >= Certainty.LIKELY
    )
    certainty = Certainty.CERTAIN if sure else number.certainty
    quantity = nodes.quantity(
        index, kind, values, units, start=node.start, stop=stop, certainty=certainty
    )
    return quantity, after


def _feet(nodes: Nodes, index: int) -> tuple[tuple[str, ...], int, int] | None:
    """The feet of `6'2"`, whose mark is as often a quotation mark."""
    stop = nodes.row[index].stop
    feet = re.compile(r"'[\s\u00a0]?(?=\d{1,2}(?![\d.,]\d))").match(nodes.text, stop)
    return (("foot",), feet.end(), index + 1) if feet else None


def _with_inches(
    nodes: Nodes, values: tuple[Fraction, ...], stop: int, after: int
) -> tuple[tuple[Fraction, ...], int, int]:
    """`6-foot-6`, `5 feet 11 inches`."""
    inches = nodes.at(after)
    if inches is None or inches.number is None or inches.number.values[0] >= 12:
        return values, stop, after
    named = nodes.unit_after(after)
    near = re.fullmatch(r"[\s\u00a0-]?", nodes.text[stop : inches.start])
    if not near or (named is not None and named[0][0] != "inch"):
        return values, stop, after
    longer = tuple(value + inches.number.values[0] / 12 for value in values)
    return (longer, named[1], named[2]) if named else (longer, inches.stop, after + 1)


def amount_word(nodes: Nodes, index: int) -> Reading | None:
    """`fortnight`, `سنتين ونصف`, and `24/7`, which may be told in hours and days."""
    node = nodes.row[index]
    if node.has("always"):
        hours = nodes.amount(node.start, node.stop, _ALWAYS[0], ("hour",), Certainty.POSSIBLE)
        return replace(hours, parts=_ALWAYS), index + 1
    if not node.has("amount"):
        return None
    value, unit = node.get("amount")
    half = nodes.follows(index, "and_a_half")
    last, value = (half, value + _HALF) if half else (node, value)
    found = nodes.amount(node.start, last.stop, value, (unit,), Certainty.LIKELY)
    return found, index + (2 if half else 1)


def share_of_unit(nodes: Nodes, index: int) -> Reading | None:
    """`half a century`, `medio siglo`, `半世紀`, `a quarter of a mile`."""
    node, after = nodes.row[index], nodes.at(index + 1)
    share = _HALF if node.has("half") else 1 / node.get("denominator", Fraction(1))
    if share == 1 or after is None or not after.has("unit"):
        return None
    if not nodes.half_of.fullmatch(nodes.gap(index)):
        return None
    found = nodes.amount(node.start, after.stop, share, after.get("unit"), Certainty.LIKELY)
    return found, index + 2


def bare_unit(nodes: Nodes, index: int) -> Reading | None:
    """A unit that counts itself: `a mile`, `siglo y medio`, `a decade`."""
    node = nodes.row[index]
    units = node.get("unit")
    if not units:
        return None
    half = nodes.follows(index, "and_a_half") if not nodes.how.han else None
    if half is not None:
        value = 1 + _HALF
        return nodes.amount(node.start, half.stop, value, units, Certainty.LIKELY), index + 2
    articles = nodes.how.listed("articles")
    one = re.search(rf"(?<!\w)(?:{articles})\s$", nodes.text[: node.start][-6:])
    if one or units[0] in ("decade", "century"):
        found = nodes.amount(node.start, node.stop, Fraction(1), units, Certainty.POSSIBLE)
        return found, index + 1
    return None
