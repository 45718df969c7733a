"""What the command shows: the progress bar, the table of a build, the figures of a score."""

from __future__ import annotations

import errno
import io
import json
import os
import shlex
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from align.errors import one_line
from align.scoring import Scores

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.corpus.summing import Figures
    from align.edition import Edition
    from align.export import Written
    from align.fetching.fetch import Fetched
    from align.progress import StartProgress

# With the column of languages they fit into the 80 columns of the narrowest terminal.
_HEADS = ("segments", "1-1", "other\nbeads", "moved", "unaligned", "aligned", "units", "held\nback")
_PLAIN_WIDTH = 80


def complete_streams() -> None:
    """Opens anew what standard streams were closed (`>&-`), lest a file take their numbers.

    What is written on a closed standard output fails; messages on standard error get lost.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(cast("BinaryIO", _Closed()), write_through=True)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115


class _Closed(io.RawIOBase):
    """Standard output that was closed."""

    def writable(self) -> bool:
        return True

    def write(self, _content: object) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


@contextmanager
def progress(quiet: bool) -> Iterator[StartProgress | None]:
    """A progress bar on standard error, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:

        def start(what: str, steps: int) -> Callable[[int], None]:
            task = bar.add_task(what, total=steps)
            return lambda done: bar.advance(task, done)

        yield start


_LINE_EVERY = 30.0  # seconds, where there is no terminal


@contextmanager
def long_progress(quiet: bool) -> Iterator[StartProgress | None]:
    """Progress with rate and time left on standard error: a bar, or lines where no one watches."""
    if quiet:
        yield None
        return
    if not sys.stderr.isatty():
        yield _lines_of_progress
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:

        def start(what: str, steps: int) -> Callable[[int], None]:
            task = bar.add_task(what, total=steps, rate="")

            def advance(done: int) -> None:
                bar.advance(task, done)
                speed = bar.tasks[0].speed
                bar.update(task, rate=f"{speed:.1f} a second" if speed else "")

            return advance

        yield start


def _lines_of_progress(what: str, steps: int) -> Callable[[int], None]:
    begun = told = time.monotonic()
    so_far = 0

    def advance(done: int) -> None:
        nonlocal told, so_far
        so_far += done
        now = time.monotonic()
        if now - told < _LINE_EVERY:
            return
        told = now
        rate = so_far / (now - begun)
        left = timedelta(seconds=round((steps - so_far) / rate)) if rate else "unknown"
        click.echo(
            f"align: {what}: {so_far:,} of {steps:,}, {rate:.1f} a second, {left} left", err=True
        )

    return advance


def warn(warnings: Iterable[str], *, most: int | None = None) -> None:
    """Prints warnings on standard error, a line each.

    Args:
        warnings: The warnings.
        most: How many are printed; of the others their number is said. All where not given.
    """
    lines = list(warnings)
    shown = lines[:most]
    if len(shown) < len(lines):
        shown.append(f"and {len(lines) - len(shown)} more")
    for warning in shown:
        click.echo(f"align: warning: {one_line(warning)}", err=True)


def show_left_out(editions: Iterable[Edition]) -> None:
    """Prints on standard error what of the files of some editions was left out, a line a text."""
    from align.summary import left_out_lines

    for edition in editions:
        for line in left_out_lines(edition):
            click.echo(line, err=True)


def show_summary(article: AlignedArticle, written: Written) -> None:
    """Prints what a build made: a line for each translation, and where to look next."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from align.languages import language_name
    from align.summary import summarise

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    table.add_column("language", vertical="bottom", overflow="fold")
    for head in _HEADS:
        table.add_column(head, justify="right", no_wrap=True, vertical="bottom")
    held_back = 0
    for language, alignment in article.alignments.items():
        summary = summarise(alignment, min_confidence=article.min_confidence)
        one_to_one, moved = summary.kinds.get("1-1", 0), summary.kinds.get("moved", 0)
        aligned = summary.beads - summary.unaligned
        held_back += summary.held_back
        figures = (
            summary.target_segments,
            one_to_one,
            aligned - one_to_one - moved,
            moved,
            summary.unaligned,
            "–" if summary.target_aligned is None else f"{summary.target_aligned:.0%}",
            written.units[language],
            summary.held_back,
        )
        table.add_row(language, *map(str, figures))
    pivot = f"{article.pivot} ({language_name(article.pivot)})"
    size = len(article.editions[article.pivot].segments)
    memory = next(path for path in written.files if path.name == f"{article.name}.tmx")
    pages = ", ".join(str(path) for path in written.files if path.suffix == ".html")
    lines = [f"{memory.name} joins all languages in {written.units[article.pivot]} units."]
    if held_back:
        least = f"{article.min_confidence:g}"
        lines.append(f"Held back from the memories: beads less sure than {least}.")
    left_out = sum(len(each.document.left_out) for each in article.editions.values())
    if left_out:
        lines.append(f"Left out of the files: {left_out} texts; --show-dropped shows them.")
    lines.append(f"{len(written.files)} files in {memory.parent}; to read: {pages}")
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PLAIN_WIDTH)
    console.print(Text(article.title, style="bold"))
    console.print(Text(f"aligned to {pivot}, {size} segments"))
    console.print(table)
    console.print(Text("\n".join(lines)), soft_wrap=True)


def show_fetched(fetched: Fetched) -> None:
    """Prints what was fetched: a line for each page, and what comes next."""
    width = max((len(page.path.name) for page in fetched.pages), default=0)
    for page in fetched.pages:
        click.echo(f"{page.path.name:{width}}  {page.address}")
    if len(fetched.pages) > 1:
        next_step = f"align build {shlex.quote(str(fetched.folder))} -o OUT"
        click.echo(f"{len(fetched.pages)} editions; next: {next_step}")


def show_corpus(figures: Figures) -> None:
    """Prints how far a corpus is, and what its filter did."""
    counts = figures.counts
    lines = [
        f"{figures.done:,} of {figures.shards:,} shards finished, "
        f"{figures.rows_done:,} of {figures.rows:,} documents",
        f"{counts.get('pairs', 0):,} pairs of texts, {counts.get('segments', 0):,} segments, "
        f"{counts.get('aligned', 0):,} aligned beads, {counts.get('moved', 0):,} of them moved",
    ]
    if figures.failed:
        lines.append(f"{figures.failed:,} could not be aligned: see failed.jsonl")
    if figures.filter is not None:
        rules = figures.filter["rules"]
        kept = f"{figures.filter['kept']:,} pairs kept"
        lines.append(f"{kept}; dropped by" if rules else kept)
        lines += [f"  {name:22}{rule['dropped']:>12,}" for name, rule in rules.items()]
    click.echo("\n".join(lines))


def show_scores(rows: Mapping[str, Scores]) -> None:
    """Prints strict and lax figures, two lines a name."""
    width = max(map(len, rows))
    click.echo(f"{'':{width}}          precision  recall      F1")
    for name, scores in rows.items():
        for way, counts in (("strict", scores.strict), ("lax", scores.lax)):
            click.echo(
                f"{name:{width}}  {way:6}  {counts.precision:9.4f}{counts.recall:8.4f}"
                f"{counts.f1:8.4f}"
            )


def show_scores_as_json(total: Scores, each: Mapping[str, Scores]) -> None:
    """Prints the figures and counts of all files, and of each where that is asked."""
    shown = _figures(total)
    if each:
        shown["each"] = {name: _figures(scores) for name, scores in each.items()}
    click.echo(json.dumps(shown, indent=2, ensure_ascii=False))


def _figures(scores: Scores) -> dict[str, Any]:
    figures = asdict(scores)
    for way, counts in (("strict", scores.strict), ("lax", scores.lax)):
        ratios = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
        figures[way] = ratios | figures[way]
    return figures
