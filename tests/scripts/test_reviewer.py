"""The simulated reviewer: what is counted until enough rows are right."""

from __future__ import annotations

import pytest
from evaluation.dev_data import GoldPair, reviewed_pairs
from evaluation.reviewer import Counted, count, judged, looked_at

from align.beads import Bead
from align.formats.indices import IndexBead
from align.review.work_list import Sharpening
from align.text import Span


@pytest.fixture
def text():
    """Four rows, of which the second and third share what gold has in one bead."""
    gold = (IndexBead((0,), (0,)), IndexBead((1, 2), (1, 2)), IndexBead((3,), ()))
    pair = GoldPair("novels", "x", "zh", "en", tuple("abcd"), tuple("xyz"), gold)
    beads = [
        Bead(Span(0, 1), Span(0, 1), 0.9, 0.6),
        Bead(Span(1, 2), Span(1, 2), 0.9, 0.5),
        Bead(Span(2, 3), Span(2, 3), 0.9, 0.99),
        Bead(Span(3, 4), Span(3, 3), None, 0.9),
    ]
    return judged(pair, beads)


def test_rows_are_judged_by_gold_and_wrong_ones_are_mended_together(text):
    assert text.wrong == [False, True, True, False]
    assert [sorted(each) for each in text.together] == [[0], [1, 2], [1, 2], [3]]


def test_a_look_at_a_wrong_row_mends_what_belongs_to_it(text):
    assert looked_at(text, [1, 0, 3, 2], most=0) == (2, 0)
    assert looked_at(text, range(4), most=0) == (3, 0)
    assert looked_at(text, [0], most=-1) == (1, 2)


def test_orders_and_the_rule_are_counted_apart(text):
    counted = Counted()
    count(text, counted, Sharpening(0.0, 0.0))
    assert (counted.rows, counted.wrong) == (4, 2)
    assert (counted.needed, counted.in_order) == (2, 3)
    assert (counted.by_rule, counted.left) == (4, 0)


def test_reviewed_alignments_are_read_as_gold(tmp_path, monkeypatch):
    import align
    from align.review.log import Entry, LogFile, fingerprint_of
    from align.review.operations import Merge

    article = align.pair("It rains. Take an umbrella.", "Il pleut. Prends un parapluie.",
                         source_language="en", target_language="fr")  # fmt: skip
    align.write_alignment(tmp_path / "one.alignment.json", article)
    monkeypatch.setenv("ALIGN_REVIEWS", str(tmp_path))
    assert reviewed_pairs() == []
    log = LogFile(tmp_path / "review.jsonl", fingerprint_of(article))
    log.append([Entry("a", "2030-01-01T00:00:00Z", Merge("fr", "source", "0"))])
    (pair,) = reviewed_pairs()
    assert pair.languages == "en-fr" and pair.gold == (IndexBead((0, 1), (0, 1)),)
