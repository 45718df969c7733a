"""Fractions, ratios and percentages."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.grammar.nodes import NOTHING
from align.quantities.model import Certainty
from align.quantities.notation import any_of

if TYPE_CHECKING:
    from align.quantities.grammar.nodes import Node, Nodes, Reading

_LARGEST_WHOLE = 1000


def fraction(nodes: Nodes, index: int) -> Reading | None:
    """`three quarters`, `deux tiers`, `五分之二`, `a third of`, `three quarters of an hour`."""
    number, node = nodes.number(index), nodes.row[index]
    after, part = nodes.at(index + 1), number.values[0]
    if is_share(nodes, node):
        return _share(nodes, index, (Fraction(1), node.get("denominator")), index)
    if after is None or part.denominator != 1 or part <= 0 or number.ordinal:
        return None
    whole = after.get("denominator")
    # "2 fifth graders" are no share
    most = min(whole or 1, 2 if number.figures and after.number else 20)
    if whole and (part == 1 or part < most) and re.fullmatch(r"[\s\u00a0-]?", nodes.gap(index)):
        return _share(nodes, index, (part, whole), index + 1)
    below = nodes.at(index + 2)
    if below is not None and below.number and nodes.follows(index, "fraction_of", NOTHING):
        whole, part = part, below.number.values[0]
        if part > 0:
            return _share(nodes, index, (part, whole), index + 2)
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
    while (node := nodes.at(at + 1)) is not None and node.start < stop:
        at += 1
    return _share(nodes, index, (part, whole), at, stop)


def percentage(nodes: Nodes, index: int) -> Reading | None:
    """`百分之三十`, `%70`, `3割`: percentages whose word is no unit behind the number."""
    number, node = nodes.number(index), nodes.row[index]
    before, sign = nodes.precedes(index, "percent_before"), nodes.precedes(index, "unit", NOTHING)
    if before is None and sign is not None and sign.get("unit") == ("percent",):
        before = sign
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
    articles = nodes.how.listed("articles")
    after = any_of(nodes.how.table.get("ratio", {}).get("after", ()))
    return bool(
        node.has("denominator")
        and re.search(rf"(?<!\w)(?:{articles})\s$", nodes.text[: node.start][-6:])
        and re.match(rf"\s(?:{after})(?!\w)", nodes.text[node.stop :][:8])
    )


def _share(
    nodes: Nodes, index: int, of: tuple[Fraction, Fraction], last: int, stop: int | None = None
) -> Reading:
    """A share and the node behind it, or as much of a unit: three quarters of an hour."""
    part, whole = of
    share = part / whole
    after = nodes.at(last + 1)
    if after is not None and after.has("unit") and nodes.half_of.fullmatch(nodes.gap(last)):
        units = after.get("unit")
        amount = nodes.amount(nodes.row[index].start, after.stop, share, units, Certainty.LIKELY)
        return replace(amount, parts=of), last + 2
    # "one half" is as loose as "half"
    certainty = Certainty.POSSIBLE if part == 1 and whole == 2 else Certainty.LIKELY
    stop = stop or nodes.row[last].stop
    return (
        nodes.quantity(index, "number", (share,), stop=stop, parts=of, certainty=certainty),
        last + 1,
    )
