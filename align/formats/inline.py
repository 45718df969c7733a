"""The text of a segment with its inline codes, as TMX and XLIFF have them within elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from align.codes import Code, Content, Role
from align.formats.xml_files import attributes_of, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# What stands in these is the code of the file that was translated, not text of the segment.
_NATIVE: Mapping[str, Role] = {
    "bpt": "open",
    "ept": "close",
    "it": "standalone",
    "ph": "standalone",
    "ut": "standalone",
    "x": "standalone",
    "bx": "open",
    "ex": "close",
    "sc": "open",
    "ec": "close",
    "cp": "standalone",
    "sm": "open",
    "em": "close",
}
_AROUND_TEXT = frozenset({"g", "pc", "hi", "mrk"})
_HALVES: Mapping[str, Role] = {"begin": "open", "open": "open", "end": "close", "close": "close"}

_DELETED, _ADDED = "x-sdl-deleted", "x-sdl-added"


def content_of(element: etree._Element, data: Mapping[str, str] | None = None) -> Content:
    """What a segment says and the codes in it, nothing lost but changes that are not accepted.

    Tracked changes are read as accepted: what was deleted is gone, what was added is text.
    What stands in a `<sub>` is text of its own within the code.

    Args:
        element: The segment.
        data: What the identifiers of `dataRef` stand for (XLIFF 2).
    """
    content: list[str | Code] = []
    for piece in _pieces(element, data or {}):
        if isinstance(piece, str) and content and isinstance(content[-1], str):
            content[-1] += piece
        elif piece:
            content.append(piece)
    return _with_keys(content)


def _pieces(element: etree._Element, data: Mapping[str, str]) -> Iterator[str | Code]:
    yield element.text or ""
    for child in element:
        name = local_name(child)
        if not isinstance(child.tag, str):
            yield child.text or ""  # an entity reference, left as it was written
        elif name in _NATIVE:
            yield from _native(child, name, data)
        elif name == "mrk" and child.get("mtype") == _DELETED:
            pass
        elif name in _AROUND_TEXT and child.get("mtype") != _ADDED:
            yield _code(child, name, "open", _said(child, "dataRefStart", data))
            yield from _pieces(child, data)
            yield _code(child, name, "close", _said(child, "dataRefEnd", data))
        else:
            yield from _pieces(child, data)
        yield child.tail or ""


def _native(element: etree._Element, name: str, data: Mapping[str, str]) -> Iterator[str | Code]:
    """A code, and the texts of their own that stand within it."""
    role = _HALVES.get(element.get("pos", ""), _NATIVE[name])
    subs = [child for child in element if local_name(child) == "sub"]
    native = _own_text(element) if subs else "".join(map(str, element.itertext()))
    yield _code(element, name, role, native or _said(element, "dataRef", data))
    for sub in subs:
        attributes = attributes_of(sub)
        yield Code("sub", "open", attributes=attributes)
        yield from _pieces(sub, data)
        yield Code("sub", "close", native=sub.tail or "")


def _own_text(element: etree._Element) -> str:
    """What stands in a code before its first `<sub>`."""
    text = element.text or ""
    for child in element:
        if local_name(child) == "sub":
            break
        text += "".join(map(str, child.itertext())) + (child.tail or "")
    return text


def _said(element: etree._Element, reference: str, data: Mapping[str, str]) -> str:
    """The markup that a code without text of its own stands for."""
    referred = data.get(element.get(reference, ""), "")
    return referred or element.get("equiv-text") or element.get("equiv") or ""


def _code(element: etree._Element, name: str, role: Role, native: str) -> Code:
    kind = element.get("subType") or element.get("ctype") or element.get("type") or ""
    if name == "mrk":
        kind = element.get("mtype") or kind
    return Code(name, role, _key(element, name), native, kind, attributes_of(element))


def _key(element: etree._Element, name: str) -> str:
    of_tmx = ("x", "i") if name in ("bpt", "ept", "it", "ph", "hi", "ut") else ()
    for each in (*of_tmx, *(("mid",) if name == "mrk" else ()), "startRef", "rid", "id"):
        if value := element.get(each):
            return value
    return ""


def _with_keys(content: list[str | Code]) -> Content:
    """The content, codes of TMX that close named as those that they close.

    There `i` ties the two within a segment, and `x`, which only the first has, tells which code of
    the other language is the same.
    """
    named = {
        value: piece.key
        for piece in content
        if isinstance(piece, Code) and piece.element == "bpt"
        for name, value in piece.attributes
        if name == "i"
    }
    return tuple(
        replace(piece, key=named.get(piece.key, piece.key))
        if isinstance(piece, Code) and piece.element == "ept" and named
        else piece
        for piece in content
    )
