"""What comes of a review: beads, memories and files that say what a reviewer decided."""

from __future__ import annotations

import pytest
from lxml import etree

from align.formats.alignment_json import read_alignment, write_alignment
from align.formats.tmx import write_tmx
from align.review.alignment import alignment_of
from align.review.beside import with_review
from align.review.history import Review
from align.review.log import Entry, LogFile, fingerprint_of
from align.review.operations import Cut, Drop, Edit, Mark, Merge, NewRow, Realign, Unlink
from align.review.outcome import reviewed_article
from align.review.work_list import Sharpening, work_list


@pytest.fixture
def reviewed(article):
    def make(*operations):
        entries = [Entry(str(n), "2030-01-01T00:00:00Z", each) for n, each in enumerate(operations)]
        return reviewed_article(article, Review(alignment_of(article), entries), of="review.jsonl")

    return make


def test_what_a_reviewer_made_or_accepted_is_sure_and_says_so(reviewed):
    made = reviewed(Merge("ja", "source", "4"), Mark("ja", "source", "3", "accepted"))
    beads = {tuple(bead.source): bead for bead in made.alignments["ja"]}
    assert (beads[4, 5].confidence, beads[4, 5].verdict) == (1.0, "corrected")
    assert (beads[3,].confidence, beads[3,].verdict) == (1.0, "accepted")
    assert (beads[0,].confidence, beads[0,].verdict) == (0.97, None)


def test_what_is_dropped_is_in_no_unit_whatever_its_confidence(reviewed):
    made = reviewed(Mark("ja", "source", "3", "accepted"), Drop("ja", "source", "3", True))
    unit = next(
        unit for unit in made.units if unit.variant("en") and 3 in unit.variant("en").segments
    )
    assert unit.variant("ja") is None and unit.variant("ar") is not None


def test_edited_and_cut_texts_are_in_editions_and_units(reviewed, tmp_path):
    made = reviewed(Edit("ja", "source", "3", "Nobody ever sleeps."), Cut("ja", "target", "1", 10))
    text = made.editions["en"].document.text
    assert "Nobody ever sleeps.\n\nIn 1931" in text
    block = made.editions["en"].document.blocks[2]
    assert text[block.start : block.stop] == "In 1931 it went out. A ship was lost."
    assert [each.text for each in made.editions["ja"].segments[1:3]] == [
        "日暮れに灯がともる。", "油で燃える。",
    ]  # fmt: skip
    write_alignment(tmp_path / "made.alignment.json", made)
    assert read_alignment(tmp_path / "made.alignment.json") == made


def test_a_memory_has_the_property_x_reviewed(reviewed, tmp_path):
    made = reviewed(Merge("ja", "source", "4"))
    write_tmx(tmp_path / "m.tmx", made.units, languages=["en", "ja"], source="en")
    units = etree.parse(tmp_path / "m.tmx").findall(".//tu")
    said = {
        unit.findtext("tuv/seg"): {p.get("type"): p.text for p in unit.findall("prop")}
        for unit in units
    }
    merged = said["In 1931 it went out. A ship was lost."]
    assert (merged["x-reviewed"], merged["x-confidence"]) == ("corrected", "1.0000")
    assert "x-reviewed" not in said["The lighthouse"]


def test_the_signature_tells_a_review_from_another(reviewed):
    signatures = {reviewed(*some).signature for some in (
        [Merge("ja", "source", "4")], [Unlink("ja", "source", "4")], [],
    )}  # fmt: skip
    assert len(signatures) == 3


def test_the_review_beside_an_alignment_file_is_used(article, tmp_path):
    log = LogFile(tmp_path / "review.jsonl", fingerprint_of(article))
    assert with_review(article, tmp_path) is article
    log.append([Entry("a", "2030-01-01T00:00:00Z", Merge("ja", "source", "4"))])
    made = with_review(article, tmp_path)
    assert made.review.endswith("review.jsonl: 1 row corrected, 0 accepted")
    assert len(made.alignments["ja"]) == 4


def test_a_review_of_another_alignment_is_not_used_and_that_is_said(article, tmp_path):
    log = LogFile(tmp_path / "review.jsonl", "f00d")
    log.append([Entry("a", "2030-01-01T00:00:00Z", Merge("ja", "source", "4"))])
    made = with_review(article, tmp_path)
    assert made.alignments == article.alignments
    assert "is of another alignment, and is not used" in made.review


def _rows(article, *confidences):
    start = alignment_of(article).pairs["ja"]
    return [replace_confidence(row, each) for row, each in zip(start, confidences, strict=True)]


def replace_confidence(row, confidence):
    from dataclasses import replace

    return replace(row, confidence=confidence)


AS_IT_IS = Sharpening(0.0, 0.0)


def test_the_work_list_begins_with_what_is_most_doubtful_and_ends_where_enough_is_right(article):
    rows = _rows(article, 0.9, 0.5, 0.99, 0.999, 0.7)
    listed = work_list(rows, right=0.99, sharpening=AS_IT_IS)
    assert listed.rows == (1, 4, 0)
    assert listed.right == pytest.approx(1 - 0.911 / 5)
    assert listed.right_after == pytest.approx(1 - 0.011 / 5)


def test_what_is_done_is_not_on_the_list_and_what_is_marked_is(article):
    from dataclasses import replace

    rows = _rows(article, 0.9, 0.5, 1.0, 1.0, 1.0)
    rows[1] = replace(rows[1], status="accepted")
    rows[2] = replace(rows[2], status="review")
    assert work_list(rows, right=0.9, sharpening=AS_IT_IS).rows == (2,)


def test_a_row_that_was_aligned_anew_has_the_aligners_confidence(reviewed):
    new = (NewRow(("4", "5"), ("3",), 0.5, 0.8), NewRow((), ("4",), None, 0.6))
    made = reviewed(Realign("ja", new))
    assert [bead.confidence for bead in made.alignments["ja"]][-2:] == [0.8, 0.6]
