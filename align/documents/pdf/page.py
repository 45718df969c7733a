"""What stands on a page of a PDF: pieces of lines, with their places and sizes.

PDFium gives characters in the order in which the page paints them. Those that stand side by side
on one base line make a fragment; which fragments make a line is told when columns are known.
"""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field
from math import hypot, pi
from typing import TYPE_CHECKING, Any

from align.documents.assembly import is_unspaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK_START, MARK_STOP = "\x0e", "\x0f"
"""Controls around a raised sign that may be the mark of a note; cleaning takes them out."""

_GAP = 0.9  # of the size, after which a fragment ends
_ON_LINE = 0.25  # of the size, by which a base line may differ
_SAME_LINE = 0.4  # of the size, by which base lines of a line may differ
_RAISED = (0.1, 0.8)  # of the size, by which a raised sign stands above the line
_SMALL = 0.85  # of the size of the line: how large raised signs are at most
_UPRIGHT = 0.1  # radians
_HYPHENS = frozenset("\x02\ufffe\u00ad\u2010")
_LIGATURES = range(0xFB00, 0xFB07)


@dataclass(slots=True)
class Fragment:
    """Signs side by side on one base line.

    Attributes:
        text: What they say, raised signs between `MARK_START` and `MARK_STOP`.
        left: Where the first begins, in points from the left of the page.
        right: Where the last ends.
        base: The base line, in points from the bottom of the page.
        size: The size of the largest signs, in points.
        bold: How many are bold.
        page: The page, counted from 1.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: int
    page: int

    @property
    def top(self) -> float:
        """Where its letters end above."""
        return self.base + 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Where its letters end below."""
        return self.base - 0.25 * self.size

    @property
    def is_bold(self) -> bool:
        """Whether nearly all of it is bold."""
        return self.bold >= 0.9 * len(self.text.replace(" ", ""))

    @property
    def is_right_to_left(self) -> bool:
        """Whether most of its letters are written from the right."""
        kinds = [unicodedata.bidirectional(character) for character in self.text]
        return 2 * sum(kind in ("R", "AL") for kind in kinds) > sum(
            kind in ("R", "AL", "L") for kind in kinds
        )


@dataclass(frozen=True, slots=True)
class _Sign:
    """A sign of a page, or a space.

    The space that PDFium adds where the page has none but a gap is told by the sign after it.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    is_bold: bool
    is_after_gap: bool = False


@dataclass(frozen=True, slots=True)
class _Painted:
    size: float
    is_bold: bool
    is_read: bool


_SPACE = _Sign(" ", 0, 0, 0, 0, False)


@dataclass(slots=True)
class _Open:
    """A fragment that grows."""

    parts: list[str] = field(default_factory=list)
    signs: list[_Sign] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)

    def close(self, page: int) -> Fragment | None:
        self.end_mark()
        text = "".join(self.parts).strip()
        if not text:
            return None
        size = max(sign.size for sign in self.signs)
        return Fragment(
            text,
            min(sign.left for sign in self.signs),
            max(sign.right for sign in self.signs),
            next(sign.base for sign in self.signs if sign.size == size),
            size,
            sum(sign.is_bold for sign in self.signs),
            page,
        )

    def end_mark(self) -> None:
        if self.raised:
            self.parts.append(f"{MARK_START}{''.join(self.raised)}{MARK_STOP}")
            self.raised.clear()


def fragments_of(page: Any, number: int) -> list[Fragment]:
    """The fragments of a page, in the order in which it paints them.

    What the file itself calls an artifact (running heads, page numbers) is left out, and so is
    what stands askew, such as a watermark.

    Args:
        page: A page of `pypdfium2`.
        number: The page's number, counted from 1.
    """
    found: list[Fragment] = []
    current = _Open()

    def end() -> None:
        nonlocal current
        closed = current.close(number)
        if closed is not None:
            found.append(closed)
        current = _Open()

    for sign in _signs(page):
        if sign.text == " ":
            if current.parts:
                current.end_mark()
                current.parts.append(" ")
            continue
        if sign.is_after_gap and current.parts and not _is_unspaced(current.parts[-1], sign.text):
            current.end_mark()
            current.parts.append(" ")
        place = _place(current, sign)
        if place == "apart":
            end()
        if place == "raised":
            current.raised.append(sign.text)
            # Its right edge counts, its size does not.
            current.signs.append(sign)
            continue
        current.end_mark()
        current.parts.append(sign.text)
        current.signs.append(sign)
    end()
    return found


def rows_of(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    """The pieces that stand on one line, from the top."""
    row: list[Fragment] = []
    for each in sorted(fragments, key=lambda each: -each.base):
        if row and row[0].base - each.base > _SAME_LINE * max(row[0].size, each.size):
            yield row
            row = []
        row.append(each)
    if row:
        yield row


def _place(current: _Open, sign: _Sign) -> str:
    """Where a sign stands beside the fragment before it: `apart`, `raised` or on the `line`."""
    if not current.signs:
        return "line"
    last = current.signs[-1]
    size = max(sign.size, last.size)
    gap = max(sign.left - last.right, last.left - sign.right)
    if gap > _GAP * size:
        return "apart"
    line = max(current.signs[-8:], key=lambda each: each.size)
    rise = sign.base - line.base
    if sign.size < _SMALL * line.size and _RAISED[0] * line.size < rise < _RAISED[1] * line.size:
        return "raised"
    if line.size < _SMALL * sign.size and -_RAISED[1] * sign.size < rise < 0:
        # A note begins with its raised number.
        current.raised = ["".join((*current.parts, *current.raised)).strip()]
        current.parts.clear()
        return "line"
    return "line" if abs(rise) <= _ON_LINE * size else "apart"


def _is_unspaced(before: str, after: str) -> bool:
    """Whether a gap between two signs is only for the look of it, as beside Chinese characters."""
    return is_unspaced(before[-1]) or is_unspaced(after[0])


def _signs(page: Any) -> Iterator[_Sign]:
    """The signs of a page, in the order in which it paints them."""
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    handle = text_page.raw
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    objects: dict[int, _Painted] = {}
    try:
        high = 0
        is_after_gap = False
        for index in range(pdfium.FPDFText_CountChars(handle)):
            code = pdfium.FPDFText_GetUnicode(handle, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            text = _text_of(code, is_hyphen=pdfium.FPDFText_IsHyphen(handle, index) == 1)
            if text.isspace() or not text:
                if pdfium.FPDFText_IsGenerated(handle, index) == 1:
                    is_after_gap = True
                else:
                    yield _SPACE
                continue
            pdfium.FPDFText_GetLooseCharBox(handle, index, box)
            pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
            painted = _object(handle, index, objects)
            if painted.is_read and painted.size > 0:
                yield _Sign(
                    text,
                    box.left,
                    box.right,
                    y.value,
                    painted.size,
                    painted.is_bold,
                    is_after_gap,
                )
                is_after_gap = False
    finally:
        text_page.close()


def _text_of(code: int, *, is_hyphen: bool) -> str:
    character = chr(code)
    if is_hyphen or character in _HYPHENS:
        return "-"
    return unicodedata.normalize("NFKC", character) if code in _LIGATURES else character


def _object(handle: Any, index: int, known: dict[int, _Painted]) -> _Painted:
    """What the object that paints a sign is like."""
    import pypdfium2.raw as pdfium

    painted = pdfium.FPDFText_GetTextObject(handle, index)
    address = ctypes.cast(painted, ctypes.c_void_p).value or 0
    if not address or address not in known:
        angle = pdfium.FPDFText_GetCharAngle(handle, index) % (2 * pi)
        is_upright = min(angle, 2 * pi - angle) < _UPRIGHT
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(handle, index, matrix)
        known[address] = _Painted(
            size=pdfium.FPDFText_GetFontSize(handle, index) * hypot(matrix.c, matrix.d),
            is_bold=_is_bold(handle, index),
            is_read=is_upright and not (address and _is_artifact(painted)),
        )
    return known[address]


def _is_bold(handle: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium

    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFText_GetFontInfo(handle, index, name, 256, flags)
    called = name.value.decode("utf-8", "replace").casefold()
    return any(word in called for word in ("bold", "black", "heavy", "semibold"))


def _is_artifact(painted: Any) -> bool:
    import pypdfium2.raw as pdfium

    name = (ctypes.c_ushort * 64)()
    length = ctypes.c_ulong()
    for index in range(min(pdfium.FPDFPageObj_CountMarks(painted), 16)):
        mark = pdfium.FPDFPageObj_GetMark(painted, index)
        is_named = pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
        called = bytes(name)[: length.value].decode("utf-16-le", "replace").rstrip("\0")
        if is_named and called == "Artifact":
            return True
    return False
