"""The server answers the page it opened, and nobody else."""

from __future__ import annotations

import errno
import importlib.util
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from align.errors import InputError, MissingExtraError
from align.review.log import read_log
from align.review.server import serve


def _load(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"review_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


browser_of = _load("browser")


@pytest.fixture
def path(tmp_path, article):
    return browser_of.write(tmp_path, article)


@pytest.fixture
def address(path):
    pytest.importorskip("uvicorn")
    with browser_of.serving(browser_of.open_session(path)) as address:
        yield address


def _ask(address, content=None, **headers):
    data = (
        None
        if content is None
        else content
        if isinstance(content, bytes)
        else json.dumps(content).encode()
    )
    origin = {} if data is None else {"Origin": address.partition("/a-token")[0]}
    kind = {} if data is None else {"Content-Type": "application/json"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, data, {**origin, **kind, **named})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode(), dict(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), dict(error.headers)


ENTRY = {
    "id": "e1",
    "time": "2030-01-01T00:00:00Z",
    "operation": {"kind": "merge", "language": "ja", "side": "source", "segment": "4"},
}


def test_an_operation_is_kept_and_told_to_who_does_not_know_it(address, path):
    status, said, _ = _ask(f"{address}operations", {"entry": ENTRY, "after": 0})
    assert (status, json.loads(said)) == (200, {"entries": [ENTRY], "refused": None})
    assert [entry.id for entry in read_log(path.with_name("review.jsonl")).entries] == ["e1"]
    assert json.loads(_ask(f"{address}operations?after=0")[1])["entries"] == [ENTRY]
    assert json.loads(_ask(f"{address}operations?after=1")[1])["entries"] == []


def test_an_operation_that_is_sent_twice_is_done_once(address, path):
    for _ in range(2):
        _ask(f"{address}operations", {"entry": ENTRY, "after": 0})
    assert len(read_log(path.with_name("review.jsonl")).entries) == 1


def test_an_operation_that_could_not_be_kept_is_kept_once_it_can(address, path, monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("align.review.log.os.fsync", full)
        for _ in range(2):
            status, said, _ = _ask(f"{address}operations", {"entry": ENTRY, "after": 0})
            assert (status, "No space left" in said) == (400, True)
    log = path.with_name("review.jsonl")
    assert log.read_bytes() == b""
    status, said, _ = _ask(f"{address}operations", {"entry": ENTRY, "after": 0})
    assert (status, json.loads(said)["entries"]) == (200, [ENTRY])
    assert [entry.id for entry in read_log(log).entries] == ["e1"]


def test_an_operation_that_cannot_be_done_is_refused_and_not_kept(address, path):
    bad = {**ENTRY, "operation": {**ENTRY["operation"], "segment": "99"}}
    said = json.loads(_ask(f"{address}operations", {"entry": bad, "after": 0})[1])
    assert said["entries"] == [] and "no segment '99'" in said["refused"]
    assert not path.with_name("review.jsonl").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.nip.example:80"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_another_site_is_refused(address, path, headers):
    assert _ask(f"{address}operations", {"entry": ENTRY, "after": 0}, **headers)[0] == 403
    assert _ask(f"{address}data", **headers)[0] == 403
    assert not path.with_name("review.jsonl").exists()


def test_without_the_token_nothing_is_there(address):
    root = address.partition("a-token")[0]
    for path in ("", "data", "another-token/data", "a-token-of-the-test/data", "../etc/passwd"):
        assert _ask(root + path)[0] == 403


def test_the_page_may_load_nothing_from_elsewhere(address):
    status, page, headers = _ask(address)
    assert status == 200 and "http" not in page.replace("http-equiv", "")
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert headers["cache-control"] == "no-store" and headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("name", ["main.js", "review.css", "base.css"])
def test_its_files_are_served_and_no_others(address, name):
    assert _ask(address + name)[0] == 200
    for other in ("server.py", "..%2fserver.py", "%2e%2e/server.py", "review.jsonl"):
        assert _ask(address + other)[0] == 404


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"[" * 100_000, 400),
        ([], 400),
        ({}, 400),
        ({"entry": {}, "after": 0}, 400),
        ({"entry": ENTRY, "after": "0"}, 400),
    ],
)
def test_what_is_no_operation_is_refused_in_words(address, content, status):
    found, said, _ = _ask(f"{address}operations", content)
    assert found == status and said and "Traceback" not in said


def test_the_page_of_terms_is_shown_without_any_right(address, path):
    assert _ask(f"{address}terms.html")[0] == 404
    path.with_name("terms.html").write_text("<p>terms</p>", encoding="utf-8")
    status, said, headers = _ask(f"{address}terms.html")
    assert (status, said) == (200, "<p>terms</p>")
    assert headers["content-security-policy"].startswith("sandbox")


def test_missing_packages_are_named(path, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[review\]'"):
        serve(browser_of.open_session(path), started=lambda _: None)


def test_a_port_that_is_taken_is_told(path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} cannot be had"):
            serve(browser_of.open_session(path), port=port, started=lambda _: None)
