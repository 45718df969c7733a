"""Parts of memories: units by language, length, confidence, date, property and pattern."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from align.errors import InputError
from align.formats.xml_files import XML_LANG, local_name
from align.languages import nearest_tags
from align.memories.stream import TmxEntry, TmxStream, write_entries

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 1.0  # that a pattern may take with one text


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which units are wanted.

    Attributes:
        languages: Languages to keep, whatever their region; units that have fewer than two of
            them are left out. All where empty.
        shortest: The fewest characters of a text.
        longest: The most characters of a text.
        min_confidence: The lowest confidence; units without one pass.
        since: The earliest date, such as `20240131` or `2024-01-31`; units without one do not pass.
        until: The latest date, to the end of the day.
        properties: Values that properties must have.
        pattern: A regular expression that a text must match somewhere.
        without: A regular expression that no text must match.

    Raises:
        InputError: If a date or a pattern is none.
    """

    languages: tuple[str, ...] = ()
    shortest: int = 0
    longest: int | None = None
    min_confidence: float | None = None
    since: str = ""
    until: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    pattern: str = ""
    without: str = ""

    def __post_init__(self) -> None:
        for date in (self.since, self.until):
            if date and not regex.fullmatch(r"\d{4}-?\d\d-?\d\d", date):
                raise InputError(f"{date!r} is no date like 2024-01-31")
        for pattern in (self.pattern, self.without):
            try:
                regex.compile(pattern)
            except regex.error as error:
                raise InputError(f"{pattern!r} is no regular expression: {error.msg}") from None

    def takes(self, entry: TmxEntry) -> bool:
        """Whether a unit is wanted, its languages left aside."""
        texts = [text for _, text in entry.said]
        lengths = [*map(len, texts)]
        if not lengths or min(lengths) < self.shortest:
            return False
        if self.longest is not None and max(lengths) > self.longest:
            return False
        if self.min_confidence is not None:
            confidence = entry.confidence
            if confidence is not None and confidence < self.min_confidence:
                return False
        if self.since or self.until:
            day = entry.date[:8]
            if not day or day < self.since.replace("-", ""):
                return False
            if self.until and day > self.until.replace("-", ""):
                return False
        if self.properties:
            there = entry.properties()
            if any(there.get(name) != value for name, value in self.properties.items()):
                return False
        if self.pattern and not any(_matches(self.pattern, text) for text in texts):
            return False
        return not (self.without and any(_matches(self.without, text) for text in texts))


def _matches(pattern: str, text: str) -> bool:
    try:
        return regex.search(pattern, text, timeout=_SECONDS) is not None
    except TimeoutError:
        raise InputError(f"the pattern {pattern!r} takes too long; make it simpler") from None


def filter_tmx(path: Path | str, output: Path | str, wanted: Wanted) -> tuple[int, int]:
    """Writes the units of a memory that are wanted.

    Returns:
        How many are written, and how many there are.

    Raises:
        InputError: If the file cannot be read, is not TMX, or a pattern takes too long.
        OutputError: If the output cannot be written.
    """
    stream = TmxStream(path)
    seen = 0

    def entries() -> Iterator[TmxEntry]:
        nonlocal seen
        for entry in stream:
            seen += 1
            if (not wanted.languages or keep_languages(entry, wanted.languages)) and wanted.takes(
                entry
            ):
                yield entry

    source = stream.header.get("srclang", "")
    written = write_entries(output, entries(), source=source, header=stream.header)
    return written, seen


def keep_languages(entry: TmxEntry, languages: Sequence[str]) -> bool:
    """Takes out of a unit what is in other languages; false where fewer than two are left."""
    kept = {tag for wanted in languages for tag in nearest_tags(wanted, entry.texts)}
    if len(kept) < 2:
        return False
    for tuv in list(entry.element):
        if local_name(tuv) == "tuv" and (tuv.get(XML_LANG) or tuv.get("lang")) not in kept:
            entry.element.remove(tuv)
    entry.texts = {tag: text for tag, text in entry.texts.items() if tag in kept}
    entry.further = tuple((tag, text) for tag, text in entry.further if tag in kept)
    return True
