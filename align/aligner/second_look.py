"""A second look at what the first encoder leaves in doubt, by another encoder's vectors as well.

Most beads of two texts are beyond doubt whoever judges them, and a better encoder takes many times
as long. So the doubtful stretches alone are encoded by it, the sure beads about them included, and
aligned anew on both encoders' cosines. All that is learnt from two texts as a whole, their habits,
words and length ratio, stays what it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from align.aligner.bands import Band, full_band
from align.aligner.lattice import NodeBlock
from align.aligner.search import joined, search, solve
from align.aligner.side import Side
from align.aligner.similarity import bead_cosines
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from align.aligner.features import FloatArray, IntArray, PairFeatures
    from align.aligner.lattice import Array, Steps
    from align.aligner.search import Step
    from align.aligner.shapes import Shape

    EncodeRun = Callable[[Span], FloatArray]
    Score = Callable[[Sequence[NodeBlock]], Steps]

DOUBTFUL = 0.7
"""Confidence of a bead below which there is a second look at it.

On the development sets 0.9 has two to three times as much encoded, and finds no more.
"""

SECOND_SHARE = 0.5
"""What the second encoder's cosines count for, the first one's counting for the rest.

On the development sets both together are better than either alone.
"""

_WHOLE_NODES = 4_096  # of a stretch that is searched whole
_LEAST_VARIANCE = 1e-6  # of cosines
_AT_ONCE = 16  # steps whose segments are compared with one another


@dataclass(frozen=True, slots=True)
class SecondEncoder:
    """How runs of segments of two texts are encoded by another encoder.

    Attributes:
        source: Gives the unit vectors of all spans of a run of source segments, as
            `Encoder.encode_spans` does: shape (encoded, run, dimension).
        target: The same of the target.
    """

    source: EncodeRun
    target: EncodeRun


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a path that is looked at again.

    Attributes:
        first: Index of its first step.
        last: Index after its last step.
        spans: Its source and its target segments.
        around: Those with the steps before and after it, which are sure.
    """

    first: int
    last: int
    spans: tuple[Span, Span]
    around: tuple[Span, Span]


def doubtful_stretches(
    path: Sequence[Step], confidences: Array, below: float = DOUBTFUL
) -> list[Stretch]:
    """The runs of doubtful steps of a path.

    Args:
        path: The steps of an alignment.
        confidences: How sure each is.
        below: What a doubtful one is less sure than.

    Returns:
        The stretches in order; those that have one step between them share it in `around`. Where
        gaps of one text alone are in doubt, between sure beads, there is nothing to align anew.
    """
    steps = np.array(path, dtype=np.int64).reshape(-1, 4)
    doubtful = np.concatenate(([False], confidences < below, [False]))
    edges = np.flatnonzero(np.diff(doubtful.astype(np.int8)))
    stretches = []
    for first, last in edges.reshape(-1, 2).tolist():
        # A border that is a gap has no segment on one side: the nearest one stands in for it.
        before, after = steps[max(first - 1, 0)], steps[min(last, len(steps) - 1)]
        sizes = steps[-1, 1], steps[-1, 3]
        spans, around = [], []
        for side, size in zip((0, 2), sizes, strict=True):
            start, stop = steps[first, side], steps[last - 1, side + 1]
            spans.append(Span(int(start), int(stop)))
            around.append(
                Span(
                    int(max(min(before[side], start - 1), 0)),
                    int(min(max(after[side + 1], stop + 1), size)),
                )
            )
        if all(map(len, spans)):
            stretches.append(Stretch(first, last, (spans[0], spans[1]), (around[0], around[1])))
    return stretches


class SecondCosines:
    """The cosines of beads in the stretches that two encoders see: the mean of both.

    Args:
        features: The features by the first encoder.
        encoder: Encodes the stretches once more.
    """

    def __init__(self, features: PairFeatures, encoder: SecondEncoder) -> None:
        self._features = features
        self._encoder = encoder
        self._sides: dict[Stretch, tuple[Side, Side]] = {}
        self._here: Stretch | None = None
        self._scale = (0.0, 1.0)

    def prepare(self, stretches: Sequence[Stretch], path: Sequence[Step]) -> None:
        """Encodes all stretches of a path."""
        self._sides = {
            stretch: (
                _part(self._features.source, stretch.around[0], self._encoder.source),
                _part(self._features.target, stretch.around[1], self._encoder.target),
            )
            for stretch in stretches
        }
        self._scale = self._same_scale(path)

    def look_at(self, stretch: Stretch) -> None:
        """Says which stretch the beads are in that are asked for from now on."""
        self._here = stretch

    def __call__(self, rows: IntArray, columns: IntArray) -> dict[Shape, FloatArray]:
        """What `PairFeatures.bead_cosines` gives, the second ones at the scale of the first."""
        first = self._features.bead_cosines(rows, columns)
        if self._here is None:
            return first
        top, left = (span.start for span in self._here.around)
        second = bead_cosines(
            *self._sides[self._here], rows - top, columns - left, self._features.shapes
        )
        base, slope = self._scale
        return {
            shape: np.where(
                second[shape] == 0,
                cosines,
                (1 - SECOND_SHARE) * cosines + SECOND_SHARE * (base + slope * second[shape]),
            ).astype(np.float32)
            for shape, cosines in first.items()
        }

    def _same_scale(self, path: Sequence[Step]) -> tuple[float, float]:
        """What is added to the second encoder's cosines and what they are multiplied by before.

        With it the pairs of segments that are near one another in the stretches are as alike by
        both encoders in the mean, and spread as widely: the first one's topics and levels hold.
        """
        sums = np.zeros((2, 3))  # of each encoder: how many pairs, their cosines, those squared
        for stretch, sides in self._sides.items():
            top, left = (span.start for span in stretch.around)
            for one, other in _neighbourhoods(stretch, path):
                for encoder, (source, target, i, j) in enumerate(
                    (
                        (self._features.source, self._features.target, 0, 0),
                        (sides[0], sides[1], top, left),
                    )
                ):
                    cosines = (
                        source.vectors[0, one.start - i : one.stop - i]
                        @ target.vectors[0, other.start - j : other.stop - j].T
                    )
                    sums[encoder] += cosines.size, cosines.sum(), np.vdot(cosines, cosines)
        if not sums[0, 0]:
            return 0.0, 1.0
        means = sums[:, 1] / sums[:, 0]
        spreads = np.sqrt(np.maximum(sums[:, 2] / sums[:, 0] - means * means, _LEAST_VARIANCE))
        slope = float(spreads[0] / spreads[1])
        return float(means[0] - slope * means[1]), slope


def _neighbourhoods(stretch: Stretch, path: Sequence[Step]) -> Iterator[tuple[Span, Span]]:
    """Source and target segments that are near one another, all along a stretch."""
    for first in range(stretch.first, stretch.last, _AT_ONCE):
        i, _, j, _ = path[first]
        _, i_stop, _, j_stop = path[min(first + _AT_ONCE, stretch.last) - 1]
        source, target = (
            Span(max(start - 1, around.start), min(stop + 1, around.stop))
            for start, stop, around in zip((i, j), (i_stop, j_stop), stretch.around, strict=True)
        )
        yield source, target


def look_again(
    parts: Iterable[tuple[list[Step], Array]],
    cosines: SecondCosines,
    score: Score,
    confidence: Callable[[Array], Array],
) -> Iterator[tuple[list[Step], Array]]:
    """Aligns the doubtful stretches of a path anew.

    Args:
        parts: Consecutive parts of the best path by the first encoder, and how probable each of
            their steps is.
        cosines: Those by both encoders.
        score: Scores steps by features with these cosines.
        confidence: Turns the probability of steps into how sure they are.

    Yields:
        Consecutive parts of the path as it is now, and how probable their steps are.
    """
    path, chances = joined(parts)
    stretches = doubtful_stretches(path, confidence(chances))
    cosines.prepare(stretches, path)
    after = 0
    for stretch in stretches:
        yield path[after : stretch.first], chances[after : stretch.first]
        cosines.look_at(stretch)
        yield from _aligned_anew(stretch, path, score)
        after = stretch.last
    yield path[after:], chances[after:]


def _aligned_anew(
    stretch: Stretch, path: Sequence[Step], score: Score
) -> Iterator[tuple[list[Step], Array]]:
    top, left = (span.start for span in stretch.spans)
    rows, columns = (len(span) + 1 for span in stretch.spans)

    def score_here(blocks: Sequence[NodeBlock]) -> Steps:
        return score(
            [
                NodeBlock(
                    block.top + top, block.bottom + top, block.left + left, block.right + left
                )
                for block in blocks
            ]
        )

    parts: Iterable[tuple[list[Step], Array]]
    if rows * columns <= _WHOLE_NODES:
        solution = solve(score_here(full_band(rows, columns)))
        parts = [(solution.path, solution.chances)]
    else:
        # The path as it was leads the way; the band is widened where the new one may leave it.
        pairs = [
            (i - top, j - left)
            for i, i_stop, j, j_stop in path[stretch.first : stretch.last]
            if i_stop - i == 1 == j_stop - j
        ]
        anchors = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        parts = search(Band(anchors, rows, columns), score_here)
    for some, chances in parts:
        yield [(i + top, k + top, j + left, m + left) for i, k, j, m in some], chances


def _part(side: Side, span: Span, encode: EncodeRun) -> Side:
    """A run of segments of a text as another encoder sees it."""
    return Side(
        vectors=encode(span),
        lengths=side.lengths[span.start : span.stop],
        paragraphs=side.paragraphs[span.start : span.stop],
    )
