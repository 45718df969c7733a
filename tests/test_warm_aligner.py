"""An aligner kept warm: the results of `align.pair`, many at once, in order, in any thread."""

from __future__ import annotations

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import align
from align import encoders, warm
from align.encoders import load_encoder, use_multilingual
from align.encoders.base import encode_documents
from align.encoders.cache import CachedEncoder, VectorStore
from align.errors import AlignError, InputError
from align.one_core import blas_threads, one_core

STORIES = [
    ("en", "The ferry left at six. Nobody saw it. The fog was thick, and it rained.",
     "fr", "Le bac partit à six heures. Personne ne le vit. Le brouillard était épais."),
    ("en", "A lamp burned in the tower. It went out.",
     "ja", "塔には灯りがともっていた。それは消えた。"),
    ("de", "Der Hafen ist alt.", "zh-Hant", "港口很舊。"),
    ("es", "El puerto es viejo. Nadie vive allí.", "ar", "الميناء قديم. لا أحد يعيش هناك."),
]  # fmt: skip


@pytest.fixture(scope="module")
def aligner():
    return align.Aligner(align.Settings(cached=False))


@pytest.fixture(scope="module")
def pairs():
    return [
        align.TextPair(str(number), source, target, source_tag, target_tag)
        for number, (source_tag, source, target_tag, target) in enumerate(STORIES)
    ]


def shape_of(result):
    ((_, alignment),) = result.alignments.items()
    return [(bead.source, bead.target, bead.moved) for bead in alignment]


def alone(pair):
    return align.pair(
        pair.source,
        pair.target,
        source_language=pair.source_language,
        target_language=pair.target_language,
        settings=align.Settings(cached=False),
    )


def test_many_at_once_are_aligned_as_each_alone(aligner, pairs):
    together = list(aligner.pairs(pairs))
    assert [result.name for result in together] == [pair.name for pair in pairs]
    for result, pair in zip(together, pairs, strict=True):
        single = alone(pair)
        assert shape_of(result) == shape_of(single)
        assert result.signature == single.signature
        for one, other in zip(
            next(iter(result.alignments.values())),
            next(iter(single.alignments.values())),
            strict=True,
        ):
            assert one.confidence == pytest.approx(other.confidence, abs=1e-3)


def test_pairs_are_taken_as_they_are_needed(aligner, pairs, monkeypatch):
    monkeypatch.setattr(warm, "SEGMENTS_AT_ONCE", 10)
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield pairs[0]

    results = aligner.pairs(endless())
    for _ in range(5):
        next(results)
    assert len(taken) < 10


def test_a_bad_pair_is_told_in_its_turn(aligner, pairs):
    bad = align.TextPair("bad", "One.", "Two.", "en", "en")
    outcomes = list(aligner.outcomes([pairs[0], bad, pairs[1]]))
    assert [isinstance(each, AlignError) for each in outcomes] == [False, True, False]
    results = aligner.pairs([pairs[0], bad, pairs[1]])
    assert next(results).name == "0"
    with pytest.raises(InputError, match="both texts are in 'en'"):
        next(results)


def test_a_language_that_no_encoder_knows_is_told_in_its_turn(aligner, pairs):
    unknown = align.TextPair("sv", "Färjan gick.", "The ferry left.", "sv", "en")
    first, second = aligner.outcomes([unknown, pairs[0]])
    assert "does not know sv" in str(first)
    assert second.name == "0"


def test_it_is_pickled_as_its_settings(aligner, pairs):
    data = pickle.dumps(aligner)
    assert len(data) < 2_000
    assert shape_of(next(pickle.loads(data).pairs(pairs))) == shape_of(next(aligner.pairs(pairs)))


def test_threads_share_one(aligner, pairs):
    expected = [shape_of(result) for result in aligner.pairs(pairs)]
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: [*map(shape_of, aligner.pairs(pairs))], range(4)))
    assert runs == [expected] * 4


def test_threads_that_compute_leave_the_cores_as_they_were():
    before = blas_threads()
    inside, leave = threading.Event(), threading.Event()

    def first():
        with one_core():
            inside.set()
            leave.wait()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    with one_core():
        leave.set()
        thread.join()  # ends first, while this one computes still
        assert set(blas_threads()) == {1}
    assert blas_threads() == before


def test_the_encoder_is_read_and_hashed_once_in_a_process(monkeypatch):
    load_encoder(cached=False).encode(["Once."])

    def read_again(*_arguments):
        raise AssertionError("read again")

    monkeypatch.setattr(use_multilingual, "UseNetwork", read_again)
    monkeypatch.setattr(use_multilingual.hashlib, "sha256", read_again)
    load_encoder(cached=False).encode(["Twice."])


def test_a_file_that_changes_is_read_again(tmp_path):
    path = tmp_path / "weights"
    digests = set()
    for content in (b"one", b"other"):
        path.write_bytes(content)
        digests.add(use_multilingual._digest(use_multilingual._file_as_is(path)))
    assert len(digests) == 2


def test_another_place_of_the_cache_is_another_encoder(tmp_path, monkeypatch):
    kept = []
    for name in ("a", "b", "a"):
        monkeypatch.setenv("ALIGN_CACHE", str(tmp_path / name))
        kept.append(encoders.warm_encoder())
    assert kept[0] is kept[2]
    assert kept[0] is not kept[1]


DOCUMENTS = [
    (["The ferry left at six.", "Nobody saw it leave.", "The fog was thick."], "en"),
    (["フェリーは出た。", "誰も見なかった。"], "ja"),
    ([], "fr"),
    (["", "A.", ""], "en"),
    (["渡輪離開了。"], "zh-Hant"),
    (["Quay."] * 9, "en"),
]


@pytest.mark.parametrize("longest", [1, 4])
def test_documents_at_once_have_the_vectors_of_each_alone(longest):
    encoder = load_encoder(cached=False)
    together = encode_documents(encoder, DOCUMENTS, longest=longest)
    for vectors, (segments, language) in zip(together, DOCUMENTS, strict=True):
        single = encoder.encode_spans(segments, longest=longest, language=language)
        assert vectors.shape == single.shape
        np.testing.assert_allclose(vectors, single, atol=1e-5, rtol=0)


def test_of_documents_in_the_cache_only_new_ones_are_encoded(tmp_path):
    class Noted:
        composes_spans = True

        def __init__(self, encoder):
            self._encoder = encoder
            self.card, self.fingerprint = encoder.card, encoder.fingerprint
            self.seen = []

        def encode_documents(self, documents, *, longest):
            self.seen += documents
            return encode_documents(self._encoder, documents, longest=longest)

    noted = Noted(load_encoder(cached=False))
    cached = CachedEncoder(noted, VectorStore(tmp_path / "vectors.sqlite"))
    cached.encode_documents(DOCUMENTS[:2], longest=3)
    again = cached.encode_documents(DOCUMENTS, longest=3)
    assert [document for document in noted.seen if document[0]] == [
        document for document in DOCUMENTS if document[0]
    ]
    for vectors, one in zip(again, encode_documents(noted, DOCUMENTS, longest=3), strict=True):
        np.testing.assert_allclose(vectors, one, atol=1e-5, rtol=0)
