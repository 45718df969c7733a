"""Models that the package transformers runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.encoders.kinds import EncoderKind

if TYPE_CHECKING:
    from align.encoders.base import Encoder
    from align.encoders.cards import ModelCard


def _load(card: ModelCard, device: str | None) -> Encoder:
    from align.encoders.transformer import TransformerEncoder

    return TransformerEncoder(card, device=device)


KIND = EncoderKind(_load, extra="transformers")
