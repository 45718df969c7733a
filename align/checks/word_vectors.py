"""Vectors of single words, each encoded once, however often it stands in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.encoders.base import Encoder, FloatArray


class WordVectors:
    """The vectors of the words that it was told to learn.

    Args:
        encoder: Where they come from.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._rows: dict[tuple[str, str], int] = {}
        self._learnt: list[FloatArray] = []
        self._all: FloatArray | None = None

    def learn(self, words: Iterable[str], language: str) -> None:
        """Encodes words of a language that it does not know yet."""
        new = sorted({word for word in words if (language, word) not in self._rows})
        if not new:
            return
        start = len(self._rows)
        self._rows |= {(language, word): start + index for index, word in enumerate(new)}
        self._learnt.append(self._encoder.encode(new, language=language))
        self._all = None

    def of(self, words: Sequence[str], language: str) -> FloatArray:
        """The vectors of words that were learnt, shape (len(words), dimension), float32.

        Raises:
            KeyError: If one was not.
        """
        if self._all is None:
            self._all = np.concatenate(self._learnt)
        return self._all[[self._rows[language, word] for word in words]]
