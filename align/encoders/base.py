"""What an encoder is: texts in, unit vectors out, spans of neighbouring segments included."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from align.encoders.cards import ModelCard
from align.text import join_text

FloatArray = npt.NDArray[np.float32]

Advance = Callable[[int], None]
"""Called with the number of segments finished since the last call; drives a progress bar."""

TaggedSegments = tuple[Sequence[str], str]
"""The segments of a document, in order, and its BCP 47 tag."""


class Encoder(Protocol):
    """Turns texts of any of its languages into vectors that are near where meanings are near.

    Attributes:
        card: What is known of the model: its name, kind, languages, licence.
        fingerprint: Changes whenever the vectors would; part of cache keys and signatures.
        composes_spans: Whether all spans of a document take it about the time of the document
            alone, so that it is better asked for all of them again than for some.
    """

    card: ModelCard
    fingerprint: str
    composes_spans: bool

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one.

        Args:
            texts: The texts.
            language: Their BCP 47 tag, for encoders that prepare some languages.

        Returns:
            Array of shape (len(texts), dimension), dtype float32, rows of unit length.
        """
        ...

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes every run of 1 to `longest` neighbouring segments.

        Args:
            segments: The segments' texts, in order.
            longest: The most segments a run may have.
            language: BCP 47 tag; decides how segments are joined.
            advance: Told how many segments are finished.

        Returns:
            Array of shape (longest, len(segments), dimension), dtype float32: `[k - 1, i]` is the
            unit vector of segments i to i + k - 1 joined; rows that would run past the end are 0.
        """
        ...


@runtime_checkable
class EncodesDocuments(Protocol):
    """What an encoder has besides that is quicker with many short documents at once."""

    def encode_documents(
        self, documents: Sequence[TaggedSegments], *, longest: int | Sequence[int]
    ) -> list[FloatArray]:
        """Encodes every span of several documents; see `encode_documents`."""
        ...


def encode_documents(
    encoder: Encoder, documents: Sequence[TaggedSegments], *, longest: int | Sequence[int]
) -> list[FloatArray]:
    """Encodes every span of several documents, in one pass where the encoder has one.

    Args:
        encoder: The encoder.
        documents: The documents.
        longest: As in `Encoder.encode_spans`, of all documents or of each.

    Returns:
        For each document what `Encoder.encode_spans` returns of it; of models that run by torch, up
        to rounding.
    """
    if isinstance(encoder, EncodesDocuments):
        return encoder.encode_documents(documents, longest=longest)
    return [
        encoder.encode_spans(segments, longest=of_one, language=language)
        for (segments, language), of_one in zip(documents, of_each(longest, documents), strict=True)
    ]


def of_each(longest: int | Sequence[int], documents: Sequence[TaggedSegments]) -> Sequence[int]:
    """What `longest` is of each document, where it may be one number for all."""
    return [longest] * len(documents) if isinstance(longest, int) else longest


_SEGMENTS_AT_ONCE = 64


def encode_joined_spans(
    encode: Callable[[Sequence[str]], FloatArray],
    segments: Sequence[str],
    *,
    longest: int,
    language: str,
    dimension: int,
    advance: Advance | None = None,
) -> FloatArray:
    """Encodes the joined text of every run of segments, for encoders that compose none.

    Args:
        encode: Encodes texts one by one, as `Encoder.encode` does.
        segments: As in `Encoder.encode_spans`.
        longest: As in `Encoder.encode_spans`.
        language: As in `Encoder.encode_spans`.
        dimension: Length of the vectors.
        advance: As in `Encoder.encode_spans`.

    Returns:
        As `Encoder.encode_spans`.
    """
    count = len(segments)
    vectors = np.zeros((longest, count, dimension), dtype=np.float32)
    joined = join_text(segments, language)
    for start in range(0, count, _SEGMENTS_AT_ONCE):
        stop = min(start + _SEGMENTS_AT_ONCE, count)
        places = [
            (length - 1, first)
            for first in range(start, stop)
            for length in range(1, min(longest, count - first) + 1)
        ]
        encoded = encode([joined.span(i, i + k + 1) for k, i in places])
        lengths, firsts = np.array(places).T
        vectors[lengths, firsts] = encoded
        if advance:
            advance(stop - start)
    return vectors
