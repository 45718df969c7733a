"""How often words stand in everyday text, by pyspellchecker's lists."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from align.languages.profile import base_language


def word_counts(language: str) -> Any | None:
    """A language's words with their counts, 0 for others; None where there is no list of it."""
    return _counts(base_language(language))


@lru_cache(maxsize=4)
def _counts(language: str) -> Any | None:
    from spellchecker import SpellChecker

    if language not in SpellChecker.languages():
        return None
    return SpellChecker(language).word_frequency
