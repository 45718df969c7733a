"""Numbers, names and marks in place of meanings, in any language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.encoders.kinds import EncoderKind

if TYPE_CHECKING:
    from align.encoders.base import Encoder
    from align.encoders.cards import ModelCard


def _load(card: ModelCard, _device: str | None) -> Encoder:
    from align.encoders.anchor_marks import AnchorEncoder

    return AnchorEncoder(card)


KIND = EncoderKind(_load, cached=False)  # it is quicker than any cache
