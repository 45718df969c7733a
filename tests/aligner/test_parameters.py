"""The parameters' file: read with care, its faults named."""

from __future__ import annotations

import numpy as np
import pytest

from align.aligner.features import BEAD_FEATURES, GAP_FEATURES
from align.aligner.parameters import (
    Parameters,
    Weights,
    doubt_of_whole,
    read_parameters,
    shipped_parameters,
)
from align.errors import InputError


def parameters_text(*, without="", replaced=()):
    """A file with every number there has to be, or all but one."""
    tables = {
        **{
            f"{weights}.{part}": names
            for weights in ("first", "second", "by-gaps")
            for part, names in (("beads", BEAD_FEATURES), ("gaps", GAP_FEATURES))
        },
        "calibration": ("slope", "doubt", "intercept"),
        "moves": ("similarity", "margin", "length", "intercept"),
    }
    lines = ['fitted = "by hand"']
    for table, names in tables.items():
        lines.append(f"[{table}]")
        lines += [f"{name} = 0.5" for name in names if f"{table}.{name}" != without]
    text = "\n".join(lines)
    return text.replace(*replaced) if replaced else text


@pytest.mark.parametrize("name", ["beads", "beads-anchors"])
def test_the_shipped_parameters_have_every_number(name):
    parameters = shipped_parameters(name)
    for weights in (parameters.first, parameters.second, parameters.by_gaps):
        assert len(weights.beads) == len(BEAD_FEATURES)
        assert len(weights.gaps) == len(GAP_FEATURES)
        assert np.isfinite([*weights.beads, *weights.gaps]).all()
    assert np.isfinite([*parameters.calibration, *parameters.moves]).all()
    assert parameters.fitted


def test_a_file_of_one_s_own_is_read(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(parameters_text(), encoding="utf-8")
    parameters = read_parameters(path)
    assert set(parameters.second.beads + parameters.second.gaps) == {0.5}
    assert parameters.fitted == "by hand"


@pytest.mark.parametrize(
    "missing",
    [
        f"second.beads.{BEAD_FEATURES[0]}",
        f"second.gaps.{GAP_FEATURES[-1]}",
        "calibration.slope",
        "moves.margin",
    ],
)
def test_a_missing_number_is_named_with_the_file(tmp_path, missing):
    path = tmp_path / "mine.toml"
    path.write_text(parameters_text(without=missing), encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_parameters(path)
    assert str(raised.value).startswith(f"{path}: not aligner parameters: ")
    assert missing.rpartition(".")[2] in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "beads = 3",
        "[beads",
        parameters_text(replaced=("slope = 0.5", 'slope = "steep"')),
        parameters_text(replaced=("slope = 0.5", "slope = [1]")),
    ],
)
def test_a_broken_file_is_named(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.toml: not aligner parameters: "):
        read_parameters(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"mine\.toml: not aligner parameters: "):
        read_parameters(tmp_path / "mine.toml")


def test_a_calibration_of_slope_one_changes_nothing():
    none = Weights((), ())
    parameters = Parameters(none, none, none, calibration=(1.0, 0.0, 0.0), moves=(1.0, 1.0, 0.0))
    chances = np.array([0.01, 0.3, 0.5, 0.99])
    np.testing.assert_allclose(parameters.confidence(chances), chances)


def test_confidence_grows_with_probability_and_stays_within_bounds():
    confidence = shipped_parameters().confidence(np.array([0.0, 0.1, 0.5, 0.9, 1.0]))
    assert (np.diff(confidence) > 0).all()
    assert confidence.min() >= 0
    assert confidence.max() <= 1


def test_beads_of_texts_that_are_doubtful_as_a_whole_are_less_sure():
    chances = np.array([0.05, 0.1, 0.7])
    parameters = shipped_parameters()
    assert doubt_of_whole(chances) < 0
    assert (
        parameters.confidence(chances, doubt_of_whole(chances)) < parameters.confidence(chances)
    ).all()


def test_texts_whose_beads_are_mostly_probable_raise_no_doubt():
    assert doubt_of_whole(np.array([0.9, 0.6, 0.2])) == 0
    assert doubt_of_whole(np.array([])) == 0


def test_a_move_is_surer_the_more_similar_and_the_clearer_it_is():
    confidence = shipped_parameters().move_confidence
    assert 0 <= confidence(0.2, 0.1) < confidence(1.0, 0.1) < confidence(1.0, 0.8) <= 1
