"""A review: an alignment and the operations on it, with all that was taken back.

Undo and redo are operations too. What is in force at any time is what was done and not taken back;
an operation that cannot be done, because two reviewers disagree, is passed over and told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
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
        self.entries: list[Entry] = []
        """All that was done, whatever became of it."""
        self._alignment = start
        self._conflicts: dict[str, str] = {}
        self._taken_back: set[str] = set()
        self._known: dict[str, tuple[int, Entry]] = {}
        # In the order in which they were done first, which is that of their numbers.
        self._in_force: list[Entry] = []
        self._numbers: list[int] = []
        # The alignment before each of those that were applied; others wait until somebody asks.
        self._before: list[ReviewedAlignment] = []
        self._redoable: dict[str, Entry] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        """Does what an entry says; one that is known already is passed over."""
        if entry.id in self._known:
            return
        self._known[entry.id] = len(self.entries), entry
        self.entries.append(entry)
        operation = entry.operation
        if isinstance(operation, Undo):
            self._undo(entry, operation.of)
        elif isinstance(operation, Redo):
            self._redo(entry, operation.of)
        else:
            self._redoable.clear()
            self._in_force.append(entry)
            self._numbers.append(len(self.entries) - 1)

    @property
    def alignment(self) -> ReviewedAlignment:
        """The alignment as it is now."""
        self._catch_up()
        return self._alignment

    @property
    def conflicts(self) -> Mapping[str, str]:
        """Why an entry in force could not be done, by its identifier."""
        self._catch_up()
        return self._conflicts

    @property
    def undoable(self) -> Entry | None:
        """The latest operation in force, if there is one."""
        return self._in_force[-1] if self._in_force else None

    @property
    def redoable(self) -> Entry | None:
        """What was taken back last, if nothing else was done since."""
        return next(reversed(self._redoable.values()), None)

    @property
    def in_force(self) -> tuple[Entry, ...]:
        """The operations that were done and not taken back, in their order."""
        return tuple(self._in_force)

    def _undo(self, entry: Entry, of: str) -> None:
        number, undone = self._known.get(of, (-1, entry))
        place = bisect_left(self._numbers, number)
        if self._numbers[place : place + 1] != [number]:
            self._conflicts[entry.id] = "there is nothing in force to take back"
            return
        self._redoable[of] = undone
        self._taken_back.add(of)
        self._rewind(place)
        del self._in_force[place], self._numbers[place]

    def _redo(self, entry: Entry, of: str) -> None:
        if of not in self._taken_back:
            self._conflicts[entry.id] = "there is nothing to do again"
            return
        self._taken_back.remove(of)
        self._redoable.pop(of, None)
        number, again = self._known[of]
        # It goes where it was: what was done after it, and is in force, is done after it again.
        place = bisect_left(self._numbers, number)
        self._rewind(place)
        self._in_force.insert(place, again)
        self._numbers.insert(place, number)

    def _rewind(self, place: int) -> None:
        """Makes undone what was applied from a place on; it waits to be applied again."""
        if place >= len(self._before):
            return
        for each in self._in_force[place : len(self._before)]:
            self._conflicts.pop(each.id, None)
        self._alignment = self._before[place]
        del self._before[place:]

    def _catch_up(self) -> None:
        for each in self._in_force[len(self._before) :]:
            self._before.append(self._alignment)
            try:
                self._alignment = apply(self._alignment, each.operation)  # type: ignore[arg-type]
            except OperationError as error:
                self._conflicts[each.id] = str(error)
