"""Parts: the rows of a shard in one file, written whole or not at all."""

from __future__ import annotations

import errno
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from align.article import AlignedArticle
from align.corpus.manifest import pyarrow_for
from align.errors import InputError, OutputError
from align.passages import passages_of

COLUMNS: Mapping[str, str] = {
    "id": "string",
    "source_language": "string",
    "target_language": "string",
    "kind": "string",
    "source_segments": "numbers",
    "target_segments": "numbers",
    "source": "string",
    "target": "string",
    "score": "number",
    "confidence": "number",
    "moved": "truth",
}
"""Columns of a part and what they hold; those that a manifest has besides are text."""

DROPPED = "dropped"
"""The column with the rule that drops a pair, where pairs are filtered."""

TEMPORARY = ".unfinished"
"""Folder of what is being written; whatever a stopped run leaves behind lies here."""

FORMATS = ("jsonl", "parquet")
"""Formats of parts."""

_ROWS_AT_ONCE = 4_096
_TRIES = 100

PartRow = dict[str, Any]
"""A row of a part: a bead of one document."""


def rows_of(article: AlignedArticle, kept: Mapping[str, str | None]) -> Iterator[PartRow]:
    """The rows of an aligned pair, a bead each.

    Args:
        article: Two editions; its name is the document's.
        kept: Further columns.
    """
    source = article.editions[article.pivot]
    ((language, alignment),) = article.alignments.items()
    target = article.editions[language]
    for passage in passages_of(source, target, alignment):
        bead = passage.bead
        row = {
            "id": article.name,
            "source_language": source.language,
            "target_language": target.language,
            "kind": bead.kind,
            "source_segments": list(bead.source),
            "target_segments": list(bead.target),
            "source": passage.source,
            "target": passage.target,
            # Digits beyond these depend on the machine.
            "score": None if bead.score is None else round(bead.score, 4),
            "confidence": None if bead.confidence is None else round(bead.confidence, 4),
            "moved": bead.moved,
            **kept,
        }
        yield {
            key: _sound(value) if isinstance(value, str) else value for key, value in row.items()
        }


def _sound(text: str) -> str:
    """The text with a question mark for what is no character: half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode()


def kept_beside(columns: Sequence[str], *, path: Path | None = None) -> tuple[str, ...]:
    """Columns of a manifest that are kept beside those of parts.

    Args:
        columns: Their names.
        path: The manifest, for the message.

    Returns:
        The same names.

    Raises:
        InputError: If a part has a column of such a name itself; one would replace the other.
    """
    for name in columns:
        if name in COLUMNS or name == DROPPED:
            message = f"has a column {name!r}, and so have the parts; give yours another name"
            raise InputError(message, path=path)
    return tuple(columns)


def write_rows(
    output: Path,
    name: str,
    rows: Iterable[PartRow],
    *,
    columns: tuple[str, ...],
    note: str,
    to: str,
) -> None:
    """Writes a part.

    Args:
        output: Folder of the corpus.
        name: Path of the file within it.
        rows: Its rows, taken one after the other.
        columns: Columns beside `COLUMNS`, all text.
        note: What the rows depend on; is part of the metadata of Parquet.
        to: One of `FORMATS`.

    Raises:
        OutputError: If it cannot be written.
    """
    write = _write_parquet if to == "parquet" else _write_lines
    with whole_file(output, name) as stream:
        write(stream, rows, columns, note)


def read_rows(path: Path) -> Iterator[PartRow]:
    """The rows of a part, one after the other.

    Raises:
        InputError: If somebody has removed or changed it since it was written.
    """
    try:
        yield from (_read_parquet if path.suffix == ".parquet" else _read_lines)(path)
    except (OSError, ValueError, RecursionError) as error:
        said = "is gone" if isinstance(error, FileNotFoundError) else "is not as it was written"
        message = f"{said}; remove it, if it is there, and begin again with the same command"
        raise InputError(message, path=path) from error


def _read_parquet(path: Path) -> Iterator[PartRow]:
    arrow = pyarrow_for("a part in Parquet")
    with arrow.parquet.ParquetFile(path) as file:  # its errors are OSError or ValueError
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
            yield from batch.to_pylist()


def _read_lines(path: Path) -> Iterator[PartRow]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            if not isinstance(row, dict) or not row.keys() >= COLUMNS.keys():
                raise ValueError("a row without its columns")
            yield row


def arrow_schema(columns: tuple[str, ...] = ()) -> Any:
    """The columns of rows and their types, as pyarrow has them.

    Args:
        columns: Columns beside `COLUMNS`, all text.

    Raises:
        MissingExtraError: If pyarrow is not installed.
    """
    arrow = pyarrow_for("a table of Arrow")
    types = {
        "string": arrow.string(),
        "numbers": arrow.list_(arrow.int32()),
        "number": arrow.float64(),
        "truth": arrow.bool_(),
    }
    fields = [(name, types[kind]) for name, kind in COLUMNS.items()]
    return arrow.schema([*fields, *((name, arrow.string()) for name in columns)])


@contextmanager
def whole_file(output: Path, name: str) -> Iterator[BinaryIO]:
    """Opens a file that is there under its name only when it is complete and on disk.

    Until then it lies in the folder `TEMPORARY` of the output, which is removed in the end: a run
    that is killed leaves nothing among the results.
    """
    path, folder = output / name, output / TEMPORARY
    written = folder / f"{path.name}.{secrets.token_hex(8)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _opened(written) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        try:
            written.replace(path)
        except FileNotFoundError:
            # Another process that found all finished has cleared up, and written the same.
            if not path.exists():
                raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            written.unlink()


def _opened(path: Path) -> BinaryIO:
    """Opens a file in a folder that other processes may remove whenever it is empty."""
    for _ in range(_TRIES):
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            return path.open("wb")
    return path.open("wb")


def write_whole(output: Path, name: str, data: bytes) -> None:
    """Writes a small file whole or not at all."""
    with whole_file(output, name) as stream:
        stream.write(data)


def remove(output: Path, name: str) -> None:
    """Removes a file that an earlier run left, if it did.

    Raises:
        OutputError: If it cannot be removed.
    """
    path = output / name
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be removed: {error.strerror or error}") from error


def as_json(value: object, *, indent: int | None = None) -> bytes:
    """JSON as all files here have it: UTF-8, ended by a line feed."""
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "replace")


def clear_up(output: Path) -> None:
    """Removes what stopped runs have left unfinished."""
    folder = output / TEMPORARY
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        with suppress(OSError):
            path.unlink()
    try:
        folder.rmdir()
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.ENOENT, errno.EEXIST):
            raise OutputError(f"{folder}: cannot be removed: {error.strerror}") from error


def _write_lines(
    stream: BinaryIO, rows: Iterable[PartRow], _columns: tuple[str, ...], _note: str
) -> None:
    for row in rows:
        stream.write(as_json(row))


def _write_parquet(
    stream: BinaryIO, rows: Iterable[PartRow], columns: tuple[str, ...], note: str
) -> None:
    arrow = pyarrow_for("Parquet")
    schema = arrow_schema(columns).with_metadata({"align.signature": note})
    with arrow.parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        for some in _batches(rows):
            writer.write_table(arrow.Table.from_pylist(some, schema=schema))


def _batches(rows: Iterable[PartRow]) -> Iterator[list[PartRow]]:
    batch: list[PartRow] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
