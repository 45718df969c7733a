"""Texts as JSON Lines, an object a unit, as data sets of machine translation have them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.formats.registry import PAIR_READERS, PairFile, memory_writer
from align.languages import is_known_tag, language_named, same_language
from align.units import Remark, TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.formats.memory import Memory, Pair

_LONGEST_LINE = 16 * 2**20  # bytes
_SOURCE = ("source", "src", "source_text", "src_text")
_TARGET = ("target", "tgt", "trg", "translation", "target_text", "tgt_text")
_SOURCE_LANGUAGE = ("source_language", "source_lang", "src_lang", "sourceLanguage", "srcLang")
_TARGET_LANGUAGE = (
    "target_language", "target_lang", "tgt_lang", "trg_lang", "targetLanguage", "trgLang",
)  # fmt: skip
_STATE = ("state", "status")
_WRITTEN = frozenset({"notes", "properties", "confidence", "similarity"})
"""What we write of a unit beside its texts, see `row_of`."""

_NOT_LANGUAGES = frozenset({"id", "no"})  # Indonesian and Norwegian, and columns of numbers


@PAIR_READERS.register("JSONL", endings=(".jsonl", ".ndjson"), of_texts=False)
def read_jsonl(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads an object a line.

    That is `{"translation": {"en": …, "fr": …}}`, the languages alone, or `source` and `target`
    with their languages beside them or as the caller says. A line that holds no such thing is
    passed over. Other keys are kept as remarks.

    Raises:
        InputError: If the file cannot be read, holds a line too long to be one, or no unit.
    """
    number = found = 0
    unsaid: InputError | None = None
    with file.open() as stream:
        while line := stream.readline(_LONGEST_LINE + 1):
            number += 1
            if len(line) > _LONGEST_LINE:
                raise InputError("a line too long for an object", path=file.path, line=number)
            if not line.strip():
                continue
            try:
                unit = _unit(_object(line), file, number)
            except InputError as error:
                unsaid = unsaid or error
                unit = None
            if unit is None:
                file.skipped.add("a line that holds no texts in two languages", number)
            else:
                found += 1
                yield unit
    if not found and unsaid is not None:
        raise unsaid
    if not found:
        raise InputError('holds no lines like {"translation": {"en": …, "fr": …}}', path=file.path)


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        value = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _unit(value: Mapping[str, Any] | None, file: PairFile, line: int) -> TranslationUnit | None:
    if value is None:
        return None
    texts, used = _texts(value, file)
    if not texts:
        return None
    variants = [
        Variant(language, segments=(), text=text, line=line)
        for language, text in texts.items()
        if text.strip()
    ]
    source = file.source or next(iter(texts))
    variants.sort(key=lambda variant: not same_language(variant.language, source))
    if not variants or not same_language(variants[0].language, source):
        return None
    others = [language for language in texts if not same_language(language, source)]
    state = next((str(value[key]) for key in _STATE if value.get(key)), "")
    return TranslationUnit(
        tuple(variants),
        state=state,
        into=others[0] if len(others) == 1 else None,
        remarks=(
            *_remarks_as_written(value),
            *(
                Remark(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False), key)
                for key, each in value.items()
                if key not in {*used, *_STATE, *_WRITTEN} and each is not None
            ),
        ),
    )


def _texts(value: Mapping[str, Any], file: PairFile) -> tuple[dict[str, str], set[str]]:
    """The texts by language, and the keys that they come from."""
    inner = value.get("translation")
    if isinstance(inner, dict):
        return _by_language(inner), {"translation"}
    source, target = _first(value, _SOURCE), _first(value, _TARGET)
    if source and target:
        languages = _first(value, _SOURCE_LANGUAGE), _first(value, _TARGET_LANGUAGE)
        said = [
            tag if (tag := str(value.get(key or "", ""))) and is_known_tag(tag) else named
            for key, named in zip(languages, (file.source, file.target), strict=True)
        ]
        if said[0] and said[1]:
            texts = {language_named(said[0]): value[source], language_named(said[1]): value[target]}
            return _strings(texts), {source, target, *filter(None, languages)}
        raise InputError(
            "does not say its languages; name them (-s and -t of the command)", path=file.path
        )
    texts = {key: text for key, text in value.items() if key not in _NOT_LANGUAGES}
    found = _by_language(texts)
    if len(found) < 2:
        found = _by_language(value)
    return (found, _keys(value, found)) if len(found) > 1 else ({}, set())


def _first(value: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((key for key in keys if isinstance(value.get(key), str)), None)


def _by_language(value: Mapping[str, Any]) -> dict[str, str]:
    return _strings({language_named(key): text for key, text in value.items() if is_known_tag(key)})


def _strings(value: Mapping[str, Any]) -> dict[str, str]:
    return {key: text for key, text in value.items() if isinstance(text, str)}


def _keys(value: Mapping[str, Any], found: Mapping[str, str]) -> set[str]:
    return {key for key in value if is_known_tag(key) and language_named(key) in found}


def _remarks_as_written(value: Mapping[str, Any]) -> Iterator[Remark]:
    """Notes and properties as `row_of` has them; in any other shape they are a remark each."""
    for key in ("confidence", "similarity"):
        if isinstance(value.get(key), int | float):
            yield Remark(str(value[key]), f"x-{key}")
    notes, named = value.get("notes"), value.get("properties")
    for each in notes if isinstance(notes, list) else [notes] if notes else []:
        yield Remark(each if isinstance(each, str) else json.dumps(each, ensure_ascii=False))
    for each in named if isinstance(named, list) else []:
        if isinstance(each, dict) and isinstance(each.get("text"), str):
            yield Remark(each["text"], str(each.get("name", "")))


def row_of(pair: Pair, source: str, target: str) -> dict[str, Any]:
    """A unit as a row of a data set, every row with the same keys."""
    target_text = pair.target.text if pair.target else None
    named = {remark.name: remark.text for remark in pair.named}
    return {
        "translation": {source: pair.source.text, target: target_text},
        "state": pair.unit.state or None,
        "confidence": _number(named.pop("x-confidence", None)),
        "similarity": _number(named.pop("x-similarity", None)),
        "notes": list(pair.notes),
        "properties": [
            {"name": remark.name, "text": remark.text}
            for remark in pair.named
            if remark.name in named
        ],
    }


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


@memory_writer("jsonl", "an object a line, as `datasets` reads them", endings=(".jsonl",))
def write_jsonl(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages, an object a unit.

    Carries: untranslated units; states; notes; properties; confidence and similarity as numbers.
    Does not carry: inline codes, files within the file.

    Raises:
        InputError: If there are several translations.
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing
    from align.text import clean_text

    target = memory.only_target("jsonl")
    with open_for_writing(path) as stream:
        for pair in memory.pairs("jsonl"):
            row = row_of(pair, memory.source, target)
            stream.write(clean_text(json.dumps(row, ensure_ascii=False)) + "\n")
