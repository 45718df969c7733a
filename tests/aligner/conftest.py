"""Texts as the aligner sees them, made by the embedded encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from align.aligner.parameters import Parameters, shipped_parameters
from align.aligner.side import Side
from align.encoders import load_encoder

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.encoders.base import Encoder


@pytest.fixture(scope="session")
def use_encoder() -> Encoder:
    """The embedded encoder, without its cache."""
    return load_encoder("use-multilingual", cached=False)


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    """The parameters that ship."""
    return shipped_parameters()


@pytest.fixture(scope="session")
def side_of(use_encoder: Encoder) -> Callable[..., Side]:
    """Makes one text's side, called with its segments, its language and the longest bead side."""

    def make(texts: list[str], language: str, *, longest: int = 4) -> Side:
        return Side(
            use_encoder.encode_spans(texts, longest=longest, language=language),
            np.array([len(text) for text in texts], dtype=np.int64),
            np.zeros(len(texts), dtype=np.int64),
        )

    return make
