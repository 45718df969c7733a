"""Inline codes as elements of a segment again: what TMX and both XLIFF write alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.codes import Code, Content
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

HOLDS_SUB = frozenset({"bpt", "ept", "it", "ph"})
"""Elements in which a `<sub>` may stand."""


def is_segment(code: Code) -> bool:
    """Whether a code marks a segment within a unit, as XLIFF 1.2 has it."""
    return code.element == "mrk" and code.kind == "seg"


def partners(content: Content) -> dict[int, int]:
    """Which codes open and close a pair, by their places, each way.

    >>> partners((Code("g", "open", "1"), "so", Code("g", "close", "1"), Code("ex", "close", "2")))
    {0: 2, 2: 0}
    """
    found: dict[int, int] = {}
    opened: list[tuple[int, Code]] = []
    for place, piece in enumerate(content):
        if not isinstance(piece, Code) or piece.element == "sub":
            continue
        if piece.role == "open":
            opened.append((place, piece))
        elif piece.role == "close":
            match = next((each for each in reversed(opened) if _closes(piece, each[1])), None)
            if match is not None:
                opened.remove(match)
                found[match[0]], found[place] = place, match[0]
    return found


def _closes(code: Code, other: Code) -> bool:
    return code.key == other.key and (code.element == "mrk") == (other.element == "mrk")


def nested(content: Content, pairs: Mapping[int, int], around: frozenset[str]) -> frozenset[int]:
    """The places of the pairs of some elements that can stand around text, for they do not cross.

    Args:
        content: The text and its codes.
        pairs: What `partners` says of it.
        around: The elements.
    """
    kept: set[int] = set()
    opened: list[int] = []
    for place, piece in enumerate(content):
        if not isinstance(piece, Code):
            continue
        if piece.element == "sub":  # nothing that stands around text leaves a code's own text
            opened = [] if piece.role == "open" else opened
        elif place in pairs and piece.element in around:
            if piece.role == "open":
                opened.append(place)
            elif pairs[place] in opened:
                # Whatever was opened since then would cross this one; a segment stays whole.
                first = opened.index(pairs[place])
                if any(_is_segment_at(content, each) for each in opened[first + 1 :]):
                    del opened[first]
                    continue
                opened = opened[:first]
                kept |= {place, pairs[place]}
    return frozenset(kept)


def _is_segment_at(content: Content, place: int) -> bool:
    piece = content[place]
    return isinstance(piece, Code) and is_segment(piece)


def has_subs(content: Content) -> bool:
    """Whether texts of their own stand within codes."""
    return any(isinstance(piece, Code) and piece.element == "sub" for piece in content)


class Segment:
    """An element that fills with text and codes."""

    def __init__(self, element: etree._Element) -> None:
        self._open = [element]
        self._last: list[etree._Element | None] = [None]

    def text(self, text: str) -> None:
        """Adds text."""
        cleaned = clean_text(text)
        last = self._last[-1]
        if last is None:
            self._open[-1].text = (self._open[-1].text or "") + cleaned
        else:
            last.tail = (last.tail or "") + cleaned

    def add(self, name: str, attributes: Mapping[str, str], native: str = "") -> None:
        """Adds a code."""
        from lxml import etree

        element = etree.SubElement(self._open[-1], name, dict(attributes))
        if native:
            element.text = clean_text(native)
        self._last[-1] = element

    def enter(self, name: str, attributes: Mapping[str, str]) -> None:
        """Adds an element around what follows."""
        self.add(name, attributes)
        element = self._last[-1]
        assert element is not None  # noqa: S101 - it was added just now
        self._open.append(element)
        self._last.append(None)

    def enter_sub(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Adds a text of its own within the last code; False where no code is that holds one."""
        last = self._last[-1]
        if last is None or last.tail or str(last.tag).rpartition("}")[2] not in HOLDS_SUB:
            return False
        self._open.append(last)
        self._last.append(last[-1] if len(last) else None)
        self.enter(name, attributes)
        return True

    def leave_sub(self, tail: str) -> None:
        """Ends such a text; what follows it within its code is given."""
        self.leave()
        self.text(tail)
        self.leave()

    def leave(self) -> None:
        """Ends what `enter` began."""
        self._open.pop()
        self._last.pop()
