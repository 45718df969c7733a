"""XML of unknown origin read safely and bit by bit, and text made fit for XML.

What translation memories and XLIFF have in common is here too: their inline codes and tags.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lxml import etree

# What stands in these is the code of the file that was translated, not text of the segment.
_NATIVE_CODE = frozenset({"bpt", "ept", "it", "ph", "ut"})

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
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
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip()


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

    events = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        yield from events
    except etree.XMLSyntaxError as error:
        reason = (error.msg or "no content").split(", line ")[0]
        if error.msg == "no element found":
            raise InputError("is empty", path=path) from error
        raise InputError(
            f"not well-formed XML: {reason}", path=path, line=error.lineno or None
        ) from error


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


def text_of(element: etree._Element) -> str:
    """The text of a segment; of native codes (`<bpt>`, `<ph>`) only what their `<sub>` says."""
    is_code = local_name(element) in _NATIVE_CODE
    parts = [] if is_code else [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str):
            parts.append(child.text or "")  # an entity reference, left as it was written
        elif not is_code or local_name(child) == "sub":
            parts.append(text_of(child))
        if not is_code:
            parts.append(child.tail or "")
    return "".join(parts)


@lru_cache(maxsize=256)
def language_named(tag: str) -> str:
    """A file's tag normalised; one that names no language we know (`*all*`) stays as it is."""
    from align.languages import normalise_tag

    try:
        return normalise_tag(tag)
    except InputError:
        return tag
