"""Takes off what all vectors of a model have in common, so that what differs between texts counts.

The vectors of some models (E5) lie in a narrow cone, where any two texts are much alike. Less
their mean they point in all directions, and translations stand out (Mu and Viswanath, ICLR 2018).
The mean is a fixed one, of texts in many languages, for a text's vector must not depend on its
company.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from align.encoders.base import (
    Advance,
    Encoder,
    FloatArray,
    TaggedSegments,
    encode_documents,
)
from align.encoders.cards import ModelCard
from align.errors import InputError


class CentredEncoder:
    """An encoder from whose vectors a mean is subtracted.

    Args:
        encoder: The encoder that does the work.
        mean: File of the mean, an array of float32 as numpy writes it.

    Raises:
        InputError: If the file holds no array of the vectors' length.
    """

    def __init__(self, encoder: Encoder, mean: Path) -> None:
        self._encoder = encoder
        self._mean = _read_mean(mean, encoder.card.dimension)
        self.card: ModelCard = encoder.card
        digest = hashlib.sha256(self._mean.tobytes()).hexdigest()
        self.fingerprint = f"{encoder.fingerprint}-mean@{digest[:12]}"
        self.composes_spans = encoder.composes_spans

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        return self._centred(self._encoder.encode(texts, language=language))

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes every run of segments; see `Encoder.encode_spans`."""
        return self._centred(
            self._encoder.encode_spans(
                segments, longest=longest, language=language, advance=advance
            )
        )

    def encode_documents(
        self, documents: Sequence[TaggedSegments], *, longest: int | Sequence[int]
    ) -> list[FloatArray]:
        """Encodes several documents; see `encode_documents`."""
        encoded = encode_documents(self._encoder, documents, longest=longest)
        return [self._centred(vectors) for vectors in encoded]

    def _centred(self, vectors: FloatArray) -> FloatArray:
        # Spans that would run past the end stay 0.
        filled = vectors.any(axis=-1, keepdims=True)
        centred = np.where(filled, vectors - self._mean, np.float32(0))
        lengths = np.linalg.norm(centred, axis=-1, keepdims=True)
        return np.asarray(centred / np.maximum(lengths, 1e-12), dtype=np.float32)


def _read_mean(path: Path, dimension: int) -> FloatArray:
    try:
        mean = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise InputError(f"not a mean vector: {error}", path=path) from error
    if mean.shape != (dimension,) or mean.dtype != np.float32:
        raise InputError(
            f"not a mean of vectors: {mean.dtype} of shape {mean.shape}, not float32 of "
            f"({dimension},)",
            path=path,
        )
    return np.asarray(mean, dtype=np.float32)
