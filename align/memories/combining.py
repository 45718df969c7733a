"""Memories put together, and taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import regex

from align.errors import InputError
from align.memories.filtering import keep_languages
from align.memories.stream import TmxEntry, TmxStream, write_entries

_MOST_FILES = 500
_NOT_NAME = regex.compile(r"[^\p{L}\p{N}._-]+")


def merge_tmx(paths: Sequence[Path | str], output: Path | str) -> int:
    """Writes the units of several memories into one, in their order.

    The source language is that of the first; units of another have it themselves.

    Returns:
        How many units are written.

    Raises:
        InputError: If a file cannot be read or is not TMX.
        OutputError: If the output cannot be written.
    """
    streams = [TmxStream(path) for path in paths]
    header = streams[0].header
    entries = chain.from_iterable(streams)
    return write_entries(output, entries, source=header.get("srclang", ""), header=header)


def split_tmx(
    path: Path | str,
    folder: Path | str,
    *,
    by_language: bool = False,
    by_property: str = "",
    every: int = 0,
) -> dict[Path, int]:
    """Writes a memory into several files in a folder.

    Args:
        path: The memory.
        folder: Where the files go; they are called after the memory.
        by_language: A file for the source and each other language.
        by_property: A file for each value of this property; units without it go together.
        every: A file for so many units.

    Returns:
        The files, and how many units each has.

    Raises:
        InputError: If the file cannot be read, is not TMX, would come to more than 500 files, or
            not one way to split it is given.
        OutputError: If a file cannot be written.
    """
    if [by_language, bool(by_property), every > 0].count(True) != 1:
        raise InputError("say one way to split: by language, by a property, or every so many units")
    stream, stem = TmxStream(path), Path(path).name.removesuffix(".gz").removesuffix(".tmx")
    if by_language:
        source = stream.header.get("srclang", "")
        there = {tag: None for entry in stream for tag in entry.texts if tag != source}
        groups = {f"{source}-{tag}": _of_pair(stream, source, tag) for tag in there}
    elif by_property:
        values = dict.fromkeys(entry.properties().get(by_property, "") for entry in stream)
        groups = {value or "without": _with(stream, by_property, value) for value in values}
    else:
        count = sum(1 for _ in stream)
        groups = {
            f"{number + 1}": _between(stream, number * every, (number + 1) * every)
            for number in range(-(-count // every))
        }
    if len(groups) > _MOST_FILES:
        raise InputError(f"would be {len(groups):,} files, more than {_MOST_FILES}", path=path)
    written: dict[Path, int] = {}
    for name, entries in groups.items():
        place = _free(Path(folder), f"{stem}.{_NOT_NAME.sub('-', name)[:80]}", written)
        header = stream.header
        source = header.get("srclang", "")
        written[place] = write_entries(place, entries, source=source, header=header)
    return written


def _free(folder: Path, name: str, taken: dict[Path, int]) -> Path:
    place, number = folder / f"{name}.tmx", 1
    while place in taken:
        number += 1
        place = folder / f"{name}.{number}.tmx"
    return place


def _of_pair(stream: TmxStream, source: str, tag: str) -> Iterator[TmxEntry]:
    for entry in stream:
        if tag in entry.texts and source in entry.texts and keep_languages(entry, (source, tag)):
            yield entry


def _with(stream: TmxStream, name: str, value: str) -> Iterator[TmxEntry]:
    return (entry for entry in stream if entry.properties().get(name, "") == value)


def _between(stream: TmxStream, start: int, stop: int) -> Iterator[TmxEntry]:
    for number, entry in enumerate(stream):
        if number >= stop:
            return
        if number >= start:
            yield entry
