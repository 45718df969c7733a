"""A disk that is full ends a run with one line; what was there stays, and there is a next run."""

import contextlib
import shutil
import signal
import sqlite3

import pytest

pytest.importorskip("fcntl", reason="no such disks, nor processes that begin as copies")

import numpy as np
from killing.judging import Killing, Tally, state_of
from killing.reviews import Reviewing
from killing.runs import start
from killing.subjects import SUBJECTS

from align.encoders.cache import VectorStore

FULL = "No space left on device"


@pytest.fixture
def killing(given, small_disk, request):
    """A command that came to its end on a small disk."""
    killing = Killing(SUBJECTS[request.param], given, small_disk)
    assert killing.results
    return killing


def fill(disk):
    """Fills a disk to the last byte; returns the file that does."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while True:
            stream.write(bytes(4096))
    return filler


@pytest.mark.parametrize(
    "killing",
    ["build", "convert to Moses", "tmx merge", "tmx clean", "omegat"],
    indirect=True,
)
def test_what_was_written_before_stays_and_a_run_with_room_works(killing, small_disk):
    before = killing.subject.files_in(killing.out)
    (small_disk / "screen-0").unlink()
    screen = killing.given.parent / "screen"
    command = killing.subject.command(killing.given, killing.out, 0)
    filler = fill(small_disk)
    ended = start(command, screen).wait()
    assert ended.code == 2, ended.said
    assert len(ended.said.splitlines()) == 1 and FULL in ended.said
    left = killing.subject.files_in(killing.out)
    assert state_of(left, killing.results) == ("whole", [])
    assert {name for name in left if name.endswith(".tmp")} == set()
    assert left.keys() - {"project/.align-unfinished"} == before.keys()
    filler.unlink()
    tally = Tally()
    killing.run_next(tally)
    assert tally.told == []


@pytest.mark.parametrize("name", ["tmx split", "omegat", "corpus"])
def test_a_disk_that_is_full_half_way_leaves_whole_files_to_go_on_with(
    given, small_disk, tmp_path, name
):
    killing = Killing(SUBJECTS[name], given, tmp_path)
    filler = fill(small_disk)
    with filler.open("r+b") as stream:
        stream.truncate(filler.stat().st_size - 40_000)
    out = small_disk / "out"
    ended = start(killing.subject.command(given, out), tmp_path / "screen").wait()
    assert ended.code == 2, ended.said
    assert len(ended.said.splitlines()) == 1 and FULL in ended.said
    assert state_of(killing.subject.files_in(out), killing.results)[1] == []
    elsewhere = shutil.move(out, tmp_path / "moved")
    ended = start(killing.subject.command(given, elsewhere), tmp_path / "screen").wait()
    assert ended.code == 0, ended.said
    assert killing.subject.files_in(elsewhere) == killing.results[0]


def test_an_operation_that_the_disk_has_no_room_for_is_never_answered_as_kept(
    given, small_disk, tmp_path
):
    pytest.importorskip("uvicorn")
    built = shutil.copytree(given / "built", small_disk / "built")
    reviewing = Reviewing(built, tmp_path)
    run, address = reviewing.begin()
    filler = fill(small_disk)
    entry = next(reviewing.operations())
    assert [reviewing.send(address, entry) for _ in range(2)] == [False, False]
    filler.unlink()
    assert reviewing.send(address, entry)
    run.kill(signal.SIGINT)
    assert run.wait().code == 0
    tally = Tally()
    reviewing.judge(tally)
    assert tally.told == []


def test_a_cache_on_a_full_disk_keeps_what_it_has_and_costs_no_result(small_disk):
    store = VectorStore(small_disk / "vectors.sqlite")
    vector = np.ones(512, dtype="<f4").tobytes()
    store.write({b"old": vector})
    filler = fill(small_disk)
    store.write({b"%d" % number: vector for number in range(100)})
    store.read([b"old"])  # for which SQLite wants room, too
    filler.unlink()
    store.write({b"new": vector})
    assert store.read([b"old", b"new", b"7"]).keys() >= {b"old", b"new"}
    with contextlib.closing(sqlite3.connect(small_disk / "vectors.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
