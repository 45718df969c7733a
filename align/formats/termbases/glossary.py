"""OmegaT's glossaries: lines of source, target and comment, parted by tabs, in UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.registry import TERM_WRITERS, TERMBASE_WRITERS
from align.formats.termbases.limits import must_not_be_too_many
from align.formats.termbases.named_languages import source_and_target
from align.skipped import Skipped
from align.termbases.model import Termbase, TermbaseEntry, TermbaseTerm, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from align.terminology.model import TermReport

_HEADER = "# Glossary in tab-separated format -*- coding: utf-8 -*-"


def read_glossary(
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Reads a glossary as OmegaT writes it; lines with the same source are one entry.

    Cells are taken as they stand, quotation marks and semicolons too. Lines that begin with `#`
    are comments. A line that lacks its target is passed over.

    Args:
        path: The file, in UTF-8, UTF-16 or as Excel writes it; `-` is standard input.
        languages: Of source and target, where the file's name (`terms.en-ja.txt`) does not say
            it.
        skipped: Is told what is passed over.

    Raises:
        InputError: If the file cannot be read, holds no terms, or the languages are not known.
    """
    from align.formats.files import read_text_of_any_kind

    skipped = skipped or Skipped()
    source, target = source_and_target(path, languages)
    entries: dict[str, dict[TermbaseTerm, None]] = {}
    for number, line in enumerate(read_text_of_any_kind(path).split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        must_not_be_too_many(number, path)
        cells = [one_line(cell) for cell in line.split("\t")]
        if len(cells) < 2 or not cells[0] or not cells[1]:
            skipped.add("a line without source and target, parted by a tab,", number)
            continue
        terms = entries.setdefault(cells[0].casefold(), {})
        for text, language, note in (
            (cells[0], source, ""),
            (cells[1], target, cells[2] if len(cells) > 2 else ""),
        ):
            terms.setdefault(TermbaseTerm(text, language, note=note))
    if skipped.count and not entries:
        raise InputError("holds no terms; a line has source and target, parted by a tab", path=path)
    return Termbase(
        tuple(
            TermbaseEntry(f"t{number}", tuple(terms))
            for number, terms in enumerate(entries.values(), start=1)
        )
    )


@TERM_WRITERS.register("omegat", "a glossary for OmegaT, of one language (--language)")
def write_glossary_of_report(path: Path | str, report: TermReport) -> tuple[str, ...]:
    """Writes the terms of a report on one language; see `write_glossary`.

    Raises:
        InputError: If the report is on several languages.
        OutputError: If the file cannot be written.
    """
    from align.terminology.as_termbase import termbase_of

    if len(report.languages) != 1:
        raise InputError(
            "a glossary is of one pair of languages; choose one of "
            f"{', '.join(report.languages) or 'no languages'} with --language"
        )
    target = report.languages[0]
    return write_glossary(path, termbase_of(report), source=report.pivot, target=target)


@TERMBASE_WRITERS.register("omegat", "a glossary for OmegaT, of two languages (-s, -t)")
def write_glossary_of_termbase(path: Path | str, termbase: Termbase) -> tuple[str, ...]:
    """Writes a termbase of two languages, the source first; see `write_glossary`.

    Raises:
        InputError: If it has not two languages.
        OutputError: If the file cannot be written.
    """
    languages = termbase.languages
    if len(languages) != 2:
        raise InputError(
            "a glossary is of two languages; choose them among "
            f"{', '.join(languages) or 'none'} with -s and -t"
        )
    return write_glossary(path, termbase, source=languages[0], target=languages[1])


def write_glossary(
    path: Path | str, termbase: Termbase, *, source: str, target: str
) -> tuple[str, ...]:
    """Writes the terms of two languages as a glossary for OmegaT.

    Each permitted source term stands with each permitted target term, the preferred first, and
    with what is noted of the target term or, where nothing is, of the entry. Terms that must not
    be used are left out, for a glossary offers whatever it holds.

    Args:
        path: The file; `-` is standard output. OmegaT takes `.txt` for files in UTF-8.
        termbase: What to write.
        source: The language translated from.
        target: The language translated into.

    Returns:
        What the user should know of the file, a line each.

    Raises:
        InputError: If a language is unknown.
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing
    from align.languages import normalise_tag

    source, target = normalise_tag(source), normalise_tag(target)
    warnings = []
    with open_for_writing(path) as stream:
        stream.write(_HEADER + "\n")
        for entry in termbase.entries:
            targets = [term for term in entry.of(target) if term.is_permitted]
            targets.sort(key=lambda term: term.status != "preferred")
            for term in entry.of(source):
                if not term.is_permitted or not targets:
                    continue
                if term.text.startswith("#"):
                    warnings.append(f"left out, for OmegaT takes it for a comment: {term.text!r}")
                    continue
                for rendering in targets:
                    cells = [term.text, rendering.text, one_line(rendering.note or entry.note)]
                    stream.write("\t".join(cells).rstrip("\t") + "\n")
    return tuple(warnings)
