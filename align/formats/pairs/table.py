"""Texts side by side as CSV, TSV or a workbook: a column a language, a row a unit."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.cells import NumberedRow, as_text
from align.formats.registry import PAIR_READERS, PairFile, memory_writer
from align.formats.termbases.delimited import rows_of_text
from align.formats.termbases.limits import must_not_be_too_wide
from align.formats.termbases.named_languages import language_of_head, source_and_target
from align.formats.termbases.xlsx import sheet_rows
from align.languages import same_language
from align.units import Remark, TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from align.formats.memory import Memory, Pair

_SIDES: Mapping[str, int] = {
    **dict.fromkeys(("source", "src", "source text", "source segment", "original", "from"), 0),
    **dict.fromkeys(
        ("target", "tgt", "trg", "translation", "target text", "target segment", "to"), 1
    ),
}
_STATE = frozenset({"state", "status"})
_NUMBER = frozenset({"unit"})
_NOTE = frozenset({"note", "notes", "comment", "comments", "remark"})
_LONGEST_HEAD = 60


@dataclass(slots=True)
class _Columns:
    """What the columns of a table hold, by their places."""

    languages: dict[int, str] = field(default_factory=dict)
    state: int | None = None
    number: int | None = None
    others: dict[int, str] = field(default_factory=dict)


@PAIR_READERS.register(
    "bilingual CSV, TSV", endings=(".csv", ".tsv"), of_texts=False, shows_places=True
)
def read_delimited_pairs(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads a table whose cells are parted by tabs, commas or semicolons.

    The columns are headed by tags or names of languages, or `source` and `target`; a table without
    a header has the two texts first. Columns of states and notes are kept, and so is what else
    stands beside a unit.

    Raises:
        InputError: If the file cannot be read or does not say what languages it is in.
    """
    return _units(rows_of_text(file.text(), file.path, file.skipped), file)


@PAIR_READERS.register("bilingual XLSX", endings=(".xlsx",), of_texts=False)
def read_workbook_pairs(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads the first sheet of a workbook, see `read_delimited_pairs`.

    Raises:
        InputError: As there.
    """
    rows = sheet_rows(
        file.path,
        if_too_long="save it as CSV or TSV, which may have more",
        skipped=file.skipped,
    )
    return _units(rows, file)


def _units(rows: Sequence[NumberedRow], file: PairFile) -> Iterator[TranslationUnit]:
    rows = [row for row in rows if any(map(str.strip, row[1]))]
    if not rows:
        raise InputError("holds no texts", path=file.path)
    must_not_be_too_wide(rows, file.path, "the texts")
    columns = _columns(rows[0], file)
    if columns is None:
        columns = _without_header(rows, file)
    else:
        rows = rows[1:]
    source = _source(columns, file)
    width = max([*columns.languages, *columns.others, columns.state or 0, columns.number or 0]) + 1
    for line, row in rows:
        if any(map(str.strip, row[width:])):
            file.skipped.add("what stands behind the last column of the header", line)
        unit = _unit(line, row, columns, source)
        if any(variant.language == source for variant in unit.variants):
            yield unit
        else:
            file.skipped.add("a row without a source text", line)


def _columns(header: NumberedRow, file: PairFile) -> _Columns | None:
    line, row = header
    names = [" ".join(cell.replace("_", " ").split()).casefold() for cell in row]
    if any(len(name) > _LONGEST_HEAD for name in names):
        return None
    columns = _Columns()
    sides = {side: place for place, name in reversed([*enumerate(names)])
             if (side := _SIDES.get(name)) is not None}  # fmt: skip
    if len(sides) == 2:
        languages = source_and_target(file.path, _languages(file), line)
        columns.languages = {sides[side]: languages[side] for side in (0, 1)}
    else:
        for place, name in enumerate(names):
            language = language_of_head(name)
            # `id` is Indonesian, but before two other languages it numbers the rows.
            if language and language not in columns.languages.values():
                columns.languages[place] = language
        if len(columns.languages) > 2 and names[0] == "id":
            del columns.languages[0]
        if len(columns.languages) < 2:
            return None
    for place, name in enumerate(names):
        if place in columns.languages:
            continue
        if name in _STATE:
            columns.state = place
        elif name in _NUMBER:
            columns.number = place
        else:
            columns.others[place] = "" if name in _NOTE else name or f"column {place + 1}"
    return columns


def _languages(file: PairFile) -> tuple[str, str] | None:
    return (file.source, file.target) if file.source and file.target else None


def _without_header(rows: Sequence[NumberedRow], file: PairFile) -> _Columns:
    line, row = rows[0]
    if max(len(row) for _, row in rows) < 2:
        raise InputError(
            "has one column; texts stand side by side in two", path=file.path, line=line
        )
    source, target = source_and_target(file.path, _languages(file), line)
    others = {place: f"column {place + 1}" for place in range(2, len(row))}
    return _Columns({0: source, 1: target}, others=others)


def _source(columns: _Columns, file: PairFile) -> str:
    """The language that is translated: as the caller says, else that of the first column."""
    languages = list(columns.languages.values())
    wanted = file.source
    if wanted is None:
        return languages[0]
    return next((each for each in languages if same_language(each, wanted)), languages[0])


def _unit(line: int, row: Sequence[str], columns: _Columns, source: str) -> TranslationUnit:
    def cell(place: int | None) -> str:
        return row[place].strip() if place is not None and place < len(row) else ""

    variants = [
        Variant(language, segments=(), text=text, line=line)
        for place, language in columns.languages.items()
        if (text := cell(place))
    ]
    variants.sort(key=lambda variant: variant.language != source)
    into = [language for language in columns.languages.values() if language != source]
    return TranslationUnit(
        tuple(variants),
        state=cell(columns.state),
        into=into[0] if len(into) == 1 else None,
        attributes=(("id", number),) if (number := cell(columns.number)) else (),
        remarks=tuple(
            Remark(text, name) for place, name in columns.others.items() if (text := cell(place))
        ),
    )


# Writing


@memory_writer("tsv", "a table, parted by tabs", endings=(".tsv",), of_articles=False)
def write_tsv_pairs(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages as a table; see `write_csv_pairs`.

    Carries: untranslated units; states; notes, those of a unit in one cell; properties, a column
    each.
    Does not carry: inline codes, files within the file, white space around a text.

    Raises:
        InputError: As there.
        OutputError: As there.
    """
    _write_delimited(path, memory, "\t")


@memory_writer("csv", "a table, parted by commas", endings=(".csv",))
def write_csv_pairs(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages as a table, headed by their tags.

    No cell is a formula, see `align.formats.cells`.

    Carries: untranslated units; states; notes, those of a unit in one cell; properties, a column
    each.
    Does not carry: inline codes, files within the file, white space around a text.

    Raises:
        InputError: If there are several translations.
        OutputError: If the file cannot be written.
    """
    _write_delimited(path, memory, ",")


def _write_delimited(path: Path | str, memory: Memory, delimiter: str) -> None:
    from align.formats.atomic import open_for_writing
    from align.text import clean_text

    heads, rows = rows_of_memory(memory)
    with open_for_writing(path) as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(heads)
        for row in rows:
            cells = (clean_text(cell).replace("\r\n", "\n").replace("\r", "\n") for cell in row)
            writer.writerow([as_text(cell) for cell in cells])


def rows_of_memory(memory: Memory) -> tuple[list[str], Iterator[list[str]]]:
    """The heads of a memory's columns, and its rows.

    Columns of states, notes and properties are there where a unit has one.

    Raises:
        InputError: If there are several translations.
    """
    names: dict[str, None] = {}
    has_state = has_notes = False
    for pair in memory.pairs("a table"):
        has_state = has_state or bool(pair.unit.state)
        has_notes = has_notes or bool(pair.notes)
        names.update(dict.fromkeys(remark.name for remark in pair.named))
    heads = [memory.source, memory.only_target("a table")]
    heads += ["state"] * has_state + ["note"] * has_notes + [_head(name) for name in names]
    rows = (
        _row(pair, [*names], has_state=has_state, has_notes=has_notes)
        for pair in memory.pairs("a table")
    )
    return heads, rows


def _row(pair: Pair, names: Sequence[str], *, has_state: bool, has_notes: bool) -> list[str]:
    said: dict[str, list[str]] = {}
    for remark in pair.named:
        said.setdefault(remark.name, []).append(remark.text)
    return [
        pair.source.text,
        pair.target.text if pair.target else "",
        *([pair.unit.state] if has_state else []),
        *(["\n".join(pair.notes)] if has_notes else []),
        *("\n".join(said.get(name, ())) for name in names),
    ]


def _head(name: str) -> str:
    """The head of a column of properties, which must mean nothing else."""
    plain = " ".join(name.replace("_", " ").split()).casefold()
    taken = (
        plain in _SIDES
        or plain in _STATE
        or plain in _NOTE
        or plain in _NUMBER
        or language_of_head(plain)
    )
    return f"x-{name}" if taken else name[:_LONGEST_HEAD]
