"""Files that hold numbers of lines, and the texts beside them that those are lines of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.files import read_text_of_any_kind
from align.formats.termbases.named_languages import languages_in_name, source_and_target
from align.languages import join_segments
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from align.formats.registry import PairFile

_ENDINGS = ("", ".txt", ".snt", ".sent")


def languages_of(file: PairFile) -> tuple[str, str]:
    """The languages that a file's name says (`boat.en-fr.ladder`), else the caller.

    Raises:
        InputError: If neither does.
    """
    said = (file.source, file.target) if file.source and file.target else None
    return source_and_target(file.path, said)


def texts_beside(file: PairFile) -> tuple[tuple[str, list[str]], tuple[str, list[str]]]:
    """The languages of a file of numbers, each with the lines of its text.

    Of `boat.en-fr.ladder` the texts are `boat.en` and `boat.fr`, or `boat.en-fr.en`, or either
    with `.txt`.

    Raises:
        InputError: If the languages are not known, or a text is not there.
    """
    source, target = languages_of(file)
    return (source, _lines_of(file, source)), (target, _lines_of(file, target))


def _lines_of(file: PairFile, language: str) -> list[str]:
    path = Path(file.path)
    stem = path.stem
    # `boat` of `boat.en-fr`; the tags are written as the name has them, not as we would.
    base = stem if languages_in_name(stem) is None else stem.rpartition(".")[0]
    tried = [
        path.with_name(f"{name}.{tag}{ending}")
        for name in dict.fromkeys((stem, base))
        if name
        for tag in dict.fromkeys((language, *_tags_written(stem, language)))
        for ending in _ENDINGS
    ]
    for each in tried:
        if each.is_file() and each != path:
            return read_text_of_any_kind(each).rstrip("\n").split("\n")
    raise InputError(
        f"holds numbers of lines; put the text they are of beside it as {tried[-1].name!r} or "
        f"{tried[-len(_ENDINGS)].name!r}, a segment a line",
        path=path,
    )


def _tags_written(stem: str, language: str) -> Iterator[str]:
    from align.languages import is_known_tag, language_named

    for part in stem.rpartition(".")[2].split("-"):
        if is_known_tag(part) and language_named(part) == language:
            yield part


def units_of_beads(
    beads: Iterable[tuple[Sequence[int], Sequence[int], int]], file: PairFile
) -> Iterator[TranslationUnit]:
    """The units of beads of two texts beside a file.

    Args:
        beads: For each the numbers of its source and target lines, from 0, and its line in the
            file. One that names a line which the text does not have is passed over.
        file: The file.

    Raises:
        InputError: As `texts_beside`.
    """
    sides = texts_beside(file)
    for *numbers, line in beads:
        variants = []
        for (language, lines), own in zip(sides, numbers, strict=True):
            if own and max(own) >= len(lines):
                file.skipped.add("a bead of lines that the text does not have", line)
                break
            text = join_segments((lines[number].strip() for number in own), language)
            variants.append(Variant(language, tuple(own), text, line=line))
        else:
            if variants[0].text:
                yield TranslationUnit(
                    tuple(variant for variant in variants if variant.text), into=sides[1][0]
                )
