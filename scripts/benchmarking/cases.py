"""What `doubling.py` measures: something that reads an input of any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Run = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """Something that reads an input of any size.

    Attributes:
        kind: What reads; the benchmark's table has a row for each.
        what: What is read.
        size: Of the smaller input, in whatever `made` counts.
        made: Makes an input of a size in a folder, and gives what reads it.
    """

    kind: str
    what: str
    size: int
    made: Callable[[int, Path], Run]

    @property
    def title(self) -> str:
        """What reads what."""
        return f"{self.kind}, {self.what}"
