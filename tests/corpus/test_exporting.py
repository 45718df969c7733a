"""Corpora for other programs: TMX, Moses' two files, OPUS' XCES."""

from __future__ import annotations

import pytest
from lxml import etree

import align
from align.corpus.exporting import export_corpus
from align.corpus.running import CorpusOptions, align_corpus
from align.errors import InputError


@pytest.fixture
def output(manifest, settings, tmp_path):
    options = CorpusOptions(shards=2, segmented=True)
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    return tmp_path / "out"


def test_moses_files_have_a_pair_a_line(output):
    english, french = export_corpus(output, to="moses")
    assert (english.name, french.name) == ("en-fr.en", "en-fr.fr")
    lines = [path.read_text().splitlines() for path in (english, french)]
    assert len(lines[0]) == len(lines[1]) > 9
    assert all(all(side) for side in lines)


def test_tmx_files_are_read_as_memories(output):
    files = export_corpus(output, to="tmx")
    units = [unit for path in files for unit in align.read_tmx(path)]
    assert [path.name for path in files] == ["part-00000.en-fr.tmx", "part-00001.en-fr.tmx"]
    assert {variant.language for unit in units for variant in unit.variants} == {"en", "fr"}


def test_xces_links_segments_by_number_document_by_document(output):
    (path,) = export_corpus(output, to="xces")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.parse(path, parser).getroot()
    groups = root.findall("linkGrp")
    assert [group.get("fromDoc") for group in groups][:2] == ["en/doc-00.xml", "en/doc-01.xml"]
    link = groups[0].find("link")
    assert link.get("xtargets") == "s1;s1"
    assert len({link.get("id") for link in root.iter("link")}) == len([*root.iter("link")])


def test_a_corpus_that_is_not_finished_is_not_written(manifest, settings, tmp_path):
    options = CorpusOptions(shards=2, segmented=True, share=(0, 2))
    align_corpus(manifest, tmp_path / "out", settings=settings, options=options)
    with pytest.raises(InputError, match="has 1 of 2 shards"):
        export_corpus(tmp_path / "out", to="moses")
