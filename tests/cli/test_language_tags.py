"""Any tag there is either works or is refused in one line."""

from __future__ import annotations

import pytest

EN = (
    "The Ferry\n\nThe ferry left on 19 February 2024 with 120 tonnes of rare earths. "
    "Nobody saw the fog, and nobody in Tokyo paid 33.9 billion yen.\n"
)
FR = (
    "Le bac\n\nLe bac partit le 20 février 2024 avec 121 tonnes de terres rares. "
    "Personne ne vit la brume, et nobody saw the fog. À Tokyo, personne ne paya "
    "33,8 milliards de yens.\n"
)


@pytest.fixture
def files(tmp_path):
    paths = tmp_path / "source.txt", tmp_path / "target.txt"
    for path, text in zip(paths, (EN, FR), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.mark.parametrize("tags", [("en-KR", "fr-XX"), ("EN_kr", "fr_xx"), ("en-u-ca-roc", "fr")])
def test_a_region_that_cldr_does_not_know_is_no_hindrance(run, files, tmp_path, tags):
    page = tmp_path / "findings.html"
    arguments = ["-s", tags[0], "-t", tags[1], "--fail-on", "never"]
    assert run("check", *files, *arguments, "-o", page).code == 0
    assert "121" in page.read_text(encoding="utf-8")


@pytest.fixture
def alignment(run, files, tmp_path):
    """A file that says what matches what, without a word on how that was found."""
    corpus = tmp_path / "ferry"
    corpus.mkdir()
    for path, name in zip(files, ("en", "fr"), strict=True):
        path.rename(corpus / f"{name}.txt")
    assert run("build", corpus, "-o", tmp_path / "built", "-q").code == 0
    return tmp_path / "built" / "ferry.alignment.json"


@pytest.mark.parametrize("tag", ["grc", "sr-Latn", "az-Arab", "wuu", "tlh", "es-419", "de-Zxxx"])
def test_any_language_is_checked_and_searched_for_terms(run, alignment, tmp_path, tag):
    text = alignment.read_text(encoding="utf-8")
    for role in ("en", "fr"):
        alignment.write_text(text.replace(f'"{role}"', f'"{tag}"'), encoding="utf-8")
        for command in ("check", "terms"):
            page = tmp_path / f"{command}.html"
            assert run(command, alignment, "--fail-on", "never", "-o", page).code == 0


@pytest.mark.parametrize("tag", ["und", "mul", "x-ours", "und-Latn", "C.UTF-8"])
def test_what_is_no_language_is_refused(refuses, files, tag):
    assert f"unknown language '{tag}'" in refuses("check", *files, "-s", tag, "-t", "fr")
