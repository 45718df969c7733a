"""Manners: what a site's `robots.txt` allows, a pause between requests, few redirects."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from align.errors import InputError
from align.fetching.addresses import normalise_address
from align.fetching.client import AGENT, Answer, Client, Clock, FetchLimits

if TYPE_CHECKING:
    from protego import Protego

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ROBOTS_SIZE = 500 * 2**10  # RFC 9309: what is to be read at least
_ROBOTS_REDIRECTS = 5  # the same
_LONGEST_WAIT = 60.0
_OUR_NAMES = (AGENT, AGENT.partition("-")[0])
_USER_AGENT = re.compile(r"\s*user[- ]?agent[ \t]*:?[ \t]*([^#\s]+)", re.IGNORECASE)
_TRY_LATER = frozenset({429, 503})


class Visitor:
    """Fetches pages as a guest does.

    Args:
        client: What asks for a page.
        limits: What it keeps to.
        clock: What it waits by.
    """

    def __init__(self, client: Client, limits: FetchLimits, *, clock: Clock = time) -> None:
        self._client = client
        self._limits = limits
        self._clock = clock
        self._left_at: dict[str, float] = {}
        self._rules: dict[str, Protego | str] = {}

    def fetch(self, address: str) -> Answer:
        """Fetches a page, wherever it was moved to.

        Raises:
            InputError: If it cannot be had; the message is about the address asked for.
        """
        try:
            answer = self._follow(address, self._limits.redirects, of_robots=False)
        except InputError as error:
            if error.path in (None, address):
                raise
            raise InputError(f"redirects to {error}", path=address) from error
        if not 200 <= answer.status < 300:
            raise InputError(f"the server answers {answer.reason}", path=address)
        return answer

    def _follow(self, address: str, most: int, *, of_robots: bool) -> Answer:
        seen: list[str] = []
        while True:
            if address in seen:
                raise InputError("redirects in a circle", path=seen[0])
            seen.append(address)
            if not of_robots:
                self._must_be_allowed(address)
            answer = self._ask(address, of_robots=of_robots)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            if len(seen) > most:
                raise InputError(f"redirects more than {most} times", path=seen[0])
            try:
                address = normalise_address(target, base=address)
            except InputError as error:
                raise InputError(f"redirects to {error}", path=seen[0]) from error

    def _ask(self, address: str, *, of_robots: bool) -> Answer:
        """Asks once, and once more where the server says when."""
        answer = self._ask_once(address, of_robots=of_robots)
        wait = answer.headers.get("retry-after", "")
        if answer.status in _TRY_LATER and wait.isdecimal() and int(wait) <= _LONGEST_WAIT:
            self._clock.sleep(float(wait))
            answer = self._ask_once(address, of_robots=of_robots)
        return answer

    def _ask_once(self, address: str, *, of_robots: bool) -> Answer:
        host = urlsplit(address).netloc
        if host in self._left_at:
            wait = self._left_at[host] + self._pause(address) - self._clock.monotonic()
            if wait > 0:
                self._clock.sleep(wait)
        try:
            if of_robots:
                return self._client.get(address, most=_ROBOTS_SIZE, cut=True)
            return self._client.get(address)
        finally:
            self._left_at[host] = self._clock.monotonic()

    def _pause(self, address: str) -> float:
        rules = self._rules.get(_site(address))
        asked = None if rules is None or isinstance(rules, str) else rules.crawl_delay(AGENT)
        return max(self._limits.pause, min(asked or 0.0, _LONGEST_WAIT))

    def _must_be_allowed(self, address: str) -> None:
        site = _site(address)
        if site not in self._rules:
            self._rules[site] = self._rules_of(site, address)
        rules = self._rules[site]
        if isinstance(rules, str):
            raise InputError(rules, path=address)
        if not rules.can_fetch(address, AGENT):
            raise InputError(f"{site}/robots.txt asks not to fetch it", path=address)

    def _rules_of(self, site: str, address: str) -> Protego | str:
        """The rules of a site, or why it is left alone, by RFC 9309."""
        from protego import Protego

        try:
            answer = self._follow(f"{site}/robots.txt", _ROBOTS_REDIRECTS, of_robots=True)
        except InputError as error:
            if error.path == f"{site}/robots.txt":  # so it would be with the page
                return error.message
            return f"its robots.txt cannot be had: {error}"
        if answer.status >= 500 or answer.status == 429:
            return f"its robots.txt cannot be had (the server answers {answer.reason}); try later"
        allowed = answer.body if 200 <= answer.status < 300 else b""
        return Protego.parse(_rules_for_us(allowed.decode("utf-8", errors="replace")))


def _rules_for_us(text: str) -> str:
    """Rules in which all agents that are not meant to be us are one.

    Protego copies a rule to every agent that it is for: thousands of agents above thousands of
    rules would take all memory.
    """
    lines = []
    for line in text.splitlines():
        match = _USER_AGENT.match(line)
        if match:
            name = match[1].lower().strip("*") or "*"
            line = f"User-agent: {name if name in ('*', *_OUR_NAMES) else 'another'}"
        lines.append(line)
    return "\n".join(lines)


def _site(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
