"""Termbases as CSV and TSV, see `align.formats.termbases.table`."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.cells import NumberedRow, as_text, as_written, holds_several_rows
from align.formats.registry import termbase_writer
from align.formats.termbases.limits import must_not_be_too_many
from align.formats.termbases.table import table_of, termbase_of_rows
from align.skipped import Skipped

if TYPE_CHECKING:
    from pathlib import Path

    from align.termbases.model import Termbase

_DELIMITERS = "\t,;"
_DECLARED = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)  # a first line that Excel understands
_LINES_LOOKED_AT = 50
_FEWEST_ROWS = 2  # a header alone holds nothing
_MOST_SLIPS = 100  # after each of which the rest is read anew


def read_delimited(
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Reads a table of terms whose cells are parted by tabs, commas or semicolons.

    Args:
        path: The file, in UTF-8, UTF-16 or as Excel writes it; `-` is standard input.
        languages: Of source and target, where the file does not say it.
        skipped: Is told what is passed over.

    Raises:
        InputError: If the file cannot be read or a row does not do; the message names the line.
    """
    skipped = skipped or Skipped()
    return termbase_of_rows(rows_of(path, skipped), path, languages=languages, skipped=skipped)


@termbase_writer("tsv", "a termbase as a table, parted by tabs", endings=(".tsv",))
def write_tabbed(path: Path | str, termbase: Termbase) -> None:
    """Writes a termbase as a table; see `write_delimited`."""
    write_delimited(path, termbase, delimiter="\t")


@termbase_writer("csv", "a termbase as a table, parted by commas", endings=(".csv",))
def write_delimited(path: Path | str, termbase: Termbase, *, delimiter: str = ",") -> None:
    """Writes a termbase as a table, a column a language; `read_delimited` reads the same back.

    The title of the termbase is the one thing such a table cannot hold.

    Args:
        path: The file; `-` is standard output.
        termbase: What to write.
        delimiter: What parts the cells: a comma, a semicolon or a tab.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    columns, rows = table_of(termbase)
    with open_for_writing(path) as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow([head for head, _ in columns])
        writer.writerows([as_text(cell) for cell in row] for row in rows)


def rows_of(path: Path | str, skipped: Skipped) -> list[NumberedRow]:
    """The rows of a delimited file, whatever parts its cells.

    The apostrophe goes that keeps a cell from being a formula, see `align.formats.cells`.

    Args:
        path: The file.
        skipped: Is told what is passed over.

    Raises:
        InputError: If it cannot be read, is no table, or has more rows than a termbase may have.
    """
    from align.formats.files import read_text_of_any_kind

    text = read_text_of_any_kind(path)
    if '"' not in text:  # a line is a row then, and can be counted before rows take memory
        must_not_be_too_many(text.count("\n"), path)
    rows = rows_of_text(text, path, skipped)
    must_not_be_too_many(len(rows), path)
    return rows


def rows_of_text(text: str, path: Path | str, skipped: Skipped) -> list[NumberedRow]:
    """The rows of the text of such a file; a line with a stray quotation mark is passed over.

    Raises:
        InputError: If it has a hundred of them, or nothing else.
    """
    lines = io.StringIO(text, newline="").readlines()
    declared = _DECLARED.match(text)
    delimiter = declared[1] if declared else _delimiter(text)
    rows: list[NumberedRow] = []
    slips: list[InputError] = []
    start = 1 if declared else 0
    while len(slips) < _MOST_SLIPS:
        reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
        line = start
        try:
            for row in reader:
                width = len(rows[0][1]) if rows else len(row)
                if delimiter == "\t" and holds_several_rows(row, width):
                    raise csv.Error("a quotation mark makes one row of several")
                rows.append((line + 1, [as_written(cell) for cell in row]))
                line = start + reader.line_num
        except csv.Error as error:
            start = line + 1
            slips.append(InputError(f"not a table: {error}", path=path, line=start))
            skipped.add("a row with a stray quotation mark", start)
        else:
            break
    if slips and (len(slips) == _MOST_SLIPS or len(rows) < _FEWEST_ROWS):
        raise slips[0]
    return rows


def _delimiter(text: str) -> str:
    """The delimiter in the first line that cuts most lines into equally many cells."""
    lines = text.splitlines(keepends=True)[:_LINES_LOOKED_AT]
    head = "".join(lines)
    # Cells of several lines may hold more semicolons than the table has rows; its heads do not.
    there = [delimiter for delimiter in _DELIMITERS if lines and delimiter in lines[0]]

    def regularity(delimiter: str) -> tuple[int, int]:
        try:
            widths = [
                len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
            ]
        except csv.Error:
            return 0, 0
        wide = [width for width in widths if width > 1]
        return max((wide.count(width) for width in wide), default=0), -len(set(wide))

    return max(there or _DELIMITERS, key=regularity)  # the first of equals
