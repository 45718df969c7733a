"""Termbases as tables: what the columns are called and what stands in the cells.

The forms that are read:

- A column a language, named by its tag (`en`, `zh-Hans`) or English name, and besides, as wanted,
  `entry`, `subject`, `definition`, `note`, and `ja status`, `ja note`, `ja definition` for a
  language. Rows with the same `entry` are one. This is the form that is written.
- `source`, `target`, `status`, `note`, with such a header or without any. Rows with the same
  source are one entry. The languages come from the file's name (`terms.en-ja.csv`) or from the
  caller.

A cell may hold several terms, see `align.formats.termbases.alternatives`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from align.errors import InputError
from align.formats.cells import NumberedRow
from align.formats.termbases.alternatives import alternatives, as_one
from align.formats.termbases.limits import must_not_be_too_wide
from align.formats.termbases.memoq import is_memoq, termbase_of_memoq
from align.formats.termbases.named_languages import language_of_head, source_and_target
from align.formats.termbases.statuses import status_named
from align.skipped import Skipped
from align.termbases.model import (
    STATUSES,
    Termbase,
    TermbaseEntry,
    TermbaseTerm,
    lines,
    one_line,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from align.termbases.model import TermStatus

Holds = Literal["term", "status", "note", "definition", "id", "subject"]
"""What a column holds."""

_OF_ENTRY: Mapping[str, Holds] = {
    "entry": "id",
    "entry id": "id",
    "concept": "id",
    "concept id": "id",
    "identifier": "id",
    "subject": "subject",
    "domain": "subject",
    "definition": "definition",
    "status": "status",
    "note": "note",
    "notes": "note",
    "comment": "note",
}
_OF_LANGUAGE: Mapping[str, Holds] = {
    "status": "status",
    "note": "note",
    "definition": "definition",
}
_SIDES = {"source": 0, "source term": 0, "target": 1, "target term": 1}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, and of which language; of none where it tells of the whole entry."""

    holds: Holds
    language: str | None = None


@dataclass(slots=True)
class _Entry:
    """An entry as its rows come in."""

    identifier: str
    line: int
    terms: list[TermbaseTerm] = field(default_factory=list)
    seen: set[TermbaseTerm] = field(default_factory=set)
    subjects: list[str] = field(default_factory=list)
    definitions: dict[str | None, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


# Reading


def is_header(row: Sequence[str]) -> bool:
    """Whether a row names columns: two languages, or source and target."""
    names = _names(row)
    if {_SIDES.get(name) for name in names} >= {0, 1}:
        return True
    return sum(1 for name in names if name not in _OF_ENTRY and language_of_head(name)) >= 2


def termbase_of_rows(
    rows: Sequence[NumberedRow],
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Makes a termbase of the rows of a table, with or without a header.

    Args:
        rows: The rows; blank ones are passed over.
        path: What the file is called, in errors and for its languages.
        languages: Of source and target, where neither header nor name says it.
        skipped: Is told what is passed over.

    Raises:
        InputError: If the languages are not known or there are no terms.
    """
    rows = [row for row in rows if any(map(str.strip, row[1]))]
    if not rows:
        raise InputError("holds no terms", path=path)
    must_not_be_too_wide(rows, path, "the terms")
    if is_memoq(rows[0][1]):
        return termbase_of_memoq(rows, skipped or Skipped())
    columns: list[Column | None]
    if is_header(rows[0][1]):
        columns = _columns(rows[0], path, languages)
        rows = rows[1:]
    else:
        columns = _columns_without_header(rows, path, languages)
    return _Table(columns, path, skipped or Skipped()).read(rows)


def status_in(cell: str, line: int, skipped: Skipped) -> TermStatus:
    """The status that a cell names; an empty one admits, and so does a word that is none."""
    status = status_named(cell)
    if status is None and cell.strip():
        skipped.add(
            f"a status that is none of {', '.join(STATUSES)}",
            line,
            example=cell,
            taken_as="taken as admitted",
        )
    return status or "admitted"


class _Table:
    """Reads rows into entries."""

    def __init__(
        self, columns: Sequence[Column | None], path: Path | str, skipped: Skipped
    ) -> None:
        self.path = path
        self.skipped = skipped
        self.places: dict[Column, int] = {}
        for place, column in enumerate(columns):
            if column is not None:
                self.places.setdefault(column, place)
        self.languages = [c.language for c in self.places if c.holds == "term" and c.language]
        self.has_identifiers = Column("id") in self.places
        self.entries: dict[str, _Entry] = {}

    def read(self, rows: Sequence[NumberedRow]) -> Termbase:
        for number, (line, row) in enumerate(rows, start=1):
            self._row(number, line, row)
        made = [self._made(entry) for entry in self.entries.values()]
        return Termbase(tuple(entry for entry in made if entry is not None))

    def _made(self, entry: _Entry) -> TermbaseEntry | None:
        definitions = {tag: "\n".join(said) for tag, said in entry.definitions.items()}
        there = {None, *(term.language for term in entry.terms)}
        for language in [tag for tag in definitions if tag not in there]:
            if definitions.pop(language):
                self.skipped.add("a definition without a term of its language", entry.line)
        try:
            return TermbaseEntry(
                identifier=entry.identifier,
                terms=tuple(entry.terms),
                subject="; ".join(entry.subjects),
                definition=definitions.pop(None, ""),
                definitions={tag: said for tag, said in definitions.items() if tag},
                note="\n".join(entry.notes),
            )
        except ValueError as error:
            self.skipped.add("an entry that is none", entry.line, example=str(error))
            return None

    def _row(self, number: int, line: int, row: list[str]) -> None:
        entry = self._entry_of(number, line, row)
        for language in self.languages:
            status = self._cell(row, "status", language)
            if not status and language != self.languages[0]:
                status = self._cell(row, "status")
            note = self._cell(row, "note", language)
            for text in alternatives(one_line(self._cell(row, "term", language))):
                term = TermbaseTerm(text, language, status_in(status, line, self.skipped), note)
                if self.has_identifiers or term not in entry.seen:
                    entry.terms.append(term)
                    entry.seen.add(term)
            _add(
                entry.definitions.setdefault(language, []), self._cell(row, "definition", language)
            )
        _add(entry.definitions.setdefault(None, []), self._cell(row, "definition"))
        _add(entry.subjects, self._cell(row, "subject"))
        _add(entry.notes, self._cell(row, "note"))

    def _entry_of(self, number: int, line: int, row: list[str]) -> _Entry:
        if self.has_identifiers:
            identifier = one_line(self._cell(row, "id"))
            key = f"id:{identifier}" if identifier else f"row:{number}"
        else:
            identifier = ""
            first = one_line(self._cell(row, "term", self.languages[0])).casefold()
            key = f"term:{first}" if first else f"row:{number}"
        if key not in self.entries:
            name = f"row {line}" if self.has_identifiers else f"t{len(self.entries) + 1}"
            self.entries[key] = _Entry(identifier or name, line)
        return self.entries[key]

    def _cell(self, row: list[str], holds: Holds, language: str | None = None) -> str:
        place = self.places.get(Column(holds, language))
        return row[place] if place is not None and place < len(row) else ""


def _add(texts: list[str], cell: str) -> None:
    text = lines(cell)
    if text and text not in texts:
        texts.append(text)


def _columns(
    header: NumberedRow, path: Path | str, languages: tuple[str, str] | None
) -> list[Column | None]:
    line, row = header
    names = _names(row)
    sides: tuple[str, str] | None = None
    if {_SIDES.get(name) for name in names} >= {0, 1}:
        sides = source_and_target(path, languages, line)
    columns: list[Column | None] = []
    for name in names:
        language = None if name in _OF_ENTRY else language_of_head(name)
        of, _, holds = name.rpartition(" ")
        if sides and name in _SIDES:
            columns.append(Column("term", sides[_SIDES[name]]))
        elif sides and name in ("note", "notes", "comment", "status"):
            columns.append(Column(_OF_ENTRY[name], sides[1]))
        elif name in _OF_ENTRY:
            columns.append(Column(_OF_ENTRY[name]))
        elif language:
            columns.append(Column("term", language))
        elif holds in _OF_LANGUAGE and (language := language_of_head(of)):
            columns.append(Column(_OF_LANGUAGE[holds], language))
        else:
            columns.append(None)  # a column of someone else's
    return columns


def _columns_without_header(
    rows: Sequence[NumberedRow], path: Path | str, languages: tuple[str, str] | None
) -> list[Column | None]:
    line = rows[0][0]
    if max(len(row) for _, row in rows) < 2:
        raise InputError("has one column; a table of terms has two or more", path=path, line=line)
    source, target = source_and_target(path, languages, line)
    if not any(map(str.isalpha, "".join(row[0] for _, row in rows[1:] or rows))):
        raise InputError(
            f"does not show which columns hold terms, for {', '.join(rows[0][1])!r} names no "
            "languages; head them with tags such as en and ja",
            path=path,
            line=line,
        )
    columns: list[Column | None] = [Column("term", source), Column("term", target)]
    if third_column_is_status(row for _, row in rows):
        columns.append(Column("status", target))
    return [*columns, Column("note", target)]


def third_column_is_status(rows: Iterable[Sequence[str]]) -> bool:
    """Whether the third column of rows without a header holds statuses, not notes."""
    said = False
    for row in rows:
        if len(row) > 2 and row[2].strip():
            said = True
            if not status_named(row[2]):
                return False
    return said


def _names(row: Sequence[str]) -> list[str]:
    names = [one_line(cell).casefold() for cell in row]
    # `id` is Indonesian, but before two other languages it numbers the entries.
    others = [name for name in names[1:] if name not in _OF_ENTRY and language_of_head(name)]
    if names[0] == "id" and len(others) >= 2:
        names[0] = "entry"
    return names


# Writing


def table_of(termbase: Termbase) -> tuple[list[tuple[str, Column]], Iterator[list[str]]]:
    """The columns of a termbase, each with its head, and its rows of cells.

    An entry has as many rows as its language with the most terms has terms; what tells of the
    whole entry stands in the first of them.
    """
    entries = termbase.entries
    columns = [("entry", Column("id"))]
    if any(entry.subject for entry in entries):
        columns.append(("subject", Column("subject")))
    for language in termbase.languages:
        terms = [term for entry in entries for term in entry.of(language)]
        columns.append((language, Column("term", language)))
        if any(term.status != "admitted" for term in terms):
            columns.append((f"{language} status", Column("status", language)))
        if any(term.note for term in terms):
            columns.append((f"{language} note", Column("note", language)))
        if any(language in entry.definitions for entry in entries):
            columns.append((f"{language} definition", Column("definition", language)))
    if any(entry.definition for entry in entries):
        columns.append(("definition", Column("definition")))
    if any(entry.note for entry in entries):
        columns.append(("note", Column("note")))
    return columns, _rows(termbase, [column for _, column in columns])


def _rows(termbase: Termbase, columns: Sequence[Column]) -> Iterator[list[str]]:
    for entry in termbase.entries:
        terms = {language: entry.of(language) for language in entry.languages}
        for number in range(max(map(len, terms.values()))):
            yield [_cell(entry, terms, column, number) for column in columns]


def _cell(
    entry: TermbaseEntry,
    terms: Mapping[str, tuple[TermbaseTerm, ...]],
    column: Column,
    number: int,
) -> str:
    if column.holds == "id":
        return entry.identifier
    if column.holds in ("term", "status") or (column.holds == "note" and column.language):
        of_language = terms.get(column.language or "", ())
        if number >= len(of_language):
            return ""
        term = of_language[number]
        if column.holds == "term":
            return as_one(term.text)
        return term.status if column.holds == "status" else term.note
    if number > 0:
        return ""
    if column.holds == "subject":
        return entry.subject
    if column.holds == "note":
        return entry.note
    if column.language:
        return entry.definitions.get(column.language, "")
    return entry.definition
