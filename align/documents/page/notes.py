"""Finds what a page raises, and takes out what of it sends to notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.documents.note_marks import (
    Raised,
    is_call_in_full,
    is_mark_of_note,
    is_power_of_number,
    raised_digits,
)
from align.documents.page.tree import BLOCK_TAGS, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_NOTE_ROLES = frozenset({"doc-noteref", "doc-backlink"})
_NOTE_CLASS = re.compile(
    r"(?:foot|end)?note-?_?(?:ref|mark|link|anchor)|noteref|\breference\b", re.IGNORECASE
)
_NOTE_TARGET = re.compile(
    r"#_?_?(?:user-content-)?(?:fn|ftn|edn|foot|endnote|note|cite|ref\b|r\d)", re.IGNORECASE
)


@dataclass(slots=True, kw_only=True)
class _RaisedElement(Raised):
    element: HtmlElement


def take_out_note_marks(tree: HtmlElement) -> None:
    """Takes out marks of notes, and writes powers of numbers so that they stay powers."""
    last = 0  # number of the last note: the next mark has the same or the following one
    for raised in list(_raised(tree)):
        if raised.element.tag == "a" or is_mark_of_note(raised, last):
            number = re.match(r"\d{1,3}", raised.text.strip("[](（）［］ "))
            last = int(number[0]) if number else last
            empty(raised.element)
        elif is_power_of_number(raised):
            empty(raised.element)
            raised.element.text = raised_digits(raised.text)


def _raised(tree: HtmlElement) -> Iterator[_RaisedElement]:
    """The raised stretches and the links to notes of a page."""
    from lxml import etree

    found: list[_RaisedElement] = []
    waiting: list[_RaisedElement] = []  # those whose following text is not yet known
    recent = ""
    within = 0  # raised stretches that are open

    def goes_on(text: str | None) -> None:
        nonlocal recent
        if text:
            for each in waiting:
                each.after += text[:3]
            waiting[:] = [each for each in waiting if len(each.after) < 3]
            recent = (recent + text)[-24:]

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if element.tag in BLOCK_TAGS or element.tag == "br":
            recent = ""
            waiting.clear()
        is_raised = element.tag == "sup" or (element.tag == "a" and _is_note_link(element))
        if event == "start":
            if is_raised:
                within += 1
                if within == 1:
                    text = " ".join("".join(element.itertext()).split())
                    found.append(
                        _RaisedElement(
                            element=element,
                            text=text,
                            before=recent if recent.strip() else "",
                            is_linked=_is_linked(element),
                        )
                    )
            if not within:
                goes_on(element.text)
        else:
            if is_raised:
                within -= 1
                if not within:
                    waiting.append(found[-1])
            if not within:
                goes_on(element.tail)
    yield from (each for each in found if each.text)


def _is_linked(element: HtmlElement) -> bool:
    parent = element.getparent()
    return (
        element.find(".//a") is not None
        or (parent is not None and parent.tag == "a")
        or _NOTE_CLASS.search(element.get("class", "")[:500]) is not None
    )


def _is_note_link(element: HtmlElement) -> bool:
    """Whether a link is a mark of a note, raised or not."""
    text = "".join(element.itertext()).strip()
    if len(text) > 20 or element.find(".//sup") is not None:
        return False
    if not is_call_in_full(text):
        return False
    return (
        element.get("role") in _NOTE_ROLES
        or _NOTE_CLASS.search(element.get("class", "")[:500]) is not None
        or element.get("{http://www.idpf.org/2007/ops}type", element.get("epub:type", ""))
        == "noteref"
        or _NOTE_TARGET.match(element.get("href", "")[:100]) is not None
    )
