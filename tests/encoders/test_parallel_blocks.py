"""Blocks computed side by side: the same results in the same order, and nothing left changed."""

from __future__ import annotations

import threading

import numpy as np
import pytest
import threadpoolctl

from align.encoders.parallel import map_blocks
from align.one_core import blas_threads


def test_results_are_in_the_order_of_the_blocks():
    assert map_blocks(lambda number: number * number, range(50)) == [n * n for n in range(50)]


def test_no_blocks_have_no_results():
    assert map_blocks(lambda block: block, []) == []


def test_each_block_is_computed_on_one_core():
    for count in (1, 5):
        for during in map_blocks(lambda _: blas_threads(), range(count)):
            assert set(during) <= {1}


def test_the_library_is_set_as_before_afterwards():
    before = blas_threads()
    map_blocks(lambda number: np.ones((64, 64)) @ np.ones((64, 64)), range(4))
    assert blas_threads() == before


def test_the_library_is_set_as_before_after_an_error():
    before = blas_threads()
    with pytest.raises(ZeroDivisionError):
        map_blocks(lambda number: 1 // number, [1, 0, 2])
    assert blas_threads() == before


def test_where_one_core_is_asked_for_no_thread_is_started():
    with threadpoolctl.threadpool_limits(1, user_api="blas"):
        threads = map_blocks(lambda _: threading.current_thread(), range(4))
    assert set(threads) == {threading.current_thread()}
