"""Halves that belong to numbers: `half a million`, `two and a half`, `un millón y medio`."""

from __future__ import annotations

import re
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
_COUNTED = re.compile(r"[\s\u00a0]?[^\W\d_]{1,12}[\s\u00a0]?")
"""What is counted, between the number and its half."""


def with_halves(text: str, how: Notation, nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Joins numbers with the halves that belong to them.

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
    if scale and before.has("half") and half_of(how).fullmatch(gap):  # half a million
        return 2, _node(before, last, scale * _HALF, last.number)
    if scale and before.number and before.number.values[0] % 1 == _HALF and NEAR.fullmatch(gap):
        return 2, _node(before, last, before.number.values[0] * scale, last.number)
    if not last.has("and_a_half"):
        return None
    if before.number and NEAR.fullmatch(gap):  # a million and a half, five and a half
        whole = before.number.scale or Fraction(1)
        half = (whole if whole >= _THOUSAND else 1) * _HALF
        return 2, _node(before, last, before.number.values[0] + half, before.number)
    counted = nodes[-3] if len(nodes) > 2 and before.has("counter") and not gap else before
    if counted.number and _COUNTED.fullmatch(text[counted.stop : last.start]):  # 三个半, 3ページ半
        value = counted.number.values[0]
        return (2 if counted is before else 3), _node(
            counted, last, value + _HALF, counted.number, value
        )
    return None


def _bare_scale(number: Number | None) -> Fraction | None:
    """The scale, where a number is nothing but its word."""
    if number is None or number.figures or number.scale is None or number.scale < _THOUSAND:
        return None
    return number.scale if number.values[0] == number.scale else None


def _node(
    first: Node, last: Node, value: Fraction, number: Number | None, *others: Fraction
) -> Node:
    if number is None:
        raise TypeError("no number to join")
    whole = replace(
        number,
        start=first.start,
        stop=last.stop,
        values=(value, *others),
        certainty=max(number.certainty, Certainty.LIKELY),
        scale=None if value % 1 else number.scale,
    )
    return Node(first.start, last.stop, number=whole)
