"""Inline codes as XLIFF 1.2 and XLIFF 2.1 have them.

OASIS, XLIFF Version 1.2 (2008) § 2.3 and XLIFF Version 2.1 (2018) § 4.7.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.codes import Code
from align.formats.inline_writing import Segment, nested, partners
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from align.codes import Content

_KINDS_1 = frozenset({"bold", "italic", "link", "underlined", "image", "pb", "lb"})
# Of those that XLIFF 1.2 names, what tools write.
_KINDS_2 = {
    "lb": ("fmt", "xlf:lb"),
    "pb": ("fmt", "xlf:pb"),
    "bold": ("fmt", "xlf:b"),
    "b": ("fmt", "xlf:b"),
    "italic": ("fmt", "xlf:i"),
    "i": ("fmt", "xlf:i"),
    "underlined": ("fmt", "xlf:u"),
    "u": ("fmt", "xlf:u"),
    **{each: (each, "") for each in ("fmt", "ui", "quote", "link", "image", "other")},
}
_AROUND = frozenset({"g", "pc", "hi", "mrk"})
_NOT_TOKEN = re.compile(r"[^\w.-]")
_PREFIXED = re.compile(r"[^\s:]+:[^\s:]+")


class Identifiers:
    """Identifiers of the codes of one text, the same for the same code of the other language."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._free = 0

    def of(self, code: Code) -> str:
        """One for a code, used by no code of the text before it."""
        wanted = _NOT_TOKEN.sub("_", code.key)
        identifier, number = wanted, 1
        while not identifier or identifier in self._used:
            if wanted:
                number += 1
                identifier = f"{wanted}.{number}"
            else:
                self._free += 1
                identifier = f"c{self._free}"
        self._used.add(identifier)
        return identifier


def fill_version_1(element: etree._Element, content: Content) -> None:
    """Puts a text and its codes into a `<source>` or `<target>` of version 1.2."""
    segment, pairs = Segment(element), partners(content)
    # What a code stands for is lost in an element around text, which has no place for it.
    bare = frozenset(
        place for place in nested(content, pairs, _AROUND)
        if not any(_native(content, each) for each in (place, pairs[place]))
        or _code(content, place).element == "mrk"
    )  # fmt: skip
    identifiers, named, subs = Identifiers(), {}, []
    for place, piece in enumerate(content):
        if isinstance(piece, str):
            segment.text(piece)
            continue
        kind = _kind_1(piece)
        if piece.element == "sub":
            if piece.role == "open":
                subs.append(segment.enter_sub("sub", kind))
            elif subs and subs.pop():
                segment.leave_sub(piece.native)
        elif place in bare and piece.role == "close":
            segment.leave()
        elif place in bare and piece.element == "mrk":
            own = {"mid": piece.key} if piece.key else {}
            segment.enter("mrk", {"mtype": clean_text(piece.kind) or "x-mark"} | own)
        elif place in bare:
            segment.enter("g", {"id": identifiers.of(piece), **kind})
        elif place in pairs:
            if piece.role == "open":
                named[place] = identifiers.of(piece)
                own = {"id": named[place], "rid": named[place]} | kind
            else:
                own = dict.fromkeys(("id", "rid"), named[pairs[place]])
            halves = ("bpt", "ept") if piece.native else ("bx", "ex")
            segment.add(halves[piece.role == "close"], own, piece.native)
        elif piece.role == "standalone":
            own = {"id": identifiers.of(piece), **kind}
            if piece.native and piece.element not in ("x", "bx", "ex"):
                segment.add("ph", own, piece.native)
            else:
                said = {"equiv-text": clean_text(piece.native)} if piece.native else {}
                segment.add("x", own | said)
        else:
            own = {"id": identifiers.of(piece), "pos": piece.role} | kind
            segment.add("it", own, piece.native)


class Opened:
    """What the texts of one side of a unit of version 2 share: identifiers, and codes left open.

    Args:
        contents: The texts, in the order of the unit.
    """

    def __init__(self, contents: Sequence[Content] = ()) -> None:
        self.identifiers = Identifiers()
        self._named: dict[str, str] = {}
        self._closed_later: list[set[str]] = [set()]
        for content in reversed(contents):
            pairs = partners(content)
            alone = {code.key for place, code in enumerate(content) if isinstance(code, Code)
                     and code.role == "close" and code.key and place not in pairs}  # fmt: skip
            self._closed_later.append(self._closed_later[-1] | alone)

    def begin(self) -> None:
        """Goes on to the next text."""
        if len(self._closed_later) > 1:
            self._closed_later.pop()

    def open(self, code: Code, identifier: str) -> bool:
        """Notes a code that its text does not close; whether a later one does."""
        is_closed = code.key in self._closed_later[-1]
        if is_closed:
            self._named[code.key] = identifier
        return is_closed

    def close(self, code: Code) -> str | None:
        """The identifier of the code of an earlier text that one closes, if there is one."""
        return self._named.pop(code.key, None)


def fill_version_2(
    element: etree._Element, content: Content, data: dict[str, str], opened: Opened | None = None
) -> None:
    """Puts a text and its codes into a `<source>` or `<target>` of version 2.

    Args:
        element: The element.
        content: The text and its codes. Version 2 has no texts within codes: those become part of
            the text that they stood in.
        data: What the codes stand for, by the names it is referred to by; more is added.
        opened: What is shared with the other texts of the unit, where it has several.
    """
    segment, pairs = Segment(element), partners(content)
    around = nested(content, pairs, _AROUND)
    opened = opened or Opened()
    opened.begin()
    identifiers, named = opened.identifiers, {}
    for place, piece in enumerate(content):
        if isinstance(piece, str):
            segment.text(piece)
            continue
        kind = _kind_2(piece)
        if piece.element == "sub":
            continue
        if place in around and piece.role == "close":
            segment.leave()
        elif place in around and piece.element == "mrk":
            segment.enter("mrk", {"id": identifiers.of(piece), **_mark_2(piece)})
        elif place in around:
            own = {"id": identifiers.of(piece), **kind}
            own |= _reference("dataRefStart", piece, data)
            own |= _reference("dataRefEnd", _code(content, pairs[place]), data)
            segment.enter("pc", own)
        elif piece.role == "open":
            named[place] = identifiers.of(piece)
            is_closed = place in pairs or opened.open(piece, named[place])
            isolated = {} if is_closed else {"isolated": "yes"}
            own = {"id": named[place], **kind} | isolated | _reference("dataRef", piece, data)
            segment.add("sc", own)
        elif piece.role == "close" and place in pairs:
            own = {"startRef": named[pairs[place]]} | _reference("dataRef", piece, data)
            segment.add("ec", own)
        elif piece.role == "close" and (before := opened.close(piece)):
            segment.add("ec", {"startRef": before} | _reference("dataRef", piece, data))
        elif piece.role == "close":
            own = {"id": identifiers.of(piece), "isolated": "yes", **kind}
            segment.add("ec", own | _reference("dataRef", piece, data))
        else:
            own = {"id": identifiers.of(piece), **kind}
            segment.add("ph", own | _reference("dataRef", piece, data))


def _code(content: Content, place: int) -> Code:
    piece = content[place]
    assert isinstance(piece, Code)  # noqa: S101 - only codes have partners
    return piece


def _native(content: Content, place: int) -> str:
    return _code(content, place).native


def _kind_1(code: Code) -> dict[str, str]:
    kind = "-".join(clean_text(code.kind).split())
    if not kind:
        return {}
    return {"ctype": kind if kind in _KINDS_1 or kind.startswith("x-") else f"x-{kind}"}


def _kind_2(code: Code) -> dict[str, str]:
    kind = "-".join(clean_text(code.kind).split())
    if not kind:
        return {}
    if kind.startswith("xlf:"):
        return {"type": "fmt", "subType": kind}
    known = _KINDS_2.get(kind)
    if known is None:
        own = kind if _PREFIXED.fullmatch(kind) else f"align:{kind.replace(':', '-')}"
        return {"type": "other", "subType": own}
    return {"type": known[0]} | ({"subType": known[1]} if known[1] else {})


def _mark_2(code: Code) -> dict[str, str]:
    kind = clean_text(code.kind).strip()
    if kind in ("generic", "comment", "term"):
        return {"type": kind}
    return {"type": kind if _PREFIXED.fullmatch(kind) else "generic"}


def _reference(name: str, code: Code, data: dict[str, str]) -> dict[str, str]:
    native = clean_text(code.native)
    if not native:
        return {}
    key = next((key for key, text in data.items() if text == native), f"d{len(data) + 1}")
    data[key] = native
    return {name: key}
