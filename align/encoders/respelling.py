"""Gives an encoder every text in everyday spelling, in which it has learnt its language.

It stands before the cache, so that vectors are kept by the text that was encoded: two spellings
of one text share a vector, and another way of respelling needs no new keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from align.encoders.base import encode_documents
from align.encoders.cards import ModelCard
from align.languages import orthography

if TYPE_CHECKING:
    from align.encoders.base import Advance, Encoder, FloatArray, TaggedSegments


class RespellingEncoder:
    """An encoder to which the texts of each language come in everyday spelling.

    Args:
        encoder: The encoder that does the work.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.card: ModelCard = encoder.card
        self.fingerprint = f"{encoder.fingerprint}+spelling@{orthography.VERSION}"
        self.composes_spans = encoder.composes_spans

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        spelt = [orthography.everyday_spelling(text, language) for text in texts]
        return self._encoder.encode(spelt, language=language)

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes every run of segments, each respelt by itself; see `Encoder.encode_spans`."""
        spelt = [orthography.everyday_spelling(segment, language) for segment in segments]
        return self._encoder.encode_spans(
            spelt, longest=longest, language=language, advance=advance
        )

    def encode_documents(
        self, documents: Sequence[TaggedSegments], *, longest: int | Sequence[int]
    ) -> list[FloatArray]:
        """Encodes several documents, each segment respelt; see `encode_documents`."""
        spelt = [
            ([orthography.everyday_spelling(text, language) for text in segments], language)
            for segments, language in documents
        ]
        return encode_documents(self._encoder, spelt, longest=longest)
