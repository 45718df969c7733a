"""Pairs of texts made of line-aligned news by what translators do to sentences; gold is known.

A story's lines are cut into sentences and clauses, and the two sides are put together again
independently: sentences joined or kept apart, a sentence cut at a clause, a clause or a sentence
left out, something added that the other side lacks. What makes the beads is which lines, and
which halves of them, the segments of the two sides share. Everything is drawn from a seed named
for story and language, so that every run has the same texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from dev_data import TARGET_LANGUAGES, GoldPair, raw_lines

from align.clauses import clauses
from align.formats.indices import IndexBead
from align.languages import join_segments

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_JOINED = 3
"""Lines of which one segment is joined, at most."""


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each thing is done, as a share of the lines of a side.

    Attributes:
        joined: A line is joined with the next one.
        cut: A line is cut at the end of a clause.
        lost: A line is left out.
        shortened: One of a line's clauses is left out.
        added: A line of another story is put in.
        fragments: A clause of another story is put in.
    """

    joined: float = 0.12
    cut: float = 0.12
    lost: float = 0.03
    shortened: float = 0.06
    added: float = 0.02
    fragments: float = 0.01


def perturbed_stories(rates: Rates | None = None, *, least: int = 6) -> list[GoldPair]:
    """Every story of the line-aligned news in every language, perturbed.

    Args:
        rates: How often each thing is done.
        least: Lines of the shortest story taken.
    """
    english, stories = raw_lines("en"), raw_lines("document_ids")
    pairs = []
    for language in TARGET_LANGUAGES:
        lines = raw_lines(language)
        for story in dict.fromkeys(stories):
            numbers = [n for n, name in enumerate(stories) if name == story]
            if len(numbers) >= least:
                sides = ([english[n] for n in numbers], [lines[n] for n in numbers])
                others = ([n for n in range(len(english)) if stories[n] != story], english, lines)
                pairs.append(_perturbed(story, language, sides, others, rates or Rates()))
    return pairs


def _perturbed(
    story: str,
    language: str,
    sides: tuple[list[str], list[str]],
    others: tuple[list[int], list[str], list[str]],
    rates: Rates,
) -> GoldPair:
    random = Random(f"{story} {language}")
    numbers, *foreign = others
    made = [
        _side(lines, [other[n] for n in random.sample(numbers, 8)], tag, rates, random)
        for lines, other, tag in zip(sides, foreign, ("en", language), strict=True)
    ]
    (source, of_source), (target, of_target) = made
    return GoldPair(
        "perturbed",
        story,
        "en",
        language,
        tuple(source),
        tuple(target),
        tuple(shared_beads(of_source, of_target)),
    )


def _side(
    lines: Sequence[str], foreign: Sequence[str], tag: str, rates: Rates, random: Random
) -> tuple[list[str], list[frozenset[int]]]:
    """Segments of one side, each with the lines that it has something of."""
    segments: list[str] = []
    of: list[frozenset[int]] = []
    foreign_lines = iter(foreign)
    run = 0  # lines that the last segment is joined of
    for number, line in enumerate(lines):
        if random.random() < rates.lost:
            run = 0
            continue
        parts = clauses(line)
        if len(parts) > 1 and random.random() < rates.shortened:
            parts.pop(random.randrange(len(parts)))
        pieces = [parts]
        if len(parts) > 1 and random.random() < rates.cut * 2:  # half of the lines have no place
            place = random.randrange(1, len(parts))
            pieces = [parts[:place], parts[place:]]
        for index, piece in enumerate(pieces):
            text = join_segments(piece, tag)
            if index == 0 and 0 < run < MOST_JOINED and random.random() < rates.joined:
                segments[-1] = join_segments((segments[-1], text), tag)
                of[-1] |= {number}
                run += 1
            else:
                segments.append(text)
                of.append(frozenset({number}))
                run = 1
        if random.random() < rates.added + rates.fragments:
            added = next(foreign_lines, "")
            whole = random.random() < rates.added / (rates.added + rates.fragments)
            if added:
                segments.append(added if whole else random.choice(clauses(added)))
                of.append(frozenset())
                run = 0
    return segments, of


def shared_beads(source: Sequence[frozenset[int]], target: Sequence[frozenset[int]]) -> list[IndexBead]:
    """The smallest beads such that no line is on both sides of one and another.

    Args:
        source: For each source segment, the lines that it has something of.
        target: For each target segment, likewise.
    """
    lines_of_target = frozenset().union(*target)
    lines_of_source = frozenset().union(*source)
    beads: list[IndexBead] = []
    i = j = 0
    while i < len(source) or j < len(target):
        if i < len(source) and not source[i] & lines_of_target:
            beads.append(IndexBead((i,), ()))
            i += 1
            continue
        if j < len(target) and not target[j] & lines_of_source:
            beads.append(IndexBead((), (j,)))
            j += 1
            continue
        i_stop, j_stop = i + 1, j + 1
        while True:
            here, there = frozenset().union(*source[i:i_stop]), frozenset().union(*target[j:j_stop])
            if i_stop < len(source) and source[i_stop] & (here | there):
                i_stop += 1
            elif j_stop < len(target) and target[j_stop] & (here | there):
                j_stop += 1
            else:
                break
        beads.append(IndexBead(tuple(range(i, i_stop)), tuple(range(j, j_stop))))
        i, j = i_stop, j_stop
    return beads
