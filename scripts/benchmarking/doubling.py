"""How time grows when an input is doubled: of texts, of files, and of each check.

    python -m benchmarking.doubling [WORD…]

prints a row for each case whose title holds a word: seconds of the processor for an input and for
one twice as large, how many times as long that took, and the most memory that the process held.
What is refused says so, with the time that took. More than 2.5 times is told, where the time is
long enough to say anything; the exit code is 1 then. `benchmark.py --sets growth` measures all.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from align.errors import AlignError
from benchmarking.cases import Case
from benchmarking.check_cases import of_checks
from benchmarking.file_cases import of_files
from benchmarking.memory import forget_peak, peak_memory
from benchmarking.text_cases import of_texts

MOST = 2.5
"""How many times as long an input may take that is twice as large."""

_SHORT = 0.1  # seconds, below which a ratio says nothing
_TIMES = 3  # that what seems too long is measured; the least counts, as other work only adds to it


@dataclass(frozen=True)
class Doubled:
    """What came of a case.

    Attributes:
        kind: What read.
        what: What was read.
        seconds: Of the processor, for either size.
        peak_mb: The most memory that the process held meanwhile.
        refused: Why the larger was refused, if it was.
    """

    kind: str
    what: str
    seconds: tuple[float, float]
    peak_mb: float
    refused: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times as long the larger took; None where that says nothing."""
        small, large = self.seconds
        return None if self.refused or large < _SHORT else large / max(small, _SHORT / MOST)

    @property
    def too_long(self) -> bool:
        """Whether the larger took more than `MOST` times as long."""
        return self.ratio is not None and self.ratio > MOST


def doubled(case: Case) -> Doubled:
    """Runs a case at its size and at twice that; again, if that seems too long."""
    with tempfile.TemporaryDirectory(prefix="align-doubling-") as folder:
        _run(case, max(case.size // 50, 1), Path(folder))  # what is loaded first is not timed
        row = _once(case, Path(folder))
        for _ in range(_TIMES - 1):
            if row.too_long:
                again = _once(case, Path(folder))
                least = [min(each) for each in zip(row.seconds, again.seconds, strict=True)]
                row = replace(row, seconds=(least[0], least[1]))
    return row


def _once(case: Case, folder: Path) -> Doubled:
    small, _ = _run(case, case.size, folder)
    forget_peak()
    large, refused = _run(case, 2 * case.size, folder)
    return Doubled(case.kind, case.what, (small, large), peak_memory(), refused)


def _run(case: Case, size: int, folder: Path) -> tuple[float, str]:
    """Seconds of the processor that a size took, and why it was refused, if it was."""
    run = case.made(size, folder)
    refused = ""
    started = time.process_time()
    try:
        run()
    except AlignError as error:
        refused = str(error).replace(f"{folder}/", "")
    return time.process_time() - started, refused


def cases(words: Sequence[str] = ()) -> Iterator[Case]:
    """The cases whose title holds one of some words; all of them where there are none."""
    for some in (of_files, of_texts, of_checks):
        for case in some():
            if not words or any(word in case.title for word in words):
                yield case


def inputs_of_kinds() -> dict[str, int]:
    """How many inputs there are of each kind of reading."""
    return dict(Counter(case.kind for case in cases()))


def kind_doubled(kind: str) -> dict[str, Any]:
    """Of a kind of reading, how much was measured, what grew most, and what was refused.

    Returns:
        Figures; `refused` has each reason with the first input that it is of.
    """
    rows = [doubled(case) for case in cases() if case.kind == kind]
    worst = max(rows, key=lambda row: (row.ratio or 0, row.seconds[1]))
    return {
        "inputs": len(rows),
        "too long": sum(row.too_long for row in rows),
        "worst": worst.what,
        "seconds": worst.seconds,
        "ratio": worst.ratio,
        "peak_mb": max(row.peak_mb for row in rows),
        "refused": {row.refused: row.what for row in reversed(rows) if row.refused},
    }


def main() -> None:
    """Prints the rows that are asked for."""
    too_long = False
    for case in cases(sys.argv[1:]):
        row = doubled(case)
        told = f"{row.seconds[0]:8.3f} s {row.seconds[1]:8.3f} s {row.peak_mb:6,.0f} MB"
        if row.refused:
            told += f"  {row.refused}"
        elif row.ratio is not None:
            told += f" {row.ratio:5.2f}{'  too long' if row.too_long else ''}"
        too_long = too_long or row.too_long
        print(f"{case.title:44} {told}", flush=True)
    sys.exit(too_long)


if __name__ == "__main__":
    main()
