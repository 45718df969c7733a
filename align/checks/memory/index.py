"""Finds what a memory holds for a text, without comparing it with every unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.checks.memory.quotations import quotations
from align.checks.memory.words import Codes, compared_words, folded
from align.languages.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.units import TranslationUnit

LEAST_SIMILARITY = 0.75
"""Below it a memory's match helps no translator."""

_JUST_NOT_EXACT = 0.99
"""Most that texts of the same words reach which are not the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A source text of the memory.

    Attributes:
        source: The text, white space single.
        targets: Its translations, in the order of the memory, each once.
    """

    source: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What the memory has for a text.

    Attributes:
        entry: What was found.
        similarity: 1 where the texts are the same, otherwise less: one minus the edits of words
            (characters in Japanese and Chinese) as a share of the longer text (Levenshtein 1966).
    """

    entry: Entry
    similarity: float

    @property
    def is_exact(self) -> bool:
        """Whether the texts are the same."""
        return self.similarity == 1


class MemoryIndex:
    """The units of a memory that have two languages, for looking texts up.

    Candidates are found by their rarest words: of two texts of which at least the share s of
    words is common, the rarest (1 - s) of each, in one order of all words, have a word in common
    (the prefix filter of Chaudhuri et al., ICDE 2006). No match is lost by that.

    Args:
        units: The memory.
        source: BCP 47 tag of the language that is looked up.
        target: BCP 47 tag of the language of its translations; None where none is needed.
    """

    def __init__(self, units: Iterable[TranslationUnit], source: str, target: str | None) -> None:
        targets: dict[str, dict[str, None]] = {}
        for unit in units:
            if target is None:
                for variant in unit.in_language(source)[:1]:
                    targets.setdefault(folded(variant.text), {})
            elif pair := unit.between(source, target):
                found = dict.fromkeys(folded(each.text) for each in pair[1])
                targets.setdefault(folded(pair[0].text), {}).update(found)
        self._language = source
        self._entries = [Entry(text, tuple(found)) for text, found in targets.items()]
        self._exact = {entry.source: number for number, entry in enumerate(self._entries)}
        self._codes = Codes()
        self._coded = [self._code(entry.source) for entry in self._entries]
        self._often = Counter(word for coded in self._coded for word in set(self._features(coded)))
        self._by_feature: dict[str, list[int]] = defaultdict(list)
        for number, coded in enumerate(self._coded):
            for feature in self._rarest(coded):
                self._by_feature[feature].append(number)
        self._quoted: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, entry in enumerate(self._entries):
            for place, span in enumerate(quotations(entry.source)):
                self._quoted[self._code(entry.source[span.slice])].append((number, place))

    def __len__(self) -> int:
        return len(self._entries)

    def best(self, text: str) -> Match | None:
        """The most similar entry of at least `LEAST_SIMILARITY`; None where there is none."""
        from rapidfuzz.distance import Levenshtein
        from rapidfuzz.process import extractOne

        exact = self._exact.get(folded(text))
        if exact is not None:
            return Match(self._entries[exact], 1.0)
        coded = self._code(text)
        candidates = {
            number: self._coded[number]
            for feature in self._rarest(coded)
            for number in self._by_feature.get(feature, ())
        }
        found = extractOne(
            coded,
            candidates,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=LEAST_SIMILARITY,
        )
        if found is None or not coded:
            return None
        _, similarity, number = found
        return Match(self._entries[number], min(similarity, _JUST_NOT_EXACT))

    def quoted(self, quotation: str) -> Iterator[tuple[Entry, int]]:
        """Where the memory quotes the same words.

        Yields:
            An entry, and which of the quotations in its source it is.
        """
        for number, place in self._quoted.get(self._code(quotation), ()):
            yield self._entries[number], place

    def _code(self, text: str) -> str:
        return self._codes.of(compared_words(text, self._language))

    def _features(self, coded: str) -> Sequence[str]:
        """What candidates are found by: words; pairs of characters, for single ones are common."""
        if not profile(self._language).spaced and len(coded) > 1:
            return [coded[place : place + 2] for place in range(len(coded) - 1)]
        return coded

    def _rarest(self, coded: str) -> list[str]:
        """The rarest features of a text, so many that any similar text has one of them."""
        features = sorted(self._features(coded), key=lambda each: (self._often.get(each, 0), each))
        # An edit takes away one word, but two pairs of characters.
        lost = int(len(coded) * (1 - LEAST_SIMILARITY))
        return features[: (len(features[0]) if features else 1) * lost + 1]
