"""The papers beside the code say what the code says."""

import re
import tomllib
from pathlib import Path

import pytest
from api_reference import REFERENCE, reference
from pages import opened_by

import align

ROOT = Path(align.__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def written():
    return REFERENCE.read_text(encoding="utf-8")


def test_the_reference_is_what_the_docstrings_say(written):
    assert written == reference(), "run: python scripts/api_reference.py"


def test_the_reference_has_every_public_name(written):
    headings = re.findall(r"^### (\w+)$", written, re.MULTILINE)
    assert sorted(headings) == sorted(set(align.__all__) - {"__version__"})


def test_every_link_of_the_reference_leads_to_a_heading(written):
    seen = {}
    anchors = set()
    for heading in re.findall(r"^#+ (.+)$", written, re.MULTILINE):
        anchor = heading.lower().replace(".", "")
        seen[anchor] = seen.get(anchor, -1) + 1
        anchors.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
    assert set(re.findall(r"\]\(#(.+?)\)", written)) <= anchors


PAPERS = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("*.cff"),
    *ROOT.glob(".*.yaml"),
    ROOT / "pyproject.toml",
    *(path for path in (ROOT / "align").rglob("*") if path.suffix in (".py", ".jinja", ".js")),
]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_paper_gives_an_address_of_the_project_that_does_not_exist(path):
    text = path.read_text(encoding="utf-8")
    assert "OWNER" not in text
    # The sources have no public address yet, and no index has the package.
    assert not re.search(r"https?://\S*/align(-editions)?\b(?!/)", text)
    assert not re.search(r"pip install ['\"]?align-editions", text)


def _canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _table():
    """Package and last release of each row of the table of dependencies."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.count("|") == 7]
    return {_canonical(name.strip()): [cell.strip() for cell in rest] for name, *rest in rows[2:]}


def test_every_dependency_stands_in_the_table_and_the_other_way_round():
    asked_for = {
        _canonical(re.match(r"[\w.-]+", each)[0]): each for each in PROJECT["dependencies"]
    }
    assert list(_table()) == sorted(asked_for)


@pytest.mark.parametrize("package", _table())
def test_its_row_is_whole(package):
    purpose, licence, release, size, instead = _table()[package]
    assert purpose and licence and instead
    assert re.fullmatch(r"[\w.]+, 20\d\d(-\d\d)?", release)
    assert re.fullmatch(r"\d+\.\d( \(\d+\.\d\))?", size)


@pytest.mark.parametrize("package", PROJECT["dependencies"])
def test_every_dependency_has_a_lower_bound(package):
    assert ">=" in package


def test_the_table_of_tools_has_those_that_tests_run_and_names_what_is_there():
    text = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1:-1] for line in text.splitlines() if line.count("|") == 6][2:]
    tools = {tool.strip() for tool, *_ in rows} - {""}
    assert tools == {tool for named in opened_by().values() for tool in named}
    for *_, where in rows:
        assert (ROOT / where.strip(" `")).is_file(), where


def test_the_citation_and_the_package_agree():
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {align.__version__}\n" in citation
    assert f"\nlicense: {PROJECT['license']}\n" in citation
