"""`align review` and `align export`, and that other commands use a review and say so."""

from __future__ import annotations

import json

import openpyxl
import pytest
from lxml import etree

from align.formats.alignment_json import read_alignment
from align.review.log import Entry, LogFile, fingerprint_of
from align.review.operations import Drop, Edit, Join, Mark, Merge, Note, Together, Unlink

NOW = "2030-01-01T00:00:00Z"


@pytest.fixture
def built(run, article, tmp_path):
    """A build of the article, its alignment, and its log."""
    out = tmp_path / "out"
    assert run("build", article, "-o", out, "--no-terms").code == 0
    aligned = read_alignment(out / "ferry.alignment.json")
    return out, aligned, LogFile(out / "review.jsonl", fingerprint_of(aligned))


def _segments(path):
    return [seg.text for seg in etree.parse(path).iter("seg")]


MERGED = "The ferry left at 9:15 with 42 passengers. Nobody saw the fog."


def test_a_build_uses_the_review_says_so_and_leaves_the_alignment_file(run, built, article):
    out, _, log = built
    before = (out / "ferry.alignment.json").read_text(encoding="utf-8")
    log.append([Entry("a", NOW, Merge("ja", "source", "1"))])
    again = run("build", article, "-o", out, "--no-terms")
    assert "review.jsonl: 1 row corrected" in again.err
    assert MERGED in _segments(out / "ferry.en-ja.tmx")
    assert MERGED not in _segments(out / "ferry.en-fr.tmx")
    after = (out / "ferry.alignment.json").read_text(encoding="utf-8")
    assert json.loads(after)["alignments"] == json.loads(before)["alignments"]
    assert run("build", article, "-o", out, "--no-terms", "-q").err == ""


def test_export_writes_memories_as_the_review_left_them(run, built, tmp_path):
    out, _, log = built
    log.append([Entry("a", NOW, Drop("fr", "source", "0", True))])
    whole = run("export", out, "-o", f"{tmp_path}/memory/")
    assert whole.code == 0 and "1 dropped" in whole.err
    assert "Le ferry" not in _segments(tmp_path / "memory" / "ferry.en-fr.tmx")
    one = run("export", out / "ferry.alignment.json", "--language", "fr", "-o", tmp_path / "m.tmx")
    assert one.code == 0 and "Le ferry" not in _segments(tmp_path / "m.tmx")
    run("export", out, "--language", "fr", "--no-review", "-o", tmp_path / "old.tmx")
    assert "Le ferry" in _segments(tmp_path / "old.tmx")


@pytest.mark.parametrize("to", ["tsv", "indices", "json", "tmx"])
def test_export_writes_every_format_of_one_pair(run, built, to):
    finished = run("export", built[0], "--language", "ja", "--to", to)
    assert finished.code == 0 and finished.out


def test_export_of_a_format_of_two_languages_asks_which(refuses, built):
    message = refuses("export", built[0], "--to", "indices")
    assert "--language: fr, ja" in message


def test_terms_and_checks_use_the_review_and_say_so(run, built):
    out, _, log = built
    log.append([Entry("a", NOW, Merge("ja", "source", "1"))])
    for command in ("terms", "check"):
        finished = run(command, out / "ferry.alignment.json", "--fail-on", "never")
        assert "review.jsonl: 1 row corrected" in finished.err


def test_a_colleagues_log_is_added_once(run, built, tmp_path):
    out, aligned, log = built
    theirs = LogFile(tmp_path / "theirs.jsonl", fingerprint_of(aligned))
    theirs.append([Entry("b", NOW, Merge("fr", "source", "0"))])
    assert "1 operation added" in run("review", out, "--apply", theirs.path).err
    assert "0 operations added" in run("review", out, "--apply", theirs.path).err
    assert [entry.id for entry in log.refresh()] == ["b"]


def test_a_log_of_another_alignment_is_refused(refuses, built, tmp_path):
    other = LogFile(tmp_path / "theirs.jsonl", "f00d")
    other.append([Entry("b", NOW, Merge("fr", "source", "0"))])
    assert "is not a review of" in refuses("review", built[0], "--apply", other.path)


def test_the_page_for_a_colleague_is_one_file_that_loads_nothing(run, built, tmp_path):
    assert run("review", built[0], "--static", tmp_path / "page.html").code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<link" not in page and " src=" not in page and "innerHTML" not in page
    assert (
        "https://" not in page
        and "import " not in page.partition('<script type="module">')[2][:200]
    )


@pytest.mark.parametrize(
    ("path", "reason"),
    [("nowhere", "there is no such file or folder"), ("empty", "empty: ")],
)
def test_what_is_no_alignment_is_refused(refuses, tmp_path, path, reason):
    (tmp_path / "empty").mkdir()
    assert reason in refuses("review", tmp_path / path)


def test_export_of_a_folder_without_an_alignment_names_the_remedy(refuses, article):
    assert "`align build" in refuses("export", article)


def test_a_folder_of_editions_is_aligned_first(run, article, tmp_path):
    assert run("review", article, "--static", tmp_path / "page.html").code == 0
    aligned = read_alignment(article / "ferry.alignment.json")
    log = LogFile(article / "review.jsonl", fingerprint_of(aligned))
    log.append([Entry("a", NOW, Merge("ja", "source", "1"))])
    assert "1 row corrected" in run("build", article, "-o", tmp_path / "out", "--no-terms").err
    assert "1 row corrected" in run("check", article, "--fail-on", "never").err


def _corrected(run, out, tmp_path, changes):
    """A workbook of the French of a build, with changes by row and column."""
    path = tmp_path / "fr.xlsx"
    assert run("export", out, "--language", "fr", "-o", path, "--force").code == 0
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book.active[1]]
    for (row, head), value in changes.items():
        book.active.cell(row=row, column=heads.index(head) + 1).value = value
    book.save(path)
    return path


def test_edits_of_a_workbook_become_operations_of_the_review(run, built, tmp_path):
    out, _, log = built
    book = _corrected(run, out, tmp_path, {
        (2, "fr"): "Le bac", (3, "state"): "reviewed", (4, "state"): "rejected",
        (5, "state"): "draft", (5, "note"): "Who says Ida?",
    })  # fmt: skip
    dry = run("import", book, "--into", out, "--dry-run")
    assert dry.code == 0 and "row 2: segment 0 becomes 'Le bac'" in dry.out
    assert log.refresh() == []
    done = run("import", book, "--into", out, "--by", "Ito")
    assert done.code == 0 and "4 rows changed, 2 unchanged, 0 not found" in done.err
    assert [(entry.by, entry.operation) for entry in log.refresh()] == [
        ("Ito", Edit("fr", "target", "0", "Le bac")),
        ("Ito", Mark("fr", "source", "1", "accepted")),
        ("Ito", Drop("fr", "source", "2", True)),
        ("Ito", Together((Mark("fr", "source", "3", "review"),
                          Note("fr", "source", "3", "Who says Ida?")))),
    ]  # fmt: skip
    run("export", out, "--language", "fr", "-o", tmp_path / "fr.tmx")
    assert "Le bac" in _segments(tmp_path / "fr.tmx")


def test_a_workbook_that_comes_in_twice_changes_nothing_the_second_time(run, built, tmp_path):
    out, _, log = built
    book = _corrected(run, out, tmp_path, {(2, "fr"): "Le bac", (3, "state"): "final"})
    run("import", book, "--into", out)
    again = run("import", book, "--into", out)
    assert again.code == 0 and "0 rows changed, 6 unchanged" in again.err
    assert len(log.refresh()) == 2


def test_a_workbook_older_than_the_review_takes_nothing_back(run, built, tmp_path):
    out, _, log = built
    book = _corrected(run, out, tmp_path, {(3, "fr"): "Le bac partit à 9:15 avec 42 passagers."})
    log.append([Entry("a", NOW, Edit("fr", "target", "0", "Le traversier"))])
    done = run("import", book, "--into", out)
    assert "1 row changed, 5 unchanged (1 older than the review), 0 not found" in done.err
    log.refresh()
    assert [entry.operation.segment for entry in log.entries] == ["0", "1"]


def test_an_edit_of_several_segments_is_one_of_the_segment_that_was_changed(run, built, tmp_path):
    out, _, log = built
    log.append([Entry("a", NOW, Merge("fr", "source", "1"))])
    text = "Le ferry partit à 9:15 avec 42 passagers. Personne ne vit la brume."
    book = _corrected(run, out, tmp_path, {(3, "fr"): text})
    run("import", book, "--into", out)
    assert log.refresh()[-1].operation == Edit("fr", "target", "2", "Personne ne vit la brume.")


def test_what_cannot_be_placed_in_the_segments_joins_them(run, built, tmp_path):
    out, _, log = built
    log.append([Entry("a", NOW, Merge("fr", "source", "1"))])
    book = _corrected(run, out, tmp_path, {(3, "fr"): "Tout autre chose."})
    run("import", book, "--into", out)
    assert log.refresh()[-1].operation == Together(
        (Join("fr", "target", "1"), Edit("fr", "target", "1", "Tout autre chose."))
    )


def test_rows_that_cannot_be_done_are_named_and_the_others_are_done(run, built, tmp_path):
    out, _, log = built
    log.append([Entry("a", NOW, Unlink("fr", "source", "3"))])
    book = _corrected(run, out, tmp_path, {
        (2, "en"): "Another boat", (3, "fr"): None, (4, "state"): "blue",
        (5, "fr"): "La capitaine", (6, "fr"): "À midi le port ferma.",
    })  # fmt: skip
    done = run("import", book, "--into", out)
    assert done.code == 1
    assert "row 2: the alignment has no such source text" in done.err
    assert "row 3: its translation was emptied" in done.err
    assert "row 4: no state is called 'blue'" in done.err
    assert "row 5: a translation was written where the alignment has no text for it" in done.err
    assert "1 row changed, 1 unchanged, 1 not found, 3 not done" in done.err
    assert log.refresh()[-1].operation.text == "À midi le port ferma."


def test_the_edits_of_an_alignment_are_not_written_to_a_file(refuses, built, tmp_path):
    out = built[0]
    (tmp_path / "fr.csv").write_text("en,fr\nFog.,Brume.\n")
    message = refuses("import", tmp_path / "fr.csv", "--into", out, "-o", tmp_path / "new.xlf")
    assert "leave out -o" in message
