"""Memories in which each unit stands once."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Literal

import numpy as np
import regex

from align.memories.stream import TmxEntry, TmxStream, write_entries

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

Keep = Literal["first", "newest", "best"]
"""Which of equal units is kept: the first, that of the latest date, the most confident."""

_NOT_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_DIGITS = regex.compile(r"\p{N}+")
_WORTH = 16  # bytes


def dedupe_tmx(
    path: Path | str, output: Path | str, *, near: bool = False, keep: Keep = "first"
) -> tuple[int, int]:
    """Writes each unit of a memory once. Several translations of one source all stay.

    Args:
        path: The memory.
        output: The file to write.
        near: Whether units are equal that differ in nothing but case, punctuation, white space and
            the digits of numbers on both sides.
        keep: Which of equal units is kept; the earlier one where that does not decide.

    Returns:
        How many are written, and how many there are.

    Raises:
        InputError: If the file cannot be read or is not TMX.
        OutputError: If the output cannot be written.
    """
    stream = TmxStream(path)
    fold = _folded if near else str
    # Sixteen bytes a unit for what it says and as many for its worth, whatever its length.
    keys, worths = array("Q"), bytearray()
    for entry in stream:
        keys.frombytes(entry.key(fold))
        worths += _worth(entry, keep)
    kept = _kept(np.frombuffer(keys, np.uint64).reshape(-1, 2), worths)
    written = write_entries(
        output,
        (entry for entry, is_kept in zip(stream, kept, strict=False) if is_kept),
        source=stream.header.get("srclang", ""),
        header=stream.header,
    )
    return written, len(kept)


def _kept(keys: NDArray[np.uint64], worths: bytearray) -> bytearray:
    """Which units are the worthiest of their key, and the first of those: a byte for each."""
    kept = np.zeros(len(keys), bool)
    if len(keys):
        by: list[NDArray[np.uint64]] = [keys[:, 1], keys[:, 0]]
        if worths:
            halves = np.frombuffer(worths, ">u8").reshape(-1, 2)
            by = [~halves[:, 1], ~halves[:, 0], *by]
        order = np.lexsort(by)  # stable: of the same worth, the first comes first
        is_new = np.ones(len(keys), bool)
        is_new[1:] = (keys[order][1:] != keys[order][:-1]).any(axis=1)
        kept[order[is_new]] = True
    return bytearray(kept.tobytes())


def _worth(entry: TmxEntry, keep: Keep) -> bytes:
    """Sixteen bytes that are in the order of the units' worth; none where all are worth the same.

    A date in the form of TMX has just so many characters.
    """
    if keep == "newest":
        return entry.date.encode("ascii", "replace")[:_WORTH].ljust(_WORTH, b"\0")
    if keep == "best":
        confidence = entry.confidence
        number = -1.0 if confidence is None else confidence
        return f"{min(max(number + 1, 0), 9e3):016.11f}".encode()
    return b""


def _folded(text: str) -> str:
    r"""A text less case, punctuation, white space and digits.

    >>> _folded("On 3 May: 12 boats!") == _folded("on 4 may 7 boats")
    True
    """
    return " ".join(_NOT_WORD.sub(" ", _DIGITS.sub("0", text.casefold())).split())
