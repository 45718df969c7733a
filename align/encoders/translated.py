"""Translate, then embed: texts in languages an encoder does not know reach it in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from align.encoders.cards import ModelCard, covers
from align.translators import Translator

if TYPE_CHECKING:
    from align.encoders.base import Advance, Encoder, FloatArray

_BETWEEN = "en"


class TranslatingEncoder:
    """An encoder before which a translation model stands.

    What its encoder knows is encoded as it is; all else is translated into English first. Runs of
    segments are the runs of their translations, so that each segment is translated once.

    Args:
        card: Its model card.
        encoder: What encodes.
        translator: What translates.
    """

    def __init__(self, card: ModelCard, encoder: Encoder, translator: Translator) -> None:
        self._encoder = encoder
        self._translator = translator
        languages = dict.fromkeys((*encoder.card.languages, *card.languages))
        self.card = replace(
            card,
            languages=tuple(languages),
            dimension=encoder.card.dimension,
            mean=encoder.card.mean,
            parameters=encoder.card.parameters,
        )
        self.fingerprint = f"{encoder.fingerprint}+{translator.fingerprint}"
        self.composes_spans = encoder.composes_spans

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        known, language = self._understood(texts, language)
        return self._encoder.encode(known, language=language)

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes every run of segments; see `Encoder.encode_spans`."""
        known, understood = self._understood(segments, language)
        return self._encoder.encode_spans(
            known, longest=longest, language=understood or language, advance=advance
        )

    def _understood(
        self, texts: Sequence[str], language: str | None
    ) -> tuple[Sequence[str], str | None]:
        """The texts in a language that the encoder knows, and which that is."""
        if language is None or covers(self._encoder.card, language):
            return texts, language
        return self._translator.translate(texts, source=language, target=_BETWEEN), _BETWEEN
