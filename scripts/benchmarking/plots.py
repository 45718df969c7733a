"""Two plots of a benchmark: `python -m benchmarking.plots benchmark.json FOLDER [svg|png]`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, NullLocator

from benchmarking.tables import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

Figures = dict[str, Any]
Label = tuple[float, float, str, str]

# Okabe and Ito's colours, told apart by the colour-blind; a marker of its own for each as well.
_STYLES = {
    "align": ("#D55E00", "o"),
    "galechurch": ("#555555", "D"),
    "sentweave": ("#0072B2", "s"),
    "bertalign": ("#009E73", "^"),
}
_NAMES = {
    "align": "align",
    "galechurch": "Gale–Church",
    "sentweave": "Vecalign’s program",
    "bertalign": "Bertalign",
}
_INK, _PAPER, _GRID = "#222222", "#FAFAF7", "#D8D8D2"
# Where a name stands beside its marker: offset in points, horizontal and vertical alignment.
_LABELS = {
    "align": ((-12, 0), "right", "center"),
    "galechurch": ((12, 0), "left", "center"),
    "sentweave": ((0, -12), "center", "top"),
    "bertalign": ((12, 0), "left", "center"),
}
_LOWEST_F1 = 0.5
_PLAIN = FuncFormatter(lambda value, _: f"{value:g}")
_PANELS = ("textberg", "corpus")  # where every contestant's embedding is timed


def accuracy_against_time(figures: Figures, path: Path) -> bool:
    """Draws strict F1 against seconds per 1,000 segments; says whether there was anything to."""
    panels = [
        (entry["title"], points)
        for name in _PANELS
        if (entry := figures["sets"].get(name)) and (points := _points(entry))
    ]
    if not panels:
        return False
    drawing, axes = plt.subplots(
        1, len(panels), figsize=(5.6 * len(panels), 4.8), sharey=True, squeeze=False
    )
    for axis, (title, points) in zip(axes[0], panels, strict=True):
        for name, (seconds, f1) in points.items():
            colour, marker = _STYLES[name]
            shown = max(f1, _LOWEST_F1 + 0.02)  # those below are drawn at the edge, and say so
            label = _NAMES[name] if shown == f1 else f"{_NAMES[name]}: {f1:.2f} ↓"
            offset, across, up = _LABELS[name]
            axis.plot(seconds, shown, marker, color=colour, markersize=11)
            axis.annotate(
                label, (seconds, shown), xytext=offset, textcoords="offset points", ha=across,
                va=up, color=colour, fontweight=_weight(name),
            )  # fmt: skip
        axis.set(title=title, xscale="log")
        axis.set_xlabel("seconds per 1,000 segments,\nembedding included")
        times = [seconds for seconds, _ in points.values()]
        axis.set_xlim(min(times) / 3, max(times) * 8)
        axis.xaxis.set_major_formatter(_PLAIN)
        _finish(axis)
    axes[0][0].set(ylabel="strict F1", ylim=(_LOWEST_F1, 1.0))
    _save(drawing, path)
    return True


def time_against_length(figures: Figures, path: Path) -> bool:
    """Draws seconds of alignment against document length; says whether there was anything to."""
    lines = {
        name: sorted(
            (int(size), next(iter(result["pairs"].values()))["alignment_seconds"])
            for size, result in by_size.items()
            if "pairs" in result
        )
        for name, by_size in figures.get("lengths", {}).get("results", {}).items()
    }
    lines = {name: line for name, line in lines.items() if line}
    if not lines:
        return False
    drawing, axis = plt.subplots(figsize=(7.6, 4.8))
    labels: list[Label] = []
    for name, line in lines.items():
        colour, marker = _STYLES[name]
        axis.plot(
            *zip(*line, strict=True), marker=marker, color=colour, markersize=8,
            linewidth=3 if name == "align" else 2,
        )  # fmt: skip
        labels.append((*line[-1], _NAMES[name], colour))
    axis.set(
        xscale="log", yscale="log", xlabel="segments of the source",
        ylabel="seconds of alignment, vectors given",
    )  # fmt: skip
    sizes = figures["lengths"]["sizes"]
    axis.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axis.set_xlim(sizes[0] / 1.15, sizes[-1] * (sizes[-1] / sizes[0]) ** 0.4)
    axis.yaxis.set_major_formatter(_PLAIN)
    _finish(axis)
    _label_lines(axis, labels)
    _save(drawing, path)
    return True


def _points(entry: Figures) -> dict[str, tuple[float, float]]:
    summaries = {
        name: summary(result)
        for name, result in entry.get("results", {}).items()
        if "pairs" in result
    }
    return {name: (it["seconds per 1000"], it["strict f1"]) for name, it in summaries.items()}


def _label_lines(axis: Axes, labels: Sequence[Label]) -> None:
    """Names lines at their ends, moved apart where ends at the same length are near."""
    taken: list[tuple[float, float]] = []
    for size, seconds, name, colour in sorted(labels, key=lambda label: -label[1]):
        at_x, height = axis.transData.transform((size, seconds))
        above = [y for x, y in taken if abs(x - at_x) < 120]
        placed = min([height, *(y - 22 for y in above)])
        taken.append((at_x, placed))
        axis.annotate(
            name, (size, seconds), xytext=(11, (placed - height) * 72 / axis.figure.dpi),
            textcoords="offset points", va="center", color=colour,
            fontweight=_weight(name),
        )  # fmt: skip


def _weight(name: str) -> str:
    return "bold" if name in ("align", _NAMES["align"]) else "normal"


def _finish(axis: Axes) -> None:
    axis.grid(visible=True, color=_GRID, linewidth=0.8)
    axis.set_axisbelow(True)
    axis.xaxis.set_minor_locator(NullLocator())
    axis.yaxis.set_minor_locator(NullLocator())
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)


def _save(drawing: plt.Figure, path: Path) -> None:
    drawing.tight_layout()
    drawing.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    plt.close(drawing)


def main() -> None:
    """Draws both plots from a benchmark's JSON file into a folder."""
    file, folder, *rest = sys.argv[1:]
    suffix = rest[0] if rest else "svg"
    mpl.use("agg")
    mpl.rcParams.update(
        {
            "font.size": 14, "font.family": "sans-serif", "axes.titlesize": 14,
            "text.color": _INK, "axes.labelcolor": _INK, "axes.edgecolor": _INK,
            "xtick.color": _INK, "ytick.color": _INK, "figure.facecolor": _PAPER,
            "axes.facecolor": _PAPER, "svg.hashsalt": "align",
        }
    )  # fmt: skip
    figures = json.loads(Path(file).read_text(encoding="utf-8"))
    for draw, name in (
        (accuracy_against_time, "accuracy-against-time"),
        (time_against_length, "time-against-length"),
    ):
        path = Path(folder) / f"{name}.{suffix}"
        if draw(figures, path):
            print(path)


if __name__ == "__main__":
    main()
