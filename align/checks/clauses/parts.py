"""Cuts a passage into the parts that a translator may leave out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import regex

from align.languages.profile import profile
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.terminology.words import Word

FEWEST_WORDS = 3
"""Words of the shortest part, and of what has to remain beside it."""

_FEWEST_BESIDE_OPENER = 4  # words on either side of a word that opens a clause
_MOST_PIECES = 3  # that one part is made of
_MOST_IN_ALL = 100  # of a passage; what has more is a list or a table
_CLOSING = r"[\"'”’»›」』)）\]】]*"
_BREAK = regex.compile(
    rf"[。！？；，、：،؛]+{_CLOSING}|[.!?…:;,؟]+{_CLOSING}(?=\s)|\s[—–-]+(?=\s)|[—–]{{1,2}}(?=\p{{L}})"
    r"|(?=\s?[(（])|(?<=[)）])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a passage that could be missing on the other side.

    Attributes:
        span: Where it stands.
        words: How many words it has.
        is_bounded: Whether punctuation, or an end of the passage, stands at both its ends.
    """

    span: Span
    words: int
    is_bounded: bool


def pieces_of(text: str) -> list[Span]:
    """The stretches of a text between marks, brackets and dashes.

    >>> text = "It sails (at last), says the crew."
    >>> [text[piece.slice].strip() for piece in pieces_of(text)]
    ['It sails', '(at last),', 'says the crew.']
    """
    cuts = [0]
    for match in _BREAK.finditer(text):
        if cuts[-1] < match.end() < len(text):
            cuts.append(match.end())
    cuts.append(len(text))
    pieces: list[Span] = []
    for start, stop in pairwise(cuts):
        if regex.search(r"[\p{L}\p{N}]", text, pos=start, endpos=stop):
            pieces.append(Span(start, stop))
        elif pieces:  # a mark alone belongs to what it follows
            pieces[-1] = Span(pieces[-1].start, stop)
    return pieces


def parts_of(text: str, words: Sequence[Word], language: str) -> list[Part]:
    """What may be left out of a text: up to three pieces in a row, or the end of one.

    Args:
        text: The text.
        words: Its words.
        language: BCP 47 tag.

    Returns:
        The parts, none shorter than `FEWEST_WORDS` nor leaving fewer, overlapping one another; none
        of a passage that is a table.
    """
    pieces = pieces_of(text)
    if len(pieces) > _MOST_IN_ALL:
        return []
    starts = np.array([word.start for word in words])
    bounded = {
        (pieces[first].start, pieces[first + size - 1].stop)
        for size in range(1, min(_MOST_PIECES, len(pieces) - 1) + 1)
        for first in range(len(pieces) - size + 1)
    }
    openers = profile(language).clause_openers
    loose = set()
    for piece in pieces:
        first, stop = np.searchsorted(starts, (piece.start, piece.stop)).tolist()
        for index in range(first + _FEWEST_BESIDE_OPENER, stop - _FEWEST_BESIDE_OPENER + 1):
            if words[index].text.lower() in openers:
                loose.add((words[index].start, piece.stop))
                loose.add((piece.start, words[index].start))
    if len(loose) > _MOST_IN_ALL:
        loose = set()
    parts = []
    for start, stop in sorted(bounded | loose):
        first, last = np.searchsorted(starts, (start, stop)).tolist()
        if last - first >= FEWEST_WORDS and len(words) - (last - first) >= FEWEST_WORDS:
            parts.append(Part(Span(start, stop), last - first, (start, stop) in bounded))
    return parts
