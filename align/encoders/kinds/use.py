"""The Universal Sentence Encoder, multilingual, run by numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.encoders.kinds import EncoderKind

if TYPE_CHECKING:
    from align.encoders.base import Encoder
    from align.encoders.cards import ModelCard


def _load(card: ModelCard, _device: str | None) -> Encoder:
    from align.encoders.use_multilingual import UseEncoder

    return UseEncoder(card)


KIND = EncoderKind(_load)
