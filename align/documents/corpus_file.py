"""The file `corpus.toml`: what a corpus says of itself, checked key by key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from align.documents.decoding import decode, is_encoding, read_file
from align.errors import InputError
from align.languages import normalise_tag

CORPUS_FILE = "corpus.toml"
"""The name of the file in a corpus's folder."""

_KEYS = ("title", "pivot", "licence", "editions")
_EDITION_KEYS = ("language", "file", "address", "date", "title", "encoding")


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """One `[[editions]]` table: the edition's language and file, and what is known of them.

    Attributes:
        language: Normalised BCP 47 tag.
        path: The file.
        address: Where it was published.
        date: When it was taken from there.
        title: Its title.
        encoding: The encoding of the file, where the server that it came from said so and the file
            itself does not.
    """

    language: str
    path: Path
    address: str | None = None
    date: str | None = None
    title: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a `corpus.toml` says; what it leaves out is None, or no editions."""

    title: str | None = None
    pivot: str | None = None
    licence: str | None = None
    editions: tuple[ListedEdition, ...] = ()


def read_listing(path: Path) -> Listing:
    """Reads a `corpus.toml`.

    Raises:
        InputError: If it cannot be read, is not TOML, has an unknown key or a value of the wrong
            type, or names an unknown language, a language twice, or a file that is not in its
            folder; the message says on which line.
    """
    text = decode(read_file(path), path=path)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, str(error), text) from error
    except ValueError:  # of more digits than Python reads
        raise InputError("has a number that is too long", path=path) from None
    except RecursionError:
        raise InputError("has arrays or tables in one another, too deep", path=path) from None
    return _Checker(path, text).listing(table)


def write_listing(stream: TextIO, listing: Listing) -> None:
    """Writes a `corpus.toml`, which `read_listing` reads back.

    Args:
        stream: The file, open in the folder of the editions.
        listing: What it says; files are named by their names.
    """
    for key in ("title", "pivot", "licence"):
        value = getattr(listing, key)
        if value is not None:
            stream.write(f"{key} = {_quoted(value)}\n")
    for edition in listing.editions:
        stream.write("\n[[editions]]\n")
        said = {"language": edition.language, "file": edition.path.name, "title": edition.title}
        said |= {"address": edition.address, "date": edition.date, "encoding": edition.encoding}
        for key, value in said.items():
            if value is not None:
                stream.write(f"{key} = {value if key == 'date' else _quoted(value)}\n")


def _quoted(text: str) -> str:
    """A basic string of TOML, which is one of JSON but for the character DEL."""
    text = text.replace("\0", "\ufffd").encode("utf-8", errors="replace").decode("utf-8")
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _cannot(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def _syntax_error(path: Path, message: str, text: str) -> InputError:
    place = re.search(r"\s*\(at line (\d+), column \d+\)", message)
    line = int(place[1]) if place else text.count("\n") + 1
    reason = re.sub(r"\s*\(at [^)]*\)", "", message)
    return InputError(f"is not TOML: {reason}", path=path, line=line)


class _Checker:
    """Turns the tables into a listing; knows the file's text to find the lines of its keys."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text

    def listing(self, table: Mapping[str, object]) -> Listing:
        self._must_be_known(table, _KEYS)
        pivot = self._string(table, "pivot")
        tables = table.get("editions", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            raise self._error("'editions' are tables: write [[editions]] above each", "editions")
        editions = [self._edition(each, index) for index, each in enumerate(tables)]
        for index, edition in enumerate(editions):
            if edition.language in (earlier.language for earlier in editions[:index]):
                message = f"language '{edition.language}' has two editions; one is read"
                raise self._error(message, "language", index)
        return Listing(
            title=self._string(table, "title"),
            pivot=None if pivot is None else self._language(pivot, "pivot"),
            licence=self._string(table, "licence"),
            editions=tuple(editions),
        )

    def _edition(self, table: Mapping[str, object], index: int) -> ListedEdition:
        self._must_be_known(table, _EDITION_KEYS, index)
        language = self._string(table, "language", index)
        file = self._string(table, "file", index)
        if language is None or file is None:
            missing = "language" if language is None else "file"
            raise self._error(f"an edition needs a '{missing}'", "editions", index)
        tag = self._language(language, "language", index)
        path = self.path.parent / file
        try:
            is_inside = path.resolve().is_relative_to(self.path.parent.resolve())
            is_there = path.is_file()
        except OSError as error:
            raise self._error(f"file '{file}' {_cannot(error)}", "file", index) from error
        if not is_inside:
            message = f"file '{file}' is outside the folder; editions lie inside it"
            raise self._error(message, "file", index)
        if not is_there:
            raise self._error(f"there is no file '{file}' in the folder", "file", index)
        return ListedEdition(
            tag,
            path,
            address=self._string(table, "address", index),
            date=self._date(table, index),
            title=self._string(table, "title", index),
            encoding=self._encoding(table, index),
        )

    def _date(self, table: Mapping[str, object], index: int) -> str | None:
        value = table.get("date")
        if value is None or isinstance(value, date):  # a datetime is one, too
            return None if value is None else value.isoformat()
        raise self._error(
            "'date' is a date, such as 2026-03-01, without quotation marks", "date", index
        )

    def _encoding(self, table: Mapping[str, object], index: int) -> str | None:
        name = self._string(table, "encoding", index)
        if name is not None and not is_encoding(name):
            raise self._error(f"unknown encoding '{name}'", "encoding", index)
        return name

    def _language(self, tag: str, key: str, index: int | None = None) -> str:
        try:
            return normalise_tag(tag)
        except InputError as error:
            raise self._error(error.message, key, index) from error

    def _string(
        self, table: Mapping[str, object], key: str, index: int | None = None
    ) -> str | None:
        value = table.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise self._error(f"'{key}' is a text in quotation marks", key, index)
        return value.strip()

    def _must_be_known(
        self, table: Mapping[str, object], known: Collection[str], index: int | None = None
    ) -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.5)
                remedy = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
                raise self._error(f"unknown key '{key}'; {remedy}", key, index)

    def _error(self, message: str, key: str, index: int | None = None) -> InputError:
        return InputError(message, path=self.path, line=self._line(key, index))

    def _line(self, key: str, index: int | None) -> int | None:
        """The line of a key at the top, or in the table of one edition (from 0)."""
        assigned = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        edition = -1
        heading: int | None = None
        for number, line in enumerate(self.text.splitlines(), start=1):
            if re.match(r"\s*\[\[\s*editions\s*\]\]", line):
                edition += 1
                if heading is None and edition == (index or 0):
                    heading = number
            elif re.match(rf"\s*\[+\s*[\"']?{re.escape(key)}\b", line) or (
                assigned.match(line) and edition == (-1 if index is None else index)
            ):
                return number
        if heading is not None:
            return heading
        inline = re.search(r"^\s*editions\s*=", self.text, re.MULTILINE)
        return self.text.count("\n", 0, inline.end()) + 1 if inline else None
