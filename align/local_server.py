"""What servers for this machine share: who is let in, what every answer says, where one listens.

A server has an address of its own and a token, which every path starts with. Whoever knows neither,
asks under another name of the machine (DNS rebinding) or from the page of another site gets no
answer; browsers keep what is answered from other sites.
"""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Callable
from importlib import import_module
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from align.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
"""The address at which nobody but this machine asks."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a page may load: what its own server has (Content Security Policy Level 3)."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_LONGEST_REQUEST_LINE = 256 * 1024  # bytes; a longer one is refused before anything is read of it


class RefusedError(Exception):
    """A request that is not answered as it was asked.

    Args:
        status: What it is answered with, a status of HTTP (RFC 9110 § 15).
        message: What is wrong and what to do, in one line.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def new_token() -> str:
    """A token that nobody guesses, of letters that an address may have."""
    return secrets.token_urlsafe(24)


def answer(content: str | bytes, kind: str, status: int = 200, *, policy: str = POLICY) -> Response:
    """An answer in UTF-8 that no browser keeps, guesses at or gives to another site.

    Args:
        content: What is answered.
        kind: Its media type.
        status: A status of HTTP.
        policy: What it may load where it is a page.
    """
    from starlette.responses import Response

    headers = {**_HEADERS, "Content-Security-Policy": policy}
    return Response(content, status, headers, f"{kind}; charset=utf-8")


def json_answer(content: Any, status: int = 200, *, kind: str = "application/json") -> Response:
    """An answer in JSON."""
    return answer(json.dumps(content, ensure_ascii=True), kind, status)


async def json_object(request: Request, *, most_bytes: int) -> dict[str, Any]:
    """The object that a request sends.

    Args:
        request: The request.
        most_bytes: The most that is read of it.

    Raises:
        RefusedError: If it sends something else (415, 400), or more (413).
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusedError(415, "send JSON")
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most_bytes:
            raise RefusedError(413, f"that is too long: at most {most_bytes:,} bytes are read")
    try:
        sent = json.loads(bytes(body))
    except (ValueError, RecursionError):
        raise RefusedError(400, "not JSON") from None
    if not isinstance(sent, dict):
        raise RefusedError(400, "not an object")
    return sent


class Guard:
    """Lets in only who asks at the server's own address, under its token and from no other site.

    Args:
        app: What answers those who are let in.
        token: What every path starts with.
        address: Host and port, as clients send them.
        refuse: Makes the answer to all others.
        only_pages: Whether what changes something is for the server's own page alone, which says
            where it is from. A program that is no browser says nothing; a browser always does.
    """

    def __init__(
        self,
        app: ASGIApp,
        token: str,
        address: str,
        *,
        refuse: Callable[[], Response],
        only_pages: bool = True,
    ) -> None:
        self._app, self._token, self._address = app, token, address
        self._refuse, self._only_pages = refuse, only_pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, as ASGI has it."""
        if scope["type"] != "http":
            return
        asked = self._app if self._may(scope) else self._refuse()
        await asked(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        headers: dict[str, str] = {name.decode("latin-1"): value.decode("latin-1")
                   for name, value in scope["headers"]}  # fmt: skip
        given = scope["path"].split("/")[1:2]
        if not given or not secrets.compare_digest(given[0].encode(), self._token.encode()):
            return False
        if headers.get("host") != self._address:
            return False
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return not self._only_pages or scope["method"] in ("GET", "HEAD")
        return origin == f"http://{self._address}"


def listening(port: int, host: str = LOOPBACK) -> socket.socket:
    """A socket bound to one address of this machine, for `address_of` and `run`.

    Args:
        port: The port; 0 takes one that is free.
        host: The address.

    Raises:
        InputError: If that is no single address, or it or the port cannot be had.
    """
    try:
        address = ip_address(host)
    except ValueError:
        raise InputError(f"{host!r} is no address such as {LOOPBACK} or ::1") from None
    if address.is_unspecified:
        raise InputError(f"{host} is every address of this machine; name the one to listen at")
    found = socket.socket(
        socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM
    )
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise InputError(
            f"port {port} cannot be had at {host}: {error.strerror}; --port 0 takes a free one"
        ) from error
    return found


def address_of(bound: socket.socket) -> str:
    """Host and port of a socket, as clients send them (RFC 9110 § 7.2)."""
    host, port = bound.getsockname()[:2]
    return f"[{host}]:{port}" if bound.family == socket.AF_INET6 else f"{host}:{port}"


def must_have_packages(feature: str, extra: str) -> None:
    """Refuses where the packages of a server are not installed.

    Args:
        feature: What needs them, for the message.
        extra: The extra that brings them.

    Raises:
        MissingExtraError: If they are not there.
    """
    try:
        import_module("starlette")
        import_module("uvicorn")
    except ImportError:
        raise MissingExtraError(feature, extra) from None


def run(app: ASGIApp, bound: socket.socket, *, started: Callable[[], None]) -> None:
    """Serves until it is interrupted, by Ctrl+C with `KeyboardInterrupt`.

    Args:
        app: What answers.
        bound: A socket of `listening`.
        started: Called once somebody may ask.
    """
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        http="h11",
        h11_max_incomplete_event_size=_LONGEST_REQUEST_LINE,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    bound.listen()  # who comes before the server is ready waits
    started()
    uvicorn.Server(config).run(sockets=[bound])
