"""Tokens in the same surroundings are computed once, and every range is still made up of all."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from align.encoders.repeats import without_repeats

REACH = 2

lines = st.lists(st.integers(0, 2), min_size=1, max_size=80)


def laid_out(tokens):
    return np.array([-1] * REACH + tokens + [-1] * REACH), np.arange(len(tokens)) + REACH


def window(line, place):
    return tuple(line[place - REACH : place + REACH + 1].tolist())


@given(lines, st.data())
def test_ranges_sum_tokens_in_the_same_surroundings(tokens, data):
    line, places = laid_out(tokens)
    bounds = st.integers(0, len(tokens))
    ranges = [sorted(pair) for pair in data.draw(st.lists(st.tuples(bounds, bounds)))]
    low, high = np.array(ranges, dtype=np.int64).reshape(-1, 2).T
    left = without_repeats(line, places, low, high, reach=REACH)
    computed = places[left.which]
    for number, (start, stop) in enumerate(ranges):
        parts = np.flatnonzero(left.ranges == number)
        summed = [
            window(line, place)
            for part in parts
            for place in computed[left.low[part] : left.high[part]]
        ]
        assert summed == [window(line, place) for place in places[start:stop]]


def test_what_stands_twice_is_computed_once():
    text = list(range(20))
    line, places = laid_out([*text, 50, *text])
    left = without_repeats(line, places, np.array([0, 21]), np.array([20, 41]), reach=REACH)
    assert len(left.which) == 41 - (20 - 2 * REACH)
