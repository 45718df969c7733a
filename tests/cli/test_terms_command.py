"""`align terms`: an article in, terms, renderings and divergences out, an exit code for faults."""

import dataclasses
import json

import pytest

from align.errors import InputError
from align.formats import TERM_WRITERS
from align.formats.termbases import read_termbase
from align.formats.terms_json import read_terms

EDITIONS = {
    "en": "The Harbour Treaty\n\nThe Harbour Treaty was signed in 1901. Fishermen praised the "
    "Harbour Treaty. The price of copper rose in spring. Copper was shipped to Genoa every week."
    "\n\nIn 1950 the Harbour Treaty ended. Nobody in Genoa bought copper any more.\n",
    "fr": "Le traité du port\n\nLe traité du port fut signé en 1901. Les pêcheurs louèrent le "
    "traité du port. Le prix du cuivre monta au printemps. Le cuivre partait pour Gênes chaque "
    "semaine.\n\nEn 1950 le traité du port prit fin. Personne à Gênes n’achetait plus de cuivre.\n",
    "ja": "港湾条約\n\n港湾条約は1901年に署名された。漁師たちは港湾条約をたたえた。春に銅の値段が"
    "上がった。銅は毎週ジェノヴァへ運ばれた。\n\n1950年に港湾条約は終わった。ジェノヴァで銅を買う"
    "人はもういなかった。\n",
}


@pytest.fixture
def editions(make_article):
    return make_article(**EDITIONS)


@pytest.fixture
def found(monkeypatch, term_report):
    """Makes every article have the terms of a report made by hand, as given or changed."""
    calls = []

    def set_report(**changes):
        report = dataclasses.replace(term_report, **changes)

        def terms(article, **options):
            calls.append((article, options))
            return report

        monkeypatch.setattr("align.following.terms", terms)
        return calls

    return set_report


def test_the_table_shows_terms_renderings_and_what_diverges(run, editions):
    finished = run("terms", editions, "--fail-on", "never")
    assert (finished.code, finished.err) == (0, "")
    assert finished.out.startswith("The Harbour Treaty\n")
    rows = [line.split() for line in finished.out.splitlines()]
    assert ["Harbour", "Treaty", "4", "traité", "du", "port", "港湾条約"] in rows
    assert ["Genoa", "2", "Gênes", "ジェノヴァ"] in rows
    assert rows[-1][1:] == ["terms;", "0", "errors,", "0", "warnings,", "0", "notes."]


def test_an_alignment_gives_what_its_folder_gives(run, editions, tmp_path):
    run("build", editions, "-o", tmp_path / "out", "-q")
    folder, file = tmp_path / "folder.json", tmp_path / "file.json"
    run("terms", editions, "-o", folder)
    run("terms", tmp_path / "out" / "article.alignment.json", "-o", file)
    assert read_terms(file) == read_terms(folder)


def test_a_termbase_is_followed(run, editions, tmp_path):
    termbase = tmp_path / "our.en-fr.csv"
    termbase.write_text("source,target,status\ncopper,laiton,preferred\ncopper,cuivre,forbidden\n")
    finished = run("terms", editions, "--termbase", termbase, "--to", "json")
    kinds = {
        (finding["language"], finding["kind"], finding["severity"])
        for finding in json.loads(finished.out)["findings"]
        if finding["term"] == "copper"
    }
    assert ("fr", "termbase", "error") in kinds
    assert finished.code == 1


def test_listed_terms_are_followed_and_absent_ones_are_said(run, editions, tmp_path):
    listed = tmp_path / "terms.txt"
    listed.write_text("\nspring \nsubmarine\n")
    finished = run("terms", editions, "--terms", listed, "--to", "json", "--fail-on", "never")
    terms = {term["term"]: term for term in json.loads(finished.out)["terms"]}
    assert terms["spring"]["origin"] == "given"
    assert finished.err == "align: warning: the text has no 'submarine'\n"


def test_a_termbase_of_two_columns_takes_the_languages_of_a_pair(
    run, make_article, found, tmp_path
):
    calls = found()
    termbase = tmp_path / "terms.csv"
    termbase.write_text("alliance,同盟\n", encoding="utf-8")
    pair = make_article(en=EDITIONS["en"], ja=EDITIONS["ja"])
    run("terms", pair, "--termbase", termbase, "--encoder", "anchors")
    [(_, options)] = calls
    assert options["termbases"][0].languages == ("en", "ja")


@pytest.mark.parametrize(
    ("least", "changes", "code"),
    [
        ("error", {}, 1),
        ("never", {}, 0),
        ("note", {}, 1),
        ("error", {"findings": 1}, 0),
        ("warning", {"findings": 1}, 1),
        ("warning", {"findings": 2}, 0),
        ("note", {"findings": 2}, 1),
        ("note", {"findings": 3}, 0),
    ],
)
def test_the_exit_code_says_whether_there_is_a_divergence(
    run, editions, found, term_report, least, changes, code
):
    left = term_report.findings[changes.get("findings", 0) :]
    found(findings=left)
    finished = run("terms", editions, "--fail-on", least, "--encoder", "anchors")
    assert finished.code == code


@pytest.mark.parametrize("form", [form for form in TERM_WRITERS if form != "xlsx"])
def test_every_format_is_the_same_on_the_screen_and_in_a_file(
    run, editions, found, term_report, tmp_path, monkeypatch, form
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    found(**vars_of(term_report.in_languages(["ja"])))
    path = tmp_path / "new" / f"terms.{form}"
    options = ["--to", form, "--fail-on", "never", "--encoder", "anchors"]
    screen = run("terms", editions, *options)
    written = run("terms", editions, *options, "-q", "-o", path)
    assert (written.code, written.out, written.err) == (0, "", "")
    assert path.read_text(encoding="utf-8") == screen.out != ""


def vars_of(report):
    return {field.name: getattr(report, field.name) for field in dataclasses.fields(report)}


@pytest.mark.parametrize("ending", ["json", "html", "xlsx", "tsv", "tbx"])
def test_the_ending_of_the_file_says_what_to_write(run, editions, found, tmp_path, ending):
    found()
    path = tmp_path / f"terms.{ending}"
    finished = run("terms", editions, "-o", path, "--encoder", "anchors")
    assert finished.err == f"align: {path}: 2 terms; 1 error, 1 warning, 1 note\n"
    if ending in ("xlsx", "tsv", "tbx"):
        assert read_termbase(path).languages == ("en", "ja", "ar")


def test_one_language_can_be_asked_for(run, editions, tmp_path):
    run("terms", editions, "--language", "fra", "-o", tmp_path / "t.json")
    report = read_terms(tmp_path / "t.json")
    assert report.languages == ("fr",)
    assert {finding.language for finding in report.findings} <= {"fr"}


def test_divergences_but_for_notes_are_listed_below_the_terms(run, editions, found):
    found()
    lines = run("terms", editions, "--encoder", "anchors").out.splitlines()
    assert [line for line in lines if "segment" in line] == [
        "error  missing  ja, en segment 3: Nothing renders “rare earths” here; elsewhere it is "
        "“レアアース”.",
        "warning  inconsistent  ar, en segment 2: “rare earths” is rendered by “المعادن النادرة” "
        "here.",
    ]
    assert lines[-1] == ("2 terms; 1 error, 1 warning, 1 note; 2 held back for doubtful beads.")


def test_where_a_table_has_no_room_each_language_has_a_line(run, editions, found, monkeypatch):
    found()
    monkeypatch.setattr("align.cli.term_table._PLAIN_WIDTH", 50)
    lines = run("terms", editions, "--encoder", "anchors").out.splitlines()
    start = lines.index("rare earths  3")
    assert lines[start + 1 : start + 3] == [
        "  ja  レアアース 2/3",
        "  ar  العناصر الأرضية النادرة 1/2",
    ]


# Refused


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "terms.docx"], "terms.docx: does not show by its ending what to write; say --to"),
        (["--language", "de"], "has no translation in 'de'; there are fr, ja"),
        (["--language", "jp"], "unknown language 'jp'; did you mean 'ja'?"),
        (["--to", "omegat"], "choose one of ja, ar with --language"),
    ],
)
def test_what_cannot_be_done_is_said(refuses, editions, found, arguments, message):
    found()
    assert message in refuses("terms", editions, *arguments, "--encoder", "anchors")


def test_a_termbase_without_languages_is_refused_before_the_article_is_aligned(
    refuses, editions, tmp_path, monkeypatch
):
    def must_not_run(*_, **__):
        raise InputError("it was aligned")

    monkeypatch.setattr("align.pipeline.build", must_not_run)
    termbase = tmp_path / "terms.csv"
    termbase.write_text("alliance,同盟\n", encoding="utf-8")
    message = refuses("terms", editions, "--termbase", termbase)
    assert message.startswith(f"{termbase}:1: does not say which languages it is in")


def test_an_input_is_not_overwritten(refuses, editions, tmp_path):
    termbase = tmp_path / "terms.tsv"
    termbase.write_text("en\tfr\ncopper\tcuivre\n")
    message = refuses("terms", editions, "--termbase", termbase, "-o", termbase)
    assert message == f"{termbase}: is a text to be read; write to another file with -o"


def test_a_pivot_is_for_a_folder(refuses, editions, run, tmp_path):
    run("build", editions, "-o", tmp_path / "out", "-q", "--encoder", "anchors")
    alignment = tmp_path / "out" / "article.alignment.json"
    assert "--pivot is for a folder" in refuses("terms", alignment, "--pivot", "fr")


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_list_of_terms_is_refused(refuses, editions, tmp_path, content):
    (tmp_path / "terms.txt").write_text(content)
    message = refuses("terms", editions, "--terms", tmp_path / "terms.txt")
    assert message.endswith("holds no terms; write one a line")


@pytest.mark.parametrize("name", ["gone", "gone.alignment.json"])
def test_an_article_that_is_not_there_is_refused(refuses, tmp_path, name):
    assert refuses("terms", tmp_path / name) == f"{tmp_path / name}: there is no such folder"


def test_a_file_that_is_no_alignment_is_refused(refuses, editions):
    assert "not JSON" in refuses("terms", editions / "en.txt")
