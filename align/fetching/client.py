"""One request, one answer: connected to an address that was checked, within limits."""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from align.errors import InputError
from align.fetching.addresses import Resolve, checked_addresses, system_resolve

if TYPE_CHECKING:
    import socket

    from urllib3.connection import HTTPConnection

_PIECE = 64 * 2**10
_HEADERS = 2**20  # more than the headers of any answer, and what frames a body

AGENT = "align-editions"
"""What `align` calls itself, to servers and in their `robots.txt`."""


class Clock(Protocol):
    """Tells the time and waits; another one in tests."""

    def monotonic(self) -> float:
        """Seconds since some moment."""

    def sleep(self, seconds: float, /) -> None:
        """Waits."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long, how large and how often: what a fetch keeps to.

    Attributes:
        size: The most bytes of a page, unpacked.
        seconds: The longest that an answer may take as a whole.
        silence: The longest, in seconds, that a server may keep silent.
        redirects: The most redirects that are followed for a page.
        pause: Seconds between two requests to a host; its `robots.txt` may ask for more.
        editions: The most editions of a page that are fetched unasked.
    """

    size: int = 16 * 2**20
    seconds: float = 60.0
    silence: float = 20.0
    redirects: int = 10
    pause: float = 1.0
    editions: int = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered.

    Attributes:
        address: What was asked for.
        status: The status, such as 200.
        headers: The headers, their names in lower case.
        body: What was sent, unpacked but not decoded.
    """

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def reason(self) -> str:
        """The status in words: '404 Not Found'."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


class Client:
    """Asks for one page at a time; follows nothing and keeps nothing.

    Args:
        limits: What it keeps to.
        allow_private: Whether it talks to machines that are not on the open net.
        resolve: Looks up names; once for each request.
        clock: Tells how much time has passed.
        trust: Which certificates are believed; None for those of the system and of certifi.
    """

    def __init__(
        self,
        limits: FetchLimits,
        *,
        allow_private: bool = False,
        resolve: Resolve = system_resolve,
        clock: Clock = time,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._limits = limits
        self._allow_private = allow_private
        self._resolve = resolve
        self._clock = clock
        self._trust = trust

    def get(self, address: str, *, most: int | None = None, cut: bool = False) -> Answer:
        """Asks for an address, which is normalised, and takes what comes.

        Args:
            address: The address.
            most: The most bytes that are taken; None for what the limits say.
            cut: Leave what is longer, rather than refuse it.

        Raises:
            InputError: If there is no such host, it may not be talked to, it does not answer, or
                what it answers is too much, too slow or broken.
        """
        from urllib3.exceptions import HTTPError
        from urllib3.util import parse_url

        parts = parse_url(address)
        host, port = str(parts.host), parts.port or (443 if parts.scheme == "https" else 80)
        found = checked_addresses(
            address, host, port, resolve=self._resolve, allow_private=self._allow_private
        )
        most = self._limits.size if most is None else most
        deadline = _Deadline(self._clock, self._limits, most)
        try:
            connection = self._connected(found, host, port, parts.scheme == "https", deadline)
            try:
                connection.request(
                    "GET",
                    parts.request_uri,
                    headers=_headers(str(parts.netloc)),
                    preload_content=False,
                )
                response = connection.getresponse()
                body = self._body(response, address, most, cut=cut)
            finally:
                connection.close()
        except (HTTPError, HTTPException, OSError) as error:
            raise InputError(self._told(error, deadline), path=address) from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(address, response.status, headers, body)

    def _connected(
        self, found: list[str], host: str, port: int, is_secure: bool, deadline: _Deadline
    ) -> HTTPConnection:
        """A connection to the first of the addresses that takes one."""
        from urllib3.connection import HTTPConnection, HTTPSConnection
        from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

        for index, ip in enumerate(found, start=1):
            connection: HTTPConnection
            seconds = deadline.next_wait()
            if is_secure:
                # The certificate must be for the name, though the address is connected to.
                connection = HTTPSConnection(
                    ip,
                    port,
                    timeout=seconds,
                    server_hostname=host.strip("[]"),
                    ssl_context=self._trusted(),
                )
            else:
                connection = HTTPConnection(ip, port, timeout=seconds)
            with ExitStack() as failing:
                failing.callback(connection.close)
                try:
                    connection.connect()
                except (ConnectTimeoutError, NewConnectionError):
                    if index == len(found):
                        raise
                    continue
                connection.sock = _TimedSocket(connection.sock, deadline)
                failing.pop_all()
                return connection
        raise OSError("no address")  # names without any were refused

    def _trusted(self) -> ssl.SSLContext:
        if self._trust is None:
            import certifi

            self._trust = ssl.create_default_context()
            self._trust.load_verify_locations(certifi.where())
        return self._trust

    def _body(self, response: Any, address: str, most: int, *, cut: bool) -> bytes:
        """The body, unpacked piece by piece: a bomb is left at the first piece too many."""
        body = bytearray()
        for piece in response.stream(_PIECE, decode_content=True):
            body += piece
            if len(body) > most:
                if cut:
                    break
                limit = f"{most / 2**20:.3g} MB"
                raise InputError(f"is larger than {limit}, the limit", path=address)
        return bytes(body[:most])

    def _told(self, error: Exception, deadline: _Deadline) -> str:
        from urllib3.exceptions import DecodeError, NewConnectionError, SSLError

        if deadline.is_over:
            return f"took longer than {self._limits.seconds:g} s, the limit"
        if deadline.is_full:
            return "sends more than it may"
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate is not to be trusted: {error.verify_message}"
        if isinstance(error, (SSLError, ssl.SSLError)):
            return "no secure connection can be made"
        if "timed out" in str(error):
            return f"does not answer within {self._limits.silence:g} s"
        if isinstance(error, (NewConnectionError, ConnectionRefusedError)):
            return "nothing answers there"
        if isinstance(error, DecodeError):
            return "sends what cannot be unpacked"
        return "the answer broke off or cannot be understood; try again later"


def _headers(host: str) -> dict[str, str]:
    from align import __version__

    return {
        "Host": host,
        "User-Agent": f"{AGENT}/{__version__}",
        "Accept": "text/html,application/xhtml+xml,text/markdown,text/plain;q=0.9,*/*;q=0.5",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


class _Deadline:
    """When an answer must be there, and how much may come until then."""

    def __init__(self, clock: Clock, limits: FetchLimits, most: int) -> None:
        self._clock = clock
        self._end = clock.monotonic() + limits.seconds
        self._silence = limits.silence
        self._left = most + _HEADERS

    @property
    def is_over(self) -> bool:
        return self._clock.monotonic() >= self._end

    @property
    def is_full(self) -> bool:
        return self._left < 0

    def next_wait(self) -> float:
        """How long to wait for the next bytes."""
        remaining = self._end - self._clock.monotonic()
        if remaining <= 0:
            raise OSError("the time is over")
        return min(self._silence, remaining)

    def came(self, size: int) -> None:
        """Counts bytes that came: headers and frames have no bound of their own."""
        self._left -= size
        if self._left < 0:
            raise OSError("too much")


class _TimedSocket:
    """A socket whose every read is bounded: a server that sends a byte now and then is left."""

    def __init__(self, inner: socket.socket, deadline: _Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def makefile(self, mode: str, *_args: Any, **_kwargs: Any) -> BinaryIO:
        raw = self._inner.makefile("rb", buffering=0)
        return io.BufferedReader(_TimedReader(raw, self._inner, self._deadline))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class _TimedReader(io.RawIOBase):
    """Reads from a socket's file until the deadline."""

    def __init__(self, raw: io.RawIOBase, inner: socket.socket, deadline: _Deadline) -> None:
        self._raw = raw
        self._inner = inner
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        self._inner.settimeout(self._deadline.next_wait())
        size = self._raw.readinto(buffer)
        self._deadline.came(size or 0)
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()
