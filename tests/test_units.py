"""Translation units: alignments joined through the pivot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.beads import Alignment, Bead
from align.documents.model import Block, Document
from align.edition import Edition
from align.segmentation.model import Segment
from align.text import Span
from align.units import TranslationUnit, Variant, is_accepted, join_units, pair_units

LANGUAGES = ["fr", "ja", "ar"]


def edition(language, size):
    """An edition of so many segments, each named for its language and place."""
    texts = [f"{language}{number}" for number in range(size)]
    text = "\n".join(texts)
    segments, start = [], 0
    for one in texts:
        segments.append(Segment(one, start, start + len(one), block=0))
        start += len(one) + 1
    return Edition(language, Document(text, (Block("paragraph", 0, len(text)),)), tuple(segments))


def bead(source, target, confidence=None, score=None, moved=False):
    return Bead(Span(*source), Span(*target), score, confidence, moved)


def join(pivot_size, alignments, min_confidence=0.0):
    editions = {"en": edition("en", pivot_size)}
    for language, alignment in alignments.items():
        editions[language] = edition(language, alignment.target_size)
    return join_units(editions, alignments, pivot="en", min_confidence=min_confidence)


def segments_of(unit):
    return {variant.language: variant.segments for variant in unit.variants}


@st.composite
def articles(draw):
    """A pivot's size and alignments of one to three languages with it."""
    size = draw(st.integers(0, 8))
    languages = LANGUAGES[: draw(st.integers(1, 3))]
    return size, {language: draw(alignments(size)) for language in languages}


@st.composite
def alignments(draw, source_size):
    """Random beads over the pivot, crossing and unsure ones among them."""
    beads, start = [], 0
    targets = []
    while start < source_size:
        stop = min(start + draw(st.integers(1, 3)), source_size)
        length = draw(st.integers(0, 2))
        if not length:
            stop = start + 1
        targets.append(length)
        beads.append(Span(start, stop))
        start = stop
    target_size = sum(targets)
    order = draw(st.permutations(range(len(beads)))) if draw(st.booleans()) else range(len(beads))
    place, spans = 0, {}
    for index in order:
        spans[index] = Span(place, place + targets[index])
        place += targets[index]
    confidences = st.none() | st.floats(0, 1)
    found = [
        Bead(
            source,
            spans[index],
            draw(st.floats(-1, 1)) if targets[index] else None,
            draw(confidences),
            moved=bool(targets[index]) and draw(st.booleans()),
        )
        for index, source in enumerate(beads)
    ]
    added = draw(st.integers(0, 2))
    found += [
        Bead(Span(source_size, source_size), Span(target_size + n, target_size + n + 1))
        for n in range(added)
    ]
    return Alignment(tuple(found), source_size, target_size + added)


thresholds = st.sampled_from([0.0, 0.5, 0.9, 1.0])


@given(article=articles(), threshold=thresholds)
def test_every_segment_is_in_one_variant_of_one_unit(article, threshold):
    size, of_languages = article
    units = join(size, of_languages, threshold)
    sizes = {"en": size} | {language: one.target_size for language, one in of_languages.items()}
    for language, count in sizes.items():
        used = [
            segment
            for unit in units
            for variant in unit.variants
            if variant.language == language
            for segment in variant.segments
        ]
        assert sorted(used) == list(range(count))


@given(article=articles(), threshold=thresholds)
def test_a_unit_has_each_language_once_the_pivot_first_and_no_empty_variant(article, threshold):
    for unit in join(*article, threshold):
        languages = [variant.language for variant in unit.variants]
        assert len(languages) == len(set(languages)) > 0
        assert "en" not in languages[1:]
        assert all(variant.segments for variant in unit.variants)


@given(article=articles(), threshold=thresholds)
def test_pivot_segments_that_an_accepted_bead_needs_share_a_unit(article, threshold):
    size, of_languages = article
    units = join(size, of_languages, threshold)
    unit_of = {
        segment: number
        for number, unit in enumerate(units)
        for segment in segments_of(unit).get("en", ())
    }
    together = {
        (segment, segment + 1)
        for alignment in of_languages.values()
        for one in alignment
        if is_accepted(one, threshold)
        for segment in list(one.source)[:-1]
    }
    for segment in range(size - 1):
        shares = unit_of[segment] == unit_of[segment + 1]
        assert shares is ((segment, segment + 1) in together)


@given(article=articles(), threshold=thresholds)
def test_a_variant_stands_with_the_pivot_text_its_accepted_beads_tie_it_to(article, threshold):
    size, of_languages = article
    for unit in join(size, of_languages, threshold):
        pivot = set(segments_of(unit).get("en", ()))
        for variant in unit.variants:
            if variant.language == "en":
                continue
            tied = [
                one
                for one in of_languages[variant.language]
                if is_accepted(one, threshold) and pivot.intersection(one.source)
            ]
            if not pivot:
                assert len(unit.variants) == 1
                assert (variant.score, variant.confidence) == (None, None)
                continue
            assert sorted(variant.segments) == list(variant.segments)
            assert set(variant.segments) == {segment for one in tied for segment in one.target}
            assert variant.complete is (pivot == {s for one in tied for s in one.source})
            scores = [one.score for one in tied if one.score is not None]
            sure = [one.confidence for one in tied if one.confidence is not None]
            assert variant.score == min(scores, default=None)
            assert variant.confidence == min(sure, default=None)


@given(article=articles(), threshold=thresholds)
def test_units_with_pivot_text_come_first_in_its_order(article, threshold):
    with_pivot = [
        segments_of(unit).get("en", (float("inf"),))[0] for unit in join(*article, threshold)
    ]
    assert with_pivot == sorted(with_pivot)


@given(article=articles(), threshold=thresholds)
def test_the_units_of_a_pair_are_its_accepted_beads(article, threshold):
    size, of_languages = article
    alignment = of_languages["fr"]
    units = pair_units(
        edition("en", size),
        edition("fr", alignment.target_size),
        alignment,
        min_confidence=threshold,
    )
    accepted = [one for one in alignment if is_accepted(one, threshold)]
    assert [(tuple(one.source), tuple(one.target)) for one in accepted] == [
        (segments_of(unit)["en"], segments_of(unit)["fr"]) for unit in units
    ]
    assert [unit.variant("fr").confidence for unit in units] == [one.confidence for one in accepted]
    assert [unit.variant("fr").score for unit in units] == [one.score for one in accepted]


@pytest.mark.parametrize(
    ("confidence", "accepted"), [(0.5, True), (0.49, False), (1.0, True), (None, True)]
)
def test_a_bead_is_accepted_from_the_threshold_on_or_without_any_confidence(confidence, accepted):
    assert is_accepted(bead((0, 1), (0, 1), confidence), 0.5) is accepted


@pytest.mark.parametrize("spans", [((0, 1), (0, 0)), ((0, 0), (0, 1))])
def test_an_unaligned_segment_is_never_accepted(spans):
    assert not is_accepted(bead(*spans, confidence=1.0), 0.0)


def test_text_is_joined_as_its_language_joins_it():
    french = Alignment((bead((0, 2), (0, 2)),), 2, 2)
    japanese = Alignment((bead((0, 1), (0, 2)), bead((1, 2), (2, 3))), 2, 3)
    [unit] = join(2, {"fr": french, "ja": japanese})
    assert unit.variant("en").text == "en0 en1"
    assert unit.variant("fr").text == "fr0 fr1"
    # Latin letters and digits that would touch keep a space even in Japanese.
    assert unit.variant("ja").text == "ja0 ja1 ja2"


def test_segments_merged_in_one_language_draw_the_others_together():
    merged = Alignment((bead((0, 2), (0, 1)), bead((2, 3), (1, 2))), 3, 2)
    single = Alignment(tuple(bead((n, n + 1), (n, n + 1)) for n in range(3)), 3, 3)
    units = join(3, {"fr": merged, "ja": single})
    assert [segments_of(unit) for unit in units] == [
        {"en": (0, 1), "fr": (0,), "ja": (0, 1)},
        {"en": (2,), "fr": (1,), "ja": (2,)},
    ]
    assert all(variant.complete for unit in units for variant in unit.variants)


def test_a_language_that_lacks_part_of_a_unit_is_incomplete():
    merged = Alignment((bead((0, 2), (0, 1)),), 2, 1)
    partial = Alignment((bead((0, 1), (0, 1)), bead((1, 2), (1, 1))), 2, 1)
    [unit] = join(2, {"fr": merged, "ja": partial})
    assert not unit.variant("ja").complete
    assert unit.variant("fr").complete
    assert segments_of(unit.translated()) == {"en": (0, 1), "fr": (0,)}


def test_an_unsure_bead_ties_nothing():
    unsure = Alignment((bead((0, 2), (0, 1), confidence=0.2),), 2, 1)
    units = join(2, {"fr": unsure}, min_confidence=0.5)
    assert [segments_of(unit) for unit in units] == [{"en": (0,)}, {"en": (1,)}, {"fr": (0,)}]


def test_the_least_sure_bead_speaks_for_the_variant():
    beads = (bead((0, 1), (0, 1), 0.9, 0.7), bead((1, 2), (1, 2), 0.6, 0.8))
    merged = Alignment((bead((0, 2), (0, 1)),), 2, 1)
    [unit] = join(2, {"fr": Alignment(beads, 2, 2), "ja": merged})
    assert (unit.variant("fr").confidence, unit.variant("fr").score) == (0.6, 0.7)
    assert unit.variant("ja").confidence is None


def test_a_moved_sentence_joins_the_unit_it_translates():
    crossing = Alignment((bead((0, 1), (1, 2)), bead((1, 2), (0, 1), moved=True)), 2, 2)
    units = join(2, {"fr": crossing})
    assert [segments_of(unit)["fr"] for unit in units] == [(1,), (0,)]


def test_a_language_without_a_counterpart_has_no_variant():
    [unit] = join(1, {"fr": Alignment((bead((0, 1), (0, 0)),), 1, 0)})
    assert unit.variant("fr") is None
    assert unit.translated() is None


def test_a_unit_of_one_complete_variant_is_no_translation():
    unit = TranslationUnit(
        (Variant("en", (0,), "One."), Variant("fr", (0,), "Un.", complete=False))
    )
    assert unit.translated() is None
