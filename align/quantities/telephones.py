"""Telephone numbers: all their digits are one number, however they are grouped."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GAP = r"[ \u00a0./-]"
_GROUPS = rf"(?:{_GAP}?\(0\))?(?:{_GAP}{{0,2}}\(?\d{{2,5}}\)?)+"
# What begins so is called, not counted: +, 0, a code in brackets; groups that no thousands have.
_TELEPHONE = re.compile(
    rf"(?<![a-z\d_+])(?<![\d.,/-][ \u00a0./-])(?:"
    rf"(?P<abroad>\+\(?\d{{1,3}}\)?|00{_GAP}?[1-9]\d{{0,2}}){_GROUPS}"
    rf"|(?:0\d{{1,4}}|\(0?\d{{2,4}}\)){_GROUPS}"
    rf"|(?:1-)?\d{{3}}-\d{{3}}-\d{{4}}|\d{{3}}(?:[ \u00a0]\d\d){{3}}"
    rf"|(?P<reversed>(?:\d{{2,4}}[ \u00a0-]){{1,4}}(?:0\d{{3,4}}|\d{{1,3}}\+))"  # right to left
    r")(?![\d+])(?![.,:%]\d)"
)
_FEWEST, _MOST = 7, 15  # digits
_FEWEST_PARTED = 9  # where the marks that part them may be those of a date
_DATE_MARK = re.compile(r"\d[./-]")
_LONGEST_COUNTRY = 3


def telephones_in(text: str) -> Iterator[tuple[int, int, tuple[Fraction, ...]]]:
    """Where telephone numbers stand in a folded text, and the numbers that their digits make.

    One with the code of a country is the same without it.

    >>> [[int(value) for value in values] for _, _, values in telephones_in("0300 456 7812")]
    [[3004567812]]
    >>> 3004567812 in next(telephones_in("+44 (0)300 4567812"))[2]
    True
    """
    for match in _TELEPHONE.finditer(text):
        groups = re.findall(r"\d+", match[0].replace("(0)", ""))
        if match["reversed"]:
            groups.reverse()
        digits = "".join(groups)
        fewest = _FEWEST_PARTED if _DATE_MARK.search(match[0]) else _FEWEST
        if not fewest <= len(digits) <= _MOST:
            continue
        ways = [digits]
        if match["abroad"] or "+" in match[0]:
            bare = digits.removeprefix("00")
            ways += [bare[size:] for size in range(1, _LONGEST_COUNTRY + 1)]
        yield match.start(), match.end(), tuple(Fraction(int(way)) for way in ways)
