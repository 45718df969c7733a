"""Sequences of words, found by how many edits apart they are: fast, and none is missed.

Two texts of which the longer has n words and that are e edits apart (Levenshtein 1966) have at
least n - e words in common, each counted as often as both have it. So whoever lacks more than
that of what is looked up need not be compared: the words that the fewest have are counted first,
until few are left (the prefix filter of Chaudhuri, Ganti and Kaushik, ICDE 2006, with counts).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_UNKNOWN = "\0"
_SURROGATES = range(0xD800, 0xE000)
_LAST = 0x10FFFF
_WORD, _OFTEN = 21, 20  # bits of a word, and of how often it stands in a text

_COUNTED = 30_000
_SHARED = 4
"""How much is counted at least: so many cells of the index, and so many rows that a sequence has
several of them at least. To compare a sequence costs as much as to count a hundred cells."""


class SequenceIndex:
    """Sequences of words made ready to be found by sequences that are like them.

    Each word is a character of its own, so that what compares strings compares sequences.

    Args:
        sequences: The sequences; of those that are the same one is kept. (Beyond a million
            different words some count as the same.)

    >>> index = SequenceIndex([["the", "red", "sail"], ["fog"], ["the", "red", "sail"]])
    >>> index.numbers
    [0, 1, 0]
    >>> index.alike(["the", "blue", "sail"], 60)
    [(66, 0)]
    """

    def __init__(self, sequences: Iterable[Sequence[str]]) -> None:
        self._characters: dict[str, str] = {}
        numbers: dict[str, int] = {}
        self.numbers = [numbers.setdefault(self._learn(each), len(numbers)) for each in sequences]
        """Which sequence each is that was given, by the numbers that `alike` tells."""
        coded = list(numbers)
        lengths = np.fromiter(map(len, coded), np.int64, len(coded))
        # By length: those whose length is near enough stand together, in the index's rows, too.
        self._order = np.argsort(lengths, kind="stable")
        self._lengths = lengths[self._order]
        self._coded = [coded[number] for number in self._order.tolist()]
        self._rows()

    def _learn(self, words: Sequence[str]) -> str:
        known = self._characters
        for word in words:
            if word not in known:
                known[word] = _character(len(known))
        return "".join([known[word] for word in words])

    def _rows(self) -> None:
        """Who has a word, and who has it twice, three times …: a row of the index for each.

        A row is called a feature; those of a word follow one another.
        """
        words = np.repeat(np.arange(len(self._coded)) << _WORD, self._lengths)
        words |= _codes("".join(self._coded))
        words.sort()
        features, which = np.unique(_times(words), return_inverse=True)
        words >>= _WORD
        self._features = np.append(features, np.iinfo(np.int64).max)  # whoever looks finds a row
        # Rows one behind the other, and the places in a row in order: one sorted array, in which
        # the part of any row that has lengths from here to there is found by bisection.
        self._size = max(len(self._coded), 1)
        which *= self._size
        which += words
        which.sort()
        self._cells = which
        self._places = (self._cells % self._size).astype(np.int32)

    def alike(self, words: Sequence[str], least: int) -> list[tuple[int, int]]:
        """The sequences that are like one.

        Args:
            words: The sequence.
            least: The lowest score: 1 to 100.

        Returns:
            The score and the number of each: how many words of the longer one need no editing, in
            per cent, rounded down.
        """
        size = len(words)
        # What nobody knows differs from all that there is.
        coded = "".join([self._characters.get(word, _UNKNOWN) for word in words])
        shortest, longest = -(-size * least // 100), size * 100 // least
        low, high = np.searchsorted(self._lengths, (max(shortest, 1), longest + 1)).tolist()
        if low >= high:
            return []
        candidates = self._candidates(coded, shortest, low, high, least)
        if not len(candidates):
            return []
        lengths = np.maximum(self._lengths[candidates], size)
        texts = list(map(self._coded.__getitem__, candidates.tolist()))
        scores = 100 * (lengths - _edits(coded, texts, longest * (100 - least) // 100)) // lengths
        good = np.flatnonzero(scores >= least)
        numbers = self._order[candidates[good]]
        return list(zip(scores[good].tolist(), numbers.tolist(), strict=True))

    def _candidates(
        self, coded: str, common: int, low: int, high: int, least: int
    ) -> NDArray[np.int64]:
        """Places, from `low` to `high`, of sequences that may have enough words in common."""
        wanted = _times(np.sort(_codes(coded)))
        rows = np.searchsorted(self._features, wanted)
        rows = rows[self._features[rows] == wanted]
        lacking = len(coded) - common  # so many of the words a sequence may lack
        spare = lacking - (len(coded) - len(rows))  # and so many of those that are known
        if spare < 0:
            return np.empty(0, np.int64)
        starts = np.searchsorted(self._cells, rows * self._size + low)
        stops = np.searchsorted(self._cells, rows * self._size + high)
        order = np.argsort(stops - starts, kind="stable")
        costs = np.cumsum((stops - starts)[order])
        read = max(spare + _SHARED, int(np.searchsorted(costs, _COUNTED, side="right")))
        order = order[:read]
        cells = np.concatenate(
            [
                self._places[start:stop]
                for start, stop in zip(starts[order].tolist(), stops[order].tolist(), strict=True)
            ]
        )
        had = np.bincount(cells - low, minlength=high - low)
        places = np.flatnonzero(had >= len(order) - spare)
        # A longer sequence must have more in common.
        more = -(-self._lengths[places + low] * least // 100) - common
        return places[had[places] >= len(order) - spare + np.maximum(more, 0)] + low


def _edits(coded: str, texts: list[str], most: int) -> NDArray[np.int64]:
    """How many edits each text is away; more than the most where it is further."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    found = cdist([coded], texts, scorer=Levenshtein.distance, score_cutoff=most, dtype=np.int32)
    return np.asarray(found[0], np.int64)


def _character(number: int) -> str:
    code = 1 + number % (_LAST - len(_SURROGATES))
    return chr(code if code < _SURROGATES.start else code + len(_SURROGATES))


def _codes(text: str) -> NDArray[np.int64]:
    return np.frombuffer(text.encode("utf-32-le"), "<u4").astype(np.int64)


def _times(words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tells the first of a word in a text from the second, the third and so on.

    Args:
        words: The words in order, in the bits above them the text that each stands in.

    Returns:
        The words, and which of its kind in its text each is, in one number.
    """
    there = np.arange(len(words))
    first = there.copy()
    first[1:][words[1:] == words[:-1]] = 0
    there -= np.maximum.accumulate(first)
    return ((words & ((1 << _WORD) - 1)) << _OFTEN) + there
