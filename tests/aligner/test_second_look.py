"""A second look at doubtful beads: what is encoded again, what stays, what is found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.aligner import align_sides
from align.aligner.second_look import DOUBTFUL, SecondEncoder, doubtful_stretches
from align.aligner.settings import AlignerSettings
from align.aligner.side import Side, composed_spans
from align.text import Span

COUNT, DIMENSION = 40, 48
DARK = Span(18, 22)  # segments that the first encoder cannot tell apart


def side(segments, *, lengths=None):
    lengths = np.full(len(segments), 60) if lengths is None else lengths
    return Side(composed_spans(segments, lengths, 4), lengths, np.zeros(len(segments), np.int64))


def unit(vectors):
    vectors = np.asarray(vectors, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


class Spy:
    """Encodes runs of a text whose every segment it knows, and remembers what it was asked for."""

    def __init__(self, segments):
        self._segments = segments
        self.runs = []

    def __call__(self, run):
        self.runs.append(run)
        segments = self._segments[run.start : run.stop]
        return composed_spans(segments, np.full(len(segments), 60), 4)

    @property
    def asked_for(self):
        return {index for run in self.runs for index in run}


class Texts:
    """A text and its translation, of which the first encoder does not understand a part.

    In the part, segment 19 of the source is left out, and everything is alike to the first encoder.
    """

    def __init__(self, dark=DARK, seed=0):
        rng = np.random.default_rng(seed)
        meanings = unit(rng.normal(size=(COUNT, DIMENSION)))
        self.kept = [index for index in range(COUNT) if index != 19]
        noise = rng.normal(size=(2, COUNT, DIMENSION)) * 0.04
        seen = meanings.copy()
        if dark:
            seen[dark.start : dark.stop] = meanings[dark.start : dark.stop].mean(axis=0)
        first = [unit(seen + some) for some in noise]
        second = [unit(meanings + some[::-1]) for some in noise]
        self.source, self.target = side(first[0]), side(first[1][self.kept])
        self.spies = Spy(second[0]), Spy(second[1][self.kept])

    def aligned(self, parameters, *, twice):
        second = SecondEncoder(*self.spies) if twice else None
        # Moves are looked for at the end, in the whole text.
        return align_sides(
            self.source,
            self.target,
            parameters,
            settings=AlignerSettings(moves=False),
            second=second,
        )


def doubtful_segments(alignment):
    """The source and the target segments of doubtful beads and of the beads beside them."""
    beads = list(alignment)
    near = [
        bead
        for index, bead in enumerate(beads)
        if any(one.confidence < DOUBTFUL for one in beads[max(index - 1, 0) : index + 2])
    ]
    return [{index for bead in near for index in getattr(bead, name)}
            for name in ("source", "target")]  # fmt: skip


def test_it_finds_what_the_first_encoder_does_not_see(parameters):
    texts = Texts()
    found = texts.aligned(parameters, twice=True)
    right = {(index, place) for place, index in enumerate(texts.kept)}
    assert {(*bead.source, *bead.target) for bead in found if bead.is_aligned} == right
    assert min(bead.confidence for bead in found) > 0.5
    assert any(
        bead.confidence < DOUBTFUL for bead in texts.aligned(parameters, twice=False)
    )  # or there was nothing to find


def test_only_doubtful_beads_and_those_beside_them_are_encoded(parameters):
    texts = Texts()
    before = texts.aligned(parameters, twice=False)
    assert not any(spy.runs for spy in texts.spies)
    texts.aligned(parameters, twice=True)
    for spy, expected in zip(texts.spies, doubtful_segments(before), strict=True):
        assert spy.asked_for == expected
        assert len(spy.asked_for) < COUNT / 3


def test_beads_outside_the_stretches_stay_what_they_are(parameters):
    texts = Texts()
    before, after = (texts.aligned(parameters, twice=twice) for twice in (False, True))
    sure = {bead for bead in before if bead.confidence >= DOUBTFUL}
    assert len(sure) > COUNT / 2
    assert sure <= set(after)
    assert set(before) != set(after)


def test_where_nothing_is_in_doubt_nothing_is_encoded(parameters):
    texts = Texts(dark=None)
    once = texts.aligned(parameters, twice=False)
    assert texts.aligned(parameters, twice=True) == once
    assert not any(spy.runs for spy in texts.spies)


def test_scores_are_the_first_encoders_everywhere(parameters):
    texts = Texts()
    for bead in texts.aligned(parameters, twice=True):
        if bead.is_aligned:
            one, other = (
                text.spans(np.array([span.start]), np.array([len(span)]))[0]
                for text, span in ((texts.source, bead.source), (texts.target, bead.target))
            )
            assert bead.score == pytest.approx(min(float(one @ other), 1), abs=1e-5)


@settings(max_examples=20)
@given(
    sizes=st.tuples(st.integers(1, 140), st.integers(1, 140)),
    noise=st.floats(0, 2),
    seed=st.integers(0, 99),
)
def test_every_segment_is_used_once_whatever_the_texts(parameters, sizes, noise, seed):
    rng = np.random.default_rng(seed)
    meanings = rng.normal(size=(max(sizes), 16))
    sides, spies = [], []
    for size in sizes:
        first, second = (
            unit(meanings[:size] + noise * rng.normal(size=(size, 16))) for _ in range(2)
        )
        sides.append(side(first))
        spies.append(Spy(second))
    # An alignment that misses a segment, or uses one twice, cannot be made.
    alignment = align_sides(*sides, parameters, second=SecondEncoder(*spies))
    assert all(0 <= bead.confidence <= 1 for bead in alignment)


def test_a_stretch_goes_from_a_sure_bead_to_the_next():
    path = [(0, 1, 0, 1), (1, 2, 1, 3), (2, 3, 3, 3), (3, 4, 3, 4), (4, 5, 4, 5)]
    [stretch] = doubtful_stretches(path, np.array([0.99, 0.5, 0.6, 0.95, 0.99]))
    assert (stretch.first, stretch.last) == (1, 3)
    assert stretch.spans == (Span(1, 3), Span(1, 3))
    assert stretch.around == (Span(0, 4), Span(0, 4))


def test_a_sure_gap_beside_a_stretch_lends_it_a_segment_on_either_side():
    path = [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2), (3, 3, 2, 3), (3, 4, 3, 4)]
    [stretch] = doubtful_stretches(path, np.array([0.99, 0.99, 0.5, 0.99, 0.99]))
    assert stretch.spans == (Span(2, 3), Span(1, 2))
    assert stretch.around == (Span(1, 4), Span(0, 3))


def test_all_of_a_text_may_be_in_doubt():
    path = [(0, 1, 0, 1), (1, 2, 1, 2)]
    [stretch] = doubtful_stretches(path, np.array([0.5, 0.5]))
    assert stretch.spans == stretch.around == (Span(0, 2), Span(0, 2))


def test_gaps_of_one_text_alone_are_no_stretch():
    path = [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2)]
    assert not doubtful_stretches(path, np.array([0.99, 0.5, 0.99]))


def test_composed_spans_weigh_their_segments_by_length():
    segments = unit([[1, 0], [0, 1], [1, 0]])
    spans = composed_spans(segments, np.array([99, 99, 0]), 3)
    np.testing.assert_allclose(spans[0], segments)
    np.testing.assert_allclose(spans[1, 0], [0.5**0.5, 0.5**0.5], atol=1e-6)
    assert spans[1, 1, 1] > 0.99
    assert not spans[1, 2].any() and not spans[2, 1:].any()
