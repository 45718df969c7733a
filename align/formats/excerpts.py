"""Words in their context, cut to what fits a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.text import Span


# A number or a Latin word, which half of would mislead.
_WHOLE = re.compile(r"[A-Za-z0-9.,٠-٩]{1,20}$")


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word in its context, cut where it would grow too long."""

    before: str
    text: str
    after: str


def keyword(text: str, span: Span, reach: int) -> Keyword:
    """A word with as much of its context on each side as `reach` characters, whole words if any.

    >>> from align.text import Span
    >>> keyword("a partnership that was long a matter of trade", Span(14, 18), 10)
    Keyword(before='…', text='that', after=' was long…')
    """
    before, after = text[: span.start], text[span.stop :]
    return Keyword(cut(before[::-1], reach)[::-1], text[span.slice], cut(after, reach))


def cut(text: str, reach: int) -> str:
    """The start of a text, up to a space if there is one, with a mark where it was cut.

    Without a space a number or a Latin word is left out rather than cut in two.

    >>> cut("the sea lanes", 9), cut("再び2025年に", 4), cut("再び2025年に", 6)
    ('the sea…', '再び…', '再び2025…')
    """
    if len(text) <= reach:
        return text
    kept, space, _ = text[: reach + 1].rpartition(" ")
    if not space:
        kept = text[:reach]
        if _WHOLE.search(text[: reach + 1]):
            kept = _WHOLE.sub("", kept)
    return kept.rstrip() + "…"


def reach_of(language: str) -> int:
    """Characters of context that fill a line: half as many where they are twice as wide."""
    from align.languages import joiner

    return 40 if joiner(language) else 20
