"""Runs blocks of numpy work side by side, on as many cores as its matrix products may use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

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
    workers = min(_cores(), len(blocks))
    with _libraries().limit(limits=1, user_api="blas"):
        if workers < 2:
            return [function(block) for block in blocks]
        with ThreadPoolExecutor(workers, thread_name_prefix="align") as pool:
            return list(pool.map(function, blocks))


def _cores() -> int:
    """How many threads a matrix product uses as things are; 1 where the library does not say."""
    return max((library.num_threads for library in _libraries().lib_controllers), default=1)


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    import numpy as np  # noqa: F401 - its library has to be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
