"""From a row of a manifest to the pairs of texts that it asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.corpus.manifest import EDITION_PREFIXES, Row
from align.errors import InputError
from align.languages import normalise_tag, same_language
from align.pipeline import TextPair


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a corpus.

    Attributes:
        name: Its `id`.
        pairs: Its texts, pair by pair; of many editions the pivot with each.
    """

    name: str
    pairs: tuple[TextPair, ...]


def entry_of(row: Row, base: Path, *, pivot: str, segmented: bool) -> Entry:
    """What a row asks for.

    Args:
        row: The row.
        base: Folder that its paths are relative to.
        pivot: Language of the edition that the others are aligned to, where it has many.
        segmented: Whether texts have a segment a line.

    Raises:
        InputError: If it lacks an id or a text, or says the same twice.
    """
    name = name_of(row)
    if not name:
        raise InputError("has no 'id'")
    editions = dict(_editions(row))
    sides = [side for side in ("source", "target") if row.get(side) or row.get(f"{side}_path")]
    if editions and sides:
        raise InputError(f"gives {sides[0]!r} and editions; give one or the other")
    if not editions:
        one, other = (_text(row, side, f"{side}_path", base) for side in ("source", "target"))
        tags = [_tag(row.get(f"{side}_language")) for side in ("source", "target")]
        return Entry(name, (TextPair(name, one, other, tags[0], tags[1], segmented),))
    of_pivot = next((tag for tag in editions if same_language(tag, pivot)), None)
    if of_pivot is None or len(editions) < 2:
        there = ", ".join(editions)
        if of_pivot:
            raise InputError(f"has one edition alone, {there}; nothing to align")
        raise InputError(
            f"has no edition in '{pivot}' to align to, only in {there}; name another with --pivot"
        )
    source = _text(*editions.pop(of_pivot), base)
    return Entry(
        name,
        tuple(
            TextPair(name, source, _text(*given, base), of_pivot, tag, segmented)
            for tag, given in editions.items()
        ),
    )


def name_of(row: Row) -> str:
    """The id of a row, empty where it has none."""
    value = row.get("id")
    return "" if value is None else str(value)


def kept_columns(row: Row, columns: tuple[str, ...]) -> dict[str, str | None]:
    """The further columns of a row as text; what is no text is written as JSON."""
    return {
        name: value if value is None or isinstance(value, str) else _as_json(value)
        for name in columns
        for value in (row.get(name),)
    }


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def _editions(row: Row) -> Iterator[tuple[str, tuple[Mapping[str, Any], str, str]]]:
    """The editions by language: where text and path of each are to be found."""
    seen: set[str] = set()
    listed = row.get("editions") or {}
    if not isinstance(listed, Mapping):
        raise InputError("'editions' is no object of texts by language")
    for tag, given in listed.items():
        values = given if isinstance(given, Mapping) else {"text": given}
        yield normalise_tag(str(tag)), (values, "text", "path")
        seen.add(normalise_tag(str(tag)))
    for column, value in row.items():
        if value and column.startswith(EDITION_PREFIXES):
            of_tag = column.partition("_")[2]
            try:
                tag = normalise_tag(of_tag)
            except InputError as error:
                raise InputError(f"has a column {column!r}: {error}") from None
            if tag in seen:
                raise InputError(f"gives the edition in '{tag}' twice")
            seen.add(tag)
            yield tag, (row, f"text_{of_tag}", f"path_{of_tag}")


def _text(values: Mapping[str, Any], text: str, path: str, base: Path) -> str | Path:
    given, place = values.get(text), values.get(path)
    if bool(given) == bool(place):
        both = "both" if given else "neither"
        raise InputError(f"has {both} of {text!r} and {path!r}; give one of them")
    value = given or place
    if not isinstance(value, str):
        raise InputError(f"{text if given else path!r} is {value!r:.40}, not text")
    return base / value if place else value


def _tag(value: Any) -> str | None:
    return normalise_tag(str(value)) if value else None
