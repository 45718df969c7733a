"""How probable a divergence is, and how loud it is told."""

import math

import numpy as np
import pytest

from align.terminology.divergences.evidence import FEATURES
from align.terminology.divergences.judge import Tells, fitted_judge, judge_of

STUMP = {"feature": [0, -1, -1], "threshold": [0.5, 0, 0], "unknown_left": [1, 0, 0],
         "left": [1, 1, 2], "right": [2, 1, 2], "value": [0, -2.0, 3.0]}  # fmt: skip
TELLS = {"warning": 0.7, "seconded": 0.4, "note": 0.3, "check": 0.85}


def judge(*trees, base=0.0, calibration=(1.0, 0.0)):
    sort = {"base": base, "calibration": calibration, "trees": trees}
    return judge_of({"features": ["like"], "tells": TELLS, "sorts": {"missing": sort}})


def odds(chance):
    return math.log(chance / (1 - chance))


def test_a_tree_is_followed_to_its_leaf():
    chances = judge(STUMP).chances(np.array([[0.5], [0.6]]))["missing"]
    assert [odds(chance) for chance in chances] == pytest.approx([-2.0, 3.0])


def test_what_is_not_known_goes_the_way_that_the_fit_found():
    assert odds(judge(STUMP).chances(np.array([[np.nan]]))["missing"][0]) == pytest.approx(-2.0)


def test_trees_of_different_sizes_add_up_with_the_base():
    leaf = {key: value[1:2] for key, value in STUMP.items()} | {"left": [0], "right": [0]}
    chance = judge(STUMP, leaf, STUMP, base=0.5).chances(np.array([[1.0]]))["missing"][0]
    assert odds(chance) == pytest.approx(0.5 + 3.0 - 2.0 + 3.0)


def test_probabilities_are_calibrated_by_stretching_and_moving_the_log_odds():
    chances = judge(STUMP, calibration=(0.5, -1.0)).chances(np.array([[1.0]]))
    assert odds(chances["missing"][0]) == pytest.approx(0.5 * 3.0 - 1.0)


def test_no_mentions_have_no_probabilities():
    assert judge(STUMP).chances(np.zeros((0, 1)))["missing"].shape == (0,)


@pytest.mark.parametrize(
    ("chance", "seconded", "severity"),
    [
        (0.7, False, "warning"),
        (0.69, False, "note"),
        (0.69, True, "warning"),
        (0.4, True, "warning"),
        (0.39, True, "note"),
        (0.29, True, None),
        (0.29, False, None),
    ],
)
def test_severity_follows_from_the_probability_and_from_whether_a_check_seconds_it(
    chance, seconded, severity
):
    assert judge(STUMP).severity(chance, seconded=seconded) == severity


def test_the_judge_that_ships_was_fitted_on_the_evidence_there_is():
    shipped = fitted_judge()
    assert shipped.features == FEATURES
    assert set(shipped.models) == {"missing", "other", "untranslated"}


def test_the_judge_that_ships_asks_more_of_what_only_it_has_seen():
    tells = fitted_judge().tells
    assert isinstance(tells, Tells)
    assert tells.note < tells.seconded < tells.warning < tells.check


def test_evidence_that_is_all_unknown_is_no_warning():
    shipped = fitted_judge()
    chances = shipped.chances(np.full((1, len(FEATURES)), np.nan))
    right = math.prod(1 - of_sort[0] for of_sort in chances.values())
    assert shipped.severity(1 - right, seconded=False) != "warning"
