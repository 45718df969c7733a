"""Reads HanTa's models, which are pickles, as data: what would run code is refused.

A pickle may name any function and have it called when it is loaded. HanTa's models name two things
only, numpy's numbers and their types; here these are read as plain numbers, and any other name is
an error.
"""

from __future__ import annotations

import gzip
import pickle
import struct
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from align.errors import AlignError

_LONGEST_WORD = 80  # letters


@lru_cache(maxsize=4)
def load_tagger(model: str | Path) -> Any:
    """HanTa's tagger with a model.

    Args:
        model: The model's file, relative to HanTa's package.

    Raises:
        AlignError: If the file holds something else than data.
    """
    import HanTa
    from HanTa.HanoverTagger import HanoverTagger

    with gzip.open(Path(HanTa.__file__).parent / model) as file:
        tagger = HanoverTagger(None, model=_DataReader(file).load())
    tagger.strict = False  # as HanTa sets it for a model that it reads itself
    return _Tagger(tagger)


class _Tagger:
    """HanTa's tagger, which looks at all ways to cut a word: a very long one is cut off for it."""

    def __init__(self, tagger: Any) -> None:
        self._tagger = tagger

    def tag_sent(self, words: Sequence[str], **options: Any) -> Any:
        """The tags of a sentence, as HanTa gives them."""
        return self._tagger.tag_sent([word[:_LONGEST_WORD] for word in words], **options)

    def tag_word(self, word: str) -> Any:
        """The tags that a word may have, with how likely each is."""
        return self._tagger.tag_word(word[:_LONGEST_WORD])

    def analyze(self, word: str, **options: Any) -> Any:
        """The parts of a word and its tag."""
        return self._tagger.analyze(word[:_LONGEST_WORD], **options)


class _NumberType:
    """Stands for `numpy.dtype`; of its kinds the models have floating-point numbers only."""

    def __init__(self, code: str, *_: bool) -> None:
        if code != "f8":
            raise AlignError(f"the tagger's model has numbers of the kind {code!r}, not 'f8'")

    def __setstate__(self, state: tuple[object, ...]) -> None:
        """Takes the order of bytes, which is the usual one, and the rest, which says nothing."""


def _number(_: _NumberType, content: bytes) -> float:
    (number,) = struct.unpack("<d", content)
    return float(number)


_NAMES = {
    ("numpy", "dtype"): _NumberType,
    ("numpy.core.multiarray", "scalar"): _number,
    ("numpy._core.multiarray", "scalar"): _number,
}


class _DataReader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _NAMES[module, name]
        except KeyError:
            raise AlignError(
                f"the tagger's model calls {module}.{name}, so it is not data alone; "
                "run: pip install --force-reinstall hanta"
            ) from None
