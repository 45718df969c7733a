"""Halves of large numbers: `half a million`, `two and a half million`, `un millón y medio`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.grammar.nodes import NEAR, Node, half_of
from align.quantities.model import Certainty

if TYPE_CHECKING:
    from align.quantities.notation import Notation
    from align.quantities.words import Number

_HALF = Fraction(1, 2)
_THOUSAND = 1000


def with_halves(text: str, how: Notation, nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Joins numbers in thousands, millions and so on with the halves that belong to them.

    Args:
        text: The text, folded.
        how: The notation of its language.
        nodes: Its nodes.

    Returns:
        The nodes, each number with a half made one.
    """
    joined: list[Node] = []
    for node in nodes:
        joined.append(node)
        while (whole := _joined(text, how, joined)) is not None:
            joined[-whole[0] :] = [whole[1]]
    return tuple(joined)


def _joined(text: str, how: Notation, nodes: list[Node]) -> tuple[int, Node] | None:
    """How many of the last nodes are one number, and that number."""
    last = nodes[-1]
    before = nodes[-2] if len(nodes) > 1 else None
    if before is None:
        return None
    gap = text[before.stop : last.start]
    scale = _bare_scale(last.number)
    if scale and before.has("half") and half_of(how).fullmatch(gap):
        return 2, _node(before, last, scale * _HALF, last.number)
    if scale and before.has("and_a_half") and NEAR.fullmatch(gap) and len(nodes) > 2:
        first = nodes[-3]
        if first.number and NEAR.fullmatch(text[first.stop : before.start]):
            return 3, _node(first, last, (first.number.values[0] + _HALF) * scale, last.number)
    if last.has("and_a_half") and before.number and NEAR.fullmatch(gap):
        scale = before.number.scale
        if scale and scale >= _THOUSAND and not before.number.figures:
            return 2, _node(before, last, before.number.values[0] + scale * _HALF, before.number)
    return None


def _bare_scale(number: Number | None) -> Fraction | None:
    """The scale, where a number is nothing but its word."""
    if number is None or number.figures or number.scale is None or number.scale < _THOUSAND:
        return None
    return number.scale if number.values[0] == number.scale else None


def _node(first: Node, last: Node, value: Fraction, number: Number | None) -> Node:
    if number is None:
        raise TypeError("no number to join")
    whole = replace(
        number,
        start=first.start,
        stop=last.stop,
        values=(value,),
        certainty=Certainty.LIKELY,
    )
    return Node(first.start, last.stop, number=whole)
