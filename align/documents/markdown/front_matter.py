"""Front matter: what stands before a Markdown text and says of it title, date and the like."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_YAML = re.compile(r"\A---[ \t]*\n(?=\S)(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_JSON = re.compile(r"\A(?=\{\s*\")")
# What MultiMarkdown and Pelican write: the keys alone, and a blank line.
_BARE = re.compile(r"\A(?=(?i:title)[ \t]*:[ \t]*\S)(?:[A-Za-z][\w -]{0,40}:[ \t].*\n){2,}(?=\n)")
_PERCENT = re.compile(r"\A%[ \t]+\S.*\n(?:[ \t]+\S.*\n)*(?:%.*\n(?:[ \t]+\S.*\n)*){0,2}")

# A line that may be one of YAML's: a key, an item, a comment, what goes on from the line before.
_LINE_OF_YAML = re.compile(
    r"[ \t]*#|[ \t]+\S|-(?:[ \t]|$)|[\"']?[\w.$-]+[\"']?[ \t]*:(?:\s|$)|[\]}]|\s*$"
)
_SHOWN = ("title", "subtitle", "description")
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A text of the front matter that readers see, and its line."""

    key: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a text.

    Attributes:
        stop: Offset after it; 0 where there is none.
        shown: Title, subtitle and description, in this order, as far as it has them.
    """

    stop: int = 0
    shown: tuple[Shown, ...] = ()


def front_matter(text: str) -> FrontMatter:
    r"""Finds the front matter of a text, in YAML, TOML or JSON, or as bare keys.

    What only looks like it, such as prose between two rules, is none.

    >>> [(each.key, each.text) for each in front_matter("+++\ntitle = 'The Wall'\n+++\n").shown]
    [('title', 'The Wall')]
    """
    for pattern, read in (
        (_YAML, _of_yaml), (_TOML, _of_toml), (_PERCENT, _of_percent), (_BARE, _of_lines),
    ):  # fmt: skip
        match = pattern.match(text)
        if match and match.end() <= _LONGEST:
            inner = match[1] or "" if pattern.groups else match[0]
            table = read(inner)
            if table is not None:
                return FrontMatter(match.end(), tuple(_shown(table, match[0])))
    if _JSON.match(text):
        return _of_json(text[:_LONGEST])
    return FrontMatter()


def _of_yaml(inner: str) -> Mapping[str, object] | None:
    import yaml

    if not all(_LINE_OF_YAML.match(line) for line in inner.split("\n")):
        return None
    try:
        table = yaml.safe_load(inner)
    except (yaml.YAMLError, ValueError, RecursionError):
        return _of_lines(inner)  # a template in it, or a colon that should be in quotation marks
    if table is None:
        return {}
    return _by_name(table) if isinstance(table, dict) else None


def _of_toml(inner: str) -> Mapping[str, object]:
    try:
        return _by_name(tomllib.loads(inner))
    except (ValueError, RecursionError):  # of numbers of thousands of digits, too
        return _of_lines(inner, "=")


def _of_json(text: str) -> FrontMatter:
    try:
        table, stop = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return FrontMatter()
    if text[stop : stop + 1] not in ("", "\n"):
        return FrontMatter()
    return FrontMatter(stop, tuple(_shown(_by_name(table), text[:stop])))


def _of_lines(inner: str, sign: str = ":") -> Mapping[str, object]:
    """The keys at the beginnings of lines, where the whole cannot be parsed."""
    table: dict[str, object] = {}
    for line in inner.split("\n"):
        key, found, value = line.partition(sign)
        if found and key.strip().casefold() in _SHOWN:
            table.setdefault(key.strip().casefold(), _unquoted(value.strip()))
    return table


def _of_percent(inner: str) -> Mapping[str, object]:
    """Pandoc's title block: `% title`, `% authors`, `% date`."""
    title = re.split(r"\n%", inner[1:])[0]
    return {"title": " ".join(title.split())}


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", value[1:-1])
    return value


def _by_name(table: Mapping[Any, object]) -> Mapping[str, object]:
    return {key.casefold(): value for key, value in table.items() if isinstance(key, str)}


def _shown(table: Mapping[str, object], written: str) -> Iterator[Shown]:
    for key in _SHOWN:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            place = re.search(rf"^[\s%]*[\"']?{key}\b|^%", written, re.MULTILINE | re.IGNORECASE)
            line = written.count("\n", 0, place.end()) + 1 if place else 1
            yield Shown(key, value, line)
