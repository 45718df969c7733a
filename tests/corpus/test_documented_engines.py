"""The examples of engines in the documentation run as they stand, and give the rows of a corpus."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
import regex

from align.corpus.running import align_corpus

ROOT = Path(__file__).parents[2]
COLUMNS = ("id", "source_language", "target_language", "source", "target", "confidence")


def examples(engine):
    """The blocks of Python in the documentation that import the module of an engine."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/using.md")]
    blocks = [block for text in texts for block in regex.findall(r"(?s)```python\n(.*?)```", text)]
    found = [block for block in blocks if f"align.engines.{engine}" in block]
    assert found
    return found


@pytest.fixture
def place(manifest, tmp_path, monkeypatch):
    """The current folder, with the documents that examples read."""
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = [json.loads(line) for line in manifest.read_text().splitlines()]
    rows = [row for row in rows if "target" in row][:4]
    folder = tmp_path / "place"
    (folder / "documents").mkdir(parents=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "documents" / "all.jsonl").write_text(lines)
    arrow = pytest.importorskip("pyarrow")
    parquet.write_table(arrow.Table.from_pylist(rows), folder / "documents.parquet")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def expected(place):
    align_corpus(place / "documents.parquet", place / "out", settings=None)
    parquet = pytest.importorskip("pyarrow.parquet")
    return essentials(parquet.read_table(place / "out" / "part-00000.parquet").to_pylist())


def essentials(rows):
    return sorted(tuple(row[name] for name in COLUMNS) for row in rows)


def written(place):
    parquet = pytest.importorskip("pyarrow.parquet")
    tables = [parquet.read_table(path) for path in place.glob("beads*")]
    return essentials([row for table in tables for row in table.to_pylist()])


def test_ray(place, expected):
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False)
    try:
        for example in examples("ray_data"):
            exec(example, {})
            assert written(place) == expected
            for path in (place / "beads").iterdir():
                path.unlink()
    finally:
        ray.shutdown()


def test_datasets(place, expected):
    pytest.importorskip("datasets")
    for example in examples("hugging_face"):
        exec(example, {})
    assert written(place) == expected


def test_datatrove(place, expected):
    pytest.importorskip("datatrove")
    pytest.importorskip("orjson")
    for example in examples("datatrove_step"):
        exec(example, {})
    (path,) = (place / "beads").iterdir()
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    found = [{**row, **row["metadata"]} for row in rows]
    assert essentials([{**row, "id": row["document"]} for row in found]) == expected


@pytest.mark.usefixtures("spark_sql")
def test_spark(place, expected):
    for example in examples("spark"):  # by a process that begins here: Java knows no other folder
        subprocess.run([sys.executable, "-c", example], cwd=place, check=True, capture_output=True)
    assert written(place) == expected
