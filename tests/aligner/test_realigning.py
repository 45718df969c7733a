"""Alignment anew between fixed beads: what is fixed stays, and all else is aligned around it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.realigning import Realigner
from align.aligner.side import Side, composed_spans
from align.beads import Bead
from align.text import Span

COUNT, DIMENSION = 12, 32


def unit(vectors):
    vectors = np.asarray(vectors, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


def side(segments):
    lengths = np.full(len(segments), 60)
    return Side(composed_spans(segments, lengths, 4), lengths, np.zeros(len(segments), np.int64))


@pytest.fixture(scope="module")
def realigner(parameters):
    """Two texts whose segments correspond one by one."""
    rng = np.random.default_rng(0)
    meanings = unit(rng.normal(size=(COUNT, DIMENSION)))
    noisy = unit(meanings + rng.normal(size=meanings.shape) * 0.02)
    return Realigner(side(meanings), side(noisy), parameters)


def spans(beads):
    return [(bead.source.start, bead.source.stop, bead.target.start, bead.target.stop)
            for bead in beads]  # fmt: skip


def test_without_fixed_beads_all_is_aligned(realigner):
    assert spans(realigner.align([])) == [(n, n + 1, n, n + 1) for n in range(COUNT)]


def test_what_lies_about_a_fixed_bead_is_aligned_around_it(realigner):
    made = realigner.align([Bead(Span(3, 4), Span(5, 6))])
    assert all((bead.source.stop <= 3 and bead.target.stop <= 5)
               or (bead.source.start >= 4 and bead.target.start >= 6) for bead in made)  # fmt: skip
    assert (6, 7, 6, 7) in spans(made) and (0, 1, 0, 1) in spans(made)


def test_a_fixed_segment_without_a_counterpart_is_passed_by(realigner):
    made = realigner.align([Bead(Span(4, 5), Span(4, 4))])
    assert 4 not in {segment for bead in made for segment in bead.source}
    assert (3, 4, 3, 4) in spans(made) and (5, 6, 5, 6) in spans(made)


def test_a_fixed_bead_out_of_order_is_passed_by(realigner):
    made = realigner.align([Bead(Span(2, 3), Span(8, 9), moved=True)])
    assert (3, 4, 3, 4) in spans(made) and (9, 10, 9, 10) in spans(made)
    assert not {2} & {s for bead in made for s in bead.source}
    assert not {8} & {t for bead in made for t in bead.target}


@settings(max_examples=60)
@given(st.data())
def test_every_segment_is_in_one_bead_and_no_bead_crosses_a_fixed_one(realigner, data):
    fixed, i, j = [], 0, 0
    while i < COUNT and j < COUNT and data.draw(st.booleans()):
        i = data.draw(st.integers(i, COUNT - 1))
        j = data.draw(st.integers(j, COUNT - 1))
        source = data.draw(st.integers(0, min(2, COUNT - i)))
        target = data.draw(st.integers(0 if source else 1, min(2, COUNT - j)))
        fixed.append(Bead(Span(i, i + source), Span(j, j + target)))
        i, j = i + source, j + target
    made = realigner.align(fixed)
    for side_of in ("source", "target"):
        used = [segment for bead in [*fixed, *made] for segment in getattr(bead, side_of)]
        assert sorted(used) == list(range(COUNT))
    for bead in made:
        assert bead.confidence is not None and 0 <= bead.confidence <= 1
        for pin in fixed:
            if bead.is_aligned and pin.is_aligned:
                before = bead.source.stop <= pin.source.start
                assert before == (bead.target.stop <= pin.target.start)
