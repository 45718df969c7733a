"""Files that are made to hang, to fill the memory or to break the program are refused in a line."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

QUICK = ("--encoder", "anchors", "-q")
LONG_NUMBER = "9" * 5000

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")


def readings(article, path):
    """The ways in which a command reads a file that is named to it."""
    en, fr = article / "en.txt", article / "fr.txt"
    return {
        "source": ("pair", path, fr, *QUICK),
        "target": ("check", en, path, *QUICK),
        "memory alone": ("check", path, *QUICK),
        "termbase": ("check", en, fr, "--termbase", path, *QUICK),
        "memory": ("check", en, fr, "--memory", path, *QUICK),
        "baseline": ("check", en, fr, "--baseline", path, *QUICK),
        "rules": ("segment", en, "--srx", path),
        "terms": ("terms", article, "--terms", path, *QUICK),
        "gold": ("score", path, en),
        "prediction": ("score", en, path),
        "card": ("pair", en, fr, "--encoder", path),
    }


WAYS = (
    "source", "target", "memory alone", "termbase", "memory", "baseline", "rules", "terms", "gold",
    "prediction",
)  # fmt: skip


@needs_pipes
@pytest.mark.parametrize("way", WAYS)
def test_a_pipe_that_nobody_writes_to_holds_nothing_up(refuses, article, tmp_path, way):
    path = tmp_path / "pipe.tmx"
    os.mkfifo(path)
    assert "is a pipe or a device" in refuses(*readings(article, path)[way])


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
@pytest.mark.parametrize("way", WAYS)
def test_a_device_does_not_fill_the_memory(refuses, article, way):
    assert "is a pipe or a device" in refuses(*readings(article, "/dev/zero")[way])


@needs_pipes
def test_a_pipe_among_editions_is_none(run, article, tmp_path):
    os.mkfifo(article / "es.txt")
    assert run("build", article, "-o", tmp_path / "out", *QUICK, "--no-terms").code == 0


@pytest.mark.parametrize("way", [*WAYS, "card"])
@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"\xff\xfe", b"\xed\xa0\x80", b"[" * 100_000, b"PK\x03\x04" + b"\0" * 99,
     b'{"format": ' + b"9" * 5000 + b"}", b"<" + b"a" * 100_000],
    ids=["empty", "NUL", "a mark alone", "half a pair", "deep", "broken archive", "digits", "XML"],
)  # fmt: skip
def test_what_is_nothing_of_the_kind_is_refused(run, refuses, article, tmp_path, way, content):
    path = tmp_path / ("card.toml" if way == "card" else "given.tmx" if "mem" in way else "given")
    path.write_bytes(content)
    command = readings(article, path)[way]
    if way in ("target", "source", "terms"):  # whose texts may be anything
        named = {"target": ("-t", "fr"), "source": ("-s", "en"), "terms": ("--fail-on", "never")}
        finished = run(*command, *named[way])
        assert finished.code in (0, 1, 2) and "Traceback" not in finished.err
    else:
        assert len(refuses(*command)) < 800


def workbook_without(part, content=None):
    whole, broken = io.BytesIO(), io.BytesIO()
    book = Workbook()
    book.active.append(["en", "fr"])
    book.active.append(["ferry", "bac"])
    book.save(whole)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for each in old.namelist():
            if each != part:
                new.writestr(each, old.read(each))
            elif content is not None:
                new.writestr(each, content)
    return broken.getvalue()


@pytest.mark.parametrize("content", [None, b"", b"<a", b"<a/>", b"\xff" * 40])
@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]
)
def test_a_workbook_with_a_broken_part(refuses, article, tmp_path, part, content):
    path = tmp_path / "terms.xlsx"
    path.write_bytes(workbook_without(part, content))
    message = refuses("check", article / "en.txt", article / "fr.txt", "--termbase", path, *QUICK)
    assert message.startswith(f"{path}: ")


@pytest.mark.parametrize(
    "content",
    [
        f"title = {LONG_NUMBER}",
        "a = " + "[" * 3000 + "]" * 3000,
        "a = " + "{b = " * 3000 + "1" + "}" * 3000,
        '[[editions]]\nlanguage = "en"\nfile = "' + "a/" * 5000 + 'b"',
        '[[editions]]\nlanguage = "en"\nfile = "' + "a" * 300 + '"',
        '[[editions]]\nlanguage = "' + "en-" * 5000 + '"\nfile = "en.txt"',
        '"' + "k" * 10_000 + '" = 1',
    ],
    ids=["digits", "deep arrays", "deep tables", "long path", "long name", "long tag", "long key"],
)
def test_a_corpus_file_out_of_all_bounds(refuses, article, tmp_path, content):
    (article / "corpus.toml").write_text(content)
    message = refuses("build", article, "-o", tmp_path / "out", *QUICK)
    assert message.startswith(f"{article / 'corpus.toml'}:") and len(message) < 800


def test_an_edition_that_is_a_link_out_of_the_folder(refuses, article, tmp_path):
    (tmp_path / "secret.txt").write_text("Vous ne devez pas lire ceci. Personne ne le doit.")
    (article / "es.txt").symlink_to(tmp_path / "secret.txt")
    message = refuses("build", article, "-o", tmp_path / "out", *QUICK)
    link = article / "es.txt"
    assert message == f"{link}: is out of the folder by a link; put the file itself there"


def test_a_link_within_the_folder_is_read(run, article, tmp_path):
    (article / "texts").mkdir()
    (article / "fr.txt").rename(article / "texts" / "french")
    (article / "fr.txt").symlink_to(article / "texts" / "french")
    assert run("build", article, "-o", tmp_path / "out", *QUICK, "--no-terms").code == 0


def test_numbers_of_thousands_of_digits_are_checked(run, make_article):
    folder = make_article(
        en=f"It has {LONG_NUMBER} bolts and 12 nuts.\nIt is old.\n",
        fr=f"Il a {LONG_NUMBER} boulons et 12 écrous.\nIl est vieux.\n",
    )
    finished = run("check", folder, *QUICK, "--only", "numbers")
    assert (finished.code, finished.err) == (0, "")


@pytest.mark.parametrize("columns", [10_000, 201])
def test_a_table_of_too_many_columns(refuses, article, tmp_path, columns):
    path = tmp_path / "terms.csv"
    path.write_text("en,fr" + ",x" * (columns - 2) + "\nferry,bac\n")
    message = refuses("check", article / "en.txt", article / "fr.txt", "--termbase", path, *QUICK)
    assert message == f"{path}:1: has more than 200 columns, the limit; keep those of the terms"


@pytest.mark.parametrize("name", ["terms.en-fr.txt", "terms.en-fr.csv"])
def test_a_termbase_of_too_many_lines(refuses, article, tmp_path, monkeypatch, name):
    monkeypatch.setattr("align.formats.termbases.limits.MOST_ENTRIES", 1000)
    path = tmp_path / name
    mark = "\t" if path.suffix == ".txt" else ","
    path.write_text("".join(f"ferry {n}{mark}bac {n}\n" for n in range(1001)))
    message = refuses("check", article / "en.txt", article / "fr.txt", "--termbase", path, *QUICK)
    assert "has more than 1,000 lines, the limit" in message


TMX = (
    '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>{}</seg></tuv></tu>'
    "</body></tmx>"
)


@pytest.mark.parametrize("command", ["check", "tmx stats", "tmx validate"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a" * 10_000_001, "holds a text of more than 10,000,000 characters, the limit"),
        ("<g>" * 5000 + "</g>" * 5000, "has elements nested too deeply to be read"),
    ],
    ids=["long", "deep"],
)
def test_xml_beyond_what_is_read_is_told_by_its_limit(run, tmp_path, command, content, said):
    path = tmp_path / "a.tmx"
    path.write_text(TMX.format(content))
    finished = run(*command.split(), path)
    assert finished.code in (1, 2)
    assert said in finished.out + finished.err


def bilingual(path, head, *rows):
    if path.suffix == ".csv":
        path.write_text("".join(",".join(row) + "\n" for row in (head, *rows)))
        return path
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["texts.csv", "texts.xlsx"])
def test_bilingual_texts_of_too_many_columns(refuses, tmp_path, name):
    path = bilingual(tmp_path / name, ["en", "fr", *["note"] * 199], ["old", "vieux"])
    message = refuses("check", path, *QUICK)
    assert message == f"{path}:1: has more than 200 columns, the limit; keep those of the texts"


def test_a_workbook_may_be_wide_where_nothing_is_written(run, tmp_path):
    path = tmp_path / "texts.xlsx"
    bilingual(path, ["en", "fr", *[""] * 300], ["It is old.", "Il est vieux."])
    assert run("check", path, *QUICK, "--only", "numbers").code == 0


def test_a_bilingual_workbook_of_too_many_rows(refuses, tmp_path, monkeypatch):
    monkeypatch.setattr("align.formats.termbases.limits.MOST_ENTRIES", 10)
    path = bilingual(tmp_path / "texts.xlsx", ["en", "fr"], *[["old", "vieux"]] * 10)
    message = refuses("check", path, *QUICK)
    assert message.startswith(f"{path}: has more than 10 lines, the limit; save it as CSV or TSV")


def test_a_name_that_is_too_long(refuses, tmp_path):
    path = tmp_path / f"{'a' * 300}.tmx"
    assert refuses("convert", path, "-o", tmp_path / "b.tmx") == f"{path}: File name too long"


@pytest.fixture
def long_passage(make_article):
    return make_article(
        en="It is old. " + "and old " * 2000, fr="Il est vieux. " + "et vieux " * 2000
    )


def test_passages_that_are_too_long_to_check_are_told(run, long_passage):
    finished = run("check", long_passage, "--encoder", "anchors", "--fail-on", "never")
    assert "of more than 8,000 characters, the limit, which were not checked: 1;" in finished.err


@pytest.mark.parametrize("command", ["terms", "build"])
def test_passages_that_are_too_long_for_terms_are_told(run, long_passage, tmp_path, command):
    out = ("-o", tmp_path / "out") if command == "build" else ()
    finished = run(command, long_passage, *out, "--encoder", "anchors")
    assert finished.code == 0
    assert "8,000 characters, the limit, whose terms were not followed: 1;" in finished.err


@pytest.mark.parametrize("word", ["a\nb", "x" * 100_000, "\x1b[31mred", "a\u2028b"])
def test_a_message_is_one_line_of_a_screen(refuses, article, word):
    message = refuses("check", article, "--only", word, *QUICK)
    assert len(message) <= 620
    assert not any(character in message for character in "\n\x1b\u2028")


def shell(command, **more):
    program = f"exec {sys.executable} -m align {command}"
    return subprocess.run(
        ["sh", "-c", program], capture_output=True, text=True, check=False, **more
    )


@pytest.mark.skipif(os.name == "nt", reason="no such shell")
@pytest.mark.parametrize("command", ["srx >&-", "encoders >&-", "--help >&-", "srx > /dev/full"])
def test_a_closed_or_full_output_is_told_in_a_line(command):
    if "/dev/full" in command and not Path("/dev/full").exists():
        pytest.skip("no such device")
    finished = shell(command)
    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1 and finished.stderr.startswith("align: ")


@pytest.mark.skipif(os.name == "nt", reason="no such shell")
def test_nothing_needs_the_stream_of_messages(article):
    assert shell("srx 2>&-").returncode == 0
    assert shell("segment nowhere.txt 2>&-").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("command", ["segment nowhere.txt", "segment", "nonsense"])
def test_what_cannot_be_said_does_not_change_the_exit_code(command):
    assert shell(f"{command} 2> /dev/full").returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="no such shell")
def test_no_file_takes_the_place_of_a_closed_output(article):
    finished = shell(f"segment {article / 'en.txt'} -o {article / 'cut.txt'} >&- 2>&-")
    assert finished.returncode == 0
    assert (article / "cut.txt").read_text().startswith("The Ferry\n")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8")
def test_names_that_are_not_utf_8(run, article, tmp_path):
    folder = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")
    article.rename(folder)
    Path(folder, "fr.txt").rename(os.fsdecode(os.fsencode(folder) + b"/b\xe2c.fr.txt"))
    assert run("build", folder, "-o", tmp_path / "out", *QUICK).code == 0
    for to in ("text", "html", "json", "sarif", "junit", "xlsx"):
        place = tmp_path / f"findings.{to}"
        command = ("check", folder, *QUICK, "--fail-on", "never", "--to", to, "-o", place)
        assert run(*command).code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are UTF-8")
@pytest.mark.parametrize("command", [("tmx", "validate"), ("tmx", "stats"), ("convert",)])
def test_a_memory_whose_name_is_not_utf_8(run, run_program, tmp_path, command):
    (tmp_path / "pairs.csv").write_text("en,fr\nold,vieux\n")
    assert run("convert", tmp_path / "pairs.csv", "-o", tmp_path / "memory.tmx").code == 0
    place = os.fsdecode(os.fsencode(tmp_path) + b"/m\xe9moire.tmx")
    (tmp_path / "memory.tmx").rename(place)
    assert run_program(*command, place).returncode == 0
