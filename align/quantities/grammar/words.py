"""Words that state a quantity, or may, without a number: `fortnight`, `Saturday`, `both`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.grammar.periods import years_of_decade
from align.quantities.grammar.shares import is_share
from align.quantities.model import Certainty, Day, Quantity
from align.text import Span

if TYPE_CHECKING:
    from align.quantities.grammar.nodes import Node, Nodes, Reading
    from align.quantities.model import Kind, Value


def word(nodes: Nodes, index: int) -> Reading | None:
    """What a single word states."""
    node = nodes.row[index]
    found = _name(node) or _date(node) or _loose(nodes, node)
    return None if found is None else (found, index + 1)


def _name(node: Node) -> Quantity | None:
    if node.token is None or not node.has("name"):
        return None
    value = Fraction(node.get("name"))
    # SS19 is the summer of 2019.
    values = (value, 2000 + value) if 10 <= value < 100 else (value,)
    found = _quantity(node, "number", values, Certainty.LIKELY)
    return replace(found, name=node.token.text)


def _date(node: Node) -> Quantity | None:
    if node.has("event"):
        month, day = map(int, node.get("event").split("-"))
        found = _quantity(node, "date", (Day(month=month, day=day),), Certainty.POSSIBLE)
        parts = month, day, int(f"{month}{day}")
        return replace(found, parts=tuple(map(Fraction, parts)))
    if node.has("weekday"):
        return _quantity(node, "date", (Day(weekday=int(node.get("weekday"))),), Certainty.LIKELY)
    for sense, certainty in (("month", Certainty.LIKELY), ("short_month", Certainty.POSSIBLE)):
        if node.has(sense) and node.stop - node.start > 2:
            return _quantity(node, "date", (Day(month=int(node.get(sense))),), certainty)
    tens = node.get("decade")
    if isinstance(tens, Fraction):
        found = _quantity(node, "date", years_of_decade(tens), Certainty.POSSIBLE)
        return replace(found, units=("decade",))
    return None


def _loose(nodes: Nodes, node: Node) -> Quantity | None:
    values: list[Value] = [
        node.get(sense) for sense in ("loose", "ordinal", "fraction") if node.has(sense)
    ]
    if node.has("denominator"):
        values.append(1 / node.get("denominator"))
    elif node.has("half"):
        values.append(Fraction(1, 2))
    if not values:
        return None
    sure = node.has("fraction") or is_share(nodes, node)
    certainty = Certainty.LIKELY if sure else Certainty.POSSIBLE
    return _quantity(node, "number", tuple(values), certainty)


def _quantity(node: Node, kind: Kind, values: tuple[Value, ...], certainty: Certainty) -> Quantity:
    span = Span(node.start, node.stop)
    return Quantity(kind, values, (), span, span, certainty)
