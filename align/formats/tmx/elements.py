"""What TMX 1.4 allows within a unit: inline codes, properties, notes and attributes as it has them.

Lisa, TMX 1.4b Specification (2005).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.codes import Code, codes_of
from align.formats.inline_writing import Segment, nested, partners
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from lxml import etree

    from align.codes import Content
    from align.units import Remark, Variant

_DATE = re.compile(r"\d{8}T\d{6}Z")
_DATES = frozenset({"creationdate", "changedate", "lastusagedate"})
_OF_UNIT = ("tuid", "creationdate", "creationid", "changedate", "changeid", "lastusagedate",
            "usagecount")  # fmt: skip
_OF_VARIANT = _OF_UNIT[1:]
# To some tools these mean an alternative, or a match in context.
_RESERVED = frozenset({"x-ice", "x-100pc", "x-auto"})
_NAME = re.compile(r"[^\w:.-]+")
_AROUND = frozenset({"hi", "mrk", "em"})


def kept_attributes(
    attributes: Iterable[tuple[str, str]], *, of_unit: bool
) -> Iterator[tuple[str, str]]:
    """Those of a unit's or variant's attributes that say something of it and are as they must be.

    Names of tools are not among them: OmegaT reads files of some in ways of its own.
    """
    for name, value in attributes:
        value = clean_text(value).strip()
        if name in (_OF_UNIT if of_unit else _OF_VARIANT) and value:
            if name in _DATES and not _DATE.fullmatch(value):
                continue
            if name == "usagecount" and not value.isdecimal():
                continue
            yield name, value


def property_name(name: str) -> str:
    """The name of a property as every tool takes it.

    >>> property_name("flag"), property_name("x-Origin:SingleString"), property_name("x-ice")
    ('x-flag', 'x-Origin:SingleString', 'x-was-ice')
    """
    name = _NAME.sub("-", name).strip("-") or "property"
    name = name if name.startswith("x-") else f"x-{name}"
    return f"x-was-{name[2:]}" if name.casefold() in _RESERVED else name


def add_remarks(
    element: etree._Element, remarks: Iterable[Remark], *, with_properties: bool
) -> None:
    """Adds notes, and properties where they are wanted."""
    from lxml import etree

    for remark in remarks:
        text = clean_text(remark.text)
        if not text.strip():
            continue
        if not remark.name:
            etree.SubElement(element, "note").text = text
        elif with_properties:
            name = property_name(remark.name)
            etree.SubElement(element, "prop", {"type": name}).text = text


def code_numbers(variants: Sequence[Variant]) -> dict[str, str]:
    """A number for each key that codes of a unit have, for TMX ties the languages' by numbers."""
    keys = dict.fromkeys(code.key for v in variants for code in codes_of(v.content) if code.key)
    used = {key for key in keys if key.isdecimal() and key.isascii()}
    numbers = {key: key for key in used}
    free = 1
    for key in keys:
        if key not in numbers:
            while str(free) in used:
                free += 1
            numbers[key] = str(free)
            used.add(str(free))
    return numbers


def fill(seg: etree._Element, content: Content, numbers: Mapping[str, str]) -> None:
    """Puts a text and its codes into a segment.

    What stands around text in XLIFF (`<g>`, `<pc>`) becomes a pair of codes; `<hi>` stays, and so
    do marks.

    Args:
        seg: The empty segment.
        content: The text and its codes.
        numbers: What `code_numbers` says of the unit.
    """
    segment, pairs = Segment(seg), partners(content)
    around = nested(content, pairs, _AROUND)
    subs: list[bool] = []
    for place, piece in enumerate(content):
        if isinstance(piece, str):
            segment.text(piece)
        elif piece.element == "sub":
            if piece.role == "open":
                subs.append(segment.enter_sub("sub", _attributes(piece)))
            elif subs and subs.pop():
                segment.leave_sub(piece.native)
        elif place in around:
            if piece.role == "open":
                segment.enter("hi", _attributes(piece) | _x(piece, numbers))
            else:
                segment.leave()
        elif place in pairs:
            number = str(min(place, pairs[place]) + 1)
            if piece.role == "open":
                attributes = {"i": number} | _x(piece, numbers) | _attributes(piece)
                segment.add("bpt", attributes, piece.native)
            else:
                segment.add("ept", {"i": number}, piece.native)
        elif piece.role == "standalone":
            segment.add("ph", _x(piece, numbers) | _attributes(piece), piece.native)
        else:
            half = {"pos": "begin" if piece.role == "open" else "end"}
            segment.add("it", half | _x(piece, numbers) | _attributes(piece), piece.native)


def _x(code: Code, numbers: Mapping[str, str]) -> dict[str, str]:
    return {"x": numbers[code.key]} if code.key in numbers else {}


def _attributes(code: Code) -> dict[str, str]:
    kind = clean_text(code.kind).strip()
    return {"type": kind} if kind else {}
