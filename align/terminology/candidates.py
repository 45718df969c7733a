"""The spans of a target text that may render a term."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from align.terminology.forms import form_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.encoders.base import FloatArray
    from align.terminology.association import IntArray
    from align.terminology.beadtexts import BeadText
    from align.terminology.words import Word

# Words of the longest span, function words in it included; analysers cut finer than spaces do.
_LONGEST = {"ja": 9, "zh": 8}
_LONGEST_OTHERWISE = 7


def spans_of(words: Sequence[Word], language: str) -> IntArray:
    """All runs of words that a term may be rendered by.

    Returns:
        Array of shape (n, 2), int64: first and last word of each run.
    """
    longest = _LONGEST.get(language.partition("-")[0], _LONGEST_OTHERWISE)
    spans = []
    for first, word in enumerate(words):
        if not word.opens:
            continue
        for last in range(first, min(first + longest, len(words))):
            if last > first and not words[last].joined:
                break
            if words[last].closes:
                spans.append((first, last))
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


def span_text(text: str, words: Sequence[Word], first: int, last: int) -> str:
    """What stands in a run of words."""
    return text[words[first].start : words[last].stop]


class Cohesion:
    """How much a span's edges cut apart what belongs together.

    A run of words that stands more than once, and each time with the same word beside it, is part
    of a longer expression; a suffix of Japanese or Chinese is part of the word before it.

    Args:
        beads: The beads of a language pair.
        language: BCP 47 tag of the target.
    """

    def __init__(self, beads: Iterable[BeadText], language: str) -> None:
        self._language = language
        self._runs: Counter[tuple[str, ...]] = Counter()
        self._left: dict[tuple[str, ...], Counter[str]] = {}
        self._right: dict[tuple[str, ...], Counter[str]] = {}
        for bead in beads:
            words = bead.target_words
            keys = [self._key(word) for word in words]
            for first, last in spans_of(words, language).tolist():
                run = tuple(keys[first : last + 1])
                self._runs[run] += 1
                for neighbours, index in ((self._left, first - 1), (self._right, last + 1)):
                    beside = self._beside(words, keys, index, first, last)
                    if beside:
                        neighbours.setdefault(run, Counter())[beside] += 1

    def penalties(self, words: Sequence[Word], spans: IntArray) -> FloatArray:
        """For each span, how much its edges cut, 0 where they cut nothing."""
        keys = [self._key(word) for word in words]
        result = np.zeros(len(spans), dtype=np.float32)
        for row, (first, last) in enumerate(spans.tolist()):
            run = tuple(keys[first : last + 1])
            often = self._runs[run]
            for neighbours, index in ((self._left, first - 1), (self._right, last + 1)):
                beside = self._beside(words, keys, index, first, last)
                if beside and often >= 2 and neighbours[run][beside] == often:
                    result[row] += np.log(often)
            if last + 1 < len(words) and words[last + 1].joined:
                after, before = words[last + 1].tag, words[last].tag
                if after.startswith("接尾辞") and "固有名詞" not in before:
                    result[row] += 1
            if first and words[first].joined and words[first - 1].tag.startswith("接頭辞"):
                result[row] += 1
        return result

    def _key(self, word: Word) -> str:
        return " ".join(form_key(word.text, self._language))

    @staticmethod
    def _beside(
        words: Sequence[Word], keys: Sequence[str], index: int, first: int, last: int
    ) -> str | None:
        """The content word beside a run, if one stands there and may belong to it."""
        if not 0 <= index < len(words):
            return None
        joined = words[first].joined if index < first else words[index].joined
        return keys[index] if joined and (words[index].opens or words[index].closes) else None
