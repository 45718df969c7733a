"""Text made comparable character by character, with the way back to where each one stood."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from align.languages.arabic import ALIKE, HAMZA, MARKS
from align.languages.chinese import characters_simplified
from align.languages.profile import profile

# The marks of Arabic, those of direction, soft hyphens and stress marks.
_DROPPED = re.compile(f"[{MARKS}{HAMZA}\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad\u0301]")
_SAME = {
    "\u202f": "\u00a0",
    "\u2009": "\u00a0",
    "\u2007": "\u00a0",
    "\u3000": " ",
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "′": "'",
    "″": '"',
    "‐": "-",
    "‑": "-",
    "−": "-",
    "〜": "~",
    "～": "~",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "٪": "%",
    **ALIKE,
    "ة": "ه",
    "ᵉ": "e",
    "ʳ": "r",
    "ё": "е",
    "Ё": "Е",
    "：": ":",
    "，": "，",  # a Chinese comma never groups digits
    "、": "、",
}


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text made comparable.

    Attributes:
        cased: With capitals kept.
        text: In lower case, of the same length.
        offsets: Where each character, and the end, stood in the original; None where nothing
            has moved.
    """

    cased: str
    text: str
    offsets: tuple[int, ...] | None

    def original(self, position: int) -> int:
        """Where a position of the folded text lies in the original."""
        return position if self.offsets is None else self.offsets[position]


def fold(text: str, language: str) -> FoldedText:
    """Makes a text comparable: digits ASCII, letters in lower case, marks left out.

    >>> fold("٤٫٥ مليون", "ar").text
    '4.5 مليون'
    """
    cased = text.translate(_table())
    offsets: tuple[int, ...] | None = None
    if _DROPPED.search(cased):
        kept = [i for i, character in enumerate(cased) if not _DROPPED.match(character)]
        offsets = (*kept, len(cased))
        cased = "".join(cased[i] for i in kept)
    if profile(language).simplified:
        cased = characters_simplified(cased)
    lower = cased.lower()
    if len(lower) != len(cased):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in cased)
    return FoldedText(cased, lower, offsets)


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {}
    for code in range(0x80, sys.maxunicode + 1):
        character = chr(code)
        if unicodedata.category(character) == "Nd":
            table[code] = str(unicodedata.decimal(character))
    for code in range(0xFF01, 0xFF5F):
        if code != 0xFF0C:
            table[code] = chr(code - 0xFEE0)
    table.update({ord(before): after for before, after in _SAME.items()})
    return table
