"""Pairs of texts with what breaks sentence aligners, made from line-aligned news; gold is known.

Each case takes the 1,007 lines of `ntrex-dev/raw` as one document and does one thing to it that
real editions have: a missing chapter, a preface, notes at the end, refrains and tables, paragraphs
in another order, or no common text at all. Light noise goes on top (a few lines merged with their
neighbours, a few lost), so that nothing is one line against one line throughout. All choices are
drawn from a seed named for the case, so every run and every language has the same ones.

A text in the making is a list of `Line`s. Lines of the two sides that share a key translate one
another, wherever they stand, and gold is read off the keys at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from align.formats.indices import IndexBead
from align.languages.joining import join_segments
from evaluation.dev_data import GoldPair, raw_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LANGUAGES = ("fr", "ja", "ar")
SIDES = ("source", "target")
TABLE = ("0.5 %", "0.5 %", "1.0 %", "30/09/2018", "0.5 %", "0.5 %")
"""Lines of the table that `refrains` repeats, the same in every language."""


@dataclass(frozen=True, slots=True)
class Bitext:
    """Line-aligned texts: line n of one translates line n of the other.

    Attributes:
        languages: BCP 47 tags of the source and the target.
        source: The source lines.
        target: The target lines.
        stories: The story that each line belongs to.
    """

    languages: tuple[str, str]
    source: tuple[str, ...]
    target: tuple[str, ...]
    stories: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.source)

    def chapters(self) -> list[range]:
        """The lines of each story."""
        of = self.stories
        starts = [n for n, story in enumerate(of) if n == 0 or story != of[n - 1]]
        return [
            range(start, stop) for start, stop in zip(starts, [*starts[1:], len(self)], strict=True)
        ]

    def lines(self, numbers: Iterable[int]) -> tuple[list[Line], list[Line]]:
        """These lines of the source and of the target, in this order."""
        chosen = list(numbers)
        return (
            [Line(self.source[n], (n,)) for n in chosen],
            [Line(self.target[n], (n,)) for n in chosen],
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One segment of a text in the making.

    Attributes:
        text: What it says.
        keys: What it corresponds to: the lines of the other side that share a key. Merged lines
            have several.
        fixed: Whether noise leaves it alone.
    """

    text: str
    keys: tuple[int, ...]
    fixed: bool = False


def hard_cases() -> list[GoldPair]:
    """All cases in English and three languages, from the development sets."""
    return [pair for language in LANGUAGES for pair in cases_of(news(language))]


def cases_of(text: Bitext) -> list[GoldPair]:
    """All cases made of one text."""
    return [
        *(missing_chapter(text, absent_in=side) for side in SIDES),
        *(preface(text, only_in=side) for side in SIDES),
        footnotes(text),
        refrains(text),
        paragraphs_moved(text),
        different_text(text),
    ]


def news(language: str) -> Bitext:
    """The line-aligned news in English and another language."""
    english, other, stories = (raw_lines(name) for name in ("en", language, "document_ids"))
    return Bitext(("en", language), tuple(english), tuple(other), tuple(stories))


def missing_chapter(text: Bitext, *, absent_in: str, at_least: int = 300) -> GoldPair:
    """One side lacks a run of whole stories out of its middle.

    Args:
        text: What it is made of.
        absent_in: The side that lacks them, `source` or `target`.
        at_least: Lines that are missing, up to the end of a story.
    """
    name = f"missing-chapter in {absent_in}"
    rng = Random(name)
    early = [chapter.start for chapter in text.chapters() if chapter.start < len(text) / 2]
    start = rng.choice(early[1:])
    missing = _whole_stories(text, start, at_least)
    rest = [n for n in range(len(text)) if n not in missing]
    source, target = text.lines(range(len(text)))
    if absent_in == "source":
        source, _ = text.lines(rest)
    else:
        _, target = text.lines(rest)
    return _finished("missing-chapter", name, text, source, target, rng)


def preface(text: Bitext, *, only_in: str, at_least: int = 60) -> GoldPair:
    """One side begins with stories that the other does not have.

    Args:
        text: What it is made of.
        only_in: The side that has them, `source` or `target`.
        at_least: Lines of the preface, up to the end of a story.
    """
    name = f"preface in {only_in}"
    body = range(_whole_stories(text, 0, at_least).stop, len(text))
    source, target = text.lines(range(len(text)))
    if only_in == "source":
        _, target = text.lines(body)
    else:
        source, _ = text.lines(body)
    return _finished("preface", name, text, source, target, Random(name))


def footnotes(text: Bitext, *, every: tuple[int, int] = (10, 14)) -> GoldPair:
    """Notes stand in place in the source and at the end of the target.

    Args:
        text: What it is made of.
        every: Lines from one note to the next, at least and at most; the shortest of them is
            the note.
    """
    rng = Random("footnotes")
    notes = [
        min(stretch, key=lambda n: len(text.source[n])) for stretch in stretches(text, every, rng)
    ]
    body = [n for n in range(len(text)) if n not in set(notes)]
    source, _ = text.lines(range(len(text)))
    _, target = text.lines([*body, *notes])
    return _finished("footnotes", "footnotes", text, source, target, rng)


def refrains(text: Bitext, *, every: tuple[int, int] = (17, 23), missing: float = 0.1) -> GoldPair:
    """Two sentences and a table come back again and again; either side lacks some of them.

    Args:
        text: What it is made of.
        every: Lines from one refrain to the next, at least and at most; the table stands half-way.
        missing: Share of refrains, and of tables, that a side lacks.
    """
    rng = Random("refrains")
    first = rng.choice([n for n in range(len(text) - 1) if _could_be_refrain(text, n)])
    refrain = [(text.source[n], text.target[n]) for n in (first, first + 1)]
    table = [(line, line) for line in TABLE]
    source: list[Line] = []
    target: list[Line] = []
    key = len(text)
    for stretch in stretches(text, every, rng):
        halfway = stretch.start + len(stretch) // 2
        ordinary = (range(stretch.start, halfway), range(halfway, stretch.stop))
        for numbers, repeated in zip(ordinary, (table, refrain), strict=True):
            keys = range(key, key + len(repeated))
            key = keys.stop
            lines = text.lines(n for n in numbers if n not in (first, first + 1))
            for side, (made, own) in enumerate(zip((source, target), lines, strict=True)):
                made += own
                if rng.random() >= missing:
                    made += [
                        Line(pair[side], (k,), fixed=True)
                        for pair, k in zip(repeated, keys, strict=True)
                    ]
    return _finished("refrains", "refrains", text, source, target, rng)


def paragraphs_moved(
    text: Bitext, *, lengths: tuple[int, int] = (4, 8), near: int = 6, far: int = 6
) -> GoldPair:
    """Whole paragraphs have changed places in the target.

    Args:
        text: What it is made of.
        lengths: Lines of a paragraph, at least and at most.
        near: How many times two neighbouring paragraphs have changed places.
        far: How many times two paragraphs from anywhere have.
    """
    rng = Random("paragraphs-moved")
    paragraphs = stretches(text, lengths, rng)
    firsts = rng.sample(range(0, len(paragraphs) - 1, 2), near + 2 * far)
    neighbours = [(first, first + 1) for first in firsts[:near]]
    distant = list(zip(firsts[near::2], firsts[near + 1 :: 2], strict=True))
    for one, other in (*neighbours, *distant):
        paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    source, _ = text.lines(range(len(text)))
    _, target = text.lines(n for paragraph in paragraphs for n in paragraph)
    return _finished("paragraphs-moved", "paragraphs-moved", text, source, target, rng)


def different_text(text: Bitext) -> GoldPair:
    """Two texts that are no translations of each other: the first half and the second half."""
    half = _whole_stories(text, 0, len(text) // 2).stop
    source, _ = text.lines(range(half))
    _, target = text.lines(range(half, len(text)))
    return _finished("different-text", "different-text", text, source, target, Random("different"))


def stretches(text: Bitext, lengths: tuple[int, int], rng: Random) -> list[range]:
    """Cuts a text into runs of lines, their lengths drawn evenly; the last may be shorter."""
    cut: list[range] = []
    while not cut or cut[-1].stop < len(text):
        start = cut[-1].stop if cut else 0
        cut.append(range(start, min(start + rng.randint(*lengths), len(text))))
    return cut


def perturb(
    source: Sequence[Line],
    target: Sequence[Line],
    rng: Random,
    *,
    languages: tuple[str, str],
    lost: float = 0.02,
    merged: float = 0.08,
) -> tuple[list[Line], list[Line]]:
    """Loses a few lines of either side and merges a few with the next one.

    Two lines are merged only where their counterparts are neighbours too, or where both have
    none, and no line is part of two merges: every bead stays one of 1-1, 1-2 and 2-1, without
    holes.

    Args:
        source: The source, one key a line.
        target: The target, likewise.
        rng: Where chance comes from.
        languages: How each side joins sentences.
        lost: Share of each side's lines that are lost.
        merged: Share of each side's lines that take the next one in, where that is possible.
    """
    kept = [
        [line for line in side if line.fixed or rng.random() >= lost] for side in (source, target)
    ]
    places = [{line.keys[0]: place for place, line in enumerate(side)} for side in kept]
    used: set[int] = set()
    result = []
    for side, other, language in zip(kept, reversed(places), languages, strict=True):
        made: list[Line] = []
        for line in side:
            before = made[-1] if made else line
            keys = before.keys + line.keys
            free = made and not before.fixed and not line.fixed and used.isdisjoint(keys)
            if free and _are_neighbours(other, keys) and rng.random() < merged:
                made[-1] = Line(join_segments((before.text, line.text), language), keys)
                used.update(keys)
            else:
                made.append(line)
        result.append(made)
    return result[0], result[1]


def gold_beads(source: Sequence[Line], target: Sequence[Line]) -> list[IndexBead]:
    """The beads that the keys say, in the order of the source.

    An unaligned target line stands after the bead of the line before it.
    """
    of_source = {key: i for i, line in enumerate(source) for key in line.keys}
    of_target = {key: j for j, line in enumerate(target) for key in line.keys}

    def unaligned(start: int) -> list[IndexBead]:
        run = []
        while start < len(target) and of_source.keys().isdisjoint(target[start].keys):
            run.append(IndexBead((), (start,)))
            start += 1
        return run

    beads = unaligned(0)
    for i, line in enumerate(source):
        targets = sorted({of_target[key] for key in line.keys if key in of_target})
        keys = {key for j in targets for key in target[j].keys}
        sources = sorted({of_source[key] for key in keys if key in of_source}) or [i]
        if i == sources[0]:
            beads.append(IndexBead(tuple(sources), tuple(targets)))
            if targets:
                beads += unaligned(targets[-1] + 1)
    return beads


def _finished(
    case: str, name: str, text: Bitext, source: list[Line], target: list[Line], rng: Random
) -> GoldPair:
    """Puts noise on a case and reads off its gold."""
    source, target = perturb(source, target, rng, languages=text.languages)
    return GoldPair(
        kind=f"hard:{case}",
        document=name,
        source_language=text.languages[0],
        target_language=text.languages[1],
        source=tuple(line.text for line in source),
        target=tuple(line.text for line in target),
        gold=tuple(gold_beads(source, target)),
    )


def _whole_stories(text: Bitext, start: int, at_least: int) -> range:
    """The lines from `start` to the end of the story in which at least so many are reached."""
    ends = (chapter.stop for chapter in text.chapters())
    return range(start, next((end for end in ends if end - start >= at_least), len(text)))


def _could_be_refrain(text: Bitext, first: int) -> bool:
    """Whether a line and the next are of one story and neither headlines nor long sentences."""
    same_story = text.stories[first] == text.stories[first + 1]
    lengths = [len(line) for line in text.source[first : first + 2]]
    return same_story and min(lengths) >= 40 and max(lengths) <= 110


def _are_neighbours(places: dict[int, int], keys: Sequence[int]) -> bool:
    """Whether two keys stand one after the other on a side, or neither stands there."""
    first, second = (places.get(key) for key in keys)
    if first is None or second is None:
        return first is second
    return second == first + 1
