"""Running a corpus: the same result however it is done, stopped and begun again."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import sys
from dataclasses import replace

import pytest

import align
from align.corpus.parts import read_rows
from align.corpus.running import CorpusOptions, align_corpus
from align.corpus.summing import corpus_status
from align.errors import InputError
from align.terminal import show_corpus


def left_in(folder):
    """Every file and what it holds, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


OPTIONS = CorpusOptions(shards=4, segmented=True)


@pytest.fixture
def whole(manifest, settings, tmp_path):
    """What a run that nobody stops leaves."""
    align_corpus(manifest, tmp_path / "whole", settings=settings, options=OPTIONS)
    return left_in(tmp_path / "whole")


def rows(files):
    parts = [data for name, data in sorted(files.items()) if name.startswith("part-")]
    return [json.loads(line) for data in parts for line in data.splitlines()]


def test_every_bead_is_a_row(whole, manifest, settings):
    first = json.loads(manifest.read_text().splitlines()[2])
    alone = align.pair(
        first["source"],
        first["target"],
        source_language="en",
        target_language="fr",
        segmented=True,
        settings=settings,
    )
    found = [row for row in rows(whole) if row["id"] == "doc-02"]
    assert [(row["source_segments"], row["target_segments"]) for row in found] == [
        (list(bead.source), list(bead.target)) for bead in alone.alignments["fr"]
    ]
    assert found[0]["source"] == "The bridge of 1902 is old."
    assert {row["year"] for row in found} == {"1902"}
    assert all(0 <= row["confidence"] <= 1 for row in found)


def test_the_signature_of_lines_is_that_of_a_pair_of_lines(whole, manifest, settings, tmp_path):
    pair = align.pair("Fog.", "Brume.", source_language="en", target_language="fr",
                      segmented=True, settings=settings)  # fmt: skip
    assert json.loads(whole["stats.json"])["signature"] == pair.signature
    align_corpus(manifest, tmp_path / "cut", settings=settings, options=CorpusOptions())
    cut = json.loads((tmp_path / "cut" / "stats.json").read_text())["signature"]
    assert "segments:lines" in pair.signature and "srx:" in cut


def test_rows_are_in_the_order_of_the_manifest(whole):
    names = list(dict.fromkeys(row["id"] for row in rows(whole)))
    assert names == sorted(names)
    assert len(names) == 9


def test_what_cannot_be_aligned_is_told_and_stops_nothing(whole):
    failed = [json.loads(line) for line in whole["failed.jsonl"].splitlines()]
    assert [(each["row"], each["id"]) for each in failed] == [(4, "doc-04"), (7, "doc-07")]
    assert "target" in failed[0]["error"]
    assert "gone.txt" in failed[1]["error"]
    assert json.loads(whole["stats.json"])["failed"] == 2


def test_workers_change_nothing(whole, manifest, settings, tmp_path):
    options = CorpusOptions(shards=4, segmented=True, workers=2)
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    assert left_in(tmp_path / "out") == whole


def test_shares_in_any_order_change_nothing(whole, manifest, settings, tmp_path):
    output = tmp_path / "out"
    for share in (2, 0, 1):
        assert not (output / "stats.json").exists()
        options = CorpusOptions(shards=4, segmented=True, share=(share, 3))
        figures = align_corpus(manifest, output, settings=settings, options=options)
    assert figures.finished
    assert left_in(output) == whole


def test_a_finished_corpus_is_left_as_it_is(whole, manifest, settings, tmp_path):
    output = tmp_path / "whole"
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    align_corpus(manifest, output, settings=settings, options=OPTIONS)
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def test_a_part_that_is_gone_is_written_again(whole, manifest, settings, tmp_path):
    (tmp_path / "whole" / "part-00001.jsonl").unlink()
    assert not corpus_status(tmp_path / "whole").finished
    align_corpus(manifest, tmp_path / "whole", settings=settings, options=OPTIONS)
    assert left_in(tmp_path / "whole") == whole


@pytest.mark.usefixtures("whole")
def test_of_a_text_that_was_mended_no_failure_is_told_any_more(manifest, settings, tmp_path):
    output = tmp_path / "whole"
    (tmp_path / "gone.txt").write_text("Voici : le moulin de 1907.")
    (output / "part-00002.jsonl").unlink()
    figures = align_corpus(manifest, output, settings=settings, options=OPTIONS)
    assert figures.failed == 1
    assert {
        each["id"] for each in map(json.loads, left_in(output)["failed.jsonl"].splitlines())
    } == {"doc-04"}
    assert "failed/00002.jsonl" not in left_in(output)


@pytest.mark.usefixtures("whole")
def test_while_a_part_is_missing_nothing_sums_up_what_is_there(manifest, settings, tmp_path):
    output = tmp_path / "whole"
    for shard in (0, 1):
        (output / f"part-0000{shard}.jsonl").unlink()
    options = CorpusOptions(shards=4, segmented=True, share=(0, 4))
    align_corpus(manifest, output, settings=settings, options=options)
    assert not (output / "stats.json").exists()


@pytest.mark.parametrize("content", [None, "", "[]\n", "{}\n", "{", "[" * 100_000])
def test_a_part_that_somebody_changed_is_named(manifest, settings, tmp_path, content):
    output = tmp_path / "out"
    options = CorpusOptions(shards=4, segmented=True, filtered=True)
    align_corpus(manifest, output, settings=settings, options=options)
    part = output / "part-00001.jsonl"
    if content is None:
        part.unlink()
    else:
        part.write_text(content)
    if content == "":
        assert list(read_rows(part)) == []
    else:
        with pytest.raises(InputError, match=r"part-00001\.jsonl: is (gone|not as it was written)"):
            list(read_rows(part))


def test_clean_parts_that_are_gone_are_written_again(manifest, settings, tmp_path):
    output = tmp_path / "out"
    options = CorpusOptions(shards=4, segmented=True, filtered=True)
    align_corpus(manifest, output, settings=settings, options=options)
    before = left_in(output)
    (output / "clean" / "part-00001.jsonl").unlink()
    align_corpus(manifest, output, settings=settings, options=options)
    assert left_in(output) == before


def test_a_corpus_in_the_folder_of_its_texts_is_none_of_them(settings, tmp_path):
    for language, text in (("en", "The fog of 1903."), ("fr", "La brume de 1903.")):
        (tmp_path / "texts" / language).mkdir(parents=True)
        (tmp_path / "texts" / language / "a.txt").write_text(text)
    output = tmp_path / "texts" / "en" / "out"
    options = CorpusOptions(shards=1, segmented=True)
    for _ in range(2):
        figures = align_corpus(tmp_path / "texts", output, settings=settings, options=options)
        assert (figures.rows, figures.failed) == (1, 0)


def test_of_settings_those_that_differ_are_told(manifest, settings, tmp_path):
    align_corpus(manifest, tmp_path / "out", settings=settings, options=OPTIONS)
    other = replace(settings, aligner=replace(settings.aligner, largest_bead=4))
    with pytest.raises(InputError, match=r"begun with another signature \((\S+), now (?!\1)\S+\)"):
        align_corpus(manifest, tmp_path / "out", settings=other, options=OPTIONS)


@pytest.mark.parametrize("name", ["done/00001", "corpus.json"])
@pytest.mark.parametrize("content", ["", "[]", "{}", "[" * 100_000], ids=len)
@pytest.mark.usefixtures("whole")
def test_what_a_broken_disk_made_of_the_records_is_told_in_a_line(tmp_path, name, content):
    (tmp_path / "whole" / name).write_text(content)
    with pytest.raises(InputError, match=f"{name}: (cannot be read|is not the plan of a corpus): "):
        corpus_status(tmp_path / "whole")


def _killed_at(call, *arguments, **options):
    """Does a run in a process that kills itself when it has made so many calls."""
    left = call

    def count(_frame, _event, _argument):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    align_corpus(*arguments, **options)
    os._exit(0)  # nothing of the parent's is to be tidied up here


@pytest.mark.skipif(not hasattr(os, "fork"), reason="takes processes that begin as copies")
@pytest.mark.parametrize("filtered", [False, True])
def test_a_run_that_is_killed_at_any_moment_comes_to_the_same(
    manifest, settings, tmp_path, filtered
):
    options = CorpusOptions(shards=4, segmented=True, filtered=filtered)
    align_corpus(manifest, tmp_path / "whole", settings=settings, options=options)
    output, moments = tmp_path / "out", random.Random(16)
    fork = multiprocessing.get_context("fork")
    kills = 0
    for _ in range(20):
        # A quarter of a run: some shards are finished in between, and all of them at last.
        process = fork.Process(
            target=_killed_at,
            args=(moments.randrange(1, 40_000), manifest, output),
            kwargs={"settings": settings, "options": options},
        )
        process.start()
        process.join()
        kills += process.exitcode == -signal.SIGKILL
        assert process.exitcode in (0, -signal.SIGKILL)
    align_corpus(manifest, output, settings=settings, options=options)
    assert left_in(output) == left_in(tmp_path / "whole")
    assert kills > 3


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"shards": 3}, "another shards"),
        ({"filtered": True}, "was begun without --filter"),
        ({"segmented": False}, "was begun with another signature"),
        ({"pivot": "fr"}, "another pivot"),
    ],
)
def test_another_corpus_is_not_mixed_in(whole, manifest, settings, tmp_path, changed, message):
    options = CorpusOptions(**{"shards": 4, "segmented": True, **changed})
    with pytest.raises(InputError, match=message):
        align_corpus(manifest, tmp_path / "whole", settings=settings, options=options)
    assert left_in(tmp_path / "whole") == whole


def test_a_column_that_would_replace_one_of_the_parts_is_refused(manifest, settings, tmp_path):
    first, *others = map(json.loads, manifest.read_text().splitlines())
    first["confidence"] = "0.2"
    manifest.write_text("\n".join(map(json.dumps, [first, *others])))
    with pytest.raises(InputError, match=r"documents.jsonl: has a column 'confidence', and so"):
        align_corpus(manifest, tmp_path / "out", settings=settings, options=OPTIONS)
    assert not (tmp_path / "out").exists()


def test_a_folder_of_other_files_is_refused(manifest, settings, tmp_path):
    (tmp_path / "thesis.txt").write_text("Not to be mixed with parts.")
    with pytest.raises(InputError, match="holds other files"):
        align_corpus(manifest, tmp_path, settings=settings)


def test_the_status_says_how_far_it_is(manifest, settings, tmp_path):
    options = CorpusOptions(shards=4, segmented=True, share=(0, 2))
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    status = corpus_status(tmp_path / "out")
    assert (status.done, status.shards, status.rows) == (2, 4, 11)
    assert not status.finished


def test_the_status_of_a_filtered_corpus_is_what_the_run_told(manifest, settings, tmp_path):
    # The first document once more: its pairs are duplicates.
    first = json.loads(manifest.read_text().splitlines()[0])
    with manifest.open("a") as stream:
        stream.write(json.dumps({**first, "id": "again"}) + "\n")
    options = CorpusOptions(shards=2, segmented=True, filtered=True)
    told = align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    assert told.filter["rules"]["remove_duplicates"]["dropped"] > 0
    assert corpus_status(tmp_path / "out") == told


def test_the_status_names_no_rule_before_one_was_applied(manifest, settings, tmp_path, capsys):
    options = CorpusOptions(shards=1, share=(1, 2), filtered=True)  # a share without a shard
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    show_corpus(corpus_status(tmp_path / "out"))
    assert capsys.readouterr().out.splitlines()[-1] == "0 pairs kept"


def test_parquet_has_the_same_rows(whole, manifest, settings, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    options = CorpusOptions(shards=4, segmented=True, format="parquet")
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    parts = sorted((tmp_path / "out").glob("part-*.parquet"))
    assert [row for part in parts for row in parquet.read_table(part).to_pylist()] == rows(whole)
    metadata = parquet.read_schema(parts[0]).metadata
    assert metadata[b"align.signature"].startswith(b"align:")


def test_a_defect_at_one_document_stops_no_other(manifest, settings, tmp_path, monkeypatch):
    from align import warm

    prepare = warm.prepare_pair

    def stumble(texts, settings):
        if texts.name == "doc-05":
            raise ZeroDivisionError("a defect")
        return prepare(texts, settings)

    monkeypatch.setattr(warm, "prepare_pair", stumble)
    figures = align_corpus(manifest, tmp_path / "out", settings=settings, options=OPTIONS)
    assert figures.failed == 3
    failed = (tmp_path / "out" / "failed.jsonl").read_text().splitlines()
    assert json.loads(failed[1])["error"] == "ZeroDivisionError: a defect"
