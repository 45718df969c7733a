"""Two texts, a segment a line, and the beads between them: what corpus formats hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from align.errors import InputError
from align.formats.registry import MEMORY_WRITERS, PAIR_WRITERS
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from align.article import AlignedArticle
    from align.formats.memory import Memory

    Function = TypeVar("Function", bound=Callable[..., Any])

_BREAKS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class LinedBead:
    """Lines of both texts that translate one another.

    Attributes:
        source: Numbers of the source lines, from 0.
        target: Numbers of the target lines.
        score: The similarity, where there is one.
        confidence: How likely the bead is to be right, where that is known.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class LinedPair:
    """Two texts, their lines and beads.

    Attributes:
        languages: Of source and target.
        lines: Theirs; none is empty or has a break in it.
        beads: The beads in the order of the source; every line is in one.
    """

    languages: tuple[str, str]
    lines: tuple[tuple[str, ...], tuple[str, ...]]
    beads: tuple[LinedBead, ...]


def one_line(text: str) -> str:
    r"""A text without breaks.

    >>> one_line("a red\n\tboat ")
    'a red boat'
    """
    return _BREAKS.sub(" ", clean_text(text)).strip()


def lined_pair_of_memory(memory: Memory, what: str) -> LinedPair:
    """A memory so: a unit is a line, and a bead of one line to one, or to none."""
    sides: tuple[list[str], list[str]] = [], []
    beads = []
    for pair in memory.pairs(what):
        numbers = []
        for side, variant in zip(sides, (pair.source, pair.target), strict=True):
            text = one_line(variant.text) if variant else ""
            numbers.append((len(side),) if text else ())
            side += [text] if text else []
        score = pair.target.score if pair.target else None
        confidence = pair.target.confidence if pair.target else None
        beads.append(LinedBead(numbers[0], numbers[1], score, confidence))
    languages = memory.source, memory.only_target(what)
    return LinedPair(languages, (tuple(sides[0]), tuple(sides[1])), tuple(beads))


def lined_pair_of_article(article: AlignedArticle, what: str) -> LinedPair:
    """An aligned article of two editions so: all its segments are lines, all its beads are there.

    Raises:
        InputError: If it has not two editions.
    """
    if len(article.alignments) != 1:
        raise InputError(f"{what} takes one translation, {', '.join(article.alignments)} are there")
    language, alignment = next(iter(article.alignments.items()))
    source, target = article.editions[article.pivot], article.editions[language]
    return LinedPair(
        (article.pivot, language),
        (
            tuple(one_line(segment.text) for segment in source.segments),
            tuple(one_line(segment.text) for segment in target.segments),
        ),
        tuple(
            LinedBead(tuple(bead.source), tuple(bead.target), bead.score, bead.confidence)
            for bead in alignment
        ),
    )


def lined_writer(
    name: str, what: str, *, endings: tuple[str, ...] = ()
) -> Callable[[Function], Function]:
    """Registers the function below as what writes two texts and their beads.

    It writes memories and aligned articles, and is called with a path and a `LinedPair`.

    Args:
        name: As for `Writers.register`.
        what: As there.
        endings: As there.
    """

    def decorator(function: Function) -> Function:
        def write_memory(path: Path | str, memory: Memory) -> tuple[str, ...] | None:
            written: tuple[str, ...] | None = function(path, lined_pair_of_memory(memory, name))
            return written

        def write_article(path: Path | str, article: AlignedArticle) -> tuple[str, ...] | None:
            written: tuple[str, ...] | None = function(path, lined_pair_of_article(article, name))
            return written

        write_memory.__doc__ = write_article.__doc__ = function.__doc__
        MEMORY_WRITERS.register(name, what, endings=endings)(write_memory)
        PAIR_WRITERS.register(name, what, endings=endings)(write_article)
        return function

    return decorator


def write_lines(path: Path | str, lines: tuple[str, ...]) -> None:
    """Writes a text, a segment a line.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    with open_for_writing(path) as stream:
        stream.writelines(f"{line}\n" for line in lines)


def path_beside(path: Path | str, what: str) -> Path:
    """The path of a file beside which others are written.

    Raises:
        InputError: If it is standard output.
    """
    if str(path) == "-":
        raise InputError(f"{what} is several files; name one with -o, the others go beside it")
    return Path(path)


def write_texts_beside(path: Path | str, pair: LinedPair, what: str) -> tuple[str, ...]:
    """Writes the texts beside a file of numbers, where its reader looks for them.

    Of `boat.ladder` they are `boat.en` and `boat.fr`.

    Returns:
        That they are there, for the user.

    Raises:
        InputError: If the file is standard output or where a text goes, or a text must not be
            replaced.
        OutputError: If a text cannot be written.
    """
    from align.formats.atomic import beside

    place = path_beside(path, what)
    texts = [place.with_name(f"{place.stem}.{language}") for language in pair.languages]
    if place in texts:
        raise InputError("is where one of the texts goes; choose another ending", path=path)
    outputs = [beside(path, text) for text in texts]
    for output, lines in zip(outputs, pair.lines, strict=True):
        write_lines(output, lines)
    return (f"{place}: the texts are beside it, {texts[0].name} and {texts[1].name}",)
