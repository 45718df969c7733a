"""XML of unknown origin: entities stay unexpanded, nothing is loaded, the parser's limits stay on.

A small file can so neither fill the memory nor have another file, or the network, read. Comments
and processing instructions are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from align.byte_order_marks import byte_order_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree


def safe_parser() -> etree.XMLParser:
    """What parses a whole text."""
    from lxml import etree

    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )


def safe_events(
    stream: BinaryIO, events: Sequence[str] = ("start", "end"), *, tags: Sequence[str] | None = None
) -> etree.iterparse[tuple[str, etree._Element]]:
    """What parses a stream bit by bit.

    Args:
        stream: The open file.
        events: Which events are wanted.
        tags: Of which elements, as lxml names them; all where not given.

    Returns:
        An iterator of events and their elements, which raises `lxml.etree.XMLSyntaxError`.
    """
    from lxml import etree

    return etree.iterparse(
        cast("BinaryIO", _WithoutName(stream)),
        events=events,
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )


class _WithoutName:
    """A stream that does not say which file it is: lxml takes no name that is not in UTF-8.

    It has no byte order mark of UTF-32 either, which libxml does not know, as it does the encoding.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._read = stream.read
        self._is_begun = False

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._read(size)
        if not self._is_begun:
            self._is_begun = True
            mark, encoding = byte_order_mark(data)
            if encoding.startswith("utf-32"):
                return data.removeprefix(mark)
        return data


def fault_of(error: etree.XMLSyntaxError) -> str:
    """What a message says of XML that is refused, without the place."""
    reason = (error.msg or "no content").split(", line ")[0]
    if "XML_PARSE_HUGE" in reason:  # whose advice is for those who write programs
        if "depth" in reason:
            return "has elements nested too deeply to be read"
        return "holds a text of more than 10,000,000 characters, the limit"
    return f"not well-formed XML: {reason}"
