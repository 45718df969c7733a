"""Edits that somebody made in a converted file, brought back into the file it was made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from align.codes import codes_of
from align.edited_text import carried
from align.errors import InputError
from align.units import Remark, TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from align.formats.memory import Memory
    from align.skipped import Skipped

_MOST_NAMED = 50  # runs of rows that a message names


@dataclass(frozen=True, slots=True)
class Imported:
    """A memory with the edits in it, and how many there are.

    Attributes:
        memory: The memory.
        changed: How many translations were changed.
        added: How many units got one that had none.
        restated: How many got another state.
        not_found: The rows of the edited file that match no unit, by their lines.
        codes_carried: How many changed translations have their inline codes at the same words.
        codes_lost: The rows whose translations lack inline codes that the unit has.
        others: The other languages that units of the memory have translations in.
    """

    memory: Memory
    changed: int
    added: int
    restated: int
    not_found: tuple[int, ...]
    codes_carried: int
    codes_lost: tuple[int, ...]
    others: tuple[str, ...] = ()

    def warnings(self) -> tuple[str, ...]:
        """What the user should know, a line each."""
        said = []
        if self.not_found:
            said.append(
                f"{rows_named(self.not_found)}: no unit has this number and source text; passed "
                "over"
            )
        if self.codes_lost:
            said.append(
                f"{rows_named(self.codes_lost)}: inline codes are lacking, for the words beside "
                "them were changed; put them in again in your translation tool"
            )
        return tuple(said)


def import_edits(
    edited: Path | str,
    original: Path | str,
    *,
    source: str | None = None,
    target: str | None = None,
    skipped: Skipped | None = None,
    skipped_of_original: Skipped | None = None,
) -> Imported:
    """Brings the translations, states and notes of an edited file back into the original.

    A row is of the unit that has its number (the column `unit` of a workbook that `align convert`
    wrote) and its source text; rows without numbers are of the units with their source text, in
    order. An empty translation changes nothing. Where the edited file has no inline codes, those of
    the original stay beside the words that they stood at, see `align.edited_text.carried`.

    Args:
        edited: The edited file, in any of the formats of `PAIR_READERS`.
        original: The file that it was made of, likewise.
        source: The language that is translated, where the files do not say it.
        target: The language that it is translated into, where there are several.
        skipped: Is told what is passed over of the edited file.
        skipped_of_original: Is told what is passed over of the original.

    Raises:
        InputError: If a file cannot be read, or the languages do not fit.
    """
    from align.converting import memory_in

    targets = [target] if target else []
    memory = memory_in(original, source=source, targets=targets, skipped=skipped_of_original)
    into = memory.only_target("the import of edits")
    edits = memory_in(edited, source=memory.source, targets=[into], skipped=skipped)
    if edits.source != memory.source or edits.targets != memory.targets:
        raise InputError(
            f"is from {edits.source} into {edits.targets[0]}, the original from {memory.source} "
            f"into {into}",
            path=edited,
        )
    units = [*memory.units]
    rows = matched(edits.units, units, memory.source)
    tally = _Tally()
    made = tuple(
        _edited(unit, rows.of[place], memory.source, into, tally) if place in rows.of else unit
        for place, unit in enumerate(units)
    )
    return Imported(
        replace(memory, units=made),
        tally.changed,
        tally.added,
        tally.restated,
        rows.not_found,
        tally.carried,
        tuple(tally.lost),
        tuple(dict.fromkeys(v.language for u in units if u.variant(memory.source)
                            for v in u.variants if v.language not in memory.languages)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matched:
    """Which edited row is of which unit.

    Attributes:
        of: The rows by the places of their units.
        not_found: The lines of the rows that are of none.
    """

    of: Mapping[int, TranslationUnit]
    not_found: tuple[int, ...]


def matched(
    rows: Iterable[TranslationUnit], units: Sequence[TranslationUnit], source: str
) -> Matched:
    """Finds the unit of each edited row: that of its number and source text, else of its text.

    Rows of one text whose numbers do not say which is which are of its units in order. Where there
    are more or fewer of them than units, those that have numbers are of none: it could be any.

    Args:
        rows: The rows, those of a numbered table with their number as the attribute `id`.
        units: The units.
        source: The language by whose texts they are known.
    """
    by_number: dict[tuple[str, str], int] = {}
    by_text: dict[str, list[int]] = defaultdict(list)
    number = 0
    for place, unit in enumerate(units):
        variant = unit.variant(source)
        if variant is not None:
            number += 1
            text = folded(variant.text)
            by_number[str(number), text] = place
            by_text[text].append(place)
    found: dict[int, TranslationUnit] = {}
    others: dict[str, list[TranslationUnit]] = defaultdict(list)
    for row in rows:
        variant = row.variant(source)
        if variant is None:
            continue
        text = folded(variant.text)
        place_of_row = by_number.get((_number(row), text))
        if place_of_row is None or place_of_row in found:
            others[text].append(row)
        else:
            found[place_of_row] = row
    not_found = []
    for text, some in others.items():
        free = [place for place in by_text[text] if place not in found]
        unsure = len(free) != len(some) and any(map(_number, some))
        known = 0 if unsure else len(free)
        found.update(zip(free, some[:known], strict=False))
        not_found += [_line(row) for row in some[known:]]
    return Matched(found, tuple(sorted(not_found)))


def _number(row: TranslationUnit) -> str:
    number = dict(row.attributes).get("id", "")
    return number if number.isdecimal() else ""


def _line(row: TranslationUnit) -> int:
    return row.variants[0].line or 0


@dataclass(slots=True)
class _Tally:
    changed: int = 0
    added: int = 0
    restated: int = 0
    carried: int = 0
    lost: list[int] = field(default_factory=list)


def _edited(
    unit: TranslationUnit, row: TranslationUnit, source: str, into: str, tally: _Tally
) -> TranslationUnit:
    new, old = row.variant(into), unit.variant(into)
    if new is not None and (old is None or folded(new.text) != folded(old.text)):
        if old is None:
            tally.added += 1
            original = unit.variant(source)
            if original is not None and original.content and not new.content:
                tally.lost.append(_line(row))
            made = Variant(into, (), new.text, content=new.content)
        else:
            tally.changed += 1
            made = replace(old, text=new.text, content=new.content)
            if old.content and not new.content:
                codes = carried(old.content, new.text)
                tally.carried += len(codes_of(codes.content)) > 0
                tally.lost += [_line(row)] if codes.lost else []
                made = replace(made, content=codes.content if codes_of(codes.content) else ())
        kept = [variant for variant in unit.variants if variant is not old]
        unit = replace(unit, variants=(*kept[:1], made, *kept[1:]))
    if row.state and row.state != unit.state:
        tally.restated += 1
        unit = replace(unit, state=row.state)
    variants = (remark for variant in unit.variants for remark in variant.remarks)
    there = [remark.text for remark in (*unit.remarks, *variants) if not remark.name]
    notes = map(Remark, new_notes(row, there))
    return replace(unit, remarks=(*unit.remarks, *notes))


def new_notes(row: TranslationUnit, there: Iterable[str]) -> Iterator[str]:
    """Notes of a row that its unit has not; a cell has those of a unit a line each.

    Args:
        row: The row.
        there: The notes of its unit.
    """
    known = {line for note in there for line in _lines(note)}
    for remark in row.remarks:
        new = [line for line in _lines(remark.text) if line not in known]
        if not remark.name and new:
            yield "\n".join(new)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def folded(text: str) -> str:
    """A text as it is compared with another, its white space single."""
    return " ".join(text.split())


def rows_named(lines: Sequence[int]) -> str:
    """Rows by their numbers, as many as one reads.

    >>> rows_named([4]), rows_named([2, 3, 4, 9])
    ('row 4', 'rows 2-4, 9')
    """
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_MOST_NAMED]]
    more = sum(map(len, runs[_MOST_NAMED:]))
    said = ", ".join(shown) + (f" and {more:,} more" if more else "")
    return f"row{'' if len(lines) == 1 else 's'} {said}"
