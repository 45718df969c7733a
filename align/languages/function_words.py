"""Words of the closed classes, which hold sentences together and begin and end no term."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=32)
def function_words(tag: str) -> frozenset[str]:
    """The function words of a language, in lower case; none where they are not listed.

    >>> "entre" in function_words("es"), "acuerdo" in function_words("es")
    (True, False)
    """
    return _table().get(tag.partition("-")[0].lower(), frozenset())


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    file = Path(__file__).with_suffix(".toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    return {language: frozenset(words.split()) for language, words in rows.items()}
