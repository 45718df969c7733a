"""The figures of an alignment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from align import pair
from align.beads import Alignment, Bead
from align.documents.model import LeftOut
from align.documents.text import parse_text
from align.edition import Edition
from align.summary import (
    DOUBTFUL_BELOW,
    is_doubtful,
    misnamed,
    much_left_out,
    read_with_doubt,
    summarise,
    texts_apart,
)
from align.text import Span


def bead(source, target, confidence=None, moved=False):
    return Bead(Span(*source), Span(*target), None, confidence, moved)


ALIGNMENT = Alignment(
    (
        bead((0, 1), (0, 1), 0.9),
        bead((1, 3), (1, 2), 0.7),
        bead((3, 4), (2, 3), 0.3),
        bead((4, 5), (3, 3), 0.9),
        bead((5, 5), (3, 4), 0.1),
        bead((5, 6), (4, 5), 0.8, moved=True),
    ),
    6,
    5,
)


def test_the_figures_are_counted():
    summary = summarise(ALIGNMENT, min_confidence=0.5)
    assert (summary.source_segments, summary.target_segments, summary.beads) == (6, 5, 6)
    assert summary.kinds == {"0-1": 1, "1-0": 1, "1-1": 2, "2-1": 1, "moved": 1}
    assert (summary.source_aligned, summary.target_aligned) == (5 / 6, 4 / 5)
    assert (summary.units, summary.held_back, summary.doubtful, summary.unaligned) == (3, 1, 2, 2)
    assert summary.mean_confidence == pytest.approx((0.9 + 0.7 + 0.3 + 0.8) / 4)


def test_a_stricter_threshold_holds_more_back_and_doubts_more():
    summary = summarise(ALIGNMENT, min_confidence=0.85)
    assert (summary.units, summary.held_back, summary.doubtful) == (1, 3, 3)


def test_an_empty_side_has_no_share():
    summary = summarise(Alignment((bead((0, 1), (0, 0)),), 1, 0), min_confidence=0.5)
    assert (summary.source_aligned, summary.target_aligned) == (0, None)
    assert (summary.units, summary.unaligned, summary.mean_confidence) == (0, 1, None)


def test_gold_beads_have_no_confidence_and_no_doubt():
    summary = summarise(Alignment((bead((0, 1), (0, 1)),), 1, 1), min_confidence=0.5)
    assert (summary.units, summary.doubtful, summary.mean_confidence) == (1, 0, None)


@pytest.mark.parametrize(
    ("confidence", "threshold", "doubtful"),
    [
        (DOUBTFUL_BELOW, 0.5, False),
        (DOUBTFUL_BELOW - 0.01, 0.5, True),
        (0.85, 0.9, True),
        (None, 0.9, False),
    ],
)
def test_a_bead_is_doubtful_below_either_threshold(confidence, threshold, doubtful):
    assert is_doubtful(bead((0, 1), (0, 1), confidence), threshold) is doubtful


def test_an_unaligned_segment_is_never_doubtful():
    assert not is_doubtful(bead((0, 1), (0, 0), 0.1), 0.5)


ENGLISH = """The ferry left at six. Nobody saw it leave. The fog was thick. A dog barked twice.
The harbour was empty by noon. My aunt sold oranges. She counted coins slowly. We paid for two.
"""
FRENCH = """Le bac est parti à six heures. Personne ne l’a vu partir. Le brouillard était épais. Un
chien aboya deux fois. Le port était vide à midi. Ma tante vendait des oranges. Elle comptait
lentement les pièces. Nous en avons payé deux.
"""
RECIPE = """Battez les blancs en neige. Ajoutez le sucre. Préchauffez le four. Beurrez un moule.
Faites fondre le chocolat. Mélangez la farine. Versez la pâte. Laissez refroidir une heure.
"""


def test_few_segments_tell_already_and_fewer_do_not():
    sentences = [" ".join(text.split()).split(". ") for text in (ENGLISH, RECIPE)]
    five, four = (
        pair(*(". ".join(some[:count]) + "." for some in sentences), source_language="en",
             target_language="fr")
        for count in (5, 4)
    )  # fmt: skip
    assert texts_apart(five) != () and texts_apart(four) == ()


def test_texts_that_do_not_belong_together_are_told():
    languages = {"source_language": "en", "target_language": "fr"}
    [warning] = texts_apart(pair(ENGLISH, RECIPE, **languages))
    assert "are these texts translations of each other?" in warning
    assert texts_apart(pair(ENGLISH, FRENCH, **languages)) == ()
    shortened = ENGLISH + " ".join(f"Number {n} has no counterpart at all." for n in range(60))
    assert texts_apart(pair(shortened, FRENCH, **languages)) == ()


def test_a_text_in_another_language_than_is_said_is_told():
    article = pair(ENGLISH, FRENCH * 2, source_language="en", target_language="es")
    [warning] = misnamed(article)
    assert "looks like French, is taken for Spanish" in warning
    assert misnamed(article, languages=[]) == ()
    assert misnamed(pair(ENGLISH, FRENCH * 2)) == ()


def test_a_file_that_was_read_with_doubt_is_warned_of():
    document = replace(parse_text("The clock is slow."), doubt="is blurred")
    one = Edition("en", document, (), file="clock.pdf")
    assert read_with_doubt([one]) == ["clock.pdf: is blurred"]
    assert read_with_doubt([replace(one, document=parse_text("It is slow."))]) == []


def test_a_page_of_which_much_was_left_out_is_warned_of():
    def edition(text):
        outside = LeftOut("x" * 300, "outside the article", 3), LeftOut("y" * 900, "navigation")
        document = replace(parse_text(text), left_out=outside)
        return Edition("en", document, (), file="clock.html")

    assert much_left_out([edition("The clock is slow. " * 100)]) == []
    assert much_left_out([edition("The clock is slow. " * 10)]) == [
        "clock.html: 1 texts of 300 characters were left out as not the article's; "
        "--show-dropped shows them"
    ]


def test_a_declaration_that_disagrees_is_told_once_with_the_text(tmp_path):
    text = " ".join((FRENCH * 2).split())
    page = f'<html lang="de"><body><h1>Le pont</h1><p>{text}</p></body></html>'
    (tmp_path / "es.html").write_text(page, encoding="utf-8")
    (tmp_path / "fr.html").write_text(page, encoding="utf-8")
    [warning] = misnamed(pair(ENGLISH, tmp_path / "es.html", source_language="en"))
    assert "es.html: declares German and looks like French, is taken for Spanish" in warning
    [warning] = misnamed(pair(ENGLISH, tmp_path / "fr.html", source_language="en"))
    assert "fr.html: declares German, is taken for French" in warning
