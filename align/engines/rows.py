"""From rows of a manifest to rows of parts, by an aligner kept warm: what all engines call."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from align.article import AlignedArticle
from align.corpus.entries import name_of
from align.corpus.manifest import Row
from align.corpus.parts import PartRow, kept_beside, rows_of
from align.corpus.shards import Asked, asked_of, outcomes_of
from align.errors import InputError
from align.languages import normalise_tag
from align.settings import Settings
from align.warm import Aligner

_LOG = logging.getLogger("align")


class RowAligner:
    """Aligns rows of a manifest; it is pickled as its settings, and loads models where it arrives.

    Args:
        settings: Encoder, segmentation rules and the like; no vectors are kept on disk.
        pivot: Language that other editions are aligned to, where a document has many.
        segmented: Whether texts have a segment a line.
        columns: Further columns that are kept, as text.
        base: Folder that paths are relative to.

    Raises:
        InputError: If a further column is called as one of the parts is.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        pivot: str = "en",
        segmented: bool = False,
        columns: tuple[str, ...] = (),
        base: Path | str = ".",
    ) -> None:
        self.pivot = normalise_tag(pivot)
        self.segmented = segmented
        self.columns = kept_beside(columns)
        self.base = Path(base)
        self.aligner = Aligner(replace(settings or Settings(), cached=False))

    def rows(self, rows: Iterable[Row]) -> Iterator[PartRow]:
        """The beads of all rows, in order.

        Args:
            rows: Rows as a manifest has them; see `align corpus --help`.
        """
        for asked, outcome in outcomes_of(self._asked(rows), self.aligner):
            if asked is None:
                continue
            if isinstance(outcome, AlignedArticle):
                yield from rows_of(outcome, asked.kept)
            else:
                _LOG.warning("%s: %s", asked.texts.name, outcome)

    def _asked(self, rows: Iterable[Row]) -> Iterator[Asked]:
        for number, row in enumerate(rows):
            given = {name: value for name, value in row.items() if value is not None}
            try:
                yield from asked_of(number, given, self.base, self)
            except InputError as error:
                _LOG.warning("%s: %s", name_of(given), error)
