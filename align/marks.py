"""What a segment's text shows without knowing the language: numbers, how it ends, quotation marks.

A translator keeps them, so they tell beads apart that mean nearly the same.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

NUMBER_DIMENSION = 64
"""Length of the vectors that numbers are hashed into."""

_NUMBER = re.compile(r"\d+(?:[.,٫٬\u00a0\u202f]\d+)*")
_CLOSING = "\"'”’»›」』)）\\]】\\s"
_ENDED = re.compile(rf"[.!?…:;。．！？：；؟؛۔।][{_CLOSING}]*$")
_TONE = re.compile(rf"([!?！？؟])[{_CLOSING}]*$")
QUOTATION_MARK = re.compile('["“”„«»「」『』]')
_PLACES = 4  # where in its vector one number is added


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of the segments of one text; every array has one entry (or row) a segment.

    Attributes:
        numbers: Sum of the vectors of the numbers in it, shape (n, `NUMBER_DIMENSION`), float32;
            each number has length 1, different ones are nearly orthogonal.
        open_ended: 1 where it ends without a full stop, colon or the like, as headings and cut
            sentences do.
        tone: 1 where it ends with a question mark or an exclamation mark.
        quotations: How many quotation marks it has.
    """

    numbers: FloatArray
    open_ended: FloatArray
    tone: FloatArray
    quotations: FloatArray


def marks_of(texts: Sequence[str]) -> Marks:
    """The marks of segments' texts."""
    numbers = np.zeros((len(texts), NUMBER_DIMENSION), dtype=np.float32)
    for row, text in enumerate(texts):
        for number in set(numbers_in(text)):
            numbers[row] += _number_vector(number)
    return Marks(
        numbers=numbers,
        open_ended=np.array([not _ENDED.search(text) for text in texts], dtype=np.float32),
        tone=np.array([bool(_TONE.search(text)) for text in texts], dtype=np.float32),
        quotations=np.array(
            [len(QUOTATION_MARK.findall(text)) for text in texts], dtype=np.float32
        ),
    )


def numbers_in(text: str) -> Iterator[str]:
    """The numbers of a text as plain ASCII digits, separators left out.

    >>> list(numbers_in("1,997 sentences in ٢٠٢٥ and １２"))
    ['1997', '2025', '12']
    """
    for match in _NUMBER.finditer(text):
        yield "".join(
            str(unicodedata.digit(character)) for character in match[0] if character.isdigit()
        )


@lru_cache(maxsize=16384)
def _number_vector(number: str) -> FloatArray:
    """A unit vector that stands for a number (feature hashing; Weinberger et al., ICML 2009)."""
    digest = hashlib.blake2b(number.encode(), digest_size=4 * _PLACES).digest()
    drawn = np.frombuffer(digest, dtype="<u4")
    vector = np.zeros(NUMBER_DIMENSION, dtype=np.float32)
    np.add.at(vector, (drawn >> 1) % NUMBER_DIMENSION, np.where(drawn & 1, 1.0, -1.0))
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), dtype=np.float32)
