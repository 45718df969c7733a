"""Serves the page of a review to a browser on this machine, and to nobody else.

It listens on 127.0.0.1 alone, under an address that holds a random token; what another site or
another name of this machine asks for is refused, and the page can load nothing from elsewhere
(`align.local_server`).
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Any

from align.errors import AlignError, InputError
from align.local_server import (
    Guard,
    RefusedError,
    address_of,
    answer,
    json_answer,
    json_object,
    listening,
    must_have_packages,
    new_token,
    run,
)
from align.review.page import page_file, page_html

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from align.review.session import Session

_MOST_BYTES = 64_000_000  # of what a page sends: the re-alignment of a very long text
# Of no origin, so that it can ask for nothing; what it downloads, its reader asked for.
_OTHER_PAGE = "sandbox allow-scripts allow-popups allow-downloads"
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
    _must_have_packages()
    token = new_token()
    with listening(port) as bound:
        address = address_of(bound)
        app = review_app(session, token=token, address=address, prepares=True)
        run(app, bound, started=lambda: started(f"http://{address}/{token}/"))


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
    _must_have_packages()
    from starlette.applications import Starlette
    from starlette.routing import Route

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
    app = Starlette(routes=routes)
    return Guard(app, token, address, refuse=lambda: _said("Not from here.", 403))


def _must_have_packages() -> None:
    must_have_packages("the page of a review", "review")


class _Pages:
    """What is answered."""

    def __init__(self, session: Session, *, prepares: bool) -> None:
        self._session = session
        self._prepares = prepares

    def page(self, _request: Request) -> Response:
        article = self._session.article
        return answer(page_html(article.title or article.name), "text/html")

    def data(self, _request: Request) -> Response:
        found = json_answer(self._session.data())
        if self._prepares:
            self._prepares = False
            Thread(target=self._session.prepare, daemon=True).start()
        return found

    def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        content = page_file(name)
        if content is None:
            return _said("There is nothing here.", 404)
        return answer(content, _KINDS[name.rpartition(".")[2]])

    def terms(self, _request: Request) -> Response:
        path = self._session.term_page
        if path is None:
            return _said("There is no page of terms.", 404)
        return answer(path.read_bytes(), "text/html", policy=_OTHER_PAGE)

    def entries(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isdecimal() or len(after) > 9:
            return _said("after is a number", 400)
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

        try:
            asked = await json_object(request, most_bytes=_MOST_BYTES)
        except RefusedError as error:
            return _said(error.message, error.status)
        return await run_in_threadpool(_done, lambda: do(asked))


def _count(asked: dict[str, Any]) -> int:
    after = asked.get("after")
    if not isinstance(after, int) or isinstance(after, bool):
        raise InputError("after is the number of entries that the page knows")
    return after


def _done(do: Callable[[], Any]) -> Response:
    try:
        return json_answer(do())
    except AlignError as error:
        return _said(str(error), 400)


def _said(text: str, status: int) -> Response:
    return answer(text, "text/plain", status)
