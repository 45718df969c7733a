"""Addresses on the web: which are fetched, and which machines are not talked to."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urljoin

from align.errors import InputError

Resolve = Callable[[str, int], list[str]]
"""Answers with a name's addresses, in the order in which they are to be tried."""

_LONGEST = 2000  # what browsers and servers agree on, about
_SCHEMES = ("http", "https")
_PORTS = {"http": 80, "https": 443}

# IPv6 addresses that stand for one of IPv4, which is its last 32 bits (RFC 4291, 6052, 8215).
_ENDING_IN_IPV4 = tuple(
    IPv6Network(network) for network in ("::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)
# Of IANA's registries of special addresses, what the tables of some versions of Python lack.
_CLOSED = tuple(
    ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "100::/32", "3fff::/20", "5f00::/16")
)


def normalise_address(text: str, *, base: str | None = None) -> str:
    """The one spelling of an address: lower-case host, no fragment, no port that is usual.

    Args:
        text: An address as people and pages write it.
        base: The page it stands in, for a relative one.

    Raises:
        InputError: If it is none that is fetched: not of the web, or with a name and a password.

    >>> normalise_address("../fr/L'été#top", base="HTTPS://Example.ORG:443/en/")
    "https://example.org/fr/L'%C3%A9t%C3%A9"
    """
    from urllib3.exceptions import LocationParseError
    from urllib3.util import Url, parse_url

    shown = "".join(each if each.isprintable() else "\ufffd" for each in text.strip()[:200])
    if len(text) > _LONGEST:
        raise InputError(f"is longer than {_LONGEST} characters", path=f"{shown}…")
    try:
        joined = urljoin(base, text.strip()) if base else text.strip()
        scheme, colon, rest = joined.partition(":")
        if not colon or not rest.startswith("//"):
            raise InputError("is no address; one begins with https:// or http://", path=shown)
        if scheme.lower() not in _SCHEMES:
            message = f"is of the kind {scheme.lower()}:; only http and https are fetched"
            raise InputError(message, path=shown)
        parts = parse_url(_with_ascii_host(joined))
    except (LocationParseError, ValueError) as error:  # UnicodeError, of hosts, is a ValueError
        raise InputError("is no address that can be read", path=shown) from error
    if not parts.host or not parts.scheme:
        raise InputError("names no host", path=shown)
    if parts.auth is not None:
        # It would be sent in the clear, and be kept in corpus.toml.
        raise InputError("holds a user's name or password; leave them out", path=shown)
    port = None if parts.port == _PORTS[parts.scheme] else parts.port
    return Url(parts.scheme, None, parts.host, port, parts.path or "/", parts.query).url


def _with_ascii_host(address: str) -> str:
    """An address whose host is written as DNS has it; browsers do the same, by newer tables."""
    scheme, _, rest = address.partition("://")
    end = next((index for index, each in enumerate(rest) if each in "/?#\\"), len(rest))
    host = rest[:end]
    return f"{scheme}://{host if host.isascii() else host.encode('idna').decode()}{rest[end:]}"


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open net, and stands for no other that is not.

    >>> [is_public(each) for each in ("93.184.215.14", "10.0.0.1", "::1", "64:ff9b::a00:1")]
    [True, False, False, False]
    """
    ip = ip_address(address.partition("%")[0])  # without the zone of a link-local address
    if isinstance(ip, IPv6Address):
        inner = _inner_ipv4(ip)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    if any(ip in network for network in _CLOSED):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _inner_ipv4(ip: IPv6Address) -> IPv4Address | None:
    """The address of IPv4 that packets to one of IPv6 end at, if they do."""
    if any(ip in network for network in _ENDING_IN_IPV4):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def system_resolve(host: str, port: int) -> list[str]:
    """Asks the system for the addresses of a name; `0x7f.1` and `2130706433` are names, too.

    Raises:
        OSError: If there are none, or the name cannot be one.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError("is no name of a host") from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def checked_addresses(
    address: str, host: str, port: int, *, resolve: Resolve, allow_private: bool
) -> list[str]:
    """The IP addresses to connect to: asked for once, so that what is checked is what is used.

    Raises:
        InputError: If the name has none, or one that is not of the open net.
    """
    name = host.strip("[]")
    try:
        found = resolve(name, port)
    except OSError as error:
        raise InputError(f"there is no host '{name}'", path=address) from error
    if not found:
        raise InputError(f"there is no host '{name}'", path=address)
    for each in found:
        if not allow_private and not is_public(each):
            where = f"'{name}'" if name == each else f"'{name}' ({each})"
            raise InputError(
                f"{where} is not on the open net; --allow-private fetches from there", path=address
            )
    return found
