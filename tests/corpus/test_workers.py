"""Workers: a document that ends their process is told, and stops no other."""

from __future__ import annotations

import importlib
import json
import signal
import sys

import pytest

import align
from align.corpus.running import CorpusOptions, align_corpus
from align.errors import InputError

# A real part that really ends its process, in a module that another process can import.
ENCODER = """
import os, signal
from pathlib import Path
from align.encoders import load_encoder

class DeadlyEncoder:
    '''Ends its process by a signal at texts with the word, as often as `left` says.'''

    def __init__(self, word, left=None, by=signal.SIGKILL):
        self.inner, self.word, self.left, self.by = load_encoder("anchors"), word, left, by
        self.card, self.fingerprint = self.inner.card, self.inner.fingerprint
        self.composes_spans = self.inner.composes_spans

    def _look(self, texts):
        if any(self.word in text for text in texts):
            if self.left is not None:
                left = int(Path(self.left).read_text())
                if not left:
                    return
                Path(self.left).write_text(str(left - 1))
            os.kill(os.getpid(), self.by)

    def encode(self, texts, *, language=None):
        self._look(texts)
        return self.inner.encode(texts, language=language)

    def encode_spans(self, segments, *, longest, language, advance=None):
        self._look(segments)
        return self.inner.encode_spans(
            segments, longest=longest, language=language, advance=advance
        )
"""


@pytest.fixture
def deadly(tmp_path, monkeypatch):
    """Makes settings with an encoder that texts of a word end."""
    (tmp_path / "deadly_encoder.py").write_text(ENCODER)
    monkeypatch.syspath_prepend(tmp_path)

    def make(word, **options):
        module = importlib.import_module("deadly_encoder")
        return align.Settings(encoder=module.DeadlyEncoder(word, **options))

    yield make
    sys.modules.pop("deadly_encoder", None)


def left_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def options(workers):
    return CorpusOptions(shards=2, segmented=True, workers=workers)


def test_documents_that_end_their_process_each_time_fail_and_stop_no_other(
    manifest, tmp_path, deadly
):
    output = tmp_path / "out"
    # Two of them are in one shard.
    figures = align_corpus(manifest, output, settings=deadly("It cost 3"), options=options(2))
    assert figures.finished
    lines = (output / "failed.jsonl").read_text().splitlines()
    failed = {row["id"]: row["error"] for row in map(json.loads, lines)}
    assert sorted(failed) == ["doc-02", "doc-04", "doc-05", "doc-07", "doc-08"]
    assert failed["doc-05"] == (
        "ended the process that aligned it, 3 times: it was ended by SIGKILL, as the system does "
        "for want of memory"
    )
    parts = "".join(path.read_text() for path in sorted(output.glob("part-*.jsonl")))
    aligned = {json.loads(line)["id"] for line in parts.splitlines()}
    assert aligned == {f"doc-{number:02}" for number in range(11)} - {*failed}


def test_a_crash_is_told_by_its_signal(manifest, tmp_path, deadly):
    settings = deadly("lamp of 1901", by=signal.SIGSEGV)
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options(1))
    failed = (tmp_path / "out" / "failed.jsonl").read_text().splitlines()
    assert "it was ended by SIGSEGV" in json.loads(failed[0])["error"]


@pytest.mark.parametrize("times", [1, 2])
def test_a_worker_that_is_killed_from_outside_changes_nothing(manifest, tmp_path, deadly, times):
    left = tmp_path / "left"
    left.write_text("0")
    settings = deadly("lamp of 1901", left=str(left))
    align_corpus(manifest, tmp_path / "whole", settings=settings, options=options(0))
    left.write_text(str(times))
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options(2))
    assert left.read_text() == "0"
    assert left_in(tmp_path / "out") == left_in(tmp_path / "whole")


def test_an_error_of_a_worker_is_that_of_the_run(manifest, tmp_path):
    settings = align.Settings(encoder="none-such")
    with pytest.raises(InputError, match="none-such"):
        align_corpus(manifest, tmp_path / "out", settings=settings, options=options(2))
