"""XML of unknown origin read safely and bit by bit, and text made fit for XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# What XML 1.0's production Char leaves out. Whole categories of Unicode would take too much:
# the marks that steer right-to-left text and join emoji are format characters, and stay.
_NOT_CHAR = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEPARATING_CONTROL = re.compile("[\v\f\x1c-\x1f]")


def clean_text(text: str) -> str:
    """The text without what XML cannot hold; a control that separates words becomes a space."""
    return _NOT_CHAR.sub("", _SEPARATING_CONTROL.sub(" ", text))


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
