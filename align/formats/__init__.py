"""Files out and in, one module a format, each with `write_x` and, where it makes sense, `read_x`.

`PAIR_WRITERS` is the one list of the formats that an aligned pair of texts can be written in,
`TERM_WRITERS` that of what was found of an article's terms, `FINDING_WRITERS` that of what checks
found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from align.article import AlignedArticle
    from align.checks.model import CheckReport
    from align.terminology.model import TermReport

__all__ = [
    "FINDING_WRITERS",
    "PAIR_WRITERS",
    "TERM_WRITERS",
    "write_check_report",
    "write_pair",
    "write_term_report",
]


def _tsv(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.tsv import write_tsv

    language, alignment = next(iter(pair.alignments.items()))
    write_tsv(path, pair.editions[pair.pivot], pair.editions[language], alignment)
    return ()


def _json(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.alignment_json import write_alignment

    write_alignment(path, pair)
    return ()


def _indices(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.indices import write_indices

    write_indices(path, next(iter(pair.alignments.values())))
    return ()


def _tmx(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    from align.formats.tmx import write_tmx

    return write_tmx(path, pair.units, languages=list(pair.editions), source=pair.pivot).warnings


PAIR_WRITERS: Mapping[str, Callable[[Path | str, AlignedArticle], tuple[str, ...]]] = {
    "tsv": _tsv,
    "json": _json,
    "indices": _indices,
    "tmx": _tmx,
}


def write_pair(path: Path | str, pair: AlignedArticle, *, to: str) -> tuple[str, ...]:
    """Writes an article of two editions in one of the formats of `PAIR_WRITERS`.

    Returns:
        What the user should know about the file, a line each.

    Raises:
        InputError: If there is no such format, or the article has not two editions.
        OutputError: If the file cannot be written.
    """
    if to not in PAIR_WRITERS:
        raise InputError(f"unknown format {to!r}; there are {', '.join(PAIR_WRITERS)}")
    if len(pair.alignments) != 1:
        raise InputError(f"a pair has two editions, {pair.name!r} has {len(pair.editions)}")
    return PAIR_WRITERS[to](path, pair)


def _terms_json(path: Path | str, report: TermReport) -> tuple[str, ...]:
    from align.formats.terms_json import write_terms

    write_terms(path, report)
    return ()


def _terms_as_termbase(to: str) -> Callable[[Path | str, TermReport], tuple[str, ...]]:
    def write(path: Path | str, report: TermReport) -> tuple[str, ...]:
        from align.formats.termbases import write_termbase
        from align.terminology.as_termbase import termbase_of

        write_termbase(path, termbase_of(report), to=to)
        return ()

    return write


def _terms_xlsx(path: Path | str, report: TermReport) -> tuple[str, ...]:
    from align.formats.terms_xlsx import write_terms_xlsx

    write_terms_xlsx(path, report)
    return ()


def _terms_html(path: Path | str, report: TermReport) -> tuple[str, ...]:
    from align.formats.report import write_term_page

    write_term_page(path, report)
    return ()


def _terms_glossary(path: Path | str, report: TermReport) -> tuple[str, ...]:
    from align.formats.termbases.glossary import write_glossary
    from align.terminology.as_termbase import termbase_of

    if len(report.languages) != 1:
        raise InputError(
            "a glossary is of one pair of languages; choose one of "
            f"{', '.join(report.languages) or 'no languages'} with --language"
        )
    target = report.languages[0]
    return write_glossary(path, termbase_of(report), source=report.pivot, target=target)


TERM_WRITERS: Mapping[str, Callable[[Path | str, TermReport], tuple[str, ...]]] = {
    "json": _terms_json,
    "html": _terms_html,
    "xlsx": _terms_xlsx,
    "tsv": _terms_as_termbase("tsv"),
    "tbx": _terms_as_termbase("tbx"),
    "tbx2": _terms_as_termbase("tbx2"),
    "omegat": _terms_glossary,
}


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
    if to not in TERM_WRITERS:
        raise InputError(f"unknown format {to!r}; there are {', '.join(TERM_WRITERS)}")
    return TERM_WRITERS[to](path, report)


def _findings_text(path: Path | str, report: CheckReport) -> tuple[str, ...]:
    from align.formats.findings.listing import write_listing

    write_listing(path, report)
    return ()


def _findings_html(path: Path | str, report: CheckReport) -> tuple[str, ...]:
    from align.formats.report import write_check_page

    write_check_page(path, report)
    return ()


def _findings_json(path: Path | str, report: CheckReport) -> tuple[str, ...]:
    from align.formats.findings.check_json import write_findings

    write_findings(path, report)
    return ()


def _findings_xlsx(path: Path | str, report: CheckReport) -> tuple[str, ...]:
    from align.formats.findings.workbook import write_check_workbook

    write_check_workbook(path, report)
    return ()


def _findings_sarif(path: Path | str, report: CheckReport) -> tuple[str, ...]:
    from align.formats.findings.sarif import write_sarif

    return write_sarif(path, report)


def _findings_junit(path: Path | str, report: CheckReport) -> tuple[str, ...]:
    from align.formats.findings.junit import write_junit

    write_junit(path, report)
    return ()


FINDING_WRITERS: Mapping[str, Callable[[Path | str, CheckReport], tuple[str, ...]]] = {
    "text": _findings_text,
    "html": _findings_html,
    "json": _findings_json,
    "xlsx": _findings_xlsx,
    "sarif": _findings_sarif,
    "junit": _findings_junit,
}


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
    if to not in FINDING_WRITERS:
        raise InputError(f"unknown format {to!r}; there are {', '.join(FINDING_WRITERS)}")
    return FINDING_WRITERS[to](path, report)
