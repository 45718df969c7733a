"""The recipes of CONTRIBUTING.md, followed literally in a copy of the package."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import align

ROOT = Path(align.__file__).parents[1]
RECIPES = ROOT / "CONTRIBUTING.md"
_FILE = re.compile(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

ENGLISH = """\
The supply chain of the island is old. Every supply chain needs ships.

A supply chain breaks where a port is closed. Nobody saw the fog.
"""
FRENCH = """\
La chaîne d’approvisionnement de l’île est vieille. Toute chaîne d’approvisionnement a besoin de \
navires.

Une chaîne d’approvisionnement se rompt où un port est fermé. Personne ne vit le brouillard.
"""

pytestmark = pytest.mark.skipif(not RECIPES.exists(), reason="not run from its repository")


@pytest.fixture(scope="module")
def recipes():
    """The files of all recipes, as they stand there."""
    return dict(_FILE.findall(RECIPES.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A copy of the package."""
    tree = tmp_path_factory.mktemp("tree")
    shutil.copytree(
        ROOT / "align", tree / "align", ignore=shutil.ignore_patterns("__pycache__", "models")
    )
    shutil.copytree(ROOT / "models", tree / "models")
    (tree / "corpora").symlink_to(ROOT / "corpora")
    (tree / "docs").mkdir()
    (tree / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/pages.py", tree / "scripts")
    for name in (".pre-commit-hooks.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, tree)
    return tree


@pytest.fixture
def tree(original, recipes):
    """The copy, to which files of the recipes can be added; they go afterwards."""
    added = []

    class Tree:
        def add(self, *names):
            for name in names:
                assert not (original / name).exists()
                added.append(original / name)
                added[-1].write_text(recipes[name], encoding="utf-8")

        def run(self, *arguments, code=0):
            environment = os.environ | {
                "PYTHONPATH": str(original),
                "PYTHONDONTWRITEBYTECODE": "1",
                "COLUMNS": "100",
                "ALIGN_CACHE": str(original / "cache"),
            }
            finished = subprocess.run(
                [sys.executable, *map(str, arguments)],
                cwd=original,
                env=environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            assert finished.returncode == code, finished.stdout + finished.stderr
            return finished.stdout

        def align(self, *arguments, code=0):
            return self.run("-m", "align", *arguments, code=code)

        def made(self, name):
            """A page as it is made of what is in the copy."""
            self.run("scripts/pages.py")
            return (original / name).read_text(encoding="utf-8")

    yield Tree()
    for path in added:
        path.unlink()


@pytest.fixture
def texts(tmp_path):
    paths = tmp_path / "en.txt", tmp_path / "fr.txt"
    for path, text in zip(paths, (ENGLISH, FRENCH), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def memory(path, source, target, language):
    """A translation memory of one unit."""
    path.write_text(
        f'<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>{source}</seg>'
        f'</tuv><tuv xml:lang="{language}"><seg>{target}</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    return path


def test_every_file_of_the_recipes_is_tried_here(recipes):
    tried = Path(__file__).read_text(encoding="utf-8")
    assert len(recipes) == 9
    assert all(f'"{name}"' in tried for name in recipes)


@pytest.mark.parametrize("tool", [["check"], ["format", "--check"]], ids=" ".join)
def test_the_files_are_as_clean_as_the_project_s_own(tool, tree, recipes):
    modules = [name for name in recipes if name.endswith(".py")]
    tree.add(*modules)
    tree.run("-m", "ruff", *tool, *modules)


def test_a_language_is_a_file(tree, tmp_path):
    pairs = memory(tmp_path / "pairs.tmx", "The children play.", "Bocah bocah padha dolan.", "jv")
    check = "check", pairs, "--only", "doubled-words"
    assert "[doubled-words]" in tree.align(*check, code=0)
    tree.add("align/languages/data/jv.toml")
    assert tree.align(*check) == ""


def test_a_check_is_a_file(tree, tmp_path):
    pairs = memory(tmp_path / "pairs.tmx", "The port is closed.", "Le port est fermé !", "fr")
    assert "unknown check" in tree.run(
        "-c", "import align\ntry: align.check('', only=['exclamations'])\n"
        "except align.InputError as error: print(error)",
    )  # fmt: skip
    tree.add("align/checks/form/exclamations.py")
    listed = tree.align("check", "--list")
    assert re.search(r"^exclamations +exclamation marks that the source", listed, re.MULTILINE)
    assert "It changes the tone" in tree.align("check", "--explain", "exclamations")
    assert "the source does not exclaim [exclamations]" in tree.align("check", pairs)
    assert tree.align("check", pairs, "--skip", "exclamations") == ""
    assert "### exclamations" in tree.made("docs/checks.md")


def test_a_format_of_findings_is_a_file(tree, tmp_path):
    pairs = memory(tmp_path / "pairs.tmx", "It has 3 ports.", "Il a 4 ports.", "fr")
    tree.add("align/formats/findings/csv_table.py")
    assert "csv: a table, its cells parted by commas" in " ".join(
        tree.align("check", "--help").split()
    )
    tree.align("check", pairs, "-o", tmp_path / "findings.csv", "--fail-on", "never")
    rows = (tmp_path / "findings.csv").read_text(encoding="utf-8").splitlines()
    assert rows == [
        "severity,check,language,message",
        "error,numbers,fr,“3” in the source, “4” in the translation".replace(
            "“3” in the source, “4” in the translation",
            '"“3” in the source, “4” in the translation"',
        ),
    ]
    assert "| `csv` | a table" in tree.made("docs/formats.md")


def test_a_format_of_pairs_is_a_file(tree, tmp_path):
    pairs = tmp_path / "pairs.tab"
    pairs.write_text("en\tfr\nIt has 3 ports.\tIl a 4 ports.\n", encoding="utf-8")
    tree.align("check", pairs, code=2)
    tree.add("align/formats/two_columns.py")
    check = "check", "--only", "numbers", "--fail-on", "never"
    assert f"{pairs.as_posix()}:2:" in tree.align(*check, pairs)
    unnamed = pairs.rename(tmp_path / "pairs")
    assert "[numbers]" in tree.align(*check, unnamed)  # by how it begins
    assert "two columns" in tree.align("check", "--help")
    assert "|tab|" in tree.made(".pre-commit-hooks.yaml")


def test_a_kind_of_document_is_a_file(tree, tmp_path):
    text = tmp_path / "en.gmi"
    text.write_text("Nobody saw the fog.\n=> gemini://example.org The harbour\n", encoding="utf-8")
    assert "gemini" in tree.align("segment", text)
    tree.add("align/documents/gemtext.py")
    assert tree.align("segment", text) == "Nobody saw the fog.\n"
    assert "Gemtext (.gmi)" in tree.align("segment", "--help")
    assert "| Gemtext | `.gmi` |" in tree.made("docs/formats.md")


def test_an_encoder_of_a_kind_there_is_is_a_card(tree):
    tree.add("models/my-model.toml")
    assert "My own model, in a folder" in tree.align("encoders")


def test_an_encoder_of_a_new_kind_is_a_module_and_its_card(tree, texts):
    tree.add("align/encoders/kinds/letters.py", "models/letters.toml")
    assert "No model: runs of three letters" in tree.align("encoders")
    written = json.loads(tree.align("pair", *texts, "--encoder", "letters", "--to", "json"))
    assert "letters-512" in written["signature"]


def test_a_kind_of_divergence_is_a_file(tree, texts, tmp_path):
    tree.add("align/terminology/divergences/longwinded.py")
    (tmp_path / "list").mkdir()
    listed = tmp_path / "list/terms.txt"
    listed.write_text("supply chain\n", encoding="utf-8")
    found = tmp_path / "list/terms.json"
    tree.align("terms", tmp_path, "--terms", listed, "-o", found)
    kinds = {each["kind"] for each in json.loads(found.read_text(encoding="utf-8"))["findings"]}
    assert kinds == {"longwinded"}
    page = tmp_path / "list/terms.html"
    tree.align("terms", tmp_path, "--terms", listed, "-o", page)
    assert "much longer" in page.read_text(encoding="utf-8")
    assert "term-longwinded" in tree.align("check", "--list")
    assert "is much longer than" in tree.align("check", *texts, "--only", "term-longwinded")
    assert "| `longwinded` | much longer |" in tree.made("docs/checks.md")
