import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from align.errors import InputError, OutputError
from align.formats.atomic import open_for_writing
from align.formats.files import read_text


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(("mode", "content"), [("w", "霧\n"), ("wb", "霧\n".encode())])
def test_a_file_holds_what_was_written_as_utf_8_with_line_feeds(tmp_path, mode, content):
    with open_for_writing(tmp_path / "a.txt", mode) as stream:
        stream.write(content)
    assert (tmp_path / "a.txt").read_bytes() == "霧\n".encode()
    assert names(tmp_path) == ["a.txt"]


def test_a_file_appears_only_when_it_is_complete(tmp_path):
    path = tmp_path / "a.txt"
    with open_for_writing(path) as stream:
        stream.write("new")
        stream.flush()
        assert not path.exists()
    assert path.read_text() == "new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(KeyboardInterrupt), open_for_writing(path) as stream:
        stream.write("half of the n")
        raise KeyboardInterrupt
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.txt"]


def test_missing_folders_are_made(tmp_path):
    with open_for_writing(str(tmp_path / "new" / "folder" / "a.txt")) as stream:
        stream.write("x")
    assert (tmp_path / "new" / "folder" / "a.txt").read_text() == "x"


def test_a_new_file_has_the_permissions_that_the_umask_leaves(tmp_path):
    old = os.umask(0o027)
    try:
        with open_for_writing(tmp_path / "a.txt") as stream:
            stream.write("x")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_a_file_that_was_there_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    path.chmod(0o604)
    with open_for_writing(path) as stream:
        stream.write("x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real" / "a.txt")
    with open_for_writing(tmp_path / "link.txt") as stream:
        stream.write("new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real" / "a.txt").read_text() == "new"


def test_a_name_as_long_as_the_system_allows_is_written(tmp_path):
    with open_for_writing(tmp_path / ("a" * 255)) as stream:
        stream.write("x")
    assert names(tmp_path) == ["a" * 255]


def test_a_device_is_written_and_not_replaced():
    with open_for_writing(os.devnull) as stream:
        stream.write("x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("folder", "folder: cannot be written: it is a folder"),
        ("file/a.txt", "a.txt: cannot be written: a file stands where a folder"),
        ("file/b/a.txt", "a.txt: cannot be written: a file stands where a folder"),
        ("b" * 300, "cannot be written: File name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_one_line(tmp_path, place, message):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match=message), open_for_writing(tmp_path / place) as stream:
        stream.write("x")
    assert names(tmp_path) == ["file", "folder"]


@pytest.mark.parametrize("closed", ["folder", "file"])
def test_a_place_that_is_closed_to_the_user_is_an_output_error(tmp_path, closed):
    path = tmp_path / "folder" / "a.txt"
    path.parent.mkdir()
    path.write_text("old")
    place = path.parent if closed == "folder" else path
    place.chmod(0o555)
    if os.access(place, os.W_OK):
        pytest.skip("nothing is closed to the superuser")
    with pytest.raises(OutputError, match="Permission denied"), open_for_writing(path) as stream:
        stream.write("x")
    path.parent.chmod(0o755)
    assert path.read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("mode", ["w", "wb"])
def test_a_full_disk_is_an_output_error(mode):
    content = "x" if mode == "w" else b"x"
    with (
        pytest.raises(OutputError, match="/dev/full: cannot be written: No space left"),
        open_for_writing("/dev/full", mode) as stream,
    ):
        stream.write(content)


def test_an_error_of_another_file_read_meanwhile_is_not_blamed_on_the_output(tmp_path):
    with pytest.raises(FileNotFoundError), open_for_writing(tmp_path / "a.txt"):
        (tmp_path / "absent.txt").open()
    assert names(tmp_path) == []


@pytest.mark.parametrize(("mode", "content"), [("w", "霧\n"), ("wb", "霧\n".encode())])
def test_a_dash_is_standard_output_in_utf_8(capfdbinary, mode, content):
    with open_for_writing("-", mode) as stream:
        stream.write(content)
    print("after", flush=True)
    assert capfdbinary.readouterr().out == "霧\nafter\n".encode()


def test_standard_output_is_utf_8_whatever_the_locale(tmp_path):
    code = (
        "from align.formats.atomic import open_for_writing\n"
        "print('before')\n"
        "with open_for_writing('-') as stream: stream.write('霧\\n')\n"
        "print('after')"
    )
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    output = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert (output.stdout, output.stderr) == ("before\n霧\nafter\n".encode(), b"")


def test_a_reader_of_standard_output_that_goes_away_is_no_output_error(monkeypatch):
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as broken:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(broken, write_through=True))
        with pytest.raises(BrokenPipeError), open_for_writing("-", "wb") as stream:
            stream.write(b"x")
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"a\r\nb\rc\n", "a\nb\nc\n"), (b"\xef\xbb\xbfa", "a"), (b"", "")],
)
def test_text_is_read_without_mark_and_with_line_feeds(tmp_path, data, text):
    (tmp_path / "a.txt").write_bytes(data)
    assert read_text(tmp_path / "a.txt") == text


def test_text_in_another_encoding_is_an_input_error_with_its_line(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"one\ntwo \xe9\n")
    with pytest.raises(InputError, match=r"a\.txt:2: is not UTF-8"):
        read_text(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"caf\xc3\xa9", "café"), (b"caf\xe9", "caf�"), (b"\xe6\xa9\x8b.txt", "橋.txt")],
)
def test_a_name_that_the_locale_could_not_read_is_written_as_it_is(tmp_path, name, shown):
    with open_for_writing(tmp_path / "a.txt") as stream:
        stream.write(name.decode("ascii", "surrogateescape"))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == shown


def test_half_of_a_surrogate_pair_is_written_as_marks(tmp_path):
    with open_for_writing(tmp_path / "a.txt") as stream:
        stream.write("a\ud800b")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").replace("\ufffd", "") == "ab"
