"""The judge: sums of trees, unknown evidence, calibrated probabilities."""

import json
import math

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given

from align.resources import data_folder
from align.terminology.evidence import FEATURES
from align.terminology.judge import fitted_judge, judge_of

STUMP = {  # one question: is the first value up to 0.5?
    "feature": [0, -1, -1],
    "threshold": [0.5, 0.0, 0.0],
    "unknown_left": [0, 0, 0],
    "left": [1, 1, 2],
    "right": [2, 1, 2],
    "value": [0.0, -2.0, 3.0],
}
LEAF = {
    "feature": [-1],
    "threshold": [0.0],
    "unknown_left": [0],
    "left": [0],
    "right": [0],
    "value": [0.25],
}


def judge(*trees, calibration=(1.0, 0.0)):
    kind = {"base": -1.0, "trees": list(trees), "calibration": calibration, "tells": [0.5, 0.2]}
    return judge_of({"features": ["one"], "kinds": {"missing": kind}})


@pytest.mark.parametrize(("value", "odds"), [(0.5, -2.75), (0.6, 2.25), (math.nan, 2.25)])
def test_trees_add_up_and_what_is_not_known_goes_its_way(value, odds):
    evidence = np.array([[value]])
    assert judge(STUMP, LEAF).models["missing"].log_odds(evidence) == pytest.approx([odds])


def test_calibration_stretches_and_moves_the_log_odds():
    chances = judge(LEAF, calibration=(2.0, 1.0)).chances(np.zeros((1, 1)))["missing"]
    assert chances == pytest.approx([1 / (1 + math.exp(-(2 * -0.75 + 1)))])


def test_no_evidence_gives_no_probabilities():
    assert judge(STUMP).chances(np.zeros((0, 1)))["missing"].shape == (0,)


def test_the_file_names_its_evidence_and_where_it_comes_from():
    content = json.loads((data_folder("models") / "terms" / "judge.json").read_bytes())
    assert tuple(content["features"]) == FEATURES
    assert "scripts/fit_terms.py" in content["provenance"]


@given(st.lists(st.one_of(st.just(math.nan), st.floats(-5, 5)), min_size=len(FEATURES),
                max_size=len(FEATURES)))  # fmt: skip
def test_every_evidence_has_a_probability(values):
    for chance in fitted_judge().chances(np.array([values])).values():
        assert 0 <= chance[0] <= 1


def test_a_note_is_never_surer_than_a_warning():
    assert all(notes <= warns for warns, notes in fitted_judge().tells.values())
