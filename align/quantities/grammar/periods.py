"""Centuries and decades."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.grammar.nodes import NOTHING
from align.quantities.model import Certainty

if TYPE_CHECKING:
    from align.quantities.grammar.nodes import Nodes, Reading


def decade(nodes: Nodes, index: int) -> Reading | None:
    """`1970s`, `les années 70`, `1970-е`, `1970年代`, `八十年代`."""
    number = nodes.number(index)
    value = number.values[0]
    figures = number.figures or (nodes.how.han and value < 100)
    if not figures or value < 10 or value % 10:
        return None
    node = nodes.row[index]
    after = nodes.follows(index, "decade_year", NOTHING)
    if nodes.how.han:
        after = after or nodes.follows(index, "decade")
    before = nodes.precedes(index, "decade")
    if not (after or before or number.suffix in nodes.how.table.get("decade_suffixes", ())):
        return None
    return (
        nodes.quantity(
            index,
            "date",
            (value,) if value > 99 else years_of_decade(value),
            ("decade",),
            start=before.start if before and not after else None,
            stop=after.stop if after else node.stop,
        ),
        index + (2 if after else 1),
    )


def years_of_decade(tens: Fraction) -> tuple[Fraction, ...]:
    """The years in which "the seventies" may begin, and 70: someone may be in his seventies."""
    return 1900 + tens, 1800 + tens, 2000 + tens, tens


def century(nodes: Nodes, index: int) -> Reading | None:
    """`19th century`, `XIXe siècle`, `siglo XIX`, and with it the decade in `20世紀70年代`."""
    number = nodes.number(index)
    value = number.values[0]
    after = nodes.follows(index, "century")
    before = nodes.precedes(index, "century") if nodes.how.table.get("century_first") else None
    counts = number.ordinal or number.roman or nodes.how.han or before is not None
    if (after is None and before is None) or not counts or not 0 < value < 40 or value % 1:
        return None
    if after is not None and nodes.how.han:
        found = _decade_of_century(nodes, index)
        if found:
            return found
    sure = number.figures or number.roman
    return (
        nodes.quantity(
            index,
            "date",
            (value,),
            ("century",),
            start=before.start if before and after is None else None,
            stop=after.stop if after else None,
            certainty=Certainty.CERTAIN if sure else Certainty.LIKELY,
        ),
        index + (2 if after else 1),
    )


def _decade_of_century(nodes: Nodes, index: int) -> Reading | None:
    tens = nodes.at(index + 2)
    if tens is None or tens.number is None or len(nodes.gap(index + 1)) > 1:
        return None
    word = nodes.follows(index + 2, "decade")
    value = tens.number.values[0]
    if word is None or value % 10 or value >= 100:
        return None
    number = nodes.number(index).values[0]
    year = (number - 1) * 100 + value
    quantity = nodes.quantity(
        index, "date", (year,), ("decade",), stop=word.stop, parts=(number, value)
    )
    return quantity, index + 4
