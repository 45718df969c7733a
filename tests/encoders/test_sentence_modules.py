"""Pooling and dense layers as sentence-transformers saves them beside a transformer."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from align.encoders import bare_encoder, model_card
from align.encoders.cards import ModelCard
from align.encoders.sentence_modules import read_modules
from align.encoders.transformer import TransformerEncoder, card_of_folder
from align.errors import InputError

TEXTS = ["The ferry left the harbour.", "渡し船は朝六時に港を出た。", "Никто не видел."]
LAYERS = ("2_Dense", "3_Dense")


def write_json(file, value):
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(value), encoding="utf-8")


def write_modules(folder, *, pooling="mean_tokens", dense=LAYERS, last="Normalize"):
    """The files that sentence-transformers writes, without the weights of dense layers."""
    kinds = ["Transformer", "Pooling", *("Dense" for _ in dense), last]
    paths = ["", "1_Pooling", *dense, "4_Last"]
    write_json(
        folder / "modules.json",
        [
            {"idx": index, "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (kind, path) in enumerate(zip(kinds, paths, strict=True))
        ],
    )
    modes = ("cls_token", "mean_tokens", "lasttoken", "max_tokens")
    write_json(
        folder / "1_Pooling" / "config.json",
        {"include_prompt": True, **{f"pooling_mode_{mode}": mode == pooling for mode in modes}},
    )


def write_dense(folder, inner, outer, *, bias=False, activation="Identity", seed=0):
    """A dense layer; returns what it computes."""
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(seed)
    weights = {"linear.weight": torch.randn(outer, inner)}
    if bias:
        weights["linear.bias"] = torch.randn(outer)
    write_json(
        folder / "config.json",
        {
            "in_features": inner,
            "out_features": outer,
            "bias": bias,
            "activation_function": f"torch.nn.modules.linear.{activation}",
        },
    )
    save_file(weights, folder / "model.safetensors")
    weight = weights["linear.weight"].numpy()
    offset = weights["linear.bias"].numpy() if bias else 0
    function = {"Identity": lambda x: x, "Tanh": np.tanh}[activation]
    return lambda vectors: function(vectors @ weight.T + offset)


@pytest.fixture
def gemma(make_model, tmp_path):
    """A small model made as EmbeddingGemma is, and what its dense layers compute."""
    folder = tmp_path / "gemma"
    shutil.copytree(make_model("gemma3", seed=8), folder)
    write_modules(folder)
    widen = write_dense(folder / "2_Dense", 32, 64, seed=1)
    narrow = write_dense(folder / "3_Dense", 64, 24, bias=True, activation="Tanh", seed=2)
    return folder, lambda vectors: narrow(widen(vectors))


def pooled(folder, text):
    """The mean of the token vectors, with no code of ours between."""
    import torch
    import transformers

    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    network = transformers.AutoModel.from_pretrained(folder).eval()
    with torch.inference_mode():
        return network(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].mean(0).numpy()


def card(folder, **options):
    return ModelCard(
        **{
            "name": "small",
            "kind": "transformers",
            "title": "A small model",
            "licence": "MIT",
            "languages": ("*",),
            "dimension": 24,
            "model": str(folder),
            "dense": LAYERS,
            **options,
        }
    )


def test_the_pooled_vector_goes_through_the_dense_layers_of_the_card(gemma):
    folder, layers = gemma
    vectors = bare_encoder(card(folder), device="cpu").encode(TEXTS)
    assert vectors.shape == (3, 24)
    for text, vector in zip(TEXTS, vectors, strict=True):
        expected = layers(pooled(folder, text))
        np.testing.assert_allclose(vector, expected / np.linalg.norm(expected), atol=1e-5)


def test_a_folder_is_read_as_it_was_saved(gemma):
    folder, _ = gemma
    read = card_of_folder(folder)
    assert (read.dense, read.dimension, read.pooling) == (LAYERS, 24, "mean")
    np.testing.assert_array_equal(
        TransformerEncoder(read, device="cpu").encode(TEXTS),
        TransformerEncoder(card(folder), device="cpu").encode(TEXTS),
    )


@pytest.mark.parametrize(
    ("saved", "pooling"), [("mean_tokens", "mean"), ("cls_token", "cls"), ("lasttoken", "last")]
)
def test_pooling_is_read_from_the_folder(tmp_path, saved, pooling):
    write_modules(tmp_path, pooling=saved, dense=())
    modules = read_modules(tmp_path)
    assert (modules.pooling, modules.dense, modules.dimension) == (pooling, (), None)


def test_a_folder_without_modules_has_mean_pooling(tmp_path):
    assert read_modules(tmp_path).pooling == "mean"


def test_a_pooling_that_is_not_supported_is_named(tmp_path):
    write_modules(tmp_path, pooling="max_tokens", dense=())
    with pytest.raises(InputError, match=r"modules\.json: .*pooling is pooling_mode_max_tokens"):
        read_modules(tmp_path)


def test_a_module_that_is_not_supported_is_named(tmp_path):
    write_modules(tmp_path, dense=(), last="WeightedLayerPooling")
    with pytest.raises(InputError, match="WeightedLayerPooling is no module that is supported"):
        read_modules(tmp_path)


@pytest.mark.parametrize("content", ["{", "[1]", '[{"type": "a.Dense"}]', '{"a": 1}'])
def test_a_broken_list_of_modules_is_named(tmp_path, content):
    (tmp_path / "modules.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"modules\.json: not the modules of an encoder"):
        read_modules(tmp_path)


def test_a_dense_layer_that_is_not_there_is_named(gemma):
    folder, _ = gemma
    (folder / "3_Dense" / "model.safetensors").unlink()
    with pytest.raises(InputError, match="cannot load the dense layer '3_Dense'") as raised:
        bare_encoder(card(folder), device="cpu")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"no tensors", b"\x80\x04N."])
def test_weights_that_are_no_tensors_are_refused(gemma, content):
    folder, _ = gemma
    (folder / "2_Dense" / "model.safetensors").write_bytes(content)
    with pytest.raises(InputError, match="cannot load the dense layer '2_Dense'"):
        bare_encoder(card(folder), device="cpu")


def test_an_activation_that_is_not_supported_is_named(gemma):
    folder, _ = gemma
    config = json.loads((folder / "2_Dense" / "config.json").read_text(encoding="utf-8"))
    write_json(folder / "2_Dense" / "config.json", config | {"activation_function": "os.system"})
    with pytest.raises(InputError, match="activation system is not supported"):
        bare_encoder(card(folder), device="cpu")


def test_layers_that_do_not_fit_together_are_refused(gemma):
    folder, _ = gemma
    with pytest.raises(InputError, match="takes vectors of 64 numbers, but is given 32"):
        bare_encoder(card(folder, dense=("3_Dense",)), device="cpu")


def test_the_dimension_on_the_card_is_that_after_the_last_layer(gemma):
    folder, _ = gemma
    with pytest.raises(InputError, match="gives vectors of 24 numbers, not of 32"):
        bare_encoder(card(folder, dimension=32), device="cpu")


def test_the_fingerprint_changes_with_the_layers(gemma):
    folder, _ = gemma
    before = bare_encoder(card(folder), device="cpu").fingerprint
    without = bare_encoder(card(folder, dense=(), dimension=32), device="cpu").fingerprint
    write_dense(folder / "2_Dense", 32, 64, seed=3)
    after = bare_encoder(card(folder), device="cpu").fingerprint
    assert len({before, without, after}) == 3


@pytest.mark.parametrize(
    ("name", "pooling", "dense"),
    [
        ("embeddinggemma-300m", "mean", LAYERS),
        ("qwen3-embedding-0.6b", "last", ()),
        ("granite-embedding-311m", "cls", ()),
        ("jina-embeddings-v5-nano", "last", ()),
    ],
)
def test_shipped_cards_have_the_modules_of_their_models(name, pooling, dense):
    shipped = model_card(name)
    assert (shipped.pooling, shipped.dense) == (pooling, dense)
