"""An answer is bounded in time and size, whatever a server does; names are verified."""

import gzip
import itertools
import socket
import time
import zlib

import pytest

from align.errors import InputError
from align.fetching.client import FetchLimits

SMALL = FetchLimits(size=10_000)


def said(client, address):
    """The one line that a page is refused with."""
    with pytest.raises(InputError) as refused:
        client.get(address)
    message = str(refused.value)
    assert message.startswith(f"{address}: ") and "\n" not in message
    return message.removeprefix(f"{address}: ")


def drip(pieces, seconds=0.05):
    """Sends pieces a little apart, for as long as anybody listens."""

    def answer(handler):
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(seconds)

    return answer


def head(*headers):
    return b"\r\n".join([b"HTTP/1.1 200 OK", *headers, b"", b""])


SLOW = {
    "a body": [head(b"Content-Length: 9000"), *[b"x"] * 200],
    "a body without a length": [head(), *[b"x"] * 200],
    "chunks": [head(b"Transfer-Encoding: chunked"), *[b"1\r\nx\r\n"] * 200],
    "one large chunk": [head(b"Transfer-Encoding: chunked"), b"2000\r\n", *[b"x"] * 200],
    "the status": [bytes([letter]) for letter in b"HTTP/1.1 200 " + b"O" * 200],
    "headers": [b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 90],
    "answers to come": [b"HTTP/1.1 100 Continue\r\n\r\n"] * 200,
    "the length of a chunk": [head(b"Transfer-Encoding: chunked"), *[b"0"] * 200],
    "trailers": [head(b"Transfer-Encoding: chunked"), b"0\r\n", *[b"X: y\r\n"] * 200],
}


@pytest.mark.parametrize("what", SLOW)
def test_a_server_that_sends_a_little_now_and_then_is_left(make_client, site, what):
    pieces = iter(SLOW[what])
    site["/slow"] = drip(pieces)
    limits = FetchLimits(seconds=0.5)
    assert said(make_client(limits), site.url("/slow")) == "took longer than 0.5 s, the limit"
    assert list(pieces)  # it was left before it had said all


def test_a_server_that_says_nothing_is_left(make_client, site):
    site["/mute"] = lambda handler: handler.connection.recv(1)  # until the other side hangs up
    limits = FetchLimits(silence=0.3)
    assert said(make_client(limits), site.url("/mute")) == "does not answer within 0.3 s"


ENDLESS = {
    "a body": (head(), b"x" * 4000),
    "chunks": (head(b"Transfer-Encoding: chunked"), b"4\r\nabcd\r\n" * 500),
    "the length of a chunk": (head(b"Transfer-Encoding: chunked"), b"0" * 4000),
    "a header": (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 4000),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 500),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_a_server_that_never_ends_is_left(make_client, site, what):
    begin, more = ENDLESS[what]
    site["/endless"] = drip(itertools.chain([begin], itertools.repeat(more)), 0)
    message = said(make_client(SMALL), site.url("/endless"))
    assert message in (
        "is larger than 0.00954 MB, the limit",
        "sends more than it may",
        "the answer broke off or cannot be understood; try again later",
    )


BOMBS = {
    "gzip": gzip.compress(bytes(50_000_000)),
    "deflate": zlib.compress(bytes(50_000_000)),
    "gzip, gzip": gzip.compress(gzip.compress(bytes(50_000_000))),
}


@pytest.mark.parametrize("coding", BOMBS)
@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_bomb_is_left_at_the_first_piece_too_many(make_client, site, coding, is_chunked):
    body = BOMBS[coding]
    if is_chunked:
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    length = {"Content-Length": None, "Transfer-Encoding": "chunked"} if is_chunked else {}
    site["/bomb"] = (200, {"Content-Encoding": coding, **length}, body)
    assert said(make_client(SMALL), site.url("/bomb")) == "is larger than 0.00954 MB, the limit"


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_what_comes_packed_is_unpacked(make_client, site, coding, pack):
    site["/packed"] = (200, {"Content-Encoding": coding}, pack(b"<p>plain</p>"))
    assert make_client().get(site.url("/packed")).body == b"<p>plain</p>"


BROKEN = {
    "nothing": b"",
    "noise": b"\x00\xff\x00 not HTTP at all\r\n\r\n",
    "half of a body": head(b"Content-Length: 500") + b"<p>half",
    "half of a chunk": head(b"Transfer-Encoding: chunked") + b"ff\r\nhalf",
    "a chunk of no length": head(b"Transfer-Encoding: chunked") + b"zz\r\nhalf",
    "not packed at all": head(b"Content-Encoding: gzip", b"Content-Length: 5") + b"plain",
    "a status that is none": b"HTTP/1.1 OK 200\r\n\r\n",
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_answer_is_one_line(make_client, site, what):
    site["/broken"] = drip([BROKEN[what]])
    assert said(make_client(), site.url("/broken")) in (
        "the answer broke off or cannot be understood; try again later",
        "sends what cannot be unpacked",
    )


def test_where_nothing_listens_it_says_so(make_client):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert said(make_client(), f"http://127.0.0.1:{port}/") == "nothing answers there"


def test_it_says_who_asks_and_keeps_no_cookies(make_client, site):
    seen = []

    def answer(handler):
        seen.append(dict(handler.headers))
        handler.wfile.write(head(b"Set-Cookie: a=b", b"Content-Length: 0"))

    site["/"] = answer
    client = make_client()
    client.get(site.url("/"))
    client.get(site.url("/"))
    assert seen[0] == seen[1]
    assert seen[0]["User-Agent"].startswith("align-editions/")
    assert not {"Cookie", "Authorization", "Referer"} & seen[0].keys()


def test_proxies_of_the_environment_are_not_used(make_client, site, monkeypatch):
    """The address that was checked would not be the one that is connected to."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    site["/"] = "<p>here</p>"
    assert make_client().get(site.url("/")).status == 200


def test_the_certificate_is_verified_for_the_name_though_the_address_is_connected_to(
    make_client, secure_site, our_authority
):
    secure_site["/"] = "<p>safe</p>"
    client = make_client(trust=our_authority)
    address = secure_site.url("/", host="article.test", scheme="https")
    assert client.get(address).body == b"<p>safe</p>"
    for other in ("other.test", "127.0.0.1"):
        address = secure_site.url("/", host=other, scheme="https")
        assert said(client, address).startswith("its certificate is not to be trusted: ")


def test_a_certificate_of_an_unknown_authority_is_not_trusted(make_client, secure_site):
    address = secure_site.url("/", host="article.test", scheme="https")
    assert said(make_client(), address).startswith("its certificate is not to be trusted: ")


def test_a_server_that_speaks_no_tls_is_one_line(make_client, site):
    address = site.url("/", scheme="https")
    assert said(make_client(), address) == "no secure connection can be made"
