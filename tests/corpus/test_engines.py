"""Engines that corpora are processed with: the same manifest gives the same rows through each."""

from __future__ import annotations

import json
import logging
import pickle

import pytest

from align.corpus.running import CorpusOptions, align_corpus
from align.engines.ray_data import AlignBatches
from align.engines.rows import RowAligner
from align.errors import InputError


@pytest.fixture
def documents(manifest):
    """The rows that can be aligned."""
    rows = [json.loads(line) for line in manifest.read_text().splitlines()]
    return [row for row in rows if "target" in row]


@pytest.fixture
def beads(manifest, settings, tmp_path):
    """What `align corpus` makes of them."""
    options = CorpusOptions(shards=1, segmented=True)
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    lines = (tmp_path / "out" / "part-00000.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def aligner(settings):
    return RowAligner(settings, segmented=True, columns=("year",))


def test_rows_are_those_of_the_command(aligner, documents, beads):
    assert list(aligner.rows(documents)) == beads


def test_another_process_gets_a_like_aligner(aligner, documents, beads):
    assert list(pickle.loads(pickle.dumps(aligner)).rows(documents)) == beads


def test_a_row_that_cannot_be_aligned_is_a_warning(aligner, documents, beads, caplog):
    with caplog.at_level(logging.WARNING, logger="align"):
        rows = list(aligner.rows([{"id": "gone", "source": "Fog."}, *documents]))
    assert rows == beads
    assert "gone: has neither of 'target' and 'target_path'" in caplog.text


@pytest.mark.parametrize("name", ["score", "kind", "dropped"])
def test_a_further_column_that_would_replace_one_of_the_beads_is_refused(settings, name):
    with pytest.raises(InputError, match=f"has a column '{name}', and so have the parts"):
        RowAligner(settings, columns=("year", name))


def test_datasets_gives_the_same_rows(aligner, documents, beads, tmp_path):
    datasets = pytest.importorskip("datasets")
    from align.engines.hugging_face import align_dataset

    given = datasets.Dataset.from_list(documents)
    found = align_dataset(given, aligner, batch_size=4, cache_file_name=str(tmp_path / "d.arrow"))
    assert found.to_list() == beads


def test_an_actor_of_ray_data_gives_the_same_rows(settings, documents, beads):
    arrow = pytest.importorskip("pyarrow")
    actor = AlignBatches(settings, segmented=True)
    tables = [actor(arrow.Table.from_pylist(some)) for some in (documents[:4], documents[4:])]
    assert [row for table in tables for row in table.to_pylist()] == beads


def test_a_step_of_datatrove_gives_the_same_rows(settings, documents, beads):
    data = pytest.importorskip("datatrove.data")
    from align.engines.datatrove_step import AlignStep

    step = AlignStep(settings, segmented=True, columns=("year",))
    given = [
        data.Document(
            row["source"],
            row["id"],
            metadata={name: row[name] for name in row if name not in ("id", "source")},
        )
        for row in documents
    ]
    found = [each.metadata for each in step.run(given)]
    assert [{"id": each.pop("document"), **each} for each in found] == beads


def test_spark_gives_the_same_rows(spark, settings, documents, beads):
    from align.engines.spark import align_frame

    found = align_frame(spark.createDataFrame(documents), settings, segmented=True)
    assert [row.asDict() for row in found.collect()] == beads
