"""Fractions, ratios and percentages."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.grammar.nodes import NOTHING, any_of
from align.quantities.model import Certainty

if TYPE_CHECKING:
    from align.quantities.grammar.nodes import Reading, Node, Nodes
    from align.quantities.model import Quantity

_LARGEST_WHOLE = 1000


def fraction(nodes: Nodes, index: int) -> Reading | None:
    """`three quarters`, `deux tiers`, `五分之二`."""
    after, part = nodes.at(index + 1), nodes.number(index).values[0]
    if after is None or part.denominator != 1 or part <= 0:
        return None
    if after.has("denominator") and re.fullmatch(r"[\s\u00a0-]", nodes.gap(index)):
        whole = after.get("denominator")
        if part < 20 and (part < whole or part == 1):
            # "one half" is as loose as "half"
            certainty = Certainty.POSSIBLE if part / whole == Fraction(1, 2) else Certainty.LIKELY
            return _share(nodes, index, (part, whole), after.stop, certainty), index + 2
    below = nodes.at(index + 2)
    if below is not None and below.number and nodes.follows(index, "fraction_of", NOTHING):
        whole, part = part, below.number.values[0]
        if part > 0:
            quantity = _share(nodes, index, (part, whole), below.stop, Certainty.LIKELY)
            return quantity, index + 3
    return None


def ratio(nodes: Nodes, index: int) -> Reading | None:
    """`one in eight`, `une personne sur huit`, `8社に1社`."""
    words = nodes.how.table.get("ratio", {})
    at = index + 1
    while nodes.how.han and (node := nodes.at(at)) is not None and node.number is None:
        at += 1
    other = nodes.at(at)
    if other is None or other.number is None:
        return None
    first, second = nodes.number(index), other.number
    between = nodes.text[nodes.row[index].stop : other.start]
    part, whole, stop = first.values[0], second.values[0], other.stop
    if not nodes.how.han:
        pattern = any_of(words.get("between", ()))
        if not re.fullmatch(rf"\s(?:[^\W\d]+\s)?(?:{pattern})\s", between):
            return None
    else:  # the whole comes first, and both have the same counter
        matched = re.fullmatch(rf"(\S{{1,3}}?)(?:{any_of(words.get('among', ()))})", between)
        if matched is None or not nodes.text.startswith(matched[1], stop):
            return None
        part, whole, stop = whole, part, stop + len(matched[1])
    if first.figures != second.figures or first.scale or second.scale or part % 1 or whole % 1:
        return None
    if not 0 < part < whole <= _LARGEST_WHOLE:
        return None
    after = at + 1
    while (node := nodes.at(after)) is not None and node.start < stop:
        after += 1
    return _share(nodes, index, (part, whole), stop, Certainty.LIKELY), after


def percentage(nodes: Nodes, index: int) -> Reading | None:
    """`35 percent`, `百分之三十`, `%70`, `3割`, `two percentage points`."""
    number, node = nodes.number(index), nodes.row[index]
    before = nodes.precedes(index, "percent_before") or nodes.precedes(index, "percent", NOTHING)
    if before is not None:
        quantity = nodes.quantity(
            index,
            "percentage",
            number.values,
            ("percent",),
            start=before.start,
            certainty=Certainty.CERTAIN,
        )
        return quantity, index + 1
    for sense, unit in (("point", "percentage-point"), ("percent", "percent")):
        after = nodes.follows(index, sense)
        if after is not None:
            quantity = nodes.quantity(
                index,
                "percentage",
                number.values,
                (unit,),
                stop=after.stop,
                certainty=Certainty.CERTAIN,
            )
            return quantity, index + 2
    after = nodes.follows(index, "tenth", NOTHING)
    if after is None or number.values[0] >= 10:
        return None
    values, stop, behind = tuple(value * 10 for value in number.values), after.stop, index + 2
    hundredths = nodes.at(index + 2)
    if (
        hundredths is not None
        and hundredths.number is not None
        and nodes.gap(index + 1) == ""
        and nodes.text.startswith("分", hundredths.stop)
    ):  # 3割5分
        values = tuple(value + hundredths.number.values[0] for value in values)
        stop, behind = hundredths.stop + 1, index + 4
    quantity = nodes.quantity(
        index,
        "percentage",
        values,
        ("percent",),
        start=node.start,
        stop=stop,
        certainty=Certainty.CERTAIN if number.figures else Certainty.POSSIBLE,
    )
    return quantity, behind


def is_share(nodes: Nodes, node: Node) -> bool:
    """Whether a word such as `third` is a share: "a third of", "a third less"."""
    articles = any_of(nodes.how.table.get("articles", ()))
    after = any_of(nodes.how.table.get("ratio", {}).get("after", ()))
    return bool(
        node.has("denominator")
        and re.search(rf"(?<!\w)(?:{articles})\s$", nodes.text[: node.start][-6:])
        and re.match(rf"\s(?:{after})(?!\w)", nodes.text[node.stop :][:8])
    )


def _share(
    nodes: Nodes, index: int, of: tuple[Fraction, Fraction], stop: int, certainty: Certainty
) -> Quantity:
    part, whole = of
    return nodes.quantity(
        index, "number", (part / whole,), stop=stop, parts=of, certainty=certainty
    )
