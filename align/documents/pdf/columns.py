"""In which order the pieces of a page are read: columns one after another, tables row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from align.documents.assembly import is_unspaced
from align.documents.pdf.page import Fragment, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOLERANCE = 2.0  # points, by which a piece may reach beyond its column
_GUTTER = 0.6  # of the size, the least distance of two columns
_LEAST_LINES = 3  # that stand beside each other where there are columns
_PROSE = 7.0  # sizes, the median length of a line of prose at least
_CELL = 2.0  # sizes, the distance of two cells of a row
_MOST_FRAGMENTS = 2_000  # of a page that are looked at for columns
_MOST_EDGES = 40  # at which columns may begin
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


class Columns:
    """Finds the columns of pages; where a page has had some, a few lines are enough on the next."""

    def __init__(self) -> None:
        self._gutters: list[tuple[float, float]] = []  # where they begin and end
        self._is_backwards = False

    def of(self, fragments: Sequence[Fragment]) -> list[list[Line]]:
        """The columns of a page in the order in which they are read, each its lines from the top.

        What stands above, below or between columns makes columns of its own.
        """
        if not fragments:
            return []
        backwards = 2 * sum(each.is_right_to_left for each in fragments) > len(fragments)
        self._is_backwards = backwards
        return [
            list(_lines(column, backwards=backwards))
            for column in self._ordered(list(fragments), backwards=backwards, depth=0)
        ]

    def _ordered(
        self, fragments: list[Fragment], *, backwards: bool, depth: int
    ) -> Iterator[list[Fragment]]:
        """Parts the pieces at the gutter that the most lines stand beside, and each part again."""
        edge = None
        if depth < _DEEPEST and len(fragments) <= _MOST_FRAGMENTS:
            edge = self._best_edge(fragments)
        if edge is None:
            yield fragments
            return
        for band, is_parted in self._bands(fragments, edge):
            if not is_parted:
                yield band
                continue
            sides = _sides(band, edge)
            gutter = _gutter(*sides)
            if not depth and gutter not in self._gutters:
                self._gutters = [*self._gutters, gutter][-_MOST_EDGES:]
            for side in reversed(sides) if backwards else sides:
                yield from self._ordered(side, backwards=backwards, depth=depth + 1)

    def _best_edge(self, fragments: Sequence[Fragment]) -> float | None:
        """The edge at which the second of two columns begins that the most lines stand in."""
        best, found = 0.0, None
        for edge in self._edges(fragments):
            height = 0.0
            width = float("inf")
            for band, is_parted in self._bands(fragments, edge):
                if is_parted:
                    left, right = _sides(band, edge)
                    height += _beside(left, right)
                    begin, end = _gutter(left, right)
                    width = min(width, end - begin)
            if height and height + 0.01 * width > best:
                best, found = height + 0.01 * width, edge
        return found

    def _edges(self, fragments: Sequence[Fragment]) -> list[float]:
        """Just before where several lines begin, or the gutters of pages before end."""
        if self._is_backwards:
            starts = Counter(round(each.right) + 1 for each in fragments)
        else:
            starts = Counter(round(each.left) - 1 for each in fragments)
        several = [edge for edge, count in starts.most_common(_MOST_EDGES) if count > 1]
        known = {round(end) - 1 for _, end in self._gutters}
        return [float(edge) for edge in sorted({*several, *known})]

    def _bands(
        self, fragments: Sequence[Fragment], edge: float
    ) -> Iterator[tuple[list[Fragment], bool]]:
        """The pieces from the top, parted where some cross the edge; whether it parts columns."""
        band: list[Fragment] = []
        whole: list[Fragment] = []  # what is not parted, one after another
        for each in sorted(fragments, key=lambda each: -each.top):
            if each.left < edge - _TOLERANCE and each.right > edge + _TOLERANCE:
                if band:
                    if self._is_parted(band, edge):
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
        if band and self._is_parted(band, edge):
            if whole:
                yield whole, False
            yield band, True
        elif whole or band:
            yield [*whole, *band], False

    def _is_parted(self, band: Sequence[Fragment], edge: float) -> bool:
        """Whether two columns of prose stand beside each other, not the cells of a table."""
        left, right = _sides(band, edge)
        if not left or not right:
            return False
        size = median(each.size for each in band)
        begin, end = _gutter(left, right)
        if end - begin < _GUTTER * size:
            return False
        if any(abs(end - known) < 0.5 * size and begin < known for _, known in self._gutters):
            return True
        if min(len(left), len(right)) < _LEAST_LINES:
            return False
        if _beside(left, right) < _LEAST_LINES * size:
            return False
        # Gaps between words that happen to lie below one another have no edge in common.
        lines = (_extents(left), _extents(right))
        start = 1 if self._is_backwards else 0
        return all(
            median(stop - begin for begin, stop in side) >= _PROSE * size
            and _is_flush([line[start] for line in side], size)
            for side in lines
        )


def _sides(band: Sequence[Fragment], edge: float) -> tuple[list[Fragment], list[Fragment]]:
    """The pieces on the left of an edge and those on its right."""
    left = [each for each in band if each.right <= edge + _TOLERANCE]
    return left, [each for each in band if each.right > edge + _TOLERANCE]


def _gutter(left: Sequence[Fragment], right: Sequence[Fragment]) -> tuple[float, float]:
    """Where the gap between two columns begins and ends."""
    return max(each.right for each in left), min(each.left for each in right)


def _extents(side: Sequence[Fragment]) -> list[tuple[float, float]]:
    """Where each line of a column begins and ends."""
    return [
        (min(each.left for each in row), max(each.right for each in row)) for row in rows_of(side)
    ]


def _is_flush(edges: Sequence[float], size: float) -> bool:
    """Whether at least half of some edges are the same."""
    return any(
        2 * sum(abs(edge - each) < 0.3 * size for each in edges) >= len(edges) for edge in edges
    )


def _beside(left: Sequence[Fragment], right: Sequence[Fragment]) -> float:
    """The height over which two columns stand beside each other."""
    top = min(max(each.top for each in left), max(each.top for each in right))
    bottom = max(min(each.bottom for each in left), min(each.bottom for each in right))
    return max(top - bottom, 0.0)


def _lines(column: Sequence[Fragment], *, backwards: bool) -> Iterator[Line]:
    """The lines of a column; pieces far apart on one line are cells."""
    is_justified = _is_justified(column)
    for row in rows_of(column):
        row.sort(key=lambda each: -each.right if backwards else each.left)
        cells: list[list[Fragment]] = [row[:1]]
        for before, each in pairwise(row):
            gap = before.left - each.right if backwards else each.left - before.right
            if not is_justified and gap > _CELL * max(before.size, each.size):
                cells.append([])
            cells[-1].append(each)
        cells = _without_bullets_of_their_own(cells)
        for cell in cells:
            size = max(each.size for each in cell)
            yield Line(
                _joined(cell),
                min(each.left for each in cell),
                max(each.right for each in cell),
                next(each.base for each in cell if each.size == size),
                size,
                all(each.is_bold for each in cell),
                cell[0].page,
                len(cells) > 1,
                backwards,
            )


def _joined(cell: Sequence[Fragment]) -> str:
    text = cell[0].text
    for each in cell[1:]:
        text += each.text if is_unspaced(text[-1]) or is_unspaced(each.text[0]) else f" {each.text}"
    return text


def _is_justified(column: Sequence[Fragment]) -> bool:
    """Whether most lines end at one edge, so that the gaps in them are those of words.

    In a table that ends so, too, most rows have wide gaps.
    """
    rows = list(rows_of(column))
    edge = max(each.right for each in column)
    full = sum(max(each.right for each in row) > edge - 0.5 * row[0].size for row in rows)
    parted = sum(_widest_gap(row) > _CELL * row[0].size for row in rows)
    return len(rows) >= _LEAST_LINES and 2 * full > len(rows) > 2 * parted


def _widest_gap(row: Sequence[Fragment]) -> float:
    ordered = sorted(row, key=lambda each: each.left)
    return max((each.left - before.right for before, each in pairwise(ordered)), default=0.0)


def _without_bullets_of_their_own(cells: list[list[Fragment]]) -> list[list[Fragment]]:
    """A mark of a list that stands far before its text belongs to it."""
    first = " ".join(each.text for each in cells[0])
    is_mark = len(first) <= 4 and not first.isdigit() and not any(map(str.isalpha, first))
    return [[*cells[0], *cells[1]], *cells[2:]] if len(cells) > 1 and is_mark else cells
