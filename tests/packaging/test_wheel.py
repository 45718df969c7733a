"""The wheel that users install: it has all its data and works from anywhere."""

import json
import os
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

import align

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    finished = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel unpacked into a folder, as pip would."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run_elsewhere(installed, *arguments, **environment):
    finished = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd="/",
        env=os.environ
        | {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
        | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def files_below(folder):
    return {path.relative_to(ROOT).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_holds_every_module_and_the_data_beside_them(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    ours = {name for name in files_below(ROOT / "align") if "__pycache__" not in name}
    assert ours <= names
    assert {
        "align/py.typed",
        "align/segmentation/rules.srx",
        "align/documents/furniture.toml",
        "align/formats/schemas/alignment.schema.json",
        "align/formats/schemas/terms.schema.json",
        "align/formats/report/base.html.jinja",
        "align/formats/report/alignment.html.jinja",
        "align/formats/report/terms.html.jinja",
        "align/formats/report/base.css",
        "align/formats/report/common.js",
    } <= names


@pytest.mark.parametrize("folder", ["models", "models/aligner", "models/terms", "corpora"])
def test_it_holds_models_and_corpora_in_the_package(wheel, folder):
    names = set(zipfile.ZipFile(wheel).namelist())
    data = files_below(ROOT / folder)
    assert data
    assert {f"align/{name}" for name in data} <= names


def test_it_holds_nothing_but_the_package(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"align", f"align_editions-{align.__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or "/test" in name]


def test_its_metadata_name_distribution_version_and_command(installed):
    [information] = installed.glob("*.dist-info")
    metadata = message_from_string((information / "METADATA").read_text(encoding="utf-8"))
    assert metadata["Name"] == "align-editions"
    assert metadata["Version"] == align.__version__
    assert metadata["Requires-Python"] == ">=3.11"
    assert "align = align.__main__:main" in (information / "entry_points.txt").read_text()


def test_the_command_works_from_any_folder(installed, tmp_path):
    (tmp_path / "a.txt").write_text("The mill burned down in 1843. Nobody was hurt.")
    (tmp_path / "b.txt").write_text("Le moulin brûla en 1843. Personne ne fut blessé.")
    printed = run_elsewhere(
        installed, "-m", "align", "pair", tmp_path / "a.txt", tmp_path / "b.txt",
        ALIGN_CACHE=str(tmp_path / "cache"),
    )  # fmt: skip
    rows = [line.split("\t") for line in printed.splitlines()[1:]]
    assert [row[:2] for row in rows] == [
        ["The mill burned down in 1843.", "Le moulin brûla en 1843."],
        ["Nobody was hurt.", "Personne ne fut blessé."],
    ]


def test_its_data_are_the_packages_own(installed):
    program = (
        "import json, align.resources as r, align.encoders as e; print(json.dumps("
        "[str(r.data_folder('models')), str(r.data_folder('corpora')), list(e.model_cards())]))"
    )
    models, corpora, cards = json.loads(run_elsewhere(installed, "-c", program))
    assert Path(models) == installed / "align" / "models"
    assert Path(corpora) == installed / "align" / "corpora"
    assert "use-multilingual" in cards
