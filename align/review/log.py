"""The log of a review, `review.jsonl`: an operation a line, which is only ever added to.

The first line says of which alignment it is the review. A line that was not written to its end,
because the program or the machine stopped, is left out and written over.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import InputError, OutputError
from align.file_locks import HAS_LOCKS, lock_if_possible
from align.regular_files import must_be_regular
from align.review.operation_json import from_json, to_json
from align.review.operations import AnyOperation

if TYPE_CHECKING:
    from align.article import AlignedArticle

FORMAT, VERSION = "align-review", 1

NAME = "review.jsonl"
"""What the log is called; it lies beside the alignment file."""

_MOST_BYTES = 500_000_000
_IDENTIFIER = re.compile(r"[0-9A-Za-z_-]{1,64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation, when and by whom.

    Attributes:
        id: Its identifier, which no other entry of any log has.
        time: When it was done, in UTC, as ISO 8601 writes it with a `Z`.
        operation: What was done.
        by: Who did it, where a name was given.
    """

    id: str
    time: str
    operation: AnyOperation
    by: str = ""


@dataclass(frozen=True, slots=True)
class Log:
    """What a file holds.

    Attributes:
        alignment: Fingerprint of the alignment that was reviewed, see `fingerprint_of`.
        entries: The operations, in their order.
    """

    alignment: str
    entries: tuple[Entry, ...]


def fingerprint_of(article: AlignedArticle) -> str:
    """Tells an alignment from any other: by the texts of its segments and by its beads."""
    digest = hashlib.sha256()
    for language, edition in article.editions.items():
        texts = [segment.text for segment in edition.segments]
        digest.update(json.dumps([language, texts]).encode())
    for language, alignment in article.alignments.items():
        beads = [[*bead.source, -1, *bead.target] for bead in alignment]
        digest.update(json.dumps([language, beads]).encode())
    return digest.hexdigest()[:32]


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """An entry as the file and the page have it."""
    content: dict[str, Any] = {"id": entry.id, "time": entry.time}
    if entry.by:
        content["by"] = entry.by
    return {**content, "operation": to_json(entry.operation)}


def entry_from_json(content: Any) -> Entry:
    """An entry of what a file or a page has, which nobody trusts.

    Raises:
        InputError: If it is none.
    """
    if not isinstance(content, dict) or set(content) - {"id", "time", "by", "operation"}:
        raise InputError("not an entry of a review")
    words = [content.get(name, "") for name in ("id", "time", "by")]
    if not all(isinstance(word, str) for word in words):
        raise InputError("id, time and by of an entry are texts")
    name, time, by = words
    if not _IDENTIFIER.fullmatch(name) or not _TIME.fullmatch(time) or len(by) > _LONGEST_NAME:
        raise InputError("an entry needs an id of letters and digits, and a time like "
                         "2030-01-31T12:00:00Z")  # fmt: skip
    return Entry(name, time, from_json(content.get("operation")), by)


def read_log(path: Path | str) -> Log:
    """Reads a log; a last line that is not whole is left out.

    Where that is the first line, the log has no entries, and is of no alignment.

    Raises:
        InputError: If there is no such file, or it is no log of a review.
    """
    return _parsed(_bytes_of(Path(path)), Path(path))[0]


def write_log(path: Path | str, log: Log) -> None:
    """Writes a log anew, whole or not at all.

    Raises:
        OutputError: If it cannot be written.
    """
    from align.formats.atomic import open_for_writing

    with open_for_writing(path, "wb") as stream:
        stream.write(_head(log.alignment))
        stream.writelines(_line(entry_to_json(entry)) for entry in log.entries)


def merged(logs: Iterable[Sequence[Entry]]) -> tuple[Entry, ...]:
    """The entries of several logs in one, by time; what several have, once.

    Each log's own order stays, whatever its clock said.
    """
    found: dict[str, Entry] = {}
    for _, _, entry in heapq.merge(*map(_timed, logs), key=lambda each: each[:2]):
        found.setdefault(entry.id, entry)
    return tuple(found.values())


def _timed(entries: Sequence[Entry]) -> Iterator[tuple[str, str, Entry]]:
    latest = first = ""
    for entry in entries:
        time = entry.time.removesuffix("Z")  # which sorts after the point of a fraction
        if time > latest:
            latest, first = time, entry.id
        yield latest, first, entry


class LogFile:
    """A log that operations are added to, each on the disk before it counts as done.

    Other programs may add to it too: `refresh` reads what they did.

    Args:
        path: The file; made with the first operation where it is missing.
        alignment: Fingerprint of the alignment under review.

    Raises:
        InputError: If it is the review of another alignment, no review, or no regular file.
    """

    def __init__(self, path: Path, alignment: str) -> None:
        must_be_regular(path)
        self.path = path
        self._alignment = alignment
        self._size = 0
        self._is_locked = False
        self.entries: list[Entry] = []
        self.refresh()

    def refresh(self) -> list[Entry]:
        """Reads what was added since, by whomever.

        Returns:
            The new entries.
        """
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            return []
        if size == self._size:
            return []
        data = _bytes_of(self.path)
        if _head(self._alignment).startswith(data):  # not even the first line was written
            return []
        log, whole = _parsed(data, self.path)
        if log.alignment != self._alignment:
            raise InputError(
                "is the review of another alignment; move it away, or give the alignment file "
                "that it belongs to",
                path=self.path,
            )
        known = {entry.id for entry in self.entries}
        new = [entry for entry in log.entries if entry.id not in known]
        self.entries += new
        self._size = whole
        return new

    def append(self, entries: Sequence[Entry]) -> None:
        """Adds operations; they are on the disk when it returns.

        Raises:
            InputError: If it has become the review of another alignment.
            OutputError: If they cannot be written; none of them is in the log then.
        """
        with self.locked():
            self.refresh()
            lines = b"".join(_line(entry_to_json(entry)) for entry in entries)
            if not self._size:
                lines = _head(self._alignment) + lines
            try:
                _write_at(self.path, self._size, lines)
            except OSError as error:
                raise OutputError(f"{self.path}: cannot be written: {error.strerror}") from error
            self._size += len(lines)
            self.entries += entries

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other programs from adding to the log, and from writing it anew, meanwhile.

        Raises:
            OutputError: If the file cannot be written.
        """
        if self._is_locked or not HAS_LOCKS:
            yield
            return
        descriptor = self._lock()
        self._is_locked = True
        try:
            yield
        finally:
            self._is_locked = False
            os.close(descriptor)

    def _lock(self) -> int:
        while True:
            try:
                descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o666)
            except OSError as error:
                raise OutputError(f"{self.path}: cannot be written: {error.strerror}") from error
            lock_if_possible(descriptor)
            with suppress(OSError):
                if os.path.samestat(os.fstat(descriptor), self.path.stat()):
                    return descriptor
            os.close(descriptor)  # written anew while we waited


def _write_at(path: Path, size: int, lines: bytes) -> None:
    """Writes lines after so many bytes of a file, all of them or none, and onto the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        os.ftruncate(descriptor, size)  # what a crash left of a line
        os.lseek(descriptor, size, os.SEEK_SET)
        try:
            written = 0
            while written < len(lines):
                written += os.write(descriptor, lines[written:])
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise
    finally:
        os.close(descriptor)


def _head(alignment: str) -> bytes:
    return _line({"format": FORMAT, "version": VERSION, "alignment": alignment})


def _line(content: dict[str, Any]) -> bytes:
    # Escaped, so that no separator of lines or half a surrogate pair is in the file as it is.
    return json.dumps(content, separators=(",", ":")).encode("ascii") + b"\n"


def _bytes_of(path: Path) -> bytes:
    from align.formats.files import open_for_reading

    with open_for_reading(path) as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise InputError("is larger than any review", path=path)
    return data


def _parsed(data: bytes, path: Path) -> tuple[Log, int]:
    """A log, and how many of the bytes are whole lines."""
    whole = data.rfind(b"\n") + 1
    lines = data[:whole].split(b"\n")[:-1]
    if not lines:
        beginning = _head("")[:-3]  # up to the alignment
        if beginning.startswith(data) or data.startswith(beginning):
            return Log("", ()), 0  # whoever began it was stopped
        raise InputError("holds no review", path=path)
    entries: dict[str, Entry] = {}
    alignment = ""
    for number, line in enumerate(lines, start=1):
        try:
            content = json.loads(line)
            if number == 1:
                alignment = _alignment(content)
            elif line.strip():
                entry = entry_from_json(content)
                entries.setdefault(entry.id, entry)
        except InputError as error:
            raise InputError(error.message, path=path, line=number) from None
        except (ValueError, RecursionError):
            raise InputError("not JSON", path=path, line=number) from None
    return Log(alignment, tuple(entries.values())), whole


def _alignment(content: Any) -> str:
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InputError(f'not a review: its first line lacks "format": "{FORMAT}"')
    if content.get("version") != VERSION:
        raise InputError(f"is of another version of the format; this align reads {VERSION}")
    return str(content.get("alignment", ""))
