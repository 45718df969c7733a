"""`align corpus`: a manifest in, parts out; what is shown, and how it exits."""

from __future__ import annotations

import json

import pytest

ROW = {
    "source": "Ida Holm came to Oslo in 1902.",
    "target": "Ida Holm vint à Oslo en 1902.",
    "source_language": "en",
    "target_language": "fr",
}


@pytest.fixture
def manifest(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(json.dumps({"id": name, **ROW}) + "\n" for name in "abc"))
    return path


def corpus(run, manifest, output, *more):
    return run("corpus", manifest, "-o", output, "--encoder", "anchors", "--workers", 1, *more)


def test_a_corpus_is_aligned_and_summed_up(run, manifest, tmp_path):
    finished = corpus(run, manifest, tmp_path / "out")
    assert finished.code == 0
    assert "1 of 1 shards finished, 3 of 3 documents" in finished.out
    assert (tmp_path / "out" / "part-00000.jsonl").read_text().count("\n") == 3


def test_what_failed_makes_the_exit_code_1(run, manifest, tmp_path):
    manifest.write_text(manifest.read_text() + '{"id": "d"}\n')
    finished = corpus(run, manifest, tmp_path / "out")
    assert finished.code == 1
    assert "1 could not be aligned: see failed.jsonl" in finished.out


def test_ids_that_several_rows_have_are_told_of(run, manifest, tmp_path):
    manifest.write_text(2 * manifest.read_text())
    finished = corpus(run, manifest, tmp_path / "out")
    assert "ids that several rows have, whose beads the id does not tell apart: a, " in finished.err


def test_files_that_name_no_language_are_told_of(run, tmp_path):
    for tag in ("en", "fr", "jp-texts"):
        (tmp_path / "texts" / tag).mkdir(parents=True)
        (tmp_path / "texts" / tag / "a.txt").write_text("It rains.\n")
    finished = corpus(run, tmp_path / "texts", tmp_path / "out")
    assert "left out, for their paths name no language: jp-texts/a.txt\n" in finished.err


def test_the_status_can_be_asked_for(run, manifest, tmp_path):
    corpus(run, manifest, tmp_path / "out", "--shards", 3, "--shard", "2/3", "-q")
    finished = run("corpus", "--status", tmp_path / "out")
    assert (finished.code, finished.out.splitlines()[0]) == (
        0,
        "1 of 3 shards finished, 1 of 3 documents",
    )


def test_a_slurm_array_shares_the_work(run, manifest, tmp_path, monkeypatch):
    for task in ("3", "5", "7"):
        monkeypatch.setenv("SLURM_ARRAY_TASK_ID", task)
        for name, value in (("MIN", "3"), ("STEP", "2"), ("COUNT", "3")):
            monkeypatch.setenv(f"SLURM_ARRAY_TASK_{name}", value)
        finished = corpus(run, manifest, tmp_path / "out", "--shards", 3)
    assert "3 of 3 shards finished" in finished.out


def test_another_format_is_written_as_well(run, manifest, tmp_path):
    corpus(run, manifest, tmp_path / "out", "--filter", "--to", "moses")
    assert (tmp_path / "out" / "moses" / "en-fr.fr").read_text() == ROW["target"] + "\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["corpus"], "name a MANIFEST"),
        (["corpus", "--status", "gone"], "holds no corpus"),
        (["corpus", "gone.jsonl", "-o", "out"], "no such file"),
        (["corpus", "gone.jsonl", "-o", "out", "--shard", "3/2"], "is not like 1/8"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_line(run, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    finished = run(*arguments)
    assert finished.code == 2
    assert message in finished.err
    assert finished.err.count("\n") == 1
