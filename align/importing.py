"""Edits that somebody made in a converted file, brought back into the file it was made of."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.errors import InputError
from align.units import Remark, TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from align.formats.memory import Memory
    from align.skipped import Skipped


@dataclass(frozen=True, slots=True)
class Imported:
    """A memory with the edits in it, and how many there are.

    Attributes:
        memory: The memory.
        changed: How many translations were changed.
        added: How many units got one that had none.
        restated: How many got another state.
        not_found: How many edited rows match no unit of the file.
        codes_lost: How many of the changed translations had inline codes, which the edit has not.
    """

    memory: Memory
    changed: int
    added: int
    restated: int
    not_found: int
    codes_lost: int

    def warnings(self) -> tuple[str, ...]:
        """What the user should know, a line each."""
        said = []
        if self.not_found:
            said.append(
                f"{self.not_found:,} edited rows match no unit by number and source text, and are "
                "passed over"
            )
        if self.codes_lost:
            said.append(
                f"{self.codes_lost:,} changed translations had inline codes; put them in again in "
                "your translation tool"
            )
        return tuple(said)


def import_edits(
    edited: Path | str,
    original: Path | str,
    *,
    source: str | None = None,
    target: str | None = None,
    skipped: Skipped | None = None,
) -> Imported:
    """Brings the translations, states and notes of an edited file back into the original.

    A row is of the unit that has its number (the column `unit` of a workbook that `align convert`
    wrote) and its source text; rows without numbers are of the units with their source text, in
    order. An empty translation changes nothing.

    Args:
        edited: The edited file, in any of the formats of `PAIR_READERS`.
        original: The file that it was made of, likewise.
        source: The language that is translated, where the files do not say it.
        target: The language that it is translated into, where there are several.
        skipped: Is told what is passed over of the edited file.

    Raises:
        InputError: If a file cannot be read, or the languages do not fit.
    """
    from align.converting import memory_in

    targets = [target] if target else []
    memory = memory_in(original, source=source, targets=targets)
    into = memory.only_target("the import of edits")
    edits = memory_in(edited, source=memory.source, targets=[into], skipped=skipped)
    if edits.source != memory.source or edits.targets != memory.targets:
        raise InputError(
            f"is from {edits.source} into {edits.targets[0]}, the original from {memory.source} "
            f"into {into}",
            path=edited,
        )
    rows = _Rows(edits.units, memory.source)
    units, counts = [], dict.fromkeys(("changed", "added", "restated", "codes_lost"), 0)
    number = 0
    for unit in memory.units:
        if unit.variant(memory.source) is not None:
            number += 1
            row = rows.of(unit, number, memory.source)
            if row is not None:
                unit = _edited(unit, row, into, counts)
        units.append(unit)
    return Imported(replace(memory, units=tuple(units)), not_found=rows.left, **counts)


class _Rows:
    """The edited rows, each found once."""

    def __init__(self, units: Iterable[TranslationUnit], source: str) -> None:
        self._by_number: dict[tuple[str, str], TranslationUnit] = {}
        self._by_text: dict[str, deque[TranslationUnit]] = defaultdict(deque)
        self.left = 0
        for unit in units:
            variant = unit.variant(source)
            if variant is None:
                continue
            self.left += 1
            number = dict(unit.attributes).get("id", "")
            text = _folded(variant.text)
            if number.isdecimal():
                self._by_number[number, text] = unit
            else:
                self._by_text[text].append(unit)

    def of(self, unit: TranslationUnit, number: int, source: str) -> TranslationUnit | None:
        """The row of a unit."""
        variant = unit.variant(source)
        text = _folded(variant.text if variant else "")
        found = self._by_number.pop((str(number), text), None)
        if found is None and self._by_text.get(text):
            found = self._by_text[text].popleft()
        self.left -= found is not None
        return found


def _edited(
    unit: TranslationUnit, row: TranslationUnit, into: str, counts: dict[str, int]
) -> TranslationUnit:
    new, old = row.variant(into), unit.variant(into)
    if new is not None and (old is None or _folded(new.text) != _folded(old.text)):
        counts["changed" if old else "added"] += 1
        counts["codes_lost"] += bool(old and old.content and not new.content)
        made = (
            replace(old, text=new.text, content=new.content)
            if old
            else Variant(into, (), new.text, content=new.content)
        )
        kept = [variant for variant in unit.variants if variant is not old]
        unit = replace(unit, variants=(*kept[:1], made, *kept[1:]))
    if row.state and row.state != unit.state:
        counts["restated"] += 1
        unit = replace(unit, state=row.state)
    return replace(unit, remarks=(*unit.remarks, *_new_notes(unit, row)))


def _new_notes(unit: TranslationUnit, row: TranslationUnit) -> Iterator[Remark]:
    """Notes of a row that its unit has not; a cell has those of a unit a line each."""
    variants = (remark for variant in unit.variants for remark in variant.remarks)
    there = {line for r in (*unit.remarks, *variants) if not r.name for line in _lines(r.text)}
    for remark in row.remarks:
        new = [line for line in _lines(remark.text) if line not in there]
        if not remark.name and new:
            yield Remark("\n".join(new))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _folded(text: str) -> str:
    return " ".join(text.split())
