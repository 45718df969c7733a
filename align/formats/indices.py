"""Alignments as lines of segment numbers, the form that gold alignments are published in.

One bead a line, `[source numbers]:[target numbers]:score`, numbers counted from 0; an unaligned
side is empty and has no score. Bleualign, Vecalign and their test sets read and write it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.registry import PAIR_WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from align.article import AlignedArticle
    from align.beads import Bead

_NUMBERS = r"\[((?:\s*\d{1,9}\s*(?:,\s*\d{1,9}\s*)*)?\s*)\]"
_BEAD = re.compile(rf"{_NUMBERS}\s*:\s*{_NUMBERS}\s*(?::\s*(\S*)\s*)?")


@dataclass(frozen=True, slots=True)
class IndexBead:
    """A bead as such a file has it; other people's gold may skip numbers inside a bead.

    Attributes:
        source: Numbers of the source segments.
        target: Numbers of the target segments.
        score: The similarity, where there is one.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float | None = None


def format_bead(bead: Bead | IndexBead) -> str:
    """The line that stands for a bead.

    >>> format_bead(IndexBead((0, 1), (2,), 0.83124)), format_bead(IndexBead((3,), ()))
    ('[0, 1]:[2]:0.8312', '[3]:[]:')
    """
    score = "" if bead.score is None else f"{bead.score:.4f}"
    return f"{list(bead.source)}:{list(bead.target)}:{score}"


@PAIR_WRITERS.register("indices", "lines like [0, 1]:[2]:0.8312, for scorers")
def write_pair_indices(path: Path | str, pair: AlignedArticle) -> None:
    """Writes the beads of an article of two editions; see `write_indices`."""
    write_indices(path, next(iter(pair.alignments.values())))


def write_indices(path: Path | str, beads: Iterable[Bead | IndexBead]) -> None:
    """Writes beads (an `Alignment` is an iterable of them), one a line; `-` is standard output.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    with open_for_writing(path) as stream:
        for bead in beads:
            stream.write(format_bead(bead) + "\n")


def read_indices(path: Path | str) -> tuple[IndexBead, ...]:
    """Reads beads; spaces, blank lines, lines that start with `#` and scores may come or not.

    Raises:
        InputError: If the file cannot be read or a line is not a bead.
    """
    from align.formats.files import read_text

    beads = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        content = line.strip()
        if not content or content.startswith("#"):
            continue
        match = _BEAD.fullmatch(content)
        if match is None:
            raise InputError(
                f"not a bead like [0, 1]:[2]:0.8312 but {content[:60]!r}", path=path, line=number
            )
        beads.append(
            IndexBead(
                _numbers(match[1]), _numbers(match[2]), _score(match[3], path=path, line=number)
            )
        )
    return tuple(beads)


def bead_of(line: str) -> IndexBead | None:
    """The bead that a line stands for, its score left out; None where it is none.

    >>> bead_of("[0, 1]:[2]:0.8312")
    IndexBead(source=(0, 1), target=(2,), score=None)
    """
    match = _BEAD.fullmatch(line.strip())
    return None if match is None else IndexBead(_numbers(match[1]), _numbers(match[2]))


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number.strip())


def _score(text: str | None, *, path: Path | str, line: int) -> float | None:
    if not text:
        return None
    try:
        score = float(text)
    except ValueError:
        score = math.nan
    if not math.isfinite(score):
        raise InputError(f"not a score: {text[:60]!r}", path=path, line=line)
    return score
