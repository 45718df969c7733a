"""A text and its edited form: where places of the one are in the other, and its inline codes.

A table or a catalogue carries texts without their inline codes. Where a text comes back changed,
its codes go to where the words beside them stand now.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Literal

import regex

from align.codes import Code, codes_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.codes import Content

Lean = Literal["left", "right"]
"""Beside which of its two neighbours a place stays where something was put between them."""

_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
    r"|[\p{L}\p{M}\p{N}]+|\s+|.",
    regex.DOTALL,
)
_MOST_TOKENS = 4000  # of both forms together; comparing them takes time with the square of it


class EditedText:
    """A text and what somebody made of it.

    >>> edited = EditedText("Ring the bell twice.", "Ring that bell three times.")
    >>> edited.place(9, lean="right"), edited.place(19, lean="left"), edited.place(5, lean="right")
    (10, 26, 5)
    >>> EditedText("Ring the bell.", "Sit down!").place(9, lean="right") is None
    True
    """

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = _tokens(old), _tokens(new)
        self._length = len(new)
        self._same: dict[int, int] = {}
        if len(self._old) + len(self._new) > _MOST_TOKENS:
            return
        words = [[word.casefold() for _, word in tokens] for tokens in (self._old, self._new)]
        matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
        for here, there, size in matcher.get_matching_blocks():
            self._same.update({here + step: there + step for step in range(size)})

    def place(self, at: int, *, lean: Lean) -> int | None:
        """Where a place of the old text is in the new one.

        Args:
            at: The place, as a number of characters before it.
            lean: Where it goes if something was put in there.

        Returns:
            The place; None where the words on both sides of it were changed.
        """
        number = sum(start < at for start, _ in self._old)
        if number and at < sum(map(_length, self._old[:number])):
            return self._within(number - 1, at)
        found = {"left": self._behind(number - 1), "right": self._before(number)}
        other: Lean = "right" if lean == "left" else "left"
        return found[other] if found[lean] is None else found[lean]

    def _within(self, number: int, at: int) -> int | None:
        there = self._same.get(number)
        if there is None or self._new[there][1] != self._old[number][1]:
            return None
        return self._new[there][0] + at - self._old[number][0]

    def _behind(self, number: int) -> int | None:
        """The place behind a token, if it, and before a space the word, is in the new text."""
        if number < 0:
            return 0
        there = self._same.get(number)
        if there is None:
            return None
        if self._old[number][1].isspace() and number:
            beside = self._same.get(number - 1)
            if beside is None or beside != there - 1:
                return None
        return self._new[there][0] + len(self._new[there][1])

    def _before(self, number: int) -> int | None:
        if number == len(self._old):
            return self._length
        there = self._same.get(number)
        if there is None:
            return None
        if self._old[number][1].isspace() and number + 1 < len(self._old):
            beside = self._same.get(number + 1)
            if beside is None or beside != there + 1:
                return None
        return self._new[there][0]

    def parts(self, starts: Sequence[int]) -> tuple[str, ...] | None:
        """The new text cut where parts of the old one began.

        Args:
            starts: Where each part but the first begins in the old text.

        Returns:
            The parts without the white space around them; None where a cut cannot be found again,
            or a part would have no text.
        """
        places = [self.place(start, lean="right") for start in starts]
        cuts = [0, *(place for place in places if place is not None), self._length]
        if None in places or cuts != sorted(cuts):
            return None
        new = "".join(word for _, word in self._new)
        parts = tuple(new[start:stop].strip() for start, stop in pairwise(cuts))
        return parts if all(parts) else None


def _tokens(text: str) -> list[tuple[int, str]]:
    return [(found.start(), found.group()) for found in _TOKEN.finditer(text)]


def _length(token: tuple[int, str]) -> int:
    return len(token[1])


@dataclass(frozen=True, slots=True)
class Carried:
    """An edited text with the codes of what it was.

    Attributes:
        content: The text with the codes that found their places.
        lost: How many did not.
    """

    content: Content
    lost: int


def carried(content: Content, text: str) -> Carried:
    """The codes of a text put into its edited form, where the words beside them are the same.

    A code that opens stays with the word behind it, any other with the word before it. Of a pair
    both find their places, with text between them, or neither is put in. Where texts of their own
    stand within codes, none is.

    Args:
        content: The text as it was, with its codes.
        text: What a reader sees of it now.

    >>> bell = (Code("g", "open", "1"), "Ring", Code("g", "close", "1"), " the bell.")
    >>> found = carried(bell, "Ring that bell, please.")
    >>> [piece if isinstance(piece, str) else piece.role for piece in found.content], found.lost
    (['open', 'Ring', 'close', ' that bell, please.'], 0)
    """
    codes = codes_of(content)
    nothing = Carried((text,), len(codes))
    if any(code.element == "sub" for code in codes):
        return nothing
    edited = EditedText(text_of(content), text)
    stands = _stands(content, edited)
    placed = [each for each in stands if each.at is not None]
    for kept in (placed, [each for each in placed if not each.opens_or_closes]):
        for spaced in (True, False):
            result = _assembled(text, kept, spaced=spaced)
            if kept and text_of(result) == text:
                return Carried(result, len(codes) - len(kept))
    return nothing


@dataclass(slots=True)
class _Stand:
    """A code and where it goes.

    Attributes:
        code: The code.
        at: The place in the new text; None where there is none.
        gap: How many spaces more the file has around it than a reader sees.
    """

    code: Code
    at: int | None
    gap: int = 0

    @property
    def opens_or_closes(self) -> bool:
        return self.code.role != "standalone"


def _stands(content: Content, edited: EditedText) -> list[_Stand]:
    seen, stands = text_of(content), []
    group_of: list[int] = []
    place = 0
    for is_code, pieces in groupby(content, key=lambda piece: isinstance(piece, Code)):
        some = [*pieces]
        before, place = place, place + len(some)
        if not is_code:
            continue
        left, right, gap = _around(seen, content[:before], content[place:])
        for code in some:
            assert isinstance(code, Code)  # noqa: S101 - they were grouped so
            is_open = code.role == "open"
            at = edited.place(right if is_open else left, lean="right" if is_open else "left")
            group_of.append(before)
            stands.append(_Stand(code, at, gap if code is some[0] else 0))
    _keep_whole_pairs(stands, group_of)
    return stands


def _around(seen: str, before: Content, behind: Content) -> tuple[int, int, int]:
    """Where a reader sees the text before codes end and that behind them begin, and the gap."""
    first, last = text_of(before), text_of(behind)
    left = len(first)
    while left and not seen.startswith(first[:left]):
        left -= 1
    size = len(last)
    while size and not seen.endswith(last[len(last) - size :]):
        size -= 1
    return left, len(seen) - size, len(first) + len(last) - len(seen)


def _keep_whole_pairs(stands: list[_Stand], group_of: list[int]) -> None:
    """Takes away the places of pairs of which one has none, or with no text between them."""
    opened: list[int] = []
    for number, stand in enumerate(stands):
        if stand.code.role == "open":
            opened.append(number)
        elif stand.code.role == "close":
            other = next(
                (o for o in reversed(opened) if stands[o].code.key == stand.code.key), None
            )
            if other is None:
                continue
            opened.remove(other)
            first, last = stands[other].at, stand.at
            if group_of[other] == group_of[number]:  # nothing ever stood between them
                stand.at = first
            elif first is None or last is None or first >= last:
                stands[other].at = stand.at = None


def _assembled(text: str, stands: list[_Stand], *, spaced: bool) -> Content:
    """The text with codes in it; spaced, with the spaces around them that their file had."""
    content: list[str | Code] = []
    reached = 0
    for stand in sorted(stands, key=lambda each: each.at or 0):
        at = stand.at or 0
        piece, reached = text[reached:at], max(at, reached)
        if spaced and stand.gap > 0 and not piece.endswith(" "):
            piece += " "
        elif spaced and stand.gap < 0 and piece.endswith(" "):
            piece = piece[:-1]
        content += [piece] if piece else []
        content.append(stand.code)
        if spaced and stand.gap < 0 and text[reached : reached + 1] == " ":
            reached += 1
        elif spaced and stand.gap > 0 and text[at - 1 : at] == " ":
            content.append(" ")
    return (*content, text[reached:]) if text[reached:] else tuple(content)
