"""XML of unknown origin read safely and bit by bit, and text made fit for XML.

What translation memories and XLIFF have in common is here too: their tags, properties and notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, cast

from align.byte_order_marks import byte_order_mark
from align.errors import InputError
from align.safe_xml import fault_of, safe_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml import etree

    from align.units import Remark

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


_FEW = 50  # attributes, of which it takes no time to find each by its name
_BEFORE_ROOT = rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*"


def is_xml(start: bytes) -> bool:
    """Whether a file that begins so looks like XML, in whatever encoding."""
    return _bare(start).startswith(b"<")


def root_is(name: str) -> Callable[[bytes], bool]:
    """Tells files by how they begin: those whose root element has a name, in any namespace.

    >>> root_is("tmx")(b'<?xml version="1.0"?><tmx version="1.4">'), root_is("tmx")(b"<tmxs>")
    (True, False)
    """
    root = re.compile(_BEFORE_ROOT + rb"<(?:\w+:)?" + name.encode() + rb"[\s/>]", re.DOTALL)
    return lambda start: root.match(_bare(start)) is not None


def _bare(start: bytes) -> bytes:
    """What a file begins with, less a byte order mark and the empty bytes of wide encodings."""
    mark, _ = byte_order_mark(start)
    return start.removeprefix(mark).replace(b"\0", b"").lstrip()


def xml_events(stream: BinaryIO, path: Path | str) -> Iterator[tuple[str, etree._Element]]:
    """Parses XML as a stream of `start` and `end` events; `drop` what is done with.

    Entities are not expanded, nothing is loaded, and the parser's own limits stay on, so that a
    small file cannot fill the memory. Comments and processing instructions are left out.

    Args:
        stream: The open file.
        path: What the file is called in errors.

    Yields:
        The event's name and the element.

    Raises:
        InputError: If the file is not well-formed.
    """
    from lxml import etree

    try:
        yield from safe_events(stream)
    except etree.XMLSyntaxError as error:
        if error.msg == "no element found":
            raise InputError("is empty", path=path) from error
        raise InputError(fault_of(error), path=path, line=error.lineno or None) from error


def drop(element: etree._Element) -> None:
    """Frees an element and the siblings before it, which the parser would keep in the tree."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_named(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of that name, in any namespace."""
    return next((child for child in element if local_name(child) == name), None)


def attributes_of(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """Names and values of an element, the names as lxml has them."""
    attributes = element.attrib
    if len(attributes) <= _FEW:
        return tuple((str(name), str(value)) for name, value in attributes.items())
    # lxml goes through all of them to find the value of each; XPath gives them one after the other.
    found = cast("list[etree._ElementUnicodeResult]", element.xpath("@*"))
    return tuple((str(each.attrname), str(each)) for each in found)


def remarks_in(element: etree._Element) -> tuple[Remark, ...]:
    """The notes and properties that stand directly in an element."""
    from align.units import Remark

    remarks = []
    for child in element:
        if local_name(child) in ("note", "prop"):
            attributes = tuple(pair for pair in attributes_of(child) if pair[0] != "type")
            name = child.get("type", "") if local_name(child) == "prop" else ""
            remarks.append(Remark("".join(map(str, child.itertext())), name, attributes))
    return tuple(remarks)
