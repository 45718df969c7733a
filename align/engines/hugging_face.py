"""Hugging Face `datasets`: a data set of documents in, one of beads out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from align.corpus.manifest import further
from align.corpus.parts import COLUMNS, arrow_schema
from align.engines.rows import RowAligner
from align.errors import MissingExtraError

if TYPE_CHECKING:
    from datasets import Dataset, Features


class AlignBatch:
    """What `dataset.map(…, batched=True)` calls.

    It gives more rows than it takes, so the old columns have to go (`remove_columns`), and
    `features` of this module has to say the types; `align_dataset` does both.

    Args:
        rows: What aligns.
    """

    def __init__(self, rows: RowAligner) -> None:
        self._rows = rows

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
        """The beads of a batch of documents, by column."""
        names = list(batch)
        documents = (
            dict(zip(names, row, strict=True)) for row in zip(*batch.values(), strict=True)
        )
        beads = list(self._rows.rows(documents))
        return {
            name: [bead.get(name) for bead in beads] for name in (*COLUMNS, *self._rows.columns)
        }


def features(columns: tuple[str, ...] = ()) -> Features:
    """The types of the columns of beads.

    Args:
        columns: Further columns.

    Raises:
        MissingExtraError: If `datasets` is not installed.
    """
    try:
        from datasets import Features
    except ImportError:
        raise MissingExtraError("a Hugging Face data set", "datasets") from None
    return Features.from_arrow_schema(arrow_schema(columns))


def align_dataset(dataset: Dataset, rows: RowAligner | None = None, **options: Any) -> Dataset:
    """Aligns a data set of documents.

    Args:
        dataset: Its columns are those of a manifest of `align corpus`.
        rows: What aligns; by default with usual settings, further columns kept.
        options: For `Dataset.map`, such as `num_proc`.

    Returns:
        A data set of beads, their columns those of the parts of `align corpus`.

    Raises:
        MissingExtraError: If `datasets` is not installed.
    """
    rows = rows or RowAligner(columns=further(dataset.column_names))
    return dataset.map(
        AlignBatch(rows),
        batched=True,
        remove_columns=dataset.column_names,
        features=features(rows.columns),
        **options,
    )
