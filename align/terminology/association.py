"""Which words of a bead translate one another: by their vectors, by sound, by standing together.

An IBM model 1 (Brown et al. 1993) whose prior is the similarity of the words' vectors and, for
names, of their sounds: a pair of words that is found together in bead after bead gains, and each
target word is shared out among the source words of its bead or to none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import regex

from align.terminology.forms import form_key
from align.terminology.romanising import likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoders.base import FloatArray
    from align.terminology.cut_passages import CutPassage
    from align.terminology.vectors import PhraseVectors
    from align.terminology.words import Word

IntArray = npt.NDArray[np.int64]

_HYPHEN = regex.compile(r"[-‐‑]")
_TEMPERATURE = 0.07
_NULL_SIMILARITY = 0.25  # a target word less similar than this to all source words has none
_ROUNDS = 3
_TOGETHERNESS = 3.0  # weight of standing together against similarity
_DOUBT = 0.5  # links elsewhere that leave as much known as unknown of what translates a word
_SOUND_WEIGHT = 0.85  # a name that sounds exactly alike is as good as this similarity


@dataclass(frozen=True, slots=True)
class WordLinks:
    """The links between the words of one bead.

    Attributes:
        pieces: For each piece (a source word or a part of it between hyphens), its word's index.
        words: Indices of the target words that may be linked, function words left out.
        shares: Shape (len(pieces), len(words)): probability that the piece is what the target
            word translates; a column sums to at most 1, the rest is that it translates none.
        similarities: Of the same shape: how like in meaning or sound the two are.
        usual: Of the same shape: how much of what translates the piece in other beads is this
            target word in some form, 0 to 1.
        habit: Shape (len(pieces),): how much is known of what translates the piece in other
            beads, 0 to 1; none of `usual` is above it.
    """

    pieces: IntArray
    words: IntArray
    shares: FloatArray
    similarities: FloatArray
    usual: FloatArray
    habit: FloatArray


def link_words(
    passages: Sequence[CutPassage],
    source: PhraseVectors,
    target: PhraseVectors,
    language: str,
    pivot: str,
) -> list[WordLinks]:
    """Links the words of every bead of one language pair.

    Args:
        passages: The passages, all of the article: how often words stand together tells.
        source: Vectors of pivot phrases; words are added to them.
        target: Vectors of phrases of the other language; likewise.
        language: BCP 47 tag of the other language.
        pivot: BCP 47 tag of the pivot.

    Returns:
        The links of each passage, in their order.
    """
    pieces = [_pieces(passage.source_words) for passage in passages]
    words = [
        [i for i, word in enumerate(p.target_words) if word.opens or word.closes] for p in passages
    ]
    source.add(text for some in pieces for text, _ in some)
    target.add(
        passage.target_words[i].text
        for passage, some in zip(passages, words, strict=True)
        for i in some
    )
    similarities = [
        _similarities(passage, some, chosen, source, target, language)
        for passage, some, chosen in zip(passages, pieces, words, strict=True)
    ]
    source_ids = _numbered([[form_key(text, pivot) for text, _ in some] for some in pieces])
    target_ids = _numbered(
        [
            [form_key(passage.target_words[i].text, language) for i in some]
            for passage, some in zip(passages, words, strict=True)
        ]
    )
    shares = _share_out(similarities, source_ids, target_ids)
    elsewhere = _Together(shares, source_ids, target_ids)
    return [
        WordLinks(
            np.array([index for _, index in some], dtype=np.int64),
            np.array(chosen, dtype=np.int64),
            share,
            alike,
            *elsewhere.without(share, rows, columns),
        )
        for some, chosen, share, alike, rows, columns in zip(
            pieces, words, shares, similarities, source_ids, target_ids, strict=True
        )
    ]


def said(word: Word) -> str:
    """A word as it is read aloud, where its writing does not say."""
    return word.reading or word.text


def _pieces(words: Sequence[Word]) -> list[tuple[str, int]]:
    return [
        (piece, index)
        for index, word in enumerate(words)
        if word.opens or word.closes
        for piece in _HYPHEN.split(word.text)
        if piece
    ]


def _similarities(
    passage: CutPassage,
    pieces: Sequence[tuple[str, int]],
    chosen: Sequence[int],
    source: PhraseVectors,
    target: PhraseVectors,
    language: str,
) -> FloatArray:
    texts = [passage.target_words[i].text for i in chosen]
    if not pieces or not texts:
        return np.zeros((len(pieces), len(texts)), dtype=np.float32)
    similarities = source.of([text for text, _ in pieces]) @ target.of(texts).T
    names = [row for row, (text, _) in enumerate(pieces) if text[0].isupper()]
    if names:
        spoken = [said(passage.target_words[i]) for i in chosen]
        alike = likeness([pieces[row][0] for row in names], spoken, language) * _SOUND_WEIGHT
        copied = np.array(
            [[pieces[row][0].casefold() == text.casefold() for text in texts] for row in names]
        )
        alike = np.where(copied, 1.0, np.where(alike > 0.5, alike, 0))
        similarities[names] = np.maximum(similarities[names], alike)
    return similarities


def _numbered(keys: Sequence[Sequence[tuple[str, ...]]]) -> list[IntArray]:
    numbers: dict[tuple[str, ...], int] = {}
    return [
        np.array([numbers.setdefault(key, len(numbers)) for key in some], dtype=np.int64)
        for some in keys
    ]


def _share_out(
    similarities: Sequence[FloatArray],
    source_ids: Sequence[IntArray],
    target_ids: Sequence[IntArray],
) -> list[FloatArray]:
    """Expectation-maximisation over all beads, on flat arrays of word pairs."""
    shapes = [matrix.shape for matrix in similarities]
    if not any(rows * columns for rows, columns in shapes):
        return [np.zeros(shape, dtype=np.float32) for shape in shapes]
    prior = np.exp(np.concatenate([m.ravel() for m in similarities]) / _TEMPERATURE)
    sources = np.concatenate(
        [np.repeat(ids, shape[1]) for ids, shape in zip(source_ids, shapes, strict=True)]
    )
    targets = np.concatenate(
        [np.tile(ids, shape[0]) for ids, shape in zip(target_ids, shapes, strict=True)]
    )
    firsts = np.cumsum([0, *(columns for _, columns in shapes)])
    column = np.concatenate(
        [
            np.tile(np.arange(first, first + columns), rows)
            for first, (rows, columns) in zip(firsts[:-1], shapes, strict=True)
        ]
    )
    row_firsts = np.cumsum([0, *(rows for rows, _ in shapes)])
    row = np.concatenate(
        [
            np.repeat(np.arange(first, first + rows), columns)
            for first, (rows, columns) in zip(row_firsts[:-1], shapes, strict=True)
        ]
    )
    width = np.concatenate([np.full(rows * columns, columns) for rows, columns in shapes])
    _, pair = np.unique(sources * (targets.max() + 1) + targets, return_inverse=True)
    null = np.exp(_NULL_SIMILARITY / _TEMPERATURE)

    shares = prior / (np.bincount(column, weights=prior)[column] + null)
    for _ in range(_ROUNDS):
        # What the other beads say: this bead's own part is left out, or it would confirm itself.
        together = np.bincount(pair, weights=shares)[pair] - shares
        own = np.bincount(row, weights=shares)[row]
        apart = np.maximum(np.bincount(sources, weights=shares)[sources] - own, 0)
        gain = 1 + _TOGETHERNESS * width * np.maximum(together, 0) / (apart + 1)
        weights = prior * gain
        shares = weights / (np.bincount(column, weights=weights)[column] + null)
    edges = np.cumsum([rows * columns for rows, columns in shapes])[:-1]
    return [
        part.reshape(shape).astype(np.float32)
        for part, shape in zip(np.split(shares, edges), shapes, strict=True)
    ]


class _Together:
    """How often words are linked in all beads.

    Args:
        shares: The links of each bead.
        source_ids: Numbers of its pieces.
        target_ids: Numbers of its target words.
    """

    def __init__(
        self,
        shares: Sequence[FloatArray],
        source_ids: Sequence[IntArray],
        target_ids: Sequence[IntArray],
    ) -> None:
        sizes = [
            1 + max((int(ids.max()) for ids in some if len(ids)), default=0)
            for some in (source_ids, target_ids)
        ]
        self._width = sizes[1]
        codes = [
            (rows[:, None] * self._width + columns[None, :]).ravel()
            for rows, columns in zip(source_ids, target_ids, strict=True)
        ]
        flat = np.concatenate([*codes, np.zeros(0, dtype=np.int64)])
        weights = np.concatenate([*(share.ravel() for share in shares), np.zeros(0)])
        self._codes, which = np.unique(flat, return_inverse=True)
        self._sums = np.bincount(which, weights=weights, minlength=len(self._codes))
        self._of_source = np.bincount(flat // self._width, weights=weights, minlength=sizes[0])

    def without(
        self, share: FloatArray, rows: IntArray, columns: IntArray
    ) -> tuple[FloatArray, FloatArray]:
        """`usual` and `habit` of a bead, by what stands in all others."""
        if not share.size:
            return share, np.zeros(len(rows), dtype=np.float32)
        codes = rows[:, None] * self._width + columns[None, :]
        # A word that stands twice in the bead says nothing for itself.
        same_row = (rows[:, None] == rows[None, :]).astype(np.float32)
        same_column = (columns[:, None] == columns[None, :]).astype(np.float32)
        here = same_row @ share @ same_column
        together = np.maximum(self._sums[np.searchsorted(self._codes, codes)] - here, 0)
        apart = np.maximum(self._of_source[rows] - same_row @ share.sum(axis=1), 0)
        usual = together / (apart + _DOUBT)[:, None]
        return usual.astype(np.float32), (apart / (apart + _DOUBT)).astype(np.float32)
