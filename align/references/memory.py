"""A memory of any languages, looked up in either direction of any pair of them."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from align.memories import MemoryIndex
from align.references.languages import nearest_pair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from align.memories import Match
    from align.units import TranslationUnit, Variant

_BLOCK = 500  # units that are added before what was added is no longer indexed anew


@dataclass(frozen=True, slots=True)
class MemoryMatch:
    """A unit that was found, and where.

    Attributes:
        score: How like what was looked up, in per cent, as `Match` has it; 100 in a concordance.
        source: The unit's text in the language that was looked up.
        target: Its translation.
        memory: The name of the memory.
        unit: The unit.
    """

    score: int
    source: Variant
    target: Variant
    memory: str
    unit: TranslationUnit


class LoadedMemory:
    """A memory that is held and indexed, a language pair when somebody first asks for it.

    Several threads may ask at a time.

    Args:
        name: What it is called.
        units: What is in it.

    >>> from align.units import TranslationUnit, Variant
    >>> pair = (Variant("en-GB", (), "Fog."), Variant("fr", (), "Brume."))
    >>> memory = LoadedMemory("sea.tmx", [TranslationUnit(pair)])
    >>> [match.target.text for match in memory.lookup("Brume.", "fr", "en", least=70, most=5)]
    ['Fog.']
    """

    def __init__(self, name: str, units: Iterable[TranslationUnit] = ()) -> None:
        self.name = name
        self._blocks = [list(units)]
        self._languages = dict.fromkeys(_languages(self._blocks[0]))
        self._indices: dict[tuple[int, str, str], MemoryIndex] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return sum(map(len, self._blocks))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has, in the order in which they first come."""
        with self._lock:
            return tuple(self._languages)

    def add(self, unit: TranslationUnit) -> None:
        """Adds a unit at the end."""
        with self._lock:
            if len(self._blocks) == 1 or len(self._blocks[-1]) >= _BLOCK:
                self._blocks.append([])
            last = len(self._blocks) - 1
            self._blocks[last].append(unit)
            self._languages.update(dict.fromkeys(_languages([unit])))
            self._indices = {key: each for key, each in self._indices.items() if key[0] != last}

    def has(self, source: str, target: str) -> bool:
        """Whether it has both languages, whatever their regions."""
        return nearest_pair(source, target, self.languages) is not None

    def lookup(
        self, text: str, source: str, target: str, *, least: int, most: int
    ) -> list[MemoryMatch]:
        """The units whose source is like a text, the likest first; see `MemoryIndex.lookup`."""
        found = self._search(
            source, target, lambda index: index.lookup(text, least=least, most=most)
        )
        return sorted(found, key=lambda match: -match.score)[:most]

    def concordance(
        self, phrase: str, source: str, target: str, *, in_target: bool, most: int
    ) -> list[MemoryMatch]:
        """The units in which a phrase stands; see `MemoryIndex.concordance`."""
        found = self._search(
            source,
            target,
            lambda index: index.concordance(phrase, in_target=in_target, most=most),
        )
        return found[:most]

    def _search(
        self, source: str, target: str, search: Callable[[MemoryIndex], list[Match]]
    ) -> list[MemoryMatch]:
        with self._lock:
            pair = nearest_pair(source, target, self._languages)
            if pair is None:
                return []
            return [
                self._found(match, *pair)
                for number in range(len(self._blocks))
                for match in search(self._index(number, *pair))
            ]

    def _index(self, number: int, source: str, target: str) -> MemoryIndex:
        key = (number, source, target)
        if key not in self._indices:
            self._indices[key] = MemoryIndex(self._blocks[number], source, target)
        return self._indices[key]

    def _found(self, match: Match, source: str, target: str) -> MemoryMatch:
        between = match.unit.between(source, target)
        assert between is not None  # noqa: S101 - the index has no other units
        return MemoryMatch(match.score, between[0], between[1][0], self.name, match.unit)


def _languages(units: Iterable[TranslationUnit]) -> Iterator[str]:
    return (variant.language for unit in units for variant in unit.variants)
