"""Scores an alignment against gold: strict and lax precision, recall and F1.

The definitions are those the field uses since Bleualign's and Vecalign's scorers (Sennrich and
Volk, 2010; Thompson and Koehn, EMNLP 2019). *Strict*: a predicted bead is right if gold has
exactly it. *Lax*: it is right if it overlaps a gold bead on both sides; an unaligned segment is
right, in both, if gold leaves it unaligned too. Insertions and deletions count among the
predictions that precision is of, and are left out of the gold beads that recall is of. Counts are
summed over documents before dividing (micro-average).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from align import __version__
from align.beads import Bead
from align.errors import InputError

if TYPE_CHECKING:
    from align.formats.indices import IndexBead

    AnyBead = Bead | IndexBead

_Indices = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """What precision and recall are made of; counts of several documents add up.

    Attributes:
        predicted: Predicted beads.
        predicted_right: Those that are right.
        gold: Gold beads with both sides.
        gold_found: Those that are found.
    """

    predicted: int = 0
    predicted_right: int = 0
    gold: int = 0
    gold_found: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.predicted + other.predicted,
            self.predicted_right + other.predicted_right,
            self.gold + other.gold,
            self.gold_found + other.gold_found,
        )

    @property
    def precision(self) -> float:
        """Share of predicted beads that are right; 0 where nothing was predicted."""
        return self.predicted_right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold beads that are found; 0 where gold has none."""
        return self.gold_found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Strict and lax scores over one or many documents.

    Attributes:
        strict: Counts where a bead must be exactly right.
        lax: Counts where it must overlap the right one on both sides.
        documents: How many documents were scored.
        signature: What the figures depend on, to be cited with them.
    """

    strict: Counts
    lax: Counts
    documents: int
    signature: str

    def __add__(self, other: Scores) -> Scores:
        documents = self.documents + other.documents
        return Scores(
            self.strict + other.strict, self.lax + other.lax, documents, _signature(documents)
        )


def score(gold: Iterable[AnyBead], predicted: Iterable[AnyBead]) -> Scores:
    """Scores one document.

    Args:
        gold: The right beads (an `Alignment` is an iterable of beads).
        predicted: The beads to judge.

    Returns:
        Its scores; scores of several documents add up to those of all.

    >>> from align.formats.indices import IndexBead
    >>> gold = [IndexBead((0,), (0,)), IndexBead((1, 2), (1,)), IndexBead((3,), ())]
    >>> guess = [IndexBead((0,), (0,)), IndexBead((1,), (1,)), IndexBead((2,), ())]
    >>> scores = score(gold, guess)
    >>> round(scores.strict.f1, 3), round(scores.lax.f1, 3)
    (0.4, 0.8)
    """
    right, guessed = _normalise(gold), _normalise(predicted)
    return Scores(
        Counts(
            len(guessed),
            _strictly_right(guessed, right),
            len(_both_sided(right)),
            _strictly_right(_both_sided(right), guessed),
        ),
        Counts(
            len(guessed),
            _laxly_right(guessed, right),
            len(_both_sided(right)),
            _laxly_right(_both_sided(right), guessed),
        ),
        documents=1,
        signature=_signature(1),
    )


def score_files(pairs: Sequence[tuple[Path, Path]]) -> Scores:
    """Scores many documents, each a gold file and a file of predictions in index form.

    Raises:
        InputError: If there are no files, or one cannot be read.
    """
    from align.formats.indices import read_indices

    if not pairs:
        raise InputError("nothing to score: no pair of a gold and a predicted file")
    scores = [score(read_indices(gold), read_indices(predicted)) for gold, predicted in pairs]
    total = scores[0]
    for one in scores[1:]:
        total += one
    return total


def _signature(documents: int) -> str:
    return f"score:strict+lax|average:micro|documents:{documents}|align:{__version__}"


def _normalise(beads: Iterable[AnyBead]) -> list[_Indices]:
    pairs = ((tuple(bead.source), tuple(bead.target)) for bead in beads)
    # A bead that is said twice counts once, as in Vecalign's scorer.
    return [pair for pair in dict.fromkeys(pairs) if pair[0] or pair[1]]


def _both_sided(beads: Iterable[_Indices]) -> list[_Indices]:
    return [bead for bead in beads if bead[0] and bead[1]]


def _strictly_right(judged: Iterable[_Indices], reference: Iterable[_Indices]) -> int:
    known = set(reference)
    return sum(bead in known for bead in judged)


def _laxly_right(judged: Iterable[_Indices], reference: Sequence[_Indices]) -> int:
    known = set(reference)
    partners: dict[int, set[int]] = {}
    for source, target in reference:
        for index in source:
            partners.setdefault(index, set()).update(target)
    return sum(
        bead in known or any(not partners.get(i, set()).isdisjoint(bead[1]) for i in bead[0])
        for bead in judged
    )
