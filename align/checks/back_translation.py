"""Translates a translation back and says where that is much less like the source than elsewhere."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from align.checks.base import Check, CheckCannotRunError, register
from align.checks.chrf import chrf, chrf_signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.findings import Finding

_FEWEST_PASSAGES = 8  # without which a text has no scores of its own to be far from
_USUAL_SPREAD = 1.4826  # makes a median absolute deviation a standard deviation
_FAR, _VERY_FAR = 2.5, 4.0  # standard deviations below the median
_LEAST_SPREAD = 3.0  # points of chrF; a text of even scores has no outliers within them
_LOW = 20.0  # chrF that is low in any text


@register
class BackTranslationCheck(Check):
    """Translated back, it is far from the source (needs --mt).

    What:
        A translation model (`--mt`) translates each bead's target back into the language of the
        source, and sacreBLEU's chrF2 compares the two, 0 to 100. A bead whose score lies 2.5
        standard deviations (by the median absolute deviation) below the text's median is a note, 4
        a warning; in a text of fewer than eight beads, a score below 20 is a note.

    Why:
        A model misses what translators do well, too: idiom and freedom lower the score. So a text
        is compared with itself, and the message shows the model's words.

    Example:
        “The ferry leaves at noon” comes back as “The iron is at lunch”

    Silence:
        Leave out --mt, or accept the finding in the baseline.
    """

    name = "back-translation"
    subject = "comparisons"
    rank = 30

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Beads far below the text's own scores."""
        from align.translators import load_translator

        if translation.translator is None:
            raise CheckCannotRunError("no translation model was given")
        passages = [
            passage
            for passage in translation.passages
            if passage.is_aligned and passage.source != passage.target
        ]
        if not passages:
            return
        back = load_translator(translation.translator).translate(
            [passage.target for passage in passages],
            source=translation.language,
            target=translation.source_language,
        )
        scores = [chrf(text, passage.source) for text, passage in zip(back, passages, strict=True)]
        distances = deviations(scores)
        middle = median(scores)
        for passage, text, score, distance in zip(passages, back, scores, distances, strict=True):
            if distance < _FAR:
                continue
            yield translation.finding(
                self.name,
                "warning" if distance >= _VERY_FAR else "note",
                passage,
                f"translated back it is “{text}” (chrF2 {score:.1f}, the text's median "
                f"{middle:.1f}; {chrf_signature()})",
                confidence=min(0.9, 0.4 + distance / 10),
            )


def deviations(scores: Sequence[float]) -> list[float]:
    """How far below the median each score lies, in robust standard deviations.

    Of few scores, those that are low in any text are far enough for a note.

    >>> [round(distance, 1) for distance in deviations([50, 52, 54, 56, 58, 60, 62, 5])]
    [0.8, 0.5, 0.2, -0.2, -0.5, -0.8, -1.2, 8.4]
    >>> deviations([50, 10])
    [0.0, 2.5]
    """
    if len(scores) < _FEWEST_PASSAGES:
        return [_FAR if score < _LOW else 0.0 for score in scores]
    middle = median(scores)
    spread = max(_USUAL_SPREAD * median(abs(score - middle) for score in scores), _LEAST_SPREAD)
    return [(middle - score) / spread for score in scores]
