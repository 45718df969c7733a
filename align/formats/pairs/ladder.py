"""Ladders of hunalign: rungs between two texts, as numbers or as the texts themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.pairs.beside import languages_of, units_of_beads
from align.formats.pairs.lined import (
    LinedPair,
    lined_writer,
    write_texts_beside,
)
from align.formats.registry import PAIR_READERS, PairFile
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_JOINT = re.compile(r"\s*~~~\s*")
_RUNG = re.compile(r"(\d{1,9})\t(\d{1,9})(?:\t\S*)?\s*")


@PAIR_READERS.register("hunalign ladder", endings=(".ladder",))
def read_ladder(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads a ladder.

    One of numbers (`3<TAB>4<TAB>0.7`, the lines where each bead begins) needs its texts beside it,
    see `align.formats.pairs.beside`; one of texts (`hunalign -text`) has them itself, ` ~~~ `
    between sentences.

    Raises:
        InputError: If the file cannot be read, its languages are not known, or a text lacks.
    """
    lines = [line for line in enumerate(file.text().split("\n"), start=1) if line[1].strip()]
    if not lines:
        raise InputError("holds no rungs", path=file.path)
    if _RUNG.fullmatch(lines[0][1]):
        yield from units_of_beads(_beads(lines, file), file)
        return
    source, target = languages_of(file)
    for number, line in lines:
        cells = [_JOINT.sub(" ", cell).strip() for cell in line.split("\t")]
        if len(cells) < 2:
            file.skipped.add("a rung without a tab", number)
            continue
        variants = tuple(
            Variant(language, segments=(), text=text, line=number)
            for language, text in zip((source, target), cells, strict=False)
            if text
        )
        if variants and variants[0].language == source:
            yield TranslationUnit(variants, into=target)


def _beads(
    lines: Sequence[tuple[int, str]], file: PairFile
) -> Iterator[tuple[Sequence[int], Sequence[int], int]]:
    """What lies between each rung and the next."""
    before: tuple[int, int] | None = None
    for number, line in lines:
        rung = _RUNG.fullmatch(line)
        if rung is None:
            file.skipped.add("a line that is no rung", number)
            continue
        here = int(rung[1]), int(rung[2])
        if before is not None and here[0] >= before[0] and here[1] >= before[1]:
            yield range(before[0], here[0]), range(before[1], here[1]), number
        before = here


@lined_writer("hunalign", "a ladder of hunalign with the texts beside it", endings=(".ladder",))
def write_ladder(path: Path | str, pair: LinedPair) -> tuple[str, ...]:
    """Writes a ladder of numbers, and the texts beside the file, a segment a line.

    Carries: similarities, as the quality of each rung.
    Does not carry: what was moved: of beads out of order nothing is left; inline codes, notes,
    properties, states, breaks within a text.

    Raises:
        InputError: If the file is standard output.
        OutputError: If a file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    said = write_texts_beside(path, pair, "a ladder")
    with open_for_writing(path) as stream:
        stream.writelines(
            f"{source}\t{target}\t{score:.4f}\n" for source, target, score in _rungs(pair)
        )
    return said


def _rungs(pair: LinedPair) -> Iterator[tuple[int, int, float]]:
    """Where each bead begins in both texts; a ladder only ever climbs."""
    source = target = 0
    for bead in pair.beads:
        # What lies between is a rung of its own, with nothing on one side.
        starts = bead.source[:1] or (source,), bead.target[:1] or (target,)
        if starts[0][0] < source or starts[1][0] < target:
            continue
        if starts[0][0] > source and starts[1][0] > target:
            yield source, target, 0.0
            source = starts[0][0]
        if starts[0][0] > source or starts[1][0] > target:
            yield source, target, 0.0
        yield starts[0][0], starts[1][0], bead.score or 0.0
        source = bead.source[-1] + 1 if bead.source else starts[0][0]
        target = bead.target[-1] + 1 if bead.target else starts[1][0]
    ends = len(pair.lines[0]), len(pair.lines[1])
    if source < ends[0] and target < ends[1]:
        yield source, target, 0.0
        source = ends[0]
    if source < ends[0] or target < ends[1]:
        yield source, target, 0.0
    yield *ends, 0.0
