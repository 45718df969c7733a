"""The kinds of divergence, each registered by the module that speaks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.terminology.divergences.context import Context, Statement

    Say = Callable[[Context], Statement | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of divergence.

    Attributes:
        name: What the files of `align terms` call it.
        title: What pages call it.
        check: The check of `align check` that passes it on; None where another says the same.
        verdicts: The judge's models that it speaks for; none where it follows a rule instead.
        rank: Its place among the kinds that speak for one verdict, and among the checks.
        against_rendering: Whether it speaks against a rendering as such, not against one place of
            it: the termbase made of a report notes it then.
        say: What it says of a mention; None where another kind should speak.
        text: Its documentation, see `align.documentation`.
    """

    name: str
    title: str
    check: str | None
    verdicts: tuple[str, ...]
    rank: int
    against_rendering: bool
    say: Say
    text: str | None


KINDS: Registry[Kind] = Registry("align.terminology.divergences")
"""The kinds by name."""


def kinds_for(verdict: str | None) -> list[Kind]:
    """The kinds that speak for a verdict, or follow rules, in the order in which they are asked."""
    kinds = [
        kind
        for kind in KINDS.values()
        if (verdict in kind.verdicts if verdict else not kind.verdicts)
    ]
    return sorted(kinds, key=lambda kind: kind.rank)


def divergence(
    name: str,
    *,
    title: str,
    check: str | None = None,
    verdicts: tuple[str, ...] = (),
    rank: int = 1000,
    against_rendering: bool = False,
) -> Callable[[Say], Say]:
    """Registers a kind of divergence and the function below as what speaks of it.

    Args:
        name: See `Kind`.
        title: See `Kind`.
        check: See `Kind`.
        verdicts: See `Kind`.
        rank: See `Kind`.
        against_rendering: See `Kind`.
    """

    def decorator(say: Say) -> Say:
        KINDS.add(
            name, Kind(name, title, check, verdicts, rank, against_rendering, say, say.__doc__)
        )
        return say

    return decorator
