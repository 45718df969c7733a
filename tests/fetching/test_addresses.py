"""Which addresses are fetched, and which machines are never talked to."""

import socket
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import InputError
from align.fetching.addresses import is_public, normalise_address, system_resolve


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://example.org:80/a#part", "http://example.org/a"),
        ("https://example.org:443/a?b=c", "https://example.org/a?b=c"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/a/../b", "https://example.org/b"),
        ("https://example.org/橋", "https://example.org/%E6%A9%8B"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://日本語.example/", "https://xn--wgv71a119e.example/"),
        ("  https://example.org/a\n", "https://example.org/a"),
    ],
)
def test_addresses_have_one_spelling(written, normal):
    assert normalise_address(written) == normal
    assert normalise_address(normal) == normal


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_an_input_error(text):
    for candidate in (text, f"https://{text}", f"http://example.org/{text}"):
        try:
            normal = normalise_address(candidate)
        except InputError:
            continue
        assert normal.startswith(("http://", "https://"))
        assert normal.isascii()
        assert normalise_address(normal) == normal


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.9.10", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
        "224.0.0.1", "239.255.255.250", "233.252.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
        "2001:db8::1", "100::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "2002:7f00:1::",
        "2002:c0a8:101::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_addresses_that_are_not_of_the_open_net(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_net(address):
    assert is_public(address)


@given(st.ip_addresses(v=4), st.sampled_from(["::ffff:", "64:ff9b::", "::"]))
def test_no_way_of_writing_ipv4_in_ipv6_opens_what_is_closed(ip, prefix):
    if not is_public(str(ip)):
        assert not is_public(f"{prefix}{ip}")


@given(st.ip_addresses(v=4))
def test_6to4_opens_nothing_either(ip):
    mapped = int(IPv4Address(ip))
    assert is_public(str(ip)) or not is_public(f"2002:{mapped >> 16:x}:{mapped & 0xFFFF:x}::1")


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1"])
def test_odd_ways_of_writing_this_machine_are_asked_of_the_system_and_found_out(make_client, host):
    try:
        socket.getaddrinfo(host, 80)
    except OSError:
        pytest.skip("this system does not take it for an address")
    client = make_client(resolve=system_resolve, allow_private=False)
    with pytest.raises(InputError, match=r"\(127\.0\.0\.1\) is not on the open net"):
        client.get(normalise_address(f"http://{host}:1/"))


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "１２７.０.０.１", "a..b"]
)
def test_hosts_that_are_not_on_the_open_net_are_never_connected_to(make_client, monkeypatch, host):
    def connect(*_args, **_kwargs):
        raise AssertionError("connected")

    monkeypatch.setattr(socket.socket, "connect", connect)
    client = make_client(resolve=system_resolve, allow_private=False)
    with pytest.raises(InputError, match=r"not on the open net|there is no host"):
        client.get(normalise_address(f"http://{host}/"))


def test_a_name_with_one_private_address_among_others_is_refused(make_client):
    client = make_client(resolve=lambda *_: ["93.184.215.14", "10.0.0.7"], allow_private=False)
    with pytest.raises(InputError, match=r"'mixed\.test' \(10\.0\.0\.7\) is not on the open net"):
        client.get("http://mixed.test/")


def test_a_name_is_looked_up_once_and_what_was_checked_is_connected_to(make_client, site):
    """A name that answers otherwise the second time (rebinding) gains nothing."""
    site["/"] = "<p>here</p>"
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    client = make_client(resolve=lambda *_: answers.pop(0))
    assert client.get(site.url("/", host="rebinds.test")).status == 200
    assert answers == [["10.0.0.1"]]


def test_the_second_address_is_tried_where_the_first_refuses(make_client, site):
    site["/"] = "<p>here</p>"
    client = make_client(resolve=lambda *_: ["127.0.0.2", "127.0.0.1"])
    assert client.get(site.url("/", host="two.test")).body == b"<p>here</p>"


def test_a_host_that_is_not_there_is_named(make_client):
    with pytest.raises(InputError) as refused:
        make_client().get("https://nowhere.invalid/a")
    assert str(refused.value) == "https://nowhere.invalid/a: there is no host 'nowhere.invalid'"


def test_an_address_that_is_longer_than_any_is_refused_in_a_short_line():
    with pytest.raises(InputError, match="is longer than 2000 characters") as refused:
        normalise_address("https://example.org/" + "a" * 5000)
    assert len(str(refused.value)) < 300


def test_a_message_about_an_address_holds_nothing_that_a_terminal_obeys():
    with pytest.raises(InputError) as refused:
        normalise_address("nothing\x1b[2J\r\n\u202eof the kind")
    assert str(refused.value).isprintable()
