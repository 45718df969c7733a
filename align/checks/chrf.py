"""SacreBLEU's chrF: how alike two texts of one language are, character by character."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sacrebleu.metrics.chrf import CHRF


@lru_cache(maxsize=65536)
def chrf(text: str, reference: str) -> float:
    """ChrF2 of a text against a reference, 0 to 100 (Popović, WMT 2015; Post, WMT 2018).

    >>> round(chrf("La mer est calme.", "La mer est calme.")), round(chrf("abc", "xyz"))
    (100, 0)
    """
    return float(_scorer().sentence_score(text, [reference]).score)


def chrf_signature() -> str:
    """SacreBLEU's signature of the scores, which says how they were computed.

    >>> chrf_signature().partition("|version:")[0]
    'nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no'
    """
    _scorer().sentence_score("a", ["a"])
    return str(_scorer().get_signature())


@lru_cache(maxsize=1)
def _scorer() -> CHRF:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF()
