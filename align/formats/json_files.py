"""JSON files with a schema: written to be read by people too, read without trusting them."""

from __future__ import annotations

import json
import math
import textwrap
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.formats.json_shapes import shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from align.text import Span

_MOST_DIGITS = 1_000  # of a number; Python reads none of some thousands


def write_json(path: Path | str, content: Mapping[str, Any]) -> None:
    """Writes a file; what holds only values and lists of them takes one line.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    with open_for_writing(path) as stream:
        stream.writelines(_lines(content))
        stream.write("\n")


def span_member(span: Span | None) -> list[int] | None:
    """A span as files have it: where it starts and stops, in code points."""
    return None if span is None else [span.start, span.stop]


def read_json(path: Path | str, *, what: str, name: str, version: int, schema: str) -> Any:
    """Reads a file and checks it against its schema.

    Args:
        path: The file; `-` is standard input.
        what: What such a file is called in errors (`an alignment file`).
        name: What its member `format` must be.
        version: What its member `version` must be.
        schema: Name of the schema, see `schema_named`.

    Returns:
        The content, of the shape that the schema says.

    Raises:
        InputError: If the file cannot be read or does not fit the schema.
    """
    from align.formats.files import read_text

    raw = read_text(path)
    try:
        content = json.loads(raw, parse_constant=_refuse, parse_float=_finite, parse_int=_short)
        if "\\ud" in raw.lower():  # half a surrogate pair, escaped, is no text
            json.dumps(content, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", path=path, line=error.lineno) from None
    except RecursionError:
        raise InputError(f"not {what}: is nested too deeply", path=path) from None
    except ValueError as error:
        raise InputError(f"not {what}: {error}", path=path) from None
    if not isinstance(content, dict) or content.get("format") != name:
        raise InputError(f'not {what}: it lacks "format": "{name}"', path=path)
    if content.get("version") != version:
        raise InputError(
            f"is of version {content.get('version')!r} of the format, and this align reads "
            f"version {version}; use the align that wrote it",
            path=path,
        )
    _validate(content, schema, path)
    return content


@cache
def schema_named(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) `schemas/NAME.schema.json`."""
    schema = files("align.formats").joinpath("schemas", f"{name}.schema.json")
    loaded: dict[str, Any] = json.loads(schema.read_text(encoding="utf-8"))
    return loaded


def member(name: str) -> str:
    """A member of an object as JSON paths name it."""
    return f".{name}" if name.isidentifier() else f"['{name}']"


@cache
def _shape_named(name: str) -> Callable[[Any], bool]:
    return shape_of(schema_named(name))


def _validate(content: Any, schema: str, path: Path | str) -> None:
    if _shape_named(schema)(content):
        return
    import jsonschema

    # To JSON Schema 1.0 is an integer; it is none that can number a segment.
    types = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    )
    validator_class = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
        jsonschema.Draft202012Validator, type_checker=types
    )
    validator = validator_class(schema_named(schema))
    error = jsonschema.exceptions.best_match(validator.iter_errors(content))
    if error is not None:
        message = textwrap.shorten(error.message, 200, placeholder=" …")
        raise InputError(f"{error.json_path}: {message}", path=path)


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not a number in JSON")


def _short(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"{text[:40]}… is too large")
    return int(text)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is too large")
    return value


def _lines(value: Any, indent: str = "") -> Iterator[str]:
    if not isinstance(value, dict | list) or _is_one_line(value):
        yield json.dumps(value, ensure_ascii=False, allow_nan=False)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    inner = indent + "  "
    members = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    separator = opening
    for key, inner_value in members:
        yield f"{separator}\n{inner}"
        if key is not None:
            yield json.dumps(key, ensure_ascii=False) + ": "
        yield from _lines(inner_value, inner)
        separator = ","
    yield f"\n{indent}{closing}"


def _is_one_line(value: dict[str, Any] | list[Any]) -> bool:
    members = value.values() if isinstance(value, dict) else value
    return all(
        not isinstance(each, dict)
        and not (isinstance(each, list) and any(isinstance(m, dict | list) for m in each))
        for each in members
    )
