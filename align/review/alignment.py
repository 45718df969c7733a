"""An alignment under review: the segments of the editions, and the rows that pair them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from align.errors import InputError

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.beads import Bead
    from align.edition import Edition
    from align.review.operations import Side, Status


@dataclass(frozen=True, slots=True)
class ReviewedSegment:
    """A segment as the reviewer left it.

    Attributes:
        key: Its name in operations.
        text: What it says.
        before: What of the edition's text stands between the segment before and this one.
        block: Index of the block it lies in.
    """

    key: str
    text: str
    before: str
    block: int


@dataclass(frozen=True)
class ReviewedEdition:
    """The segments of one edition.

    Attributes:
        segments: The segments, in the order of the text.
    """

    segments: tuple[ReviewedSegment, ...]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each segment in the text, by its key."""
        return {segment.key: place for place, segment in enumerate(self.segments)}


@dataclass(frozen=True, slots=True)
class Row:
    """Segments of the source and of the target that stand beside one another.

    Attributes:
        source: Keys of the source segments, possibly none.
        target: Keys of the target segments, possibly none.
        score: As `Bead.score`.
        confidence: As `Bead.confidence`; None where a reviewer made the row.
        moved: As `Bead.moved`.
        by_hand: Whether a reviewer chose its segments or changed their texts.
        status: What a reviewer thinks of it.
        dropped: Whether it is kept out of the memory.
        pinned: Whether a reviewer says that its sides correspond, whatever is aligned anew.
        note: What a reviewer wrote on it.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    score: float | None = None
    confidence: float | None = None
    moved: bool = False
    by_hand: bool = False
    status: Status = ""
    dropped: bool = False
    pinned: bool = False
    note: str = ""

    def keys(self, side: Side) -> tuple[str, ...]:
        """The segments of one side."""
        return self.source if side == "source" else self.target

    def with_keys(self, side: Side, keys: tuple[str, ...]) -> Row:
        """The row with other segments on a side, as a reviewer makes it."""
        changed = replace(self, source=keys) if side == "source" else replace(self, target=keys)
        return replace(
            changed, score=None, confidence=None, by_hand=True, status="", pinned=False,
            moved=self.moved and bool(changed.source and changed.target),
        )  # fmt: skip

    @property
    def is_aligned(self) -> bool:
        """Whether it has segments on both sides."""
        return bool(self.source and self.target)

    @property
    def is_done(self) -> bool:
        """Whether a reviewer has decided on it."""
        decided = self.status == "accepted" or self.by_hand or self.pinned or self.dropped
        return decided and self.status != "review"

    @property
    def is_fixed(self) -> bool:
        """Whether shifts and re-alignments leave it alone."""
        return self.status == "accepted" or self.pinned


@dataclass(frozen=True, slots=True)
class ReviewedAlignment:
    """All pairs of an article as they are under review.

    Attributes:
        pivot: Language of the edition that is the source of every pair.
        editions: The segments by language, the pivot first.
        pairs: For each other language its rows, in the order of the source; what has only target
            segments stands where its neighbours in the target stand.
    """

    pivot: str
    editions: Mapping[str, ReviewedEdition]
    pairs: Mapping[str, tuple[Row, ...]]

    def edition_of(self, language: str, side: Side) -> str:
        """The language of a side of a pair."""
        return self.pivot if side == "source" else language

    def texts(self, language: str, keys: tuple[str, ...]) -> list[str]:
        """The texts of some segments of an edition."""
        edition = self.editions[language]
        return [edition.segments[edition.places[key]].text for key in keys]


def alignment_of(article: AlignedArticle) -> ReviewedAlignment:
    """An article's alignments before anybody reviewed them.

    Raises:
        InputError: If it has no translation, or the segments of an edition overlap.
    """
    if not article.alignments:
        raise InputError(f"{article.name!r} has no translation to review")
    return ReviewedAlignment(
        article.pivot,
        {language: _edition(edition) for language, edition in article.editions.items()},
        {
            language: tuple(_row(bead) for bead in alignment)
            for language, alignment in article.alignments.items()
        },
    )


def _edition(edition: Edition) -> ReviewedEdition:
    segments = []
    reached = 0
    for number, segment in enumerate(edition.segments):
        if segment.start < reached:
            raise InputError(f"segments {number - 1} and {number} of {edition.language!r} overlap")
        before = edition.document.text[reached : segment.start]
        segments.append(ReviewedSegment(str(number), segment.text, before, segment.block))
        reached = segment.stop
    return ReviewedEdition(tuple(segments))


def _row(bead: Bead) -> Row:
    return Row(
        tuple(map(str, bead.source)),
        tuple(map(str, bead.target)),
        bead.score,
        bead.confidence,
        bead.moved,
    )
