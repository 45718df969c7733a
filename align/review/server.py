"""Serves the page of a review to a browser on this machine, and to nobody else.

It listens on 127.0.0.1 alone, under an address that holds a random token; what another site or
another name of this machine asks for is refused, and the page can load nothing from elsewhere.
"""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Any

from align.errors import AlignError, InputError, MissingExtraError
from align.review.page import page_file, page_html

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from align.review.session import Session

_HOST = "127.0.0.1"
_MOST_BYTES = 64_000_000  # of what a page sends: the re-alignment of a very long text
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# Of no origin, so that it can ask for nothing; what it downloads, its reader asked for.
_OTHER_PAGE = "sandbox allow-scripts allow-popups allow-downloads"
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_KINDS = {"css": "text/css", "js": "text/javascript"}


def serve(session: Session, *, port: int = 0, started: Callable[[str], None]) -> None:
    """Serves a review until it is interrupted.

    Args:
        session: The review.
        port: The port to listen on; 0 takes one that is free.
        started: Called with the address of the page once it can be opened.

    Raises:
        MissingExtraError: If the packages that it needs are not installed.
        InputError: If the port is taken.
    """
    try:
        import uvicorn
    except ImportError:
        raise MissingExtraError("the page of a review", "review") from None

    token = secrets.token_urlsafe(24)
    listening = _listening(port)
    with listening:
        address = f"{_HOST}:{listening.getsockname()[1]}"
        app = review_app(session, token=token, address=address, prepares=True)
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        listening.listen()  # who comes before the server is ready waits
        started(f"http://{address}/{token}/")
        uvicorn.Server(config).run(sockets=[listening])


def review_app(session: Session, *, token: str, address: str, prepares: bool = False) -> ASGIApp:
    """The application, which answers at one address and under one token.

    Args:
        session: The review.
        token: What every path starts with.
        address: Host and port, as browsers send them.
        prepares: Whether texts are encoded, for re-alignments, once the page is open.

    Raises:
        MissingExtraError: If the packages that it needs are not installed.
    """
    try:
        from starlette.applications import Starlette
        from starlette.routing import Route
    except ImportError:
        raise MissingExtraError("the page of a review", "review") from None
    pages = _Pages(session, prepares=prepares)
    routes = [
        Route(f"/{token}/", pages.page),
        Route(f"/{token}/data", pages.data),
        Route(f"/{token}/operations", pages.entries),
        Route(f"/{token}/operations", pages.add, methods=["POST"]),
        Route(f"/{token}/realign", pages.realign, methods=["POST"]),
        Route(f"/{token}/terms.html", pages.terms),
        Route(f"/{token}/{{name}}", pages.file),
    ]
    app: Starlette = Starlette(routes=routes)
    return _Guard(app, token, address)


class _Pages:
    """What is answered."""

    def __init__(self, session: Session, *, prepares: bool) -> None:
        self._session = session
        self._prepares = prepares

    def page(self, _request: Request) -> Response:
        article = self._session.article
        return _answer(page_html(article.title or article.name), "text/html")

    def data(self, _request: Request) -> Response:
        answer = _json(self._session.data())
        if self._prepares:
            self._prepares = False
            Thread(target=self._session.prepare, daemon=True).start()
        return answer

    def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        content = page_file(name)
        if content is None:
            return _answer("There is nothing here.", "text/plain", 404)
        return _answer(content, _KINDS[name.rpartition(".")[2]])

    def terms(self, _request: Request) -> Response:
        path = self._session.term_page
        if path is None:
            return _answer("There is no page of terms.", "text/plain", 404)
        return _answer(path.read_bytes(), "text/html", policy=_OTHER_PAGE)

    def entries(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isdecimal() or len(after) > 9:
            return _answer("after is a number", "text/plain", 400)
        return _done(lambda: {"entries": self._session.entries_after(int(after))})

    async def add(self, request: Request) -> Response:
        return await self._asked(
            request, lambda asked: self._session.add(asked.get("entry"), after=_count(asked))
        )

    async def realign(self, request: Request) -> Response:
        return await self._asked(
            request,
            lambda asked: self._session.realign(str(asked.get("language")), after=_count(asked)),
        )

    async def _asked(self, request: Request, do: Callable[[dict[str, Any]], Any]) -> Response:
        from starlette.concurrency import run_in_threadpool

        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _answer("send JSON", "text/plain", 415)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BYTES:
                return _answer("that is too long", "text/plain", 413)
        try:
            asked = json.loads(bytes(body))
        except (ValueError, RecursionError):
            return _answer("not JSON", "text/plain", 400)
        if not isinstance(asked, dict):
            return _answer("not an object", "text/plain", 400)
        return await run_in_threadpool(_done, lambda: do(asked))


class _Guard:
    """Lets in only what the page itself asks for, under its token and its own address."""

    def __init__(self, app: ASGIApp, token: str, address: str) -> None:
        self._app, self._token, self._address = app, token, address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._may(scope):
            if scope["type"] == "http":
                await _answer("Not from here.", "text/plain", 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        headers = {name.decode("latin-1"): value.decode("latin-1")
                   for name, value in scope["headers"]}  # fmt: skip
        given = scope["path"].split("/")[1:2]
        if not given or not secrets.compare_digest(given[0].encode(), self._token.encode()):
            return False
        if headers.get("host") != self._address:
            return False
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        origin = headers.get("origin")
        own = f"http://{self._address}"
        return origin == own or (origin is None and scope["method"] in ("GET", "HEAD"))


def _listening(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_HOST, port))
    except OSError as error:
        listening.close()
        raise InputError(
            f"port {port} cannot be had: {error.strerror}; without --port a free one is taken"
        ) from error
    return listening


def _count(asked: dict[str, Any]) -> int:
    after = asked.get("after")
    if not isinstance(after, int) or isinstance(after, bool):
        raise InputError("after is the number of entries that the page knows")
    return after


def _done(do: Callable[[], Any]) -> Response:
    try:
        return _json(do())
    except AlignError as error:
        return _answer(str(error), "text/plain", 400)


def _json(content: Any) -> Response:
    return _answer(json.dumps(content, ensure_ascii=True), "application/json")


def _answer(
    content: str | bytes, kind: str, status: int = 200, *, policy: str = _POLICY
) -> Response:
    from starlette.responses import Response

    headers = {**_HEADERS, "Content-Security-Policy": policy}
    return Response(content, status, headers, f"{kind}; charset=utf-8")
