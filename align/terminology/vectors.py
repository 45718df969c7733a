"""Vectors of words and phrases of one language, each encoded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.encoders.base import Encoder, FloatArray


class PhraseVectors:
    """The vectors of the phrases of one language.

    Args:
        encoder: What encodes them.
        language: BCP 47 tag.
    """

    def __init__(self, encoder: Encoder, language: str) -> None:
        self._encoder = encoder
        self._language = language
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((0, encoder.card.dimension), dtype=np.float32)

    def add(self, texts: Iterable[str]) -> None:
        """Encodes those of some texts that are not known yet, all together."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update({text: len(self._rows) + i for i, text in enumerate(new)})
            vectors = self._encoder.encode(new, language=self._language)
            self._vectors = np.concatenate((self._vectors, vectors))

    def of(self, texts: Sequence[str]) -> FloatArray:
        """The vectors of texts that were added, shape (len(texts), dimension)."""
        return self._vectors[[self._rows[text] for text in texts]]
