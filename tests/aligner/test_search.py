"""The search stretch by stretch: what it finds is what a search of the whole lattice finds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.aligner import search as searching
from align.aligner.aligner import StepScorer, align_sides
from align.aligner.bands import Band, full_band
from align.aligner.features import PairFeatures
from align.aligner.search import search, solve
from align.aligner.settings import AlignerSettings
from align.aligner.shapes import bead_shapes
from align.aligner.side import Side

DATA = Path(os.environ.get("ALIGN_DEV_DATA") or Path(__file__).parents[3] / "shared" / "data")
DIMENSION = 32
LONGEST = 4

Text = list[tuple[int, ...]]
"""Segments, each as what it says: the numbers of one or more meanings."""


def texts_of(source: Text, target: Text, *, noise: float = 0.4, seed: int = 0) -> tuple[Side, Side]:
    """Two texts with random vectors; segments that say the same have like ones, and like lengths.

    The vector of a span is the mean of what its segments say, as with a real encoder.
    """
    rng = np.random.default_rng(seed)
    count = 1 + max(number for text in (source, target) for says in text for number in says)
    meanings = rng.normal(size=(count, DIMENSION))
    characters = rng.integers(30, 200, count)
    sides = []
    for text in (source, target):
        segments = np.array([meanings[list(says)].sum(axis=0) for says in text])
        segments += rng.normal(size=segments.shape) * noise
        lengths = np.array([characters[list(says)].sum() for says in text])
        sides.append(Side(spans_of(segments), lengths, np.zeros(len(text), dtype=np.int64)))
    return sides[0], sides[1]


def spans_of(segments: np.ndarray) -> np.ndarray:
    totals = np.concatenate((np.zeros((1, DIMENSION)), np.cumsum(segments, axis=0)))
    vectors = np.zeros((LONGEST, len(segments), DIMENSION), dtype=np.float32)
    for length in range(1, min(LONGEST, len(segments)) + 1):
        sums = totals[length:] - totals[:-length]
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        vectors[length - 1, : len(sums)] = sums / np.maximum(norms, 1e-9)
    return vectors


def edited(numbers, *, seed=1, merged=0.1, lost=0.05, added=0.03) -> tuple[Text, Text]:
    """Meanings told by two texts: some segments merged, some lost, some of a text's own."""
    rng = np.random.default_rng(seed)
    sides: tuple[Text, Text] = ([], [])
    waiting = list(numbers)
    own = 1_000_000
    while waiting:
        chance, one = rng.random(), int(rng.integers(2))
        number = waiting.pop(0)
        if chance < merged and waiting:
            following = waiting.pop(0)
            sides[one].append((number, following))
            sides[1 - one].extend([(number,), (following,)])
            continue
        if chance >= merged + lost:
            sides[one].append((number,))
        sides[1 - one].append((number,))
        if rng.random() < added:
            sides[one].append((own,))
            own += 1
    return compact(*sides)


def compact(source: Text, target: Text) -> tuple[Text, Text]:
    """The same with consecutive numbers."""
    known: dict[int, int] = {}
    return tuple(  # type: ignore[return-value]
        [tuple(known.setdefault(number, len(known)) for number in says) for says in text]
        for text in (source, target)
    )


def told_alike(source: Text, target: Text) -> set[tuple[int, int]]:
    """The pairs of segments that say the same and nothing else."""
    places = {says: j for j, says in enumerate(target)}
    return {(i, places[says]) for i, says in enumerate(source) if says in places}


def one_to_one(alignment) -> set[tuple[int, int]]:
    return {
        (bead.source.start, bead.target.start)
        for bead in alignment
        if bead.kind == "1-1" and not bead.moved
    }


def whole_and_part(sides, parameters):
    """The alignment by a search of everything, and by the search as it is for long texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("align.aligner.aligner.FULL_SEARCH_NODES", 0)
        part = align_sides(*sides, parameters)
    return align_sides(*sides, parameters, settings=AlignerSettings(full_search=True)), part


def assert_the_same(whole, part, *, share=0.999, tolerance=0.002):
    """Nearly all beads of one are in the other, with the same confidence."""
    expected = {(bead.source, bead.target): bead.confidence for bead in whole}
    found = {(bead.source, bead.target): bead.confidence for bead in part}
    common = expected.keys() & found.keys()
    assert len(common) >= share * len(expected)
    assert max(abs(expected[place] - found[place]) for place in common) <= tolerance


@dataclass
class Lattice:
    """Two small random texts, and the scorer of the steps through their lattice."""

    scorer: StepScorer
    features: PairFeatures
    rows: int
    columns: int


@pytest.fixture(scope="session")
def lattice_of(parameters):
    def make(count, seed, noise):
        sides = texts_of(*edited(range(count), seed=seed), seed=seed, noise=noise)
        features = PairFeatures(*sides, bead_shapes(4, 8))
        scorer = StepScorer(features, parameters.second)
        return Lattice(scorer, features, len(sides[0]) + 1, len(sides[1]) + 1)

    return make


def run(band, lattice):
    """The whole path and the probabilities of its steps."""
    path, chances = [], []
    for some, of_some in search(band, lattice.scorer.steps):
        path += some
        chances += of_some.tolist()
    return path, chances


NO_ANCHORS = np.zeros((0, 2), dtype=np.int64)

lattices = {
    "count": st.integers(3, 60),
    "seed": st.integers(0, 10_000),
    "noise": st.sampled_from([0.2, 1.0, 3.0]),
}


@given(**lattices)
@settings(max_examples=40, deadline=None)
def test_a_band_that_covers_the_lattice_finds_what_the_whole_search_does(
    lattice_of, count, seed, noise
):
    lattice = lattice_of(count, seed, noise)
    whole = solve(lattice.scorer.steps(full_band(lattice.rows, lattice.columns)))
    path, chances = run(Band(NO_ANCHORS, lattice.rows, lattice.columns), lattice)
    assert path == whole.path
    np.testing.assert_allclose(chances, whole.chances, atol=1e-6)


@given(**lattices, stretch=st.integers(2, 20))
@settings(max_examples=40, deadline=None)
def test_cutting_at_sure_nodes_changes_no_bead(lattice_of, count, seed, noise, stretch):
    lattice = lattice_of(count, seed, noise)
    whole = solve(lattice.scorer.steps(full_band(lattice.rows, lattice.columns)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "_STRETCH", stretch)
        patch.setattr(searching, "_AHEAD", 8)
        band = Band(lattice.features.matches.anchors, lattice.rows, lattice.columns)
        path, chances = run(band, lattice)
    if path == whole.path:
        np.testing.assert_allclose(chances, whole.chances, atol=5e-3)
    else:  # only where one is as good as the other
        likely = {step for step, chance in zip(whole.path, whole.chances, strict=True)
                  if chance > 0.6}  # fmt: skip
        assert likely <= set(path)


@given(**lattices)
@settings(max_examples=40, deadline=None)
def test_the_parts_of_the_path_join(lattice_of, count, seed, noise):
    lattice = lattice_of(count, seed, noise)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "_STRETCH", 4)
        patch.setattr(searching, "_AHEAD", 3)
        patch.setattr(searching, "_MOST_NODES", 300)  # most stretches end where nothing is sure
        path, chances = run(Band(NO_ANCHORS, lattice.rows, lattice.columns), lattice)
    node = (0, 0)
    for i, i_stop, j, j_stop in path:
        assert (i, j) == node
        node = (i_stop, j_stop)
    assert node == (lattice.rows - 1, lattice.columns - 1)
    assert np.all((np.array(chances) >= 0) & (np.array(chances) <= 1))


def test_what_both_texts_have_alone_is_left_out_of_the_source_first(parameters):
    source: Text = [(number,) for number in range(40)]
    target: Text = [(number if not 15 <= number < 25 else number + 100,) for number in range(40)]
    alignment = align_sides(*texts_of(*compact(source, target)), parameters)
    kinds = [bead.kind for bead in alignment]
    assert "1-0" in kinds
    assert "0-1" in kinds
    for first, second in pairwise(kinds):
        assert (first, second) != ("0-1", "1-0")


def test_the_band_is_widened_where_anchors_mislead(lattice_of):
    lattice = lattice_of(400, 5, 0.4)
    anchors = lattice.features.matches.anchors
    whole = solve(lattice.scorer.steps(full_band(lattice.rows, lattice.columns)))
    misled = anchors.copy()
    misled[100:160, 1] += 60
    misled = np.vstack((misled[:160], anchors[anchors[:, 1] > misled[159, 1]]))
    path, chances = run(Band(misled, lattice.rows, lattice.columns), lattice)
    assert path == whole.path
    np.testing.assert_allclose(chances, whole.chances, atol=5e-3)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_long_text_is_aligned_as_by_a_search_of_everything(parameters, seed):
    sides = texts_of(*edited(range(1200), seed=seed), seed=seed)
    assert_the_same(*whole_and_part(sides, parameters))


@pytest.mark.parametrize(
    ("lacking", "first"), [("target", 300), ("source", 300), ("target", 0), ("source", 0)]
)
def test_a_missing_chapter_is_left_out_as_by_a_search_of_everything(parameters, lacking, first):
    source, target = edited(range(1000), seed=4)
    del (source if lacking == "source" else target)[first : first + 250]
    whole, part = whole_and_part(texts_of(source, target), parameters)
    assert_the_same(whole, part)
    assert len(one_to_one(part) & told_alike(source, target)) > 0.9 * len(
        told_alike(source, target)
    )


@pytest.mark.parametrize("name", ["textberg", "ja", "fr", "ar"])
def test_real_texts_are_aligned_as_by_a_search_of_everything(use_encoder, parameters, name):
    if not DATA.is_dir():
        pytest.skip(f"no development sets in {DATA}; set ALIGN_DEV_DATA to their folder")
    if name == "textberg":
        files = {"de": DATA / "textberg-dev" / "dev.de", "fr": DATA / "textberg-dev" / "dev.fr"}
    else:
        folder = DATA / "ntrex-dev" / "perturbed-one-document" / name
        files = {"en": folder / "all.src", name: folder / "all.tgt"}
    sides = []
    for language, file in files.items():
        texts = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        vectors = use_encoder.encode_spans(texts, longest=LONGEST, language=language)
        lengths = np.array([len(text) for text in texts])
        sides.append(Side(vectors, lengths, np.zeros(len(texts), dtype=np.int64)))
    assert_the_same(*whole_and_part(sides, parameters))


LONG = {
    "as it is": (edited(range(5000), seed=6)),
    "without a chapter": (lambda s, t: (s, t[:1000] + t[1900:]))(*edited(range(5000), seed=7)),
    "with a preface": compact(
        [(1_000_000 + n,) for n in range(800)] + [(n,) for n in range(4000)],
        [(n,) for n in range(4000)],
    ),
    "a chapter rewritten": compact(
        [(n,) for n in range(4000)],
        [(n if not 1500 <= n < 2000 else 1_000_000 + n,) for n in range(4000)],
    ),
}


@pytest.mark.parametrize("texts", LONG.values(), ids=LONG)
def test_texts_too_long_to_compare_whole_are_aligned(parameters, texts):
    source, target = texts
    alignment = align_sides(*texts_of(source, target), parameters)
    alike = told_alike(source, target)
    assert len(one_to_one(alignment) & alike) > 0.97 * len(alike)
    mismatched = [
        bead
        for bead in alignment
        if bead.kind == "1-1"
        and bead.confidence > 0.9
        and not set(source[bead.source.start]) & set(target[bead.target.start])
    ]
    assert len(mismatched) < 0.01 * len(alignment)


def test_a_passage_that_stands_twice_in_a_row_is_aligned_in_order(parameters):
    passage = list(range(300, 325))
    order = [*range(300), *passage, *passage, *range(325, 600)]
    text: Text = [(number,) for number in order]
    alignment = align_sides(*texts_of(text, text, noise=0.3), parameters)
    assert alignment.kinds() == {"1-1": len(text)}


@pytest.fixture
def searched_at_once(monkeypatch):
    """How many nodes each stretch has that is searched, and held in memory, at once."""
    sizes = []

    def watched(steps):
        sizes.append(sum((block.bottom - block.top) * block.width for block in steps.blocks))
        return solve(steps)

    monkeypatch.setattr(searching, "solve", watched)
    return sizes


def test_unrelated_texts_are_searched_in_bounded_stretches(
    parameters, monkeypatch, searched_at_once
):
    monkeypatch.setattr(searching, "_MOST_NODES", 60_000)
    monkeypatch.setattr("align.aligner.bands._LARGEST_RECTANGLE", 10_000)
    monkeypatch.setattr("align.aligner.bands._WIDEST", 128)
    source: Text = [(number,) for number in range(900)]
    target: Text = [(number,) for number in range(900, 1800)]
    alignment = align_sides(*texts_of(source, target), parameters)
    assert (alignment.source_size, alignment.target_size) == (900, 900)
    assert max(searched_at_once) < 2 * 60_000
    assert sum(searched_at_once) < 60 * 60_000


@pytest.mark.parametrize(("rows", "columns"), [(1, 9000), (9000, 1), (30, 6000), (6000, 30)])
def test_texts_of_very_different_length_are_aligned(parameters, rows, columns):
    source: Text = [(number,) for number in range(4000, 4000 + rows)]
    target: Text = [(number,) for number in range(columns)]
    alignment = align_sides(*texts_of(source, target), parameters)
    assert (alignment.source_size, alignment.target_size) == (rows, columns)


def test_what_is_searched_grows_no_faster_than_the_text(parameters, searched_at_once):
    counted = []
    for size in (1000, 2000):
        searched_at_once.clear()
        align_sides(*texts_of(*edited(range(size), seed=9)), parameters)
        counted.append((max(searched_at_once), sum(searched_at_once)))
    (largest, total), (largest_of_twice, total_of_twice) = counted
    assert largest_of_twice < 2.5 * largest
    assert total_of_twice < 2.5 * total
    assert total_of_twice < 0.1 * 2001 * 2001
