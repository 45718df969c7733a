"""What the report shows of one translation, made ready for the template."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.summary import is_doubtful
from align.units import is_accepted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.article import AlignedArticle
    from align.beads import Bead
    from align.edition import Edition
    from align.text import Span

# Upper bounds of the levels that colours stand for, least sure first; 5 is the surest, 0 unknown.
LEVEL_BOUNDS = (0.25, 0.5, 0.75, 0.9)


def confidence_level(confidence: float | None) -> int:
    """The level, 1 (least sure) to 5, that a confidence is coloured by; 0 where none is known.

    >>> [confidence_level(c) for c in (None, 0.1, 0.74, 0.75, 1.0)]
    [0, 1, 3, 4, 5]
    """
    return 0 if confidence is None else bisect_right(LEVEL_BOUNDS, confidence) + 1


@dataclass(frozen=True, slots=True)
class ShownSegment:
    """A segment in a cell: its number and text, the block's kind, whether it begins the block."""

    number: int
    text: str
    block_kind: str
    begins_block: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A bead as a row of the table.

    Attributes:
        number: Number of the bead, which is the end of the row's address.
        bead: The bead itself.
        source: The pivot segments shown.
        target: The translation's segments shown.
        level: Confidence level, see `confidence_level`.
        held_back: Whether it is aligned but not sure enough for the memory.
        doubtful: Whether a person should look at it for its confidence.
        stands_after: For a moved bead, the target segment it follows in the translation, or -1
            where it opens the translation.
        stands_at_row: For a moved bead, the number of the row that holds that segment.
        leads_to: Rows of moved beads whose text would stand right after this row's.
    """

    number: int
    bead: Bead
    source: tuple[ShownSegment, ...]
    target: tuple[ShownSegment, ...]
    level: int
    held_back: bool
    doubtful: bool
    stands_after: int | None
    stands_at_row: int | None
    leads_to: tuple[int, ...]

    @property
    def begins_block(self) -> bool:
        """Whether the row opens a block of the pivot, or of the translation where it has none."""
        shown = self.source or self.target
        return shown[0].begins_block if shown else False


def rows_of(article: AlignedArticle, language: str) -> list[Row]:
    """The rows of one translation, in the order of its alignment."""
    alignment = article.alignments[language]
    pivot, edition = article.editions[article.pivot], article.editions[language]
    row_of_target = {
        segment: number for number, bead in enumerate(alignment) for segment in bead.target
    }
    leads_to: dict[int, list[int]] = {}
    for number, bead in enumerate(alignment):
        if bead.moved and bead.target.start > 0:
            leads_to.setdefault(row_of_target[bead.target.start - 1], []).append(number)
    rows = []
    for number, bead in enumerate(alignment):
        before = bead.target.start - 1 if bead.moved else None
        rows.append(
            Row(
                number=number,
                bead=bead,
                source=_shown(pivot, bead.source),
                target=_shown(edition, bead.target),
                level=confidence_level(bead.confidence),
                held_back=bead.is_aligned and not is_accepted(bead, article.min_confidence),
                doubtful=is_doubtful(bead, article.min_confidence),
                stands_after=before,
                stands_at_row=None if before is None else row_of_target.get(before),
                leads_to=tuple(leads_to.get(number, ())),
            )
        )
    return rows


def places_to_look_at(rows: Iterable[Row]) -> list[Row]:
    """The rows that a person should look at: the least sure first, then moved, then unaligned."""
    doubtful, moved, unaligned = [], [], []
    for row in rows:
        if row.doubtful:
            doubtful.append(row)
        elif row.bead.moved:
            moved.append(row)
        elif not row.bead.is_aligned:
            unaligned.append(row)
    doubtful.sort(key=lambda row: row.bead.confidence or 0.0)
    return [*doubtful, *moved, *unaligned]


def _shown(edition: Edition, span: Span) -> tuple[ShownSegment, ...]:
    segments = edition.segments
    return tuple(
        ShownSegment(
            number=number,
            text=segments[number].text,
            block_kind=edition.document.blocks[segments[number].block].kind,
            begins_block=number == 0 or segments[number - 1].block != segments[number].block,
        )
        for number in span
    )
