"""Spark: a frame of documents in, one of beads out, through `DataFrame.mapInArrow`.

Every executor needs `align`, with the models that its settings name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from align.corpus.manifest import further
from align.corpus.parts import COLUMNS, kept_beside
from align.engines.ray_data import AlignBatches
from align.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_TYPES = {"string": "string", "numbers": "array<int>", "number": "double", "truth": "boolean"}


def align_frame(
    documents: DataFrame, settings: Settings | None = None, **options: Any
) -> DataFrame:
    """Aligns a frame of documents; a partition loads what aligns once.

    Args:
        documents: Its columns are those of a manifest of `align corpus`.
        settings: Encoder, segmentation rules and the like.
        options: Those of `RowAligner`; further columns are kept unless they say which.

    Returns:
        A frame of beads, its columns those of the parts of `align corpus`.
    """
    options = {"columns": further(documents.columns), **options}
    kept = kept_beside(options["columns"])
    return documents.mapInArrow(_Partition(settings, options), schema(kept))


def schema(columns: tuple[str, ...] = ()) -> str:
    """The columns of beads and their types, as Spark's DDL has them.

    Args:
        columns: Further columns, all text.

    >>> schema(("year",))[-30:]
    '`moved` boolean, `year` string'
    """
    types = [(name, _TYPES[kind]) for name, kind in COLUMNS.items()]
    types += [(name, "string") for name in columns]
    return ", ".join(f"`{name.replace('`', '``')}` {kind}" for name, kind in types)


class _Partition:
    """What Spark calls with the batches of a partition; it is pickled as its settings."""

    def __init__(self, settings: Settings | None, options: dict[str, Any]) -> None:
        self._settings = settings
        self._options = options

    def __call__(self, batches: Iterable[Any]) -> Iterator[Any]:
        aligner = AlignBatches(self._settings, **self._options)
        for batch in batches:
            yield from aligner(batch).to_batches()
