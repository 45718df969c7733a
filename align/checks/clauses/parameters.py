"""The fitted weights that say whether a part of a passage is missing on the other side."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from align.checks.clauses.evidence import VECTOR_FEATURES, WORD_FEATURES, Rows
from align.resources import data_folder


@dataclass(frozen=True, slots=True)
class ClauseParameters:
    """Weights from `models/checks/omissions.toml`, which `scripts/fit_omissions.py` writes.

    Attributes:
        words: For the log-odds after the first stage, one for each of `WORD_FEATURES`.
        vectors: For the log-odds after the second, one for each of `VECTOR_FEATURES`.
        cleared: Log-odds after the first stage below which a part is not looked at again.
        noted: Log-odds after the second from which a part is worth a note.
        reported: Log-odds from which it is worth a warning.
    """

    words: tuple[float, ...]
    vectors: tuple[float, ...]
    cleared: float
    noted: float
    reported: float

    def by_words(self, rows: Rows) -> Rows:
        """Log-odds after the first stage, shape (n,), of features of shape (n, words)."""
        return np.asarray(rows @ np.array(self.words))

    def by_vectors(self, rows: Rows) -> Rows:
        """Log-odds after the second stage, shape (n,), of features of shape (n, vectors)."""
        return np.asarray(rows @ np.array(self.vectors))


@lru_cache(maxsize=2)
def fitted(direction: str) -> ClauseParameters:
    """The weights for `omitted` parts of the source, or parts `added` to the translation."""
    path = data_folder("models") / "checks" / "omissions.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))[direction]
    return ClauseParameters(
        words=tuple(float(tables["words"][name]) for name in WORD_FEATURES),
        vectors=tuple(float(tables["vectors"][name]) for name in VECTOR_FEATURES),
        cleared=float(tables["cleared"]),
        noted=float(tables["noted"]),
        reported=float(tables["reported"]),
    )
