"""Passages that are far longer or shorter than their source lets expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.checks.base import Check, register
from align.checks.lengths import length_ratios
from align.text import width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding

_FAR = 4.0
"""Standard deviations from the usual ratio."""

_LEAST_DIFFERENCE = 15
"""Columns that a passage must be longer or shorter than expected."""


@register
class LengthCheck(Check):
    """Passages far longer or shorter than usual for the two languages.

    What:
        The ratio of the widths of both sides (Chinese characters count two) is compared with what
        this translation and this pair of languages show. One more than 4 standard deviations away
        is a note.

    Why:
        It points at what other checks may not name: something left out, added, or explained at
        length. Short passages vary more, which is allowed for.

    Example:
        A sentence of 140 letters → “Oui.”

    Silence:
        Skip the check (`--skip length`), or accept the finding in the baseline.
    """

    name = "length"
    subject = "comparisons"
    rank = 40

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A note for each passage whose length is out of proportion."""
        passages = [passage for passage in translation.passages if passage.is_aligned]
        if not passages:
            return
        ratios = length_ratios(
            [(passage.source, passage.target) for passage in passages],
            translation.source_language,
            translation.language,
        )
        source = np.array([width_of(passage.source) for passage in passages], dtype=np.float64)
        target = np.array([width_of(passage.target) for passage in passages], dtype=np.float64)
        expected = source * np.exp(ratios.mean)
        departures = ratios.departures(source, target)
        far = (np.abs(departures) > _FAR) & (np.abs(target - expected) >= _LEAST_DIFFERENCE)
        for index in np.flatnonzero(far).tolist():
            longer = target[index] > expected[index]
            factor = target[index] / expected[index]
            times = factor if longer else 1 / factor
            yield translation.finding(
                self.name,
                "note",
                passages[index],
                f"the translation is {times:.1f} times {'longer' if longer else 'shorter'} than "
                "usual for a passage of this length",
                confidence=0.5,
            )
