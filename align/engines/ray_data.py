"""Ray Data: an actor with a warm aligner, for `map_batches`.

documents = ray.data.read_parquet("documents.parquet")
beads = documents.map_batches(
AlignBatches, batch_format="pyarrow", batch_size=64, concurrency=8, num_cpus=1
)
beads.write_parquet("out/")
"""

from __future__ import annotations

from typing import Any

from align.corpus.manifest import further, pyarrow_for
from align.corpus.parts import arrow_schema, kept_beside
from align.engines.rows import RowAligner
from align.settings import Settings


class AlignBatches:
    """An actor class for `map_batches(…, batch_format="pyarrow")`; it needs no package of Ray's.

    Args:
        settings: Encoder, segmentation rules and the like.
        options: Those of `RowAligner`; further columns are kept unless they say which.
    """

    def __init__(self, settings: Settings | None = None, **options: Any) -> None:
        self._keeps_all = "columns" not in options
        self._rows = RowAligner(settings, **options)

    def __call__(self, batch: Any) -> Any:
        """The beads of a table of documents, as a table of Arrow."""
        arrow = pyarrow_for("Ray Data")
        if self._keeps_all:
            self._rows.columns = kept_beside(further(batch.column_names))
        beads = list(self._rows.rows(batch.to_pylist()))
        return arrow.Table.from_pylist(beads, schema=arrow_schema(self._rows.columns))
