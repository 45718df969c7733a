"""Matrix products in which every row is summed alike, wherever it stands and whatever is beside it.

A library of linear algebra sums a row in one way or another by how many rows there are and by where
among them the row stands: by the shape of a product, and by what its innermost loop takes together.
So products are made in one of a few shapes, a `Layout`, and which layout is to be trusted on this
machine is found out by trying.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import as_strided

from align.encoders.base import FloatArray
from align.one_core import one_core


@dataclass(frozen=True, slots=True)
class Layout:
    """The shapes of products.

    Attributes:
        sizes: How many rows a product may have, the most first.
        edge: How many rows at either end of a product are filler, for there sums may be others.
        rows_last: Whether the numbers of one row of the result lie apart in memory, which has a
            library sum what would be rows as it sums columns, and the other way round.
    """

    sizes: tuple[int, ...]
    edge: int = 0
    rows_last: bool = False

    def rows_for(self, count: int) -> int:
        """How many rows `multiply` wants of its buffer for so many rows that are wanted."""
        least = self.sizes[-1] - 2 * self.edge
        return -(-count // least) * least + 2 * self.edge

    def multiply(self, buffer: FloatArray, count: int, matrix: FloatArray, out: FloatArray) -> None:
        """Multiplies rows by a matrix.

        Args:
            buffer: `edge` rows of filler, the rows, and filler again, shape (`rows_for(count)`,
                k). Filler may be any finite numbers.
            count: How many rows are wanted.
            matrix: What they are multiplied by, shape (k, n).
            out: Gets the result, shape (count, n).
        """
        at = 0
        for size in self.sizes:
            at = self._many(buffer, at, (count - at) // (size - 2 * self.edge), size, matrix, out)
        if at < count:
            rest = self._product(buffer, at, 1, self.sizes[-1], matrix)[0]
            out[at:] = rest[self.edge : self.edge + count - at]

    def of(self, rows: FloatArray, matrix: FloatArray, out: FloatArray | None = None) -> FloatArray:
        """Multiplies rows that have no filler around them.

        Args:
            rows: The rows, shape (m, k).
            matrix: What they are multiplied by, shape (k, n).
            out: Gets the result; a new array does if there is none.

        Returns:
            The result, shape (m, n).
        """
        count = len(rows)
        if out is None:
            out = np.empty((count, matrix.shape[1]), np.float32)
        if count:
            buffer = np.zeros((self.rows_for(count), rows.shape[1]), np.float32)
            buffer[self.edge : self.edge + count] = rows
            self.multiply(buffer, count, matrix, out)
        return out

    def _many(
        self,
        buffer: FloatArray,
        at: int,
        number: int,
        size: int,
        matrix: FloatArray,
        out: FloatArray,
    ) -> int:
        """Makes products that are wanted whole; returns how many rows are done then."""
        if not number:
            return at
        wanted = size - 2 * self.edge
        stop = at + number * wanted
        into = out[at:stop].reshape(number, wanted, -1)
        if self.edge or self.rows_last:
            made = self._product(buffer, at, number, size, matrix)
            into[:] = made[:, self.edge : size - self.edge]
        else:
            np.matmul(buffer[at:stop].reshape(number, size, -1), matrix, out=into)
        return stop

    def _product(
        self, buffer: FloatArray, at: int, number: int, size: int, matrix: FloatArray
    ) -> FloatArray:
        step, column = buffer.strides
        stack = as_strided(  # the filler of each is the last or the first rows that another wants
            buffer[at:],
            (number, size, buffer.shape[1]),
            ((size - 2 * self.edge) * step, step, column),
            writeable=False,
        )
        width = matrix.shape[1]
        if self.rows_last:
            made = np.empty((number, width, size), np.float32).swapaxes(1, 2)
        else:
            made = np.empty((number, size, width), np.float32)
        return np.matmul(stack, matrix, out=made)


LAYOUTS = (
    Layout((64,)),
    # OpenBLAS for AVX2 goes over twelve at a time on one side, and sums the first six in another
    # way than the others; on the other side all but the first and the last eight are summed alike.
    Layout((272, 80), edge=8, rows_last=True),
)
"""Those that are tried, the quickest first."""


def trusted_layout(matrices: Sequence[FloatArray]) -> Layout | None:
    """The first layout in which all rows are summed alike on this machine.

    Args:
        matrices: What rows will be multiplied by; of each shape one is tried.

    Returns:
        The layout; None where there is none. Tried with a row that is repeated, in products of
        each size and of a part of one.
    """
    by_shape = {matrix.shape: matrix for matrix in matrices}
    with one_core():
        for layout in LAYOUTS:
            if all(_is_summed_alike(layout, matrix) for matrix in by_shape.values()):
                return layout
    return None


def _is_summed_alike(layout: Layout, matrix: FloatArray) -> bool:
    row = np.random.default_rng(0).standard_normal(len(matrix), np.float32)
    count = sum(size - 2 * layout.edge for size in layout.sizes) + 1
    made = layout.of(np.tile(row, (count, 1)), matrix)
    return bool((made == made[0]).all())
