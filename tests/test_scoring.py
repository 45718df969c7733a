"""Scores against gold, counted by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import __version__
from align.beads import Alignment, Bead
from align.errors import InputError
from align.formats.indices import IndexBead, read_indices, write_indices
from align.scoring import Counts, score, score_files
from align.text import Span

DATA = Path(os.environ.get("ALIGN_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data")


def beads(*pairs):
    return [IndexBead(tuple(source), tuple(target)) for source, target in pairs]


GOLD = beads(([0], [0]), ([1, 2], [1]), ([3], []), ([], [2]), ([4], [3, 4]))


@pytest.mark.parametrize(
    ("predicted", "strict", "lax"),
    [
        pytest.param(GOLD, Counts(5, 5, 3, 3), Counts(5, 5, 3, 3), id="all of it right"),
        pytest.param([], Counts(0, 0, 3, 0), Counts(0, 0, 3, 0), id="nothing predicted"),
        pytest.param(
            # 1-1 touches the gold bead; 2 left alone is wrong; 3 and the inserted 2 are right.
            beads(([0], [0]), ([1], [1]), ([2], []), ([3], []), ([], [2]), ([4], [3, 4])),
            Counts(6, 4, 3, 2),
            Counts(6, 5, 3, 3),
            id="a bead too small",
        ),
        pytest.param(
            beads(([0], []), ([1, 2, 3], [0]), ([], [1]), ([], [2]), ([4], [3]), ([], [4])),
            Counts(6, 1, 3, 0),
            Counts(6, 2, 3, 1),
            id="mostly wrong",
        ),
        pytest.param(
            # Overlap on one side alone is none.
            beads(([0], [1]), ([1, 2], [0])),
            Counts(2, 0, 3, 0),
            Counts(2, 0, 3, 0),
            id="crossed",
        ),
        pytest.param(
            beads(([0, 1, 2, 3, 4], [0, 1, 2, 3, 4])),
            Counts(1, 0, 3, 0),
            Counts(1, 1, 3, 3),
            id="one bead of everything",
        ),
        pytest.param(
            beads(([0], [0]), ([], [])), Counts(1, 1, 3, 1), Counts(1, 1, 3, 1), id="an empty bead"
        ),
    ],
)
def test_beads_are_counted(predicted, strict, lax):
    scores = score(GOLD, predicted)
    assert scores.strict == strict
    assert scores.lax == lax


def test_precision_recall_and_f1_follow_from_the_counts():
    counts = Counts(predicted=6, predicted_right=3, gold=4, gold_found=3)
    assert (counts.precision, counts.recall) == (0.5, 0.75)
    assert counts.f1 == pytest.approx(0.6)


def test_counts_of_nothing_make_zero_not_an_error():
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)


def test_an_unaligned_segment_is_right_only_where_gold_leaves_it_unaligned():
    gold = beads(([0], []), ([1], [0]))
    assert score(gold, beads(([0], []))).lax.predicted_right == 1
    assert score(gold, beads(([1], []))).lax.predicted_right == 0


def test_insertions_and_deletions_are_no_part_of_recall():
    scores = score(beads(([0], []), ([], [0])), beads(([0], []), ([], [0])))
    assert (scores.strict.precision, scores.strict.recall) == (1, 0)
    assert scores.strict.gold == 0


def test_gold_beads_may_skip_segments():
    gold = beads(([0, 2], [0, 3]), ([1], [1, 2]))
    scores = score(gold, beads(([0], [0]), ([1], [1, 2]), ([2], [3])))
    assert scores.strict == Counts(3, 1, 2, 1)
    assert scores.lax == Counts(3, 3, 2, 2)


def test_an_alignment_is_scored_as_it_is():
    alignment = Alignment((Bead(Span(0, 1), Span(0, 1)), Bead(Span(1, 1), Span(1, 2))), 1, 2)
    assert score(alignment, alignment).strict == Counts(2, 2, 1, 1)
    assert score(beads(([0], [0]), ([], [1])), alignment).strict == Counts(2, 2, 1, 1)


@st.composite
def predictions(draw):
    sides = st.sets(st.integers(0, 5), max_size=3).map(sorted)
    return [
        IndexBead(tuple(draw(sides)), tuple(draw(sides))) for _ in range(draw(st.integers(0, 6)))
    ]


@given(gold=predictions(), predicted=predictions())
def test_what_is_strictly_right_is_right_in_the_lax_sense(gold, predicted):
    scores = score(gold, predicted)
    assert scores.strict.predicted_right <= scores.lax.predicted_right <= scores.lax.predicted
    assert scores.strict.gold_found <= scores.lax.gold_found <= scores.lax.gold
    assert scores.strict.predicted == scores.lax.predicted
    assert scores.strict.gold == scores.lax.gold


@given(gold=predictions(), predicted=predictions())
def test_the_order_of_the_beads_does_not_matter(gold, predicted):
    assert score(gold[::-1], predicted[::-1]) == score(gold, predicted)


def test_documents_are_summed_before_dividing():
    good = score(beads(([0], [0])), beads(([0], [0])))
    poor = score(beads(([0], [0]), ([1], [1]), ([2], [2])), beads(([0], [1]), ([1], [2])))
    both = good + poor
    assert both.strict == Counts(3, 1, 4, 1)
    assert both.documents == 2
    assert both.strict.precision == pytest.approx(1 / 3)  # not the mean of 1 and 0


def test_the_signature_says_what_the_figures_depend_on():
    one = score(GOLD, GOLD)
    assert one.signature == f"score:strict+lax|average:micro|documents:1|align:{__version__}"
    assert "documents:2" in (one + one).signature


def test_files_are_scored_together(tmp_path):
    gold, same, other = tmp_path / "gold", tmp_path / "same", tmp_path / "other"
    write_indices(gold, GOLD)
    write_indices(same, GOLD)
    write_indices(other, beads(([0], [0])))
    scores = score_files([(gold, same), (gold, other)])
    assert scores.documents == 2
    assert scores.strict == Counts(6, 6, 6, 4)


def test_no_files_are_an_error():
    with pytest.raises(InputError, match="nothing to score"):
        score_files([])


def test_a_missing_file_is_named(tmp_path):
    write_indices(tmp_path / "gold", GOLD)
    with pytest.raises(InputError, match="none"):
        score_files([(tmp_path / "gold", tmp_path / "none")])


def test_a_line_that_is_no_bead_is_named(tmp_path):
    (tmp_path / "gold").write_text("[0]:[0]\n0-0\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold:2: not a bead"):
        score_files([(tmp_path / "gold", tmp_path / "gold")])


def test_published_gold_scores_one_against_itself():
    gold = DATA / "textberg-dev" / "dev.defr"
    if not gold.is_file():
        pytest.skip(f"no development sets in {DATA}; set ALIGN_DEV_DATA to their folder")
    scores = score_files([(gold, gold)])
    assert (scores.strict.precision, scores.strict.recall) == (1, 1)
    assert (scores.lax.precision, scores.lax.recall) == (1, 1)
    assert len(read_indices(gold)) >= scores.strict.predicted > 300


def test_figures_are_those_of_vecaligns_scorer(tmp_path):
    # Two made-up documents with what scorers may take differently: beads said twice or empty,
    # indices out of order or with gaps, segments that gold names nowhere. The expected figures are
    # what Vecalign's score.py (Thompson and Koehn, 2019) gives for these very files.
    texts = {
        "one.gold": "[0]:[0,1] [1]:[2] [2,3]:[3] []:[4] [4]:[] [5]:[6] [6]:[5] [7,9]:[7] "
        "[8]:[8,10] [10]:[9] [11,12]:[11,12]",
        "one": "[0]:[0]:0.4 []:[1]:0 [1]:[2]:0.9 [2,3]:[3]:0.8 [2,3]:[3]:0.8 []:[4]:0 []:[]:0 "
        "[4]:[5]:0.1 [5]:[]:0 [6]:[6]:0.2 [7,8,9]:[7,8]:0.5 [10]:[9]:0.7 [12,11]:[11,12]:0.6",
        "two.gold": "[0]:[0] [1,2]:[1] [3]:[2]",
        "two": "[0]:[0] [1]:[1] [2]:[] [3]:[3] []:[2]",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text.replace(" ", "\n") + "\n")
    pairs = [(tmp_path / f"{name}.gold", tmp_path / name) for name in ("one", "two")]
    scores = score_files(pairs)
    strict, lax = scores.strict, scores.lax
    assert [round(each, 6) for each in (strict.precision, strict.recall, strict.f1)] == [
        0.3125,
        0.333333,
        0.322581,
    ]
    assert [round(each, 6) for each in (lax.precision, lax.recall, lax.f1)] == [
        0.5625,
        0.75,
        0.642857,
    ]
