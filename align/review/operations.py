"""What a reviewer can do to an alignment, as values that a log keeps.

An operation names segments, not rows: a segment has a key that no other operation changes, so that
the logs of two reviewers can be merged. The key of a segment is its number in its edition as it was
aligned, counted from 0; what is cut off it at a character has the same, `@`, and where it was cut
(`12@40`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias, get_args

from align.errors import InputError

Side = Literal["source", "target"]
"""One text of a pair; the source is the pivot."""

Status = Literal["", "accepted", "review"]
"""What a reviewer thinks of a row: nothing yet, that it is right, that it needs another look."""

LONGEST_TEXT = 100_000
"""Characters of the longest text or note that a reviewer can write."""


class OperationError(InputError):
    """An operation that cannot be done to the alignment as it is."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Joins a row and the next one.

    Attributes:
        language: The translation whose pair with the pivot it is about.
        side: A side of the row that has segments.
        segment: One of them, which says which row is meant.
    """

    kind: ClassVar[str] = "merge"
    language: str
    side: Side
    segment: str


@dataclass(frozen=True, slots=True)
class Split:
    """Parts a row in two.

    Attributes:
        language: The translation.
        side: A side of the row that has segments.
        segment: One of them.
        source: The first source segment of the second row; none where all stay in the first.
        target: The first target segment of the second row, likewise.
    """

    kind: ClassVar[str] = "split"
    language: str
    side: Side
    segment: str
    source: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class Move:
    """Moves the first segment of a cell to the row before, or the last to the row behind.

    Attributes:
        language: The translation.
        side: The side that moves.
        segment: A segment of the cell.
        up: Whether it goes to the row before.
    """

    kind: ClassVar[str] = "move"
    language: str
    side: Side
    segment: str
    up: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """Moves a cell and all that follows on its side a row on, or back, up to a row that is fixed.

    Attributes:
        language: The translation.
        side: The side that moves.
        segment: A segment of the first cell that moves.
        up: Whether it goes back.
    """

    kind: ClassVar[str] = "shift"
    language: str
    side: Side
    segment: str
    up: bool


@dataclass(frozen=True, slots=True)
class Unlink:
    """Says that the two sides of a row do not translate each other.

    Attributes:
        language: The translation.
        side: A side of the row.
        segment: A segment of it.
    """

    kind: ClassVar[str] = "unlink"
    language: str
    side: Side
    segment: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Keeps a row out of the memory, or lets it in again.

    Attributes:
        language: The translation.
        side: A side of the row.
        segment: A segment of it.
        dropped: Whether it is kept out.
    """

    kind: ClassVar[str] = "drop"
    language: str
    side: Side
    segment: str
    dropped: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """Says what a reviewer thinks of a row.

    Attributes:
        language: The translation.
        side: A side of the row.
        segment: A segment of it.
        status: What is thought of it; nothing takes a mark and a pin away.
    """

    kind: ClassVar[str] = "mark"
    language: str
    side: Side
    segment: str
    status: Status


@dataclass(frozen=True, slots=True)
class Note:
    """Writes a note on a row.

    Attributes:
        language: The translation.
        side: A side of the row.
        segment: A segment of it.
        text: The note; nothing takes it away.
    """

    kind: ClassVar[str] = "note"
    language: str
    side: Side
    segment: str
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes the text of a segment.

    Attributes:
        language: The translation.
        side: Whose segment it is.
        segment: The segment.
        text: What it says from now on.
    """

    kind: ClassVar[str] = "edit"
    language: str
    side: Side
    segment: str
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """Cuts a segment in two, which stay in one row.

    Attributes:
        language: The translation.
        side: Whose segment it is.
        segment: The segment.
        at: How many of its characters (code points) come before the cut.
    """

    kind: ClassVar[str] = "cut"
    language: str
    side: Side
    segment: str
    at: int


@dataclass(frozen=True, slots=True)
class Join:
    """Joins a segment and the next of its edition, in the row of the first.

    Attributes:
        language: The translation.
        side: Whose segment it is.
        segment: The first of the two.
    """

    kind: ClassVar[str] = "join"
    language: str
    side: Side
    segment: str


@dataclass(frozen=True, slots=True)
class Pin:
    """Says that two segments correspond, whatever is aligned anew around them.

    Attributes:
        language: The translation.
        source: The source segment.
        target: The target segment.
    """

    kind: ClassVar[str] = "pin"
    language: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that a re-alignment made.

    Attributes:
        source: Its source segments.
        target: Its target segments.
        score: Their similarity, as `Bead.score`.
        confidence: How sure it is, as `Bead.confidence`.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    score: float | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Realign:
    """Puts what the aligner made between fixed rows in the place of what was there.

    Attributes:
        language: The translation.
        rows: The new rows, which hold the same segments as those that they replace.
    """

    kind: ClassVar[str] = "realign"
    language: str
    rows: tuple[NewRow, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Several operations that are one to the reviewer: done, and undone, together.

    Attributes:
        operations: The operations, in their order.
    """

    kind: ClassVar[str] = "together"
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes an operation back.

    Attributes:
        of: The identifier of its entry in the log.
    """

    kind: ClassVar[str] = "undo"
    of: str


@dataclass(frozen=True, slots=True)
class Redo:
    """Does an operation again that was taken back.

    Attributes:
        of: The identifier of its entry in the log.
    """

    kind: ClassVar[str] = "redo"
    of: str


Operation: TypeAlias = (
    Merge
    | Split
    | Move
    | Shift
    | Unlink
    | Drop
    | Mark
    | Note
    | Edit
    | Cut
    | Join
    | Pin
    | Realign
    | Together
)
"""What changes an alignment."""

AnyOperation: TypeAlias = Operation | Undo | Redo
"""What a log can hold."""

KINDS: dict[str, type[Any]] = {kind.kind: kind for kind in get_args(AnyOperation)}
"""The operations by the names that logs have for them."""
