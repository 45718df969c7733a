"""Memories in which each unit stands once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal

import regex

from align.memories.stream import TmxEntry, TmxStream, write_entries

if TYPE_CHECKING:
    from pathlib import Path

Keep = Literal["first", "newest", "best"]
"""Which of equal units is kept: the first, that of the latest date, the most confident."""

_NOT_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_DIGITS = regex.compile(r"\p{N}+")


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
    kept: dict[bytes, tuple[str | float, int]] = {}
    seen = 0
    for number, entry in enumerate(stream):
        seen += 1
        worth, key = _worth(entry, keep), entry.key(fold)
        if key not in kept or worth > kept[key][0]:  # type: ignore[operator]
            kept[key] = worth, number
    numbers = {number for _, number in kept.values()}
    written = write_entries(
        output,
        _numbered(stream, numbers.__contains__),
        source=stream.header.get("srclang", ""),
        header=stream.header,
    )
    return written, seen


def _numbered(stream: TmxStream, wanted: Callable[[int], bool]) -> Iterator[TmxEntry]:
    for number, entry in enumerate(stream):
        if wanted(number):
            yield entry


def _worth(entry: TmxEntry, keep: Keep) -> str | float:
    if keep == "newest":
        return entry.date
    if keep == "best":
        confidence = entry.confidence
        return -1.0 if confidence is None else confidence
    return 0.0


def _folded(text: str) -> str:
    r"""A text less case, punctuation, white space and digits.

    >>> _folded("On 3 May: 12 boats!") == _folded("on 4 may 7 boats")
    True
    """
    return " ".join(_NOT_WORD.sub(" ", _DIGITS.sub("0", text.casefold())).split())
