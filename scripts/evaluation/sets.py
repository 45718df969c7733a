"""The texts that `evaluate.py` aligns: every kind, longer and harder ones, and unrelated ones."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from align.formats.indices import IndexBead
from evaluation.dev_data import (
    TARGET_LANGUAGES,
    GoldPair,
    guides,
    novels,
    ntrex_long,
    of_kind,
    raw_lines,
    textberg,
    within_text,
)
from evaluation.hard_cases import hard_cases
from evaluation.kinds_of_text import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Item = TypeVar("Item")

LEAST_LINES = 8
"""Lines of the shortest news story that is paired with another: of less nobody would be warned."""

IN_NO_FIT = ("articles",)
"""Kinds that no fit has seen anything of."""

_OF_NEWS = ("varied", "ntrex", "hard")  # what is made of the news


def yearbooks() -> list[GoldPair]:
    """The yearbooks as they are, and as far as both their files go."""
    return [
        *KINDS["yearbooks"](),
        *of_kind("yearbooks-within", [within_text(textberg())]),
    ]


def unrelated() -> list[GoldPair]:
    """Texts with the translations of others of their kind; nothing in them corresponds."""
    stories = raw_lines("document_ids")
    names = [name for name in dict.fromkeys(stories) if stories.count(name) >= LEAST_LINES]
    numbers = {name: [n for n, of in enumerate(stories) if of == name] for name in names}
    news = [
        [
            GoldPair(
                "news",
                name,
                "en",
                language,
                tuple(raw_lines("en")[n] for n in numbers[name]),
                tuple(raw_lines(language)[n] for n in numbers[name]),
                gold=(),
            )
            for name in names
        ]
        for language in TARGET_LANGUAGES
    ]
    lines = [pair for pair in guides() if pair.paragraphs is None]
    by_language = [
        [pair for pair in lines if pair.target_language == language]
        for language in TARGET_LANGUAGES
    ]
    return [pair for of_one in (novels(), *by_language, *news) for pair in exchanged(of_one)]


def exchanged(pairs: Sequence[GoldPair]) -> list[GoldPair]:
    """Every source with the target of the next pair, the last with that of the first."""
    return [
        replace(
            pair,
            kind=f"unrelated-{pair.kind}",
            target=other.target,
            gold=nothing_aligned(len(pair.source), len(other.target)),
            blocks=(),
        )
        for pair, other in with_next(pairs)
    ]


def with_next(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Each item with the next one, the last with the first.

    >>> list(with_next("abc"))
    [('a', 'b'), ('b', 'c'), ('c', 'a')]
    """
    return zip(items, [*items[1:], *items[:1]], strict=True)


def nothing_aligned(source: int, target: int) -> tuple[IndexBead, ...]:
    """The beads of so many source and target segments of which none correspond."""
    return (
        *(IndexBead((i,), ()) for i in range(source)),
        *(IndexBead((), (j,)) for j in range(target)),
    )


SETS: dict[str, Callable[[], list[GoldPair]]] = {
    **KINDS,
    "yearbooks": yearbooks,
    "ntrex-long": ntrex_long,
    "hard": hard_cases,
    "unrelated": unrelated,
}
"""What reads the pairs of each set."""


def as_lines(name: str) -> list[GoldPair]:
    """The pairs of a set as aligners that know of no paragraphs get them, each once."""
    return lines_of(SETS[name]())


def lines_of(pairs: Iterable[GoldPair]) -> list[GoldPair]:
    """The pairs without paragraphs, and without those that others are again with paragraphs."""
    return [
        replace(pair, paragraphs=None) for pair in pairs if not pair.kind.endswith("-paragraphs")
    ]


def kind_of(pair: GoldPair) -> str:
    """The kind of text that a fit has to leave out to have seen nothing of a pair.

    >>> one = GoldPair("varied-5%", "story", "en", "fr", (), (), ())
    >>> kind_of(one), kind_of(replace(one, kind="unrelated-guides"))
    ('news', 'guides')
    """
    kind = re.split("[-:]", pair.kind.removeprefix("unrelated-"))[0]
    return "news" if kind in _OF_NEWS else kind


def has_counterparts(pair: GoldPair) -> bool:
    """Whether anything in the texts corresponds."""
    return any(bead.source and bead.target for bead in (*pair.gold, *pair.blocks))
