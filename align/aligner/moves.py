"""Stretches that correspond out of order, which the monotone pass has to leave or to lump.

A segment moved far shows as a deletion here and an insertion there; neighbours that changed places
show as one bead of two and two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from align.aligner.anchors import MutualNearest
from align.aligner.features import FloatArray, PairFeatures
from align.beads import Bead
from align.text import Span

LEAST_MOVE_CONFIDENCE = 0.5
"""A move is made where it is more probable than not."""

_LONGEST_MOVE = 2
_REACH = 4096  # segments from its place among which a moved span, or a rival, is looked for
_SPANS_AT_ONCE = 128
_COMPARED_AT_ONCE = 2048


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
        pairs of unaligned spans that are each other's most similar within `_REACH` segments.
    """
    for bead in beads:
        if len(bead.source) > 1 and len(bead.target) > 1:
            yield max(_crossings(bead, features), key=lambda crossing: crossing.margin)
    longest = min(_LONGEST_MOVE, features.longest)
    deleted = _gap_spans(beads, "source", features.source.lengths > 0, longest)
    inserted = _gap_spans(beads, "target", features.target.lengths > 0, longest)
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


@dataclass(frozen=True, slots=True)
class _Unaligned:
    """A span that is left out, and the place in the other text where it would stand."""

    span: Span
    place: int


def _gap_spans(
    beads: Sequence[Bead],
    side: Literal["source", "target"],
    with_text: npt.NDArray[np.bool_],
    longest: int,
) -> list[_Unaligned]:
    """Unaligned segments, one by one and, where `longest` allows, in neighbouring pairs."""
    other = "target" if side == "source" else "source"
    gaps = [bead for bead in beads if not bead.is_aligned and len(getattr(bead, side))]
    places = {getattr(bead, side): getattr(bead, other).start for bead in gaps}
    places = {span: place for span, place in places.items() if with_text[span.start]}
    spans = []
    for span, place in sorted(places.items()):
        spans.append(_Unaligned(span, place))
        if longest > 1 and Span(span.stop, span.stop + 1) in places:
            spans.append(_Unaligned(Span(span.start, span.stop + 1), place))
    return spans


def _far_moves(
    deleted: Sequence[_Unaligned], inserted: Sequence[_Unaligned], features: PairFeatures
) -> Iterator[Proposal]:
    """Pairs of unaligned spans, at most `_REACH` segments apart, that are most similar."""
    nearest = MutualNearest(len(deleted), len(inserted))
    starts = np.array([item.span.start for item in inserted])
    for rows, low, high in _groups([item.place for item in deleted]):
        left, right = np.searchsorted(starts, (low, high))
        for columns in _pieces(int(left), int(right)):
            scaled, _ = features.span_similarities(
                [item.span for item in deleted[rows]], [item.span for item in inserted[columns]]
            )
            nearest.add(rows.start, columns.start, scaled)
    pairs = [
        (deleted[row], inserted[column])
        for row, column in nearest.pairs().tolist()
        if not len(deleted[row].span) == _LONGEST_MOVE == len(inserted[column].span)
    ]
    sources = [source for source, _ in pairs]
    targets = [target for _, target in pairs]
    # What stands elsewhere too, as a refrain does, has not moved.
    rivals = np.maximum(
        _best_rivals(
            sources,
            [target.span for target in targets],
            len(features.target),
            lambda some, others: features.span_similarities(some, others)[0],
        ),
        _best_rivals(
            targets,
            [source.span for source in sources],
            len(features.source),
            lambda some, others: features.span_similarities(others, some)[0].T,
        ),
    )
    for (source, target), rival in zip(pairs, rivals.tolist(), strict=True):
        [[similarity]], [[cosine]] = features.span_similarities([source.span], [target.span])
        yield Proposal(
            ((source.span, target.span),),
            (float(cosine),),
            float(similarity),
            float(similarity) - rival,
        )


def _best_rivals(
    items: Sequence[_Unaligned],
    counterparts: Sequence[Span],
    size: int,
    similarities: Callable[[Sequence[Span], Sequence[Span]], FloatArray],
) -> FloatArray:
    """For each span the highest similarity, at least 0, of a segment outside its counterpart."""
    best = np.zeros(len(items), dtype=np.float32)
    for some, low, high in _groups([item.place for item in items]):
        for columns in _pieces(max(low, 0), min(high, size)):
            segments = [Span(index, index + 1) for index in range(columns.start, columns.stop)]
            scaled = similarities([item.span for item in items[some]], segments)
            for row, counterpart in enumerate(counterparts[some]):
                first, last = counterpart.start - columns.start, counterpart.stop - columns.start
                scaled[row, max(first, 0) : max(last, 0)] = 0
            best[some] = np.maximum(best[some], scaled.max(axis=1, initial=0))
    return best


def _groups(places: Sequence[int]) -> Iterator[tuple[slice, int, int]]:
    """Runs of spans near one another, and the first and last place in reach of some of them."""
    start = 0
    while start < len(places):
        stop = start + 1
        while (
            stop < min(len(places), start + _SPANS_AT_ONCE)
            and abs(places[stop] - places[start]) <= _REACH
        ):
            stop += 1
        here = places[start:stop]
        yield slice(start, stop), min(here) - _REACH, max(here) + _REACH + 1
        start = stop


def _pieces(start: int, stop: int) -> Iterator[slice]:
    """Parts of a range, small enough to compare at once."""
    for first in range(start, stop, _COMPARED_AT_ONCE):
        yield slice(first, min(first + _COMPARED_AT_ONCE, stop))
