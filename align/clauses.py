"""Cuts segments into clauses: the parts of a sentence that translators move, merge and drop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.text import width_of

_CLOSING = "\"'”’»›」』)）\\]】"
# Full-width marks end a clause anywhere, others before a space.
_CLAUSE_END = re.compile(rf"[。！？；，、：][{_CLOSING}]*|[.!?…:;,؟؛،۔।—–][{_CLOSING}]*(?=\s)")
LEAST_WIDTH = 24
"""Columns, of which a wide character takes two, below which a clause says too little."""


def clauses_of(text: str) -> list[str]:
    """The clauses of a segment, at least one.

    None is narrower than `LEAST_WIDTH`, unless the segment is.

    >>> clauses_of("He said his efforts have brought results. And he defended his way of talking.")
    ['He said his efforts have brought results.', 'And he defended his way of talking.']
    """
    clauses: list[str] = []
    for piece in _pieces(text):
        if clauses and min(width_of(clauses[-1]), width_of(piece)) < LEAST_WIDTH:
            clauses[-1] += piece
        else:
            clauses.append(piece)
    return [clause.strip() for clause in clauses] or [text]


def _pieces(text: str) -> Iterator[str]:
    start = 0
    for match in _CLAUSE_END.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    if text[start:].strip():
        yield text[start:]
