"""How long translations of a pair of languages are, and how far a passage departs from it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from align.languages.profile import base_language
from align.resources import data_folder
from align.text import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]

TO_DEVIATION = 1.4826
"""Standard deviation of a normal distribution by its median absolute deviation."""

_REFERENCE = "en"  # whose lengths those of the other languages are measured by
_PRIOR_WEIGHT = 20
"""Passages of a text that count as much as what is known of the pair of languages."""


@dataclass(frozen=True, slots=True)
class LanguageLength:
    """How long texts in a language are when they translate English ones.

    Attributes:
        mean: Natural logarithm of their width by that of the English text.
        spread: Standard deviation of that logarithm for long texts.
        noise: What short ones add to it: the variance is spread² + noise² / width.
    """

    mean: float
    spread: float
    noise: float


@lru_cache(maxsize=1)
def language_lengths() -> dict[str, LanguageLength]:
    """The table `models/checks/lengths.toml`, which `scripts/fit_lengths.py` writes, by tag.

    `default` stands for languages that it does not list.
    """
    content = (data_folder("models") / "checks" / "lengths.toml").read_text(encoding="utf-8")
    return {tag: LanguageLength(**row) for tag, row in tomllib.loads(content).items()}


@dataclass(frozen=True, slots=True)
class LengthRatios:
    """What the widths of the two sides of passages are in one translation.

    Attributes:
        mean: Natural logarithm of the usual width of the target by that of the source.
        spread: Its standard deviation for long passages.
        noise: What short ones add.
    """

    mean: float
    spread: float
    noise: float

    def departures(self, source: Sequence[int] | FloatArray, target: FloatArray) -> FloatArray:
        """How many standard deviations the target's widths are above what is usual.

        Args:
            source: Widths of the source sides, shape (n,), 1 or more.
            target: Widths of the target sides, shape (n,), 1 or more.
        """
        widths = np.asarray(source, dtype=np.float64)
        deviation = np.sqrt(self.spread**2 + self.noise**2 / np.maximum(widths, 1))
        ratios = np.log(np.maximum(target, 1) / np.maximum(widths, 1))
        return np.asarray((ratios - self.mean) / deviation)


def length_ratios(pairs: Sequence[tuple[str, str]], source: str, target: str) -> LengthRatios:
    """What is usual in a translation, learnt from it and from its pair of languages.

    Mean and spread are robust estimates from the text's own passages, for some of them may be
    wrong, drawn towards those of the languages where there are few.

    Args:
        pairs: The two sides of its passages.
        source: BCP 47 tag of the source.
        target: BCP 47 tag of the translation.
    """
    table = language_lengths()
    reference = LanguageLength(0.0, 0.0, 0.0)
    rows = [
        reference
        if base_language(tag) == _REFERENCE
        else table.get(tag) or table.get(base_language(tag))
        for tag in (source, target)
    ]
    of_source, of_target = (row or table["default"] for row in rows)
    usual = of_target.mean - of_source.mean
    long_enough = [(a, b) for a, b in pairs if len(a) > 10 and len(b) > 4]
    widths = np.array([[width_of(a), width_of(b)] for a, b in long_enough]).reshape(-1, 2)
    ratios = np.log(widths[:, 1] / widths[:, 0])
    share = len(ratios) / (len(ratios) + _PRIOR_WEIGHT)
    own = float(np.median(ratios)) if len(ratios) else 0.0
    typical = LengthRatios(
        mean=share * own + (1 - share) * usual,
        # Of two texts in the language that all are measured by nothing is known.
        spread=float(np.hypot(of_source.spread, of_target.spread)) or table["default"].spread,
        noise=float(np.hypot(of_source.noise, of_target.noise)) or table["default"].noise,
    )
    if not len(ratios):
        return typical
    departures = typical.departures(widths[:, 0], widths[:, 1])
    # How much more, or less, evenly this translation keeps to the source than others do.
    evenness = TO_DEVIATION * float(np.median(np.abs(departures)))
    scale = float(np.sqrt(share * evenness**2 + 1 - share))
    return LengthRatios(typical.mean, scale * typical.spread, scale * typical.noise)
