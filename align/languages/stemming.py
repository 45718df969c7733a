"""Stems of words, by Snowball, for the languages it has; other words are their own stems."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import Any

from align.languages.profile import profile

_AT_WORK = Lock()  # a stemmer holds the word that it works on


@lru_cache(maxsize=262144)
def stem(word: str, tag: str) -> str:
    """The stem of a word in lower case.

    >>> stem("alliances", "en"), stem("автономии", "ru"), stem("同盟", "ja")
    ('allianc', 'автоном', '同盟')
    """
    stemmer = _stemmer(profile(tag).stemmer)
    if stemmer is None:
        return word
    with _AT_WORK:
        return str(stemmer.stemWord(word))


@lru_cache(maxsize=32)
def _stemmer(name: str) -> Any | None:
    import snowballstemmer

    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
