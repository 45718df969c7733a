"""Lists written in one line: where each of their items begins.

That "2)" begins an item and closes no bracket is told by the "1)" that the text begins with, which
no rule of an SRX file can look back to.
"""

from __future__ import annotations

import re
from itertools import pairwise

_BULLETS = "•⁃‣▪◦"
_MARKER = re.compile(r"(?<!\S)[(（]?(?:(\d{1,2})|([a-z]))(\.\)|[.)）])(?=\s+(\S))")
_END = re.compile(r"[.!?…](?:\s|$)")
_MOST = 200  # a longer one is no list that anyone wrote
_FEWEST_WITH_STOPS = 3  # "1. Treffen am 2. Mai" has two


def items(text: str) -> list[str]:
    """Cuts a text that is a list into its items.

    Such a text begins with a bullet that stands in it again, or with a number or letter that the
    next ones follow in order, each before a word with a capital. Numbers with a full stop are taken
    for markers only where there are three and no item has a sentence's end, for elsewhere the rules
    tell, or they are ordinals.

    Returns:
        The items, which joined are the text; the text alone where it is no list.

    >>> items("1) The first 2) The second")
    ['1) The first ', '2) The second']
    >>> items("The first 2) The second")
    ['The first 2) The second']
    """
    begin = len(text) - len(text.lstrip())
    if text[begin : begin + 1] in tuple(_BULLETS):
        bullet = re.compile(rf"(?<=\s){text[begin]}(?=\s?\S)")
        starts = [match.start() for match in bullet.finditer(text, begin + 1)]
    else:
        starts = _numbered(text, begin)
    edges = [0, *(starts if len(starts) < _MOST else ()), len(text)]
    return [text[start:stop] for start, stop in pairwise(edges)]


def _numbered(text: str, begin: int) -> list[int]:
    first = _MARKER.match(text, begin)
    if first is None or _value(first) != 1:
        return []
    starts, bodies = [], [first.end()]
    for match in _MARKER.finditer(text, first.end()):
        is_next = _value(match) == len(bodies) + 1 and match[3] == first[3]
        if is_next and bool(match[1]) == bool(first[1]) and not match[4].islower():
            starts.append(match.start())
            bodies.append(match.end())
    if first[3] == ".":
        stops = [*starts, len(text)]
        has_ends = any(
            _END.search(text, body, stop) for body, stop in zip(bodies, stops, strict=True)
        )
        if len(bodies) < _FEWEST_WITH_STOPS or has_ends:
            return []
    return starts


def _value(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else ord(match[2]) - ord("a") + 1
