"""Cleaning: one kind of line end, NFC, and no character that has no business in a text."""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

_NONCHARACTERS = "".join(f"{chr(end)}{chr(end + 1)}" for end in range(0xFFFE, 0x110000, 0x10000))

# Controls but newline and tab, soft hyphens, byte order marks, lone surrogates, noncharacters.
# What shapes text or its direction (ZWJ, ZWNJ, ZWSP, LRM, RLM, ALM, embeddings, isolates) and
# every kind of space belong to the text and stay. Only a break that may be or may not be, ZWSP or
# the word joiner, says nothing beside white space and at the ends of a line.
_NOT_TEXT = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\ufeff\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
_IDLE = re.compile(r"(?:(?<=\s)|\A)[\u200b\u2060]++|(?<![\u200b\u2060])[\u200b\u2060]++(?=\s|\Z)")


def clean(text: str) -> str:
    r"""Makes a text fit for segments and XML without changing what a reader sees.

    Line ends of every kind become a newline, control characters, soft hyphens, byte order marks,
    lone surrogates and noncharacters go, as do breaks of no width beside white space, and the rest
    is brought to Unicode's form NFC.

    >>> clean("co\u00adoperation\r\ncafe\u0301\x00")
    'cooperation\ncafé'
    """
    kept = _IDLE.sub("", _NOT_TEXT.sub("", _LINE_END.sub("\n", text)))
    return unicodedata.normalize("NFC", kept)
