"""The vector cache: the same vectors sooner, and never an error of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from align.encoders import cache, load_encoder
from align.encoders.cache import CachedEncoder, VectorStore, cache_file

SEGMENTS = ["The ferry left at six.", "Nobody saw it leave.", "The fog was thick.", "It rained."]


class Counted:
    """An encoder that notes what it is asked to encode."""

    def __init__(self, encoder, *, fingerprint=None, composes_spans=True):
        self._encoder = encoder
        self.card = encoder.card
        self.composes_spans = composes_spans
        self.fingerprint = fingerprint or encoder.fingerprint
        self.texts = []
        self.documents = 0

    def encode(self, texts, *, language=None):
        self.texts += texts
        return self._encoder.encode(texts, language=language)

    def encode_spans(self, segments, *, longest, language, advance=None):
        self.documents += 1
        return self._encoder.encode_spans(
            segments, longest=longest, language=language, advance=advance
        )


@pytest.fixture
def store(tmp_path):
    return VectorStore(tmp_path / "cache" / "vectors.sqlite")


def test_vectors_are_the_same_with_and_without(use_encoder, store):
    cached = CachedEncoder(use_encoder, store)
    plain = use_encoder.encode(SEGMENTS)
    for _ in range(2):
        np.testing.assert_array_equal(cached.encode(SEGMENTS), plain)


def test_spans_are_the_same_with_and_without(use_encoder, store):
    cached = CachedEncoder(use_encoder, store)
    plain = use_encoder.encode_spans(SEGMENTS, longest=3, language="en")
    for _ in range(2):
        spans = cached.encode_spans(SEGMENTS, longest=3, language="en")
        np.testing.assert_array_equal(spans, plain)


def test_texts_are_encoded_once(use_encoder, store):
    encoder = Counted(use_encoder)
    CachedEncoder(encoder, store).encode(SEGMENTS[:2])
    CachedEncoder(encoder, store).encode(SEGMENTS)
    assert encoder.texts == SEGMENTS


def test_a_text_that_occurs_twice_is_encoded_once(use_encoder, store):
    encoder = Counted(use_encoder)
    vectors = CachedEncoder(encoder, store).encode(["Again.", "Once.", "Again."])
    assert encoder.texts == ["Again.", "Once."]
    np.testing.assert_array_equal(vectors[0], vectors[2])


def test_a_document_is_encoded_once(use_encoder, store):
    encoder = Counted(use_encoder)
    for _ in range(2):
        CachedEncoder(encoder, store).encode_spans(SEGMENTS, longest=3, language="en")
    assert encoder.documents == 1


def test_a_changed_document_is_encoded_anew(use_encoder, store):
    encoder = Counted(use_encoder)
    cached = CachedEncoder(encoder, store)
    cached.encode_spans(SEGMENTS, longest=3, language="en")
    changed = cached.encode_spans([*SEGMENTS, "At last."], longest=3, language="en")
    assert encoder.documents == 2
    plain = use_encoder.encode_spans([*SEGMENTS, "At last."], longest=3, language="en")
    np.testing.assert_array_equal(changed, plain)


def test_of_models_that_compose_nothing_only_new_spans_are_encoded(use_encoder, store):
    encoder = Counted(use_encoder, composes_spans=False)
    cached = CachedEncoder(encoder, store)
    cached.encode_spans(SEGMENTS[:3], longest=2, language="en")
    assert len(encoder.texts) == 5
    spans = cached.encode_spans(SEGMENTS, longest=2, language="en")
    assert sorted(encoder.texts[5:]) == sorted([SEGMENTS[3], f"{SEGMENTS[2]} {SEGMENTS[3]}"])
    plain = use_encoder.encode_spans(SEGMENTS, longest=2, language="en")
    np.testing.assert_allclose(spans, plain, atol=1e-5)


def test_an_empty_document_needs_no_encoder(use_encoder, store):
    for composes_spans in (True, False):
        encoder = Counted(use_encoder, composes_spans=composes_spans)
        spans = CachedEncoder(encoder, store).encode_spans([], longest=3, language="en")
        assert spans.shape == (3, 0, 512)
        assert not encoder.documents
        assert not encoder.texts


def test_documents_that_are_quicker_encoded_than_read_are_not_kept(use_encoder, store, monkeypatch):
    monkeypatch.setattr(cache, "_MOST_VECTORS_TO_READ", 7)
    encoder = Counted(use_encoder)
    for _ in range(2):
        CachedEncoder(encoder, store).encode_spans(SEGMENTS, longest=2, language="en")
    assert encoder.documents == 2


def test_another_model_s_vectors_are_never_read(use_encoder, store):
    first = Counted(use_encoder, fingerprint="model@1")
    second = Counted(use_encoder, fingerprint="model@2")
    for encoder in (first, second):
        CachedEncoder(encoder, store).encode(SEGMENTS)
    assert first.texts == second.texts == SEGMENTS


def test_a_converted_text_is_told_from_the_same_text_unconverted(use_encoder, store):
    cached = CachedEncoder(use_encoder, store)
    for language in ("ja", "zh-Hant", "ja", "zh-Hant"):
        np.testing.assert_array_equal(
            cached.encode(["過去得隨輪船漂洋過海。"], language=language),
            use_encoder.encode(["過去得隨輪船漂洋過海。"], language=language),
        )


def test_progress_counts_every_segment_read_or_encoded(use_encoder, store):
    for composes_spans in (True, False):
        cached = CachedEncoder(Counted(use_encoder, composes_spans=composes_spans), store)
        for _ in range(2):
            done = []
            cached.encode_spans(SEGMENTS, longest=3, language="en", advance=done.append)
            assert sum(done) == len(SEGMENTS)


def test_the_cache_lies_where_the_user_wants(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path / "here"))
    assert cache_file() == tmp_path / "here" / "vectors.sqlite"
    load_encoder().encode(["The ferry left."])
    assert cache_file().is_file()


def test_without_a_wish_it_lies_in_the_user_s_cache_folder(monkeypatch):
    monkeypatch.delenv("ALIGN_CACHE", raising=False)
    assert cache_file().name == "vectors.sqlite"
    assert cache_file().is_absolute()


def test_a_user_without_a_home_has_no_cache_and_loses_nothing(monkeypatch):
    def homeless(*_):
        raise RuntimeError("could not determine the home directory")

    monkeypatch.delenv("ALIGN_CACHE", raising=False)
    monkeypatch.setattr("platformdirs.user_cache_path", homeless)
    assert cache_file() is None
    store = VectorStore(None)
    store.write({b"a": bytes(8)})
    assert store.read([b"a"]) == {}


def test_the_cache_can_be_left_out(tmp_path, monkeypatch):
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path / "here"))
    load_encoder(cached=False).encode(["The ferry left."])
    assert not (tmp_path / "here").exists()


@pytest.mark.parametrize(
    "garbage", [b"", b"This is no database.\n" * 500, b"SQLite format 3\x00" + b"\xff" * 8192]
)
def test_a_corrupt_cache_costs_no_result(use_encoder, store, tmp_path, garbage):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "vectors.sqlite").write_bytes(garbage)
    cached = CachedEncoder(use_encoder, store)
    np.testing.assert_array_equal(cached.encode(SEGMENTS), use_encoder.encode(SEGMENTS))


@pytest.mark.parametrize(
    "garbage", [b"This is no database.\n" * 500, b"SQLite format 3\0\xff" * 500]
)
def test_a_broken_cache_is_written_anew(store, tmp_path, garbage):
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "vectors.sqlite").write_bytes(garbage)
    assert store.read([b"key"]) == {}
    store.write({b"key": b"vector"})
    assert store.read([b"key"]) == {b"key": b"vector"}


@pytest.mark.parametrize("spoilt", [b"", b"xx", bytes(2052)[:-1], "text", None, 7])
def test_a_vector_that_is_not_as_it_was_written_is_encoded_anew(
    use_encoder, store, tmp_path, spoilt
):
    encoder = Counted(use_encoder)
    cached = CachedEncoder(encoder, store)
    plain = cached.encode(SEGMENTS)
    with closing(sqlite3.connect(tmp_path / "cache" / "vectors.sqlite")) as database, database:
        database.execute("UPDATE vectors SET vector = ?", (spoilt,))
    for _ in range(2):
        np.testing.assert_array_equal(cached.encode(SEGMENTS), plain)
    assert encoder.texts == SEGMENTS * 2


def test_a_cache_filled_by_other_texts_gives_the_same_bits(use_encoder, store):
    cached = CachedEncoder(use_encoder, store)
    cached.encode_spans([SEGMENTS[2], "At last.", SEGMENTS[0]], longest=2, language="en")
    cached.encode([SEGMENTS[1], " ".join(SEGMENTS[1:3])], language="en")
    for segments in (SEGMENTS, SEGMENTS[1:]):
        np.testing.assert_array_equal(
            cached.encode_spans(segments, longest=3, language="en"),
            use_encoder.encode_spans(segments, longest=3, language="en"),
        )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_a_kill_in_the_middle_of_writing_leaves_whole_vectors_only(store, tmp_path):
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from align.encoders.cache import VectorStore\n"
        "store = VectorStore(Path(sys.argv[1]))\n"
        "for n in range(10**9):\n"
        "    store.write({(40 * n + k).to_bytes(8, 'big'): bytes([n % 256]) * 2048"
        " for k in range(40)})\n"
        "    print(n, flush=True)\n"
    )
    file = tmp_path / "cache" / "vectors.sqlite"
    for kills in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(file)],
            env=os.environ | {"PYTHONPATH": str(Path(cache.__file__).parents[2])},
            stdout=subprocess.PIPE,
        ) as process:
            for _ in range(3 * kills + 1):  # so many were written, another is being
                process.stdout.readline()
            process.kill()
            rest = process.stdout.read().split()
        written = int(rest[-1]) + 1 if rest else 3 * kills + 1
        keys = [number.to_bytes(8, "big") for number in range(40 * written)]
        read = store.read(keys)
        assert read.keys() == set(keys)
        assert all(
            vector == bytes([int.from_bytes(key, "big") // 40 % 256]) * 2048
            for key, vector in read.items()
        )


def test_a_cache_broken_in_the_middle_costs_no_result(use_encoder, store, tmp_path):
    file = tmp_path / "cache" / "vectors.sqlite"
    store.write({bytes([n] * 16): bytes(2048) for n in range(200)})
    content = bytearray(file.read_bytes())
    content[4096:] = b"\x99" * (len(content) - 4096)
    file.write_bytes(content)
    cached = CachedEncoder(use_encoder, store)
    np.testing.assert_array_equal(cached.encode(SEGMENTS), use_encoder.encode(SEGMENTS))


def test_a_database_of_something_else_costs_no_result(use_encoder, store, tmp_path):
    (tmp_path / "cache").mkdir()
    with sqlite3.connect(tmp_path / "cache" / "vectors.sqlite") as database:
        database.execute("CREATE TABLE vectors (name TEXT)")
    database.close()
    cached = CachedEncoder(use_encoder, store)
    np.testing.assert_array_equal(cached.encode(SEGMENTS), use_encoder.encode(SEGMENTS))


@pytest.mark.parametrize("place", ["file/below", "x" * 300], ids=["under a file", "too long"])
def test_a_place_that_cannot_be_written_costs_no_result(use_encoder, tmp_path, place):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    cached = CachedEncoder(use_encoder, VectorStore(tmp_path / place / "vectors.sqlite"))
    for _ in range(2):
        np.testing.assert_array_equal(cached.encode(SEGMENTS), use_encoder.encode(SEGMENTS))


def test_reading_makes_no_file(store, tmp_path):
    assert store.read([b"key"]) == {}
    assert not list(tmp_path.iterdir())


def test_more_keys_than_one_query_takes_are_read(store):
    vectors = {n.to_bytes(16, "big"): n.to_bytes(4, "big") for n in range(1300)}
    store.write(vectors)
    assert store.read([*vectors, b"unknown"]) == vectors


def test_a_cache_that_grew_too_large_starts_anew(store, monkeypatch):
    store.write({b"old": b"vector"})
    monkeypatch.setattr(cache, "_LARGEST_BYTES", 0)
    store.write({b"new": b"vector"})
    assert store.read([b"old", b"new"]) == {b"new": b"vector"}


def test_two_processes_may_write_at_once(store, tmp_path):
    shared = {b"shared %d" % n: bytes([n % 251]) * 2048 for n in range(1000)}
    store.write({b"first": b"vector"})
    context = multiprocessing.get_context("spawn")
    batches = [shared | {b"own %d" % writer: b"vector"} for writer in range(2)]
    writers = [context.Process(target=store.write, args=(batch,)) for batch in batches]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    written = {b"first": b"vector"} | batches[0] | batches[1]
    assert store.read(list(written)) == written
    with sqlite3.connect(tmp_path / "cache" / "vectors.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
