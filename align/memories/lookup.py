"""Look-ups in a memory: exact and fuzzy matches as a translation tool counts them; concordance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from align.memories.sequences import SequenceIndex

if TYPE_CHECKING:
    from align.units import TranslationUnit

# A word, a number, a character of a script without spaces, or a mark.
_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
    r"|\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|[^\s\p{L}\p{N}]"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that is like what was looked up.

    Attributes:
        score: How like, in per cent: 100 where the texts are the same, else 99 at most, the part of
            words and marks that need no editing.
        source: The unit's source.
        target: Its translation.
        unit: The unit.
    """

    score: int
    source: str
    target: str
    unit: TranslationUnit


class MemoryIndex:
    """A memory of two languages made ready for look-ups.

    A source may have several translations: all are kept, in the order of the memory.

    Args:
        units: The memory.
        source: The language that is looked up.
        target: The language that is wanted; variants of its region go first, and a text in the
            source's own variant is never offered as a translation.

    >>> from align.units import TranslationUnit, Variant
    >>> pairs = [("The red sail.", "La voile rouge."), ("Fog.", "Brume.")]
    >>> index = MemoryIndex(
    ...     [TranslationUnit((Variant("en", (), a), Variant("fr", (), b))) for a, b in pairs],
    ...     "en", "fr")
    >>> [(match.score, match.target) for match in index.lookup("The blue sail.")]
    [(75, 'La voile rouge.')]
    """

    def __init__(self, units: Iterable[TranslationUnit], source: str, target: str) -> None:
        # Pairs that are the same are one.
        pairs: dict[tuple[str, str], TranslationUnit] = {}
        for unit in units:
            found = unit.between(source, target)
            if found is not None:
                pairs.setdefault((found[0].text, found[1][0].text), unit)
        self._pairs = [(*texts, unit) for texts, unit in pairs.items()]
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        for place, (text, _, _) in enumerate(self._pairs):
            self._exact[_plain(text)].append(place)
        self._sequences = SequenceIndex(_tokens(text) for text, _, _ in self._pairs)
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        for place, number in enumerate(self._sequences.numbers):
            self._places[number].append(place)
        self._folded: list[tuple[str, str]] | None = None

    def __len__(self) -> int:
        return len(self._pairs)

    def lookup(self, text: str, *, least: int = 70, most: int = 5) -> list[Match]:
        """The units whose source is like a text, the likest first, then in the memory's order.

        None is missed: what is found is what comparing the text with each unit finds.

        Args:
            text: The text.
            least: The lowest score; 1 and less ask for all that have a hundredth in common.
            most: How many at most.
        """
        exact = self._exact.get(_plain(text), [])[:most]
        found = [(100, place) for place in exact]
        if len(found) < most and least < 100:
            for score, number in self._sequences.alike(_tokens(text), max(least, 1)):
                places = self._places[number][: most + len(exact)]
                found += [(min(score, 99), place) for place in places if place not in exact]
        found.sort(key=lambda each: (-each[0], each[1]))
        return [Match(score, *self._pairs[place]) for score, place in found[:most]]

    def concordance(self, phrase: str, *, in_target: bool = False, most: int = 50) -> list[Match]:
        """The units in which a phrase stands, whatever its case, in the order of the memory.

        Args:
            phrase: The phrase.
            in_target: Whether to look in the translations.
            most: How many at most.
        """
        wanted = _plain(phrase).casefold()
        if not wanted:
            return []
        if self._folded is None:
            self._folded = [
                (_plain(text).casefold(), _plain(other).casefold())
                for text, other, _ in self._pairs
            ]
        found = []
        for place, sides in enumerate(self._folded):
            if wanted in sides[in_target]:
                text, translation, unit = self._pairs[place]
                found.append(Match(100, text, translation, unit))
                if len(found) >= most:
                    break
        return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def _tokens(text: str) -> list[str]:
    found: list[str] = _TOKEN.findall(text.casefold())
    return found
