"""What the aligner looks at to judge a bead: a few numbers that mean the same in every text.

Similarities are rescaled by the pair's own background and level, lengths by its own ratio, so that
one set of weights serves every language, kind of text and encoder.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from align.aligner.anchors import match_segments
from align.aligner.coverage import Coverage, whole_segments
from align.aligner.fits import Fits
from align.aligner.habits import FURTHEST, USUAL, WITNESSES, Habits
from align.aligner.lengths import FARTHEST, BeadLengths, length_misfit, length_ratio, ratio_of_beads
from align.aligner.similarity import bead_cosines
from align.aligner.surface import marks_apart, paragraph_edges, span_sums, vectors_apart
from align.aligner.topics import spans_above, topics_of
from align.aligner.words import WordPairs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from align.aligner.lattice import NodeBlock
    from align.aligner.search import Step
    from align.aligner.shapes import Shape
    from align.aligner.side import Side
    from align.text import Span

    BeadCosines = Callable[["IntArray", "IntArray"], dict[Shape, "FloatArray"]]

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

BEAD_FEATURES = (
    "similarity",
    "contrast",
    "neighbours",
    "part-fits",
    "part-fits-short",
    "more-fits",
    "low-similarity",
    "length",
    "length-long",
    "part-length",
    "target-longer",
    "source-longer",
    "segments",
    "shape-1-2",
    "shape-1-3",
    "shape-1-4",
    "shape-2-2",
    "shape-2-3",
    "shape-2-4",
    "shape-3-3",
    "crosses-paragraph",
    "starts-apart",
    "numbers-apart",
    "ends-apart",
    "tone-apart",
    "quotations-apart",
    "clauses-strayed",
    "clauses-uncovered",
    "words-covered",
    "names-apart",
)
"""Names of the bead features, in the order of `PairFeatures.beads`.

`contrast` is the cosine less half that of the neighbours, times how well the lengths go together
(Liu and Zhu, Digital Scholarship in the Humanities 2023, after Thompson and Koehn, EMNLP 2019).
`part-fits` is how much better the best span without one of the bead's outer segments fits,
`part-fits-short` the same where that segment is short, `more-fits` how much better the best span
with one more; `part-length` how much better the lengths go together without one. `shape-1-4` is one
and four or more, `shape-3-3` every shape not named; the features in `-apart` say where the two
sides differ: in opening a paragraph, in numbers, in ending with an end mark, in asking or
exclaiming, in having quotation marks; `clauses-strayed` is how much better clauses are found next
to the bead than within it, `clauses-uncovered` how far they are below what is usual within it, and
`words-covered` how many words have within it what goes with them elsewhere in the two texts;
`names-apart` is of words that both texts spell alike.
"""

GAP_FEATURES = ("step", "best-similarity", "length", "source-side", "opening")
"""Names of the gap features; `opening` is the lattice's, the others are `PairFeatures.gaps`."""

_PLACE = {name: index for index, name in enumerate(BEAD_FEATURES)}
_TYPICAL_LEVEL, _TYPICAL_WEIGHT, _UNPAIRED_WEIGHT = 0.5, 10.0, 0.25
_NEARBY = 5  # segments to either side of where a counterpart should be
_ROWS_AT_ONCE = 512
_NEIGHBOURS_SHARE = 0.5  # of the neighbours' similarity that the contrast takes off
_LOW = 0.6  # similarity below which every bit less says more
_LIKELY = 0.5  # probability of a bead whose lengths count in the ratio
_LEAST_SURE = 0.3  # probability of a bead from which words are learnt


class PairFeatures:
    """The features of every bead and gap of a pair of texts.

    Args:
        source: The source text.
        target: The target text.
        shapes: The shapes that a bead may have.
    """

    def __init__(self, source: Side, target: Side, shapes: Sequence[Shape]) -> None:
        self.source, self.target = source, target
        self.shapes = tuple(shapes)
        self.longest = max(max(shape) for shape in shapes)
        self.habits = USUAL
        self._words: WordPairs | None = None
        self._other_cosines: BeadCosines | None = None
        self._topics = (topics_of(source.vectors[0]), topics_of(target.vectors[0]))
        self.matches = match_segments(source.vectors[0], target.vectors[0], *self._topics)
        chain = self.matches.chain
        self._spans_above = spans_above(source.vectors, target.vectors, self.matches.pairs)
        above = self._above_topics(chain)
        # The few pairs of texts that do not translate one another are chance ones and show nothing.
        unpaired = min(len(source), len(target)) - len(chain)
        weight = _TYPICAL_WEIGHT + _UNPAIRED_WEIGHT * unpaired
        self.level = float((above.sum() + _TYPICAL_LEVEL * weight) / (len(above) + weight))
        self._best_source = self._best_nearby(chain, self.source, self.target, self._topics)
        self._best_target = self._best_nearby(
            chain[:, ::-1], self.target, self.source, self._topics[::-1]
        )
        self.length_ratio = length_ratio(source, target, chain)
        self._coverage = Coverage(
            (
                source.clauses or whole_segments(source.vectors[0]),
                target.clauses or whole_segments(target.vectors[0]),
            ),
            (source.vectors[0], target.vectors[0]),
            self._topics,
            chain,
        )

    def learn(
        self, path: Sequence[Step], chances: npt.NDArray[np.float64], shapes: Sequence[Shape]
    ) -> None:
        """Takes in what a first pass has found: habits, and words that go together.

        Args:
            path: The steps of its best path.
            chances: How probable each is.
            shapes: The shapes that a bead may have from now on.
        """
        aligned = [
            (step, chance)
            for step, chance in zip(path, chances.tolist(), strict=True)
            if step[1] > step[0] and step[3] > step[2]
        ]
        self.shapes = tuple(shapes)
        self.longest = max(max(shape) for shape in shapes)
        likely = [step for step, chance in aligned if chance > _LIKELY]
        self.length_ratio = ratio_of_beads(self.source, self.target, likely, self.length_ratio)
        self.habits = self._habits(
            [step for step, _ in aligned], np.array([chance for _, chance in aligned]), path
        )
        if self.source.words and self.target.words:
            sure = [step for step, chance in aligned if chance > _LEAST_SURE]
            self._words = WordPairs(self.source.words, self.target.words, sure)

    def _habits(
        self, beads: Sequence[Step], chances: npt.NDArray[np.float64], path: Sequence[Step]
    ) -> Habits:
        gaps = (len(path) - len(beads) + USUAL.gaps * 2 * WITNESSES) / (
            len(self.source) + len(self.target) + 2 * WITNESSES
        )
        if not beads:
            return replace(USUAL, gaps=gaps)
        i, i_stop, j, j_stop = np.array(beads, dtype=np.int64).T
        sizes = i_stop - i, j_stop - j
        topics = np.einsum("kd,kd->k", self._topics[0][i_stop - 1], self._topics[1][j_stop - 1])
        above = topics + self._above(*sizes)
        similarities = (self.path_similarities(beads) - above) / self.level
        misfits = length_misfit(
            (self.source.totals[i_stop] - self.source.totals[i]) * self.length_ratio,
            self.target.totals[j_stop] - self.target.totals[j],
        )
        uncovered = self._coverage.uncovered(beads) / (sizes[0] + sizes[1])

        def mean(values: Any, usual: float) -> float:
            total = float(values @ chances) + usual * WITNESSES
            found = total / (float(chances.sum()) + WITNESSES)
            return min(max(found, usual / FURTHEST), usual * FURTHEST)

        return Habits(
            similarity=mean(similarities, USUAL.similarity),
            misfit=mean(misfits, USUAL.misfit),
            uncovered=mean(uncovered, USUAL.uncovered),
            gaps=gaps,
        )

    def with_cosines(self, cosines: BeadCosines) -> PairFeatures:
        """The same features, but that the cosines of beads are other ones."""
        features = copy(self)
        features._other_cosines = cosines
        return features

    def gaps(self) -> tuple[FloatArray, FloatArray]:
        """Features of leaving out each source and each target segment: (n, 4) and (m, 4)."""
        return (
            _gap_features(self._best_source, self.source, 1.0),
            _gap_features(self._best_target, self.target, 0.0),
        )

    def path_similarities(self, path: Sequence[tuple[int, int, int, int]]) -> FloatArray:
        """Cosine of the two spans of every step of a path, 0 where one is empty."""
        cosines = np.zeros(len(path), dtype=np.float32)
        i, i_stop, j, j_stop = np.array(path, dtype=np.int64).reshape(-1, 4).T
        both = np.flatnonzero((i_stop > i) & (j_stop > j))
        cosines[both] = np.einsum(
            "kd,kd->k",
            self.source.spans(i[both], (i_stop - i)[both]),
            self.target.spans(j[both], (j_stop - j)[both]),
        )
        return cosines

    def span_similarities(
        self, source: Sequence[Span], target: Sequence[Span]
    ) -> tuple[FloatArray, FloatArray]:
        """Rescaled similarities and cosines of all pairs of spans: two (len, len) arrays."""
        sizes = [np.array([len(span) for span in side]) for side in (source, target)]
        starts = [np.array([span.start for span in side]) for side in (source, target)]
        cosines = self.source.spans(starts[0], sizes[0]) @ self.target.spans(starts[1], sizes[1]).T
        topics = self._topics[0][starts[0]] @ self._topics[1][starts[1]].T
        above = topics + self._above(*np.meshgrid(*sizes, indexing="ij"))
        return (cosines - above) / self.level, cosines

    def _above(self, a: Any, b: Any) -> Any:
        """How much more spans of a and b segments have in common by topic than two segments."""
        one, other = self._spans_above.shape
        return self._spans_above[np.minimum(a, one) - 1, np.minimum(b, other) - 1]

    def beads(self, block: NodeBlock, wanted: Collection[str] = BEAD_FEATURES) -> FloatArray:
        """Features of the beads that end at a block's nodes.

        Args:
            block: The nodes.
            wanted: Names of the features that are looked at; others may be left 0.

        Returns:
            Array of shape (features, rows, shapes, columns), float32; `[f, i, s, j]` is feature f
            of the bead of shape s that ends at node (top + i, left + j). Where the text has no
            such bead, the values mean nothing.
        """
        shape = block.bottom - block.top, len(self.shapes), block.width
        features = np.zeros((len(BEAD_FEATURES), *shape), np.float32)
        self._similarity_features(block, features)
        if "numbers-apart" in wanted and self.source.marks and self.target.marks:
            marks = marks_apart(self.source.marks, self.target.marks, block, self.shapes)
            for name, apart in marks.items():
                features[_PLACE[name]] = apart
        if "clauses-strayed" in wanted:
            strayed, uncovered = self._coverage.features(block, self.shapes)
            features[_PLACE["clauses-strayed"]] = strayed
            features[_PLACE["clauses-uncovered"]] = uncovered * (
                USUAL.uncovered / self.habits.uncovered
            )
        if "crosses-paragraph" in wanted:
            crossed, apart = paragraph_edges(
                self.source.paragraphs, self.target.paragraphs, block, self.shapes
            )
            features[_PLACE["crosses-paragraph"]] = crossed
            features[_PLACE["starts-apart"]] = apart
        if "words-covered" in wanted and self._words:
            features[_PLACE["words-covered"]] = self._words.covered(
                np.arange(block.top, block.bottom), np.arange(block.left, block.right), self.shapes
            )
            features[_PLACE["names-apart"]] = vectors_apart(
                *self._words.spellings, block, self.shapes
            )
        return features

    def bead_cosines(self, rows: IntArray, columns: IntArray) -> dict[Shape, FloatArray]:
        """Cosines of the beads that end at some nodes; see the function of that name."""
        return bead_cosines(self.source, self.target, rows, columns, self.shapes)

    def _similarity_features(self, block: NodeBlock, features: FloatArray) -> None:
        """Fills in what similarities and lengths say, and the shapes."""
        halo = self.longest + 1
        around = (
            np.arange(block.top - halo, block.bottom + 1),
            np.arange(block.left - halo, block.right + 1),
        )
        by_shape = (self._other_cosines or self.bead_cosines)(*around)
        cosines: FloatArray = np.stack([by_shape[shape] for shape in self.shapes])
        above = np.array([self._above(*shape) for shape in self.shapes], dtype=np.float32)
        scaled: FloatArray = cosines - self._topic_cosines(*around)
        scaled -= above[:, None, None]
        scaled /= np.float32(self.level * self.habits.similarity)
        fits = Fits(self.shapes, block, halo)
        near = np.float32(_NEIGHBOURS_SHARE / 4) * fits.neighbours(cosines)
        lengths = BeadLengths(self.source, self.target, self.length_ratio, block, self.shapes)
        part, part_short = fits.without_edge(scaled, lengths)
        for name, values in (
            ("similarity", fits.of_all(scaled)),
            ("neighbours", fits.neighbours(scaled) / np.float32(4)),
            ("contrast", fits.of_all(cosines) - near),
            ("part-fits", part),
            ("part-fits-short", part_short),
            ("more-fits", fits.with_one_more(scaled)),
        ):
            features[_PLACE[name]] = values.transpose(1, 0, 2)
        features[_PLACE["segments"]] = np.array(self.shapes).sum(axis=1)[:, None]
        for place, shape in enumerate(self.shapes):
            if shape != (1, 1):
                name = f"shape-{min(shape)}-{min(max(shape), 4)}"
                features[_PLACE.get(name, _PLACE["shape-3-3"]), :, place] = 1
        self._length_features(lengths, features)

    def _length_features(self, lengths: BeadLengths, features: FloatArray) -> None:
        """Fills in what lengths say, and what depends on them and on similarities."""
        off, weight = lengths.off, lengths.weight
        misfit = self.habits.misfit / USUAL.misfit
        fit = np.minimum(off * off, FARTHEST)
        low = np.maximum(_LOW - features[_PLACE["similarity"]], 0)
        features[_PLACE["low-similarity"]] = low * low
        features[_PLACE["contrast"]] *= np.log2(1 + np.exp(-np.abs(off))) / self.habits.similarity
        features[_PLACE["length"]] = -fit * weight / misfit
        features[_PLACE["length-long"]] = (
            -np.minimum(fit, 1) * np.sqrt(np.minimum(lengths.size, 1000) / 200) / misfit
        )
        features[_PLACE["target-longer"]] = np.maximum(off, 0) * weight / np.sqrt(misfit)
        features[_PLACE["source-longer"]] = np.maximum(-off, 0) * weight / np.sqrt(misfit)
        without = lengths.off_without_edge()
        gained = (fit - np.minimum(without * without, FARTHEST)) * weight / misfit
        features[_PLACE["part-length"]] = np.where(np.isfinite(without), gained, 0)

    def of_empty_segments(self, block: NodeBlock) -> npt.NDArray[np.bool_] | None:
        """Which beads hold a segment without text, laid out as a feature; None if there is none."""
        empty = [(side.lengths == 0).astype(np.float32) for side in (self.source, self.target)]
        if not empty[0].any() and not empty[1].any():
            return None
        one, other = np.array(self.shapes, dtype=np.int64).T - 1
        source = span_sums(empty[0], self.longest, block.top, block.bottom)[one] > 0
        target = span_sums(empty[1], self.longest, block.left, block.right)[other] > 0
        return np.asarray(source.T[:, :, None] | target[None])

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

    def _topic_cosines(self, rows: IntArray, columns: IntArray) -> FloatArray:
        """What two segments about there have in common by their topic alone: (rows, columns)."""
        rows = np.clip(rows - 1, 0, len(self.source) - 1)
        columns = np.clip(columns - 1, 0, len(self.target) - 1)
        return np.asarray(self._topics[0][rows] @ self._topics[1][columns].T)


def _gap_features(best: FloatArray, side: Side, of_source: float) -> FloatArray:
    length = np.log1p(side.lengths / 100.0)
    return np.column_stack(
        (np.ones_like(best), best, length, np.full_like(best, of_source))
    ).astype(np.float32)
