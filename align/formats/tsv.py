"""Aligned text as a table of tab-separated columns, for spreadsheets and scripts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.cells import as_text, as_written
from align.formats.registry import PAIR_WRITERS

if TYPE_CHECKING:
    from pathlib import Path

    from align.article import AlignedArticle
    from align.beads import Alignment
    from align.edition import Edition
    from align.text import Span

COLUMNS = (
    "source",
    "target",
    "similarity",
    "confidence",
    "kind",
    "source_segments",
    "target_segments",
)

# Tab, and everything that one program or another takes for the end of a line.
_BREAKS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class TsvRow:
    """One bead of the table.

    Attributes:
        source: Source text, empty where the target has no counterpart.
        target: Target text, empty where the source has none.
        similarity: Similarity of the two, where there are two.
        confidence: Confidence in the bead, where known.
        kind: The bead's shape, such as `2-1`, or `moved`, as `Alignment.kinds` counts them.
        source_segments: Numbers of the source segments, counted from 0.
        target_segments: Numbers of the target segments.
    """

    source: str
    target: str
    similarity: float | None
    confidence: float | None
    kind: str
    source_segments: tuple[int, ...]
    target_segments: tuple[int, ...]


@PAIR_WRITERS.register("tsv", "a table to read or to open as a spreadsheet", endings=(".tsv",))
def write_pair_tsv(path: Path | str, pair: AlignedArticle) -> None:
    """Writes an article of two editions; see `write_tsv`."""
    language, alignment = next(iter(pair.alignments.items()))
    write_tsv(path, pair.editions[pair.pivot], pair.editions[language], alignment)


def write_tsv(
    path: Path | str, source_edition: Edition, target_edition: Edition, alignment: Alignment
) -> None:
    """Writes every bead as a row under a header, unaligned text too; `-` is standard output.

    Tabs and line breaks in the text become spaces; nothing is quoted, but what a spreadsheet would
    take for a formula begins with an apostrophe, see `align.formats.cells`.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    with open_for_writing(path) as stream:
        stream.write("\t".join(COLUMNS) + "\n")
        for bead in alignment:
            fields = (
                as_text(_text(source_edition, bead.source)),
                as_text(_text(target_edition, bead.target)),
                _number(bead.score),
                _number(bead.confidence),
                "moved" if bead.moved else bead.kind,
                " ".join(map(str, bead.source)),
                " ".join(map(str, bead.target)),
            )
            stream.write("\t".join(fields) + "\n")


def read_tsv(path: Path | str) -> tuple[TsvRow, ...]:
    """Reads such a table; its columns may stand in another order, and further ones are ignored.

    Raises:
        InputError: If the file cannot be read, a column is missing, or a cell does not do.
    """
    from align.formats.files import read_text

    header, *lines = read_text(path).split("\n")
    names = [name.strip() for name in header.split("\t")]
    missing = [column for column in COLUMNS if column not in names]
    if missing:
        raise InputError(f"no column {missing[0]!r} in the header", path=path, line=1)
    rows = []
    for number, line in enumerate(lines, start=2):
        if not line.strip():
            continue
        cells = dict(zip(names, line.split("\t"), strict=False))
        if len(cells) < len(names):
            raise InputError(
                f"{len(cells)} columns where the header has {len(names)}", path=path, line=number
            )
        try:
            rows.append(
                TsvRow(
                    source=as_written(cells["source"]),
                    target=as_written(cells["target"]),
                    similarity=_optional(cells["similarity"]),
                    confidence=_optional(cells["confidence"]),
                    kind=cells["kind"],
                    source_segments=_segments(cells["source_segments"]),
                    target_segments=_segments(cells["target_segments"]),
                )
            )
        except ValueError as error:
            raise InputError(f"not a number: {error}", path=path, line=number) from None
    return tuple(rows)


def _text(edition: Edition, span: Span) -> str:
    from align.languages import join_segments

    texts = (edition.segments[segment].text for segment in span)
    return _BREAKS.sub(" ", join_segments(texts, edition.language))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _optional(cell: str) -> float | None:
    if not cell.strip():
        return None
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError(cell[:60])
    return value


def _segments(cell: str) -> tuple[int, ...]:
    return tuple(int(number) for number in cell.split())
