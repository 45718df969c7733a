"""The encoder without a model: numbers, names, cognates and punctuation."""

from __future__ import annotations

import numpy as np
import pytest

from align.encoders import load_encoder, model_card
from align.encoders.anchor_marks import AnchorEncoder


@pytest.fixture(scope="module")
def anchors():
    return AnchorEncoder(model_card("anchors"))


def similarity(encoder, first, second):
    # A document's other segments make what both share rare.
    vectors = encoder.encode([first, second, "Nothing of the kind.", "Rien de tel !"])
    return float(vectors[0] @ vectors[1])


def test_it_needs_no_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path / "here"))
    load_encoder("anchors").encode(["In 1871 a cable came ashore."])
    assert not (tmp_path / "here").exists()


@pytest.mark.parametrize("number", ["١٨٧١", "１８７１", "१८७१", "۱۸۷۱"])
def test_numbers_are_the_same_in_any_digits(anchors, number):
    assert similarity(anchors, "1871", number) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("number", ["12,345", "12.345", "12\u00a0345", "12\u202f345", "١٢٬٣٤٥"])
def test_numbers_are_the_same_however_they_are_grouped(anchors, number):
    assert similarity(anchors, "12345", number) == pytest.approx(1, abs=1e-6)


def test_other_numbers_are_not_alike(anchors):
    assert abs(similarity(anchors, "1871", "1872")) < 0.5


def test_shared_names_raise_the_similarity(anchors):
    english = "Next morning Magellan reached Lisbon."
    assert similarity(anchors, english, "Am Morgen war Magellan in Lissabon.") > similarity(
        anchors, english, "Am Morgen war niemand in der Stadt."
    )


def test_accents_and_case_do_not_part_cognates(anchors):
    assert similarity(anchors, "ÉLECTRICITÉ", "electricidad") == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("first", "second"), [("Warum?", "لماذا؟"), ("どうして？", "为什么？")])
def test_a_question_resembles_a_question(anchors, first, second):
    assert similarity(anchors, first, second) > similarity(anchors, first, second[:-1] + ".")


def test_quotation_marks_of_any_kind_are_alike(anchors):
    assert similarity(anchors, "“ok”", "«ok»") == pytest.approx(1, abs=1e-6)


def test_spans_add_up(anchors):
    segments = ["In 1871 a cable came ashore.", "Nagasaki had 2 of them!", "(They rust.)", "Why?"]
    vectors = anchors.encode_spans(segments, longest=3, language="en")
    sums = anchors._sums(segments)
    for length in range(1, 4):
        for first in range(len(segments) - length + 1):
            whole = sums[first : first + length].sum(axis=0)
            expected = whole / np.linalg.norm(whole)
            np.testing.assert_allclose(vectors[length - 1, first], expected, atol=1e-5)
        assert not vectors[length - 1, len(segments) - length + 1 :].any()


def test_single_segments_have_the_vectors_of_their_texts(anchors):
    segments = ["In 1871 a cable came ashore.", "Nagasaki had 2 of them!"]
    np.testing.assert_allclose(
        anchors.encode_spans(segments, longest=2, language="en")[0],
        anchors.encode(segments),
        atol=1e-6,
    )


def test_vectors_have_unit_length_or_are_zero_without_a_mark(anchors):
    vectors = anchors.encode(["In 1871, at Nagasaki.", "…", ""])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0], atol=1e-5)


def test_an_empty_document_has_no_spans(anchors):
    assert anchors.encode_spans([], longest=3, language="en").shape == (3, 0, 512)


def test_spans_deep_in_a_long_document_are_as_exact_as_early_ones(anchors):
    segments = [f"Item {n} of lot {n * 7919}, sold to Mr Novak?" for n in range(4000)]
    vectors = anchors.encode_spans(segments, longest=1, language="en")[0]
    np.testing.assert_allclose(vectors, anchors.encode(segments), atol=1e-5)
