"""Beads with their texts."""

import pytest

from align.beads import Alignment, Bead
from align.edition import Edition
from align.passages import Passage, passages_of
from align.segmentation import document_of_lines
from align.text import Span


def edition(language, *lines):
    document, segments = document_of_lines("".join(f"{line}\n" for line in lines))
    return Edition(language, document, segments)


def test_the_segments_of_a_bead_are_joined_as_their_language_does():
    source = edition("en", "One sentence.", "Another.", "A third.")
    target = edition("ja", "一つの文。", "もう一つの文。")
    beads = (Bead(Span(0, 2), Span(0, 2)), Bead(Span(2, 3), Span(2, 2)))
    assert list(passages_of(source, target, Alignment(beads, 3, 2))) == [
        Passage(beads[0], "One sentence. Another.", "一つの文。もう一つの文。"),
        Passage(beads[1], "A third.", ""),
    ]


@pytest.mark.parametrize(
    ("source", "target", "aligned"),
    [("one", "un", True), ("one", "", False), ("", "un", False), ("", "", False)],
)
def test_a_passage_is_aligned_if_there_is_text_on_both_sides(source, target, aligned):
    assert Passage(Bead(Span(0, 1), Span(0, 1)), source, target).is_aligned is aligned
