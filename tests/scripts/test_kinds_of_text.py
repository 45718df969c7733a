"""The kinds of text that the aligner is judged on, and what is drawn at random in them."""

from __future__ import annotations

import pytest
from evaluation import dev_data, kinds_of_text, perturbations
from evaluation import sets as evaluation_sets
from evaluation.dev_data import GoldPair

from align.formats.indices import IndexBead


@pytest.fixture(scope="module", params=sorted(kinds_of_text.KINDS))
def kind(request):
    """The name and the pairs of a kind; skipped where there are no development sets."""
    try:
        return request.param, kinds_of_text.KINDS[request.param]()
    except SystemExit as reason:
        pytest.skip(str(reason))


def test_every_pair_says_what_kind_it_is_of(kind):
    name, pairs = kind
    assert pairs
    assert all(pair.kind == name or pair.kind.startswith(f"{name}-") for pair in pairs)


def test_every_pair_has_gold_beads_or_blocks(kind):
    assert all(bool(pair.gold) != bool(pair.blocks) for pair in kind[1])


def test_blocks_cover_both_texts_in_order(kind):
    for pair in kind[1]:
        for side, texts in (("source", pair.source), ("target", pair.target)):
            covered = [index for block in pair.blocks for index in getattr(block, side)]
            assert not pair.blocks or covered == list(range(len(texts)))


def test_paragraphs_are_numbered_in_order_one_a_segment(kind):
    for pair in kind[1]:
        for texts, numbers in zip((pair.source, pair.target), pair.paragraphs or (), strict=False):
            assert len(numbers) == len(texts)
            assert list(numbers) == sorted(numbers)


def test_it_is_known_which_fit_has_not_seen_a_pair(kind):
    name, pairs = kind
    assert {evaluation_sets.kind_of(pair) for pair in pairs} == {
        "news" if name == "varied" else name
    }


def test_the_guides_come_as_lines_and_again_with_their_paragraphs():
    try:
        pairs = dev_data.guides()
    except SystemExit as reason:
        pytest.skip(str(reason))
    for lines, again in zip(pairs[::2], pairs[1::2], strict=True):
        assert (lines.source, lines.target) == (again.source, again.target)
        assert lines.paragraphs is None
        for block in again.blocks:
            numbers = [
                of_side[index]
                for of_side, side in zip(
                    again.paragraphs, (block.source, block.target), strict=True
                )
                for index in side
            ]
            assert len(set(numbers)) == 1


def test_programs_that_know_lines_only_get_every_text_once():
    one = GoldPair("guides", "a", "en", "fr", ("x",), ("y",), ())
    again = GoldPair("guides-paragraphs", "a", "en", "fr", ("x",), ("y",), (), (), ((0,), (0,)))
    varied = GoldPair("varied-5%", "a", "en", "fr", ("x",), ("y",), (), (), ((0,), (0,)))
    assert [pair.kind for pair in evaluation_sets.lines_of([one, again, varied])] == [
        "guides",
        "varied-5%",
    ]
    assert all(pair.paragraphs is None for pair in evaluation_sets.lines_of([one, again, varied]))


def test_varied_stories_differ_in_their_gaps_and_half_have_paragraphs():
    try:
        pairs = perturbations.varied_stories()
    except SystemExit as reason:
        pytest.skip(str(reason))
    shares = {}
    for kind in sorted({pair.kind for pair in pairs}):
        beads = [bead for pair in pairs if pair.kind == kind for bead in pair.gold]
        shares[kind] = sum(not (bead.source and bead.target) for bead in beads) / len(beads)
    assert shares["varied-0%"] == 0
    assert shares["varied-1%"] == pytest.approx(0.01, abs=0.005)
    assert shares["varied-5%"] == pytest.approx(0.05, abs=0.015)
    assert shares["varied-13%"] == pytest.approx(0.13, abs=0.02)
    assert sum(pair.paragraphs is not None for pair in pairs) / len(pairs) == pytest.approx(
        0.5, abs=0.08
    )


def test_rates_are_scaled_by_what_they_make():
    rates = perturbations.Rates().scaled(gaps=0, joined=2, cut=0.5)
    assert (rates.lost, rates.shortened, rates.added, rates.fragments, rates.replaced) == (0,) * 5
    assert rates.joined == 2 * perturbations.Rates().joined
    assert rates.cut == perturbations.Rates().cut / 2


def test_a_segment_that_opens_a_paragraph_begins_the_next_number():
    pair = GoldPair("news", "a", "en", "fr", tuple("abcd"), tuple("xyz"), ())
    assert perturbations.with_paragraphs(pair, ({1, 3}, {2})).paragraphs == (
        (0, 1, 1, 2),
        (0, 0, 1),
    )
    assert perturbations.with_paragraphs(pair, (set(), set())).paragraphs is None


def test_only_news_are_given_paragraphs_and_always_the_same():
    beads = tuple(IndexBead((n,), (n,)) for n in range(200))
    texts = ("x",) * 200
    given = {
        kind: [
            perturbations.paragraphs(GoldPair(kind, f"{n}", "en", "fr", texts, texts, beads))
            for n in range(20)
        ]
        for kind in ("ntrex", "news", "varied-5%", "novels", "perturbed")
    }
    assert 5 <= sum(any(opens) for opens in given["news"]) <= 15
    assert given["news"] == given["ntrex"] == given["varied-5%"]
    assert not any(any(opens) for opens in given["novels"] + given["perturbed"])


def test_unrelated_texts_are_those_of_neighbours_and_nothing_of_them_corresponds():
    pairs = [
        GoldPair("novels", name, "en", "fr", (f"{name} en",), (f"{name} fr", "more"), ())
        for name in "abc"
    ]
    exchanged = evaluation_sets.exchanged(pairs)
    assert [(pair.source[0], pair.target[0]) for pair in exchanged] == [
        ("a en", "b fr"),
        ("b en", "c fr"),
        ("c en", "a fr"),
    ]
    assert {pair.kind for pair in exchanged} == {"unrelated-novels"}
    assert not any(map(evaluation_sets.has_counterparts, exchanged))
    assert evaluation_sets.nothing_aligned(1, 2) == (
        IndexBead((0,), ()),
        IndexBead((), (0,)),
        IndexBead((), (1,)),
    )
