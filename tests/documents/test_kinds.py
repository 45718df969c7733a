"""Files as they are: which are read and as what, which are passed over."""

import os

import pytest

from align.documents import read_corpus, read_document
from align.documents.corpus import language_of_name
from align.documents.kinds import is_passed_over, reader_of
from align.errors import InputError

PAGE = "<!DOCTYPE html>\n<html><body><h1>The Lamp</h1><p>It burnt.</p></body></html>"
TEXTS = {"en": "The lamp burnt all night.\n", "fr": "La lampe brûla toute la nuit.\n"}


@pytest.fixture
def folder(tmp_path):
    """A folder with two editions."""
    for language, text in TEXTS.items():
        (tmp_path / f"{language}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def files(folder):
    return [edition.path.name for edition in read_corpus(folder).editions]


@pytest.mark.parametrize("name", ["page", "page.txt", "page.fr", "page.html"])
def test_a_page_is_told_by_how_it_begins(tmp_path, name):
    path = tmp_path / name
    path.write_text(PAGE)
    assert read_document(path, any_kind=True).text == "The Lamp\n\nIt burnt."


@pytest.mark.parametrize("any_kind", [True, False], ids=["pair", "build"])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fr.adoc", "is AsciiDoc, which is not read; save it as HTML"),
        ("fr.asciidoc", "is AsciiDoc"),
        ("fr.ADOC.bak", "is AsciiDoc"),
        ("fr.tex", "is LaTeX"),
        ("fr.org", "is an Org file"),
        ("fr.tmx", "is a file of pairs and no text"),
        ("fr.json", "is of a kind that is not read"),
        ("fr.csv", "is of a kind that is not read"),
    ],
)
def test_marked_up_texts_are_never_read_as_plain_ones(tmp_path, name, message, any_kind):
    path = tmp_path / name
    path.write_text("= La lampe\n\n[NOTE]\nElle brûle.\n")
    with pytest.raises(InputError, match=message) as caught:
        reader_of(path, any_kind=any_kind)
    assert caught.value.path == path


@pytest.mark.parametrize("name", ["dev.fr", "x.src", "fr", "notes.dat"])
def test_a_name_that_says_nothing_is_a_plain_text_where_it_is_asked_for(tmp_path, name):
    path = tmp_path / name
    path.write_text("La lampe brûle.\n")
    assert reader_of(path, any_kind=True).name == "plain text"
    with pytest.raises(InputError, match="is of a kind that is not read"):
        reader_of(path)


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.fr.md", ".~lock.fr.txt#", "~$fr.txt", "#fr.txt#", "fr.txt~", "fr.txt.bak",
        "fr.bak.txt",
        "fr.orig.txt", "fr.txt.orig", "fr (1).txt", "fr copy.txt", "fr_old.txt", ".fr.txt.swp",
        "fr.txt.tmp",
        ".DS_Store", "Thumbs.db", "desktop.ini", "README.md", "LICENSE.txt", "fr - Kopie.txt",
    ],
)  # fmt: skip
def test_what_programs_leave_beside_editions_is_passed_over(folder, name):
    (folder / name).write_text("Это не издание.", encoding="utf-8")
    assert files(folder) == ["en.txt", "fr.txt"]


def test_a_copy_without_an_original_is_an_edition(folder):
    (folder / "fr.txt").rename(folder / "fr copy.txt")
    assert files(folder) == ["en.txt", "fr copy.txt"]


@pytest.mark.parametrize("name", ["the-old-mill.txt", "copycat.txt", "old.txt", "template.txt"])
def test_words_that_only_sound_like_a_backup_are_names(tmp_path, name):
    assert not is_passed_over(tmp_path / name)


@pytest.mark.parametrize("name", ["fr.md~", "fr.md.bak", "fr.bak.md", "fr.orig.md", "x.fr.txt.old"])
def test_a_backup_is_in_the_language_of_its_file(tmp_path, name):
    assert language_of_name(tmp_path / name) == "fr"


def test_a_folder_of_backups_holds_no_bashkir(folder):
    (folder / "bak").mkdir()
    (folder / "bak" / "ba.txt").write_text("La lampe.")
    assert files(folder) == ["en.txt", "fr.txt"]


def test_what_align_wrote_is_no_edition(folder):
    import align
    from align.formats.report import write_report

    article = align.build(folder, settings=align.Settings(encoder="anchors", cached=False))
    write_report(folder / "report.html", article)
    for name in ("x.tmx", "x.alignment.json"):
        (folder / name).write_text("{}")
    assert files(folder) == ["en.txt", "fr.txt"]


def test_files_that_have_a_language_for_an_ending_are_plain_texts(tmp_path):
    for language, text in TEXTS.items():
        (tmp_path / f"dev.{language}").write_text(text, encoding="utf-8")
    (tmp_path / "run.sh").write_text("echo")
    assert files(tmp_path) == ["dev.en", "dev.fr"]


def test_a_corpus_file_may_list_files_of_any_name(folder):
    (folder / "fr.txt").rename(folder / "target")
    (folder / "corpus.toml").write_text(
        '[[editions]]\nlanguage = "en"\nfile = "en.txt"\n'
        '[[editions]]\nlanguage = "fr"\nfile = "target"\n'
    )
    assert files(folder) == ["en.txt", "target"]


def test_two_files_for_one_language_are_named_with_what_told_it_and_a_way_to_choose(folder):
    (folder / "notes.md").write_text("La lampe brûle encore, et le gardien dort.", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_corpus(folder)
    message = str(caught.value)
    assert "'fr.txt' and 'notes.md' are both in 'fr' ('notes.md' by the text alone" in message
    assert "move one elsewhere, or list the file of each language in corpus.toml" in message


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe or a device; save what it gives as a file"):
        read_document(tmp_path / "pipe", any_kind=True)
