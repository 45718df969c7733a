"""Runs blocks of numpy work side by side, on as many cores as its matrix products may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from align.one_core import one_core

Block = TypeVar("Block")
Result = TypeVar("Result")


def map_blocks(function: Callable[[Block], Result], blocks: Sequence[Block]) -> list[Result]:
    """Applies a function to every block, several at a time.

    A matrix product uses every core, what numpy does between two of them only one. So several
    blocks are computed at a time, each on one core: as many as the linear algebra library is set
    to use (`OMP_NUM_THREADS` and the like), one after the other where that is one or unknown.

    Args:
        function: Computes one block; must not depend on the others.
        blocks: The blocks.

    Returns:
        The results, in the order of the blocks; the same whatever the number of cores.
    """
    with one_core() as cores:
        workers = min(cores, len(blocks))
        if workers < 2:
            return [function(block) for block in blocks]
        with ThreadPoolExecutor(workers, thread_name_prefix="align") as pool:
            return list(pool.map(function, blocks))
