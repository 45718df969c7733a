"""The mentions of a term tell one another what renders it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.terminology.forms import is_shorter_form, same_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from align.encoders.base import FloatArray

_VOTE = 1.0  # weight of what the other mentions of the term say
_UNSEEN = 0.2  # share of a rendering that no other mention has
_SHORTENED = 0.5  # what a mention says for a longer or shorter form of its rendering
_LEAST_SHARE = 0.02  # probability below which a rendering is no vote
_ROUNDS = 3
_MOST_TOGETHER = 150

Key = tuple[str, ...]
"""What the forms of one rendering have in common."""


def vote(
    keys: Sequence[Sequence[Key]], scores: Sequence[FloatArray], short: Sequence[bool]
) -> list[tuple[FloatArray, FloatArray]]:
    """Lets mentions of one term vote on their candidates, a few rounds.

    Args:
        keys: For each mention, the key of each of its candidates, one at least.
        scores: Likewise what its own bead says of each, shape (candidates,).
        short: For each mention, whether it is an abbreviation of the term; those that are and
            those that are not say nothing of one another.

    Returns:
        For each mention, what share of the others is rendered by each of its candidates, and the
        probability of each, both of shape (candidates,).
    """
    result = [(np.zeros(len(some), dtype=np.float32), softmax(some)) for some in scores]
    for kind in (False, True):
        alike = [at for at, is_short in enumerate(short) if is_short == kind]
        # In a long text those near one another vote together: work grows with the text, no faster.
        parts = max(1, round(len(alike) / _MOST_TOGETHER))
        for some in np.array_split(np.array(alike, dtype=np.int64), parts):
            if len(some) > 1:
                votes = _vote([keys[at] for at in some], [scores[at] for at in some])
                for at, of_mention in zip(some.tolist(), votes, strict=True):
                    result[at] = of_mention
    return result


def softmax(scores: FloatArray) -> FloatArray:
    """Probabilities from log-odds, shape as given."""
    weights = np.exp(scores - scores.max())
    return np.asarray(weights / weights.sum(), dtype=np.float32)


def _vote(
    keys: Sequence[Sequence[Key]], scores: Sequence[FloatArray]
) -> list[tuple[FloatArray, FloatArray]]:
    numbers: dict[Key, int] = {}
    numbered = [
        np.array([numbers.setdefault(key, len(numbers)) for key in some], dtype=np.int64)
        for some in keys
    ]
    distinct = tuple(numbers)
    said: dict[int, NDArray[np.float64]] = {}  # what a key says for each of all keys
    others = len(keys) - 1
    supports: list[NDArray[np.float64]] = []
    shares = [softmax(some) for some in scores]
    for _ in range(_ROUNDS):
        # For each mention, what it says for each key: the most that one of its candidates does.
        votes = np.zeros((len(keys), len(distinct)))
        for row, some, share in zip(votes, numbered, shares, strict=True):
            for number, weight in zip(some.tolist(), share.tolist(), strict=True):
                if weight > _LEAST_SHARE:
                    if number not in said:
                        said[number] = _said_for(distinct, distinct[number])
                    np.maximum(row, weight * said[number], out=row)
        supports = [
            np.delete(votes[:, some], at, axis=0).sum(axis=0) for at, some in enumerate(numbered)
        ]
        shares = [
            softmax(
                (some + _VOTE * np.log((support + _UNSEEN) / (others + _UNSEEN))).astype(np.float32)
            )
            for some, support in zip(scores, supports, strict=True)
        ]
    return [
        ((support / others).astype(np.float32), share)
        for support, share in zip(supports, shares, strict=True)
    ]


def _said_for(keys: Sequence[Key], rendering: Key) -> NDArray[np.float64]:
    """What a rendering says for each key: shortened and longer forms count in part."""
    said = np.zeros(len(keys))
    for at, key in enumerate(keys):
        if same_form(key, rendering):
            said[at] = 1.0
        elif is_shorter_form(key, rendering) or is_shorter_form(rendering, key):
            said[at] = _SHORTENED
    return said
