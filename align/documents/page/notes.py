"""Marks of notes leave a text; powers, ordinals and other raised letters stay.

`1902.¹` sends to a note, `10⁶` is a number and `m²` a unit, and a page writes all three the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.documents.page.tree import BLOCK_TAGS, empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_RAISED_DIGITS = str.maketrans("0123456789-−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺")
_WORDS_FOR_NOTE = (
    r"notes?|nota|nb|n|fn|ref|anm|fußnote|voetnoot|przyp|прим|сноска"
    r"|注釈|脚注|註釋|注|註|주|ملاحظة|حاشية"
)
_NUMBERS = r"(?:\d{1,3}(?:\s*[,，、;–-]\s*\d{1,3})*|[①-⑳❶-❿㈠-㈩])"
_LETTER = r"[a-z]|[ivx]{2,5}|[一二三四五六七八九十]{1,3}"
_SIGNS = r"[*＊†‡§¶※]{1,3}"
_OPEN, _CLOSE = r"[\[(（［【〔〈]", r"[\])）］】〕〉]"
_ENCLOSED = re.compile(
    rf"{_OPEN}\s*(?:(?:{_WORDS_FOR_NOTE})?[.\s]*(?:{_NUMBERS}|{_LETTER})|{_SIGNS}\d{{0,3}})\s*{_CLOSE}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"{_SIGNS}\s*\d{{0,3}}|(?:{_WORDS_FOR_NOTE})[.\s]*{_NUMBERS}|{_NUMBERS}\s*{_CLOSE}",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W_]")
_PLAIN = re.compile(rf"{_NUMBERS}")
_LINKED = re.compile(rf"{_NUMBERS}|{_LETTER}", re.IGNORECASE)
_REMARK = re.compile(rf"{_OPEN}[^\])）］】〕〉]{{1,60}}{_CLOSE}")  # [citation needed]

_NOTE_ROLES = frozenset({"doc-noteref", "doc-backlink"})
_NOTE_CLASS = re.compile(
    r"(?:foot|end)?note-?_?(?:ref|mark|link|anchor)|noteref|\breference\b", re.IGNORECASE
)
_NOTE_TARGET = re.compile(
    r"#_?_?(?:user-content-)?(?:fn|ftn|edn|foot|endnote|note|cite|ref\b|r\d)", re.IGNORECASE
)

_LAST_WORD = re.compile("[A-Za-zµμα-ωΑ-Ωа-яА-Я]+$")  # in the scripts of units
_UNIT = re.compile(
    "(?:[kcdmnµμ]?m|ft|in|yd|mi|s|[кcсдмн]?м|с|сек|[kcdm]?g|[a-zα-ωа-я])", re.IGNORECASE
)
_CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{1,2}")
_CUBE = 3
_POWER = re.compile(r"[-−+]?\d{1,3}")
_AFTER_SENTENCE = re.compile(r"(?<=[.!?。．！？»”’」』…])[⁰¹²³⁴-⁹]{1,3}(?=\s|$|[^\W\d])")


@dataclass(slots=True)
class _Raised:
    """A raised stretch, and what stands around it in its block."""

    element: HtmlElement
    text: str
    before: str
    after: str
    is_linked: bool


def without_note_marks(text: str) -> str:
    """The text without marks of notes that are written as raised digits and end a sentence.

    >>> without_note_marks("It burnt in 1902.¹ Its area is 10⁶ m².")
    'It burnt in 1902. Its area is 10⁶ m².'
    """
    return _AFTER_SENTENCE.sub("", text)


def take_out_note_marks(tree: HtmlElement) -> None:
    """Takes out marks of notes, and writes powers of numbers so that they stay powers."""
    last = 0  # number of the last note: the next mark has the same or the following one
    for raised in list(_raised(tree)):
        if _is_mark(raised, last):
            number = re.match(r"\d{1,3}", raised.text.strip("[](（）［］ "))
            last = int(number[0]) if number else last
            empty(raised.element)
        elif _is_power_of_number(raised):
            empty(raised.element)
            raised.element.text = raised.text.translate(_RAISED_DIGITS)


def _is_power_of_number(raised: _Raised) -> bool:
    """Of a number: `106` would be another. What stands above the bar of a fraction is none."""
    return (
        _POWER.fullmatch(raised.text) is not None
        and raised.before[-1:].isdigit()
        and raised.after[:1] not in ("/", "⁄")
    )


def _is_mark(raised: _Raised, last: int) -> bool:
    text, before = raised.text, raised.before
    if raised.element.tag == "a":
        return True  # links are looked at only where they say so
    if _ENCLOSED.fullmatch(text) or _NAMED.fullmatch(text):
        return True
    if raised.is_linked:
        return (
            not _WORDS.search(text)
            or (_LINKED.fullmatch(text) or _REMARK.fullmatch(text)) is not None
        )
    if not _PLAIN.fullmatch(text):
        return False
    if not before:  # a note's own number, and not the weight of an isotope
        return re.match(r"[^\W\d_]{1,2}(?![^\W\d_])", raised.after) is None
    if before[-1].isspace():
        return not raised.after[:1].isalpha()
    digits = re.match(r"\d+", text)
    if digits is None:
        return True
    number = int(digits[0])
    follows = number in (last, last + 1)
    if before[-1].isdigit():
        return raised.after[:1] not in ("/", "⁄") and not _is_base(before, number, follows=follows)
    if before[-1] in ")）":
        return follows
    word = _LAST_WORD.search(before)
    if word is None:
        return True  # after a mark of punctuation, or a word of a script that no unit is written in
    is_power = _UNIT.fullmatch(word[0]) or _CONSONANTS.fullmatch(word[0])
    return not (is_power and number > 1)


def _is_base(before: str, power: int, *, follows: bool) -> bool:
    """Whether the number that a text ends with is raised to a power."""
    if re.search(r"(?<![\d.,])(?:10|2)$", before):
        return True
    is_year = re.search(r"(?<![\d.,])(?:1\d|20|21)\d\d$", before) is not None
    is_of_name = re.search(r"[^\W\d_][-‑]?\d+$", before) is not None
    return not (is_year or is_of_name or power == 1 or (follows and power > _CUBE))


def _raised(tree: HtmlElement) -> Iterator[_Raised]:
    """The raised stretches and the links to notes of a page."""
    from lxml import etree

    found: list[_Raised] = []
    waiting: list[_Raised] = []  # those whose following text is not yet known
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
                        _Raised(
                            element, text, recent if recent.strip() else "", "", _is_linked(element)
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
    if not (_LINKED.fullmatch(text) or _ENCLOSED.fullmatch(text) or _NAMED.fullmatch(text)):
        return False
    return (
        element.get("role") in _NOTE_ROLES
        or _NOTE_CLASS.search(element.get("class", "")[:500]) is not None
        or element.get("{http://www.idpf.org/2007/ops}type", element.get("epub:type", ""))
        == "noteref"
        or _NOTE_TARGET.match(element.get("href", "")[:100]) is not None
    )
