"""Projects of OmegaT: it cuts a text as the memory was cut, and so fills what the memory holds."""

import os
import subprocess

import pytest
from lxml import etree

from align.errors import InputError
from align.formats.memory import Memory
from align.omegat import write_omegat, write_omegat_project
from align.omegat.project import plain_text
from align.termbases import Termbase, TermbaseEntry, TermbaseTerm
from align.units import TranslationUnit, Variant

LANGUAGES = ["en", "ar", "es", "fr", "ja", "ru", "zh-Hans", "zh-Hant"]


@pytest.fixture
def opened(program, tmp_path):
    """Translates a project with OmegaT as it stands; returns the translation and what it says."""

    def translate(project, name):
        settings = f"-Duser.home={tmp_path}"
        finished = subprocess.run(
            [program("omegat"), "--mode=console-translate", f"--config-dir={tmp_path / 'c'}",
             str(project)],
            env=os.environ | {"HOME": str(tmp_path), "JAVA_TOOL_OPTIONS": settings},
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        said = finished.stdout + finished.stderr
        translated = project / "target" / name
        assert translated.exists(), said
        return translated.read_text(encoding="utf-8"), said

    return translate


def one_to_one(article, language):
    """The segments of an edition that one segment of another translates."""
    if language == article.pivot:
        beads = next(iter(article.alignments.values()))
        return [bead.source.start for bead in beads if bead.kind == "1-1"]
    return [bead.target.start for bead in article.alignments[language] if bead.kind == "1-1"]


@pytest.mark.integration
@pytest.mark.parametrize("language", LANGUAGES)
def test_omegat_fills_every_sentence_that_the_memory_holds(bundled, tmp_path, opened, language):
    edition = bundled.editions[language]
    # Each sentence has a translation like no other, so that one found is that of the sentence.
    held = {
        edition.segments[number].text: f"@{number}@" for number in one_to_one(bundled, language)
    }
    units = [
        TranslationUnit((Variant(language, (), text), Variant("de", (), mark)))
        for text, mark in held.items()
    ]
    write_omegat_project(
        tmp_path / "project", Memory(units, language, ("de",)),
        texts={"new.utf8": plain_text(edition)},
    )  # fmt: skip
    translated, said = opened(tmp_path / "project", "new.utf8")
    assert "SRX_EXC" not in said
    filled = [mark in translated for mark in held.values()]
    assert len(filled) >= 30
    assert sum(filled) >= 0.98 * len(filled), translated


@pytest.mark.integration
def test_the_project_of_an_article_translates_its_pivot_edition(bundled, tmp_path, opened):
    project = write_omegat(bundled, tmp_path / "project", language="fr")
    translated, _ = opened(project.folder, "japan-europe-cooperation.utf8")
    french = bundled.editions["fr"]
    sure = [bead for bead in bundled.alignments["fr"] if bead.kind == "1-1"]
    filled = [french.segments[bead.target.start].text in translated for bead in sure]
    assert sum(filled) >= 0.98 * len(filled)


MEMORY = Memory(
    [TranslationUnit((Variant("en", (), "A quay."), Variant("fr", (), "Un quai.")))], "en", ("fr",)
)


def test_a_project_holds_all_that_omegat_looks_for(tmp_path):
    terms = TermbaseTerm("quay", "en"), TermbaseTerm("quai", "fr")
    source = tmp_path / "new.html"
    source.write_text("<p>A quay.</p>")
    project = tmp_path / "project"
    write_omegat_project(
        project, MEMORY, sources=[source], termbases=[Termbase((TermbaseEntry("1", terms),))]
    )
    files = {p.relative_to(project).as_posix() for p in project.rglob("*") if p.is_file()}
    assert files == {
        "omegat.project", "source/new.html", "tm/auto/memory.tmx", "glossary/terms.txt",
        "omegat/segmentation.srx", "omegat/segmentation.conf",
    }  # fmt: skip
    assert (project / "target").is_dir()
    said = {e.tag: e.text for e in etree.parse(project / "omegat.project").getroot()[0]}
    assert (said["source_lang"], said["target_lang"]) == ("en", "fr")


def test_a_project_is_not_overwritten_unawares(tmp_path):
    write_omegat_project(tmp_path, MEMORY)
    done = tmp_path / "omegat" / "project_save.tmx"
    done.write_text("mine")
    with pytest.raises(InputError, match="is a project already"):
        write_omegat_project(tmp_path, MEMORY)
    write_omegat_project(tmp_path, MEMORY, force=True)
    assert done.read_text() == "mine"


def test_a_project_goes_into_a_folder_of_its_own(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="other files in it"):
        write_omegat_project(tmp_path, MEMORY)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]
    write_omegat_project(tmp_path, MEMORY, force=True)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("linked", ["symlink_to", "hardlink_to"])
@pytest.mark.parametrize("name", ["source/new.txt", "tm/auto/memory.tmx", "omegat.project"])
def test_a_project_never_replaces_what_is_read(tmp_path, linked, name):
    text = tmp_path / "new.txt"
    text.write_text("A quay.")
    folder = tmp_path / "project"
    (folder / name).parent.mkdir(parents=True)
    getattr(folder / name, linked)(text)
    with pytest.raises(InputError, match="is a text to be read"):
        write_omegat_project(folder, MEMORY, sources=[text], force=True)
    with pytest.raises(InputError, match="is a text to be read"):
        write_omegat_project(folder, MEMORY, texts={"new.txt": "x"}, inputs=[text], force=True)
    assert text.read_text() == "A quay."


def test_a_project_keeps_no_record_that_omegat_would_translate(tmp_path):
    source = tmp_path / "new.txt"
    source.write_text("A quay.")
    write_omegat_project(tmp_path / "project", MEMORY, sources=[source])
    assert [each.name for each in (tmp_path / "project" / "source").iterdir()] == ["new.txt"]


def test_rules_of_the_users_own_go_into_the_project(tmp_path):
    rules = tmp_path / "own.srx"
    rules.write_text(
        '<srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" '
        'cascade="yes"/><body><languagerules><languagerule languagerulename="all">'
        '<rule break="yes"><beforebreak>;</beforebreak><afterbreak> </afterbreak></rule>'
        '</languagerule></languagerules><maprules><languagemap languagepattern=".*" '
        'languagerulename="all"/></maprules></body></srx>'
    )
    write_omegat_project(tmp_path / "project", MEMORY, srx=rules)
    conf = (tmp_path / "project" / "omegat" / "segmentation.conf").read_text()
    assert "<string>;</string>" in conf
    assert conf.count("segmentation.Rule") == 1
    rules.write_text("<srx/>")
    with pytest.raises(InputError, match=r"own\.srx:1: is not SRX 2\.0"):
        write_omegat_project(tmp_path / "other", MEMORY, srx=rules)
    assert not (tmp_path / "other").exists()


def test_two_sources_of_one_name_are_refused(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "new.txt").write_text("A quay.")
    sources = [tmp_path / "a" / "new.txt", tmp_path / "b" / "new.txt"]
    with pytest.raises(InputError, match=r"two sources are called 'new\.txt'"):
        write_omegat_project(tmp_path / "project", MEMORY, sources=sources)
