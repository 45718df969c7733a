"""What the aligner looks at to judge a bead: a few numbers that mean the same in every text.

Similarities are rescaled by the pair's own background and level, lengths by its own ratio, so that
one set of weights serves every language, kind of text and encoder.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from align.aligner.anchors import longest_ascending
from align.beads import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.aligner.lattice import Block
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
with an end mark, in asking or exclaiming, in having quotation marks.
"""

GAP_FEATURES = ("step", "best-similarity", "length", "opening")
"""Names of the gap features; `opening` is the lattice's, the others are `PairFeatures.gaps`."""

_PLACE = {name: index for index, name in enumerate(BEAD_FEATURES)}
_TYPICAL_LEVEL, _TYPICAL_WEIGHT = 0.5, 10.0
_TOPIC_REACH = 6  # segments to either side that share a segment's topic
_NEARBY = 5  # segments to either side of where a counterpart should be
_ROWS_AT_ONCE = 512
_MOST_LOST = 3.0  # spreads below what is usual beyond which a clause cannot be lost more
_TYPICAL_SPREAD = 0.15
_LENGTH_SOFTNESS = 30.0  # characters below which a length ratio says little


@dataclass(frozen=True, slots=True)
class ClauseVectors:
    """Vectors of the clauses of a text's segments, in the order of the text.

    Attributes:
        vectors: Unit vectors, shape (k, dimension); every segment has at least one clause.
        firsts: Index of each segment's first clause, with k at the end, shape (n + 1,).
        shares: Share of its segment's characters that each clause has, shape (k,).
    """

    vectors: FloatArray
    firsts: IntArray
    shares: FloatArray


@dataclass(frozen=True, slots=True)
class Side:
    """One text as the aligner sees it.

    Attributes:
        vectors: Unit vectors of all spans, shape (longest, n, dimension), as encoders give them.
        lengths: Characters of each segment, shape (n,).
        paragraphs: Index of the block that each segment lies in, ascending, shape (n,).
        marks: Numbers, end marks and quotation marks of each segment, where they are known.
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
        local = [_local_means(side.vectors) for side in (source, target)]
        self._topics = (local[0][0], local[1][0])
        matches = _mutual_nearest(source, target, self._topics)
        chain = matches[longest_ascending(matches[:, 1])]
        self._spans_above = _spans_above(local[0][:, matches[:, 0]], local[1][:, matches[:, 1]])
        above = np.einsum(
            "kd,kd->k", source.vectors[0, chain[:, 0]], target.vectors[0, chain[:, 1]]
        ) - np.einsum("kd,kd->k", local[0][0, chain[:, 0]], local[1][0, chain[:, 1]])
        self.level = float(
            (above.sum() + _TYPICAL_LEVEL * _TYPICAL_WEIGHT) / (len(above) + _TYPICAL_WEIGHT)
        )
        self._best_source = self._best_nearby(chain, self.source, self.target, self._topics)
        self._best_target = self._best_nearby(
            chain[:, ::-1], self.target, self.source, self._topics[::-1]
        )
        self.length_ratio = _length_ratio(source, target, matches)
        if source.clauses and target.clauses:
            self._clause_level, self._clause_spread = _clause_level(
                source, target, chain, self._topics
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
        if self.source.clauses and self.target.clauses:
            self._clause_features(self.source.clauses, self.target.clauses, block, features)
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

    def _cosines(self, top: int, bottom: int, left: int, right: int) -> FloatArray:
        """Cosines (longest, longest, rows, columns) of spans that end at nodes, 0 outside."""
        ending_source = _ending(self.source.vectors, top, bottom)
        ending_target = _ending(self.target.vectors, left, right)
        longest, rows, dimension = ending_source.shape
        columns = ending_target.shape[1]
        product = ending_source.reshape(-1, dimension) @ ending_target.reshape(-1, dimension).T
        return product.reshape(longest, rows, longest, columns).transpose(0, 2, 1, 3)

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
            near = columns[rows]
            cosines = np.einsum("nd,nkd->nk", one.vectors[0, rows], other.vectors[0][near])
            cosines -= np.einsum("nd,nkd->nk", topics[0][rows], topics[1][near])
            best[rows] = cosines.max(axis=1)
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

    def _clause_features(
        self, source: ClauseVectors, target: ClauseVectors, block: Block, features: FloatArray
    ) -> None:
        """Fills in what the clauses of each side find on the other."""
        longest = self.longest
        rows = Span(max(block.top - longest - 1, 0), min(block.bottom, len(self.source)))
        columns = Span(max(block.left - longest - 1, 0), min(block.right, len(self.target)))
        own, other = _clauses_of(source, rows), _clauses_of(target, columns)
        cosines = own.vectors @ other.vectors.T
        to_target = np.maximum.reduceat(cosines, other.firsts[:-1], axis=1)
        to_source = np.maximum.reduceat(cosines, own.firsts[:-1], axis=0)
        in_rows, in_columns = slice(rows.start, rows.stop), slice(columns.start, columns.stop)
        np.maximum(
            to_target, own.vectors @ self.target.vectors[0, in_columns].T, out=to_target
        )
        np.maximum(to_source, self.source.vectors[0, in_rows] @ other.vectors.T, out=to_source)
        topics = self._topics[0][in_rows] @ self._topics[1][in_columns].T + self._clause_level
        to_target -= np.repeat(topics, np.diff(own.firsts), axis=0)
        to_source -= np.repeat(topics, np.diff(other.firsts), axis=1)
        to_target /= self._clause_spread
        to_source /= self._clause_spread
        strayed = features[_PLACE["clauses-strayed"]]
        uncovered = features[_PLACE["clauses-uncovered"]]
        node_rows = np.arange(block.top, block.bottom)
        node_columns = np.arange(block.left, block.right)
        for size in range(1, longest + 1):
            lost = _clause_losses(to_target, own, size)  # (2, segments, nodes)
            summed = _window_sums(lost, rows, node_rows, longest)  # (2, longest, rows, columns+1)
            here = np.clip(node_columns - columns.start, 0, lost.shape[2] - 1)
            for a in range(longest):
                strayed[:, a, size - 1, :] += summed[0, a][:, here]
                uncovered[:, a, size - 1, :] += summed[1, a][:, here]
            lost = _clause_losses(to_source.T, other, size)
            summed = _window_sums(lost, columns, node_columns, longest)
            here = np.clip(node_rows - rows.start, 0, lost.shape[2] - 1)
            for b in range(longest):
                strayed[:, size - 1, b, :] += summed[0, b][:, here].T
                uncovered[:, size - 1, b, :] += summed[1, b][:, here].T

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


def _clauses_of(clauses: ClauseVectors, segments: Span) -> ClauseVectors:
    """The clauses of some segments."""
    firsts = clauses.firsts[segments.start : segments.stop + 1]
    some = slice(int(firsts[0]), int(firsts[-1]))
    return ClauseVectors(clauses.vectors[some], firsts - firsts[0], clauses.shares[some])


def _clause_level(
    source: Side, target: Side, pairs: IntArray, topics: tuple[FloatArray, FloatArray]
) -> tuple[float, float]:
    """How similar a clause is to where it is translated: mean and spread over sure pairs."""
    assert source.clauses and target.clauses
    found = [np.zeros(0, np.float32)]
    for one, other, columns in ((source, target, (0, 1)), (target, source, (1, 0))):
        assert one.clauses and other.clauses
        here, there = pairs[:, columns[0]], pairs[:, columns[1]]
        own, other_clauses = one.clauses, other.clauses
        sizes = own.firsts[here + 1] - own.firsts[here]
        place = np.repeat(np.arange(len(pairs)), sizes)
        clause = _ranges(own.firsts[here], sizes)
        best = np.einsum("kd,kd->k", own.vectors[clause], other.vectors[0, there[place]])
        widths = (other_clauses.firsts[there + 1] - other_clauses.firsts[there])[place]
        facing = _ranges(other_clauses.firsts[there][place], widths)
        cosines = np.einsum(
            "kd,kd->k",
            own.vectors[np.repeat(clause, widths)],
            other_clauses.vectors[facing],
        )
        if len(cosines):
            best = np.maximum(
                best, np.maximum.reduceat(cosines, np.concatenate(([0], np.cumsum(widths)[:-1])))
            )
        topic = np.einsum("kd,kd->k", topics[0][pairs[:, 0]], topics[1][pairs[:, 1]])
        found.append(best - topic[place])
    values = np.concatenate(found)
    weight = len(values) / (len(values) + 2 * _TYPICAL_WEIGHT)
    level = weight * (values.mean() if len(values) else 0) + (1 - weight) * _TYPICAL_LEVEL
    spread = weight * (values.std() if len(values) else 0) + (1 - weight) * _TYPICAL_SPREAD
    return float(level), float(max(spread, 0.02))


def _ranges(starts: IntArray, sizes: IntArray) -> IntArray:
    """The numbers from each start on, as many as its size says, one range after the other."""
    ends = np.cumsum(sizes)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - (ends - sizes), sizes)


def _clause_losses(similarities: FloatArray, clauses: ClauseVectors, size: int) -> FloatArray:
    """What segments lose by facing the `size` segments before each node of the other side.

    Args:
        similarities: Of each clause to each segment of the other side, shape (k, m).
        clauses: The clauses.
        size: How many segments of the other side the bead has.

    Returns:
        Array of shape (2, n, m + 1), summed over the clauses of each segment by their share: by
        how much a clause is more similar to a segment next to the bead than to any in it, and how
        far it is from being found in it.
    """
    k, m = similarities.shape
    padded = np.full((k, m + size + 2), -_MOST_LOST, dtype=np.float32)
    padded[:, size + 1 : m + size + 1] = similarities  # column j of it is segment j - size - 1
    inside = padded[:, 1 : m + 2].copy()
    for offset in range(1, size):
        np.maximum(inside, padded[:, 1 + offset : m + 2 + offset], out=inside)
    outside = np.maximum(padded[:, : m + 1], padded[:, size + 1 :])
    losses = np.stack(
        (np.clip(outside - inside, 0, _MOST_LOST), np.clip(-inside, 0, _MOST_LOST))
    ) * clauses.shares[:, None]
    return np.asarray(np.add.reduceat(losses, clauses.firsts[:-1], axis=1), dtype=np.float32)


def _window_sums(
    losses: FloatArray, segments: Span, nodes: IntArray, longest: int
) -> FloatArray:
    """Sums over the runs of 1 to `longest` segments that end at nodes: (2, longest, nodes, …)."""
    totals = np.concatenate((np.zeros_like(losses[:, :1]), np.cumsum(losses, axis=1)), axis=1)
    stops = np.clip(nodes - segments.start, 0, losses.shape[1])
    starts = np.clip(stops[None] - np.arange(1, longest + 1)[:, None], 0, None)
    return np.asarray(totals[:, stops][:, None] - totals[:, starts], dtype=np.float32)


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
    opens = (np.diff(paragraphs, prepend=paragraphs[:1]) != 0).astype(np.int64)
    totals = np.concatenate(([0], np.cumsum(opens)))
    ends = np.clip(np.arange(first, last), 0, len(paragraphs))
    starts = np.clip(ends[None, :] - np.arange(1, longest + 1)[:, None], 0, None)
    after_first = np.minimum(starts + 1, ends[None, :])
    inside = totals[ends][None, :] - totals[after_first]
    opening = opens[np.minimum(starts, len(opens) - 1)]
    return inside.astype(np.float32), opening.astype(np.float32)


def _local_means(vectors: FloatArray) -> FloatArray:
    """For each span the mean vector of spans of its length around: (longest, n, dimension)."""
    means = np.zeros_like(vectors)
    for index, spans in enumerate(vectors):
        count = len(spans) - index  # spans that do not run past the end
        if count <= 0:
            continue
        totals = np.concatenate(([spans[0] * 0], np.cumsum(spans[:count], axis=0)))
        places = np.minimum(np.arange(len(spans)), count - 1)
        starts = np.clip(places - _TOPIC_REACH, 0, None)
        stops = np.clip(places + _TOPIC_REACH + 1, None, count)
        means[index] = (totals[stops] - totals[starts]) / (stops - starts)[:, None]
    return means


def _spans_above(source: FloatArray, target: FloatArray) -> FloatArray:
    """How much more two spans have in common by topic than two segments: (longest, longest).

    Args:
        source: Local means at some places that correspond, (longest, places, dimension).
        target: Local means at their counterparts.
    """
    if not source.shape[1]:
        return np.zeros((len(source), len(target)), dtype=np.float32)
    common = np.einsum("apd,bpd->ab", source, target) / source.shape[1]
    return np.asarray(common - common[0, 0], dtype=np.float32)


def _mutual_nearest(source: Side, target: Side, topics: tuple[FloatArray, FloatArray]) -> IntArray:
    """Pairs of segments that are each other's nearest: (pairs, 2), in the order of the source."""
    nearest_target = np.empty(len(source), dtype=np.int64)
    nearest_source = np.zeros(len(target), dtype=np.int64)
    best = np.full(len(target), -np.inf, dtype=np.float32)
    for start in range(0, len(source), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        cosines = source.vectors[0, rows] @ target.vectors[0].T
        cosines -= topics[0][rows] @ topics[1].T
        nearest_target[rows] = cosines.argmax(axis=1)
        highest = cosines.argmax(axis=0)
        values = cosines[highest, np.arange(len(target))]
        better = values > best
        nearest_source[better] = start + highest[better]
        best[better] = values[better]
    own = np.arange(len(source))
    mutual = own[nearest_source[nearest_target] == own]
    return np.column_stack((mutual, nearest_target[mutual]))


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
