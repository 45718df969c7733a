"""`align tmx`: what the commands say, and how they end."""

import pytest

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="{version}"><header creationtool="x" creationtoolversion="1" segtype="sentence"
 o-tmf="x" adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu><tuv xml:lang="en"><seg>The ferry leaves at nine.</seg></tuv>
<tuv xml:lang="fr"><seg>Le bac part à neuf heures.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>12</seg></tuv><tuv xml:lang="fr"><seg>12</seg></tuv></tu>
</body></tmx>"""


@pytest.fixture
def memory(tmp_path):
    path = tmp_path / "memory.tmx"
    path.write_text(TMX.format(version="1.4"))
    return path


def test_a_fault_is_told_like_a_compilers(run, memory):
    assert run("tmx", "validate", memory).code == 0
    memory.write_text(TMX.format(version="1.4b"))
    shown = run("tmx", "validate", memory)
    assert shown.code == 1
    said = "memory.tmx:2: error: the version is '1.4b', not '1.4'; write version=\"1.4\""
    assert said in shown.out


def test_what_is_looked_up_is_scored(run, memory):
    shown = run("tmx", "lookup", memory, "The ferry leaves at ten.")
    assert shown.out == "83\tThe ferry leaves at nine.\tLe bac part à neuf heures.\n"
    assert run("tmx", "lookup", memory, "ferry", "--concordance").out.startswith("100\tThe ferry")
    assert "nothing is like it" in run("tmx", "lookup", memory, "Fog").err


def test_what_was_dropped_is_beside_the_clean_memory(run, memory, tmp_path):
    shown = run("tmx", "clean", memory, "-o", tmp_path / "clean.tmx")
    assert "1 units kept; dropped: 1 no-words" in shown.err
    assert "no-words" in (tmp_path / "clean.dropped.tmx").read_text()


@pytest.mark.parametrize("place", ["clean.tmx", "-"])
def test_what_is_kept_and_what_is_dropped_are_two_files(run, memory, tmp_path, place):
    place = place if place == "-" else tmp_path / place
    shown = run("tmx", "clean", memory, "-o", place, "--dropped", place)
    assert shown.code == 2
    assert shown.err == f"align: {place}: is for what is kept; name another file with --dropped\n"


@pytest.mark.parametrize("command", ["merge", "filter", "dedupe", "clean"])
def test_what_is_read_is_not_overwritten(run, memory, command):
    before = memory.read_text()
    assert run("tmx", command, memory, "-o", memory).code == 2
    assert memory.read_text() == before


def test_memories_that_differ_end_with_1(run, memory, tmp_path):
    assert run("tmx", "diff", memory, memory).code == 0
    other = tmp_path / "other.tmx"
    other.write_text(memory.read_text().replace("neuf heures", "9 h"))
    shown = run("tmx", "diff", memory, other)
    assert shown.code == 1
    assert shown.out.startswith("~ ")


def test_what_is_in_a_memory_is_counted(run, memory):
    assert "en\t2 units\t6 words" in run("tmx", "stats", memory).out


@pytest.mark.parametrize("content", ["", "<xliff/>", "<tmx>", "no XML"])
def test_what_is_no_tmx_is_refused_in_a_line(run, memory, content):
    memory.write_text(content)
    shown = run("tmx", "stats", memory)
    assert shown.code == 2
    assert len(shown.err.splitlines()) == 1


def test_parts_go_into_a_folder_of_their_own(run, refuses, memory, tmp_path):
    assert "other files in it" in refuses("tmx", "split", memory, "-o", tmp_path, "--every", "1")
    folder = tmp_path / "parts"
    assert run("tmx", "split", memory, "-o", folder, "--every", "1").code == 0
    assert run("tmx", "split", memory, "-o", folder, "--every", "2").code == 0
    (folder / "memory.1.tmx").write_text("mine")
    said = refuses("tmx", "split", memory, "-o", folder, "--every", "1")
    assert "is not as align wrote it" in said
    assert (folder / "memory.1.tmx").read_text() == "mine"
    assert run("tmx", "split", memory, "-o", folder, "--every", "1", "--force").code == 0


@pytest.mark.parametrize("linked", ["symlink_to", "hardlink_to"])
def test_a_part_never_replaces_the_memory(refuses, memory, tmp_path, linked):
    folder = tmp_path / "parts"
    folder.mkdir()
    getattr(folder / "memory.2.tmx", linked)(memory)
    before = memory.read_text()
    said = refuses("tmx", "split", memory, "-o", folder, "--every", "1", "--force")
    assert "is a text to be read" in said
    assert memory.read_text() == before
    assert not (folder / "memory.1.tmx").exists()
