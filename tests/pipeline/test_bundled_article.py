"""The whole way for the bundled article: eight editions in, everything that a user gets out."""

import json

import jsonschema
import pytest
from lxml import html
from translate.storage.tmx import tmxfile

import align
from align.formats.alignment_json import alignment_schema, read_alignment
from align.formats.tmx import read_tmx
from align.resources import data_folder

LANGUAGES = ["en", "ar", "es", "fr", "ja", "ru", "zh-Hans", "zh-Hant"]
NAME = "japan-europe-cooperation"
CORPUS = data_folder("corpora") / NAME


def test_it_has_every_edition_the_pivot_first(bundled):
    assert bundled.pivot == "en"
    assert list(bundled.editions) == LANGUAGES
    assert list(bundled.alignments) == LANGUAGES[1:]


def test_title_and_licence_come_from_its_corpus_file(bundled):
    assert bundled.name == NAME
    assert bundled.title.startswith("Two Ends of One Cable: ")
    assert bundled.licence == "CC-BY-4.0"


@pytest.mark.parametrize("language", LANGUAGES)
def test_segments_are_exact_spans_of_the_text_and_leave_nothing_of_a_block_out(bundled, language):
    edition = bundled.editions[language]
    text = edition.document.text
    assert all(text[one.start : one.stop] == one.text for one in edition.segments)
    for index, block in enumerate(edition.document.blocks):
        joined = "".join(one.text for one in edition.segments if one.block == index)
        assert "".join(joined.split()) == "".join(text[block.start : block.stop].split())


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_nearly_all_of_it_is_aligned(bundled, language):
    alignment = bundled.alignments[language]
    aligned = [bead for bead in alignment if bead.is_aligned]
    assert sum(len(bead.source) for bead in aligned) >= 0.85 * alignment.source_size
    assert all(0 <= bead.confidence <= 1 and bead.score <= 1 for bead in aligned)


def test_every_segment_is_in_exactly_one_unit(bundled):
    for language, edition in bundled.editions.items():
        variants = [unit.variant(language) for unit in bundled.units]
        used = [index for variant in variants if variant for index in variant.segments]
        assert sorted(used) == list(range(len(edition.segments)))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_each_pair_has_a_memory_that_other_tools_load(bundled, written, language):
    path = written / f"{NAME}.en-{language}.tmx"
    with path.open("rb") as stream:
        loaded = tmxfile.parsefile(stream)
    ours = list(read_tmx(path))
    assert [unit.source for unit in loaded.units] == [unit.variant("en").text for unit in ours]
    accepted = [
        bead
        for bead in bundled.alignments[language]
        if bead.is_aligned and bead.confidence >= bundled.min_confidence
    ]
    assert len(ours) == len(accepted)
    texts = {one.text for one in bundled.editions[language].segments}
    singles = [bead for bead in accepted if len(bead.target) == 1]
    assert sum(unit.variant(language).text in texts for unit in ours) >= len(singles)


def test_the_memory_of_all_languages_has_the_pivot_in_every_unit(bundled, written):
    units = list(read_tmx(written / f"{NAME}.tmx"))
    assert all(unit.variant("en") and len(unit.variants) > 1 for unit in units)
    assert {each.language for unit in units for each in unit.variants} == set(LANGUAGES)


def test_the_alignment_file_is_valid_and_gives_back_the_article(bundled, written):
    path = written / f"{NAME}.alignment.json"
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), alignment_schema())
    assert read_alignment(path) == bundled


def test_the_report_shows_every_segment(bundled, written):
    page = html.fromstring((written / "report.html").read_text(encoding="utf-8"))
    shown = "".join("".join(page.itertext()).split())
    for edition in bundled.editions.values():
        missing = [one.text for one in edition.segments if "".join(one.text.split()) not in shown]
        assert missing == []


def test_a_second_build_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("ALIGN_CACHE", str(tmp_path / "cache"))
    results = []
    for cached in (False, True, True):
        settings = align.Settings(cached=cached)
        article = align.build(CORPUS, settings=settings)
        folder = tmp_path / str(len(results))
        align.write_build(article, folder, terms=align.terms(article, settings=settings))
        results.append({path.name: path.read_bytes() for path in folder.iterdir()})
    uncached, empty_cache, full_cache = results
    assert uncached.keys() == empty_cache.keys() == full_cache.keys()
    assert [name for name in uncached if uncached[name] != empty_cache[name]] == []
    assert [name for name in uncached if uncached[name] != full_cache[name]] == []


def test_what_was_written_is_counted(bundled, tmp_path):
    result = align.write_build(bundled, str(tmp_path))
    assert list(result.units) == [*LANGUAGES[1:], "en"]
    assert all(path.is_file() for path in result.files)
    assert result.units["ja"] == len(list(read_tmx(tmp_path / f"{NAME}.en-ja.tmx")))
    assert result.warnings == ()


def test_another_edition_can_be_the_pivot(tmp_path):
    article = align.build(CORPUS, pivot="ja", settings=align.Settings(encoder="anchors"))
    assert article.pivot == "ja"
    assert next(iter(article.editions)) == "ja"
    assert "en" in article.alignments and "ja" not in article.alignments
    written = align.write_build(article, tmp_path)
    assert tmp_path / f"{NAME}.ja-en.tmx" in written.files
    assert all(unit.variant("ja") for unit in read_tmx(tmp_path / f"{NAME}.tmx"))
