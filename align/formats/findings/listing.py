"""What checks found as lines of text, in the form of compilers, which editors can follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.formats.registry import FINDING_WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from align.checks.model import CheckReport
    from align.formats.findings.located import LocatedFinding
    from align.text import Span

_STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
_INDENT = "    "

# What could move the cursor of a terminal, or start a line that no finding has.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

# Around text that is read from the right, so that its ends stay its own (Unicode Standard Annex 9).
_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"


Line = tuple[tuple[str, str], ...]
"""A line in parts, each with the style that it has on a terminal."""


@FINDING_WRITERS.register("text", "a line and the place for each finding", endings=(".txt",))
def write_listing(path: Path | str, report: CheckReport) -> None:
    """Writes findings as `file:line:column: severity: message [check]`, each with its two texts.

    The texts are cut to what stands around the words that it is about, which stand between `⟦`
    and `⟧`: carets below would miss them in scripts that are wide or read from the right. Where
    no file is known the place is the language and the segment. On a terminal severities and
    words have colours; a report without findings has no lines.

    Args:
        path: The file; `-` is standard output.
        report: What `align.check` returned.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing
    from align.formats.findings.located import located_findings

    source_language = report.article.pivot
    lines = (
        line for each in located_findings(report) for line in finding_lines(each, source_language)
    )
    with open_for_writing(path) as stream:
        if stream.isatty():
            from rich.console import Console
            from rich.text import Text

            console = Console(file=stream, highlight=False)
            for line in lines:
                console.print(Text.assemble(*line), soft_wrap=True)
        else:
            stream.writelines(f"{plain(line)}\n" for line in lines)


def finding_lines(located: LocatedFinding, source_language: str) -> Iterator[Line]:
    """The lines that say a finding: its message, the two texts and what is suggested."""
    finding = located.finding
    style = _STYLES[finding.severity]
    yield (
        (f"{_place(located)}: ", "bold"),
        (f"{finding.severity}:", style),
        (f" {_printable(finding.message)} ", ""),
        (f"[{finding.check}]", "dim"),
    )
    width = max(len(source_language), len(finding.language))
    for language, text, span in (
        (source_language, finding.source_text, finding.source_span),
        (finding.language, finding.target_text, finding.target_span),
    ):
        if text:
            start = (f"{_INDENT}{language:{width}}  ", "dim")
            yield (start, *_directed(language, _excerpt(text, span, language, style)))
    if finding.suggestion:
        suggested = ((_printable(finding.suggestion), style),)
        yield (
            (f"{_INDENT}{'':{width}}  suggested: ", "dim"),
            *_directed(finding.language, suggested),
        )


def plain(line: Line) -> str:
    """A line without styles."""
    return "".join(text for text, _ in line)


def _place(located: LocatedFinding) -> str:
    finding, place = located.finding, located.place
    if place.file is None:
        return f"{finding.language} segment {finding.target_segments.start}"
    return _printable(place.text)


def _excerpt(text: str, span: Span | None, language: str, style: str) -> Sequence[tuple[str, str]]:
    from align.formats.excerpts import cut, keyword, reach_of

    reach = reach_of(language)
    if span is None:
        return ((_printable(cut(text, 2 * reach)), ""),)
    shown = keyword(text, span, reach)
    return (
        (_printable(shown.before), ""),
        (f"⟦{_printable(cut(shown.text, 2 * reach))}⟧", style),
        (_printable(shown.after), ""),
    )


def _directed(language: str, parts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    from align.languages import is_right_to_left

    if not is_right_to_left(language):
        yield from parts
    else:
        yield _RIGHT_TO_LEFT, ""
        yield from parts
        yield _POP, ""


def _printable(text: str) -> str:
    return _CONTROLS.sub(" ", text)
