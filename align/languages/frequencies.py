"""How often words stand in everyday text, by pyspellchecker's lists, and which words there are."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from align.languages import russian_phrases
from align.languages.profile import base_language, profile


def word_counts(language: str) -> Any | None:
    """A language's words with their counts, 0 for others; None where there is no list of it."""
    return _counts(base_language(language))


def is_word(word: str, language: str) -> bool | None:
    """Whether a language has a word, whatever its case; None where nothing here knows its words.

    >>> is_word("Bridge", "en"), is_word("bri", "en"), is_word("most", "pl")
    (True, False, None)
    """
    word = word.lower()
    counts = word_counts(language)
    if counts is not None and counts[word]:
        return True
    if profile(language).lemmatiser == "pymorphy3":
        return russian_phrases.is_word(word)
    return None if counts is None else False


@lru_cache(maxsize=4)
def _counts(language: str) -> Any | None:
    from spellchecker import SpellChecker

    if language not in SpellChecker.languages():
        return None
    return SpellChecker(language).word_frequency
