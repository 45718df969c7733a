"""Alignments as lines of numbers, `[0, 1]:[2]:0.83`, with their texts beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.formats.indices import IndexBead, bead_of, write_indices
from align.formats.pairs.beside import units_of_beads
from align.formats.pairs.lined import (
    LinedPair,
    lined_writer,
    write_texts_beside,
)
from align.formats.registry import PAIR_READERS, PairFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.units import TranslationUnit

_START = re.compile(rb"(?:\xef\xbb\xbf)?(?:#[^\n]*\n|\s)*\[[\d,\s]*\]\s*:\s*\[[\d,\s]*\]")


@PAIR_READERS.register(
    "Vecalign",
    endings=(".vecalign", ".align"),
    recognises=lambda start: _START.match(start) is not None,
)
def read_vecalign(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads beads as Vecalign and Bleualign write them, and the lines of the texts they name.

    The texts lie beside the file, see `align.formats.pairs.beside`. A line that is no bead is
    passed over.

    Raises:
        InputError: If the file or a text cannot be read, or the languages are not known.
    """
    beads = []
    for number, line in enumerate(file.text().split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        bead = bead_of(line)
        if bead is None:
            file.skipped.add("a line that is no bead like [0, 1]:[2]:0.83", number)
        else:
            beads.append((bead.source, bead.target, number))
    yield from units_of_beads(beads, file)


@lined_writer("vecalign", "lines like [0, 1]:[2]:0.8312 with the texts beside them",
              endings=(".vecalign",))  # fmt: skip
def write_vecalign(path: Path | str, pair: LinedPair) -> tuple[str, ...]:
    """Writes beads as Vecalign does, and the texts beside the file, a segment a line.

    Carries: similarities.
    Does not carry: inline codes, notes, properties, states, breaks within a text.

    Raises:
        InputError: If the file is standard output.
        OutputError: If a file cannot be written.
    """
    said = write_texts_beside(path, pair, "Vecalign")
    beads = (IndexBead(bead.source, bead.target, bead.score) for bead in pair.beads)
    write_indices(path, beads)
    return said
