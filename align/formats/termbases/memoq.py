"""Tables of terms as memoQ exports them: fields of the entry, then of each language and term.

A language has its definition (`German_Def`) and, for each term, the term (`German`) and what is
known of it (`Term_Info`, `Term_Example`); several terms of a language repeat these columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.languages import is_known_tag, language_named
from align.termbases.model import Termbase, TermbaseEntry, TermbaseTerm, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.formats.cells import NumberedRow
    from align.skipped import Skipped
    from align.termbases.model import TermStatus

_DEFINITION = "_def"
_NOWHERE = -1
_FORBIDDEN = re.compile(r"\bforbidden\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Term:
    """Where a term stands, and what is known of it."""

    language: str
    place: int
    info: int


def is_memoq(header: Sequence[str]) -> bool:
    """Whether a row heads such a table."""
    names = {cell.strip().casefold() for cell in header}
    return "entry_id" in names and bool(names & {"term_info", "term_example"})


def termbase_of_memoq(rows: Sequence[NumberedRow], skipped: Skipped) -> Termbase:
    """Makes a termbase of such a table.

    Args:
        rows: Its rows, the header first.
        skipped: Is told what is passed over.
    """
    names = [cell.strip() for cell in rows[0][1]]
    lowered = [name.casefold() for name in names]
    terms, definitions = _columns(names, rows[0][0], skipped)
    entries: dict[str, TermbaseEntry] = {}
    for line, row in rows[1:]:
        cells = dict(enumerate(row))

        def said(name: str, cells: dict[int, str] = cells) -> str:
            return cells.get(lowered.index(name), "") if name in lowered else ""

        found = tuple(
            TermbaseTerm(text, term.language, _status(cells.get(term.info, "")))
            for term in terms
            if (text := one_line(cells.get(term.place, "")))
        )
        if not found:
            continue
        identifier = one_line(said("entry_id")) or f"row {line}"
        if identifier in entries:
            skipped.add("an entry with the name of another", line, taken_as="named by its row")
            identifier = f"{identifier} (row {line})"
        there = {term.language for term in found}
        entries[identifier] = TermbaseEntry(
            identifier=identifier,
            terms=found,
            subject=said("entry_subject") or said("entry_domain"),
            definitions={
                language: text
                for language, place in definitions.items()
                if language in there and (text := cells.get(place, ""))
            },
            note=said("entry_note"),
        )
    return Termbase(tuple(entries.values()))


def _columns(
    names: Sequence[str], line: int, skipped: Skipped
) -> tuple[list[_Term], dict[str, int]]:
    terms: list[_Term] = []
    definitions: dict[str, int] = {}
    for place, name in enumerate(names):
        lowered = name.casefold()
        if not name or lowered.startswith(("entry_", "term_")):
            continue
        is_definition = lowered.endswith(_DEFINITION)
        tag = name[: -len(_DEFINITION)] if is_definition else name
        if not is_known_tag(tag):
            skipped.add("a column that is not known", line, example=name)
        elif is_definition:
            definitions.setdefault(language_named(tag), place)
        else:
            follows = names[place + 1].casefold() if place + 1 < len(names) else ""
            info = place + 1 if follows == "term_info" else _NOWHERE
            terms.append(_Term(language_named(tag), place, info))
    return terms, definitions


def _status(info: str) -> TermStatus:
    return "deprecated" if _FORBIDDEN.search(info) else "admitted"
