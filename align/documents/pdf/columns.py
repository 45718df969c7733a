"""In which order the pieces of a page are read: columns one after another, tables row by row."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from align.documents.pdf.page import Fragment, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_GUTTER = 0.6  # of the size, the least distance of two columns
_LEAST_LINES = 3  # that stand beside each other where there are columns
_PROSE = 7.0  # sizes, the median length of a line of prose at least
_CELL = 2.0  # sizes, the distance of two cells of a row
_MOST_FRAGMENTS = 2_000  # of a page that are looked at for columns
_DEEPEST = 4  # columns within columns


@dataclass(slots=True)
class Line:
    """A line of text, or a cell's line.

    Attributes:
        text: What it says.
        left: Where it begins, in points from the left of the page.
        right: Where it ends.
        base: Its base line.
        size: The size of its signs, in points.
        is_bold: Whether it is bold.
        page: The page, counted from 1.
        is_cell: Whether other cells stand beside it.
        is_right_to_left: Whether it is read from the right.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    is_bold: bool
    page: int
    is_cell: bool
    is_right_to_left: bool


def columns_of(fragments: Sequence[Fragment]) -> list[list[Line]]:
    """The columns of a page in the order in which they are read, each its lines from the top.

    What stands above, below or between columns makes columns of its own.
    """
    if not fragments:
        return []
    backwards = 2 * sum(each.is_right_to_left for each in fragments) > len(fragments)
    return [
        list(_lines(column, backwards=backwards))
        for column in _ordered(list(fragments), backwards=backwards, depth=0)
    ]


def _ordered(
    fragments: list[Fragment], *, backwards: bool, depth: int
) -> Iterator[list[Fragment]]:
    """Parts the pieces at the gutter that the most lines stand beside, and each part again."""
    edge = None
    if depth < _DEEPEST and 2 * _LEAST_LINES <= len(fragments) <= _MOST_FRAGMENTS:
        edge = _best_edge(fragments)
    if edge is None:
        yield fragments
        return
    for band, is_parted in _bands(fragments, edge):
        if not is_parted:
            yield band
            continue
        sides = [
            [each for each in band if each.right <= edge],
            [each for each in band if each.right > edge],
        ]
        for side in reversed(sides) if backwards else sides:
            yield from _ordered(side, backwards=backwards, depth=depth + 1)


def _best_edge(fragments: Sequence[Fragment]) -> float | None:
    """The right edge of the column after which the widest gutter of the most lines lies."""
    best, found = 0.0, None
    for edge in sorted({round(each.right, 1) + 0.1 for each in fragments}):
        height = 0.0
        width = float("inf")
        for band, is_parted in _bands(fragments, edge):
            if is_parted:
                left = [each for each in band if each.right <= edge]
                right = [each for each in band if each.right > edge]
                height += _beside(left, right)
                width = min(width, _width(left, right))
        if height and height + 0.01 * width > best:
            best, found = height + 0.01 * width, edge
    return found


def _bands(
    fragments: Sequence[Fragment], edge: float
) -> Iterator[tuple[list[Fragment], bool]]:
    """The pieces from the top, parted where some cross the edge; whether columns are beside it."""
    band: list[Fragment] = []
    whole: list[Fragment] = []  # what is not parted, one after another
    for each in sorted(fragments, key=lambda each: -each.top):
        if each.left < edge < each.right:
            if band:
                if _is_parted(band, edge):
                    if whole:
                        yield whole, False
                    yield band, True
                    whole = []
                else:
                    whole = [*whole, *band]
                band = []
            whole.append(each)
        else:
            band.append(each)
    if band and _is_parted(band, edge):
        if whole:
            yield whole, False
        yield band, True
    elif whole or band:
        yield [*whole, *band], False


def _is_parted(band: Sequence[Fragment], edge: float) -> bool:
    """Whether two columns of prose stand beside each other, rather than the cells of a table."""
    left = [each for each in band if each.right <= edge]
    right = [each for each in band if each.right > edge]
    size = median(each.size for each in band)
    if len(left) < _LEAST_LINES or len(right) < _LEAST_LINES or _width(left, right) < _GUTTER * size:
        return False
    if _beside(left, right) < _LEAST_LINES * size:
        return False
    return all(median(_line_lengths(side)) >= _PROSE * size for side in (left, right))


def _width(left: Sequence[Fragment], right: Sequence[Fragment]) -> float:
    return min(each.left for each in right) - max(each.right for each in left)


def _beside(left: Sequence[Fragment], right: Sequence[Fragment]) -> float:
    """The height over which two columns stand beside each other."""
    top = min(max(each.top for each in left), max(each.top for each in right))
    bottom = max(min(each.bottom for each in left), min(each.bottom for each in right))
    return max(top - bottom, 0.0)


def _line_lengths(side: Sequence[Fragment]) -> list[float]:
    return [
        max(each.right for each in row) - min(each.left for each in row) for row in rows_of(side)
    ]


def _lines(column: Sequence[Fragment], *, backwards: bool) -> Iterator[Line]:
    """The lines of a column; pieces far apart on one line are cells."""
    is_justified = _is_justified(column)
    for row in rows_of(column):
        row.sort(key=lambda each: -each.right if backwards else each.left)
        cells: list[list[Fragment]] = [row[:1]]
        for before, each in zip(row, row[1:], strict=False):
            gap = before.left - each.right if backwards else each.left - before.right
            if not is_justified and gap > _CELL * max(before.size, each.size):
                cells.append([])
            cells[-1].append(each)
        cells = _without_bullets_of_their_own(cells)
        for cell in cells:
            size = max(each.size for each in cell)
            yield Line(
                " ".join(each.text for each in cell),
                min(each.left for each in cell),
                max(each.right for each in cell),
                next(each.base for each in cell if each.size == size),
                size,
                all(each.is_bold for each in cell),
                cell[0].page,
                len(cells) > 1,
                backwards,
            )


def _is_justified(column: Sequence[Fragment]) -> bool:
    """Whether most lines end at one edge, so that the gaps in them are those of words."""
    rows = list(rows_of(column))
    edge = max(each.right for each in column)
    full = sum(max(each.right for each in row) > edge - 0.5 * row[0].size for row in rows)
    return len(rows) >= _LEAST_LINES and 2 * full > len(rows)


def _without_bullets_of_their_own(cells: list[list[Fragment]]) -> list[list[Fragment]]:
    """A mark of a list that stands far before its text belongs to it."""
    first = " ".join(each.text for each in cells[0])
    if len(cells) > 1 and len(first) <= 4 and not any(sign.isalpha() for sign in first):
        if not first.isdigit():
            return [[*cells[0], *cells[1]], *cells[2:]]
    return cells
