"""For languages no encoder knows: vectors of what two texts share without translation.

Numbers in any digits, names and cognates (words by their first letters, accents removed),
addresses and punctuation are hashed into a vector (Weinberger et al., ICML 2009). Together with
lengths they align what they can; most segments have few such marks, so confidence is low.
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from align.encoders.base import Advance, FloatArray
from align.encoders.cards import ModelCard
from align.marks import QUOTATION_MARK, numbers_in
from align.text import join_text

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = {"?": "?", "？": "?", "؟": "?", "!": "!", "！": "!", ":": ":", "：": ":"}
_BRACKETS = re.compile("[()（）]")
_STEM = 4  # letters of a word that cognates are taken to share
_NUMBER_WEIGHT, _NAME_WEIGHT, _WORD_WEIGHT, _FORM_WEIGHT = 3.0, 2.0, 1.0, 0.7
_PLACES = 8  # where in the vector one mark is added


class AnchorEncoder:
    """Vectors of shared marks.

    Args:
        card: Its model card.
    """

    composes_spans = True

    def __init__(self, card: ModelCard) -> None:
        self.card = card
        self.fingerprint = f"{card.name}@1"

    def encode(self, texts: Sequence[str], *, language: str | None = None) -> FloatArray:
        """Encodes texts one by one; see `Encoder.encode`."""
        del language
        return _unit(self._sums(texts))

    def encode_spans(
        self,
        segments: Sequence[str],
        *,
        longest: int,
        language: str,
        advance: Advance | None = None,
    ) -> FloatArray:
        """Encodes every run of segments: marks add up; see `Encoder.encode_spans`."""
        del language
        count = len(segments)
        vectors = np.zeros((longest, count, self.card.dimension), dtype=np.float32)
        sums = self._sums(segments)
        totals = np.concatenate((np.zeros_like(sums[:1]), np.cumsum(sums, axis=0)))
        for length in range(1, min(longest, count) + 1):
            runs = totals[length:] - totals[: count - length + 1]
            vectors[length - 1, : len(runs)] = _unit(runs)
        if advance:
            advance(count)
        return vectors

    def _sums(self, texts: Sequence[str]) -> FloatArray:
        marks = [_marks(join_text([text], "en").text) for text in texts]
        frequency = Counter(mark for of_text in marks for mark in of_text)
        sums = np.zeros((len(texts), self.card.dimension), dtype=np.float32)
        for row, of_text in enumerate(marks):
            for mark, weight in of_text.items():
                places, signs = _places(mark, self.card.dimension)
                # What stands in every segment says nothing of any.
                rarity = math.log(1 + len(texts) / frequency[mark])
                np.add.at(sums[row], places, signs * (weight * rarity))
        return sums


def _marks(text: str) -> dict[str, float]:
    """The marks of one text and their weights."""
    marks: dict[str, float] = {}
    for number in numbers_in(text):
        marks["number " + number] = _NUMBER_WEIGHT
    for position, match in enumerate(_WORD.finditer(text)):
        word = "".join(
            character
            for character in unicodedata.normalize("NFKD", match[0]).casefold()
            if not unicodedata.combining(character)
        )
        is_name = position > 0 and match[0][0].isupper()
        marks["word " + word[:_STEM]] = _NAME_WEIGHT if is_name else _WORD_WEIGHT
    ending = _ENDINGS.get(text.rstrip("\"'”»」』)） \u00a0\u202f")[-1:], "")
    marks.update(
        (f"{name} {value}", _FORM_WEIGHT)
        for name, value in (
            ("ends", ending),
            ("quotes", str(min(len(QUOTATION_MARK.findall(text)), 4) or "")),
            ("brackets", str(min(len(_BRACKETS.findall(text)), 4) or "")),
        )
        if value
    )
    return marks


@lru_cache(maxsize=65536)
def _places(mark: str, dimension: int) -> tuple[np.ndarray, FloatArray]:
    digest = hashlib.blake2b(mark.encode(), digest_size=4 * _PLACES).digest()
    numbers = np.frombuffer(digest, dtype="<u4")
    signs = np.where(numbers & 1, 1.0, -1.0).astype(np.float32)
    return (numbers >> 1) % dimension, signs


def _unit(rows: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
