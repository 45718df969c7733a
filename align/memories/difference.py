"""What one memory has and another has not."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from align.memories.stream import TmxStream

if TYPE_CHECKING:
    from pathlib import Path

    from align.memories.stream import TmxEntry


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that one of two memories lacks.

    Attributes:
        kind: Whether the newer memory has it alone (`added`), or the older (`removed`), or has its
            source with other translations (`changed`).
        line: Its line in its file: the newer one, or the older if it was removed.
        texts: What it says, by language, the source first.
    """

    kind: str
    line: int
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one memory to another.

    Attributes:
        same: How many units both have.
        changes: The others, in the order of the newer file; what was removed comes last.
    """

    same: int
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        """How many changes there are of a kind."""
        return sum(change.kind == kind for change in self.changes)


def diff_tmx(old: Path | str, new: Path | str) -> Difference:
    """Compares two memories by what their units say, in whatever order they stand.

    Raises:
        InputError: If a file cannot be read or is not TMX.
    """
    before, after = TmxStream(old), TmxStream(new)
    old_keys = {entry.key() for entry in before}
    old_sources = {_source_key(entry) for entry in before}
    new_keys: set[bytes] = set()
    new_sources: set[bytes] = set()
    changes: list[Change] = []
    same = 0
    for entry in after:
        key, source = entry.key(), _source_key(entry)
        if key in old_keys:
            same += 1
        elif key not in new_keys:
            kind = "changed" if source in old_sources else "added"
            changes.append(Change(kind, entry.line, dict(entry.texts)))
        new_keys.add(key)
        new_sources.add(source)
    gone: set[bytes] = set()
    for entry in before:
        key = entry.key()
        if key not in new_keys and key not in gone and _source_key(entry) not in new_sources:
            changes.append(Change("removed", entry.line, dict(entry.texts)))
            gone.add(key)
    return Difference(same, tuple(changes))


def _source_key(entry: TmxEntry) -> bytes:
    return blake2b(repr(entry.source_text).encode("utf-8", "surrogatepass"),
                   digest_size=12).digest()  # fmt: skip
