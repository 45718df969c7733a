"""Units that no memory should hold: the source over again, in place of its translation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from align.languages.detection import likelihood_of
from align.languages.profile import base_language, profile

if TYPE_CHECKING:
    from align.units import TranslationUnit, Variant

_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
_FEWEST_LETTERS = 25
"""Letters of a text whose language can be told beside that of its translation."""

_FEWEST_LETTERS_ALONE = 60
"""Likewise, where the text shares few words with the source."""

_SHARED = 0.6  # of the words of a copy that somebody changed a little
_SURE, _SURE_ALONE = 0.9, 0.99  # of the language, with so many words shared and without


@dataclass(frozen=True, slots=True)
class WithoutCopies:
    """Units, and what was held back of them.

    Attributes:
        units: Those that are left.
        copies: How many translations were held back.
        of: How many there were.
    """

    units: tuple[TranslationUnit, ...]
    copies: int
    of: int

    def message(self) -> tuple[str, ...]:
        """What the user should know: one line, or none."""
        if not self.copies:
            return ()
        return (
            f"{self.copies:,} of {self.of:,} units held back, for they are not translated: both "
            "sides are the same, or the translation is in the source's language",
        )


def without_copies(units: Iterable[TranslationUnit], source: str) -> WithoutCopies:
    """Leaves out translations that are the source's text, or in its language.

    Args:
        units: The units.
        source: The language that is translated from.
    """
    left: list[TranslationUnit] = []
    copies = translations = 0
    for unit in units:
        original = unit.variant(source)
        if original is None:
            left.append(unit)
            continue
        kept = tuple(v for v in unit.variants if v is original or not is_copy(original, v))
        copies += len(unit.variants) - len(kept)
        translations += len(unit.variants) - 1
        left.append(unit if len(kept) == len(unit.variants) else replace(unit, variants=kept))
    return WithoutCopies(tuple(left), copies, translations)


def is_copy(source: Variant, translation: Variant) -> bool:
    """Whether a translation is the source's text, or in its language.

    What has no words, such as a number, is the same in most languages, and so is much that
    variants of one language write, or that languages write in Chinese characters.

    >>> from align.units import Variant
    >>> english = Variant("en", (), "Its sail was red.")
    >>> is_copy(english, Variant("de", (), "Its sail was red."))
    True
    >>> is_copy(english, Variant("de", (), "Ihr Segel war rot."))
    False
    """
    if base_language(source.language) == base_language(translation.language):
        return False
    words, others = _words(source.text), _words(translation.text)
    if not others:
        return False
    if words == others:
        return profile(source.language).spaced or profile(translation.language).spaced
    letters = sum(map(len, others))
    if letters < _FEWEST_LETTERS:
        return False
    known = set(words)
    is_like = sum(word in known for word in others) >= _SHARED * len(others)
    if not is_like and letters < _FEWEST_LETTERS_ALONE:
        return False
    likely = likelihood_of(translation.text, source.language, rather_than=translation.language)
    return likely >= (_SURE if is_like else _SURE_ALONE)


def _words(text: str) -> list[str]:
    found: list[str] = _LETTERS.findall(text.casefold())
    return found
