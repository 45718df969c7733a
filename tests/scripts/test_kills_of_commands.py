"""Whatever ends a command, at whatever step of writing, its results are whole or not there."""

import shutil
import signal
import threading

import pytest

pytest.importorskip("fcntl", reason="no such signals, nor processes that begin as copies")

from killing.judging import Killing, Tally, run_together, state_of
from killing.reviews import Reviewing
from killing.runs import SIGNALS, start, stopped_at_step
from killing.subjects import SUBJECTS

STRIDES = {"tmx merge": 1, "tmx clean": 2, "tmx split": 8, "convert to Moses": 3, "pair": 5,
           "omegat": 4}  # fmt: skip
STOPPED = {signal.SIGINT: 130, signal.SIGTERM: -signal.SIGTERM, signal.SIGKILL: -signal.SIGKILL}


@pytest.fixture
def killing(given, tmp_path, request):
    """A command, and what it comes to undisturbed."""
    return Killing(SUBJECTS[request.param], given, tmp_path)


def kill_at_steps(killing, stride):
    """Kills runs at one step of writing after the other, until one comes to its end."""
    step, killed = 0, 0
    while True:
        number = SIGNALS[killed % len(SIGNALS)]
        variant = killed % len(killing.results)
        ended = killing.begin(variant, first=stopped_at_step(step, number)).wait()
        if ended.code == 0:
            return killed
        assert (ended.code, ended.left) == (STOPPED[number], 0), ended.said
        state, halves = state_of(killing.subject.files_in(killing.out), killing.results)
        assert halves == [], state
        step, killed = step + stride, killed + 1


@pytest.mark.parametrize("killing", STRIDES, indirect=True)
def test_a_kill_at_any_step_leaves_results_whole_or_not_there(killing):
    inputs = {path: path.read_bytes() for path in killing.given.rglob("*") if path.is_file()}
    shutil.rmtree(killing.out)
    assert kill_at_steps(killing, STRIDES[killing.subject.name]) > 1
    tally = Tally()
    killing.run_next(tally)
    assert tally.told == []
    assert {path: path.read_bytes() for path in inputs} == inputs


@pytest.mark.parametrize("killing", ["tmx split", "omegat"], indirect=True)
def test_a_run_after_a_kill_at_its_first_file_works(killing):
    for number in SIGNALS:
        shutil.rmtree(killing.out)
        killing.begin(first=stopped_at_step(4, number)).wait()
        tally = Tally()
        killing.run_next(tally)
        assert tally.told == []


@pytest.mark.parametrize("killing", ["corpus"], indirect=True)
def test_a_corpus_whose_run_is_killed_leaves_no_worker_and_is_gone_on_with(killing):
    shutil.rmtree(killing.out)
    for number, step in zip(SIGNALS, (3, 12, 20), strict=True):
        ended = killing.begin(first=stopped_at_step(step, number)).wait()
        assert (ended.code, ended.left) == (STOPPED[number], 0), ended.said
        assert state_of(killing.subject.files_in(killing.out), killing.results)[1] == []
    tally = Tally()
    killing.run_next(tally)
    assert tally.told == []


def test_fetching_that_is_killed_leaves_whole_pages_and_is_done_anew(given, tmp_path, serve_folder):
    killing = Killing(SUBJECTS["fetch"], given, tmp_path, site=serve_folder(given / "site"))
    shutil.rmtree(killing.out)
    assert kill_at_steps(killing, stride=4) > 1
    tally = Tally()
    killing.run_next(tally)
    assert tally.told == []


@pytest.fixture
def reviewing(given, tmp_path):
    pytest.importorskip("uvicorn")
    shutil.copytree(given / "built", tmp_path / "built")
    return Reviewing(tmp_path / "built", tmp_path)


@pytest.mark.parametrize("number", SIGNALS)
def test_what_a_review_answered_as_kept_is_in_the_log_whatever_ends_it(reviewing, number):
    run, address = reviewing.begin()
    sending = threading.Thread(target=reviewing.send_until_it_ends, args=[address])
    sending.start()
    while len(reviewing.answered) < 3 and sending.is_alive():
        sending.join(0.01)
    run.kill(number)
    run.wait()
    sending.join()
    with reviewing.log.open("ab") as log:
        log.write(b'{"id":"torn')  # what a machine that stops leaves of a line
    run, address = reviewing.begin()
    assert reviewing.send(address, next(reviewing.operations()))
    run.kill(signal.SIGINT)
    assert run.wait().code == 0
    tally = Tally()
    reviewing.judge(tally)
    assert tally.told == []
    assert reviewing.log.read_bytes().endswith(b"}\n")


def test_reviews_that_are_open_at_once_lose_nothing_of_each_other(reviewing):
    runs = [reviewing.begin(number) for number in range(2)]
    entries = [next(reviewing.operations()) for _ in range(16)]
    threads = [
        threading.Thread(
            target=lambda address, some: [reviewing.send(address, entry) for entry in some],
            args=[runs[number % 2][1], entries[number::4]],
        )
        for number in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for run, _ in runs:
        run.kill(signal.SIGINT)
        assert run.wait().code == 0
    tally = Tally()
    reviewing.judge(tally)
    assert tally.told == []
    assert len(reviewing.answered) == len(entries)


@pytest.mark.parametrize("killing", ["tmx clean", "tmx split", "omegat"], indirect=True)
def test_four_runs_at_once_leave_what_one_leaves(killing):
    done = run_together(killing, 4)
    assert done.otherwise == ()
    assert done.well >= 1 and done.well + done.told == 4
    assert done.is_same


@pytest.mark.parametrize("killing", ["corpus"], indirect=True)
def test_a_corpus_that_two_runs_do_at_once_is_what_one_leaves(killing):
    done = run_together(killing, 2)
    assert (done.well, done.otherwise, done.is_same) == (2, (), True)


def test_a_log_of_which_not_even_the_first_line_was_written_hinders_no_command(given, tmp_path):
    built = shutil.copytree(given / "built", tmp_path / "built")
    for begun in (b"", b'{"format":"align-rev', b'{"format":"align-review","version":1,"align'):
        (built / "review.jsonl").write_bytes(begun)
        ended = start(["export", str(built), "-o", f"{tmp_path}/out/"], tmp_path / "s").wait()
        assert ended.code == 0, ended.said
    assert (built / "review.jsonl").read_bytes() == begun
