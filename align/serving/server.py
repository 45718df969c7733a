"""Answers questions by HTTP, from memories and termbases on this machine.

It listens at 127.0.0.1 unless told otherwise, under an address that holds a token; who is let in is
said in `align.local_server`. It only reads, unless a new memory was named.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from align.errors import InputError, OutputError
from align.local_server import (
    LOOPBACK,
    POLICY,
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
from align.references.additions import ClosedMemoryError
from align.serving.answers import PROBLEM, added, loaded, matches, problem, terms
from align.serving.description import openapi
from align.serving.page import STYLE, page, style
from align.serving.questions import QUESTIONS, Question

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from align.references import References

PORT = 8765
"""The port that is listened at where none is named, so that programs find it again."""

MOST_BYTES = 262_144
"""The most bytes that are read of what is sent, which a unit at its limits does not come to."""

LONGEST_QUERY = 65_536
"""The most bytes of a query, which a text at its limit does not come to."""


def serve(
    references: References,
    *,
    started: Callable[[str], None],
    host: str = LOOPBACK,
    port: int = PORT,
    token: str | None = None,
) -> None:
    """Answers until it is interrupted, by Ctrl+C with `KeyboardInterrupt`.

    Args:
        references: What is looked up.
        started: Called with the server's address, which ends in the token, once it answers.
        host: The address of this machine to listen at; one other than 127.0.0.1 or ::1 lets in
            whoever reaches it and knows the token, which goes over the network in the clear.
        port: The port to listen at; 0 takes one that is free.
        token: What every path starts with; a new one where not given.

    Raises:
        MissingExtraError: If the packages that it needs are not installed.
        InputError: If the address or the port cannot be had.
    """
    _must_have_packages()
    token = token or new_token()
    with listening(port, host) as bound:
        address = address_of(bound)
        app = lookup_app(references, token=token, address=address)
        run(app, bound, started=lambda: started(f"http://{address}/{token}"))


def lookup_app(references: References, *, token: str, address: str) -> ASGIApp:
    """The application, which answers at one address and under one token.

    Args:
        references: What is looked up.
        token: What every path starts with.
        address: Host and port, as clients send them.

    Raises:
        MissingExtraError: If the packages that it needs are not installed.
    """
    _must_have_packages()
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.routing import Route

    whole = f"http://{address}/{token}"
    desk = _Desk(references, whole)
    routes = [
        Route(f"/{token}/", desk.page),
        Route(f"/{token}/{STYLE}", desk.style),
        Route(f"/{token}/openapi.json", desk.description),
    ]
    for question in QUESTIONS:
        path = f"/{token}{question.path}"
        if question.sends:
            routes.append(Route(path, desk.sent(question), methods=["POST"]))
        else:
            routes.append(Route(path, desk.asked(question)))
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _not_served, Exception: _failed},
    )
    app.router.redirect_slashes = False
    return Guard(app, token, address, refuse=_not_from_here, only_pages=False)


def _must_have_packages() -> None:
    must_have_packages("the server of look-ups", "serve")


class _Desk:
    """What is answered."""

    def __init__(self, references: References, address: str) -> None:
        self._references = references
        self._address = address
        self._answers: dict[str, Callable[..., dict[str, Any]]] = {
            "loaded": self._loaded,
            "lookup": self._lookup,
            "concordance": self._concordance,
            "terms": self._terms,
            "searchTerms": self._search_terms,
        }

    def page(self, _request: Request) -> Response:
        """The page, in which nothing runs."""
        policy = POLICY.replace("script-src 'self'; ", "").replace("connect-src 'self'; ", "")
        return answer(page(self._references, self._address), "text/html", policy=policy)

    def style(self, _request: Request) -> Response:
        return answer(style(), "text/css")

    def description(self, _request: Request) -> Response:
        return json_answer(openapi(self._address))

    def asked(self, question: Question) -> Callable[[Request], Response]:
        """What answers a question; Starlette calls it in a thread."""

        def respond(request: Request) -> Response:
            if len(request.scope["query_string"]) > LONGEST_QUERY:
                return _problem(414, f"the query has more than {LONGEST_QUERY:,} bytes, the limit")
            try:
                values = question.values(request.query_params.multi_items())
                return json_answer(self._answers[question.name](**values))
            except InputError as error:
                return _problem(400, str(error))

        return respond

    def sent(self, question: Question) -> Callable[[Request], Any]:
        """What takes a unit."""

        async def respond(request: Request) -> Response:
            from starlette.concurrency import run_in_threadpool

            if self._references.new is None:
                return _problem(403, "nothing can be added; start align serve with --writable")
            try:
                given = await json_object(request, most_bytes=MOST_BYTES)
            except RefusedError as error:
                return _problem(error.status, error.message)
            return await run_in_threadpool(self._add, question, given)

        return respond

    def _add(self, question: Question, given: dict[str, Any]) -> Response:
        try:
            values = question.values(given.items())
            found = self._references.add(
                values["source"],
                values["target"],
                values["text"],
                values["translation"],
                note=values["note"],
            )
        except ClosedMemoryError as error:
            return _problem(409, str(error))
        except InputError as error:
            return _problem(400, str(error))
        except OutputError as error:
            return _problem(500, str(error))
        assert self._references.new is not None  # noqa: S101 - it was just added to
        said = added(found, self._references.new.memory.name)
        return json_answer(said, 201 if found.is_new else 200)

    def _loaded(self) -> dict[str, Any]:
        return loaded(self._references)

    def _lookup(self, text: str, source: str, target: str, least: int, most: int) -> dict[str, Any]:
        found = self._references.lookup(
            text, source=source, target=target, least=least, most=most + 1
        )
        return matches(found, most=most, asked=self._references.memories_for(source, target))

    def _concordance(
        self, text: str, source: str, target: str, side: str, most: int
    ) -> dict[str, Any]:
        found = self._references.concordance(
            text, source=source, target=target, in_target=side == "target", most=most + 1
        )
        return matches(found, most=most, asked=self._references.memories_for(source, target))

    def _terms(self, text: str, source: str, target: str | None) -> dict[str, Any]:
        found = self._references.terms_in(text, source=source, target=target)
        return terms(found, most=None, asked=self._references.termbases_for(source, target))

    def _search_terms(
        self, text: str, source: str, target: str | None, most: int
    ) -> dict[str, Any]:
        found = self._references.terms_with(text, source=source, target=target, most=most + 1)
        return terms(found, most=most, asked=self._references.termbases_for(source, target))


def _problem(status: int, detail: str) -> Response:
    return json_answer(problem(status, detail), status, kind=PROBLEM)


def _not_from_here() -> Response:
    return _problem(
        403, "not from here: ask at the address that align serve says, its token included"
    )


async def _not_served(request: Request, error: Any) -> Response:
    """Answers where there is no such path, or no such method of it."""
    asked = f"{request.method} {'/' + request.url.path.split('/', 2)[-1]}"[:80]
    said = {404: f"there is nothing at {asked}; openapi.json lists what there is",
            405: f"{asked} is not how this is asked; openapi.json says how"}  # fmt: skip
    made = _problem(error.status_code, said.get(error.status_code, str(error.detail)))
    made.headers.update(error.headers or {})
    return made


async def _failed(_request: Request, _error: Any) -> Response:
    return _problem(500, "align failed, which is a defect of it; its terminal says where")
