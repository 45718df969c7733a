"""No output replaces what a user wrote, nor a file that is read, whatever its name."""

import os

import pytest

from align.formats.alignment_json import read_alignment
from align.review.log import Entry, LogFile, fingerprint_of
from align.review.operations import Drop

QUICK = ("--encoder", "anchors", "-q")
MINE = "My own notes on the ferry, which nobody else has."


def commands_that_write(article):
    yield ("check", article, *QUICK, "--fail-on", "never")
    yield ("terms", article, *QUICK, "--fail-on", "never", "--to", "tsv")
    yield ("pair", article / "en.txt", article / "fr.txt", *QUICK)
    yield ("segment", article / "en.txt")
    yield ("srx",)


@pytest.fixture(params=["check", "terms", "pair", "segment", "srx"])
def command(request, article):
    return next(each for each in commands_that_write(article) if each[0] == request.param)


def test_a_file_that_align_did_not_write_is_not_replaced(refuses, command, tmp_path):
    place = tmp_path / "notes.txt"
    place.write_text(MINE)
    to = ("--to", "text") if command[0] == "check" else ()
    message = refuses(*command, *to, "-o", place)
    assert message.startswith(f"{place}: is not as align wrote it; --force overwrites it")


def test_with_force_it_is(run, command, tmp_path):
    place = tmp_path / "notes.txt"
    place.write_text(MINE)
    to = ("--to", "text") if command[0] == "check" else ()
    assert run(*command, *to, "-o", place, "--force").code == 0
    assert place.read_text() != MINE


def test_what_align_wrote_is_replaced_by_the_next_run(run, command, tmp_path):
    place = tmp_path / "out.tsv"
    to = ("--to", "text") if command[0] == "check" else ()
    assert run(*command, *to, "-o", place).code == 0
    first = place.read_bytes()
    assert run(*command, *to, "-o", place).code == 0
    assert place.read_bytes() == first


def test_what_somebody_changed_since_is_not(run, refuses, command, tmp_path):
    place = tmp_path / "out.tsv"
    to = ("--to", "text") if command[0] == "check" else ()
    assert run(*command, *to, "-o", place).code == 0
    with place.open("a") as file:
        file.write("A remark of the reviewer.\n")
    assert "--force" in refuses(*command, *to, "-o", place)


def test_an_empty_file_has_nothing_to_lose(run, article, tmp_path):
    place = tmp_path / "made-by-mktemp"
    place.touch()
    assert run("segment", article / "en.txt", "-o", place).code == 0
    assert place.read_text().startswith("The Ferry\n")


@pytest.mark.parametrize("forced", [(), ("--force",)], ids=["", "force"])
@pytest.mark.parametrize("name", ["fr.txt", "en.txt", "corpus.toml"])
@pytest.mark.parametrize("command", ["check", "terms"])
def test_an_edition_of_the_folder_is_never_replaced(refuses, article, command, name, forced):
    (article / "corpus.toml").write_text('title = "The Ferry"\n')
    to = ("--to", "json")
    message = refuses(command, article, *QUICK, *to, *forced, "-o", article / name)
    assert message == f"{article / name}: is a text to be read; write to another file with -o"


@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["link", "second name"])
def test_nor_is_it_by_another_name(refuses, article, tmp_path, link):
    place = tmp_path / "elsewhere.txt"
    link(article / "fr.txt", place)
    message = refuses("check", article, *QUICK, "--to", "text", "--force", "-o", place)
    assert "is a text to be read" in message


@pytest.mark.parametrize("option", ["--termbase", "--memory", "--baseline", "--srx"])
def test_nor_is_what_an_option_names(refuses, article, tmp_path, option):
    place = tmp_path / "given.json"
    place.write_text("{}")
    message = refuses("check", article, *QUICK, "--force", option, place, "-o", place)
    assert "is a text to be read" in message


@pytest.mark.parametrize("command", ["segment", "pair"])
def test_rules_are_not_replaced_by_what_they_cut(refuses, article, tmp_path, command):
    rules = tmp_path / "my.srx"
    rules.write_text("<srx/>")
    texts = (article / "en.txt", article / "fr.txt")[: 2 if command == "pair" else 1]
    assert "is a text to be read" in refuses(command, *texts, "--srx", rules, "-o", rules)


def test_memories_are_not_written_among_the_editions(refuses, make_article):
    folder = make_article("en", "ja")
    (folder / "fr").mkdir()
    (folder / "fr" / "report.html").write_text("<p>Le ferry partit. Personne ne le vit.</p>")
    message = refuses("build", folder, "-o", folder / "fr", "--force", *QUICK)
    assert "holds the editions" in message


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("check", "--fail-on", "never"), "findings.html"),
        (("check", "--fail-on", "never", "--to", "text"), "findings.txt"),
        (("terms", "--fail-on", "never"), "terms.html"),
        (("terms", "--language", "fr", "--fail-on", "never", "--to", "omegat"), "glossary.txt"),
    ],
)
def test_results_beside_the_editions_are_passed_over(run, article, command, name):
    name_of_command, *options = command
    for _ in range(2):
        finished = run(name_of_command, article, *QUICK, *options, "-o", article / name)
        assert (finished.code, finished.err) == (0, "")


def test_a_page_of_ours_is_passed_over_wherever_it_was_moved(run, article, tmp_path):
    assert run("build", article, "-o", tmp_path / "out", *QUICK, "--no-terms").code == 0
    (tmp_path / "out" / "report.html").rename(article / "page.html")
    assert run("check", article, *QUICK, "--fail-on", "never").code == 0


def test_segments_may_be_editions(run, article, tmp_path):
    folder = tmp_path / "cut"
    for language in ("en", "fr"):
        finished = run("segment", article / f"{language}.txt", "-o", folder / f"{language}.txt")
        assert finished.code == 0
    assert run("build", folder, "-o", tmp_path / "out", *QUICK, "--no-terms").code == 0


@pytest.fixture
def built(run, article, tmp_path):
    """The folder of a build, with a review beside its alignment file."""
    out = tmp_path / "out"
    assert run("build", article, "-o", out, "--no-terms", *QUICK).code == 0
    aligned = read_alignment(out / "ferry.alignment.json")
    log = LogFile(out / "review.jsonl", fingerprint_of(aligned))
    log.append([Entry("a", "2030-01-01T00:00:00Z", Drop("fr", "source", "0", True))])
    return out


@pytest.mark.parametrize("command", [("review", "--static"), ("export", "--to", "json", "-o")])
def test_nor_do_a_page_for_a_colleague_and_an_export_replace_what_is_not_ours(
    run, refuses, built, tmp_path, command
):
    name, *options = command
    place = tmp_path / "page.html"
    place.write_text(MINE)
    assert "is not as align wrote it; --force" in refuses(name, built, *options, place)
    assert run(name, built, "--force", *options, place).code == 0
    assert run(name, built, *options, place).code == 0


@pytest.mark.parametrize("name", ["ferry.alignment.json", "review.jsonl"])
@pytest.mark.parametrize("command", [("review", "--static"), ("export", "--to", "json", "-o")])
def test_nor_the_alignment_that_they_are_of_nor_its_review(refuses, built, name, command):
    name_of_command, *options = command
    message = refuses(name_of_command, built, "--force", *options, built / name)
    assert "is a text to be read" in message


def test_an_export_of_one_language_leaves_the_alignment_of_all(refuses, built):
    message = refuses("export", built, "--language", "fr", "--force", "-o", f"{built}/")
    assert message.startswith(f"{built / 'ferry.alignment.json'}: is a text to be read")


def test_a_page_replaces_no_edition_that_is_aligned_for_it(refuses, article):
    message = refuses("review", article, "--force", "--static", article / "fr.txt")
    assert "is a text to be read" in message
    assert not (article / "ferry.alignment.json").exists()


@pytest.mark.parametrize("option", ["--static", "--apply"])
def test_an_address_is_no_place_of_a_review(refuses, built, option):
    assert "address" in refuses("review", built, option, "https://example.org/page.html")


@pytest.mark.parametrize("to", ["hunalign", "vecalign", "xces", "moses"])
def test_files_that_are_written_together_are_replaced_as_one_is(
    run, refuses, article, tmp_path, to
):
    (tmp_path / "out").mkdir()
    options = (*QUICK, "--to", to, "-o", tmp_path / "out" / "boat.pair")
    command = ("pair", article / "en.txt", article / "fr.txt", *options)
    for _ in range(2):
        assert run(*command).code == 0
    beside = next((tmp_path / "out").rglob("boat*fr*" if to != "xces" else "fr/boat.xml"))
    beside.write_text(MINE)
    assert f"{beside}: is not as align wrote it; --force" in refuses(*command)
    assert run(*command, "--force").code == 0
    assert beside.read_text() != MINE


@pytest.mark.parametrize("to", ["hunalign", "vecalign"])
def test_texts_beside_a_file_of_numbers_replace_none_that_is_read(refuses, article, to):
    for language in ("en", "fr"):
        (article / f"{language}.txt").rename(article / f"boat.{language}")
    texts = (article / "boat.en", article / "boat.fr")
    message = refuses("pair", *texts, *QUICK, "--to", to, "--force", "-o", article / "boat.numbers")
    assert "is a text to be read" in message
