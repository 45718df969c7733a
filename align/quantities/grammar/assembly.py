"""Puts the tokens of a text together to quantities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.grammar.amounts import (
    amount,
    amount_word,
    bare_unit,
    money_with_sign,
    numbered_month,
    share_of_unit,
)
from align.quantities.grammar.halves import with_halves
from align.quantities.grammar.nodes import Node, Nodes
from align.quantities.grammar.periods import century, decade
from align.quantities.grammar.shares import fraction, percentage, ratio
from align.quantities.grammar.words import word
from align.quantities.model import Certainty
from align.quantities.ranges import link
from align.quantities.words import read_number

if TYPE_CHECKING:
    from align.quantities.grammar.nodes import Reading
    from align.quantities.lexer import Token
    from align.quantities.model import Kind, Quantity
    from align.quantities.notation import Notation

# The more of the text a rule needs, the earlier it is tried.
_OF_NUMBERS = (
    decade,
    century,
    fraction,
    ratio,
    percentage,
    money_with_sign,
    numbered_month,
    amount,
)
_OF_WORDS = (amount_word, share_of_unit, word, bare_unit)


def assembled(text: str, how: Notation, tokens: Sequence[Token]) -> list[Quantity]:
    """The quantities that tokens make up.

    Args:
        text: The text, folded.
        how: The notation of its language.
        tokens: Its tokens, those of dates and times with figures left out.
    """
    nodes = Nodes(text, how, with_halves(text, how, list(_nodes(text, how, tokens))))
    found: list[Quantity] = []
    index = 0
    while index < len(nodes.row):
        result = _quantity_at(nodes, index)
        if result is None:
            index += 1
        else:
            # A word that a number behind it needs states nothing by itself: siglo XIX.
            if found and result[0].span.start < found[-1].span.stop:
                found.pop()
            found.append(result[0])
            index = result[1]
    return _with_shared_scales(nodes, found)


def _nodes(text: str, how: Notation, tokens: Sequence[Token]) -> Iterator[Node]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        number, after = read_number(tokens, index, text, how)
        if number is not None:
            only = token if after == index + 1 else None
            yield Node(number.start, number.stop, number=number, token=only)
        else:
            yield Node(token.start, token.stop, token=token)
        index = after if number is not None else index + 1


def _quantity_at(nodes: Nodes, index: int) -> Reading | None:
    number = nodes.row[index].number
    for rule in _OF_WORDS if number is None else _OF_NUMBERS:
        found = rule(nodes, index)
        if found is not None:
            return found
    return None if number is None else _plain(nodes, index)


def _plain(nodes: Nodes, index: int) -> Reading | None:
    """A number that counts nothing that is known, or is a year."""
    number, node = nodes.number(index), nodes.row[index]
    if number.roman and node.stop - node.start == 1:  # "I"
        return None
    said = (
        nodes.precedes(index, "year_before")
        or nodes.follows(index, "year_mark")
        or nodes.precedes(index, "fiscal")
        or nodes.follows(index, "fiscal")
    )
    kind: Kind = "date" if number.is_year and said else "number"
    vague = nodes.follows(index, "or_so") is not None  # twenty-something
    certainty = Certainty.POSSIBLE if vague and not number.figures else number.certainty
    return nodes.quantity(index, kind, number.values, certainty=certainty), index + 1


def _with_shared_scales(nodes: Nodes, found: list[Quantity]) -> list[Quantity]:
    """Gives the first number of "10 to 15 million dollars" the scale and unit of the second."""
    between = link(nodes.how)
    scales = {node.start: node.number.scale for node in nodes.row if node.number}
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        value, other = first.value, second.value
        if not isinstance(value, Fraction) or not isinstance(other, Fraction):
            continue
        if first.units or first.kind != "number":
            continue
        if not between.fullmatch(nodes.text[first.span.stop : second.span.start]):
            continue
        if 1000 <= value < 2100 and "year" in second.units:  # 2011～16年
            continue
        scale = scales.get(second.numeral.start)
        if scale and scales.get(first.numeral.start) is None:
            larger = (
                each * scale
                for each in first.values
                if isinstance(each, Fraction) and each < scale and each < 1000
            )
            first = replace(first, values=(*first.values, *larger))
        if second.kind in ("measure", "money", "percentage") and first.certainty:
            first = replace(first, kind=second.kind, units=second.units)
        shared[index] = first
    return shared
