"""Lines of a PDF put together to paragraphs, across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from align.documents.assembly import Piece, is_unspaced
from align.documents.captions import is_caption
from align.documents.model import Landmark
from align.documents.pdf.page import MARK_START, MARK_STOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.documents.hyphenation import Hyphens
    from align.documents.model import BlockKind
    from align.documents.pdf.columns import Line

_INDENT = 0.7  # sizes, by which the first line of a paragraph is moved in
_WIDER = 1.3  # of the usual distance of lines, at which a paragraph ends
_OTHER_SIZE = 0.08
_HEADING = 1.12  # of the size of the text
_LONGEST_HEADING = 200  # characters
_BULLET = re.compile(r"(?:[•◦‣▪●○■□◆·–*-]|[\ue000-\uf8ff])\s+(?=\S)")
_SENTENCE_END = re.compile(
    rf"[.!?…。．！？؟।:;][\"'”’»」』)）\]]*(?:{MARK_START}[^{MARK_STOP}]*{MARK_STOP})?\s*\Z"
)
_CONTENTS_ENTRY = re.compile(r"(?:\.\s?){4,}\s*(?:\d{1,4}|[ivxlc]{1,7})\s*\Z", re.IGNORECASE)
_RAISED = re.compile(f"{MARK_START}([^{MARK_STOP}]*){MARK_STOP}")
_BEFORE_MARK = re.compile(r"(?:[.,;:!?…。、，！？)\]\"'”’»」』）]|[^\W\d_]{4})\s?\Z")
_POWERS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


@dataclass(slots=True)
class Column:
    """Lines that are read one after another, and where they begin and end at most."""

    lines: Sequence[Line]
    left: float = field(init=False)
    right: float = field(init=False)
    leading: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(line.left for line in self.lines)
        self.right = max(line.right for line in self.lines)
        self.leading = _leading(self.lines)

    def indent(self, line: Line) -> float:
        """How far a line is moved in, in sizes."""
        gap = self.right - line.right if line.is_right_to_left else line.left - self.left
        return gap / line.size

    def left_over(self, line: Line) -> float:
        """How much of the line's end is empty, in points."""
        return line.left - self.left if line.is_right_to_left else self.right - line.right


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance of base lines, in sizes."""
    steps: Counter[float] = Counter()
    for before, line in pairwise(lines):
        step = (before.base - line.base) / line.size
        if abs(before.size - line.size) < _OTHER_SIZE * line.size and 0.5 < step < 3:
            steps[round(10 * step) / 10] += 1
    # Of two as usual the smaller: paragraphs of one line stand farther apart than lines do.
    return max(steps, key=lambda step: (steps[step], -step)) if steps else 1.3


def pieces_of(
    columns: Sequence[Sequence[Line]],
    *,
    size: float,
    hyphens: Hyphens,
    notes: dict[int, frozenset[str]],
) -> list[Piece]:
    """The blocks of a text.

    Args:
        columns: Its columns in the order in which they are read.
        size: The size of the text.
        hyphens: What knows how parted words are joined.
        notes: The marks of the notes at the foot of each page.
    """
    groups: list[list[Line]] = []
    before: Column | None = None
    for column in (Column(lines) for lines in columns if lines):
        for index, line in enumerate(column.lines):
            last = groups[-1][-1] if groups else None
            if last is None:
                starts = True
            elif index:
                starts = _starts(column, last, line, is_first=len(groups[-1]) == 1)
            else:
                starts = before is None or not _goes_on(before, last, column, line)
            if starts:
                groups.append([line])
            else:
                groups[-1].append(line)
        before = column
    pieces = (_piece(group, size, hyphens, notes) for group in groups)
    return [piece for piece in pieces if piece is not None]


def _starts(column: Column, before: Line, line: Line, *, is_first: bool) -> bool:
    """Whether a line begins a paragraph, the line before it standing above in its column.

    Args:
        column: Theirs.
        before: The line before.
        line: The line.
        is_first: Whether the line before is the first of its paragraph.
    """
    if before.is_cell or line.is_cell or _is_other(before, line):
        return True
    if before.base - line.base > _WIDER * column.leading * line.size:
        return True
    if before.text.endswith("-"):
        return False
    if _BULLET.match(line.text):
        return True
    indent = column.indent(line) - column.indent(before)
    # Below the first line of a list's item the text is moved in as well.
    is_hanging = is_first and _BULLET.match(before.text) is not None
    if indent > _INDENT and not is_hanging:
        return True
    if line.text[:1].islower() and not _SENTENCE_END.search(before.text):
        return False  # it is narrower than the column, such as beside a picture
    return column.left_over(before) > _room_for(line)


def _goes_on(before: Column, last: Line, column: Column, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if last.is_cell or line.is_cell or _is_other(last, line) or _BULLET.match(line.text):
        return False
    if last.text.endswith("-"):
        return True
    if _SENTENCE_END.search(last.text):
        is_full = before.left_over(last) <= _room_for(line)
        return is_full and column.indent(line) < _INDENT and line.text[:1].islower()
    return column.indent(line) < _INDENT or line.text[:1].islower()


def _is_other(before: Line, line: Line) -> bool:
    return abs(before.size - line.size) > _OTHER_SIZE * line.size or before.is_bold != line.is_bold


def _room_for(line: Line) -> float:
    """What the first word of a line takes, and the space before it, in points."""
    text = _RAISED.sub("", line.text)
    width = (line.right - line.left) / max(len(text), 1)
    word = text.split(maxsplit=1)[0] if text.split() else ""
    letters = 4 if word[:1] >= "\u3000" else len(word) + 1
    return width * letters + 0.5 * line.size


def _piece(
    lines: Sequence[Line], size: float, hyphens: Hyphens, notes: dict[int, frozenset[str]]
) -> Piece | None:
    text = ""
    landmarks: list[Landmark] = []
    page = 0
    for line in lines:
        said = _without_marks(line.text, notes.get(line.page, frozenset())).strip()
        hyphen = hyphens.removed(text, said) if text else None
        text = text.removesuffix(hyphen or "")
        if text and hyphen is None and not _joins(text, said):
            text += "\n"
        if line.page != page:
            page = line.page
            landmarks.append(Landmark(len(text), f"page {page}"))
        text += said
    kind: BlockKind = "paragraph"
    bullet = _BULLET.match(text)
    if bullet:
        kind = "list-item"
        text = text[bullet.end() :]
        landmarks = [Landmark(max(each.start - bullet.end(), 0), each.name) for each in landmarks]
    elif is_caption(text):
        kind = "caption"
    elif _is_heading(lines, text, size):
        kind = "heading"
    if not any(sign.isalnum() for sign in text) or _CONTENTS_ENTRY.search(text):
        return None
    return Piece(kind, text, landmarks=tuple(landmarks))


def _joins(text: str, line: str) -> bool:
    """Whether a line goes on where the one before ends, without a space."""
    if not line:
        return True
    if is_unspaced(text[-1]) or is_unspaced(line[0]):
        return True
    if text[-1] in "–—/" and text[-2:-1].isalnum() and line[0].isalnum():
        return True
    # A number may be parted where a text has no spaces at which to part it.
    is_amid_number = (text[-1].isalnum() or text[-1] in ".,") and (
        line[0].isdigit() or line[0] in "%％"
    )
    return is_amid_number and any(map(is_unspaced, text[-20:]))


def _is_heading(lines: Sequence[Line], text: str, size: float) -> bool:
    if len(text) > _LONGEST_HEADING or lines[0].is_cell:
        return False
    is_larger = min(line.size for line in lines) >= _HEADING * size
    is_bold = all(line.is_bold for line in lines) and not _SENTENCE_END.search(text)
    return is_larger or is_bold


def _without_marks(text: str, notes: frozenset[str]) -> str:
    """A line without the marks of notes; powers and indices stay, raised."""

    def shown(match: re.Match[str]) -> str:
        mark = match[1].strip()
        is_number = mark.isdigit() and len(mark) <= 3
        if mark in notes or mark in ("*", "†", "‡"):
            return ""
        if is_number and _BEFORE_MARK.search(text[: match.start()][-6:]):
            return ""  # notes at the end of the text are on no page's foot
        return mark.translate(_POWERS)

    return _RAISED.sub(shown, text)


def text_lines(columns: Iterable[Sequence[Line]]) -> Iterator[str]:
    """The texts of all lines, without raised signs."""
    for column in columns:
        for line in column:
            yield _RAISED.sub("", line.text)
