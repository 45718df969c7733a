"""What the ends of a range share: its year's century, its scale, its unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from align.quantities.model import Day, Quantity

if TYPE_CHECKING:
    from align.quantities.notation import Notation


def link(how: Notation) -> re.Pattern[str]:
    """What stands between the ends of a range, or two of a row."""
    return re.compile(rf"\s?[-–—~/]\s?|\s*(?:{how.words('to')})\s*")


def with_full_years(found: Iterable[Quantity], text: str, how: Notation) -> Iterator[Quantity]:
    """Quantities, with the century of short years: 1914-18, 1914年から18年まで.

    Args:
        found: The quantities of a text, in its order.
        text: The text, folded.
        how: The notation of its language.
    """
    between, mark = link(how), re.compile(how.words("year_mark"))
    stop, century = 0, Fraction(0)
    for each in found:
        value = each.value
        year = value.year if isinstance(value, Day) else value
        if isinstance(year, Fraction | int) and 1000 <= year < 2100 and not each.units:
            century = Fraction(year - year % 100)
        elif century and isinstance(value, Fraction) and 0 <= value < 100 and value % 1 == 0:
            linked = between.fullmatch(text[stop : each.span.start])
            marked = mark.fullmatch(text[each.numeral.stop : each.span.stop].strip())
            if linked and marked:
                each = replace(each, kind="date", values=(century + value, value), units=())
            elif marked or (linked and not each.units):
                each = replace(each, values=(*each.values, century + value))
        stop = each.span.stop
        yield each
