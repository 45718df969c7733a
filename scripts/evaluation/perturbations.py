"""Pairs of texts made of line-aligned news by what translators do to sentences; gold is known.

A story's lines are put together again on either side independently: some are joined with the
next, some cut at a clause, some left out whole or by a clause; then something that the other side
lacks is added between beads. Everything is drawn from a seed named for story and language, so that
every run has the same texts. `varied_stories` also draws how much of this is done to a story.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from align.clauses import clauses_of
from align.formats.indices import IndexBead
from align.languages import join_segments
from evaluation.dev_data import TARGET_LANGUAGES, GoldPair, raw_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_JOINED = 3
"""Lines, or ends of lines, that one segment is joined of, at most."""

LEAST_LINES = 6
"""Lines of the shortest story that is taken."""

_NEWS = ("ntrex", "news", "varied-")  # kinds of which some are given paragraphs


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each thing is done.

    Attributes:
        joined: Share of a side's segments that are joined with the one before.
        cut: Share of a side's lines of several clauses that are cut in two.
        lost: Share of a side's lines that are left out.
        shortened: Share of a side's lines of several clauses that lose one.
        added: Share of beads after which a line of another story is added on one side.
        fragments: Share of beads after which a clause of another story is.
        replaced: Share of beads at which one side begins to say something else instead.
        replaced_on: Share of the beads after such a one that are replaced too.
    """

    joined: float = 0.12
    cut: float = 0.24
    lost: float = 0.03
    shortened: float = 0.06
    added: float = 0.04
    fragments: float = 0.02
    replaced: float = 0.01
    replaced_on: float = 0.6

    def scaled(self, *, gaps: float, joined: float, cut: float) -> Rates:
        """The rates with what makes gaps, what joins and what cuts done so many times as often."""
        return replace(
            self,
            joined=self.joined * joined,
            cut=self.cut * cut,
            lost=self.lost * gaps,
            shortened=self.shortened * gaps,
            added=self.added * gaps,
            fragments=self.fragments * gaps,
            replaced=self.replaced * gaps,
        )


GAP_FACTORS = {"0%": 0.0, "1%": 0.1, "5%": 0.4, "13%": 1.0}
"""How many times as often a varied story loses or adds something.

Named by how many of its beads are gaps then.
"""

CUTTING_FACTORS = (0.5, 1.0, 2.0)
"""How many times as often one joins segments, or cuts them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment in the making.

    Attributes:
        text: What it says.
        lines: The lines of the story that it has something of.
    """

    text: str
    lines: frozenset[int]


def varied_stories() -> list[GoldPair]:
    """Every story in every language, each perturbed by rates of its own; half have paragraphs.

    They come in the order of `GAP_FACTORS`, then by language.
    The `kind` of each says about how many of its beads are gaps, such as `varied-5%`.
    """
    pairs = []
    for language in TARGET_LANGUAGES:
        for story, count in _sizes().items():
            if count >= LEAST_LINES:
                random = Random(f"rates of {story} {language}")
                gaps = random.choice(list(GAP_FACTORS))
                rates = Rates().scaled(
                    gaps=GAP_FACTORS[gaps],
                    joined=random.choice(CUTTING_FACTORS),
                    cut=random.choice(CUTTING_FACTORS),
                )
                pair = replace(perturb(story, language, rates), kind=f"varied-{gaps}")
                pairs.append(with_paragraphs(pair, paragraphs(pair)))
    kinds = [f"varied-{gaps}" for gaps in GAP_FACTORS]
    return sorted(pairs, key=lambda pair: kinds.index(pair.kind))


def perturb(story: str, language: str, rates: Rates) -> GoldPair:
    """One story in English and another language, perturbed."""
    random = Random(f"{story} {language}")
    stories = raw_lines("document_ids")
    numbers = [number for number, name in enumerate(stories) if name == story]
    others = [number for number, name in enumerate(stories) if name != story]
    tags = ("en", language)
    lines = [raw_lines(tag) for tag in tags]
    sides = [
        rearranged([all_lines[number] for number in numbers], tag, rates, random)
        for all_lines, tag in zip(lines, tags, strict=True)
    ]
    beads = beads_of(*sides)

    def foreign(side: int, *, whole: bool) -> str:
        text = lines[side][random.choice(others)]
        return text if whole else random.choice(clauses_of(text))

    source, target, gold = with_additions(beads, rates, random, foreign)
    return GoldPair("perturbed", story, *tags, tuple(source), tuple(target), tuple(gold))


def rearranged(lines: Sequence[str], tag: str, rates: Rates, random: Random) -> list[Piece]:
    """One side of a story: its lines cut, shortened, left out and joined."""
    pieces: list[Piece] = []
    run = 0  # pieces that the last one is joined of; 0 where nothing may be joined to it
    for number, line in enumerate(lines):
        if random.random() < rates.lost:
            run = 0
            continue
        clauses = clauses_of(line)
        if len(clauses) > 1 and random.random() < rates.shortened:
            clauses.pop(random.randrange(len(clauses)))
        parts = [clauses]
        if len(clauses) > 1 and random.random() < rates.cut:
            place = random.randrange(1, len(clauses))
            parts = [clauses[:place], clauses[place:]]
        for index, part in enumerate(parts):
            text = join_segments(part, tag)
            joins = index == 0 and 0 < run < MOST_JOINED
            if joins and random.random() < rates.joined:
                last = pieces.pop()
                pieces.append(Piece(join_segments((last.text, text), tag), last.lines | {number}))
                run += 1
            else:
                pieces.append(Piece(text, frozenset({number})))
                run = 1
    return pieces


def beads_of(
    source: Sequence[Piece], target: Sequence[Piece]
) -> list[tuple[list[Piece], list[Piece]]]:
    """The smallest beads such that no line is in two, in the order of the text."""
    beads: list[tuple[list[Piece], list[Piece]]] = []
    reached = -1  # the last line of the last bead
    sides = [list(source), list(target)]
    while any(sides):
        first = min(min(side[0].lines) for side in sides if side)
        bead: tuple[list[Piece], list[Piece]] = ([], [])
        reached = first
        grown = True
        while grown:
            grown = False
            for side, own in zip(sides, bead, strict=True):
                while side and min(side[0].lines) <= reached:
                    own.append(side.pop(0))
                    reached = max(reached, *own[-1].lines)
                    grown = True
        beads.append(bead)
    return beads


def with_additions(
    beads: Sequence[tuple[list[Piece], list[Piece]]],
    rates: Rates,
    random: Random,
    foreign: Callable[..., str],
) -> tuple[list[str], list[str], list[IndexBead]]:
    """The texts of both sides and their gold, something foreign in or after some beads."""
    texts: tuple[list[str], list[str]] = ([], [])
    gold: list[IndexBead] = []
    replaced: int | None = None  # the side that says something else
    for bead in beads:
        goes_on = random.random() < (rates.replaced if replaced is None else rates.replaced_on)
        replaced = (random.randrange(2) if replaced is None else replaced) if goes_on else None
        spans = [
            range(len(text), len(text) + len(own)) for text, own in zip(texts, bead, strict=True)
        ]
        for side, (text, own) in enumerate(zip(texts, bead, strict=True)):
            text += [foreign(side, whole=True) if side == replaced else each.text for each in own]
        if all(spans) and replaced is None:
            gold.append(IndexBead(tuple(spans[0]), tuple(spans[1])))
        else:
            gold += [IndexBead((i,), ()) for i in spans[0]]
            gold += [IndexBead((), (j,)) for j in spans[1]]
        chance = random.random()
        if chance < rates.added + rates.fragments:
            side = random.randrange(2)
            texts[side].append(foreign(side, whole=chance < rates.added))
            place = (len(texts[side]) - 1,)
            gold.append(IndexBead((), place) if side else IndexBead(place, ()))
    return *texts, gold


def paragraphs(pair: GoldPair) -> tuple[set[int], set[int]]:
    """Paragraph breaks for every other news story, whose files have none.

    A break stands before about every third bead, on both sides, but each side lacks one in
    seven, as translators join paragraphs, and has a few of its own.

    Returns:
        The segments of either side that open a paragraph; none for a text that is to have none.
    """
    rng = np.random.default_rng(zlib.crc32(f"{pair.document} {pair.target_language}".encode()))
    opens: tuple[set[int], set[int]] = (set(), set())
    if not pair.kind.startswith(_NEWS) or rng.random() < 0.5:
        return opens
    for bead in pair.gold:
        if bead.source and bead.target and rng.random() < 0.3:
            for side, first in zip(opens, (bead.source[0], bead.target[0]), strict=True):
                if first and rng.random() < 6 / 7:
                    side.add(first)
    for side, texts in zip(opens, (pair.source, pair.target), strict=True):
        side |= {index for index in range(1, len(texts)) if rng.random() < 0.03}
    return opens


def with_paragraphs(pair: GoldPair, opens: tuple[set[int], set[int]]) -> GoldPair:
    """The pair with paragraphs that these segments open; without any where there are none."""
    if not any(opens):
        return pair
    source, target = (
        tuple(accumulate(int(index in of_side) for index in range(len(texts))))
        for of_side, texts in zip(opens, (pair.source, pair.target), strict=True)
    )
    return replace(pair, paragraphs=(source, target))


def _sizes() -> dict[str, int]:
    sizes: dict[str, int] = {}
    for story in raw_lines("document_ids"):
        sizes[story] = sizes.get(story, 0) + 1
    return sizes
