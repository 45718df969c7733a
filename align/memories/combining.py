"""Memories put together, and taken apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import regex

from align.errors import InputError
from align.formats.atomic import Output, claim_folder
from align.memories.filtering import keep_languages
from align.memories.stream import TmxEntry, TmxStream, write_entries, writing_entries

_MOST_FILES = 500
_MOST_OPEN = 100  # at a time; systems allow a process some hundreds
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
    force: bool = False,
) -> dict[Path, int]:
    """Writes a memory into several files in a folder.

    Args:
        path: The memory.
        folder: Where the files go; they are called after the memory.
        by_language: A file for the source and each other language.
        by_property: A file for each value of this property; units without it go together.
        every: A file for so many units.
        force: Write into a folder that others have files in, and over what they wrote.

    Returns:
        The files, and how many units each has.

    Raises:
        InputError: If the file cannot be read, is not TMX, would come to more than 500 files, not
            one way to split it is given, or the folder or a file in it is not `align`'s and
            `force` is not given.
        OutputError: If a file cannot be written.
    """
    if [by_language, bool(by_property), every > 0].count(True) != 1:
        raise InputError("say one way to split: by language, by a property, or every so many units")
    claim_folder(folder, force=force)
    stream, stem = TmxStream(path), Path(path).name.removesuffix(".gz").removesuffix(".tmx")
    source = stream.header.get("srclang", "")
    if by_language:
        parted = _by_language(source)
    elif by_property:
        parted = _by_property(by_property)
    else:
        parted = _by_number(every)
    names: dict[str, None] = {}
    for number, entry in enumerate(stream):
        names |= dict.fromkeys(parted.names(number, entry))
        if len(names) > _MOST_FILES:
            raise InputError(f"would be more than {_MOST_FILES} files", path=path)
    places: dict[str, Path] = {}
    for name in names:
        places[name] = _free(Path(folder), f"{stem}.{_NOT_NAME.sub('-', name)[:80]}", places)
    outputs = {
        name: Output(str(place), [Path(path)], force=force).claimed()
        for name, place in places.items()
    }
    counts = dict.fromkeys(names, 0)
    waiting = iter(outputs)
    while some := [*islice(waiting, _MOST_OPEN)]:
        with ExitStack() as stack:
            write = {
                name: stack.enter_context(
                    writing_entries(outputs[name], source=source, header=stream.header)
                )
                for name in some
            }
            for number, entry in enumerate(stream):
                for name in parted.names(number, entry):
                    if name in write and (part := parted.part(name, entry)) is not None:
                        counts[name] += write[name](part)
    return {places[name]: count for name, count in counts.items()}


def _free(folder: Path, name: str, taken: Mapping[str, Path]) -> Path:
    place, number = folder / f"{name}.tmx", 1
    while place in taken.values():
        number += 1
        place = folder / f"{name}.{number}.tmx"
    return place


@dataclass(frozen=True, slots=True)
class _Parted:
    """A way to split a memory.

    Attributes:
        names: The parts that a unit goes into, by its number and itself.
        part: What of it goes into one of them; None where that is nothing.
    """

    names: Callable[[int, TmxEntry], Iterable[str]]
    part: Callable[[str, TmxEntry], TmxEntry | None] = lambda _, entry: entry


def _by_language(source: str) -> _Parted:
    def part(name: str, entry: TmxEntry) -> TmxEntry | None:
        if source not in entry.texts:
            return None
        own = TmxEntry(deepcopy(entry.element), entry.source, dict(entry.texts), entry.further)
        return own if keep_languages(own, (source, name.removeprefix(f"{source}-"))) else None

    return _Parted(lambda _, entry: [f"{source}-{tag}" for tag in entry.texts if tag != source],
                   part)  # fmt: skip


def _by_property(name: str) -> _Parted:
    return _Parted(lambda _, entry: [entry.properties().get(name, "") or "without"])


def _by_number(every: int) -> _Parted:
    return _Parted(lambda number, _: [f"{number // every + 1}"])
