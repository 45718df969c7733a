"""Files out and in, one module a format.

A module registers what it has with `registry.py`, which is all that it takes for `align` to offer
the format: see 'add a format' in CONTRIBUTING.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.registry import (
    FINDING_WRITERS,
    PAIR_READERS,
    PAIR_WRITERS,
    TERM_WRITERS,
    PairFile,
    reader_of_pairs,
)
from align.skipped import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from align.article import AlignedArticle
    from align.checks.model import CheckReport
    from align.terminology.model import TermReport
    from align.units import TranslationUnit

__all__ = [
    "FINDING_WRITERS",
    "PAIR_READERS",
    "PAIR_WRITERS",
    "TERM_WRITERS",
    "read_pairs",
    "write_check_report",
    "write_pair",
    "write_term_report",
]


def read_pairs(
    path: Path | str,
    *,
    source: str | None = None,
    target: str | None = None,
    skipped: Skipped | None = None,
) -> Iterator[TranslationUnit]:
    """Reads texts that are aligned already, in any of the formats of `PAIR_READERS`.

    Args:
        path: The file.
        source: Language of the sources, where the file does not say it.
        target: Language of the translations, likewise.
        skipped: Is told what is passed over.

    Yields:
        The units as the file has them, one at a time.

    Raises:
        InputError: If the file cannot be read, or is in none of the formats.
    """
    reader = reader_of_pairs(path)
    return reader.read(PairFile(path, source, target, None, skipped or Skipped()))


def write_pair(path: Path | str, pair: AlignedArticle, *, to: str) -> tuple[str, ...]:
    """Writes an article of two editions in one of the formats of `PAIR_WRITERS`.

    Returns:
        What the user should know about the file, a line each.

    Raises:
        InputError: If there is no such format, or the article has not two editions.
        OutputError: If the file cannot be written.
    """
    if to in PAIR_WRITERS and len(pair.alignments) != 1:
        raise InputError(f"a pair has two editions, {pair.name!r} has {len(pair.editions)}")
    return PAIR_WRITERS.write(path, pair, to=to)


def write_term_report(path: Path | str, report: TermReport, *, to: str) -> tuple[str, ...]:
    """Writes what was found of an article's terms in one of the formats of `TERM_WRITERS`.

    `json` has everything, `html` is the page to read, `xlsx` a workbook of terms, divergences and
    places; the others are the termbase that `align.termbase_of` makes of the report.

    Returns:
        What the user should know about the file, a line each.

    Raises:
        InputError: If there is no such format, or it cannot hold the report.
        OutputError: If the file cannot be written.
    """
    return TERM_WRITERS.write(path, report, to=to)


def write_check_report(path: Path | str, report: CheckReport, *, to: str) -> tuple[str, ...]:
    """Writes what checks found in one of the formats of `FINDING_WRITERS`.

    `text` is lines as a compiler's, `html` a page to read, `xlsx` a workbook for a reviewer's
    verdicts, `json` has everything, `sarif` and `junit` are for forges and build systems.

    Returns:
        What the user should know about the file, a line each.

    Raises:
        InputError: If there is no such format, or it cannot hold the report.
        OutputError: If the file cannot be written.
    """
    return FINDING_WRITERS.write(path, report, to=to)
