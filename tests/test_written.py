"""The record of what was written holds through kills, full disks and several runs at once."""

import os
import subprocess
import sys

import pytest

from align.errors import InputError
from align.formats.atomic import Output, open_for_writing
from align.written import RECORD, checksum, is_as_written, is_result, remember


def write(path, text, **options):
    with open_for_writing(Output(str(path), **options)) as stream:
        stream.write(text)


def test_a_file_is_known_until_somebody_changes_it(tmp_path):
    path = tmp_path / "a.txt"
    write(path, "one")
    assert is_as_written(path)
    path.write_text("one, mended")
    assert not is_as_written(path)


def test_after_a_kill_between_record_and_file_both_states_are_known(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    write(path, "old")
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.replace", _killed)
        with pytest.raises(KeyboardInterrupt):
            write(path, "new")
    assert path.read_text() == "old"
    write(path, "newer")
    assert path.read_text() == "newer"


def _killed(*_):
    raise KeyboardInterrupt


def test_a_line_that_a_full_disk_cut_off_hides_no_other(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("one")
    (tmp_path / RECORD).write_text('\n{"a.txt": "12')
    remember(path, checksum(path))
    assert is_as_written(path)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\0", b"[" * 9999, b"{}\n[1]\nnull\n1\n", b'{"a.txt": 1}']
)
def test_a_record_that_is_none_knows_nothing(tmp_path, content):
    path = tmp_path / "a.txt"
    path.write_text("one")
    (tmp_path / RECORD).write_bytes(content)
    assert not is_as_written(path)


def test_a_record_of_an_earlier_version_is_read(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_text("one")
    digest = checksum(path)
    (tmp_path / RECORD).write_text(f'{{\n "a.tmx": "{digest}",\n "b.tmx": "{digest}"\n}}')
    assert is_as_written(path)


def test_a_name_of_any_letters_is_known(tmp_path):
    path = tmp_path / 'a {"b": "c"}, \udcff\n.txt'
    write(path, "one")
    assert is_as_written(path)


def test_a_record_that_is_a_link_is_neither_believed_nor_written(tmp_path):
    other = tmp_path / "others"
    other.write_text("mine")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / RECORD).symlink_to(other)
    write(folder / "a.txt", "one")
    assert other.read_text() == "mine"
    assert not is_as_written(folder / "a.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_record_that_is_a_pipe_holds_nothing_up(tmp_path):
    os.mkfifo(tmp_path / RECORD)
    write(tmp_path / "a.txt", "one")
    assert not is_as_written(tmp_path / "a.txt")


def test_a_file_that_was_saved_while_align_worked_is_not_replaced(tmp_path):
    path = tmp_path / "a.txt"
    write(path, "one")
    with (
        pytest.raises(InputError, match="--force"),
        open_for_writing(Output(str(path))) as stream,
    ):
        stream.write("two")
        path.write_text("by hand")
    assert path.read_text() == "by hand"


def test_a_text_is_no_result(tmp_path):
    write(tmp_path / "en.txt", "The ferry left.", is_text=True)
    write(tmp_path / "findings.txt", "en.txt:1: warning")
    assert is_as_written(tmp_path / "en.txt") and not is_result(tmp_path / "en.txt")
    assert is_result(tmp_path / "findings.txt")


def test_what_a_killed_process_left_is_swept_out(tmp_path):
    program = (
        "import os, sys, signal\n"
        "from align.formats.atomic import open_for_writing\n"
        "with open_for_writing(sys.argv[1]) as stream:\n"
        "    stream.write('half'); stream.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.txt")], check=False)
    assert [path.suffix for path in tmp_path.iterdir()] == [".tmp"]
    Output(str(tmp_path / "a.txt")).claimed()
    assert list(tmp_path.iterdir()) == []


def test_what_a_living_process_writes_is_not(tmp_path):
    with open_for_writing(tmp_path / "a.txt") as stream:
        stream.write("half")
        Output(str(tmp_path / "b.txt")).claimed()
        assert len(list(tmp_path.iterdir())) == 1
    assert (tmp_path / "a.txt").read_text() == "half"


def test_files_of_others_with_such_names_are_left(tmp_path):
    (tmp_path / ".align-notes.tmp").write_text("mine")
    Output(str(tmp_path / "a.txt")).claimed()
    assert (tmp_path / ".align-notes.tmp").exists()


@pytest.mark.skipif(os.name == "nt", reason="no such limits")
def test_a_file_whose_line_the_disk_cut_off_is_not_written(tmp_path):
    write(tmp_path / "a.txt", "old")
    room = (tmp_path / RECORD).stat().st_size + 20
    code = (
        "import resource, sys\n"
        "from align.errors import OutputError\n"
        "from align.formats.atomic import Output, open_for_writing\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))\n"
        "try:\n"
        "    with open_for_writing(Output(sys.argv[1])) as stream: stream.write('new')\n"
        "except OutputError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.txt"), str(room)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "cannot be written: No space left on device" in done.stdout, done.stderr
    assert (tmp_path / "a.txt").read_text() == "old"
    write(tmp_path / "a.txt", "new")
    assert is_as_written(tmp_path / "a.txt")
