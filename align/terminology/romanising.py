"""How alike two names sound that are written in different scripts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoders.base import FloatArray

# Letters that names exchange on their way from one script into another, longest first: what is
# left is a skeleton of consonants in five classes and those that keep apart.
_SOUNDS = (
    ("tch", "s"), ("sch", "s"), ("shch", "s"), ("zh", "s"), ("sh", "s"), ("ch", "s"), ("ts", "s"),
    ("dz", "s"), ("ph", "p"), ("th", "t"), ("dh", "t"), ("kh", "k"), ("gh", "k"), ("ck", "k"),
    ("qu", "k"), ("ngh", "nk"), ("ng", "n"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("x", "ks"), ("c", "k"),
    ("q", "k"), ("g", "k"), ("j", "s"), ("z", "s"), ("d", "t"), ("b", "p"), ("v", "p"), ("f", "p"),
    ("l", "r"), ("m", "n"), ("w", ""), ("h", ""), ("y", ""),
)  # fmt: skip
_REPLACED = dict(_SOUNDS)
_SOUND = regex.compile("|".join(sorted(_REPLACED, key=len, reverse=True)))
_NOT_CONSONANTS = regex.compile(r"[^a-z]|[aeiou]")
_DOUBLED = regex.compile(r"(.)\1+")
_SHORTEST = 2  # consonants below which a skeleton says nothing


@lru_cache(maxsize=65536)
def skeleton(text: str) -> str:
    """The consonants of a text as Latin letters, alike in every script.

    >>> skeleton("Castellani"), skeleton("カステラーニ"), skeleton("Кастеллани")
    ('kstrn', 'kstrn', 'kstrn')
    >>> skeleton("كاستيلاني"), skeleton("卡斯特拉尼")
    ('kstrn', 'kstrn')
    """
    from anyascii import anyascii

    latin = anyascii(text).lower()
    sounds = _SOUND.sub(lambda match: _REPLACED[match[0]], latin)
    return _DOUBLED.sub(r"\1", _NOT_CONSONANTS.sub("", sounds))


def likeness(names: Sequence[str], others: Sequence[str]) -> FloatArray:
    """How alike names sound to other texts.

    Args:
        names: Skeletons of names.
        others: Skeletons of what may render them.

    Returns:
        Array of shape (len(names), len(others)), float32, 0 to 1: the share of consonants that
        agree, less where there are few to agree.
    """
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    if not names or not others:
        return np.zeros((len(names), len(others)), dtype=np.float32)
    alike = cdist(names, others, scorer=Levenshtein.normalized_similarity, dtype=np.float32)
    sizes = np.minimum.outer([len(name) for name in names], [len(other) for other in others])
    trust = np.where(sizes < _SHORTEST, 0.0, 1.0 - 0.5 ** np.maximum(sizes, 1))
    result: FloatArray = (alike * trust).astype(np.float32)
    return result
