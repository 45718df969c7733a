"""Translating back, with a model whose weights are random: what matters is what is made of it."""

from __future__ import annotations

import sys

import pytest

from align.checks.back_translation import BackTranslationCheck, deviations
from align.checks.base import CheckCannotRunError
from align.errors import MissingExtraError


def test_without_a_model_the_check_cannot_run(translated):
    with pytest.raises(CheckCannotRunError, match="no translation model"):
        list(BackTranslationCheck().find(translated("It rains.", "Il pleut.")))


def test_without_the_packages_it_says_what_to_install(translated, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingExtraError, match="transformers"):
        list(BackTranslationCheck().find(translated("It rains.", "Il pleut.", translator="any")))


def test_a_translation_far_from_its_source_is_noted_with_the_score(translated, make_translator):
    model = str(make_translator())
    text = translated("It rains.", "Il pleut.", translator=model)
    [finding] = BackTranslationCheck().find(text)
    assert (finding.check, finding.severity) == ("back-translation", "note")
    assert "nc:6|nw:0" in finding.message
    assert "translated back it is “" in finding.message


def test_only_what_is_far_below_the_text_s_own_scores_is_an_outlier():
    scores = [60.0, 55.0, 62.0, 58.0, 61.0, 57.0, 59.0, 63.0, 12.0]
    assert [distance >= 4 for distance in deviations(scores)] == [False] * 8 + [True]


def test_a_text_of_low_scores_has_no_outliers():
    assert max(deviations([22.0, 25.0, 18.0, 20.0, 24.0, 19.0, 23.0, 21.0])) < 2.5


def test_even_scores_have_no_outliers_within_a_few_points():
    assert max(deviations([70.0] * 10 + [66.0])) < 2.5


def test_a_passage_left_in_the_source_language_is_not_translated(translated, make_translator):
    text = translated("It rains.", "It rains.", translator=str(make_translator()))
    assert list(BackTranslationCheck().find(text)) == []
