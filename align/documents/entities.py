"""What entities of HTML stand for, in texts of which nothing is known."""

from __future__ import annotations

import html
import re

_LONG_NUMBER = re.compile(r"&#(\d{20,});?", re.ASCII)
_MOST_DIGITS = 7  # of a character's number


def unescape(text: str) -> str:
    """A text with its entities as the characters they stand for.

    >>> unescape("&lt;&#65;&#0000000000000000000066;"), unescape("&#" + "9" * 5000 + ";")
    ('<AB', '�')
    """
    return html.unescape(_LONG_NUMBER.sub(_shortened, text))


def _shortened(number: re.Match[str]) -> str:
    """A number without the zeros before it; Python reads none of thousands of digits."""
    digits = number[1].lstrip("0")
    return f"&#{digits or 0};" if len(digits) <= _MOST_DIGITS else "\ufffd"
