"""A small corpus, its manifest, and settings that take no time."""

from __future__ import annotations

import json
import shutil
import sys

import pytest

import align

SUBJECTS = ["ferry", "lamp", "bridge", "market", "tower", "garden", "tram", "mill", "quay", "barn"]
SUJETS = ["bac", "phare", "pont", "marché", "tour", "jardin", "tram", "moulin", "quai", "grange"]


def texts(number):
    """An English text of a few sentences and a French one, unlike those of other numbers."""
    subject, sujet, year = SUBJECTS[number % 10], SUJETS[number % 10], 1900 + number
    english = [f"The {subject} of {year} is old.", f"Ida Holm built it in {year}!"]
    french = [f"Voici : {sujet} de {year}.", f"Ida Holm en est l’auteur en {year} !"]
    for extra in range(number % 3):
        english.append(f"It cost {extra + 2}{number} crowns, said Nils Berg.")
        french.append(f"Cela coûta {extra + 2}{number} couronnes, dit Nils Berg.")
    return "\n".join(english), "\n".join(french)


def row(number):
    """A row of a manifest."""
    english, french = texts(number)
    return {
        "id": f"doc-{number:02}",
        "source": english,
        "target": french,
        "source_language": "en",
        "target_language": "fr",
        "year": str(1900 + number),
    }


@pytest.fixture
def manifest(tmp_path):
    """Eleven documents, two of which cannot be aligned."""
    rows = [row(number) for number in range(11)]
    rows[4] = {"id": "doc-04", "source": "The fog.", "year": "1904"}
    rows[7]["target_path"] = "gone.txt"
    del rows[7]["target"]
    path = tmp_path / "documents.jsonl"
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows))
    return path


@pytest.fixture(scope="session")
def settings():
    """An encoder that needs no model and takes no time."""
    return align.Settings(encoder="anchors")


@pytest.fixture(scope="session")
def spark_sql():
    """The module of Spark, whose workers are to run the Python that runs the tests."""
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        yield sql


@pytest.fixture(scope="session")
def spark(spark_sql):
    """Spark on this machine, by one thread."""
    builder = spark_sql.SparkSession.builder.master("local[1]")
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()
