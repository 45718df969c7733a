"""Finds the parts of passages that are missing on the other side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from align.checks.clauses.evidence import ClauseEvidence, Sides
from align.checks.clauses.parameters import fitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.lengths import LengthRatios
    from align.encoders.base import Encoder
    from align.text import Span

_PASSAGES_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part of a text that has no counterpart.

    Attributes:
        passage: Index of the passage.
        span: Where the part stands.
        confidence: Probability that it is missing, by the fit.
        is_sure: Whether that is worth a warning, and not only a note.
    """

    passage: int
    span: Span
    confidence: float
    is_sure: bool


def missing_parts(
    sides: Sides, encoder: Encoder, ratios: LengthRatios, *, direction: str
) -> Iterator[MissingPart]:
    """The parts of the sources that the targets lack, no two of a passage overlapping.

    Args:
        sides: The passages; empty texts are passed over.
        encoder: Where vectors come from.
        ratios: How long the targets usually are.
        direction: Whose weights decide, `omitted` or `added`.
    """
    for start in range(0, len(sides.sources), _PASSAGES_AT_ONCE):
        some = slice(start, start + _PASSAGES_AT_ONCE)
        chunk = Sides(
            sides.sources[some], sides.targets[some], sides.source_language, sides.target_language
        )
        for found in _missing(chunk, encoder, ratios, direction):
            yield replace(found, passage=found.passage + start)


def _missing(
    sides: Sides, encoder: Encoder, ratios: LengthRatios, direction: str
) -> Iterator[MissingPart]:
    parameters = fitted(direction)
    evidence = ClauseEvidence(sides, encoder, ratios)
    if not evidence.candidates:
        return
    words = evidence.by_words()
    chosen = np.flatnonzero(parameters.by_words(words) >= parameters.cleared).tolist()
    odds = parameters.by_vectors(evidence.by_vectors(chosen, words))
    taken: dict[int, list[Span]] = {}
    for place in np.argsort(-odds, kind="stable").tolist():
        if odds[place] < parameters.noted:
            break
        candidate = evidence.candidates[chosen[place]]
        span = candidate.part.span
        others = taken.setdefault(candidate.passage, [])
        if all(span.stop <= other.start or span.start >= other.stop for other in others):
            others.append(span)
            confidence = float(1 / (1 + np.exp(-odds[place])))
            is_sure = bool(odds[place] >= parameters.reported)
            yield MissingPart(candidate.passage, span, confidence, is_sure)
