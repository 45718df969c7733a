"""Cuts segments into clauses: the parts of a sentence that a translator moves, merges or drops."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = "\"'”’»›」』)）\\]】"
_END = re.compile(
    rf"[。！？；，、：][{_CLOSING}]*|[.!?…:;,؟؛،۔।—–][{_CLOSING}]*(?=\s)"
)
LEAST_WIDTH = 24  # columns, of which a wide character takes two, below which a clause says little
_SENTENCE_END = re.compile(rf"[.!?…。！？؟۔।][{_CLOSING}]*$")


def clauses(text: str) -> list[str]:
    """The clauses of a segment, none of them very short; a short segment is one.

    >>> clauses("He said his efforts have brought results. And he defended his approach in talks.")
    ['He said his efforts have brought results.', 'And he defended his approach in talks.']
    """
    parts: list[str] = []
    for piece in _pieces(text):
        whole = parts and (
            _width(parts[-1]) < LEAST_WIDTH or _width(piece) < LEAST_WIDTH
        )
        if whole:
            parts[-1] += piece
        else:
            parts.append(piece)
    return [part.strip() for part in parts] or [text]


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for match in _END.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield text[start:]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
