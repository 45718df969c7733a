"""A review: an alignment and the operations on it, with all that was taken back.

Undo and redo are operations too. What is in force at any time is what was done and not taken back;
an operation that cannot be done, because two reviewers disagree, is passed over and told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from align.review.operations import OperationError, Redo, Undo
from align.review.reducer import apply

if TYPE_CHECKING:
    from align.review.alignment import ReviewedAlignment
    from align.review.log import Entry


class Review:
    """An alignment under review.

    Args:
        start: The alignment before anybody reviewed it.
        entries: What was done so far.
    """

    def __init__(self, start: ReviewedAlignment, entries: Iterable[Entry] = ()) -> None:
        self.start = start
        self.alignment = start
        """The alignment as it is now."""
        self.entries: list[Entry] = []
        """All that was done, whatever became of it."""
        self.conflicts: dict[str, str] = {}
        """Why an entry in force could not be done, by its identifier."""
        self._taken_back: set[str] = set()
        self._known: dict[str, Entry] = {}
        self._in_force: list[Entry] = []
        self._before: list[ReviewedAlignment] = []
        self._redoable: list[Entry] = []
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Does what an entry says; one that is known already is passed over."""
        if entry.id in self._known:
            return
        self._known[entry.id] = entry
        self.entries.append(entry)
        operation = entry.operation
        if isinstance(operation, Undo):
            self._undo(entry, operation.of)
        elif isinstance(operation, Redo):
            self._redo(entry, operation.of)
        else:
            self._redoable.clear()
            self._do(entry)

    @property
    def undoable(self) -> Entry | None:
        """The latest operation in force, if there is one."""
        return self._in_force[-1] if self._in_force else None

    @property
    def redoable(self) -> Entry | None:
        """What was taken back last, if nothing else was done since."""
        return self._redoable[-1] if self._redoable else None

    @property
    def in_force(self) -> tuple[Entry, ...]:
        """The operations that were done and not taken back, in their order."""
        return tuple(self._in_force)

    def _do(self, entry: Entry) -> None:
        self._in_force.append(entry)
        self._before.append(self.alignment)
        try:
            self.alignment = apply(self.alignment, entry.operation)  # type: ignore[arg-type]
        except OperationError as error:
            self.conflicts[entry.id] = str(error)

    def _undo(self, entry: Entry, of: str) -> None:
        place = next(
            (place for place in reversed(range(len(self._in_force)))
             if self._in_force[place].id == of), None,
        )  # fmt: skip
        if place is None:
            self.conflicts[entry.id] = "there is nothing in force to take back"
            return
        later = self._in_force[place + 1 :]
        self._redoable.append(self._in_force[place])
        self._taken_back.add(of)
        self._rewind(place)
        for each in later:
            self._do(each)

    def _redo(self, entry: Entry, of: str) -> None:
        if of not in self._taken_back:
            self.conflicts[entry.id] = "there is nothing to do again"
            return
        self._taken_back.remove(of)
        self._redoable = [each for each in self._redoable if each.id != of]
        again = self._known[of]
        # It goes where it was: what was done after it, and is in force, is done after it again.
        order = {each.id: number for number, each in enumerate(self.entries)}
        place = sum(order[each.id] < order[of] for each in self._in_force)
        later = self._in_force[place:]
        self._rewind(place)
        for each in (again, *later):
            self._do(each)

    def _rewind(self, place: int) -> None:
        for each in self._in_force[place:]:
            self.conflicts.pop(each.id, None)
        if place < len(self._in_force):
            self.alignment = self._before[place]
        del self._in_force[place:], self._before[place:]
