"""The tables of `evaluate.py`, for a terminal and as Markdown."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as RichTable

from evaluation.sets import IN_NO_FIT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from evaluation.block_scores import BlockCounts
    from evaluation.kind_scores import KindFigures
    from evaluation.unrelated_texts import Leftovers

    Rows = Mapping[str, KindFigures]


NONE = "–"
_PLAIN_WIDTH = 150  # where what is printed goes to no terminal


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first column is of names, the others of figures.

    Attributes:
        title: What stands above it.
        head: Names of the columns.
        rows: The cells; what stands between two asterisks on either side is bold.
        note: What stands below it.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def markdown(self) -> str:
        """The table as Markdown, for the documentation."""
        lines = [self.head, ["---", *["---:"] * (len(self.head) - 1)], *self.rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        return "\n\n".join(part for part in (f"### {self.title}", table, self.note) if part)

    def show(self) -> None:
        """Prints the table as a terminal shows it best."""
        table = RichTable(
            box=SIMPLE_HEAD, title=self.title, title_justify="left", title_style="bold",
            pad_edge=False, caption=self.note or None, caption_justify="left",
        )  # fmt: skip
        for number, name in enumerate(self.head):
            table.add_column(
                name,
                justify="right" if number else "left",
                vertical="bottom",
                no_wrap=number == 0,
                min_width=max(len(row[0]) for row in self.rows) if number == 0 else None,
            )
        for row in self.rows:
            table.add_row(*(_rich(cell) for cell in row))
        width = None if sys.stdout.isatty() else _PLAIN_WIDTH
        Console(width=width, highlight=False).print(table)


def kinds_table(columns: Mapping[str, Rows]) -> Table:
    """All kinds of text, a row each, with the figures of each fit.

    Args:
        columns: The rows of each fit, the one that counts first.
    """
    head = ["texts", "pairs"]
    for number, fit in enumerate(columns):
        name = f"{fit}: " if len(columns) > 1 else ""
        head += [f"{name}strict F1", *(["worst"] if number == 0 else [])]
        head += [f"{name}lax", f"{name}ECE", f"{name}gaps P", f"{name}R"]
    first, *_ = columns.values()
    rows = []
    for kind, figures in first.items():
        row = [kind, f"{figures.all.documents}"]
        for number, of_fit in enumerate(columns.values()):
            if number and kind in IN_NO_FIT:
                row += [NONE] * 5
            else:
                row += _kind_cells(of_fit[kind], counts=number == 0)
        rows.append(row)
    return Table(
        "Alignment by kind of text",
        head,
        rows,
        "F1: mean of the pairs of languages. Guides: strict F1 over the beads that their "
        "paragraphs tell. ECE: expected calibration error of confidence. "
        "Gaps: segments without a counterpart. Articles: in no fit.",
    )


def guides_table(fit: str, rows: Rows) -> Table:
    """The guides by language, without and with their paragraphs."""
    lines, paragraphs = (
        {
            name: figures.blocks
            for name, figures in rows[kind].by_languages.items()
            if figures.blocks is not None
        }
        for kind in ("guides", "guides-paragraphs")
    )
    cells = [
        [name, *_block_cells([lines[name]]), *_block_cells([paragraphs[name]])] for name in lines
    ]
    mean = ["mean", *_block_cells(lines.values()), *_block_cells(paragraphs.values())]
    head = ["exact", "crossing", "lost"]
    return Table(
        f"Guides by language ({fit})",
        ["languages", *head, *(f"with paragraphs: {name}" for name in head)],
        [*cells, mean],
    )


def programs_table(programs: Mapping[str, Rows]) -> Table:
    """What each program makes of the same texts and vectors, and which are ahead of the first.

    Args:
        programs: The rows of each program, ours first; a program may lack rows.
    """
    ours, *_ = programs
    rows = []
    for kind in programs[ours]:
        measures: dict[str, Callable[[KindFigures], float]] = {kind: lambda figures: figures.strict}
        if programs[ours][kind].all.blocks is not None:
            measures[f"{kind}: crossing (less is better)"] = lambda figures: (
                -_mean(figures, "crossing_share")
            )
            measures[f"{kind}: lost (less is better)"] = lambda figures: (
                -_mean(figures, "lost_share")
            )
        for label, measure in measures.items():
            values = {name: measure(of[kind]) for name, of in programs.items() if kind in of}
            if len(values) > 1:
                rows.append([label, *_contest_cells(list(programs), values)])
    return Table(
        "Beside other programs, strict F1",
        ["texts", *programs, "ahead"],
        rows,
        "Every program that embeds gets the vectors of our encoder; none but ours is told of "
        "paragraphs. The best is bold; those "
        f"ahead are so of {ours}.",
    )


def unrelated_table(columns: Mapping[str, Mapping[str, Leftovers]]) -> Table:
    """What is aligned of texts that have nothing in common, by each fit."""
    head = ["texts", "pairs", "segments"]
    for fit in columns:
        name = f"{fit}: " if len(columns) > 1 else ""
        head += [f"{name}beads", f"{name}sure", f"{name}mean confidence", f"{name}warned"]
    first, *_ = columns.values()
    rows = []
    for kind, one in first.items():
        row = [kind, f"{one.documents}", f"{one.segments:,}"]
        for of_fit in columns.values():
            found = of_fit[kind]
            mean = f"{found.mean_confidence:.3f}" if found.aligned else NONE
            row += [f"{found.aligned:,}", f"{found.sure:,}", mean]
            row.append(f"{found.warned} of {found.documents}")
        rows.append(row)
    return Table(
        "Texts that have nothing in common",
        head,
        rows,
        "Beads with both sides, all of them wrong; sure ones would enter a memory. Warned: pairs "
        "of which the commands ask whether they translate one another.",
    )


def _kind_cells(figures: KindFigures, *, counts: bool) -> list[str]:
    worst, language = figures.worst
    error, gaps, lax = figures.all.calibration_error, figures.all.gaps, figures.lax
    several = len(figures.by_languages) > 1
    return [
        f"{figures.strict:.3f}",
        *([f"{worst:.3f} ({language})" if several else NONE] if counts else []),
        NONE if lax is None else f"{lax:.3f}",
        NONE if error is None else f"{error:.3f}",
        f"{gaps.precision:.2f}" if gaps.predicted else NONE,
        f"{gaps.recall:.2f}" if gaps.gold else NONE,
    ]


def _block_cells(blocks: Collection[BlockCounts]) -> list[str]:
    return [
        f"{fmean(one.exact for one in blocks):.3f}",
        f"{fmean(one.crossing_share for one in blocks):.3f}",
        f"{fmean(one.lost_share for one in blocks):.3f}",
    ]


def _mean(figures: KindFigures, share: str) -> float:
    return fmean(getattr(one.blocks, share) for one in figures.by_languages.values())


def _contest_cells(programs: Sequence[str], values: Mapping[str, float]) -> list[str]:
    """The value of each program, the best bold, and by how much which are ahead of the first."""
    ours = values[programs[0]]
    best = max(values.values())
    cells = [NONE if name not in values else _bold(values[name], best=best) for name in programs]
    ahead = [
        f"{name} +{value - ours:.3f}" for name, value in values.items() if value - ours > 0.0005
    ]
    return [*cells, ", ".join(ahead) or NONE]


def _bold(value: float, *, best: float) -> str:
    shown = f"{abs(value):.3f}"
    return f"**{shown}**" if value == best else shown


def _rich(cell: str) -> str:
    return f"[bold]{cell[2:-2]}[/bold]" if cell.startswith("**") else cell
