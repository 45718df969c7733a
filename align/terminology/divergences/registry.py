"""The kinds of divergence, each registered by the module that asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.terminology.divergences.context import Context, Divergence

    Ask = Callable[[Context], Divergence | None]


@dataclass(frozen=True, slots=True)
class InCheck:
    """How `align check` passes a kind of divergence on.

    Attributes:
        name: The name of the check.
        rank: Its place among the checks of terms.
    """

    name: str
    rank: int = 1000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of divergence.

    Attributes:
        name: What `Divergence.kind` and the files call it.
        title: What pages call it.
        against_rendering: Whether it speaks against a rendering as such, not against one place of
            it: the termbase made of a report notes it then.
        check: The check of `align check` that passes it on, if one does.
        text: Its documentation, see `align.documentation`.
    """

    name: str
    title: str
    against_rendering: bool
    check: InCheck | None
    text: str | None


KINDS: Registry[Kind] = Registry("align.terminology.divergences")
"""The kinds by name."""

_ASKED: Registry[tuple[int, Ask]] = Registry("align.terminology.divergences")


def asked() -> list[Ask]:
    """What is asked about a mention, in the order in which it is."""
    return [ask for _, ask in sorted(_ASKED.values(), key=lambda each: each[0])]


def ask_at(rank: int) -> Callable[[Ask], Ask]:
    """Registers the function below as one to be asked; what it returns is of a kind there is."""

    def decorator(ask: Ask) -> Ask:
        _ASKED.add(ask.__qualname__, (rank, ask))
        return ask

    return decorator


def divergence(
    name: str,
    *,
    title: str,
    rank: int = 1000,
    against_rendering: bool = False,
    check: InCheck | None = None,
) -> Callable[[Ask], Ask]:
    """Registers a kind of divergence and the function below as what asks for it.

    Args:
        name: See `Kind`.
        title: See `Kind`.
        rank: When it is asked: of several that object to a mention the gravest is heard, of
            equals the first.
        against_rendering: See `Kind`.
        check: See `Kind`.
    """

    def decorator(ask: Ask) -> Ask:
        KINDS.add(name, Kind(name, title, against_rendering, check, ask.__doc__))
        return ask_at(rank)(ask)

    return decorator
