"""Encoders of the transformers library, run on small models with weights of their own."""

from __future__ import annotations

import json
import shutil
import sys
import warnings

import numpy as np
import pytest

from align.encoders import load_encoder, read_card
from align.encoders.transformer import TransformerEncoder
from align.errors import InputError, MissingExtraError
from align.text import join_text

TEXTS = [
    "The ferry left the harbour.",
    "?",
    "渡し船は朝六時に港を出た。",
    "غادرت العبّارة الميناء في السادسة صباحًا.",
    "Никто не видел.",
    "",
]


def load(model, tmp_path, *, dimension=32, **options):
    """Loads a model through a card file with the options given."""
    options = {"name": "small", "model": str(model), "dimension": dimension, **options}
    lines = [f"{key} = {json.dumps(value)}" for key, value in options.items()]
    card = tmp_path / "small.toml"
    card.write_text(
        "\n".join([*lines, 'kind = "transformers"', 'title = "A small model"', 'licence = "MIT"'])
        + '\nlanguages = ["*"]\n',
        encoding="utf-8",
    )
    return TransformerEncoder(read_card(card), device="cpu")


def directly(model, text, pooling="mean"):
    """The vector of one text, with no code of ours between."""
    import torch
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(model)
    network = transformers.AutoModel.from_pretrained(model).eval()
    with torch.inference_mode():
        output = network(**tokenizer(text, return_tensors="pt"))
    pooled = {
        "mean": lambda: output.last_hidden_state[0].mean(0),
        "cls": lambda: output.last_hidden_state[0, 0],
        "last": lambda: output.last_hidden_state[0, -1],
        "pooler": lambda: output.pooler_output[0],
    }[pooling]()
    return (pooled / pooled.norm()).numpy()


@pytest.mark.parametrize("architecture", ["bert", "xlm_roberta"])
@pytest.mark.parametrize("pooling", ["mean", "cls", "pooler"])
def test_token_vectors_are_pooled_as_the_card_says(request, tmp_path, architecture, pooling):
    model = request.getfixturevalue(architecture)
    vectors = load(model, tmp_path, pooling=pooling).encode(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        np.testing.assert_allclose(vector, directly(model, text, pooling), atol=1e-5)


@pytest.mark.parametrize("architecture", ["qwen3", "gemma3", "eurobert", "modernbert"])
@pytest.mark.parametrize("pooling", ["mean", "cls", "last"])
def test_newer_architectures_are_pooled_as_the_card_says(
    make_model, tmp_path, architecture, pooling
):
    model = make_model(architecture, seed=3)
    # In one batch, so that padding would show.
    vectors = load(model, tmp_path, pooling=pooling).encode(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        np.testing.assert_allclose(vector, directly(model, text, pooling), atol=1e-5)


@pytest.mark.parametrize("pooling", ["mean", "last"])
def test_an_empty_text_is_no_trouble_where_the_tokenizer_sets_no_marks(
    make_model, tmp_path, pooling
):
    model = make_model("qwen3", seed=4)
    tokenizer = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["post_processor"] = None
    (model / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    encoder = load(model, tmp_path, pooling=pooling)
    assert np.isfinite(encoder.encode([""])).all()
    vectors = encoder.encode(["", "The ferry left."])
    np.testing.assert_allclose(vectors[1], directly(model, "The ferry left.", pooling), atol=1e-5)


def test_the_kinds_of_pooling_differ(bert, tmp_path):
    vectors = [
        load(bert, tmp_path, pooling=pooling).encode(TEXTS[:1])[0]
        for pooling in ("mean", "cls", "pooler", "last")
    ]
    assert np.abs(np.diff(vectors, axis=0)).max(axis=1).min() > 0.01


def test_the_prefix_stands_before_every_text(bert, tmp_path):
    vectors = load(bert, tmp_path, prefix="query: ").encode(TEXTS[:5])
    for text, vector in zip(TEXTS[:5], vectors, strict=True):
        np.testing.assert_allclose(vector, directly(bert, "query: " + text), atol=1e-5)


def test_a_prefix_whose_last_space_belongs_to_the_text_s_first_token_is_kept(make_model, tmp_path):
    # As SentencePiece's byte pairs (Gemma) have it: a space is part of the word that follows.
    model = make_model("gemma3", seed=5)
    tokenizer = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["pre_tokenizer"] = {
        "type": "Metaspace", "replacement": "▁", "prepend_scheme": "never", "split": True,
    }  # fmt: skip
    (model / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    [vector] = load(model, tmp_path, prefix="query: ").encode(["quay"])
    np.testing.assert_allclose(vector, directly(model, "query: quay"), atol=1e-5)


def test_the_name_of_a_folder_loads_its_model(bert):
    encoder = load_encoder(str(bert), cached=False, device="cpu")
    assert (encoder.card.name, encoder.card.dimension) == (bert.name, 32)
    np.testing.assert_allclose(encoder.encode(TEXTS[:1])[0], directly(bert, TEXTS[0]), atol=1e-5)


def test_a_folder_s_model_may_be_cached(bert, tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path))
    plain = load_encoder(str(bert), cached=False, device="cpu")
    for _ in range(2):
        cached = load_encoder(str(bert), device="cpu")
        np.testing.assert_allclose(cached.encode(TEXTS), plain.encode(TEXTS), atol=1e-5)
        np.testing.assert_allclose(
            cached.encode_spans(TEXTS, longest=3, language="en"),
            plain.encode_spans(TEXTS, longest=3, language="en"),
            atol=1e-5,
        )
    assert (tmp_path / "vectors.sqlite").is_file()


@pytest.mark.parametrize("architecture", ["bert", "xlm_roberta"])
def test_batches_do_not_change_vectors(request, tmp_path, monkeypatch, architecture):
    encoder = load(request.getfixturevalue(architecture), tmp_path)
    texts = [*TEXTS, *(text * 2 for text in TEXTS), "word " * 40]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)
    monkeypatch.setattr("align.encoders.transformer._TOKENS_A_BATCH", 20)
    np.testing.assert_allclose(encoder.encode(texts), alone, atol=1e-5)


@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("architecture", ["bert", "xlm_roberta"])
def test_a_long_text_is_not_cut_off(request, tmp_path, capfd, architecture, pooling):
    encoder = load(request.getfixturevalue(architecture), tmp_path, pooling=pooling)
    long = "Nobody on the quay saw the ferry leave. " * 30
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one, other = encoder.encode([long + "It rained.", long + "The inn was shut."])
    assert np.abs(one - other).max() > 1e-4
    assert capfd.readouterr() == ("", "")


def test_every_token_of_a_long_text_is_in_a_window(bert, tmp_path):
    encoder = load(bert, tmp_path, prefix="query: ")
    for length in range(200):
        windows = list(encoder._windows([*encoder._prefix, *range(1000, 1000 + length)]))
        prefix = len(encoder._prefix)
        assert all(len(window) <= encoder._window for window in windows)
        assert {token for window in windows for token in window[prefix:]} == set(
            range(1000, 1000 + length)
        )


def test_a_text_that_just_fits_is_encoded_whole(xlm_roberta, tmp_path):
    encoder = load(xlm_roberta, tmp_path)
    text = "quay " * 100
    tokens = encoder._tokenize([text])[0]
    step = encoder._tokenize(["quay"])[0]
    fitting = "quay " * (encoder._window // len(step))
    assert len(tokens) > encoder._window
    np.testing.assert_allclose(
        encoder.encode([fitting])[0], directly(xlm_roberta, fitting), atol=1e-5
    )


@pytest.mark.parametrize("language", ["en", "ja"])
def test_spans_have_the_vectors_of_their_joined_texts(bert, tmp_path, monkeypatch, language):
    monkeypatch.setattr("align.encoders.base._SEGMENTS_AT_ONCE", 2)
    encoder = load(bert, tmp_path)
    spans = encoder.encode_spans(TEXTS, longest=4, language=language)
    joined = join_text(TEXTS, language)
    for length in range(1, 5):
        count = len(TEXTS) - length + 1
        alone = encoder.encode([joined.span(first, first + length) for first in range(count)])
        np.testing.assert_allclose(spans[length - 1, :count], alone, atol=1e-5)
        assert not spans[length - 1, count:].any()


def test_progress_counts_every_segment(bert, tmp_path, monkeypatch):
    monkeypatch.setattr("align.encoders.base._SEGMENTS_AT_ONCE", 4)
    done = []
    load(bert, tmp_path).encode_spans(TEXTS, longest=3, language="en", advance=done.append)
    assert done == [4, 2]


def test_nothing_gives_nothing(bert, tmp_path):
    encoder = load(bert, tmp_path)
    assert encoder.encode([]).shape == (0, 32)
    assert encoder.encode_spans([], longest=3, language="en").shape == (3, 0, 32)


def test_vectors_have_unit_length(bert, tmp_path):
    vectors = load(bert, tmp_path).encode([*TEXTS, "word " * 500])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_fingerprint_changes_with_what_changes_the_vectors(make_model, bert, tmp_path):
    fingerprints = [
        load(bert, tmp_path).fingerprint,
        load(bert, tmp_path, pooling="cls").fingerprint,
        load(bert, tmp_path, prefix="query: ").fingerprint,
        load(make_model("bert", seed=5), tmp_path).fingerprint,
    ]
    assert len(set(fingerprints)) == 4


def test_the_fingerprint_stays_where_nothing_changes(bert, tmp_path):
    assert load(bert, tmp_path).fingerprint == load(bert, tmp_path).fingerprint


def test_weights_that_are_not_there_do_not_change_the_fingerprint(make_model, tmp_path):
    # The library makes up a pooler where the folder has none, another one each time.
    model = make_model("bert", pooler=False)
    assert load(model, tmp_path).fingerprint == load(model, tmp_path).fingerprint


def test_loading_prints_nothing(make_model, tmp_path, capfd):
    load(make_model("bert", seed=6, pooler=False), tmp_path)
    assert capfd.readouterr() == ("", "")


def test_a_pooler_that_is_not_there_is_not_made_up(make_model, tmp_path):
    with pytest.raises(InputError, match="has no pooler; let its card say pooling = 'mean'"):
        load(make_model("bert", seed=7, pooler=False), tmp_path, pooling="pooler")


def test_a_model_of_another_dimension_than_its_card_says_is_refused(bert, tmp_path):
    with pytest.raises(InputError, match="gives vectors of 32 numbers, not of 768"):
        load(bert, tmp_path, dimension=768)


def test_weights_of_half_precision_are_computed_in_full(bert, tmp_path):
    import transformers

    half = tmp_path / "half"
    shutil.copytree(bert, half)
    transformers.AutoModel.from_pretrained(bert).half().save_pretrained(half)
    np.testing.assert_allclose(
        load(half, tmp_path).encode(TEXTS), load(bert, tmp_path).encode(TEXTS), atol=0.01
    )


@pytest.mark.parametrize("model", ["no/such/folder/of/ours", "no-such-organisation/no-such-model"])
def test_a_model_that_is_not_there_says_what_to_do(require_transformers, tmp_path, model):
    with pytest.raises(InputError, match=r"cannot load the model .* give a local folder") as raised:
        load(model, tmp_path)
    assert "\n" not in str(raised.value)


def test_a_folder_without_weights_says_what_to_do(bert, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    shutil.copy(bert / "config.json", empty)
    with pytest.raises(InputError, match="cannot load the model"):
        load_encoder(str(empty), cached=False)


@pytest.mark.parametrize(
    "config",
    ["{", "[]", "{}", '{"hidden_size": "wide"}', '{"hidden_size": Infinity}', "[" * 100_000],
    ids=["open", "list", "empty", "word", "endless", "deep"],
)
def test_a_folder_with_a_broken_configuration_is_named(tmp_path, config):
    (tmp_path / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(InputError, match=r"config\.json: not the configuration of an encoder"):
        load_encoder(str(tmp_path), cached=False)


REMOTE = {"auto_map": {"AutoConfig": "own.OwnConfig", "AutoModel": "own.OwnModel"}}


def test_code_that_comes_with_a_model_is_never_run(bert, tmp_path):
    model = tmp_path / "with-code"
    shutil.copytree(bert, model)
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    config |= REMOTE | {"model_type": "own"}
    (model / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (model / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", encoding="utf-8")
    with pytest.raises(InputError, match="needs code of its own, which is never run"):
        load(model, tmp_path)
    assert not (tmp_path / "ran").exists()


def test_a_model_that_the_library_knows_needs_none_of_the_code_that_comes_with_it(bert, tmp_path):
    model = tmp_path / "with-code"
    shutil.copytree(bert, model)
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    (model / "config.json").write_text(json.dumps(config | REMOTE), encoding="utf-8")
    np.testing.assert_allclose(
        load(model, tmp_path).encode(TEXTS), load(bert, tmp_path).encode(TEXTS), atol=1e-5
    )


@pytest.mark.parametrize("package", ["torch", "transformers"])
def test_missing_packages_say_what_to_install(tmp_path, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[transformers\]'"):
        load(tmp_path, tmp_path)


def test_the_card_of_a_folder_may_say_more_than_the_folder(bert, tmp_path):
    load(bert, tmp_path, prefix="query: ")
    card = read_card(tmp_path / "small.toml")
    assert (card.prefix, card.languages) == ("query: ", ("*",))
