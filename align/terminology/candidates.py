"""The spans of a target text that may render a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.languages.profile import profile
from align.terminology.forms import form_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.encoders.base import FloatArray
    from align.terminology.association import IntArray
    from align.terminology.cut_passages import CutPassage
    from align.terminology.words import Word


def spans_of(words: Sequence[Word], language: str) -> IntArray:
    """All runs of words that a term may be rendered by.

    Returns:
        Array of shape (n, 2), int64: first and last word of each run.
    """
    longest = profile(language).longest_term
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
        passages: The passages of a language pair.
        language: BCP 47 tag of the target.
    """

    def __init__(self, passages: Sequence[CutPassage], language: str) -> None:
        tags = profile(language).analyser_tags
        self._tags = {name: tags.get(name, ()) for name in _CLASSES}
        self._language = language
        numbers: dict[str, int] = {}
        self._keys = [
            np.array(
                [
                    numbers.setdefault(" ".join(form_key(word.text, language)), len(numbers) + 1)
                    for word in passage.target_words
                ],
                dtype=np.int64,
            )
            for passage in passages
        ]
        runs = [np.zeros(0, dtype=np.int64)]
        sides = [np.zeros((0, 2), dtype=np.int64)]
        for index, passage in enumerate(passages):
            spans = spans_of(passage.target_words, language)
            runs.append(self._hashes(index, spans))
            sides.append(self._neighbours(index, passage.target_words, spans))
        self._runs, which, self._often = np.unique(
            np.concatenate(runs), return_inverse=True, return_counts=True
        )
        beside = np.concatenate(sides)
        # Of each run, whether one and the same word is always on its left, and on its right.
        self._always = np.zeros((len(self._runs), 2), dtype=bool)
        for side in (0, 1):
            least = np.full(len(self._runs), np.iinfo(np.int64).max)
            most = np.zeros(len(self._runs), dtype=np.int64)
            np.minimum.at(least, which, beside[:, side])
            np.maximum.at(most, which, beside[:, side])
            self._always[:, side] = (least == most) & (most > 0)

    def penalties(self, bead: int, words: Sequence[Word], spans: IntArray) -> FloatArray:
        """For each span of a bead, how much its edges cut; 0 where they cut nothing."""
        if not len(spans):
            return np.zeros(0, dtype=np.float32)
        rows = np.searchsorted(self._runs, self._hashes(bead, spans))
        result = self._always[rows].sum(axis=1) * np.log(self._often[rows])
        for row, (first, last) in enumerate(spans.tolist()):
            if first:
                result[row] += _cut(words[first - 1], words[first], self._tags)
            if last + 1 < len(words):
                result[row] += _cut(words[last], words[last + 1], self._tags)
        return np.asarray(result, dtype=np.float32)

    def _hashes(self, bead: int, spans: IntArray) -> IntArray:
        """One number for each run of words, the same for the same words."""
        keys = self._keys[bead]
        hashes = np.zeros(len(spans), dtype=np.int64)
        with np.errstate(over="ignore"):
            for offset in range(int((spans[:, 1] - spans[:, 0]).max(initial=-1)) + 1):
                inside = spans[:, 0] + offset <= spans[:, 1]
                hashes[inside] = hashes[inside] * _PRIME + keys[spans[inside, 0] + offset]
        return hashes

    def _neighbours(self, bead: int, words: Sequence[Word], spans: IntArray) -> IntArray:
        """The content words beside each span, function words passed over; 0 for none."""
        keys = self._keys[bead]
        left = np.zeros(len(words), dtype=np.int64)
        right = np.zeros(len(words), dtype=np.int64)
        for step, beside in ((-1, left), (1, right)):
            for index in range(len(words)):
                at = index
                for _ in range(_PASSED_OVER):
                    joined = words[at].joined if step < 0 else _joined_after(words, at)
                    at += step
                    if not joined or not 0 <= at < len(words):
                        break
                    if words[at].opens or words[at].closes:
                        beside[index] = keys[at]
                        break
        return np.column_stack((left[spans[:, 0]], right[spans[:, 1]])).reshape(-1, 2)


_PRIME = 1_000_003
_PASSED_OVER = 3  # words looked at beside a span: two function words and what follows


def _joined_after(words: Sequence[Word], index: int) -> bool:
    return index + 1 < len(words) and words[index + 1].joined


_AFFIX = 1.0  # what it costs to cut an affix from its word …
_COMPOUND = 0.6  # … and two nouns apart that are written as one
_NAME = 2.0  # … and what may be one name
_CLASSES = ("prefix", "suffix", "nominal", "proper", "name_pair")


def _cut(before: Word, after: Word, tags: Mapping[str, tuple[str, ...]]) -> float:
    """What it costs to end a span between two words, where the language writes no spaces."""
    if not before.tag or before.stop != after.start:
        return 0.0
    if after.tag.startswith(tags["suffix"]):
        return 0.0 if before.tag.startswith(tags["proper"]) else _AFFIX
    if before.tag.startswith(tags["prefix"]):
        return _AFFIX
    for pair in tags["name_pair"]:
        first, _, second = pair.partition("+")
        if before.tag.startswith(first) and after.tag.startswith(second):
            return _NAME
    whole = all(word.opens or word.closes for word in (before, after))
    nominal = before.tag.startswith(tags["nominal"]) and after.tag.startswith(tags["nominal"])
    return _COMPOUND if whole and nominal else 0.0
