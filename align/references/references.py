"""Memories and termbases together: what a program asks on behalf of a translator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from align.errors import InputError
from align.formats import read_pairs
from align.formats.termbases import read_termbase
from align.languages import normalise_tag
from align.references.additions import Added, NewMemory
from align.references.languages import asked_pair
from align.references.memory import LoadedMemory, MemoryMatch
from align.references.termbase import LoadedTermbase, TermMatch
from align.skipped import Skipped


class References:
    """Memories and termbases, held in memory and ready for look-ups.

    Everything is read once, when the object is made. Several threads may ask at a time. Languages
    are named by any tag that `align` understands; of what is there the exact tag goes first, then
    the language as the nearest region writes it, and what is written in one of the two tags is
    never offered for the other.

    Args:
        memories: Files of pairs, in any format that is read; what is found in the first goes first.
        termbases: Termbases, likewise.
        languages: Source and target, for files that do not say theirs.
        writable: A new memory, to which `add` adds; what is added is found before all else.
        told: Is called with what the user should know of the files, a line each.

    Raises:
        InputError: If nothing is given, a file cannot be read or has nothing in it, or there is a
            file already where the new memory is to be.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     references = References(writable=Path(folder) / "new.tmx")
    ...     _ = references.add("en-GB", "fr", "The red sail.", "La voile rouge.")
    ...     [(match.score, match.target.text)
    ...      for match in references.lookup("The blue sail.", source="en", target="fr")]
    [(75, 'La voile rouge.')]
    """

    def __init__(
        self,
        memories: Sequence[Path | str] = (),
        termbases: Sequence[Path | str] = (),
        *,
        languages: tuple[str, str] | None = None,
        writable: Path | str | None = None,
        told: Callable[[str], Any] = lambda _line: None,
    ) -> None:
        if not memories and not termbases and writable is None:
            raise InputError("there is nothing to look things up in; name a memory or a termbase")
        self.new = None if writable is None else NewMemory(writable)
        source, target = languages or (None, None)
        read = []
        for path in memories:
            skipped = Skipped()
            units = list(read_pairs(path, source=source, target=target, skipped=skipped))
            if not units:
                raise InputError("holds no units", path=path)
            read.append(LoadedMemory(str(path), units))
            for line in skipped.messages(path):
                told(line)
        self.memories: tuple[LoadedMemory, ...] = (*([self.new.memory] if self.new else []), *read)
        loaded = []
        for path in termbases:
            skipped = Skipped()
            termbase = read_termbase(path, languages=languages, skipped=skipped)
            loaded.append(LoadedTermbase(str(path), termbase))
            for line in skipped.messages(path):
                told(line)
        self.termbases: tuple[LoadedTermbase, ...] = tuple(loaded)

    def lookup(
        self, text: str, *, source: str, target: str, least: int = 70, most: int = 5
    ) -> list[MemoryMatch]:
        """The units of all memories whose source is like a text, the likest first.

        What several memories say is said once, by the first.

        Args:
            text: The text.
            source: Its language.
            target: The language that is wanted.
            least: The lowest score, in per cent; see `Match`.
            most: How many at most.

        Raises:
            InputError: If a language is unknown, or both are one.
        """
        pair = asked_pair(source, target)
        found = [
            match
            for memory in self.memories
            for match in memory.lookup(text, *pair, least=least, most=most)
        ]
        return _once(sorted(found, key=lambda match: -match.score))[:most]

    def concordance(
        self, phrase: str, *, source: str, target: str, in_target: bool = False, most: int = 50
    ) -> list[MemoryMatch]:
        """The units of all memories in which a phrase stands, whatever its case, in their order.

        Args:
            phrase: The phrase.
            source: The language of the sources.
            target: That of the translations.
            in_target: Whether to look in the translations.
            most: How many at most.

        Raises:
            InputError: If a language is unknown, or both are one.
        """
        pair = asked_pair(source, target)
        found: list[MemoryMatch] = []
        for memory in self.memories:
            found += memory.concordance(phrase, *pair, in_target=in_target, most=most)
            if len(found := _once(found)) >= most:
                break
        return found[:most]

    def memories_for(self, source: str, target: str) -> list[str]:
        """The names of the memories that have both languages, whatever their regions.

        Raises:
            InputError: If a language is unknown, or both are one.
        """
        pair = asked_pair(source, target)
        return [memory.name for memory in self.memories if memory.has(*pair)]

    def termbases_for(self, source: str, target: str | None = None) -> list[str]:
        """The names of the termbases that have a language, or both.

        Raises:
            InputError: If a language is unknown, or both are one.
        """
        pair = _asked(source, target)
        return [each.name for each in self.termbases if each.has(*pair)]

    def terms_in(self, text: str, *, source: str, target: str | None = None) -> list[TermMatch]:
        """The terms of all termbases that stand in a text, in whatever form, in its order.

        Args:
            text: The text.
            source: Its language.
            target: The language of the renderings; all where none is named.

        Raises:
            InputError: If a language is unknown, or both are one.
        """
        pair = _asked(source, target)
        found = [match for each in self.termbases for match in each.terms_in(text, *pair)]
        return sorted(found, key=lambda match: (match.span.start, -len(match.span))
                      if match.span else (0, 0))  # fmt: skip

    def terms_with(
        self, word: str, *, source: str, target: str | None = None, most: int = 50
    ) -> list[TermMatch]:
        """The concepts of all termbases of which a term has a word in it.

        Args:
            word: The word or words; see `LoadedTermbase.with_word`.
            source: Their language.
            target: The language of the renderings; all where none is named.
            most: How many at most.

        Raises:
            InputError: If a language is unknown, or both are one.
        """
        pair = _asked(source, target)
        found = [
            match for each in self.termbases for match in each.with_word(word, *pair, most=most)
        ]
        return found[:most]

    def add(
        self, source: str, target: str, text: str, translation: str, *, note: str = ""
    ) -> Added:
        """Adds a unit to the new memory; see `NewMemory.add`.

        Raises:
            InputError: As there, and if there is no new memory.
            ClosedMemoryError: As there.
            OutputError: As there.
        """
        if self.new is None:
            raise InputError("nothing can be added; a new memory has to be named at the start")
        return self.new.add(source, target, text, translation, note=note)


def _asked(source: str, target: str | None) -> tuple[str, str | None]:
    return asked_pair(source, target) if target is not None else (normalise_tag(source), None)


def _once(matches: list[MemoryMatch]) -> list[MemoryMatch]:
    """The first of those that say the same."""
    first: dict[tuple[str, str], MemoryMatch] = {}
    for match in matches:
        first.setdefault((match.source.text, match.target.text), match)
    return list(first.values())
