"""`align serve` as its user runs it."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

import align
from align.formats.tmx import read_tmx
from align.serving.page import curl
from align.serving.questions import QUESTIONS

ROOT = Path(align.__file__).parents[1]


@pytest.fixture
def memory(tmp_path):
    path = tmp_path / "memory.csv"
    path.write_text("en,fr\nThe red sail.,La voile rouge.\n", encoding="utf-8")
    return path


@contextmanager
def running(*arguments):
    """The command at work: its process and the address that it says."""
    pytest.importorskip("uvicorn")
    process = subprocess.Popen(
        [sys.executable, "-m", "align", "serve", *map(str, arguments), "--port", "0"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = process.stderr.readline()
        assert "http://" in said, said + process.stderr.read()
        yield process, re.search(r"http://\S+", said)[0]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def send(address, text):
    body = {"source": "en", "target": "fr", "text": text, "translation": text.upper()}
    request = urllib.request.Request(
        f"{address}/units", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.status


def test_it_says_its_address_and_answers_there(memory):
    with running(memory) as (_, address):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}", address)
        query = "text=The+red+sail.&source=en&target=fr"
        with urllib.request.urlopen(f"{address}/lookup?{query}") as answer:
            [match] = json.load(answer)["matches"]
        assert (match["score"], match["target"]["text"]) == (100, "La voile rouge.")


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_ctrl_c_ends_it_and_says_what_was_added(memory, tmp_path):
    import signal

    with running(memory, "--writable", tmp_path / "new.tmx") as (process, address):
        assert send(address, "Fog.") == 201
        process.send_signal(signal.SIGINT)
        assert process.wait() == 0
        assert "1 units in" in process.stderr.read()


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize("after", [1, 7, 20])
def test_a_kill_loses_no_unit_that_was_answered_for(memory, tmp_path, after):
    new = tmp_path / "new.tmx"
    answered, enough = [], threading.Event()

    def keep_sending(address, name):
        for number in range(10_000):
            try:
                send(address, f"{name} {number}")
            except OSError:
                return
            answered.append(f"{name} {number}")
            if len(answered) >= after:
                enough.set()

    with running(memory, "--writable", new) as (process, address):
        threads = [threading.Thread(target=keep_sending, args=(address, n)) for n in "abc"]
        for thread in threads:
            thread.start()
        enough.wait()
        process.kill()
        for thread in threads:
            thread.join()
    kept = {unit.variants[0].text for unit in read_tmx(new)}
    assert kept >= set(answered)
    assert len(kept) <= len(answered) + len(threads)


def test_the_token_that_a_file_keeps_is_the_same_again(memory, tmp_path):
    kept = tmp_path / "token"
    with running(memory, "--token-file", kept) as (_, first):
        pass
    with running(memory, "--token-file", kept) as (_, second):
        pass
    assert first.rpartition("/")[2] == second.rpartition("/")[2] == kept.read_text().strip()
    if os.name != "nt":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_file_that_holds_no_token_is_refused(refuses, memory, tmp_path):
    for content in (b"short", b"\xff\xfe", b"with spaces in it, and long"):
        (tmp_path / "token").write_bytes(content)
        assert "holds no token" in refuses("serve", memory, "--token-file", tmp_path / "token")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_token_is_not_waited_for_at_a_pipe(refuses, memory, tmp_path):
    os.mkfifo(tmp_path / "token")
    said = refuses("serve", memory, "--token-file", tmp_path / "token")
    assert "is a pipe or a device" in said


def test_what_is_there_is_never_written_to(refuses, memory, tmp_path):
    other = tmp_path / "other.tmx"
    other.write_text("<tmx/>", encoding="utf-8")
    assert "is there already" in refuses("serve", memory, "--writable", other)
    assert "is there already" in refuses("serve", other, "--writable", other)
    for name in (memory, "-", "new.csv"):
        assert "a new memory is a .tmx" in refuses("serve", memory, "--writable", name)
    assert "is an address" in refuses("serve", memory, "--writable", "https://example.org/n.tmx")


def test_what_cannot_be_served_is_told_in_a_line(refuses, memory, tmp_path):
    assert "name a memory or a termbase" in refuses("serve")
    assert "no such file" in refuses("serve", tmp_path / "none.tmx")
    assert "go together" in refuses("serve", memory, "-s", "en")
    assert "every address" in refuses("serve", memory, "--host", "0.0.0.0", "--port", "0")


def test_missing_packages_are_told_in_a_line(refuses, memory, monkeypatch):
    monkeypatch.setitem(sys.modules, "starlette", None)
    assert "pip install '.[serve]'" in refuses("serve", memory)


def test_the_help_shows_every_path(run):
    said = run("serve", "--help").out
    for question in QUESTIONS:
        assert f"$A{question.path} " in said or f"$A{question.path}\n" in said


def test_the_page_s_commands_are_those_of_a_shell(memory, tmp_path, program):
    pytest.importorskip("uvicorn")
    shell = program("curl")
    assert shell
    with running(memory, "--writable", tmp_path / "new.tmx") as (_, address):
        for question in QUESTIONS:
            command = curl(question.name, address)
            said = subprocess.run(command, shell=True, capture_output=True, check=True).stdout
            answer = json.loads(said)
            assert "status" not in answer, answer
