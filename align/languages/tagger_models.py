"""Reads HanTa's models, which are pickles, as data: what would run code is refused.

A pickle may name any function and have it called when it is loaded. HanTa's models name two things
only, numpy's numbers and their types; here these are read as plain numbers, and any other name is
an error. What stands for the two can be called and no more: nothing of it can be changed.

This is more than a checksum of the models would be: that would tell the files of one release of
HanTa, and nothing of what others do. Who can change a model can change HanTa's own code beside it;
against that helps `pip install --require-hashes`, which covers both.
"""

from __future__ import annotations

import gzip
import pickle
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from align.errors import AlignError

_LONGEST_WORD = 80  # letters

_BROKEN = (pickle.UnpicklingError, struct.error, zlib.error, OSError, EOFError, LookupError,
           TypeError, ValueError, AttributeError)  # fmt: skip
"""What a file that is no model makes its readers raise."""

_REMEDY = "run: pip install --force-reinstall hanta"


@lru_cache(maxsize=4)
def load_tagger(model: str | Path) -> Any:
    """HanTa's tagger with a model.

    Args:
        model: The model's file, relative to HanTa's package.

    Raises:
        AlignError: If the file holds something else than data, or no model.
    """
    import HanTa
    from HanTa.HanoverTagger import HanoverTagger

    try:
        with gzip.open(Path(HanTa.__file__).parent / model) as file:
            tagger = HanoverTagger(None, model=_DataReader(file).load())
    except _BROKEN as error:
        raise AlignError(f"the tagger's model cannot be read ({error}); {_REMEDY}") from error
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


class _Number:
    """Stands for the function that makes numpy's numbers, whose attributes a pickle could set."""

    __slots__ = ()

    def __call__(self, _: _NumberType, content: bytes) -> float:
        (number,) = struct.unpack("<d", content)
        return float(number)


_NAMES = {
    ("numpy", "dtype"): _NumberType,
    ("numpy.core.multiarray", "scalar"): _Number(),
    ("numpy._core.multiarray", "scalar"): _Number(),
}


class _DataReader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _NAMES[module, name]
        except KeyError:
            raise AlignError(
                f"the tagger's model calls {module}.{name}, so it is not data alone; {_REMEDY}"
            ) from None
