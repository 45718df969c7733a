"""A real server on a free port, asked by a real client: what it answers, and whom it refuses."""

from __future__ import annotations

import http.client
import json
import socket
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import pytest

from align.errors import InputError, MissingExtraError
from align.formats.tmx import read_tmx
from align.local_server import address_of, listening
from align.references import References
from align.serving.description import openapi
from align.serving.questions import QUESTIONS
from align.serving.server import lookup_app, serve

uvicorn = pytest.importorskip("uvicorn")

TOKEN = "a-token-of-the-tests"
TMX = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" '
    'o-tmf="x" adminlang="en" srclang="en-GB" datatype="plaintext"/><body>'
    '<tu changedate="20260102T030405Z"><note>from the guide</note><prop type="x-domain">port</prop>'
    '<tuv xml:lang="en-GB"><seg>The <ph>x</ph>red sail.</seg></tuv>'
    '<tuv xml:lang="fr"><seg>La voile rouge.</seg></tuv></tu>'
    '<tu><tuv xml:lang="en-GB"><seg>The red sails.</seg></tuv>'
    '<tuv xml:lang="fr"><seg>Les voiles rouges.</seg></tuv></tu></body></tmx>'
)
ASKED = {"source": "en", "target": "fr"}
UNIT = {**ASKED, "text": "Fog.", "translation": "Brume."}


@pytest.fixture
def files(tmp_path):
    memory, termbase = tmp_path / "sails.tmx", tmp_path / "ships.csv"
    memory.write_text(TMX, encoding="utf-8")
    termbase.write_text("en,fr,status\nsail,voile,preferred\nsail,toile,deprecated\n", "utf-8")
    return memory, termbase


class Client:
    """Asks one server."""

    def __init__(self, address):
        self.address = address

    def ask(self, path, *, method="GET", body=None, token=TOKEN, headers=None, **query):
        """Status, what is answered (JSON as such), and headers; one that is None is not sent."""
        asked = {"Host": self.address}
        if body is not None:
            asked["Content-Type"] = "application/json"
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        asked = {k: v for k, v in {**asked, **(headers or {})}.items() if v is not None}
        host, _, port = self.address.rpartition(":")
        connection = http.client.HTTPConnection(host.strip("[]"), int(port))
        try:
            connection.putrequest(
                method,
                f"/{token}{path}" + (f"?{urlencode(query)}" if query else ""),
                skip_host=True,
            )
            if body is not None:
                asked["Content-Length"] = str(len(body))
            for name, value in asked.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            said = answer.read().decode()
            kind = answer.headers["content-type"].partition(";")[0]
            return answer.status, json.loads(said) if "json" in kind else said, answer.headers
        finally:
            connection.close()

    def get(self, path, **query):
        status, said, _ = self.ask(path, **query)
        assert status == 200, said
        return said

    def post(self, body, **more):
        status, said, _ = self.ask("/units", method="POST", body=body, **more)
        return status, said


@contextmanager
def serving(references, host="127.0.0.1"):
    with listening(0, host) as bound:
        app = lookup_app(references, token=TOKEN, address=address_of(bound))
        config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield Client(address_of(bound))
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def client(files):
    memory, termbase = files
    with serving(References([memory], [termbase])) as client:
        yield client


@pytest.fixture
def writer(files, tmp_path):
    memory, termbase = files
    new = tmp_path / "new.tmx"
    with serving(References([memory], [termbase], writable=new)) as client:
        yield client


def is_problem(answer, status, words=""):
    found, said, headers = answer
    assert found == status, said
    assert headers["content-type"].startswith("application/problem+json")
    assert said.keys() == {"title", "status", "detail"} and said["status"] == status
    assert words in said["detail"] and "\n" not in said["detail"]
    return True


def test_a_fuzzy_match_says_all_that_its_file_says(client, files):
    assert client.get("/lookup", text="The blue sail.", **ASKED) == {
        "matches": [
            {
                "score": 75,
                "source": {"language": "en-GB", "text": "The red sail."},
                "target": {"language": "fr", "text": "La voile rouge."},
                "memory": str(files[0]),
                "notes": ["from the guide"],
                "properties": [{"name": "x-domain", "text": "port"}],
                "changed": "20260102T030405Z",
            }
        ],
        "more": False,
        "asked": [str(files[0])],
    }


def test_scores_and_numbers_of_answers_are_as_asked_for(client):
    asked = {"text": "The red sail.", **ASKED}
    assert [m["score"] for m in client.get("/lookup", **asked)["matches"]] == [100, 75]
    assert len(client.get("/lookup", least=80, **asked)["matches"]) == 1
    first = client.get("/lookup", most=1, **asked)
    assert len(first["matches"]) == 1 and first["more"] is True


def test_a_phrase_is_found_on_the_side_asked_for(client):
    found = client.get("/concordance", text="VOILES", side="target", **ASKED)
    assert [match["target"]["text"] for match in found["matches"]] == ["Les voiles rouges."]
    assert client.get("/concordance", text="voiles", **ASKED)["matches"] == []


def test_terms_of_a_sentence_have_places_and_renderings(client, files):
    [term] = client.get("/terms", text="Two sails.", **ASKED)["terms"]
    assert (term["start"], term["end"], term["term"]["text"]) == (4, 9, "sail")
    assert [(r["text"], r["status"]) for r in term["renderings"]] == [
        ("voile", "preferred"), ("toile", "deprecated")]  # fmt: skip
    assert term["termbase"] == str(files[1])


def test_a_word_is_looked_up_in_the_termbases_without_a_place(client):
    [term] = client.get("/terms/search", text="sai", source="en")["terms"]
    assert (term["term"]["text"], term["start"]) == ("sail", None)


def test_memories_without_the_languages_are_not_asked_and_nothing_is_found(client):
    answer = client.get("/lookup", text="Fog.", source="de", target="fr")
    assert answer == {"matches": [], "more": False, "asked": []}


def test_what_is_loaded_is_listed(writer, files, tmp_path):
    said = writer.get("/loaded")
    assert said == {
        "memories": [
            {"name": str(tmp_path / "new.tmx"), "units": 0, "languages": []},
            {"name": str(files[0]), "units": 2, "languages": ["en-GB", "fr"]},
        ],
        "termbases": [
            {"name": str(files[1]), "title": "", "concepts": 1, "languages": ["en", "fr"]}
        ],
        "writable": str(tmp_path / "new.tmx"),
    }


def test_a_unit_that_is_sent_is_found_and_in_the_file(writer, tmp_path):
    status, said = writer.post({**UNIT, "note": "log"})
    assert (status, said["added"], said["units"]) == (201, True, 1)
    assert writer.post(UNIT)[0] == 200
    [match] = writer.get("/lookup", text="Fog.", **ASKED)["matches"]
    assert (match["target"]["text"], match["notes"]) == ("Brume.", ["log"])
    [unit] = read_tmx(tmp_path / "new.tmx")
    assert [variant.text for variant in unit.variants] == ["Fog.", "Brume."]


def test_without_a_new_memory_nothing_can_be_added(client, files, tmp_path):
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert is_problem(client.ask("/units", method="POST", body=UNIT), 403, "--writable")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_that_another_program_changed_is_a_conflict(writer, tmp_path):
    writer.post(UNIT)
    (tmp_path / "new.tmx").write_text(TMX, encoding="utf-8")
    answer = writer.ask("/units", method="POST", body={**UNIT, "text": "Mist."})
    assert is_problem(answer, 409, "changed by another program")
    assert (tmp_path / "new.tmx").read_text(encoding="utf-8") == TMX


def test_a_file_that_cannot_be_written_is_told(files, tmp_path):
    (tmp_path / "folder").write_text("a file", encoding="utf-8")
    new = tmp_path / "folder" / "new.tmx"
    with serving(References([files[0]], writable=new)) as client:
        answer = client.ask("/units", method="POST", body=UNIT)
        assert is_problem(answer, 500, "cannot be written")


@pytest.mark.parametrize(
    ("path", "query", "words"),
    [
        ("/lookup", {}, "text is missing"),
        ("/lookup", {"text": "Fog.", "source": "en"}, "target is missing"),
        ("/lookup", {"text": "Fog.", "source": "en", "target": "jp"}, "did you mean 'ja'?"),
        ("/lookup", {"text": "Fog.", "source": "en", "target": "en"}, "name two languages"),
        ("/lookup", {"text": " ", **ASKED}, "text is empty"),
        ("/lookup", {"text": "a" * 5001, **ASKED}, "more than 5,000 characters"),
        ("/lookup", {"text": "Fog.", "least": 0, **ASKED}, "a number from 1 to 100"),
        ("/lookup", {"text": "Fog.", "least": "٧٠", **ASKED}, "a number from 1 to 100"),
        ("/lookup", {"text": "Fog.", "most": "1" * 5000, **ASKED}, "a number from 1 to 100"),
        ("/lookup", {"text": "Fog.", "fuzzy": 1, **ASKED}, "no parameter 'fuzzy'"),
        ("/concordance", {"text": "fog", "side": "both", **ASKED}, "source or target"),
        ("/concordance", {"text": "a" * 501, **ASKED}, "more than 500 characters"),
        ("/terms", {"text": "Fog."}, "source is missing"),
        ("/terms/search", {"text": "fog", "most": -1, "source": "en"}, "from 1 to 500"),
        ("/loaded", {"all": 1}, "there are: none"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_a_line(client, path, query, words):
    assert is_problem(client.ask(path, **query), 400, words)


def test_a_parameter_is_given_once(client):
    assert is_problem(client.ask("/terms?text=a&text=b&source=en"), 400, "text is given twice")


def test_the_longest_text_in_the_widest_letters_can_be_asked(client):
    assert client.get("/lookup", text="𠀀" * 5000, **ASKED)["matches"] == []
    assert is_problem(client.ask(f"/lookup?text={quote('𠀀' * 6000)}"), 414, "65,536 bytes")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{", 400, "not JSON"),
        (b"[" * 100_000, 400, "not JSON"),
        (b"\xff", 400, "not JSON"),
        ([], 400, "not an object"),
        ({}, 400, "source is missing"),
        ({**UNIT, "text": 5}, 400, "text has to be a string"),
        ({**UNIT, "text": "a" * 5001}, 400, "more than 5,000 characters"),
        ({**UNIT, "text": "\x00"}, 400, "no text"),
        ({**UNIT, "path": "/etc/passwd"}, 400, "no parameter 'path'"),
        ({**UNIT, "note": "a" * 300_000}, 413, "at most 262,144 bytes"),
    ],
)
def test_what_is_no_unit_is_refused_and_not_written(writer, tmp_path, body, status, words):
    assert is_problem(writer.ask("/units", method="POST", body=body), status, words)
    assert not (tmp_path / "new.tmx").exists()


def test_what_is_not_said_to_be_json_is_refused(writer):
    for kind in ("text/plain", "application/x-www-form-urlencoded", None):
        answer = writer.ask("/units", method="POST", body=UNIT, headers={"Content-Type": kind})
        assert is_problem(answer, 415)


def test_paths_and_methods_that_are_not_served_are_told(client):
    for path in ("/x", "/lookup/", "/openapi.json/", "/..%2fserver.py", "//"):
        assert is_problem(client.ask(path), 404, "openapi.json")
    for path, method in (("/lookup", "POST"), ("/units", "GET"), ("/loaded", "OPTIONS")):
        answer = client.ask(path, method=method)
        assert is_problem(answer, 405) and answer[2]["allow"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.nip.example:80"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_or_name_of_the_machine_is_refused(writer, tmp_path, headers):
    assert is_problem(writer.ask("/loaded", headers=headers), 403, "not from here")
    assert is_problem(writer.ask("/units", method="POST", body=UNIT, headers=headers), 403)
    assert not (tmp_path / "new.tmx").exists()


def test_without_the_token_nothing_is_there(client):
    for token in ("", "another-token", f"{TOKEN}-", "é"):
        assert is_problem(client.ask("/loaded", token=quote(token)), 403)


def test_no_answer_lets_another_site_read_it(client):
    for path in ("/loaded", "/", "/x"):
        headers = client.ask(path)[2]
        assert not [name for name in headers if name.lower().startswith("access-control")]
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_page_shows_how_to_ask_runs_nothing_and_escapes_what_it_shows(tmp_path):
    memory = tmp_path / "<b>&.tmx"
    memory.write_text(TMX, encoding="utf-8")
    with serving(References([memory])) as client:
        status, page, headers = client.ask("/")
        assert status == 200 and "&lt;b&gt;&amp;.tmx" in page and "<b>&" not in page
        assert f"curl -G http://{client.address}/{TOKEN}/lookup" in page
        assert "<script" not in page and "/units" not in page
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "script" not in policy
        assert client.ask("/page.css")[0] == 200


def test_many_clients_ask_and_add_at_a_time(writer, tmp_path):
    def work(number):
        status, _ = writer.post({**UNIT, "text": f"Buoy {number}."})
        found = writer.get("/lookup", text=f"Buoy {number}.", least=100, **ASKED)
        return status, len(found["matches"])

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(work, range(24))) == [(201, 1)] * 24
    assert len(list(read_tmx(tmp_path / "new.tmx"))) == 24


def test_it_is_described_as_openapi_has_it(client):
    validate = pytest.importorskip("openapi_spec_validator").validate
    said = client.get("/openapi.json")
    validate(said)
    assert said["openapi"] == "3.1.1"
    assert said["servers"] == [{"url": f"http://{client.address}/{TOKEN}"}]
    assert said["paths"].keys() == {question.path for question in QUESTIONS}


def _checked(document, schema):
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    whole = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("doc:", whole)
    strict = {"$ref": f"doc:#/components/schemas/{schema}"}
    return Draft202012Validator(strict, registry=registry)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda each: each.name)
def test_its_examples_are_answered_as_it_describes(writer, question):
    document = openapi("http://localhost")
    if question.sends:
        status, said = writer.post(question.example())
        assert status == 201
    else:
        said = writer.get(question.path, **question.example())
    _checked(document, question.answer).validate(said)
    top = document["components"]["schemas"][question.answer]["properties"]
    assert said.keys() == top.keys()
    refused = writer.ask(question.path, nothing=1, method="GET")
    _checked(document, "Problem").validate(refused[1])


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
def test_it_listens_at_another_address_if_told(files):
    try:
        with serving(References([files[0]]), "::1") as client:
            assert client.address.startswith("[::1]:")
            assert client.get("/loaded")["termbases"] == []
    except InputError:
        pytest.skip("no IPv6 here")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "localhost", "192.0.2.1"])
def test_what_is_not_one_address_of_this_machine_is_refused(host):
    with pytest.raises(InputError, match=r"every address|no address|cannot be had"):
        listening(0, host)


def test_missing_packages_are_named(files, monkeypatch):
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingExtraError, match=r"pip install '\.\[serve\]'"):
        serve(References([files[0]]), started=lambda _: None)
