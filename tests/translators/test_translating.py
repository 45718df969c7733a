"""Translation models, run on small ones with random weights."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from align.encoders import load_encoder
from align.errors import InputError, MissingExtraError
from align.translators import load_translator

TEXTS = [
    "The ferry left.",
    "",
    "渡し船は朝六時に港を出た。",
    "Il pleut sur le port, et il pleuvra.",
]
TOKENS = ("__en__", "__fr__", "__ja__")


def load(folder):
    return load_translator(str(folder), device="cpu")


def test_each_text_is_translated_by_itself(make_translator):
    translator = load(make_translator(TOKENS))
    together = translator.translate(TEXTS, source="fr", target="en")
    alone = [translator.translate([text], source="fr", target="en")[0] for text in TEXTS]
    assert together == alone
    assert together[0]
    assert together[1] == ""


def test_the_same_text_is_translated_the_same_way(make_translator):
    translator = load(make_translator(TOKENS))
    assert translator.translate(TEXTS, source="fr", target="en") == translator.translate(
        TEXTS, source="fr", target="en"
    )


def test_the_language_wanted_is_told_to_the_model(make_translator):
    translator = load(make_translator(TOKENS))
    english = translator.translate(TEXTS[:1], source="fr", target="en")
    japanese = translator.translate(TEXTS[:1], source="fr", target="ja")
    assert english != japanese


def test_a_language_the_model_lacks_is_named(make_translator):
    translator = load(make_translator(TOKENS))
    with pytest.raises(InputError, match="does not know 'sw'"):
        translator.translate(TEXTS, source="sw", target="en")
    with pytest.raises(InputError, match="does not know 'sw'"):
        translator.translate(TEXTS, source="en", target="sw")


def test_a_model_of_one_pair_is_told_nothing(make_translator):
    assert load(make_translator()).translate(TEXTS[:1], source="xh", target="en")[0]


@pytest.mark.parametrize(
    "text", ["It rained on the quay. " * 40, "渡し船は港を出た。" * 60, "x" * 300]
)
def test_a_long_text_is_translated_in_pieces(make_translator, text):
    translator = load(make_translator(TOKENS))
    pieces = list(translator._cut(text))
    assert len(pieces) > 1
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert translator.translate([text], source="en", target="fr")[0]


def test_the_fingerprint_tells_models_apart(make_translator):
    one, other = make_translator(TOKENS, seed=1), make_translator(TOKENS, seed=2)
    assert load(one).fingerprint == load(one).fingerprint
    assert load(one).fingerprint.partition("@")[2] != load(other).fingerprint.partition("@")[2]


def test_loading_and_translating_print_nothing(make_translator, capfd):
    load(make_translator(TOKENS)).translate(TEXTS, source="fr", target="en")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("model", ["no/such/folder/of/ours", "no-such-organisation/no-such-model"])
def test_a_model_that_is_not_there_says_what_to_do(require_transformers, model):
    with pytest.raises(InputError, match=r"cannot load the translation model .* give a local"):
        load(model)


@pytest.mark.parametrize("package", ["torch", "transformers"])
def test_missing_packages_say_what_to_install(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[transformers\]'"):
        load("any")


def card(folder, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        f'name = "mine"\nkind = "translation"\ntitle = "Mine"\nlicence = "MIT"\ndimension = 512\n'
        f"model = '{folder}'\nlanguages = [\"xh\"]\n",
        encoding="utf-8",
    )
    return str(path)


def test_what_the_encoder_does_not_know_is_encoded_in_english(make_translator, tmp_path):
    folder = make_translator()
    encoder = load_encoder(card(folder, tmp_path), cached=False)
    plain = load_encoder(cached=False)
    english = load(folder).translate(TEXTS, source="xh", target="en")
    np.testing.assert_allclose(
        encoder.encode(TEXTS, language="xh"), plain.encode(english, language="en"), atol=1e-6
    )
    np.testing.assert_allclose(
        encoder.encode_spans(TEXTS, longest=2, language="xh"),
        plain.encode_spans(english, longest=2, language="en"),
        atol=1e-6,
    )


def test_what_the_encoder_knows_is_encoded_as_it_is(make_translator, tmp_path):
    encoder = load_encoder(card(make_translator(), tmp_path), cached=False)
    plain = load_encoder(cached=False)
    np.testing.assert_array_equal(
        encoder.encode(TEXTS, language="ja"), plain.encode(TEXTS, language="ja")
    )
    assert {"xh", "ja"} <= set(encoder.card.languages)


def test_the_cache_tells_the_languages_of_a_text_apart(make_translator, tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path))
    encoder = load_encoder(card(make_translator(), tmp_path))
    known, translated = (encoder.encode(TEXTS, language=tag) for tag in ("ja", "xh"))
    assert np.abs(known - translated).max() > 0.01


def test_texts_in_a_language_no_encoder_knows_are_aligned(make_translator, tmp_path):
    import align

    encoder = load_encoder(card(make_translator(), tmp_path), cached=False)
    result = align.pair(
        "It rains. Take an umbrella.",
        "Iyanetha. Thatha isambrela.",
        source_language="en",
        target_language="xh",
        settings=align.Settings(encoder=encoder),
    )
    assert sum(len(bead.target) for bead in result.alignments["xh"]) == 2
    assert "+translator-0" in result.signature
