"""Where the quantities of a translation differ from those of its source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from align.checks.quantities.matching import match, parts_of, repeated, same_quantity
from align.quantities import quantities_of
from align.quantities.model import Certainty, Day
from align.quantities.units import dimension_of, is_currency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.checks.base import Translation
    from align.checks.quantities.matching import Sides
    from align.passages import Passage
    from align.quantities.model import Quantity

# A word for "about" may stand between the bracket and the sum.
_OPEN_BRACKET = re.compile(r"[(（\[][^\d)）\]]{0,12}$")

Difference = Literal["value", "unit", "missing", "extra"]


@dataclass(frozen=True, slots=True)
class QuantityDifference:
    """A quantity that is not the same in source and translation.

    Attributes:
        difference: Whether the value or the unit is another, or it is on one side only.
        passage: Where.
        source: What the source has, if anything.
        target: What the translation has in its place, if anything.
    """

    difference: Difference
    passage: Passage
    source: Quantity | None
    target: Quantity | None

    @property
    def kind(self) -> str:
        """The kind of the quantity, the source's if it has one."""
        quantity = self.source or self.target
        assert quantity is not None  # noqa: S101 - one side has it
        return quantity.kind


def differences(translation: Translation) -> tuple[QuantityDifference, ...]:
    """The quantities of a translation that are not those of its source, in its order."""
    return translation.work.of(_differences, translation)


def _differences(translation: Translation) -> tuple[QuantityDifference, ...]:
    languages = translation.source_language, translation.language
    return tuple(differences_of(translation.passages, *languages))


def differences_of(
    passages: Sequence[Passage], source_language: str, target_language: str
) -> list[QuantityDifference]:
    """The same for passages in the order of the text.

    Args:
        passages: The passages; what one lacks, a neighbour may have.
        source_language: BCP 47 tag of their sources.
        target_language: BCP 47 tag of their targets.
    """
    sides = [
        match(
            quantities_of(passage.source, source_language),
            quantities_of(passage.target, target_language),
        )
        for passage in passages
    ]
    _match_with_neighbours(sides)
    found: list[QuantityDifference] = []
    for passage, side in zip(passages, sides, strict=True):
        if passage.is_aligned:
            found.extend(_of_passage(passage, side))
    return found


def _match_with_neighbours(sides: list[Sides]) -> None:
    """Takes away what the neighbouring passage has, where the beads were cut otherwise."""
    for index, side in enumerate(sides):
        for neighbour in (index - 1, index + 1):
            if not 0 <= neighbour < len(sides):
                continue
            for one in list(side.source):
                if one.certainty < Certainty.LIKELY:
                    continue
                other = next((o for o in sides[neighbour].target if same_quantity(one, o)), None)
                if other is not None and other.certainty >= Certainty.LIKELY:
                    side.source.remove(one)
                    sides[neighbour].target.remove(other)


def _of_passage(passage: Passage, side: Sides) -> list[QuantityDifference]:
    found = [QuantityDifference("unit", passage, source, target) for source, target in side.clashes]
    all_source = [pair[0] for pair in side.matched] + side.source
    all_target = [pair[1] for pair in side.matched] + side.target
    source = [one for one in side.source if one.certainty]
    target = [one for one in side.target if one.certainty]
    # What is said twice here and once there is no error, unless another value stands in its place.
    again = {id(one) for one in source if repeated(one, all_target)}
    again |= {id(one) for one in target if repeated(one, all_source)}
    for one in list(source):
        candidates = [
            other
            for other in target
            if _may_stand_for(one, other) and not (id(one) in again and id(other) in again)
        ]
        if candidates:
            other = max(candidates, key=lambda candidate: _likeness(one, candidate))
            found.append(QuantityDifference("value", passage, one, other))
            source.remove(one)
            target.remove(other)
    source = [one for one in source if id(one) not in again]
    target = [one for one in target if id(one) not in again]
    found += [
        QuantityDifference("missing", passage, one, None) for one in source if _speaks_alone(one)
    ]
    found += [
        QuantityDifference("extra", passage, None, one)
        for one in target
        if _speaks_alone(one)
        and not _is_conversion(one, passage, all_target)
        and not _names_the_day(one, all_source)
    ]
    return found


def _may_stand_for(one: Quantity, other: Quantity) -> bool:
    """Whether a quantity that is left in the translation may be a wrong rendering of one."""
    certain = min(one.certainty, other.certainty)
    if one.name or other.name:
        return bool(one.name and other.name)
    days = [isinstance(quantity.value, Day) for quantity in (one, other)]
    if any(days) and not all(days):
        return False
    if all(days):
        first, second = one.value, other.value
        assert isinstance(first, Day) and isinstance(second, Day)  # noqa: S101
        if bool(first.weekday) != bool(second.weekday):
            return False
        return certain >= Certainty.LIKELY
    if certain >= Certainty.CERTAIN:
        return one.kind == other.kind or "number" in (one.kind, other.kind)
    if one.kind != other.kind and "number" not in (one.kind, other.kind):
        return False
    if one.kind != other.kind and not _near(one, other):
        return False
    if not one.units or not other.units or set(one.units) & set(other.units):
        return True
    return dimension_of(one.units[0]) == dimension_of(other.units[0]) != ""


def _near(one: Quantity, other: Quantity) -> bool:
    """Whether two values are of about the same size."""
    first, second = one.value, other.value
    if not isinstance(first, Fraction) or not isinstance(second, Fraction):
        return False
    return max(first, second) <= 10 * min(first, second)


def _likeness(one: Quantity, other: Quantity) -> tuple[int, int, int]:
    mine, theirs = parts_of(one), parts_of(other)
    shared = len(set(mine) & set(theirs))
    return (
        int(one.kind == other.kind) + int(bool(set(one.units) & set(other.units))),
        shared,
        -abs(len(str(mine)) - len(str(theirs))),
    )


def _speaks_alone(quantity: Quantity) -> bool:
    """Whether a quantity that has no counterpart at all is worth a word."""
    if quantity.certainty < Certainty.CERTAIN or quantity.name:
        return False
    value = quantity.value
    if value == 100 and quantity.units[:1] == ("percent",):  # an idiom for "wholly"
        return False
    if quantity.units == ("decade",) and value == 2000:  # "at the start of this century"
        return False
    # "1 year" answers "a year", and "2 people" "a couple".
    return not (isinstance(value, Fraction) and value <= 2 and value.denominator == 1)


def _names_the_day(quantity: Quantity, others: list[Quantity]) -> bool:
    """Whether a date without a year may tell which Saturday the source means."""
    day = quantity.value
    return (
        isinstance(day, Day)
        and not day.year
        and any(isinstance(other.value, Day) and other.value.weekday for other in others)
    )


def _is_conversion(quantity: Quantity, passage: Passage, others: list[Quantity]) -> bool:
    """Whether a sum in brackets tells the one before it in the reader's currency."""
    if quantity.kind != "money" or not is_currency(quantity.units[0]):
        return False
    in_brackets = _OPEN_BRACKET.search(passage.target[: quantity.span.start])
    return bool(in_brackets) and any(
        other.kind == "money" and other is not quantity for other in others
    )
