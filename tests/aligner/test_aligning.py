"""Aligning two texts: every segment once, the right beads, honest confidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner.aligner import align_sides
from align.aligner.settings import AlignerSettings
from align.aligner.side import Side
from align.errors import InputError
from align.formats.indices import read_indices
from align.resources import data_folder
from align.scoring import score
from align.text import Span

GOLD = data_folder("corpora") / "japan-europe-cooperation" / "gold"

ENGLISH = [
    "The ferry left the harbour at six.",
    "Nobody on the quay saw it leave.",
    "A red lantern hung over the door of the inn.",
    "The harbour master wrote a letter to his sister in Lisbon.",
    "Wheat prices rose for the third year in a row.",
    "The museum bought two paintings by an unknown painter.",
    "Her brother had never learned to swim.",
    "The trial was put off until the spring.",
]
FRENCH = [
    "Le bac a quitté le port à six heures.",
    "Personne sur le quai ne l’a vu partir.",
    "Une lanterne rouge pendait au-dessus de la porte de l’auberge.",
    "Le capitaine du port écrivit une lettre à sa sœur à Lisbonne.",
    "Le prix du blé a augmenté pour la troisième année de suite.",
    "Le musée a acheté deux tableaux d’un peintre inconnu.",
    "Son frère n’avait jamais appris à nager.",
    "Le procès a été remis au printemps.",
]


def in_order(order):
    return [FRENCH[index] for index in order]


def pairs(alignment):
    """The beads as (source segments, target segments), without the unaligned ones."""
    return [(list(bead.source), list(bead.target)) for bead in alignment if bead.is_aligned]


@pytest.fixture
def align_texts(side_of, parameters):
    def run(source, target, **options):
        settings = AlignerSettings(**options)
        sides = [
            side_of(texts, language, longest=settings.longest_side)
            for texts, language in ((source, "en"), (target, "fr"))
        ]
        return align_sides(*sides, parameters, settings=settings)

    return run


@dataclass(frozen=True)
class RandomTexts:
    """Two texts of random vectors, some segments of which translate one another."""

    seed: int
    sizes: tuple[int, int]
    noise: float

    def sides(self, longest=3):
        rng = np.random.default_rng(self.seed)
        meanings = rng.normal(size=(16, 16))
        return [self._side(rng, meanings, size, longest) for size in self.sizes]

    def _side(self, rng, meanings, size, longest):
        order = np.arange(16)
        for _ in range(rng.integers(4)):  # some segments stand elsewhere, others are lacking
            order = np.insert(np.delete(order, taken := rng.integers(16)), rng.integers(16), taken)
        segments = meanings[np.sort(order[:size]) if rng.random() < 0.5 else order[:size]]
        segments = segments + rng.normal(size=(size, 16)) * self.noise
        vectors = np.zeros((longest, size, 16), dtype=np.float32)
        for length in range(1, longest + 1):
            for first in range(size - length + 1):
                whole = segments[first : first + length].sum(axis=0)
                vectors[length - 1, first] = whole / np.linalg.norm(whole)
        return Side(vectors, rng.integers(0, 400, size), np.cumsum(rng.integers(0, 2, size)))


random_texts = st.builds(
    RandomTexts,
    seed=st.integers(0, 2**32 - 1),
    sizes=st.tuples(st.integers(0, 14), st.integers(0, 14)),
    noise=st.sampled_from([0.1, 1.0, 10.0]),
)


@given(texts=random_texts, largest=st.integers(3, 6), moves=st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_two_texts_are_aligned_completely(parameters, texts, largest, moves):
    alignment = align_sides(
        *texts.sides(), parameters, settings=AlignerSettings(largest_bead=largest, moves=moves)
    )
    # That every segment is in one bead, the alignment itself makes sure of.
    assert (alignment.source_size, alignment.target_size) == texts.sizes
    for bead in alignment:
        assert max(len(bead.source), len(bead.target)) <= 6  # of two spans that are encoded
        assert len(bead.source) + len(bead.target) <= largest
        assert bead.confidence is None or 0 <= bead.confidence <= 1
        if bead.is_aligned:
            assert -1 <= bead.score <= 1
        else:
            assert bead.score is None
            assert len(bead.source) + len(bead.target) == 1
            assert not bead.moved


@given(texts=random_texts)
@settings(max_examples=60, deadline=None)
def test_beads_stand_in_the_order_of_the_source(parameters, texts):
    alignment = align_sides(*texts.sides(), parameters)
    sources = [bead.source for bead in alignment if len(bead.source)]
    assert sources == sorted(sources)


@given(texts=random_texts)
@settings(max_examples=60, deadline=None)
def test_without_moved_beads_the_order_of_the_target_is_kept(parameters, texts):
    alignment = align_sides(*texts.sides(), parameters, settings=AlignerSettings(moves=False))
    targets = [bead.target for bead in alignment if len(bead.target)]
    assert targets == sorted(targets)
    assert not any(bead.moved for bead in alignment)


@given(texts=random_texts)
@settings(max_examples=60, deadline=None)
def test_beads_of_single_segments_only(parameters, texts):
    options = AlignerSettings(longest_side=1)
    alignment = align_sides(*texts.sides(longest=1), parameters, settings=options)
    assert all(len(bead.source) <= 1 and len(bead.target) <= 1 for bead in alignment)


@given(texts=random_texts)
@settings(max_examples=20, deadline=None)
def test_the_same_texts_align_the_same_way(parameters, texts):
    assert align_sides(*texts.sides(), parameters) == align_sides(*texts.sides(), parameters)


def test_translations_align_one_to_one(align_texts):
    alignment = align_texts(ENGLISH, FRENCH)
    assert pairs(alignment) == [([n], [n]) for n in range(len(ENGLISH))]
    assert min(bead.confidence for bead in alignment) > 0.8


def test_a_text_aligns_with_itself(side_of, parameters):
    side = side_of(ENGLISH, "en")
    alignment = align_sides(side, side, parameters)
    assert alignment.kinds() == {"1-1": len(ENGLISH)}
    assert all(0.99 < bead.score <= 1 for bead in alignment)
    assert min(bead.confidence for bead in alignment) > 0.9


def test_merged_sentences_make_one_bead(align_texts):
    merged = [*FRENCH[:2], f"{FRENCH[2][:-1]}, et {FRENCH[3]}", *FRENCH[4:]]
    assert ([2, 3], [2]) in pairs(align_texts(ENGLISH, merged))


def test_a_split_sentence_makes_one_bead(align_texts):
    english = [*ENGLISH[:2], f"{ENGLISH[2][:-1]}, and {ENGLISH[3]}", *ENGLISH[4:]]
    assert ([2], [2, 3]) in pairs(align_texts(english, FRENCH))


def test_a_missing_sentence_stays_alone(align_texts):
    alignment = align_texts(ENGLISH, in_order([0, 1, 2, 4, 5, 6, 7]))
    [alone] = [bead for bead in alignment if not bead.is_aligned]
    assert (alone.source, alone.target) == (Span(3, 4), Span(3, 3))
    assert len(pairs(alignment)) == 7


def test_an_added_sentence_stays_alone(align_texts):
    added = "Cette phrase est une remarque de la traductrice sur les horaires des trains."
    alignment = align_texts(ENGLISH, [*FRENCH[:4], added, *FRENCH[4:]])
    [alone] = [bead for bead in alignment if not bead.is_aligned]
    assert (alone.source, alone.target) == (Span(4, 4), Span(4, 5))
    assert alone.score is None


def test_neighbours_that_changed_places_cross(align_texts):
    alignment = align_texts(ENGLISH, in_order([0, 1, 3, 2, 4, 5, 6, 7]))
    assert pairs(alignment)[2:4] == [([2], [3]), ([3], [2])]
    assert [bead.moved for bead in alignment] == [False] * 3 + [True] + [False] * 4


def test_a_sentence_moved_far_is_found_and_marked(align_texts):
    alignment = align_texts(ENGLISH, in_order([6, 0, 1, 2, 3, 4, 5, 7]))
    [moved] = [bead for bead in alignment if bead.moved]
    assert (moved.source, moved.target) == (Span(6, 7), Span(0, 1))
    assert moved.confidence >= 0.5
    assert moved.score > 0.5
    assert len(pairs(alignment)) == 8


def test_moves_may_be_left_out(align_texts):
    alignment = align_texts(ENGLISH, in_order([6, 0, 1, 2, 3, 4, 5, 7]), moves=False)
    assert not any(bead.moved for bead in alignment)
    targets = [bead.target for bead in alignment if len(bead.target)]
    assert targets == sorted(targets)


@pytest.mark.parametrize(("longest", "largest"), [(1, 8), (2, 3), (3, 2), (2, 8), (4, 4)])
def test_no_bead_is_larger_than_wanted(align_texts, longest, largest):
    merged = [" ".join(FRENCH[:4]), " ".join(FRENCH[6:]), *FRENCH[4:6]]
    alignment = align_texts(ENGLISH, merged, longest_side=longest, largest_bead=largest)
    for bead in alignment:
        assert max(len(bead.source), len(bead.target)) <= longest
        assert len(bead.source) + len(bead.target) <= largest


@pytest.mark.parametrize("sizes", [(0, 0), (0, 3), (3, 0)])
def test_nothing_aligns_with_nothing(align_texts, sizes):
    alignment = align_texts(ENGLISH[: sizes[0]], FRENCH[: sizes[1]])
    assert (alignment.source_size, alignment.target_size) == sizes
    assert pairs(alignment) == []
    assert all(bead.score is None for bead in alignment)


@pytest.mark.parametrize("place", [0, 4, 7])
def test_one_sentence_finds_its_place_among_many(align_texts, place):
    found = pairs(align_texts([ENGLISH[place]], FRENCH))
    assert len(found) == 1
    assert place in found[0][1]
    found = pairs(align_texts(ENGLISH, [FRENCH[place]]))
    assert len(found) == 1
    assert place in found[0][0]


def test_empty_segments_among_others_do_no_harm(align_texts):
    alignment = align_texts([*ENGLISH[:4], "", *ENGLISH[4:]], [FRENCH[0], "", *FRENCH[1:]])
    found = pairs(alignment)
    assert ([0], [0]) in found
    assert ([8], [8]) in found


def test_unlike_texts_are_not_sure(align_texts):
    other = ["La recette demande trois œufs.", "Battez les blancs en neige.", "Servez froid."]
    sure = [bead.confidence for bead in align_texts(ENGLISH, other) if bead.is_aligned]
    assert max(sure, default=0) < 0.9


def test_a_longer_text_searched_in_a_band_aligns_as_when_searched_whole(
    side_of, parameters, monkeypatch
):
    source, target = (texts * 16 for texts in (ENGLISH, FRENCH))
    numbered = [f"{number}. {text}" for number, text in enumerate(source)]
    translated = [f"{number}. {text}" for number, text in enumerate(target)]
    del translated[60:80]
    sides = side_of(numbered, "en"), side_of(translated, "fr")
    whole = align_sides(*sides, parameters, settings=AlignerSettings(full_search=True))
    monkeypatch.setattr("align.aligner.aligner.FULL_SEARCH_NODES", 0)
    banded = align_sides(*sides, parameters)
    assert [bead.kind for bead in banded] == [bead.kind for bead in whole]
    assert [bead.target for bead in banded] == [bead.target for bead in whole]
    np.testing.assert_allclose(
        [bead.confidence for bead in banded], [bead.confidence for bead in whole], atol=0.001
    )


@pytest.mark.parametrize("language", ["ja", "zh-Hans", "zh-Hant", "fr", "es", "ar", "ru"])
def test_a_real_article_is_aligned_nearly_without_a_fault(side_of, parameters, language):
    texts = [
        (GOLD / f"{name}.segments").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        for name in ("en", language)
    ]
    alignment = align_sides(side_of(texts[0], "en"), side_of(texts[1], language), parameters)
    scores = score(read_indices(GOLD / f"en-{language}.gold"), alignment)
    assert scores.strict.f1 > 0.85
    assert scores.lax.f1 > 0.95


def test_progress_counts_every_source_segment(side_of, parameters):
    done = []
    texts = ENGLISH * 20
    align_sides(side_of(texts, "en"), side_of(FRENCH, "fr"), parameters, advance=done.append)
    assert sum(done) == len(texts)


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"longest_side": 0}, "longest_side is 0; it goes from 1 to 8"),
        ({"longest_side": 9}, "longest_side is 9; it goes from 1 to 8"),
        ({"largest_bead": 1}, "largest_bead is 1; it is at least 2"),
    ],
)
def test_settings_that_make_no_sense_are_refused(options, fault):
    with pytest.raises(InputError) as raised:
        AlignerSettings(**options)
    assert str(raised.value) == fault


def test_lines_without_text_are_never_part_of_a_bead(align_texts):
    source = [*ENGLISH[:3], "", "", *ENGLISH[3:6], "", *ENGLISH[6:]]
    target = [FRENCH[0], "", *FRENCH[1:5], "", "", *FRENCH[5:]]
    for bead in align_texts(source, target):
        texts = [source[i] for i in bead.source] + [target[j] for j in bead.target]
        assert all(texts) or len(texts) == 1
