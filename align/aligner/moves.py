"""Stretches that correspond out of order, which the monotone pass has to leave or to lump.

A segment moved far shows as a deletion here and an insertion there; neighbours that changed places
show as one bead of two and two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.beads import Bead, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from align.aligner.features import FloatArray, PairFeatures

LEAST_MOVE_CONFIDENCE = 0.5
"""A move is made where it is more probable than not."""

_LONGEST_MOVE = 2
_SPANS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Proposal:
    """Spans that may correspond out of order.

    Attributes:
        pairs: The spans that would become beads, each a source and a target span, in the order
            of the source; one pair for a move, two for a crossing.
        cosines: Similarity of each pair.
        similarity: Rescaled similarity of the least similar pair.
        margin: How far it is above the best rival: other spans that one of its sides could go
            with, or the same spans in order.
    """

    pairs: tuple[tuple[Span, Span], ...]
    cosines: tuple[float, ...]
    similarity: float
    margin: float


def find_moves(
    beads: Sequence[Bead],
    features: PairFeatures,
    confidence: Callable[[float, float], float],
    *,
    largest: int = 8,
) -> list[Bead]:
    """Aligns what clearly matches out of order.

    Args:
        beads: A monotone alignment.
        features: The features of its pair of texts.
        confidence: Probability that a proposal is right, of its similarity and margin.
        largest: The most segments a bead may have on both sides together.

    Returns:
        The beads; a deletion and an insertion that match become one moved bead at the source's
        place, and a bead whose parts correspond crosswise becomes two, the second one moved.
    """
    accepted: list[tuple[float, Proposal]] = []
    for proposal in propose_moves(beads, features):
        sure = confidence(proposal.similarity, proposal.margin)
        fits = all(len(source) + len(target) <= largest for source, target in proposal.pairs)
        if fits and sure >= LEAST_MOVE_CONFIDENCE:
            accepted.append((sure, proposal))
    accepted.sort(key=lambda item: -item[0])

    made: dict[int, list[Bead]] = {}  # new beads by the source segment they start with
    used: tuple[set[int], set[int]] = (set(), set())
    for sure, proposal in accepted:
        sides = [{index for pair in proposal.pairs for index in pair[side]} for side in (0, 1)]
        if any(not side.isdisjoint(taken) for side, taken in zip(sides, used, strict=True)):
            continue
        for number, ((source, target), cosine) in enumerate(
            zip(proposal.pairs, proposal.cosines, strict=True)
        ):
            moved = number == len(proposal.pairs) - 1
            made.setdefault(source.start, []).append(
                Bead(source, target, min(cosine, 1.0), sure, moved)
            )
        for side, taken in zip(sides, used, strict=True):
            taken.update(side)

    result: list[Bead] = []
    for bead in beads:
        for index in bead.source:
            result.extend(made.pop(index, ()))
        if used[0].isdisjoint(bead.source) and used[1].isdisjoint(bead.target):
            result.append(bead)
    return result


def propose_moves(beads: Sequence[Bead], features: PairFeatures) -> Iterator[Proposal]:
    """What may correspond out of order, sure or not.

    Args:
        beads: A monotone alignment.
        features: The features of its pair of texts.

    Yields:
        The best crosswise parting of every bead with two or more segments on both sides, and
        pairs of unaligned spans that are each other's most similar.
    """
    for bead in beads:
        if len(bead.source) > 1 and len(bead.target) > 1:
            yield max(_crossings(bead, features), key=lambda crossing: crossing.margin)
    longest = min(_LONGEST_MOVE, features.longest)
    deleted = _gap_spans([bead.source for bead in beads if not len(bead.target)], longest)
    inserted = _gap_spans([bead.target for bead in beads if not len(bead.source)], longest)
    if deleted and inserted:
        yield from _far_moves(deleted, inserted, features)


def _crossings(bead: Bead, features: PairFeatures) -> Iterator[Proposal]:
    """Every way to part a bead in two that correspond crosswise."""
    source, target = bead.source, bead.target
    for i in range(source.start + 1, source.stop):
        for j in range(target.start + 1, target.stop):
            early, late = Span(source.start, i), Span(i, source.stop)
            first, second = Span(target.start, j), Span(j, target.stop)
            scaled, cosines = features.span_similarities((early, late), (first, second))
            across = float(min(scaled[0, 1], scaled[1, 0]))
            straight = float(scaled[0, 0] + scaled[1, 1]) / 2
            yield Proposal(
                ((early, second), (late, first)),
                (float(cosines[0, 1]), float(cosines[1, 0])),
                across,
                float(scaled[0, 1] + scaled[1, 0]) / 2 - straight,
            )


def _gap_spans(spans: Sequence[Span], longest: int) -> list[Span]:
    """Unaligned segments, one by one and, where `longest` allows, in neighbouring pairs."""
    if longest < 2:
        return list(spans)
    known = set(spans)
    pairs = [
        Span(span.start, span.stop + 1) for span in spans if Span(span.stop, span.stop + 1) in known
    ]
    return [*spans, *pairs]


def _far_moves(
    deleted: Sequence[Span], inserted: Sequence[Span], features: PairFeatures
) -> Iterator[Proposal]:
    """Pairs of unaligned spans that are each other's most similar."""
    scaled, cosines = features.span_similarities(deleted, inserted)
    pairs = [
        (row, column)
        for row, column in enumerate(scaled.argmax(axis=1).tolist())
        if not len(deleted[row]) == _LONGEST_MOVE == len(inserted[column])
        and scaled[:, column].argmax() == row
    ]
    # What stands elsewhere too, as a refrain does, has not moved: rivals are in the whole text.
    sources = [deleted[row] for row, _ in pairs]
    targets = [inserted[column] for _, column in pairs]
    rivals = np.maximum(
        _best_rivals(
            sources,
            targets,
            len(features.target),
            lambda some, others: features.span_similarities(some, others)[0],
        ),
        _best_rivals(
            targets,
            sources,
            len(features.source),
            lambda some, others: features.span_similarities(others, some)[0].T,
        ),
    )
    for (row, column), source, target, rival in zip(pairs, sources, targets, rivals, strict=True):
        similarity = float(scaled[row, column])
        yield Proposal(
            ((source, target),),
            (float(cosines[row, column]),),
            similarity,
            similarity - float(rival),
        )


def _best_rivals(
    spans: Sequence[Span],
    counterparts: Sequence[Span],
    size: int,
    similarities: Callable[[Sequence[Span], Sequence[Span]], FloatArray],
) -> FloatArray:
    """For each span the highest similarity, at least 0, of a segment outside its counterpart."""
    segments = [Span(index, index + 1) for index in range(size)]
    best = np.zeros(len(spans), dtype=np.float32)
    for start in range(0, len(spans), _SPANS_AT_ONCE):
        some = slice(start, start + _SPANS_AT_ONCE)
        scaled = similarities(spans[some], segments)
        for row, counterpart in enumerate(counterparts[some]):
            scaled[row, counterpart.start : counterpart.stop] = 0
        best[some] = scaled.max(axis=1, initial=0)
    return best
