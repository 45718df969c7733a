"""Texts as Parquet, the columns that JSON Lines have, for data sets of machine translation."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from align.errors import MissingExtraError
from align.formats.pairs.jsonl import row_of
from align.formats.registry import memory_writer

if TYPE_CHECKING:
    from pathlib import Path

    from align.formats.memory import Memory

_ROWS_AT_ONCE = 10_000


@memory_writer("parquet", "a table of columns, as `datasets` reads it", endings=(".parquet",),
               is_binary=True)  # fmt: skip
def write_parquet(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages, a row a unit; see `align.formats.pairs.jsonl`.

    Carries: untranslated units; states; notes; properties; confidence and similarity as numbers.
    Does not carry: inline codes, files within the file.

    Raises:
        InputError: If there are several translations.
        MissingExtraError: If pyarrow is not installed.
        OutputError: If the file cannot be written.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None
    from align.formats.atomic import open_for_writing

    target = memory.only_target("parquet")
    text, number = pyarrow.string(), pyarrow.float64()
    schema = pyarrow.schema(
        {
            "translation": pyarrow.struct({memory.source: text, target: text}),
            "state": text,
            "confidence": number,
            "similarity": number,
            "notes": pyarrow.list_(text),
            "properties": pyarrow.list_(pyarrow.struct({"name": text, "text": text})),
        }
    )
    with (
        open_for_writing(path, "wb") as stream,
        parquet.ParquetWriter(stream, schema) as table,
    ):
        pairs = memory.pairs("parquet")
        while some := [*islice(pairs, _ROWS_AT_ONCE)]:
            rows = [row_of(pair, memory.source, target) for pair in some]
            table.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
