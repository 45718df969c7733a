"""Units of XLIFF that have several segments: what stands between these, and units put together.

OASIS, XLIFF Version 1.2 (2008), § 2.5.1 'Segmentation', and XLIFF Version 2.1 (2018), § 4.2.2.5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.codes import Code
from align.formats.inline import content_of
from align.formats.inline_writing import is_segment
from align.formats.xml_files import child_named, local_name
from align.units import Within

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml import etree

    from align.codes import Content
    from align.formats.memory import Pair


_MOST_DIGITS = 9  # of a number of a part


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What a text has around its segments.

    Attributes:
        names: The segments by their names, in their order.
        before: What stands before each.
        after: What stands behind the last.
    """

    names: tuple[str, ...] = ()
    before: tuple[Content, ...] = ()
    after: Content = ()

    def place(self, name: str) -> int | None:
        """The number of a segment; None where it is not there."""
        return self.names.index(name) if name in self.names else None

    def before_segment(self, name: str) -> Content:
        """What stands before a segment; nothing where it is not there."""
        place = self.place(name)
        return () if place is None else self.before[place]


def skeleton_of(content: Content) -> Skeleton:
    """What stands around the segments that are marked in a text.

    >>> mark = Code("mrk", "open", "1", kind="seg"), "Fog.", Code("mrk", "close", "1", kind="seg")
    >>> skeleton_of((*mark, " "))
    Skeleton(names=('1',), before=((),), after=(' ',))
    """
    names, before = [], []
    between: list[str | Code] = []
    depth = 0
    for piece in content:
        if isinstance(piece, Code) and is_segment(piece):
            depth += 1 if piece.role == "open" else -1
            if piece.role == "open" and depth == 1:
                names.append(piece.key)
                before.append(tuple(between))
                between = []
        elif not depth:
            between.append(piece)
    return Skeleton(tuple(names), tuple(before), tuple(between))


def within_of(name: str, source: Skeleton, target: Skeleton) -> Within:
    """Where a segment of version 1.2 stands in its unit."""
    number = source.place(name) or 0
    is_last = number == len(source.names) - 1
    return Within(
        number,
        name,
        target.place(name),
        (source.before_segment(name), target.before_segment(name)),
        (source.after, target.after) if is_last else ((), ()),
    )


def withins_of(parts: Sequence[etree._Element], data: Mapping[str, str]) -> list[Within]:
    """Where the segments of a unit of version 2 stand in it.

    Args:
        parts: Its segments and what stands between them.
        data: What the identifiers of `dataRef` stand for.
    """
    withins: list[Within] = []
    orders: list[int] = []
    between: tuple[Content, Content] = ((), ())
    for number, part in enumerate(parts, start=1):
        source, target = child_named(part, "source"), child_named(part, "target")
        if local_name(part) == "segment":
            place = None if target is None else 0
            withins.append(Within(len(withins), part.get("id", ""), place, between))
            orders.append(_order(target, number))
            between = ((), ())
            continue
        contents = [() if side is None else content_of(side, data) for side in (source, target)]
        between = (between[0] + contents[0], between[1] + (contents[1] or contents[0]))
    if withins and any(between):
        withins[-1] = replace(withins[-1], after=between)
    ranks = sorted(range(len(orders)), key=lambda number: (orders[number], number))
    placed = []
    for within in withins:
        rank = ranks.index(within.number)
        before = within.before[0], withins[rank].before[1]
        place = None if within.place is None else rank
        placed.append(replace(within, place=place, before=before))
    return placed


def _order(target: etree._Element | None, number: int) -> int:
    """Where a translation stands among the parts of its unit: that of its part, or as it says."""
    order = "" if target is None else target.get("order", "")
    return int(order) if order.isdecimal() and len(order) <= _MOST_DIGITS else number


def whole_units(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The pairs that are segments of one unit of their file together, all others alone."""
    held: list[Pair] = []
    for pair in pairs:
        if held and not _continues(held[-1], pair):
            yield held
            held = []
        held.append(pair)
    if held:
        yield held


def _continues(last: Pair, pair: Pair) -> bool:
    one, other = last.unit.within, pair.unit.within
    if one is None or other is None or other.number <= one.number:
        return False
    names = [dict(each.unit.attributes).get("id") for each in (last, pair)]
    return names[0] == names[1] and last.unit.part == pair.unit.part


def are_segments(pairs: Sequence[Pair]) -> bool:
    """Whether pairs make up a unit that has more than their one text."""
    within = pairs[0].unit.within
    return within is not None and (len(pairs) > 1 or any(within.before) or any(within.after))


def whole_content(pairs: Sequence[Pair], side: int, *, marked: bool) -> Content:
    """The text of a unit of several segments, with what stands between them.

    Args:
        pairs: The segments.
        side: 0 for the source, 1 for the translation.
        marked: Whether the segments are marked, as XLIFF 1.2 does.
    """
    content: list[str | Code] = []
    for number, pair in enumerate(in_order(pairs, side)):
        within = pair.unit.within
        variant = (pair.source, pair.target)[side]
        if within is None or variant is None:
            continue
        # What nobody translated yet has between its segments what the source has.
        content += within.before[side if within.place is not None else 0]
        name = within.segment or str(number + 1)
        content += [Code("mrk", "open", name, kind="seg")] if marked else []
        content += variant.content or (variant.text,)
        content += [Code("mrk", "close", name, kind="seg")] if marked else []
    last = pairs[-1].unit.within
    if last is not None:
        content += last.after[0 if last.place is None else side]
    return tuple(content)


def in_order(pairs: Sequence[Pair], side: int) -> Sequence[Pair]:
    """The segments of a unit in the order of a side; those without a place stay where they are."""
    if side == 0:
        return pairs
    places = [_place(pair) for pair in pairs]
    return [pairs[number] for number in sorted(range(len(pairs)), key=lambda n: (places[n], n))]


def _place(pair: Pair) -> int:
    within = pair.unit.within
    if within is None:
        return 0
    return within.number if within.place is None else within.place
