"""Places of a document's text in its file, by the runs that its reader found (see `locating`)."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.documents.model import Block, Document, Landmark, Run


def place_at(document: Document, offset: int) -> tuple[Run, int] | None:
    """The run that an offset in the document's text lies in, and how far from its start.

    Where it lies in none, such as at a mark that the file has another way, it is where the run
    before ends or else where the next one begins, within its block; None where that has neither.
    """
    runs = document.runs
    index = bisect_right(runs, offset, key=lambda run: run.start) - 1
    if index >= 0 and offset < runs[index].stop:
        return runs[index], offset - runs[index].start
    block = block_at(document, offset)
    if index >= 0 and (block is None or runs[index].stop > block.start):
        return runs[index], runs[index].stop - runs[index].start
    return _next(runs, index + 1, block)


def end_at(document: Document, offset: int) -> tuple[Run, int] | None:
    """The same for the end of a stretch: after its last character."""
    runs = document.runs
    index = bisect_right(runs, offset - 1, key=lambda run: run.start) - 1
    if index >= 0 and offset <= runs[index].stop:
        return runs[index], offset - runs[index].start
    following = _next(runs, index + 1, block_at(document, offset - 1))
    return following or place_at(document, offset - 1)


def _next(runs: Sequence[Run], index: int, block: Block | None) -> tuple[Run, int] | None:
    if index < len(runs) and block is not None and runs[index].start < block.stop:
        return runs[index], 0
    return None


def block_at(document: Document, offset: int) -> Block | None:
    """The block that an offset lies in, or the one before it; the first where there is none."""
    blocks = document.blocks
    index = max(bisect_right(blocks, offset, key=lambda block: block.start) - 1, 0)
    return blocks[index] if blocks else None


def landmark_at(document: Document, offset: int) -> Landmark | None:
    """The landmark that an offset stands at, where the file has any; it may lie in their gaps."""
    index = bisect_right(document.landmarks, offset, key=lambda landmark: landmark.start) - 1
    return document.landmarks[max(index, 0)] if document.landmarks else None
