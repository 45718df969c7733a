"""What can be chosen about an alignment."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from align.aligner.settings import AlignerSettings
from align.encoders import DEFAULT_ENCODER
from align.errors import InputError

if TYPE_CHECKING:
    from align.encoders.base import Encoder

DEFAULT_MIN_CONFIDENCE = 0.5
"""Confidence from which on a bead joins a translation unit."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be chosen about an alignment, with defaults that serve most texts.

    Attributes:
        encoder: Name of an encoder, path of a model card or of a folder with a transformers
            model, or an encoder already loaded.
        srx: The user's own segmentation rules; None for ours.
        min_confidence: Beads below it join no translation unit.
        allow_uncovered: Align languages the encoder does not know by their lengths, numbers,
            names and punctuation instead of refusing them.
        cached: Whether vectors are kept on disk and read from there.
        device: Where a transformers model runs; by default a GPU if there is one.
        aligner: How far the aligner looks.
        second_encoder: Another encoder, which takes a second look at doubtful beads; by default
            none does. Where it does not know both languages, the first one alone judges.
    """

    encoder: str | Encoder = DEFAULT_ENCODER
    srx: Path | str | None = None
    min_confidence: float = DEFAULT_MIN_CONFIDENCE
    allow_uncovered: bool = False
    cached: bool = True
    device: str | None = None
    aligner: AlignerSettings = field(default_factory=AlignerSettings)
    second_encoder: str | Encoder | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.min_confidence <= 1:
            raise InputError(f"min_confidence is {self.min_confidence}; it goes from 0 to 1")
