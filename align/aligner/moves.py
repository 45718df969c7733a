"""Stretches that correspond out of order, which the monotone pass has to leave or to lump.

A segment moved far shows as a deletion here and an insertion there; neighbours that changed places
show as one bead of two and two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from align.beads import Bead, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from align.aligner.features import FloatArray, PairFeatures

LEAST_MOVE_CONFIDENCE = 0.5
"""A move is proposed where it is more probable than not."""


def find_moves(
    beads: Sequence[Bead],
    features: PairFeatures,
    confidence: Callable[[float, float], float],
) -> list[Bead]:
    """Pairs unaligned segments that clearly match each other out of order.

    Args:
        beads: A monotone alignment.
        features: The features of its pair of texts.
        confidence: Probability that a move is right, of its similarity and margin.

    Returns:
        The beads with each accepted pair of a deletion and an insertion replaced by one moved
        bead, 1-1, 1-2 or 2-1, at the source's place, and each bead whose parts correspond
        crosswise replaced by two, the second one moved.
    """
    beads = [part for bead in beads for part in uncross(bead, features, confidence)]
    deleted = _gap_spans([bead.source for bead in beads if not len(bead.target)])
    inserted = _gap_spans([bead.target for bead in beads if not len(bead.source)])
    if not deleted or not inserted:
        return list(beads)
    scaled, cosines = features.span_similarities(deleted, inserted)
    moved = _choose(scaled, cosines, deleted, inserted, confidence)
    taken_source = {index for bead in moved for index in bead.source}
    taken_target = {index for bead in moved for index in bead.target}
    kept = [
        bead
        for bead in beads
        if bead.is_aligned
        or not (taken_source.intersection(bead.source) or taken_target.intersection(bead.target))
    ]
    starts = {bead.source.start: bead for bead in moved}
    result: list[Bead] = []
    for bead in beads:
        if len(bead.source) and bead.source.start in starts:
            result.append(starts.pop(bead.source.start))
        elif bead in kept:
            result.append(bead)
    return result


def uncross(
    bead: Bead,
    features: PairFeatures,
    confidence: Callable[[float, float], float],
) -> list[Bead]:
    """Parts a bead in two that cross, where its parts clearly correspond crosswise."""
    source, target = bead.source, bead.target
    if len(source) < 2 or len(target) < 2:
        return [bead]
    cuts = [
        (Span(source.start, i), Span(i, source.stop), Span(target.start, j), Span(j, target.stop))
        for i in list(source)[1:]
        for j in list(target)[1:]
    ]
    best, parts = LEAST_MOVE_CONFIDENCE, [bead]
    for early, late, first, second in cuts:
        scaled, cosines = features.span_similarities((early, late), (first, second))
        similarity, margin = crossing(scaled)
        sure = confidence(similarity, margin)
        if margin > 0 and sure >= best:
            best = sure
            parts = [
                Bead(early, second, float(cosines[0, 1]), sure),
                Bead(late, first, float(cosines[1, 0]), sure, moved=True),
            ]
    return parts


def crossing(scaled: FloatArray) -> tuple[float, float]:
    """Similarity and margin of two by two spans' corresponding crosswise, not in order."""
    across, straight = (scaled[0, 1], scaled[1, 0]), (scaled[0, 0], scaled[1, 1])
    return float(min(across)), float(sum(across) - sum(straight)) / 2


def _gap_spans(spans: Sequence[Span]) -> list[Span]:
    """Unaligned segments, one by one and in neighbouring pairs."""
    singles = list(spans)
    known = set(singles)
    pairs = [
        Span(span.start, span.stop + 1)
        for span in singles
        if Span(span.stop, span.stop + 1) in known
    ]
    return singles + pairs


def _choose(
    scaled: FloatArray,
    cosines: FloatArray,
    deleted: Sequence[Span],
    inserted: Sequence[Span],
    confidence: Callable[[float, float], float],
) -> list[Bead]:
    """Takes the surest pairs first, each segment once."""
    # A pair's rivals are the pairs that share no segment with it but one of its sides.
    proposals: list[tuple[float, int, int]] = []
    for row, source in enumerate(deleted):
        for column in np.flatnonzero(scaled[row] >= scaled[row].max() - 1e-6).tolist():
            target = inserted[column]
            if len(source) == 2 and len(target) == 2:
                continue
            rivals = [
                scaled[row, other] for other, span in enumerate(inserted) if _apart(span, target)
            ] + [
                scaled[other, column] for other, span in enumerate(deleted) if _apart(span, source)
            ]
            margin = float(scaled[row, column] - max(rivals, default=0.0))
            sure = confidence(float(scaled[row, column]), margin)
            if margin > 0 and sure >= LEAST_MOVE_CONFIDENCE:
                proposals.append((sure, row, column))
    chosen: list[Bead] = []
    for sure, row, column in sorted(proposals, reverse=True):
        source, target = deleted[row], inserted[column]
        if all(_apart(bead.source, source) and _apart(bead.target, target) for bead in chosen):
            chosen.append(Bead(source, target, float(cosines[row, column]), sure, moved=True))
    return chosen


def _apart(one: Span, other: Span) -> bool:
    return one.stop <= other.start or other.stop <= one.start
