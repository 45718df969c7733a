"""Look-ups in a memory: exact and fuzzy matches as a translation tool counts them; concordance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from align.units import TranslationUnit

# A word, a number, a character of a script without spaces, or a mark.
_TOKEN = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*"
    r"|\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|[^\s\p{L}\p{N}]"
)
_MOST_CANDIDATES = 300
_MOST_POSTINGS = 5_000


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
        self._pairs: list[tuple[str, str, TranslationUnit]] = []
        self._tokens: list[tuple[int, ...]] = []
        self._numbers: dict[str, int] = {}
        self._exact: defaultdict[str, list[int]] = defaultdict(list)
        self._postings: defaultdict[int, list[int]] = defaultdict(list)
        seen: set[tuple[str, str]] = set()
        for unit in units:
            found = unit.between(source, target)
            if found is None:
                continue
            text, translation = found[0].text, found[1][0].text
            if (text, translation) not in seen:
                seen.add((text, translation))
                self._add(text, translation, unit)
        self._folded: list[tuple[str, str]] | None = None

    def __len__(self) -> int:
        return len(self._pairs)

    def _add(self, text: str, translation: str, unit: TranslationUnit) -> None:
        place = len(self._pairs)
        self._pairs.append((text, translation, unit))
        tokens = tuple(
            self._numbers.setdefault(token, len(self._numbers)) for token in _tokens(text)
        )
        self._tokens.append(tokens)
        self._exact[_plain(text)].append(place)
        for token in set(tokens):
            self._postings[token].append(place)

    def lookup(self, text: str, *, least: int = 70, most: int = 5) -> list[Match]:
        """The units whose source is like a text, the likest first.

        Args:
            text: The text.
            least: The lowest score.
            most: How many at most.
        """
        from rapidfuzz.distance import Levenshtein

        exact = self._exact.get(_plain(text), [])
        found = [(100, place) for place in exact]
        if len(found) < most and least < 100:
            words = _tokens(text)
            # What the memory does not know differs from all that it has.
            tokens = [self._numbers.get(word, -1 - n) for n, word in enumerate(words)]
            for place in self._candidates(tokens, least):
                other = self._tokens[place]
                alike = Levenshtein.normalized_similarity(tokens, other, score_cutoff=least / 100)
                score = min(99, int(100 * alike))
                if score >= least and place not in exact:
                    found.append((score, place))
        found.sort(key=lambda each: (-each[0], each[1]))
        return [Match(score, *self._pairs[place]) for score, place in found[:most]]

    def _candidates(self, tokens: Sequence[int], least: int) -> list[int]:
        """Units that share enough words, those that share most first.

        A unit that is as like as is asked for lacks few of the words. So it has one of those few
        plus one that are rarest.
        """
        own = sorted(set(tokens), key=lambda token: len(self._postings.get(token, ())))
        lacking = len(tokens) - int(len(tokens) * least / 100)
        shared: Counter[int] = Counter()
        longest = len(tokens) * 100 / least if least else len(tokens) * 10
        shortest = len(tokens) * least / 100
        looked_at = 0
        for number, token in enumerate(own):
            postings = self._postings.get(token, ())
            if number > lacking and looked_at + len(postings) > _MOST_POSTINGS:
                break
            looked_at += len(postings)
            shared.update(postings[:_MOST_POSTINGS])
        return [
            place
            for place, _ in shared.most_common(_MOST_CANDIDATES)
            if shortest <= len(self._tokens[place]) <= longest
        ]

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
