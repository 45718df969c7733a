"""What the aligner looks at to judge a bead: a few numbers that mean the same in every text.

Similarities are rescaled by the pair's own background and level, lengths by its own ratio, so that
one set of weights serves every language, kind of text and encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from align.aligner.anchors import match_segments
from align.aligner.coverage import Coverage, whole_segments
from align.aligner.topics import local_means, topics_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.aligner.coverage import ClauseVectors
    from align.aligner.lattice import Block
    from align.beads import Span
    from align.marks import Marks

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

BEAD_FEATURES = (
    "similarity",
    "neighbours",
    "part-fits",
    "more-fits",
    "length",
    "segments",
    "shape-1-2",
    "shape-1-3",
    "shape-1-4",
    "shape-2-2",
    "shape-2-3",
    "shape-3-3",
    "crosses-paragraph",
    "starts-apart",
    "numbers-apart",
    "ends-apart",
    "tone-apart",
    "quotations-apart",
    "clauses-strayed",
    "clauses-uncovered",
)
"""Names of the bead features, in the order of `PairFeatures.beads`.

`part-fits` is how much better the best span without one of the bead's outer segments fits, and
`more-fits` how much better the best span with one more; `shape-3-3` is every shape not named; the
features in `-apart` say where the two sides differ: in opening a paragraph, in numbers, in ending
with an end mark, in asking or exclaiming, in having quotation marks; `clauses-strayed` is how
much better clauses are found next to the bead than within it, `clauses-uncovered` how far they are
below what is usual within it.
"""

GAP_FEATURES = ("step", "best-similarity", "length", "opening")
"""Names of the gap features; `opening` is the lattice's, the others are `PairFeatures.gaps`."""

_PLACE = {name: index for index, name in enumerate(BEAD_FEATURES)}
_TYPICAL_LEVEL, _TYPICAL_WEIGHT, _UNPAIRED_WEIGHT = 0.5, 10.0, 0.25
_NEARBY = 5  # segments to either side of where a counterpart should be
_ROWS_AT_ONCE = 512
_MOST_PLACES = 4096  # that the common topics of spans are measured at
_LENGTH_SOFTNESS = 30.0  # characters below which a length ratio says little


@dataclass(frozen=True, slots=True)
class Side:
    """One text as the aligner sees it.

    Attributes:
        vectors: Unit vectors of all spans, shape (longest, n, dimension), as encoders give them.
        lengths: Characters of each segment, shape (n,).
        paragraphs: Index of the block that each segment lies in, ascending, shape (n,).
        marks: Numbers, end marks and quotation marks of each segment, where they are known.
        clauses: Vectors of the clauses of each segment; by default each is one.
    """

    vectors: FloatArray
    lengths: IntArray
    paragraphs: IntArray
    marks: Marks | None = None
    clauses: ClauseVectors | None = None

    def __len__(self) -> int:
        return len(self.lengths)


class PairFeatures:
    """The features of every bead and gap of a pair of texts.

    Args:
        source: The source text.
        target: The target text.
    """

    def __init__(self, source: Side, target: Side) -> None:
        self.source, self.target = source, target
        self.longest = source.vectors.shape[0]
        self._topics = (topics_of(source.vectors[0]), topics_of(target.vectors[0]))
        self.matches = match_segments(source.vectors[0], target.vectors[0], *self._topics)
        chain = self.matches.chain
        self._spans_above = _spans_above(source.vectors, target.vectors, self.matches.pairs)
        above = self._above_topics(chain)
        # The few pairs of texts that do not translate one another are chance ones and show nothing.
        unpaired = min(len(source), len(target)) - len(chain)
        weight = _TYPICAL_WEIGHT + _UNPAIRED_WEIGHT * unpaired
        self.level = float((above.sum() + _TYPICAL_LEVEL * weight) / (len(above) + weight))
        self._best_source = self._best_nearby(chain, self.source, self.target, self._topics)
        self._best_target = self._best_nearby(
            chain[:, ::-1], self.target, self.source, self._topics[::-1]
        )
        self.length_ratio = _length_ratio(source, target, self.matches.pairs)
        self._coverage = Coverage(
            (
                source.clauses or whole_segments(source.vectors[0]),
                target.clauses or whole_segments(target.vectors[0]),
            ),
            (source.vectors[0], target.vectors[0]),
            self._topics,
            chain,
        )

    def gaps(self) -> tuple[FloatArray, FloatArray]:
        """Features of leaving out each source and each target segment: (n, 3) and (m, 3)."""
        return (
            _gap_features(self._best_source, self.source),
            _gap_features(self._best_target, self.target),
        )

    def path_similarities(self, path: Sequence[tuple[int, int, int, int]]) -> FloatArray:
        """Cosine of the two spans of every step of a path, 0 where one is empty."""
        cosines = np.zeros(len(path), dtype=np.float32)
        i, i_stop, j, j_stop = np.array(path, dtype=np.int64).reshape(-1, 4).T
        both = np.flatnonzero((i_stop > i) & (j_stop > j))
        cosines[both] = np.einsum(
            "kd,kd->k",
            self.source.vectors[(i_stop - i)[both] - 1, i[both]],
            self.target.vectors[(j_stop - j)[both] - 1, j[both]],
        )
        return cosines

    def span_similarities(
        self, source: Sequence[Span], target: Sequence[Span]
    ) -> tuple[FloatArray, FloatArray]:
        """Rescaled similarities and cosines of all pairs of spans: two (len, len) arrays."""
        sizes = [np.array([len(span) - 1 for span in side]) for side in (source, target)]
        starts = [np.array([span.start for span in side]) for side in (source, target)]
        cosines = (
            self.source.vectors[sizes[0], starts[0]] @ self.target.vectors[sizes[1], starts[1]].T
        )
        topics = self._topics[0][starts[0]] @ self._topics[1][starts[1]].T
        above = topics + self._spans_above[np.ix_(*sizes)]
        return (cosines - above) / self.level, cosines

    def beads(self, block: Block) -> FloatArray:
        """Features of the beads that end at a block's nodes.

        Returns:
            Array of shape (features, rows, longest, longest, columns), float32; `[f, i, a-1, b-1,
            j]` is feature f of the bead of a and b segments that ends at node (top + i, left + j).
            Where the text has no such bead, the values mean nothing.
        """
        longest = self.longest
        rows, columns = block.bottom - block.top, block.width
        halo = longest + 1
        cosines = self._cosines(
            block.top - halo, block.bottom + 1, block.left - halo, block.right + 1
        )
        topics = self._topic_cosines(
            block.top - halo, block.bottom + 1, block.left - halo, block.right + 1
        )
        scaled = (cosines - topics - self._spans_above[:, :, None, None]) / self.level

        def view(a: int, b: int, down: int = 0, right: int = 0) -> FloatArray:
            return scaled[
                a - 1,
                b - 1,
                halo + down : halo + down + rows,
                halo + right : halo + right + columns,
            ]

        features = np.zeros((len(BEAD_FEATURES), rows, longest, longest, columns), np.float32)
        if self.source.marks and self.target.marks:
            self._mark_features(self.source.marks, self.target.marks, block, features)
        strayed, uncovered = self._coverage.features(block, longest)
        features[_PLACE["clauses-strayed"]] = strayed
        features[_PLACE["clauses-uncovered"]] = uncovered
        lengths = self._length_features(block)
        crossings, apart = self._paragraph_features(block)
        for a in range(1, longest + 1):
            for b in range(1, longest + 1):
                out = features[:, :, a - 1, b - 1, :]
                similarity = view(a, b)
                out[_PLACE["similarity"]] = similarity
                out[_PLACE["neighbours"]] = (
                    view(a, 1, 0, 1) + view(a, 1, 0, -b) + view(1, b, 1, 0) + view(1, b, -a, 0)
                ) / 4
                parts = []
                if a > 1:
                    parts += [view(a - 1, b, -1, 0), view(a - 1, b)]
                if b > 1:
                    parts += [view(a, b - 1, 0, -1), view(a, b - 1)]
                if parts:
                    out[_PLACE["part-fits"]] = np.maximum.reduce(parts) - similarity
                wholes = []
                if a < longest:
                    wholes += [view(a + 1, b), view(a + 1, b, 1, 0)]
                if b < longest:
                    wholes += [view(a, b + 1), view(a, b + 1, 0, 1)]
                if wholes:
                    out[_PLACE["more-fits"]] = np.maximum.reduce(wholes) - similarity
                out[_PLACE["length"]] = lengths[:, a - 1, b - 1, :]
                out[_PLACE["segments"]] = a + b
                if (a, b) != (1, 1):
                    shape = f"shape-{min(a, b)}-{max(a, b)}"
                    out[_PLACE.get(shape, _PLACE["shape-3-3"])] = 1
                out[_PLACE["crosses-paragraph"]] = crossings[:, a - 1, b - 1, :]
                out[_PLACE["starts-apart"]] = apart[:, a - 1, b - 1, :]
        return features

    def of_empty_segments(self, block: Block) -> npt.NDArray[np.bool_] | None:
        """Which beads hold a segment without text, laid out as a feature; None if there is none."""
        empty = [(side.lengths == 0).astype(np.float32) for side in (self.source, self.target)]
        if not empty[0].any() and not empty[1].any():
            return None
        source = _span_sums(empty[0], self.longest, block.top, block.bottom).T > 0
        target = _span_sums(empty[1], self.longest, block.left, block.right) > 0
        return np.asarray(source[:, :, None, None] | target[None, None])

    def _cosines(self, top: int, bottom: int, left: int, right: int) -> FloatArray:
        """Cosines (longest, longest, rows, columns) of spans that end at nodes, 0 outside."""
        ending_source = _ending(self.source.vectors, top, bottom)
        ending_target = _ending(self.target.vectors, left, right)
        longest, rows, dimension = ending_source.shape
        columns = ending_target.shape[1]
        product = ending_source.reshape(-1, dimension) @ ending_target.reshape(-1, dimension).T
        return product.reshape(longest, rows, longest, columns).transpose(0, 2, 1, 3)

    def _above_topics(self, pairs: IntArray) -> FloatArray:
        """Cosine of each pair of segments less that of their topics."""
        above = np.empty(len(pairs), dtype=np.float32)
        for start in range(0, len(pairs), _ROWS_AT_ONCE):
            some = slice(start, start + _ROWS_AT_ONCE)
            i, j = pairs[some].T
            above[some] = np.einsum(
                "kd,kd->k", self.source.vectors[0, i], self.target.vectors[0, j]
            )
            above[some] -= np.einsum("kd,kd->k", self._topics[0][i], self._topics[1][j])
        return above

    def _best_nearby(
        self, chain: IntArray, one: Side, other: Side, topics: tuple[FloatArray, FloatArray]
    ) -> FloatArray:
        """Rescaled similarity of each segment to the nearest one about where it should be.

        Where it should be is as far from the sure pair before, or from the one after, as it is.
        """
        places = np.arange(len(one))
        points = np.vstack(([[-1, -1]], chain, [[len(one), len(other)]]))
        after = np.searchsorted(points[:, 0], places, side="left")
        around = np.arange(-_NEARBY, _NEARBY + 1)
        expected = [points[which, 1] + places - points[which, 0] for which in (after - 1, after)]
        columns = np.concatenate([place[:, None] + around for place in expected], axis=1)
        np.clip(columns, 0, len(other) - 1, out=columns)
        best = np.empty(len(one), dtype=np.float32)
        for start in range(0, len(one), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            near, place = np.unique(columns[rows], return_inverse=True)
            similar = one.vectors[0, rows] @ other.vectors[0, near].T
            similar -= topics[0][rows] @ topics[1][near].T
            own = place.reshape(-1, columns.shape[1])
            best[rows] = np.take_along_axis(similar, own, axis=1).max(axis=1)
        return best / self.level

    def _topic_cosines(self, top: int, bottom: int, left: int, right: int) -> FloatArray:
        """What two segments about there have in common by their topic alone: (rows, columns)."""
        rows = np.clip(np.arange(top, bottom) - 1, 0, len(self.source) - 1)
        columns = np.clip(np.arange(left, right) - 1, 0, len(self.target) - 1)
        return np.asarray(self._topics[0][rows] @ self._topics[1][columns].T)

    def _length_features(self, block: Block) -> FloatArray:
        source = _span_sums(self.source.lengths, self.longest, block.top, block.bottom)
        target = _span_sums(self.target.lengths, self.longest, block.left, block.right)
        source = (source * self.length_ratio).T[:, :, None, None]
        target = target[None, None, :, :]
        off = np.log((target + 5) / (source + 5))
        weight = (source + target) / (source + target + 2 * _LENGTH_SOFTNESS)
        return np.asarray(-np.minimum(off * off, 2.0) * weight, dtype=np.float32)

    def _mark_features(
        self, source: Marks, target: Marks, block: Block, features: FloatArray
    ) -> None:
        """Fills in how far the marks of the two sides are apart."""
        rows, columns = (block.top, block.bottom), (block.left, block.right)
        one = _span_sums(source.numbers, self.longest, *rows)
        other = _span_sums(target.numbers, self.longest, *columns)
        common = (one.reshape(-1, one.shape[-1]) @ other.reshape(-1, one.shape[-1]).T).reshape(
            *one.shape[:2], *other.shape[:2]
        )
        squares = (one * one).sum(axis=-1)[:, :, None, None] + (other * other).sum(axis=-1)
        apart = np.sqrt(np.maximum(squares - 2 * common, 0)).transpose(1, 0, 2, 3)
        features[_PLACE["numbers-apart"]] = np.minimum(apart, 3.0)
        for name, of_source, of_target in (
            ("ends-apart", source.open_ended, target.open_ended),
            ("tone-apart", source.tone, target.tone),
        ):
            last_source = of_source[np.clip(np.arange(*rows), 1, len(of_source)) - 1]
            last_target = of_target[np.clip(np.arange(*columns), 1, len(of_target)) - 1]
            features[_PLACE[name]] = np.abs(last_source[:, None, None, None] - last_target)
        quoted_source = _span_sums(source.quotations, self.longest, *rows).T > 0
        quoted_target = _span_sums(target.quotations, self.longest, *columns) > 0
        features[_PLACE["quotations-apart"]] = quoted_source[:, :, None, None] != quoted_target

    def _paragraph_features(self, block: Block) -> tuple[FloatArray, FloatArray]:
        inside_source, opens_source = _paragraph_edges(
            self.source.paragraphs, self.longest, block.top, block.bottom
        )
        inside_target, opens_target = _paragraph_edges(
            self.target.paragraphs, self.longest, block.left, block.right
        )
        crossings = inside_source.T[:, :, None, None] + inside_target[None, None]
        apart = np.abs(opens_source.T[:, :, None, None] - opens_target[None, None])
        return crossings, apart


def _ending(vectors: FloatArray, first: int, last: int) -> FloatArray:
    """Vectors of the spans that end at nodes `first` to `last` - 1: (longest, nodes, d)."""
    longest, count, dimension = vectors.shape
    result = np.zeros((longest, last - first, dimension), dtype=np.float32)
    for length in range(1, longest + 1):
        low, high = max(first, length), min(last, count + 1)
        if high > low:
            result[length - 1, low - first : high - first] = vectors[
                length - 1, low - length : high - length
            ]
    return result


def _span_sums(values: npt.NDArray[Any], longest: int, first: int, last: int) -> FloatArray:
    """Sums over the spans that end at nodes `first` to `last` - 1: (longest, nodes, …)."""
    begin, end = max(first - longest, 0), min(last, len(values))
    totals = np.cumsum(values[begin:end], axis=0, dtype=np.float64)
    totals = np.concatenate((np.zeros((1, *values.shape[1:])), totals))
    ends = np.clip(np.arange(first, last), 0, len(values))
    starts = np.clip(ends[None, :] - np.arange(1, longest + 1)[:, None], 0, None)
    return np.asarray(totals[ends - begin][None] - totals[starts - begin], dtype=np.float32)


def _paragraph_edges(
    paragraphs: IntArray, longest: int, first: int, last: int
) -> tuple[FloatArray, FloatArray]:
    """For the spans ending at nodes: paragraph edges inside, and whether they open a paragraph."""
    begin, end = max(first - longest, 0), min(last, len(paragraphs))
    before = paragraphs[max(begin - 1, 0)]
    opens = (np.diff(paragraphs[begin:end], prepend=before) != 0).astype(np.int64)
    totals = np.concatenate(([0], np.cumsum(opens)))
    ends = np.clip(np.arange(first, last), 0, len(paragraphs))
    starts = np.clip(ends[None, :] - np.arange(1, longest + 1)[:, None], 0, None)
    after_first = np.minimum(starts + 1, ends[None, :])
    inside = totals[ends - begin][None, :] - totals[after_first - begin]
    opening = opens[np.minimum(starts, len(paragraphs) - 1) - begin]
    return inside.astype(np.float32), opening.astype(np.float32)


def _spans_above(source: FloatArray, target: FloatArray, pairs: IntArray) -> FloatArray:
    """How much more two spans have in common by topic than two segments: (longest, longest).

    Args:
        source: Vectors of all spans of the source, (longest, n, dimension).
        target: The same of the target.
        pairs: Segments that correspond; of many, some that are evenly spaced are looked at.
    """
    longest = len(source)
    common = np.zeros((longest, longest), dtype=np.float32)
    if not len(pairs):
        return common
    pairs = pairs[:: -(-len(pairs) // _MOST_PLACES)]
    for start in range(0, len(pairs), _ROWS_AT_ONCE):
        one, other = (
            np.stack([_means_of_length(spans, length, places) for length in range(1, longest + 1)])
            for spans, places in zip(
                (source, target), pairs[start : start + _ROWS_AT_ONCE].T, strict=True
            )
        )
        common += np.einsum("apd,bpd->ab", one, other, optimize=True)
    common /= len(pairs)
    return np.asarray(common - common[0, 0])


def _means_of_length(spans: FloatArray, length: int, places: IntArray) -> FloatArray:
    """Mean vectors of the spans of one length around some places, 0 where there is none."""
    count = spans.shape[1] - length + 1  # spans that do not run past the end
    if count <= 0:
        return np.zeros((len(places), spans.shape[2]), dtype=np.float32)
    return local_means(spans[length - 1, :count], np.minimum(places, count - 1))


def _length_ratio(source: Side, target: Side, pairs: IntArray) -> float:
    """Target characters per source character: of the whole texts, drawn to the sure pairs'."""
    whole = np.log((target.lengths.sum() + 20) / (source.lengths.sum() + 20))
    each = np.log((target.lengths[pairs[:, 1]] + 5) / (source.lengths[pairs[:, 0]] + 5))
    median = float(np.median(each)) if len(each) else 0.0
    weight = len(each) / (len(each) + 5.0)
    return float(np.exp(weight * median + (1 - weight) * whole))


def _gap_features(best: FloatArray, side: Side) -> FloatArray:
    length = np.log1p(side.lengths / 100.0)
    return np.column_stack((np.ones_like(best), best, length)).astype(np.float32)
