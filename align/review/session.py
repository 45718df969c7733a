"""A review in progress: an alignment file, its log, and what is done to it by one or more pages."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from align.errors import AlignError, InputError
from align.formats.alignment_json import read_alignment
from align.formats.atomic import sweep
from align.review.alignment import alignment_of
from align.review.found import findings_beside
from align.review.history import Review
from align.review.log import (
    NAME,
    Entry,
    Log,
    LogFile,
    entry_from_json,
    entry_to_json,
    fingerprint_of,
    merged,
    read_log,
    write_log,
)
from align.review.operation_json import to_json
from align.review.operations import OperationError
from align.review.page import page_data
from align.review.realigning import Realigning

if TYPE_CHECKING:
    from align.settings import Settings

_TERMS = "terms.html"


class Session:
    """A review of an alignment file, resumed where its log ends.

    Args:
        path: The alignment file.
        settings: The encoder that aligns anew.

    Raises:
        InputError: If the file, or the log beside it, cannot be used.
    """

    def __init__(self, path: Path, settings: Settings | None = None) -> None:
        self.path = path
        self.article = read_alignment(path)
        self.fingerprint = fingerprint_of(self.article)
        self._start = alignment_of(self.article)
        self.log = LogFile(path.parent / NAME, self.fingerprint)
        self.review = Review(self._start, self.log.entries)
        self._realigning = Realigning(settings)
        self._lock = Lock()
        self._aligning = Lock()

    @property
    def term_page(self) -> Path | None:
        """The page of terms beside the alignment file, if there is one."""
        path = self.path.parent / _TERMS
        return path if path.is_file() else None

    def data(self, *, alone: bool = False) -> dict[str, Any]:
        """What the page shows; see `page_data`."""
        with self._lock:
            self._refresh()
            terms = _TERMS if self.term_page and not alone else None
            return page_data(
                self.article,
                self._start,
                self.review.entries,
                fingerprint=self.fingerprint,
                findings=findings_beside(self.path, self.article),
                terms=terms,
                alone=alone,
            )

    def entries_after(self, count: int) -> list[dict[str, Any]]:
        """What was done after so many entries, as the page has it."""
        with self._lock:
            self._refresh()
            return self._after(count)

    def add(self, content: Any, *, after: int) -> dict[str, Any]:
        """Does what a page asks for, and keeps it if it can be done.

        Args:
            content: The entry, as a page sends it.
            after: How many entries the page knows.

        Returns:
            `entries` that the page does not know, this one among them, and `refused`: why it was
            not done, else None.

        Raises:
            InputError: If it is no entry.
            OutputError: If it cannot be kept.
        """
        entry = entry_from_json(content)
        with self._lock:
            self._refresh()
            refused = None
            if all(entry.id != known.id for known in self.review.entries):
                refused = self._done(entry)
            return {"entries": self._after(after), "refused": refused}

    def _done(self, entry: Entry) -> str | None:
        """Does an operation and keeps it; returns why it cannot be done, if so.

        The review then is what is kept: what could not be is not done, or it would count as kept
        when the page sends it again; and what another program added meanwhile comes before it.
        """
        self.review.add(entry)
        refused = self.review.conflicts.get(entry.id)
        try:
            if refused is None:
                self.log.append([entry])
        finally:
            if self.review.entries != self.log.entries:
                self.review = Review(self._start, self.log.entries)
        return refused

    def realign(self, language: str, *, after: int) -> dict[str, Any]:
        """What re-aligning a pair would do.

        Returns:
            `operation`, or why there is none as `refused`; `entries` as from `add`.
        """
        with self._lock:
            self._refresh()
            alignment, entries = self.review.alignment, self._after(after)
        try:
            with self._aligning:
                operation = self._realigning.realign(alignment, language)
        except OperationError as error:
            return {"operation": None, "refused": str(error), "entries": entries}
        return {"operation": to_json(operation), "refused": None, "entries": entries}

    def prepare(self) -> None:
        """Encodes the texts, so that the first re-alignment is as quick as the others.

        Where that cannot be done, the re-alignment says why.
        """
        with suppress(AlignError):
            for language in self.article.alignments:
                with self._aligning:
                    self._realigning.prepare(self._start, language)

    def take(self, path: Path) -> int:
        """Adds what another reviewer's log has, in the order of time.

        Returns:
            How many operations are new.

        Raises:
            InputError: If it is no review of this alignment.
            OutputError: If the log cannot be written.
        """
        other = read_log(path)
        if other.alignment != self.fingerprint:
            raise InputError(f"is not a review of {self.path}", path=path)
        with self._lock:
            self._refresh()
            known = {entry.id for entry in self.review.entries}
            if all(entry.id in known for entry in other.entries):
                return 0
            sweep(self.log.path.parent)
            with self.log.locked():
                self._refresh()
                before = len(self.review.entries)
                entries = merged([self.review.entries, other.entries])
                write_log(self.log.path, Log(self.fingerprint, entries))
            self.log = LogFile(self.log.path, self.fingerprint)
            self.review = Review(self._start, self.log.entries)
            return len(entries) - before

    def _refresh(self) -> None:
        for entry in self.log.refresh():
            self.review.add(entry)

    def _after(self, count: int) -> list[dict[str, Any]]:
        entries: list[Entry] = self.review.entries[max(count, 0) :]
        return [entry_to_json(entry) for entry in entries]
