"""Words that go together, learnt from beads, and how far they explain others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.aligner.shapes import bead_shapes
from align.aligner.words import WordPairs
from align.wordforms import words_of

SOURCE = ["Anna sings.", "Boris hums.", "Anna sleeps.", "Boris and Anna.", "It rains."]
SOURCE += ["Boris sat.", "Some birds fly.", "A door shuts.", "Anna reads.", "Boris laughs."]
TARGET = ["Анна поёт.", "Борис гудит.", "Анна спит.", "Борис и Анна.", "Дождь.", "Борис сидел."]
TARGET += ["Птицы летят.", "Дверь закрыта.", "Анна читает.", "Борис смеётся."]
IN_ORDER = [(i, i + 1, i, i + 1) for i in range(10)]


def covered(pairs: WordPairs, shape: tuple[int, int], i: int, j: int) -> float:
    shapes = bead_shapes(3, 4)
    found = pairs.covered(np.arange(11), np.arange(11), shapes)
    return float(found[i, shapes.index(shape), j])


@pytest.fixture
def learnt():
    return WordPairs(words_of(SOURCE), words_of(TARGET), IN_ORDER)


def test_names_that_share_beads_go_together_in_other_beads(learnt):
    assert covered(learnt, (1, 1), 1, 3) > 0  # Anna ⇔ Анна, two sentences further on
    assert covered(learnt, (1, 1), 1, 2) == 0  # Anna is not Борис


def test_a_bead_that_holds_both_names_is_explained_better(learnt):
    assert covered(learnt, (1, 1), 4, 4) > covered(learnt, (1, 1), 4, 3)


def test_words_that_met_once_go_with_none(learnt):
    assert covered(learnt, (1, 1), 5, 5) == 0


def test_what_both_texts_spell_alike_goes_together_at_once():
    source = words_of(["Rubinius is quick.", "So is mruby."])
    target = words_of(["Rubiniusは速い。", "mrubyも。"])
    pairs = WordPairs(source, target, [])
    shapes = bead_shapes(1, 2)
    found = pairs.covered(np.arange(3), np.arange(3), shapes)[:, 0]
    assert found[1, 1] > 0 < found[2, 2]
    assert found[1, 2] == found[2, 1] == 0


def test_names_that_clash_are_apart_and_names_that_agree_are_not():
    source = words_of(["Rubinius is quick.", "So is mruby.", "Nothing else is."])
    target = words_of(["Rubiniusは速い。", "mrubyも。", "他は遅い。"])
    one, other = WordPairs(source, target, []).spellings
    agreeing = np.linalg.norm(one - other, axis=1)
    clashing = np.linalg.norm(one[:2] - other[1::-1], axis=1)
    assert agreeing == pytest.approx([0, 0, 0])
    assert clashing == pytest.approx([np.sqrt(2)] * 2, abs=0.4)


def test_without_beads_nothing_is_learnt():
    pairs = WordPairs(words_of(SOURCE), words_of(TARGET), [])
    assert not pairs.covered(np.arange(11), np.arange(11), bead_shapes(3, 4)).any()


@given(seed=st.integers(0, 500))
def test_a_bead_is_as_covered_as_the_best_partners_of_its_words_say(seed):
    rng = np.random.default_rng(seed)
    n, m = rng.integers(3, 9, 2)
    texts = [
        [" ".join(rng.choice(words, rng.integers(0, 4))) for _ in range(count)]
        for count, words in ((n, ["abc", "def", "ghi"]), (m, ["uvw", "xyz", "rst"]))
    ]
    source, target = map(words_of, texts)
    size = int(min(n, m))
    pairs = WordPairs(source, target, [(i, i + 1, i, i + 1) for i in range(size)])
    ties = {
        (word, other): strength
        for word, other, strength in zip(
            pairs._pairs[0]._words, pairs._pairs[0]._others, pairs._pairs[0]._strength, strict=True
        )
    }
    shapes = bead_shapes(3, 5)
    found = pairs.covered(np.arange(n + 1), np.arange(m + 1), shapes)
    for place, (a, b) in enumerate(shapes):
        for i in range(a, n + 1):
            for j in range(b, m + 1):
                here = [in_segment(source, k) for k in range(i - a, i)]
                there = [in_segment(target, k) for k in range(j - b, j)]
                expected = sum(best(ties, word, there) for words in here for word in words)
                back = {(other, word): tie for (word, other), tie in ties.items()}
                expected += sum(best(back, word, here) for words in there for word in words)
                assert found[i, place, j] == pytest.approx(expected, abs=1e-5)


def in_segment(words, index):
    return words.words[words.firsts[index] : words.firsts[index + 1]].tolist()


def best(ties, word, segments):
    return max((ties.get((word, other), 0) for words in segments for other in words), default=0)
