"""How long starting takes, and how time grows: with a long line, and with any input doubled.

Tests count calls, which what a regular expression does inside shows nothing of; here it is timed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.checks.addresses import addresses_in
from align.checks.items import listed_items
from align.documents import read_document
from align.languages import detect_language
from align.quantities import quantities_of
from align.segmentation import Segmenter

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (25_000, 100_000)
"""Characters of the lines."""

UNITS = (
    "word ", "Sie kam. ", "「来た。」と言う", ". ", ".", "A. ", "？」", " ", "«“(", "<", "- ", "(",
    "| ", "*", "[", "&", "\u3000", "1-", "1 ", "€1", "1,", "9", "½", "zwei", "a@", "a.", "a, ",
)  # fmt: skip
"""What the lines are made of: whatever a rule may go back over again and again."""

_LANGUAGES = ("en", "ja", "ar")
_COUNTING = ("en", "de", "ja")
_SUFFIXES = (".txt", ".md", ".html")
_STARTS = 5
_COMMANDS = {
    "Python alone": ["-c", "pass"],
    "`import align`": ["-c", "import align"],
    "`align --help`": ["-m", "align", "--help"],
}


def growth() -> dict[str, Any]:
    """Seconds that starting takes, and of the slowest lines."""
    segmenter = Segmenter()
    with tempfile.TemporaryDirectory(prefix="align-growth-") as folder:
        ways: dict[str, Callable[[str], object]] = {
            "telling the language": lambda text: detect_language(f"The bridge is old. {text}")
        }
        for language in _LANGUAGES:
            ways[f"segmenting, {language}"] = partial(segmenter.split, language=language)
        for language in _COUNTING:
            ways[f"quantities, {language}"] = partial(quantities_of, language=language)
        ways["addresses"] = addresses_in
        ways["items of lists"] = partial(listed_items, language="en")
        for suffix in _SUFFIXES:
            ways[f"reading {suffix}"] = partial(_read, Path(folder) / f"line{suffix}")
        rows = [_slowest(title, way) for title, way in ways.items()]
    return {
        "starting": {title: _starting(command) for title, command in _COMMANDS.items()},
        "sizes": SIZES,
        "rows": rows,
    }


def _slowest(title: str, way: Callable[[str], object]) -> dict[str, Any]:
    way("It is old. ")  # what is loaded on first use is not timed
    timed = {unit: [_seconds(way, unit, size) for size in SIZES] for unit in UNITS}
    unit = max(timed, key=lambda unit: timed[unit][-1])
    return {"title": title, "unit": unit, "seconds": timed[unit]}


def _seconds(way: Callable[[str], object], unit: str, size: int) -> float:
    text = unit * (size // len(unit))
    started = time.perf_counter()
    way(text)
    return time.perf_counter() - started


def _read(path: Path, text: str) -> None:
    path.write_text(f"The bridge{text}is old.", encoding="utf-8")
    read_document(path)


def _starting(command: list[str]) -> float:
    """The least time that a process took."""
    times = []
    for _ in range(_STARTS):
        started = time.perf_counter()
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        times.append(time.perf_counter() - started)
    return min(times)
