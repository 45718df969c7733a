"""The clean parts of a corpus: pairs that no rule has dropped, each once in the whole corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from align.corpus.filters import DUPLICATES, NEAR_DUPLICATES, SAMPLE, keys_of, shown
from align.corpus.parts import DROPPED, PartRow, read_rows, write_rows
from align.corpus.plan import Plan

CLEAN = "clean"
"""Folder of the clean parts."""

_Keys = npt.NDArray[np.uint64]


def clean_parts(output: Path, plan: Plan) -> dict[str, dict[str, Any]]:
    """Writes the clean parts.

    Of pairs that are the same, or whose letters are, the first is kept. It holds two numbers a
    pair, not its text.

    Returns:
        For the two rules of duplicates how many pairs each dropped, and the first of them.
    """
    exact, near = _repeated(output, plan)
    tally: dict[str, dict[str, Any]] = {
        name: {"dropped": 0, "sample": []} for name in (DUPLICATES, NEAR_DUPLICATES)
    }
    at = 0

    def kept(shard: int) -> Iterator[PartRow]:
        nonlocal at
        for row in _pairs(output, plan, shard):
            rule = DUPLICATES if exact[at] else NEAR_DUPLICATES if near[at] else None
            at += 1
            if rule is None:
                yield {name: value for name, value in row.items() if name != DROPPED}
                continue
            tally[rule]["dropped"] += 1
            if len(tally[rule]["sample"]) < SAMPLE:
                tally[rule]["sample"].append(shown(row))

    for shard in range(plan.shards):
        write_rows(
            output,
            f"{CLEAN}/{plan.part_of(shard)}",
            kept(shard),
            columns=plan.columns,
            note=plan.signature,
            to=plan.format,
        )
    return tally


def has_clean_parts(output: Path, plan: Plan) -> bool:
    """Whether the clean parts are all there."""
    return all((output / CLEAN / plan.part_of(shard)).is_file() for shard in range(plan.shards))


def _pairs(output: Path, plan: Plan, shard: int) -> Iterator[PartRow]:
    return (row for row in read_rows(output / plan.part_of(shard)) if row[DROPPED] is None)


def _repeated(output: Path, plan: Plan) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which pairs an earlier one repeats, exactly and nearly, in the order of the parts."""
    parts = [np.zeros((0, 2), np.uint64)]
    for shard in range(plan.shards):
        keys = b"".join(key for row in _pairs(output, plan, shard) for key in keys_of(row))
        parts.append(np.frombuffer(keys, dtype="<u8").reshape(-1, 2))
    both = np.concatenate(parts)
    return _not_first(both[:, 0]), _not_first(both[:, 1])


def _not_first(keys: _Keys) -> npt.NDArray[np.bool_]:
    _, first = np.unique(keys, return_index=True)
    repeated = np.ones(len(keys), dtype=bool)
    repeated[first] = False
    return repeated
