"""Which of the languages that are there are meant by those that somebody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError
from align.languages import nearest_tags, normalise_tag

if TYPE_CHECKING:
    from collections.abc import Iterable


def asked_pair(source: str, target: str) -> tuple[str, str]:
    """Two languages normalised.

    Raises:
        InputError: If one is unknown, or both are one.

    >>> asked_pair("EN-us", "zh_TW")
    ('en-US', 'zh-Hant')
    """
    pair = normalise_tag(source), normalise_tag(target)
    if pair[0] == pair[1]:
        raise InputError(f"source and target are both {pair[0]}; name two languages")
    return pair


def nearest_pair(source: str, target: str, there: Iterable[str]) -> tuple[str, str] | None:
    """The two languages of a memory that are nearest to a pair that is asked for.

    An exact tag goes first, then the language as the nearest region writes it. What is taken for
    one side is never the other side too, so that a region's text is not its own translation.

    Args:
        source: BCP 47 tag, normalised.
        target: Another.
        there: The tags that the memory has.

    Returns:
        The tags, or None where one of the two languages is not there.

    >>> nearest_pair("en-AU", "fr", ["fr-CA", "en-US", "en-GB"])
    ('en-GB', 'fr-CA')
    >>> nearest_pair("pt", "pt-BR", ["pt-BR", "pt-PT"]), nearest_pair("pt", "pt-BR", ["pt-BR"])
    (('pt-PT', 'pt-BR'), None)
    """
    tags = tuple(there)
    if source in tags and target not in tags:
        other = _nearest(target, tags, but=source)
        return (source, other) if other else None
    own = target if target in tags else _nearest(target, tags, but=None)
    found = _nearest(source, tags, but=own)
    return (found, own) if found and own else None


def _nearest(wanted: str, tags: Iterable[str], *, but: str | None) -> str | None:
    found = nearest_tags(wanted, [tag for tag in tags if tag != but])
    return found[0] if found else None
