"""Ladders of hunalign: rungs between two texts, as numbers or as the texts themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.pairs.beside import languages_of, units_of_beads
from align.formats.registry import PAIR_READERS, PairFile
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
