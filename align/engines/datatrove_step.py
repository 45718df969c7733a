"""datatrove: a step of a pipeline, which runs it here, on Slurm or on Ray.

LocalPipelineExecutor(
pipeline=[JsonlReader("documents/", text_key="source"), AlignStep(), JsonlWriter("beads/")],
tasks=8,
).run()
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from align.corpus.manifest import KNOWN, Row, further
from align.engines.rows import RowAligner
from align.errors import MissingExtraError
from align.settings import Settings

try:
    from datatrove.pipeline.base import PipelineStep
except ImportError:  # told when a step is made
    PipelineStep = object

if TYPE_CHECKING:
    from datatrove.data import Document


class AlignStep(PipelineStep):  # type: ignore[misc]  # without the package its class is unknown
    """Aligns documents: the text of each is the source, its metadata are the manifest's columns.

    It passes on a document for each bead: the text is the source's, the metadata are the columns
    of the parts of `align corpus`.

    Args:
        settings: Encoder, segmentation rules and the like.
        options: Those of `RowAligner`; further columns are kept only if they say which.

    Raises:
        MissingExtraError: If datatrove is not installed.
    """

    name = "align"
    type = "aligner"

    def __init__(self, settings: Settings | None = None, **options: Any) -> None:
        if PipelineStep is object:
            raise MissingExtraError("a step of datatrove", "datatrove")
        super().__init__()
        self._settings, self._options = settings, options

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """The beads of documents; each task loads the models once."""
        from datatrove.data import Document

        del rank, world_size
        aligner = RowAligner(self._settings, **self._options)
        for number, bead in enumerate(aligner.rows(map(_row, data))):
            self.stat_update("beads")
            document = bead.pop("id")
            yield Document(
                bead["source"], f"{document}/{number}", metadata={"document": document, **bead}
            )


def _row(document: Document) -> Row:
    columns = document.metadata
    known = {name: columns[name] for name in columns if name in KNOWN}
    kept = {name: columns[name] for name in further(list(columns))}
    return {"id": document.id, "source": document.text, **kept, **known}
