"""Files of pairs and termbases made files of another format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.memory import Memory
from align.formats.registry import (
    MEMORY_WRITERS,
    PAIR_READERS,
    TERMBASE_READERS,
    TERMBASE_WRITERS,
    PairFile,
    reader_of_pairs,
)
from align.formats.states import in_states
from align.languages import nearest_tags, normalise_tag
from align.skipped import Skipped

if TYPE_CHECKING:
    from align.units import TranslationUnit


def memory_in(
    path: Path | str,
    *,
    source: str | None = None,
    targets: Sequence[str] = (),
    states: Sequence[str] = (),
    skipped: Skipped | None = None,
) -> Memory:
    """A file of pairs as a memory, read anew whenever somebody goes through it.

    Args:
        path: The file, in any of the formats of `PAIR_READERS`.
        source: The language that is translated; that of the file's first unit where not given.
        targets: The languages that it is translated into; all that are there where not given.
        states: States of the units to take, see `align.formats.states`; all where none is named.
        skipped: Is told what is passed over.

    Raises:
        InputError: If the file cannot be read or has no pair in these languages.
    """
    reader = reader_of_pairs(path)
    named = normalise_tag(targets[0]) if len(targets) == 1 else None
    file = PairFile(
        path, normalise_tag(source) if source else None, named, None, skipped or Skipped()
    )
    first, there = _languages(reader.read(file), None if source else file.skipped)
    if first is None:
        raise InputError("holds no units", path=path)
    if source:
        first = _nearest(source, there, path)
    others = [tag for tag in there if tag != first]
    wanted = [_nearest(tag, others, path) for tag in targets] or others
    if not wanted:
        raise InputError("says no language to translate into; name it with -t", path=path)
    # What is passed over was told of in the first reading.
    units = _UnitsOfFile(replace(file, skipped=Skipped()), tuple(states))
    return Memory(units, first, tuple(dict.fromkeys(wanted)))


def _languages(
    units: Iterator[TranslationUnit], skipped: Skipped | None
) -> tuple[str | None, list[str]]:
    """The language that the first unit is from, and all languages in their order.

    Where nobody named that language, whoever reads is told of units that have nothing in it.
    """
    first: str | None = None
    there: dict[str, None] = {}
    for unit in units:
        first = first or unit.variants[0].language
        if skipped is not None and unit.variant(first) is None:
            skipped.add(f"a unit without a text in {first!r}", unit.variants[0].line)
        there.update(dict.fromkeys(variant.language for variant in unit.variants))
        if unit.into:
            there[unit.into] = None
    return first, list(there)


def _nearest(wanted: str, there: Sequence[str], path: Path | str) -> str:
    found = nearest_tags(wanted, there)
    if not found:
        raise InputError(
            f"has nothing in {wanted!r}; there are {', '.join(there) or 'no languages'}", path=path
        )
    return found[0]


class _UnitsOfFile:
    """The units of a file, which is read whenever they are gone through."""

    def __init__(self, file: PairFile, states: tuple[str, ...]) -> None:
        self._file, self._states = file, states

    def __iter__(self) -> Iterator[TranslationUnit]:
        units = reader_of_pairs(self._file.path).read(self._file)
        return iter(in_states(units, self._states))


def convert(
    path: Path | str,
    output: Path | str,
    *,
    to: str,
    source: str | None = None,
    targets: Sequence[str] = (),
    states: Sequence[str] = (),
    profile: str = "default",
    languages_as: Mapping[str, str] | None = None,
    properties: bool = True,
    context: bool = False,
    skipped: Skipped | None = None,
) -> tuple[str, ...]:
    """Writes a file of pairs in another format; docs/formats.md says what each can carry.

    Args:
        path: The file, in any of the formats of `PAIR_READERS`.
        output: The file to write; `-` is standard output.
        to: The format, one of `MEMORY_WRITERS`.
        source: As for `memory_in`.
        targets: As there.
        states: As there.
        profile: The tool that the file is for, one of `align.formats.tmx.PROFILES`.
        languages_as: Tags to write instead of the profile's, by language.
        properties: Whether to write properties, confidence and the like.
        context: Whether TMX gets what stands before and after each unit.
        skipped: Is told what is passed over.

    Returns:
        What the user should know of the file, a line each.

    Raises:
        InputError: If the file cannot be read, or the format cannot hold it.
        OutputError: If the output cannot be written.
    """
    memory = memory_in(path, source=source, targets=targets, states=states, skipped=skipped)
    written = replace(
        memory,
        title=Path(path).name,
        profile=profile,
        languages_as=languages_as or {},
        properties=properties,
        context=context,
    )
    return MEMORY_WRITERS.write(output, written, to=to)


def convert_termbase(
    path: Path | str,
    output: Path | str,
    *,
    to: str,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> tuple[str, ...]:
    """Writes a termbase in another format.

    Args:
        path: The termbase, in any of the formats of `TERMBASE_READERS`.
        output: The file to write; `-` is standard output.
        to: The format, one of `TERMBASE_WRITERS`.
        languages: Source and target: of a file that does not say them, and of a glossary to write.
        skipped: Is told what is passed over.

    Returns:
        What the user should know of the file, a line each.

    Raises:
        InputError: If the file cannot be read, or the format cannot hold it.
        OutputError: If the output cannot be written.
    """
    from align.formats.termbases import read_termbase
    from align.termbases import Termbase

    termbase = read_termbase(path, languages=languages, skipped=skipped)
    if languages and to == "omegat":
        # A glossary has two languages, and which is the source only the caller knows.
        wanted = [_nearest(tag, termbase.languages, path) for tag in languages]
        kept = (
            replace(entry, terms=tuple(t for tag in wanted for t in entry.of(tag)), definitions={})
            for entry in termbase.entries
            if any(entry.of(tag) for tag in wanted)
        )
        termbase = Termbase(tuple(kept), termbase.title)
    return TERMBASE_WRITERS.write(output, termbase, to=to)


def is_termbase(path: Path | str) -> bool:
    """Whether a file is a termbase and cannot be of pairs, by how it begins and its name."""
    reader = TERMBASE_READERS.of_file(path)
    return reader is not None and PAIR_READERS.of_file(path) is None
