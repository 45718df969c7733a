"""Words of segments in a form that inflection changes little, in any language.

It needs no dictionary: a word is its first letters, a run of Han characters every character and
every two neighbours. That is crude, and enough to see which words keep company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np

from align.aligner.words import SegmentWords

_STEM = 6  # letters by which a word is known
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{_HAN}]+|[ァ-ヺー]+|[ぁ-ゖ]+|\d+|[^\W\d_{_HAN}ぁ-ゖァ-ヺー]+")
_IS_HAN = re.compile(f"[{_HAN}]")


def words_of(texts: Sequence[str]) -> SegmentWords:
    """The different words of each segment."""
    firsts, words = [0], []
    for text in texts:
        words += sorted(set(map(_number_of, word_forms(text))))
        firsts.append(len(words))
    return SegmentWords(np.array(words, dtype=np.int64), np.array(firsts, dtype=np.int64))


def word_forms(text: str) -> Iterator[str]:
    """The forms of a text's words.

    >>> list(word_forms("Translations, 12"))
    ['transl', '12']
    >>> list(word_forms("宝玉笑道"))
    ['宝', '玉', '笑', '道', '宝玉', '玉笑', '笑道']
    """
    for run in _RUNS.findall(text.lower()):
        if _IS_HAN.match(run):
            yield from run
            yield from map("".join, pairwise(run))
        else:
            yield run[:_STEM]


@lru_cache(maxsize=1 << 16)
def _number_of(form: str) -> int:
    """The same words come again and again."""
    return crc32(form.encode("utf-8", "replace"))
