"""Keeps each computation to one core, for as long as anyone computes.

Of many small matrix products each is quicker on one core than shared out among several. How many
cores the linear algebra library takes is a setting of the whole process, so threads that compute
at the same time share one wish: the first sets it, the last sets back what was there before.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

_LOCK = threading.Lock()
_computing: list[Any] = []  # what sets back the number of cores, once for each that computes


@contextmanager
def one_core() -> Iterator[int]:
    """Matrix products within the `with` block take one core.

    Yields:
        How many cores they took before; 1 where the library does not say, or another thread, or
        a block around this one, keeps them to one.
    """
    with _LOCK:
        cores = max(blas_threads(), default=1)
        if not _computing:
            _let_this_thread_set()
        _computing.append(_computing[0] if _computing else _libraries().limit(limits=1))
    try:
        yield cores
    finally:
        with _LOCK:
            limiter = _computing.pop()
            if not _computing:
                _let_this_thread_set()
                limiter.restore_original_limits()


def blas_threads() -> list[int]:
    """How many cores numpy's linear algebra takes as things are; a number for each library of it.

    Another one that a package loads later, scipy's for instance, computes nothing here.
    """
    return [library.num_threads for library in _libraries().lib_controllers]


def _let_this_thread_set() -> None:
    """Takes the setting from the thread that set it last: threadpoolctl heeds no other."""
    for library in _libraries().lib_controllers:
        clear = getattr(library, "clear_controlling_thread", None)  # not in older ones
        if clear is not None:
            clear(force=True)


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    import numpy as np  # noqa: F401 - its library has to be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController().select(user_api="blas")
