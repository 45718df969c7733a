"""Sentence encoders: their cards, how to load one, what every one of them can do."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from align.encoders.cards import (
    DEFAULT_ENCODER,
    DEFAULT_SECOND_ENCODER,
    ModelCard,
    encoders_for,
    model_card,
    model_cards,
    read_card,
)
from align.encoders.kinds import kind_named

if TYPE_CHECKING:
    from align.encoders.base import Encoder

__all__ = [
    "DEFAULT_ENCODER",
    "DEFAULT_SECOND_ENCODER",
    "ModelCard",
    "bare_encoder",
    "encoders_for",
    "find_card",
    "load_encoder",
    "model_card",
    "model_cards",
    "read_card",
    "warm_encoder",
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
    from align.encoders.respelling import RespellingEncoder

    encoder = bare_encoder(find_card(name), device=device)
    if cached and kind_named(encoder.card.kind).cached:
        from align.encoders.cache import CachedEncoder

        encoder = CachedEncoder(encoder)
    if encoder.card.mean:
        from align.encoders.centred import CentredEncoder

        encoder = CentredEncoder(encoder, encoder.card.mean)
    return RespellingEncoder(encoder)


def warm_encoder(
    name: str = DEFAULT_ENCODER, *, cached: bool = True, device: str | None = None
) -> Encoder:
    """An encoder as `load_encoder` loads it, but once in a process for each name of a model card.

    What is named by a path may change, and is loaded anew.

    Args:
        name: As in `load_encoder`.
        cached: As in `load_encoder`.
        device: As in `load_encoder`.

    Raises:
        InputError: As `load_encoder` does.
        MissingExtraError: As `load_encoder` does.
    """
    if name not in model_cards():
        return load_encoder(name, cached=cached, device=device)
    if not cached:
        return _loaded(name, None, device)
    from align.encoders.cache import cache_file

    return _loaded(name, cache_file(), device)


@lru_cache(maxsize=4)
def _loaded(name: str, cache: Path | None, device: str | None) -> Encoder:
    """Keyed by the place of the cache, too, which the user may change."""
    return load_encoder(name, cached=cache is not None, device=device)


def bare_encoder(card: ModelCard, *, device: str | None = None) -> Encoder:
    """The encoder of a card alone: it is given every text as it is, and centres no vector.

    Args:
        card: The model card.
        device: As in `load_encoder`.

    Raises:
        InputError: If its model cannot be loaded.
        MissingExtraError: If the encoder needs packages that are not installed.
    """
    return kind_named(card.kind).load(card, device)


def find_card(name: str) -> ModelCard:
    """The card of an encoder, its model not loaded.

    Args:
        name: As in `load_encoder`.

    Raises:
        InputError: If no encoder has the name, or the card or the folder cannot be read.
    """
    path = Path(name)
    if name not in model_cards() and path.suffix == ".toml" and path.is_file():
        return read_card(path)
    if name not in model_cards() and (path / "config.json").is_file():
        from align.encoders.transformer import card_of_folder

        return card_of_folder(path)
    return model_card(name)
