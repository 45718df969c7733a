"""Words of two texts that go together, learnt from the beads of a first pass.

A word that stands in the source wherever another stands in the target very likely translates it:
names above all, and what a story says again and again. So where the first pass is sure enough,
words are paired by how often they share a bead, as aligners did before there were vectors
(Moore, AMTA 2002; Varga et al., RANLP 2005), in any language and script. So are those that both
texts spell alike: Latin names among other letters, cognates, numbers, codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.aligner.shapes import Shape

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
Step = tuple[int, int, int, int]

_LEAST_SHARED = 2  # beads that two words stand in together
_LEAST_RATIO = 1.5  # times as often as by chance
_LEAST_EVIDENCE = 6.0  # twice the log-likelihood ratio of sharing beads
_PARTNERS = 3  # with which a word goes at most
_MOST_COMMON = 0.5  # share of the beads beyond which a word says nothing
_MOST_ALIKE = 0.1  # share of the segments beyond which a word that both texts have says nothing
_SPELLING_DIMENSION = 64  # of the vectors that stand for spellings
_PAIRS_AT_ONCE = 4_000_000  # words of one bead that are paired in one go


@dataclass(frozen=True, slots=True)
class SegmentWords:
    """The different words of each segment of a text.

    Attributes:
        words: A number below 2 to the power of 32 for each word, the same in every text, segment
            after segment, shape (k,).
        firsts: Index of each segment's first word, with k at the end, shape (n + 1,).
    """

    words: IntArray
    firsts: IntArray

    def segments(self) -> IntArray:
        """The segment that each word stands in, shape (k,)."""
        return np.repeat(np.arange(len(self.firsts) - 1), np.diff(self.firsts))


class WordPairs:
    """Which words go together, and how much of what two spans say that explains.

    Args:
        source: The words of the source.
        target: The words of the target.
        beads: The beads of a first pass that are sure enough to learn from.

    Attributes:
        spellings: For each side the sums of the vectors of the words in each segment that both
            texts spell alike, shape (n, 64): sides that have the same such words have the same.
    """

    def __init__(self, source: SegmentWords, target: SegmentWords, beads: Sequence[Step]) -> None:
        self._words = (_Index(source), _Index(target))
        steps = np.array(beads, dtype=np.int64).reshape(-1, 4)
        inside = [
            _of_beads(text, steps[:, first], steps[:, first + 1])
            for text, first in zip((source, target), (0, 2), strict=True)
        ]
        learnt = _associations(inside[0], inside[1], len(steps))
        alike, strength = _spelt_alike(source, target)
        vectors = _spelling_vectors(alike) * strength[:, None]
        self.spellings: tuple[FloatArray, FloatArray] = (
            _sums_of_segments(source, alike, vectors),
            _sums_of_segments(target, alike, vectors),
        )
        one, other = np.concatenate((learnt[0], alike)), np.concatenate((learnt[1], alike))
        strength = np.concatenate((learnt[2], strength))
        self._pairs = (_Pairs(one, other, strength), _Pairs(other, one, strength))

    def covered(self, rows: IntArray, columns: IntArray, shapes: Sequence[Shape]) -> FloatArray:
        """How well the words of each side of beads are matched on the other, summed over both.

        Args:
            rows: Consecutive rows of nodes.
            columns: Consecutive columns of nodes.
            shapes: The shapes that a bead may have.

        Returns:
            Array of shape (rows, shapes, columns), float32.
        """
        result = np.zeros((len(rows), len(shapes), len(columns)), dtype=np.float32)
        longest = max(max(shape) for shape in shapes)
        nodes = (rows, columns)
        for side in (0, 1):
            here, there = nodes[side], nodes[1 - side]
            first, last = max(int(here[0]) - longest, 0), int(here[-1])
            low, high = max(int(there[0]) - longest, 0), int(there[-1])
            segment, best = self._pairs[side].best(
                self._words[side], self._words[1 - side], (first, last), (low, high)
            )
            if not len(segment):
                continue
            padded = np.zeros((len(segment), high - low + 1), dtype=np.float32)
            padded[:, 1:] = best  # column j + 1 is segment low + j
            newest = np.clip(there - low, 0, None)
            stops = np.clip(here - first, 0, last - first)
            inside = np.zeros((len(segment), len(there)), dtype=np.float32)
            firsts = np.searchsorted(segment, np.arange(first, last + 1))
            for size in range(1, longest + 1):
                column = np.clip(newest - size + 1, 0, None)
                np.maximum(inside, padded[:, column], out=inside)
                sums = np.zeros((len(segment) + 1, len(there)), dtype=np.float32)
                np.cumsum(inside, axis=0, out=sums[1:])
                until = sums[firsts]  # of all segments before each
                for place, shape in enumerate(shapes):
                    if shape[1 - side] == size:
                        begins = np.clip(stops - shape[side], 0, None)
                        gathered = until[stops] - until[begins]
                        result[:, place] += gathered if side == 0 else gathered.T
        return result


class _Index:
    """Where words stand, in the order of words and of the text."""

    def __init__(self, text: SegmentWords) -> None:
        self.text = text
        segments = text.segments()
        order = np.lexsort((segments, text.words))
        self._size = len(text.firsts)
        self._keys = text.words[order] * self._size + segments[order]

    def between(self, words: IntArray, low: int, high: int) -> tuple[IntArray, IntArray]:
        """Range of the places of each word in segments `low` to `high` - 1."""
        return (
            np.searchsorted(self._keys, words * self._size + low),
            np.searchsorted(self._keys, words * self._size + high),
        )

    def segments(self, places: IntArray) -> IntArray:
        """The segments of places."""
        return np.asarray(self._keys[places] % self._size)


class _Pairs:
    """Words of one side with the words of the other that go with them."""

    def __init__(self, words: IntArray, others: IntArray, strength: FloatArray) -> None:
        order = np.argsort(words, kind="stable")
        self._words, self._others = words[order], others[order]
        self._strength = strength[order]

    def best(
        self, own: _Index, other: _Index, here: tuple[int, int], there: tuple[int, int]
    ) -> tuple[IntArray, FloatArray]:
        """The words of some segments, and how strongly each goes with a word of some others.

        Returns:
            The segment of each word that goes with any, ascending, shape (k,), and the strongest
            tie to each of the other segments, shape (k, others).
        """
        begin, end = own.text.firsts[[here[0], here[1]]]
        words = own.text.words[begin:end]
        segments = np.repeat(
            np.arange(here[0], here[1]), np.diff(own.text.firsts[here[0] : here[1] + 1])
        )
        low, high = (np.searchsorted(self._words, words, side=side) for side in ("left", "right"))
        which = ranges(low, high - low)
        word = np.repeat(np.arange(len(words)), high - low)
        begins, ends = other.between(self._others[which], *there)
        place = ranges(begins, ends - begins)
        column = other.segments(place) - there[0]
        found = np.repeat(np.arange(len(which)), ends - begins)
        kept, row = np.unique(word[found], return_inverse=True)
        best = np.zeros((len(kept), there[1] - there[0]), dtype=np.float32)
        np.maximum.at(best, (row, column), self._strength[which[found]])
        return segments[kept], best


def ranges(starts: IntArray, counts: IntArray) -> IntArray:
    """The numbers from each start on, as many as its count says, one range after the other."""
    ends = np.cumsum(counts)
    return np.asarray(np.arange(int(counts.sum())) + np.repeat(starts - (ends - counts), counts))


def _of_beads(text: SegmentWords, starts: IntArray, stops: IntArray) -> tuple[IntArray, IntArray]:
    """The different words of each bead's side: beads, ascending, and words."""
    begins, ends = text.firsts[starts], text.firsts[stops]
    bead = np.repeat(np.arange(len(starts)), ends - begins)
    words = text.words[ranges(begins, ends - begins)]
    together = np.unique(np.column_stack((bead, words)), axis=0)
    return together[:, 0], together[:, 1]


def _associations(
    source: tuple[IntArray, IntArray], target: tuple[IntArray, IntArray], beads: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Words that share beads more than by chance, and how strong the tie is (Dice)."""
    sides = []
    for bead, words in (source, target):
        kinds, number, counts = np.unique(words, return_inverse=True, return_counts=True)
        telling = (counts >= _LEAST_SHARED) & (counts <= max(_MOST_COMMON * beads, _LEAST_SHARED))
        kept = telling[number]
        sides.append((bead[kept], number[kept], kinds, counts))
    (bead, one, kinds, counts), (other_bead, other, other_kinds, other_counts) = sides
    places = np.searchsorted(other_bead, np.arange(beads + 1))
    each = np.diff(places)[bead]
    parts: list[tuple[IntArray, IntArray]] = []
    start = 0
    for stop in _cuts(each):
        which = ranges(places[bead[start:stop]], each[start:stop])
        pair = np.repeat(one[start:stop], each[start:stop]) * len(other_kinds) + other[which]
        parts.append(np.unique(pair, return_counts=True))
        start = stop
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, np.zeros(0, dtype=np.float32)
    pairs, number = np.unique(np.concatenate([pair for pair, _ in parts]), return_inverse=True)
    shared = np.bincount(number, np.concatenate([count for _, count in parts]))
    one, other = np.divmod(pairs, max(len(other_kinds), 1))
    expected = counts[one] * other_counts[other] / beads
    evidence = 2 * shared * np.log(shared / expected)
    kept = (
        (shared >= _LEAST_SHARED)
        & (shared > _LEAST_RATIO * expected)
        & (evidence > _LEAST_EVIDENCE)
    )
    # One bead fewer: a bead is no witness for itself.
    strength = 2 * (shared - 1) / (counts[one] + other_counts[other])
    one, other, strength = one[kept], other[kept], strength[kept].astype(np.float32)
    near = (_ranks(one, strength) < _PARTNERS) & (_ranks(other, strength) < _PARTNERS)
    return kinds[one[near]], other_kinds[other[near]], strength[near]


def _spelt_alike(source: SegmentWords, target: SegmentWords) -> tuple[IntArray, FloatArray]:
    """Words that both texts have, and how alike they are in how often: names, numbers, codes."""
    kinds, counts = zip(*map(_rare_words, (source, target)), strict=True)
    common, here, there = np.intersect1d(
        kinds[0], kinds[1], assume_unique=True, return_indices=True
    )
    one, other = counts[0][here], counts[1][there]
    return common, (2 * np.minimum(one, other) / (one + other)).astype(np.float32)


def _spelling_vectors(words: IntArray) -> FloatArray:
    """Nearly orthogonal unit vectors that stand for words, shape (k, 64)."""
    mixed = words.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(32))) * np.uint64(0xD6E8FEB86659FD93)
    mixed ^= mixed >> np.uint64(32)
    bits = (mixed[:, None] >> np.arange(_SPELLING_DIMENSION, dtype=np.uint64)) & np.uint64(1)
    signs = 2 * bits.astype(np.float32) - 1
    return np.asarray(signs / np.sqrt(np.float32(_SPELLING_DIMENSION)))


def _sums_of_segments(text: SegmentWords, words: IntArray, vectors: FloatArray) -> FloatArray:
    """Sums of the vectors of those words, ascending, that each segment has."""
    sums = np.zeros((len(text.firsts) - 1, vectors.shape[1]), dtype=np.float32)
    if len(words):
        place = np.minimum(np.searchsorted(words, text.words), len(words) - 1)
        among = words[place] == text.words
        np.add.at(sums, text.segments()[among], vectors[place[among]])
    return sums


def _rare_words(text: SegmentWords) -> tuple[IntArray, IntArray]:
    """The words that stand in few segments of a text, and in how many."""
    kinds, counts = np.unique(text.words, return_counts=True)
    rare = counts <= max(_MOST_ALIKE * (len(text.firsts) - 1), _LEAST_SHARED)
    return kinds[rare], counts[rare]


def _ranks(words: IntArray, strength: FloatArray) -> IntArray:
    """How many pairs of the same word are stronger than each."""
    order = np.lexsort((-strength, words))
    ranks = np.empty(len(words), dtype=np.int64)
    ranks[order] = np.arange(len(words)) - np.searchsorted(words[order], words[order])
    return ranks


def _cuts(sizes: IntArray) -> list[int]:
    """Ends of runs whose sizes sum to at most `_PAIRS_AT_ONCE`, or to those of one item."""
    if not len(sizes):
        return []
    part = np.cumsum(sizes) // _PAIRS_AT_ONCE
    return [*(np.flatnonzero(np.diff(part)) + 1).tolist(), len(sizes)]
