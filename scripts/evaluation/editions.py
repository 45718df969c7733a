"""Articles in all languages at once, made of the development sets: grounds for terms and checks.

The news comes line by line. Of the guides, manuals and scripture each language has its own choice
of paragraphs; those whose English is the same are put together again, so that a document has as
many editions as there are translations of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.beads import Bead
from align.text import Span
from evaluation.dev_data import TARGET_LANGUAGES, dev_folder
from evaluation.terms import article_of_beads, news_articles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from align.article import AlignedArticle

Block = tuple[tuple[str, ...], tuple[str, ...]]
"""A paragraph: its English sentences and those of the translation."""


@dataclass(frozen=True, slots=True)
class SourcedArticle:
    """An article in many languages and where it comes from.

    Attributes:
        source: `news`, `guide`, `react`, `bitcoin`, `python` or `bible`.
        article: The article, one bead a sentence where that is known, one a paragraph elsewhere.
    """

    source: str
    article: AlignedArticle


def sourced_articles() -> Iterator[SourcedArticle]:
    """All articles of the development sets that are in many languages, source by source."""
    for article in news_articles():
        yield SourcedArticle("news", article)
    yield from documents()


def documents() -> Iterator[SourcedArticle]:
    """The documents of `natural-dev`."""
    blocks: dict[str, dict[str, list[Block]]] = defaultdict(dict)
    for language in TARGET_LANGUAGES:
        for path in sorted((dev_folder() / "natural-dev" / language).glob("*.blocks")):
            blocks[path.stem][language] = _blocks(path)
    for name, editions in sorted(blocks.items()):
        yield SourcedArticle(name.split("-")[0], _article(name, editions))


def _blocks(path: Path) -> list[Block]:
    source, target, rows = (
        path.with_suffix(ending).read_text(encoding="utf-8").splitlines()
        for ending in (".src", ".tgt", ".blocks")
    )
    found = []
    for row in rows:
        ours, theirs = ([int(i) for i in side.strip("[]").split(",") if i.strip()]
                        for side in row.split(":"))  # fmt: skip
        if ours and theirs:
            found.append((tuple(source[i] for i in ours), tuple(target[i] for i in theirs)))
    return found


def _article(name: str, editions: Mapping[str, Sequence[Block]]) -> AlignedArticle:
    longest = max(editions, key=lambda language: (len(editions[language]), language))
    order: dict[str, tuple[str, ...]] = {" ".join(ours): ours for ours, _ in editions[longest]}
    source: list[str] = []
    first: dict[str, int] = {}
    for key, ours in order.items():
        first[key] = len(source)
        source += ours
    targets: dict[str, list[str]] = {}
    beads: dict[str, list[Bead]] = {}
    for language, blocks in editions.items():
        theirs_of = {" ".join(ours): theirs for ours, theirs in blocks}
        if sum(key in theirs_of for key in order) < 0.5 * len(order):
            continue  # of another day's English
        target: list[str] = []
        some: list[Bead] = []
        for key, ours in order.items():
            theirs = theirs_of.get(key, ())
            at, here = first[key], len(target)
            target += theirs
            if len(theirs) == len(ours):
                some += [
                    Bead(Span(at + i, at + i + 1), Span(here + i, here + i + 1), None, 1.0)
                    for i in range(len(ours))
                ]
            else:
                some.append(
                    Bead(Span(at, at + len(ours)), Span(here, here + len(theirs)), None, 1.0)
                )
        targets[language], beads[language] = target, some
    return article_of_beads(name, source, targets, beads)
