"""The baseline file: findings that were accepted, a line each, to be kept with the translation.

Its schema is `schemas/baseline.schema.json`. The lines are sorted, so that two versions of the
file differ only where findings were accepted or are gone.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from align.checks.baseline import AcceptedFinding, Baseline
from align.formats.json_files import read_json, write_json

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "align-baseline"
VERSION = 1


def write_baseline(path: Path | str, baseline: Baseline) -> None:
    """Writes a baseline; `-` is standard output.

    Raises:
        OutputError: If the file cannot be written.
    """
    accepted = [asdict(each) for each in sorted(baseline.accepted)]
    write_json(path, {"format": FORMAT, "version": VERSION, "accepted": accepted})


def read_baseline(path: Path | str) -> Baseline:
    """Reads what `write_baseline` wrote.

    Args:
        path: The file; `-` is standard input.

    Raises:
        InputError: If the file cannot be read or does not fit the schema.
    """
    content = read_json(path, what="a baseline", name=FORMAT, version=VERSION, schema="baseline")
    return Baseline(tuple(sorted(AcceptedFinding(**each) for each in content["accepted"])))
