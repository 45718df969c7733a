"""What a corpus is made of: rows of a JSONL, CSV, TSV or Parquet file, or the files of a folder.

A row names a document and gives its two texts, or many editions; each text is in the row or in a
file that the row names, relative to the manifest. Columns beside those known here are kept.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TextIO

from align.corpus.folders import editions_below
from align.errors import InputError, MissingExtraError
from align.formats.cells import holds_several_rows

LONGEST_LINE = 64_000_000
"""Characters of the longest line of a JSONL manifest, and of the longest cell of a table."""

KNOWN = frozenset(
    {"id", "editions"}
    | {f"{side}{what}" for side in ("source", "target") for what in ("", "_path", "_language")}
)
"""Columns that say what is to be aligned."""

EDITION_PREFIXES = ("text_", "path_")
"""What columns with the text or the path of one edition start with; a language's tag follows."""

Row = Mapping[str, Any]
"""A row as the manifest has it, by column."""


class Manifest(Protocol):
    """What is to be aligned.

    Attributes:
        base: Folder that paths in it are relative to.
        count: How many rows it has.
        digest: SHA-256 of what it holds.
        columns: Further columns, to be kept.
        passed_over: Files of a folder that are not aligned, for their paths name no language.
        repeated: Ids that several rows of the same languages have.
    """

    base: Path
    count: int
    digest: str
    columns: tuple[str, ...]
    passed_over: tuple[str, ...]
    repeated: tuple[str, ...]

    def rows(self, start: int, stop: int) -> Iterator[Row | InputError]:
        """Some rows in order; an error in place of one that cannot be read."""
        ...


def open_manifest(place: Path, *, output: Path | None = None) -> Manifest:
    """Opens a manifest and looks through it once, holding no more than a row of it.

    Args:
        place: A file (`.jsonl`, `.csv`, `.tsv`, `.parquet`), a folder, or a pattern of paths with
            `{lang}` in it.
        output: Folder that the corpus is written to; where it lies in the folder of the texts,
            what it holds is no text of the corpus.

    Raises:
        InputError: If it cannot be read or holds nothing.
        MissingExtraError: If it is Parquet and pyarrow is not installed.
    """
    if place.is_dir() or "{lang}" in str(place):
        manifest: Manifest = _Folder(place, output)
    else:
        kinds: dict[str, Callable[[Path], Manifest]] = {
            ".jsonl": _JsonLines,
            ".csv": _Table,
            ".tsv": _Table,
            ".parquet": _Parquet,
        }
        if place.suffix.lower() not in kinds:
            raise InputError(
                f"is no manifest; one ends in {', '.join(kinds)}, or is a folder of texts or a "
                "pattern of paths with {lang} in it",
                path=place,
            )
        if not place.is_file():
            raise InputError("no such file", path=place)
        try:
            manifest = kinds[place.suffix.lower()](place)
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", path=place) from error
    if not manifest.count:
        raise InputError("holds no documents", path=place)
    return manifest


def pyarrow_for(what: str) -> Any:
    """The package pyarrow.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtraError(what, "parquet") from None
    return pyarrow


def further(columns: Sequence[str]) -> tuple[str, ...]:
    """Those columns that say nothing of what is to be aligned, in order."""
    return tuple(
        name
        for name in dict.fromkeys(columns)
        if name not in KNOWN and not name.startswith(EDITION_PREFIXES)
    )


class _Ids:
    """Notices which ids come twice, in sixteen bytes or so for each.

    Two rows of one document in other languages are no such case.
    """

    COLUMNS = ("id", "source_language", "target_language")

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._twice: dict[str, None] = {}

    def see(self, row: Row) -> None:
        """Takes a row, of which these columns will do."""
        name = row.get("id")
        if name is None or name == "":
            return
        key = hash(tuple(str(row.get(column) or "") for column in self.COLUMNS))
        if key in self._seen:
            self._twice[str(name)] = None
        self._seen.add(key)

    @property
    def twice(self) -> tuple[str, ...]:
        """Those that came twice, in order."""
        return tuple(self._twice)


class _JsonLines:
    """An object a line; lines of white space are no rows."""

    passed_over: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        self.base = path.parent
        self.count = 0
        digest = hashlib.sha256()
        names: dict[str, None] = {}
        ids = _Ids()
        with path.open("rb") as stream:
            for line in _lines(stream, path):
                digest.update(line)
                if line.strip():
                    self.count += 1
                    if isinstance(row := _parsed(line), dict):
                        names.update(dict.fromkeys(row))
                        ids.see(row)
        self.digest = digest.hexdigest()
        self.columns = further(list(names))
        self.repeated = ids.twice

    def rows(self, start: int, stop: int) -> Iterator[Row | InputError]:
        with self._path.open("rb") as stream:
            numbered = (
                (number, line)
                for number, line in enumerate(_lines(stream, self._path), start=1)
                if line.strip()
            )
            for number, line in islice(numbered, start, stop):
                row = _parsed(line)
                if isinstance(row, dict):
                    yield row
                else:
                    yield InputError(row, path=self._path, line=number)


def _lines(stream: Any, path: Path) -> Iterator[bytes]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise InputError(
                f"has more than {LONGEST_LINE:,} bytes in a line", path=path, line=number
            )
        yield line


def _parsed(line: bytes) -> dict[str, Any] | str:
    """The object in a line, or what is wrong with it."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return f"is not JSON: {str(error)[:80]}"
    return row if isinstance(row, dict) else "is no JSON object"


_QUOTED = (
    "a cell that begins with a quotation mark ends with one, and doubles those within; JSONL has "
    "no such rule"
)


def _must_have_ids(columns: Sequence[str], path: Path) -> None:
    """Refuses a table that names no document, before each of its rows is."""
    if "id" not in columns:
        there = ", ".join(columns)
        raise InputError(f"has no column 'id'; there are {there:.200}", path=path)


class _Table:
    """A table with a header, its cells parted by commas or tabs."""

    passed_over: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        self._dialect = "excel-tab" if path.suffix.lower() == ".tsv" else "excel"
        self.base = path.parent
        with path.open("rb") as stream:
            self.digest = hashlib.file_digest(stream, "sha256").hexdigest()
        with self._open() as (header, rows):
            self.columns = further(header)
            self.count, self.repeated = self._counted(header, rows)
        if not header:
            raise InputError("has no header", path=path)
        _must_have_ids(header, path)
        if twice := [name for name, count in Counter(header).items() if name and count > 1]:
            raise InputError(f"has the column {twice[0]!r} twice; rename one", path=path, line=1)

    @staticmethod
    def _counted(header: list[str], rows: Iterator[list[str]]) -> tuple[int, tuple[str, ...]]:
        places = [(name, header.index(name)) for name in _Ids.COLUMNS if name in header]
        ids, count = _Ids(), 0
        for count, cells in enumerate(rows, start=1):  # noqa: B007 - the last one counts
            ids.see({name: cells[place] for name, place in places if place < len(cells)})
        return count, ids.twice

    def rows(self, start: int, stop: int) -> Iterator[Row | InputError]:
        with self._open() as (header, rows):
            for number, cells in enumerate(islice(rows, start, stop), start=start + 1):
                if self._dialect == "excel-tab" and holds_several_rows(cells, len(header)):
                    message = f"row {number} seems to be several rows; {_QUOTED}"
                    yield InputError(message, path=self._path)
                elif len(cells) != len(header):
                    message = f"row {number} has {len(cells)} cells, the header {len(header)}"
                    yield InputError(message, path=self._path)
                else:
                    # An empty cell says nothing.
                    pairs = zip(header, cells, strict=True)
                    yield {name: cell for name, cell in pairs if cell}

    @contextmanager
    def _open(self) -> Iterator[tuple[list[str], Iterator[list[str]]]]:
        with self._path.open(encoding="utf-8-sig", newline="") as stream:
            rows = self._cells(stream)
            yield next(rows, []), rows

    def _cells(self, stream: TextIO) -> Iterator[list[str]]:
        csv.field_size_limit(LONGEST_LINE)
        reader = csv.reader(stream, dialect=self._dialect, strict=True)
        line = 1  # that the next row begins in; a cell that is not closed ends in the last one
        try:
            for cells in reader:
                line = reader.line_num + 1
                if cells:
                    yield cells
        except UnicodeDecodeError as error:
            message = f"is no table in UTF-8: {error}"
            raise InputError(message, path=self._path, line=reader.line_num + 1) from None
        except csv.Error as error:
            message = f"is no table: {error}; {_QUOTED}"
            raise InputError(message, path=self._path, line=line) from None


class _Parquet:
    """A Parquet file."""

    passed_over: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        self.base = path.parent
        with path.open("rb") as stream:
            self.digest = hashlib.file_digest(stream, "sha256").hexdigest()
        with self._open() as file:
            _must_have_ids(file.schema_arrow.names, path)
            self.count = file.metadata.num_rows
            self.columns = further(file.schema_arrow.names)
            names = [name for name in _Ids.COLUMNS if name in file.schema_arrow.names]
            ids = _Ids()
            for batch in file.iter_batches(columns=names) if names else ():
                for row in batch.to_pylist():
                    ids.see(row)
        self.repeated = ids.twice

    def rows(self, start: int, stop: int) -> Iterator[Row | InputError]:
        with self._open() as file:
            first = 0
            for group in range(file.metadata.num_row_groups):
                size = file.metadata.row_group(group).num_rows
                if first < stop and first + size > start:
                    yield from self._of_group(file, group, start - first, stop - first)
                first += size

    def _of_group(self, file: Any, group: int, start: int, stop: int) -> Iterator[Row]:
        at = 0
        for batch in file.iter_batches(batch_size=256, row_groups=[group]):
            first, last = max(start - at, 0), min(stop - at, len(batch))
            if first < last:
                for row in batch.slice(first, last - first).to_pylist():
                    yield {name: value for name, value in row.items() if value is not None}
            at += len(batch)

    def _open(self) -> Any:
        arrow = pyarrow_for("a Parquet manifest")
        try:
            return arrow.parquet.ParquetFile(self._path)
        except (arrow.ArrowInvalid, OSError) as error:
            raise InputError(f"is not Parquet: {str(error)[:80]}", path=self._path) from None


class _Folder:
    """A folder of texts, whose names or folders say their languages."""

    columns: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()

    def __init__(self, place: Path, output: Path | None) -> None:
        self.base, self._editions, self.passed_over = editions_below(place, but=output)
        self._ids = sorted(self._editions)
        self.count = len(self._ids)
        listed = json.dumps([[name, self._editions[name]] for name in self._ids], sort_keys=True)
        self.digest = hashlib.sha256(listed.encode("utf-8", "surrogatepass")).hexdigest()

    def rows(self, start: int, stop: int) -> Iterator[Row | InputError]:
        for name in self._ids[start:stop]:
            paths = self._editions[name]
            yield {"id": name} | {f"path_{tag}": path for tag, path in paths.items()}
