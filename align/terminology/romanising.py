"""How alike two names sound that are written in different scripts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import regex

from align.languages.profile import profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoders.base import FloatArray

# Letters that names exchange on their way from one script into another, longest first: what is
# left is a skeleton of consonants in five classes and those that keep apart.
_SOUNDS = (
    ("tch", "s"), ("sch", "s"), ("shch", "s"), ("zh", "s"), ("sh", "s"), ("ch", "s"), ("ts", "s"),
    ("dz", "s"), ("ph", "p"), ("th", "t"), ("dh", "t"), ("kh", "k"), ("gh", "k"), ("ck", "k"),
    ("qu", "k"), ("ngh", "nk"), ("ng", "n"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("x", "ks"),
    ("c", "k"),
    ("q", "k"), ("g", "k"), ("j", "s"), ("z", "s"), ("d", "t"), ("b", "p"), ("v", "p"), ("f", "p"),
    ("l", "r"), ("m", "n"), ("w", ""), ("h", ""), ("y", ""),
)  # fmt: skip
_LONGEST_RUN = 4  # words of a name that an analyser has cut apart
_HYPHEN = regex.compile(r"[-‐‑]")
_REPLACED = dict(_SOUNDS)
_SOUND = regex.compile("|".join(sorted(_REPLACED, key=len, reverse=True)))
_NOT_CONSONANTS = regex.compile(r"[^a-z]|[aeiou]")
_NOT_LETTERS = regex.compile(r"[^a-z]")
_DOUBLED = regex.compile(r"(.)\1+")
_FEWEST = 2  # consonants below which nothing can be said


@dataclass(frozen=True, slots=True)
class Sound:
    """How a text sounds, roughly.

    Attributes:
        consonants: Its consonants as Latin letters, alike in every script.
        letters: The same with its vowels, where its script writes them.
        capital: Whether it begins with a small letter (-1), a capital (1), or neither (0).
    """

    consonants: str
    letters: str
    capital: int


@lru_cache(maxsize=131072)
def sound_of(text: str) -> Sound:
    """How a text sounds.

    >>> [sound_of(name).consonants for name in ("Castellani", "カステラーニ", "Кастеллани")]
    ['kstrn', 'kstrn', 'kstrn']
    >>> [sound_of(name).consonants for name in ("كاستيلاني", "卡斯特拉尼")]
    ['kstrn', 'kstrn']
    """
    from anyascii import anyascii

    latin = anyascii(text).lower()
    sounds = _DOUBLED.sub(
        r"\1", _NOT_LETTERS.sub("", _SOUND.sub(lambda match: _REPLACED[match[0]], latin))
    )
    consonants = _DOUBLED.sub(r"\1", _NOT_CONSONANTS.sub("", sounds))
    capital = int(text[:1].isupper()) - int(text[:1].islower())
    return Sound(consonants, sounds, capital)


def is_heard(language: str) -> bool:
    """Whether a language writes foreign names so that their sound can be told again."""
    return profile(language).names_heard


def phonetic_similarity(names: Sequence[str], words: Sequence[str], language: str) -> FloatArray:
    """How like each of some names the likest of some words sounds, in whatever form.

    Args:
        names: Single names in the pivot's script.
        words: Words that stand where the names are rendered, or their readings.
        language: BCP 47 tag of the words.

    Returns:
        Array of shape (len(names),), float32, 0 to 1.

    >>> phonetic_similarity(["Nagasaki"], ["в", "нагасакской", "верфи"], "ru") > 0.7
    array([ True])
    """
    runs = list(words)
    if not profile(language).spaced:
        runs += [
            "".join(words[start : start + size])
            for size in range(2, _LONGEST_RUN + 1)
            for start in range(len(words) - size + 1)
        ]
    parts = [part.capitalize() for run in runs for part in _HYPHEN.split(run) if part]
    # A word may have an ending that the name has not; clitics may stand before it.
    heard = {
        form
        for part in parts
        for name in names
        for form in (part, part[: len(name)], part[: len(name) - 1], part[1:].capitalize())
    }
    if not heard or not names:
        return np.zeros(len(names), dtype=np.float32)
    result: FloatArray = likeness(names, sorted(heard), language).max(axis=1)
    return result


def likeness(names: Sequence[str], others: Sequence[str], language: str) -> FloatArray:
    """How alike names sound to other texts.

    Args:
        names: Names in the pivot's script.
        others: What may render them, or their readings.
        language: BCP 47 tag of the others.

    Returns:
        Array of shape (len(names), len(others)), float32, 0 to 1: the share of sounds that
        agree, less where there are few to agree.
    """
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    if not names or not others:
        return np.zeros((len(names), len(others)), dtype=np.float32)
    sounds, other_sounds = [*map(sound_of, names)], [*map(sound_of, others)]
    scorer = Levenshtein.normalized_similarity
    alike = cdist(
        [sound.consonants for sound in sounds],
        [sound.consonants for sound in other_sounds],
        scorer=scorer,
        dtype=np.float32,
    )
    if profile(language).vowels_written:
        with_vowels = cdist(
            [sound.letters for sound in sounds],
            [sound.letters for sound in other_sounds],
            scorer=scorer,
            dtype=np.float32,
        )
        alike = (alike + with_vowels) / 2
    sizes = np.minimum.outer(
        [len(sound.consonants) for sound in sounds],
        [len(sound.consonants) for sound in other_sounds],
    )
    alike *= np.where(sizes < _FEWEST, 0.0, 1.0 - 0.5 ** np.maximum(sizes, 1))
    # Where the script has capitals, a word in small letters is no name.
    alike[:, [sound.capital < 0 for sound in other_sounds]] *= 0.5
    result: FloatArray = alike.astype(np.float32)
    return result
