"""Whatever a user gives wrongly is refused in one line that says what to do, with exit code 2."""

import ctypes
import sys

import pytest


def test_a_missing_folder(refuses, tmp_path):
    message = refuses("build", tmp_path / "absent", "-o", tmp_path / "out")
    assert message == f"{tmp_path / 'absent'}: there is no such folder"


def test_a_file_in_place_of_a_folder(refuses, article, tmp_path):
    assert "is not a folder" in refuses("build", article / "en.txt", "-o", tmp_path / "out")


def test_an_empty_folder(refuses, make_article, tmp_path):
    assert "holds no editions" in refuses("build", make_article(), "-o", tmp_path / "out")


def test_a_single_edition(refuses, make_article, tmp_path):
    message = refuses("build", make_article("fr"), "-o", tmp_path / "out")
    assert "'fr.txt' (fr); an alignment needs two" in message


def test_two_files_for_one_language(refuses, article, tmp_path):
    (article / "old.fr.md").write_text("# Le ferry\n\nIl partit.\n")
    message = refuses("build", article, "-o", tmp_path / "out")
    assert "'fr.txt' and 'old.fr.md' are both in 'fr'" in message


def test_an_unknown_pivot(refuses, article, tmp_path):
    message = refuses("build", article, "-o", tmp_path / "out", "--pivot", "jp")
    assert message == "unknown language 'jp'; did you mean 'ja'?"


def test_a_pivot_without_an_edition(refuses, article, tmp_path):
    message = refuses("build", article, "-o", tmp_path / "out", "--pivot", "ru")
    assert "no edition in 'ru'" in message and "en, fr, ja" in message


@pytest.mark.parametrize(
    ("content", "line", "expected"),
    [
        ('title = "Ferry"\npivott = "en"\n', 2, "unknown key 'pivott'; did you mean 'pivot'?"),
        ('pivot = "jp"\n', 1, "unknown language 'jp'; did you mean 'ja'?"),
        ('title = "Ferry\n', 1, ""),
        ('[[editions]]\nlanguage = "en"\nfile = "gone.txt"\n', 3, "there is no file 'gone.txt'"),
    ],
)
def test_a_wrong_corpus_file_is_named_with_its_line(
    refuses, article, tmp_path, content, line, expected
):
    (article / "corpus.toml").write_text(content)
    message = refuses("build", article, "-o", tmp_path / "out")
    assert message.startswith(f"{article / 'corpus.toml'}:{line}: ")
    assert expected in message


def test_the_folder_of_editions_as_output(refuses, article):
    assert "choose another folder with -o" in refuses("build", article, "-o", article)


NOT_TEXTS = {
    "a PDF": b"%PDF-1.7\n\xff\xfe",
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "an archive": b"PK\x03\x04\x14\0\0\0",
    "a program": bytes(range(256)) * 8,
    "broken UTF-8": "Über die Brücke. ".encode() * 20 + b"\xc3 Brot",
    "a picture that begins like UTF-16": b"\xff\xfe\xd8" + bytes(range(255, 0, -1)) * 4,
}


@pytest.mark.parametrize("kind", NOT_TEXTS)
@pytest.mark.parametrize("segmented", [[], ["--segmented"]])
def test_a_file_that_is_no_text(refuses, article, kind, segmented):
    path = article / "data.src"
    path.write_bytes(NOT_TEXTS[kind])
    message = refuses("pair", path, article / "fr.txt", "-s", "en", "-t", "fr", *segmented)
    assert message.startswith(str(path))


@pytest.mark.parametrize("content", ["", "\n \n\t\n", "\ufeff"])
@pytest.mark.parametrize("options", [[], ["--segmented"]])
def test_an_empty_text(refuses, article, content, options):
    path = article / "empty.src"
    path.write_text(content)
    message = refuses("pair", path, article / "fr.txt", "-s", "en", *options)
    assert message == f"{path}: holds no text"


def test_an_empty_edition(refuses, make_article, tmp_path):
    folder = make_article("en", fr="  \n")
    message = refuses("build", folder, "-o", tmp_path / "out")
    assert message == f"{folder / 'fr.txt'}: holds no text"


def test_a_text_without_letters_of_an_unnamed_language(refuses, article):
    path = article / "numbers.txt"
    path.write_text("12, 13. 14!\n")
    message = refuses("pair", article / "en.txt", path)
    assert message.startswith(f"{path}: ") and message.endswith("name the language")


@pytest.mark.parametrize("segmented", [[], ["--segmented"]])
def test_a_line_of_ten_megabytes_that_no_rule_cuts(refuses, article, segmented):
    path = article / "long.txt"
    path.write_text("word and word and " * 600_000)
    message = refuses("pair", path, article / "fr.txt", "-s", "en", *segmented)
    assert "the limit is 100,000; break the text into lines" in message


def test_more_segments_than_memory_has_room_for(refuses, article):
    path = article / "long.txt"
    path.write_text("A line.\n" * 100_001)
    message = refuses("pair", path, article / "fr.txt", "-s", "en", "--segmented")
    assert message.endswith("has more than 100,000 segments, the limit; align it in parts")


def test_two_texts_in_one_language(refuses, article, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("The harbour is old. The ferry is new. Everybody likes the ferry.")
    message = refuses("pair", article / "en.txt", other)
    assert message.startswith("both texts are in 'en' (English)") and "-s and -t" in message


@pytest.mark.parametrize("side", ["-s", "-t"])
def test_an_unknown_language_of_a_text(refuses, article, side):
    message = refuses("pair", article / "en.txt", article / "ja.txt", side, "cz")
    assert "unknown language 'cz'; did you mean 'cs'?" in message


def test_a_language_the_encoder_does_not_know(refuses, make_article, tmp_path):
    message = refuses("build", make_article("en", "sv"), "-o", tmp_path / "out")
    assert "use-multilingual does not know sv (Swedish)" in message
    assert "labse" in message and "multilingual-e5-small" in message
    assert "--allow-uncovered" in message


def test_an_unknown_encoder(refuses, article):
    message = refuses("pair", article / "en.txt", article / "fr.txt", "--encoder", "labs")
    assert message == "unknown encoder 'labs'; did you mean 'labse'?"


def test_a_model_card_that_is_none(refuses, article, tmp_path):
    card = tmp_path / "card.toml"
    card.write_text('name = "mine"\n')
    message = refuses("pair", article / "en.txt", article / "fr.txt", "--encoder", card)
    assert message.startswith(f"{card}: not a model card")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"no rules", "is not well-formed XML"),
        (b"<srx version='1.0'/>", "is not SRX 2.0"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "has a document type"),
    ],
)
@pytest.mark.parametrize("command", ["build", "pair", "segment"])
def test_bad_segmentation_rules(refuses, article, tmp_path, content, expected, command):
    rules = tmp_path / "rules.srx"
    rules.write_bytes(content)
    arguments = {
        "build": [article, "-o", tmp_path / "out"],
        "pair": [article / "en.txt", article / "fr.txt"],
        "segment": [article / "en.txt"],
    }
    message = refuses(command, *arguments[command], "--srx", rules)
    assert message.startswith(str(rules)) and expected in message


def test_missing_segmentation_rules(refuses, article, tmp_path):
    message = refuses("segment", article / "en.txt", "--srx", tmp_path / "gone.srx")
    assert message == f"{tmp_path / 'gone.srx'}: there is no such file"


def test_an_unknown_tmx_profile(refuses, article, tmp_path):
    message = refuses("build", article, "-o", tmp_path / "out", "--tmx-profile", "tradoz")
    assert "unknown TMX profile 'tradoz'" in message and "omegat" in message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("en", "--tmx-lang 'en' is not like en=en-GB"),
        ("=en", "is not like"),
        ("jp=ja", "unknown language 'jp'; did you mean 'ja'?"),
        ("en=no tag", "not a language tag"),
        ("ru=ru-RU", "there is no edition in 'ru' to rename; there are en, fr, ja"),
        ("fr=en", "en and fr would both be written as 'en'"),
    ],
)
def test_a_bad_tmx_language(refuses, article, tmp_path, value, expected):
    arguments = ["--encoder", "anchors", "--tmx-lang", value]
    assert expected in refuses("build", article, "-o", tmp_path / "out", *arguments)


def test_an_output_folder_that_is_a_file(refuses, article, tmp_path):
    place = tmp_path / "notes.txt"
    place.write_text("mine")
    message = refuses("build", article, "-o", place, "--encoder", "anchors")
    assert "cannot be written: a file stands where a folder of its path should be" in message


@pytest.mark.parametrize("form", ["tsv", "json", "indices", "tmx"])
def test_an_output_below_a_file(refuses, article, tmp_path, form):
    (tmp_path / "notes.txt").write_text("mine")
    place = tmp_path / "notes.txt" / "pair"
    arguments = [article / "en.txt", article / "fr.txt", "--encoder", "anchors"]
    assert "cannot be written" in refuses("pair", *arguments, "--to", form, "-o", place)


@pytest.mark.parametrize("place", [".", "/proc/align.tsv"])
def test_an_output_that_cannot_be_made(refuses, article, tmp_path, monkeypatch, place):
    monkeypatch.chdir(tmp_path)
    arguments = [article / "en.txt", article / "fr.txt", "--encoder", "anchors"]
    assert "cannot be written" in refuses("pair", *arguments, "-o", place)


def test_one_of_the_texts_as_output(refuses, article):
    target = article / "fr.txt"
    message = refuses("pair", article / "en.txt", target, "-o", target)
    assert message == f"{target}: is a text to be read; write to another file with -o"


def _without_power_over_modes():
    """Lets root meet what others meet: the program started next heeds permissions (Linux)."""
    drop_from_bounding_set = 24
    for capability in (1, 2):  # to override permissions of files, and those to read them
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities are Linux's")
def test_a_folder_that_may_not_be_written_to(run_program, tmp_path):
    (tmp_path / "a.txt").write_text("The ferry left. Nobody saw the fog.")
    tmp_path.chmod(0o555)
    finished = run_program(
        "segment", "a.txt", "-l", "en", "-o", "b.txt",
        cwd=tmp_path, preexec_fn=_without_power_over_modes,
    )  # fmt: skip
    tmp_path.chmod(0o755)
    assert finished.returncode == 2
    assert finished.stderr == "align: b.txt: cannot be written: Permission denied\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_error_in_a_process_of_its_own_shows_no_traceback(run_program, tmp_path):
    finished = run_program("build", tmp_path / "absent", "-o", tmp_path / "out")
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr == f"align: {tmp_path / 'absent'}: there is no such folder\n"


@pytest.mark.parametrize(
    "arguments",
    [["bild"], ["pair", "a.txt"], ["build", "folder"], ["pair", "a", "b", "--to", "xls"]],
)
def test_a_wrong_use_says_how_the_command_is_used(run, arguments):
    finished = run(*arguments)
    assert finished.code == 2
    assert finished.err.startswith("Usage: align") and "Error: " in finished.err


@pytest.mark.parametrize("name", ["fr.adoc", "fr.tex", "fr.csv"])
def test_pair_refuses_what_build_does_not_read(refuses, article, name):
    path = article / name
    path.write_text("= La lampe\n\nElle brûle.\n")
    assert refuses("pair", article / "en.txt", path).startswith(f"{path}: is ")


def test_controls_of_direction_are_shown_escaped(refuses):
    message = refuses("tmx", "stats", "harbour\u202exmt\u2069.exe")
    assert message == "harbour\\u202exmt\\u2069.exe: no such file"


def test_a_current_folder_that_is_gone_is_named(refuses, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    monkeypatch.setenv("PWD", str(gone))
    gone.rmdir()
    said = "the current folder: No such file or directory; change to one that is there"
    assert refuses("omegat", "article", "-o", "project") == f"{gone}: {said}"


@pytest.mark.parametrize("command", [["tmx", "stats"], ["tmx", "validate"], ["convert"]])
def test_a_memory_from_standard_input_is_refused_where_it_is_read_twice(refuses, command):
    assert refuses(*command, "-") == (
        "-: is standard input, which is gone once read; save it as a file"
    )
