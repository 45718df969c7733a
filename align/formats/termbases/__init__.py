"""Termbases out and in, one module a format.

`TERMBASE_WRITERS` is the one list of the formats that a termbase of any languages can be written
in; `read_termbase` reads them all, telling them apart by their content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from align.termbases.model import Termbase

__all__ = ["TERMBASE_WRITERS", "read_termbase", "write_termbase"]

_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read_termbase(path: Path | str, *, languages: tuple[str, str] | None = None) -> Termbase:
    """Reads a termbase, whatever its format: TBX 2 or 3, XLSX, CSV, TSV, OmegaT's glossary.

    Args:
        path: The file.
        languages: Source and target, for files that name neither in a header nor in their name
            (`terms.en-ja.csv`).

    Raises:
        InputError: If the file cannot be read, or is in none of the formats; the message names
            the line where there is one.
    """
    from align.formats.files import open_for_reading

    if str(path) == "-":
        raise InputError("a termbase is read from a file; name one")
    with open_for_reading(path) as stream:
        start = stream.read(256)
    if start.startswith(b"PK\x03\x04"):
        from align.formats.termbases.xlsx import read_xlsx

        return read_xlsx(path, languages=languages)
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    if start.replace(b"\0", b"").lstrip().startswith(b"<"):
        from align.formats.termbases.tbx import read_tbx

        return read_tbx(path)
    return _read_text(path, languages)


def _read_text(path: Path | str, languages: tuple[str, str] | None) -> Termbase:
    """Reads a table; one with tabs and without a header is a glossary, unless it has statuses."""
    from align.formats.files import read_text
    from align.formats.termbases.delimited import read_delimited
    from align.formats.termbases.glossary import read_glossary
    from align.formats.termbases.table import is_header, third_column_is_status

    lines = [line for line in read_text(path).split("\n") if line.strip() and line[0] != "#"]
    rows = [(0, line.split("\t")) for line in lines]
    if (
        not rows
        or max(len(row) for _, row in rows) not in (2, 3)
        or is_header(rows[0][1])
        or third_column_is_status(rows)
    ):
        return read_delimited(path, languages=languages)
    return read_glossary(path, languages=languages)


def _tbx(path: Path | str, termbase: Termbase) -> None:
    from align.formats.termbases.tbx import write_tbx

    write_tbx(path, termbase)


def _tbx2(path: Path | str, termbase: Termbase) -> None:
    from align.formats.termbases.tbx import write_tbx

    write_tbx(path, termbase, version=2)


def _csv(path: Path | str, termbase: Termbase) -> None:
    from align.formats.termbases.delimited import write_delimited

    write_delimited(path, termbase)


def _tsv(path: Path | str, termbase: Termbase) -> None:
    from align.formats.termbases.delimited import write_delimited

    write_delimited(path, termbase, delimiter="\t")


def _xlsx(path: Path | str, termbase: Termbase) -> None:
    from align.formats.termbases.xlsx import write_xlsx

    write_xlsx(path, termbase)


TERMBASE_WRITERS: Mapping[str, Callable[[Path | str, Termbase], None]] = {
    "tbx": _tbx,
    "tbx2": _tbx2,
    "csv": _csv,
    "tsv": _tsv,
    "xlsx": _xlsx,
}


def write_termbase(path: Path | str, termbase: Termbase, *, to: str) -> None:
    """Writes a termbase in one of the formats of `TERMBASE_WRITERS`.

    Raises:
        InputError: If there is no such format, or it cannot hold the termbase.
        OutputError: If the file cannot be written.
    """
    if to not in TERMBASE_WRITERS:
        raise InputError(f"unknown format {to!r}; there are {', '.join(TERMBASE_WRITERS)}")
    TERMBASE_WRITERS[to](path, termbase)
