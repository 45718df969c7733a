"""What the patterns of dates and of times of day share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.quantities.numerals import read_han

if TYPE_CHECKING:
    from align.quantities.notation import Notation


def distinct(pattern: str) -> str:
    """A pattern in which each name of a group stands once: `d`, `d2`, `d3`."""
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        seen[match[1]] = seen.get(match[1], 0) + 1
        return match[0] if seen[match[1]] == 1 else f"(?P<{match[1]}{seen[match[1]]}>"

    return re.sub(r"\(\?P<([a-z]+)>", name, pattern)


def groups(match: re.Match[str]) -> dict[str, str]:
    """What a pattern's groups found; `d2` is another place for what `d` means."""
    return {key.rstrip("0123456789"): value for key, value in match.groupdict().items() if value}


def number_in(text: str, how: Notation) -> int:
    """The number that a day, an hour or minutes are said with: `21`, `21st`, `twenty-first`."""
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    if how.han:
        return int(read_han(text, how)[0])
    senses = how.meanings(text)
    value = senses.get("ordinal") or senses.get("cardinal")
    words = re.split(r"[\s-]+", text)
    if value is None and len(words) > 1:  # twenty-five
        return sum(number_in(word, how) for word in words)
    return int(value or 0)
