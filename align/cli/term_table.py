"""What `align terms` shows on the screen: terms and renderings, then what diverges."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from align.cli.findings import counted, counted_by_severity

if TYPE_CHECKING:
    from rich.console import Console

    from align.findings import Finding
    from align.terminology.model import RenderedTerm, TermReport

_PLAIN_WIDTH = 80

# With less room for each language a table breaks most renderings; then each takes a line.
_TERM_WIDTH, _LANGUAGE_WIDTH = 24, 16

_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def show_terms(report: TermReport) -> None:
    """Prints a report: each term with its main renderings, then errors and warnings.

    A rendering that does not stand for all mentions says for how many it does. Notes are counted
    only.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PLAIN_WIDTH)
    console.print(Text(report.title, style="bold"))
    if not report.terms:
        console.print(Text("No key term was found in the text."))
        return
    wide = console.width >= _TERM_WIDTH + _LANGUAGE_WIDTH * len(report.languages)
    (_print_table if wide else _print_list)(console, report)
    grave = [finding for finding in report.findings if finding.severity != "note"]
    if grave:
        console.print()
    for finding in grave:
        _print_finding(console, report, finding)
    console.print()
    console.print(Text(_summary(report)))


def _print_table(console: Console, report: TermReport) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column(report.pivot, overflow="fold")
    table.add_column("", justify="right")
    for language in report.languages:
        table.add_column(language, overflow="fold")
    for rendered in report.terms:
        term = rendered.term
        table.add_row(
            Text(term.text),
            Text(str(len(term.mentions)), style="dim"),
            *(Text(_main(rendered, language)) for language in report.languages),
        )
    console.print(table)


def _print_list(console: Console, report: TermReport) -> None:
    from rich.text import Text

    width = max(map(len, report.languages), default=0)
    for rendered in report.terms:
        term = rendered.term
        console.print()
        console.print(Text.assemble((term.text, "bold"), f"  {len(term.mentions)}"))
        for language in report.languages:
            console.print(Text(f"  {language:{width}}  {_main(rendered, language)}"))


def _main(rendered: RenderedTerm, language: str) -> str:
    renderings = rendered.renderings.get(language, ())
    if not renderings:
        return "–"
    mentions = sum(bool(each.target_text) for each in rendered.occurrences.get(language, ()))
    count = renderings[0].count
    return renderings[0].text + (f" {count}/{mentions}" if count < mentions else "")


def _print_finding(console: Console, report: TermReport, finding: Finding) -> None:
    from rich.text import Text

    place = f"{finding.language}, {report.place_of(finding.segment)}"
    if finding.also:
        others = ", ".join(report.place_of(segment) for segment in finding.also)
        place += f" (also {others})"
    console.print(
        Text.assemble(
            (finding.severity, _STYLES[finding.severity]),
            f"  {finding.kind}  {place}: {finding.message}",
        ),
        soft_wrap=not sys.stdout.isatty(),
    )


def _summary(report: TermReport) -> str:
    said = counted_by_severity(finding.severity for finding in report.findings)
    held_back = f"; {report.held_back} held back for doubtful beads" if report.held_back else ""
    return f"{counted(len(report.terms), 'term')}; {said}{held_back}."
