"""Lines that mean something: those of verse, of addresses, of lists that are not marked as such."""

from __future__ import annotations

import re
from collections.abc import Sequence

from align.text import display_width

_SENTENCE_END = re.compile(r"[.!?。．！？؟۔।…][\"'”’»」』)\]）]*$")
_PART_END_INSIDE = re.compile(r"[.!?؟;:,،؛]\s|[。．！？、，；：]")
_ITEM = re.compile(r"(?:[-–—*•▪◦‣○●■□◆]\s*|・|(?:\d{1,3}|[a-z])[.)）]\s+|[①-⑳])\S", re.IGNORECASE)
_WIDEST, _WIDEST_WITHOUT_CASE = 64, 44


def are_lines(texts: Sequence[str]) -> bool:
    """Whether the lines of a paragraph are to stay lines: whether it is verse or the like.

    Verse has three lines or more, all of them short and few of them whole sentences; each begins
    with a capital letter or, where a script has none, has no pause within. Sentences that somebody
    broke to fit a screen have not. Lines that all begin as items of a list do are such items.

    >>> are_lines(["The water comes,", "The water goes,", "The bridge stays where it was."])
    True
    >>> are_lines(["The boat had two masts and a red", "sail, which the captain mended."])
    False
    """
    if len(texts) > 1 and all(map(_ITEM.match, texts)):
        return True
    if len(texts) < 3 or max(map(display_width, texts)) > _WIDEST:
        return False
    if 2 * sum(_SENTENCE_END.search(text) is not None for text in texts) > len(texts):
        return False
    firsts = [next((each for each in text if each.isalpha()), "") for text in texts]
    if any(first.islower() or first.isupper() for first in firsts):
        low = sum(first.islower() for first in firsts)
        return 5 * low <= len(texts)
    return len(texts) > 3 and all(
        display_width(text) <= _WIDEST_WITHOUT_CASE and not _PART_END_INSIDE.search(text[:-1])
        for text in texts
    )
