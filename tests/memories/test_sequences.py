"""Sequences are found by their words: what is found is what comparing with each of them finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from align.memories.sequences import SequenceIndex

WORDS = st.lists(st.sampled_from("abcdefghijklmnop"), max_size=14)


def by_comparing_each(memory, words, least):
    scores = []
    for number, other in enumerate(dict.fromkeys(map(tuple, memory))):
        longest = max(len(words), len(other))
        if other and words:
            score = 100 * (longest - Levenshtein.distance(words, other)) // longest
            if score >= least:
                scores.append((score, number))
    return scores


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(memory=st.lists(WORDS, max_size=40), words=WORDS, least=st.integers(1, 100))
def test_what_is_alike_is_found_and_nothing_else(memory, words, least):
    found = SequenceIndex(memory).alike(words, least)
    assert sorted(found) == sorted(by_comparing_each(memory, words, least))


@pytest.mark.parametrize("least", [1, 30, 50, 70, 75, 90, 99])
def test_what_is_alike_is_found_in_a_large_memory(least):
    rng = random.Random(least)
    words = [f"w{number}" for number in range(2_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    memory = [rng.choices(words, weights, k=rng.randint(1, 40)) for _ in range(5_000)]
    index = SequenceIndex(memory)
    for of in rng.sample(memory, 15):
        asked = [word if rng.random() > 0.2 else rng.choice([*words[:50], "new"]) for word in of]
        assert sorted(index.alike(asked, least)) == sorted(by_comparing_each(memory, asked, least))


def test_a_word_counts_as_often_as_it_stands():
    index = SequenceIndex([["no"] * 10, ["no"] * 4])
    assert index.alike(["no"] * 8, 50) == [(50, 1), (80, 0)]


def test_nothing_is_found_where_there_is_nothing():
    assert SequenceIndex([]).alike(["a"], 1) == []
    assert SequenceIndex([[]]).alike([], 1) == []
    assert SequenceIndex([["a"]]).alike(["b"], 1) == []


def test_more_words_than_the_first_plane_of_characters_has_are_told_apart():
    words = [f"w{number}" for number in range(0x10100)]
    index = SequenceIndex([words[start : start + 4] for start in range(0, len(words), 4)])
    assert index.alike([*words[0xD7FE:0xD801], "new"], 70) == []
    assert index.alike([*words[0xD800:0xD803], "new"], 70) == [(75, 0xD800 // 4)]
    assert index.alike(words[-4:], 70) == [(100, len(words) // 4 - 1)]
