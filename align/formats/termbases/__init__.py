"""Termbases out and in, one module a format.

`TERMBASE_WRITERS` has the formats that a termbase of any languages can be written in;
`read_termbase` reads those of `TERMBASE_READERS`, told apart by how they begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.registry import TERMBASE_READERS, TERMBASE_WRITERS
from align.skipped import Skipped

if TYPE_CHECKING:
    from pathlib import Path

    from align.termbases.model import Termbase

__all__ = ["TERMBASE_WRITERS", "read_termbase", "write_termbase"]

_OTHERWISE = "CSV, TSV or a glossary of OmegaT"
"""What a file is that no format recognises."""


def read_termbase(
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Reads a termbase, whatever its format: TBX 2 or 3, MultiTerm, XLSX, CSV, TSV, a glossary.

    One odd item does not cost the file: it is passed over, or read as well as it can be.

    Args:
        path: The file.
        languages: Source and target, for files that name neither in a header nor in their name
            (`terms.en-ja.csv`).
        skipped: Is told what is passed over.

    Raises:
        InputError: If the file cannot be read, or is in none of the formats; the message names
            the line where there is one.
    """
    if str(path) == "-":
        raise InputError("a termbase is read from a file; name one")
    reader = TERMBASE_READERS.of_file(path) or TERMBASE_READERS[_OTHERWISE]
    return reader.read(path, languages=languages, skipped=skipped or Skipped())


@TERMBASE_READERS.register(_OTHERWISE, endings=(".csv", ".tsv", ".txt"))
def read_table_or_glossary(
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Reads a table; one with tabs and without a header is a glossary, unless it has statuses."""
    from align.formats.files import read_text_of_any_kind
    from align.formats.termbases.delimited import read_delimited
    from align.formats.termbases.glossary import read_glossary
    from align.formats.termbases.table import is_header, third_column_is_status

    text = read_text_of_any_kind(path)
    lines = [line for line in text.split("\n") if line.strip() and line[0] != "#"]
    if (
        not lines
        or max(line.count("\t") for line in lines) not in (1, 2)
        or is_header(lines[0].split("\t"))
        or third_column_is_status(line.split("\t") for line in lines)
    ):
        return read_delimited(path, languages=languages, skipped=skipped)
    return read_glossary(path, languages=languages, skipped=skipped)


def write_termbase(path: Path | str, termbase: Termbase, *, to: str) -> None:
    """Writes a termbase in one of the formats of `TERMBASE_WRITERS`.

    Raises:
        InputError: If there is no such format, or it cannot hold the termbase.
        OutputError: If the file cannot be written.
    """
    TERMBASE_WRITERS.write(path, termbase, to=to)
