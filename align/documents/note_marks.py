"""Marks of notes leave a text; powers, ordinals and other raised letters stay.

`1902.¹` sends to a note, `10⁶` is a number and `m²` a unit, and a text raises all three the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

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

_LAST_WORD = re.compile("[A-Za-zµμα-ωΑ-Ωа-яА-Я]+$")  # in the scripts of units
_UNIT = re.compile(
    "(?:[kcdmnµμ]?m|ft|in|yd|mi|s|[кcсдмн]?м|с|сек|[kcdm]?g|[a-zα-ωа-я])", re.IGNORECASE
)
_CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{1,2}")
_CUBE = 3
_POWER = re.compile(r"[-−+]?\d{1,3}")
_AFTER_SENTENCE = re.compile(r"(?<=[.!?。．！？»”’」』…])[⁰¹²³⁴-⁹]{1,3}(?=\s|$|[^\W\d])")


@dataclass(slots=True)
class Raised:
    """A raised stretch, and what stands around it in its block.

    Attributes:
        text: What is raised.
        before: The text before it, its last characters at least.
        after: The text after it, its first three characters at least.
        is_linked: Whether it is a link, or stands in one.
    """

    text: str
    before: str
    after: str = ""
    is_linked: bool = False


def without_note_marks(text: str) -> str:
    """The text without marks of notes that are written as raised digits and end a sentence.

    >>> without_note_marks("It burnt in 1902.¹ Its area is 10⁶ m².")
    'It burnt in 1902. Its area is 10⁶ m².'
    """
    return _AFTER_SENTENCE.sub("", text)


def raised_digits(text: str) -> str:
    """A power as its digits are written raised.

    >>> raised_digits("-6")
    '⁻⁶'
    """
    return text.translate(_RAISED_DIGITS)


def is_call_in_full(text: str) -> bool:
    """Whether a text that is a link can be nothing but the mark of a note."""
    return any(each.fullmatch(text) for each in (_LINKED, _ENCLOSED, _NAMED))


def is_power_of_number(raised: Raised) -> bool:
    """Of a number: `106` would be another. What stands above the bar of a fraction is none."""
    return (
        _POWER.fullmatch(raised.text) is not None
        and raised.before[-1:].isdigit()
        and raised.after[:1] not in ("/", "⁄")
    )


def is_mark_of_note(raised: Raised, last: int = 0) -> bool:
    """Whether what is raised sends to a note, where the last note that was sent to is known."""
    text, before = raised.text, raised.before
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
