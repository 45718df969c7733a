"""The values of numerals: figures with their separators, and runs of Han numerals."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.quantities.notation import Notation

VULGAR = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
}

_SLASHED = r"(?<![\d/.,])(?:[1-9]/[2-9]|\d{1,2}/(?:1[026]|32))(?![\d/]|[.,]\d)"
# Thousands may be parted by a space or apostrophe if the figures behind it are exactly three.
FIGURES = (
    rf"(?:{_SLASHED}|(?:\d{{1,3}}(?:[\u00a0 ]\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:[.,]\d+|'\d{3}(?!\d))*)"
    rf"(?:\s?[{''.join(VULGAR)}]|[\u00a0 ]{_SLASHED})?)"
)
_SEPARATOR = re.compile(r"[^\d]")

_HAN_DIGITS = dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True)) | {
    "两": 2,
    "兩": 2,
    "壱": 1,
    "弐": 2,
    "参": 3,
}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "廿": 20}
_HAN_SCALES = {
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
    "兆": 10**12,
    "京": 10**16,
}
_HAN = "".join((*_HAN_DIGITS, *_HAN_UNITS, *_HAN_SCALES))
NUMERALS = "".join((*VULGAR, *_HAN))
"""Characters that are numbers and no digits."""

# 千米, 千克, 兆瓦 and 百分点 are units.
_HAN_CHARACTER = rf"(?:[{_HAN}](?<!千(?=[米克瓦]))(?<!兆(?=瓦))(?<!百(?=分点)))"
HAN_NUMERAL = (
    rf"(?:{FIGURES}(?:[多余餘来來]?\s?{_HAN_CHARACTER}+)?|{_HAN_CHARACTER}+)"
    rf"(?:(?<=[{_HAN}])(?:[点點](?=[{_HAN}])|\s?{FIGURES}(?=\s?[{_HAN}])|{FIGURES}|\s?{_HAN_CHARACTER})+)*"
)


def read_figures(text: str, notation: Notation) -> tuple[Fraction, ...]:
    """What figures may amount to in a language, the likeliest reading first.

    >>> from align.quantities.notation import notation
    >>> read_figures("3.600", notation("es"))
    (Fraction(3600, 1), Fraction(18, 5))
    >>> read_figures("3,600", notation("en"))
    (Fraction(3600, 1),)
    """
    added = Fraction(0)
    slashed = re.search(r"\d+/\d+$", text)
    if slashed or text[-1] in VULGAR:
        part = slashed[0] if slashed else text[-1]
        added, text = VULGAR.get(part) or Fraction(part), text.removesuffix(part).strip()
        if not text:
            return (added,)
    text = re.sub(r"[\u00a0 ]", "", text)
    separators = _SEPARATOR.findall(text)
    if not separators:
        return (Fraction(text) + added,)
    digits = _SEPARATOR.split(text)
    grouped = Fraction("".join(digits)) + added
    pointed = Fraction("".join(digits[:-1]) + "." + digits[-1]) + added
    threes = all(len(part) == 3 for part in digits[1:]) and 1 <= len(digits[0]) <= 3
    # Where English is much read, its separators stand in other languages too.
    strict = notation.table.get("strict_separators", False)
    if len(separators) == 1:
        if not threes:
            return (pointed,)
        if digits[0].strip("0") == "":  # 0.125
            return (pointed,)
        if separators[0] == "'":
            return (grouped,)
        if separators[0] == notation.decimal:
            return (pointed,) if strict else (pointed, grouped)
        return (grouped,) if strict else (grouped, pointed)
    if len(set(separators)) == 1:
        return (grouped,)
    if len(set(separators[:-1])) == 1 and separators[-1] != separators[0]:
        return (pointed,)
    return (grouped,)


def read_han(text: str, notation: Notation) -> tuple[Fraction, ...]:
    """What a run of Han numerals and figures amounts to.

    >>> from align.quantities.notation import notation
    >>> read_han("8兆7000億", notation("ja"))
    (Fraction(8700000000000, 1),)
    >>> [int(read_han(text, notation("zh"))[0]) for text in ("三十五", "二〇二五", "8.7万亿")]
    [35, 2025, 8700000000000]
    """
    total = section = Fraction(0)
    if notation.table.get("last_digit_scaled"):
        text = re.sub(r"([百千万亿])[一二三四五六七八九两]$", _spelled_out, text)
    pending: Fraction | None = None
    decimals: int | None = None
    after_scale = False
    for part in re.findall(rf"{FIGURES}|[^\s多余餘来來]", text):
        if part[0].isdigit():
            pending, after_scale = read_figures(part, notation)[0], False
        elif part in _HAN_DIGITS:
            digit = _HAN_DIGITS[part]
            if decimals is not None and pending is not None:
                decimals += 1
                pending += Fraction(digit, 10**decimals)
            else:
                pending = Fraction(digit) if pending is None else pending * 10 + digit
            after_scale = False
        elif part in "点點":
            decimals = 0
        elif part in _HAN_UNITS:
            section += (Fraction(1) if pending is None else pending) * _HAN_UNITS[part]
            pending, decimals, after_scale = None, None, False
        else:
            scale = _HAN_SCALES[part]
            if after_scale:  # 万亿
                total *= scale
            else:
                amount = section + (pending or 0)
                total += (amount if amount or pending is not None else Fraction(1)) * scale
            section, pending, decimals, after_scale = Fraction(0), None, None, True
    return (total + section + (pending or 0),)


def _spelled_out(match: re.Match[str]) -> str:
    """一万二 is 一万二千."""
    return match[0] + dict(zip("百千万亿", "十百千千万", strict=False))[match[1]]


def han_scale(text: str) -> Fraction | None:
    """The last scale (万, 億, …) of a Han numeral, if any."""
    scales = [_HAN_SCALES[character] for character in text if character in _HAN_SCALES]
    return Fraction(scales[-1]) if scales else None
