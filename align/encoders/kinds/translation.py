"""A translation model before another encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.encoders.kinds import EncoderKind

if TYPE_CHECKING:
    from align.encoders.base import Encoder
    from align.encoders.cards import ModelCard


def _load(card: ModelCard, device: str | None) -> Encoder:
    from align.encoders import bare_encoder, find_card
    from align.encoders.translated import TranslatingEncoder
    from align.translators import load_translator

    translator = load_translator(card.model, device=device)
    before = bare_encoder(find_card(card.encoder), device=device)
    return TranslatingEncoder(card, before, translator)


KIND = EncoderKind(_load, extra="transformers")
