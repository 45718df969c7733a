"""Moses pairs: two files of equally many lines, each line the translation of the other's."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.files import open_for_reading
from align.formats.pairs.lined import one_line, path_beside
from align.formats.registry import PAIR_READERS, PairFile, memory_writer
from align.formats.termbases.named_languages import languages_in_name
from align.languages import is_known_tag, language_named
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.formats.memory import Memory

_LONGEST_LINE = 2**20  # bytes


def is_moses(path: Path) -> bool:
    """Whether a name says so: `boat.en-fr.en`, with `boat.en-fr.fr` beside it."""
    return other_file(path) is not None


def other_file(path: Path) -> Path | None:
    """The file with the translations of another, if it is one of such a pair.

    The tags within the name tell, whatever their case: `boat.en-fr.en` and `boat.en-fr.fr`.
    """
    tag = path.suffix[1:]
    if not tag or not is_known_tag(tag) or languages_in_name(path.stem) is None:
        return None
    pair = path.stem.rpartition(".")[2]
    for place, separator in enumerate(pair):
        if separator not in "-_":
            continue
        for own, other in ((pair[:place], pair[place + 1 :]), (pair[place + 1 :], pair[:place])):
            if other and own.casefold() == tag.casefold():
                beside = path.with_suffix(f".{other}")
                if beside.is_file():
                    return beside
    return None


@PAIR_READERS.register("Moses", endings=(), named=is_moses)
def read_moses(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads two files line by line, however large they are.

    The file named is the source's; the other lies beside it, see `other_file`.

    Raises:
        InputError: If a file cannot be read, or one has more lines than the other.
    """
    path = Path(file.path)
    other = other_file(path)
    if other is None:
        raise InputError("is no file of a pair such as boat.en-fr.en and boat.en-fr.fr", path=path)
    languages = language_named(path.suffix[1:]), language_named(other.suffix[1:])
    with open_for_reading(path) as first, open_for_reading(other) as second:
        rows = zip_longest(_lines(first, path), _lines(second, other))
        for number, texts in enumerate(rows, start=1):
            if None in texts:
                short = path if texts[0] is None else other
                raise InputError(
                    f"has {number - 1:,} lines and its other half more; each line has one",
                    path=short,
                )
            variants = tuple(
                Variant(language, segments=(), text=text, line=number)
                for language, text in zip(languages, texts, strict=True)
                if text and text.strip()
            )
            if variants and variants[0].language == languages[0]:
                yield TranslationUnit(variants, into=languages[1])
            elif variants:
                file.skipped.add("a line without a source text", number)


def _lines(stream: object, path: Path) -> Iterator[str]:
    number = 0
    while line := stream.readline(_LONGEST_LINE + 1):  # type: ignore[attr-defined]
        number += 1
        if len(line) > _LONGEST_LINE:
            raise InputError("a line too long to be a segment", path=path, line=number)
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise InputError("is not UTF-8; save it as UTF-8", path=path, line=number) from None


@memory_writer("moses", "two files of equally many lines, for training")
def write_moses(path: Path | str, memory: Memory) -> tuple[str, ...]:
    """Writes the translated units of a memory as two files, a unit a line.

    Of `boat` they are `boat.en-fr.en` and `boat.en-fr.fr`; either of these may be named as well.

    Does not carry: units without a translation, inline codes, notes, properties, states, breaks
    within a text.

    Returns:
        What they are called, and how many units have no translation.

    Raises:
        InputError: If the file is standard output.
        OutputError: If a file cannot be written.
    """
    from contextlib import ExitStack

    from align.formats.atomic import beside, open_for_writing

    named = path_beside(path, "a pair of Moses")
    languages = memory.source, memory.only_target("moses")
    if named.suffix[1:] in languages:
        named = named.with_suffix("")
    if languages_in_name(named.name) is None:
        named = named.with_name(f"{named.name}.{'-'.join(languages)}")
    paths = [named.with_name(f"{named.name}.{tag}") for tag in languages]
    outputs = [beside(path, each) for each in paths]
    with ExitStack() as files:
        streams = [files.enter_context(open_for_writing(each)) for each in outputs]
        left_out = 0
        for pair in memory.pairs("moses"):
            target = pair.target.text if pair.target else ""
            texts = one_line(pair.source.text), one_line(target)
            if not all(texts):
                left_out += 1
                continue
            for stream, text in zip(streams, texts, strict=True):
                stream.write(f"{text}\n")
    said = [f"{paths[0]} and {paths[1].name} are written"]
    if left_out:
        said.append(f"units without a translation, which are not written: {left_out:,}")
    return tuple(said)
