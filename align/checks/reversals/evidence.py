"""What tells that a cue has no counterpart: what stands on the other side, and what vectors say.

The vectors say most: a translation of “It is not open” lies nearer to it than to “It is open”.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from align.checks.clauses.parts import pieces_of
from align.checks.reversals.cues import Cue, cues_of
from align.text import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.encoders.base import Encoder, FloatArray

Rows = npt.NDArray[np.float64]

FEATURES = (
    "constant",
    "none",  # nothing on the other side says the same
    "missing",  # how many fewer say the same there
    "opposite",  # how many more say the opposite there
    "loose",  # something there may say either
    "several",  # how many others say the same beside it
    "habit",  # log-odds that such cues have a counterpart in this text
    "width",  # logarithm of its text's
    "gain",  # how much nearer the other side is to the text than to the text turned round
    "gain-nearby",  # the same of the piece around it and the piece there that is most like it
    "gain-there",  # the same of the other side, what says the opposite there being turned round
    "pair",  # similarity of both sides
)
"""What is known of a cue, in the order of its weights."""

_BY_VECTORS = 4  # of the features, at the end
_LEAST_APART = 0.05  # of two vectors, for dividing by it
_USUAL, _USUAL_WEIGHT = 0.85, 10  # share of cues with a counterpart, and cues that it counts as


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue that has fewer counterparts than there are of it.

    Attributes:
        passage: Index of the passage.
        cue: The cue.
        opposite: What says the opposite on the other side; None where nothing does.
    """

    passage: int
    cue: Cue
    opposite: Cue | None


_MOST_CUES = 40
"""Cues of one class in a passage; what has more is no sentence."""


def evidence(
    texts: Sequence[tuple[str, str]],
    languages: tuple[str, str],
    kind: str,
    encoder: Encoder,
    beside: Sequence[tuple[str, str]] = (),
) -> tuple[list[Candidate], Rows]:
    """Looks for the counterparts of the cues of one class in the first text of each pair.

    Args:
        texts: Pairs of texts that translate one another.
        languages: The BCP 47 tags of their two sides.
        kind: The class.
        encoder: Where vectors come from.
        beside: Pairs that tell what is usual; the texts themselves where not given.

    Returns:
        The cues, and what is known of each, shape (candidates, `FEATURES`).
    """
    cues, usual = (
        [(cues_of(one, languages[0], kind), cues_of(other, languages[1], kind))
         for one, other in pairs]
        for pairs in (texts, beside)
    )  # fmt: skip
    habit = _habit(usual or cues)
    found: list[Candidate] = []
    rows: list[tuple[float, ...]] = []
    for index, (own, other) in enumerate(cues):
        if len(own) > _MOST_CUES:
            continue
        width = float(np.log(width_of(texts[index][0]) + 1))
        for cue in own:
            same, there = _count(own, cue.pole), _count(other, cue.pole)
            if cue.turned and there < same:
                against = [one for one in other if one.pole == -cue.pole and one.turned]
                found.append(Candidate(index, cue, against[0] if against else None))
                more = len(against) - _count(own, -cue.pole)
                loose = _count(other, 0) > 0
                counted = min(same - there, 3), min(max(more, 0), 2), loose, min(same - 1, 3)
                rows.append((1, there == 0, *counted, habit, width))
    by_vectors = _by_vectors(texts, languages, found, encoder)
    return found, np.hstack([np.array(rows).reshape(-1, len(FEATURES) - _BY_VECTORS), by_vectors])


def _count(cues: Iterable[Cue], pole: int) -> int:
    return sum(cue.pole == pole for cue in cues)


def _habit(cues: Sequence[tuple[list[Cue], list[Cue]]]) -> float:
    """Log-odds that what one side says is said on the other side."""
    said = [_count(other, pole) > 0 for own, other in cues for pole in (1, -1) if _count(own, pole)]
    share = (sum(said) + _USUAL * _USUAL_WEIGHT) / (len(said) + _USUAL_WEIGHT)
    return float(np.log(share / (1 - share)))


def _by_vectors(
    texts: Sequence[tuple[str, str]],
    languages: tuple[str, str],
    candidates: Sequence[Candidate],
    encoder: Encoder,
) -> Rows:
    """The last of `FEATURES`, shape (candidates, 4)."""
    here = [_Here.of(texts[one.passage][0], one.cue) for one in candidates]
    there = [_There.of(texts[one.passage][1], one.opposite) for one in candidates]
    ours, theirs = (
        _encoded([text for each in side for text in each.texts], language, encoder)
        for side, language in ((here, languages[0]), (there, languages[1]))
    )
    rows = np.zeros((len(candidates), _BY_VECTORS))
    for row, one, other in zip(rows, here, there, strict=True):
        text, turned, near, near_turned = (ours[text] for text in one.texts)
        whole, whole_turned, *_ = pieces = [theirs[text] for text in other.texts]
        best = max([whole, *pieces[2:]], key=lambda piece: max(piece @ near, piece @ near_turned))
        row[:] = (
            _gain(text, turned, whole),
            _gain(near, near_turned, best),
            _gain(whole, whole_turned, text),
            text @ whole,
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Here:
    """The text of a cue and the piece around it, each as it is and turned round."""

    texts: tuple[str, str, str, str]

    @classmethod
    def of(cls, text: str, cue: Cue) -> _Here:
        for span in pieces_of(text):
            if span.start <= cue.span.start < span.stop:
                after = len(text) - max(span.stop, cue.span.stop)
                near, near_turned = (
                    whole[span.start : len(whole) - after] for whole in (text, cue.turned)
                )
                return cls((text, cue.turned, near, near_turned))
        return cls((text, cue.turned, text, cue.turned))


@dataclass(frozen=True, slots=True)
class _There:
    """The other text, the same with what says the opposite turned round, and its pieces."""

    texts: tuple[str, ...]

    @classmethod
    def of(cls, text: str, opposite: Cue | None) -> _There:
        turned = opposite.turned if opposite else text
        return cls((text, turned, *(text[span.slice] for span in pieces_of(text))))


def _gain(text: FloatArray, turned: FloatArray, other: FloatArray) -> float:
    apart = max(float(np.linalg.norm(text - turned)), _LEAST_APART)
    return float(text @ other - turned @ other) / apart


def _encoded(texts: Sequence[str], language: str, encoder: Encoder) -> dict[str, FloatArray]:
    """The vectors of texts, each encoded once."""
    some = list(dict.fromkeys(texts))
    return dict(zip(some, encoder.encode(some, language=language), strict=True))
