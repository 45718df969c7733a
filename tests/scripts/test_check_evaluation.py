"""What counts as a planted error found."""

from dataclasses import replace

import pytest
from evaluation.checks import changed, judge_draft, tells_of
from evaluation.draft_gold import read_draft

import align
from align.checks.base import Translation
from align.resources import data_folder
from align.text import Span

CORPUS = "japan-europe-sea-lanes"


@pytest.fixture(scope="module")
def report():
    """A report on the French draft, its findings to be put in."""
    folder = data_folder("corpora") / CORPUS
    return align.check(folder / "en.md", folder / "draft" / "fr.md", only=["spacing"])


@pytest.fixture(scope="module")
def draft():
    return read_draft(CORPUS, "fr")


@pytest.fixture(scope="module")
def date(draft):
    return next(error for error in draft.errors if error.planted == "19 février 2023")


@pytest.fixture
def finding(report, date):
    """Makes findings on the bead of the wrong date."""
    translation = Translation(report.article, "fr", None)
    passage = next(
        passage for passage in translation.passages if date.source_segment in passage.bead.source
    )

    def make(source=None, target=None, severity="error"):
        spans = [
            part and Span(text.index(part), text.index(part) + len(part))
            for text, part in ((passage.source, source), (passage.target, target))
        ]
        return translation.finding(
            "dates", severity, passage, "wrong", source_span=spans[0], target_span=spans[1]
        )

    return make


def test_what_changed_is_what_right_and_wrong_do_not_share(draft, date):
    start, stop = changed(date)
    assert draft.text[start:stop] == "3"
    assert changed(replace(date, planted="19 2024", draft=Span(0, 7))) == (3, 3)


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("19 February 2024", "19 février 2023", True),
        (None, "2023", True),
        ("2024", None, True),
        (None, "19 février", False),
        (None, None, False),
    ],
)
def test_a_finding_has_to_point_to_what_changed_or_to_its_source(
    report, draft, date, finding, source, target, found
):
    assert tells_of(finding(source, target), date, draft.text, report) is found


def test_a_finding_on_another_bead_does_not_tell(report, draft, date, finding):
    elsewhere = replace(
        finding("2024", "2023"), source_segments=report.article.alignments["fr"].beads[0].source
    )
    assert not tells_of(elsewhere, date, draft.text, report)


def test_notes_are_counted_apart(report, date, finding):
    noted = judge_draft(
        "fr", replace(report, findings=(finding(None, "2023", "note"),)), listed=False
    )
    grave = judge_draft("fr", replace(report, findings=(finding(None, "2023"),)), listed=False)
    assert (noted.found["date"], noted.noted["date"], noted.raised.total()) == (0, 1, 0)
    assert (grave.found["date"], grave.noted["date"], grave.raised.total()) == (1, 1, 1)
    assert grave.right.total() == 1
    assert grave.planted["date"] == 2


def test_a_false_alarm_is_raised_and_not_right(report, finding):
    alarm = judge_draft(
        "fr", replace(report, findings=(finding(None, "19 février"),)), listed=False
    )
    assert (alarm.raised.total(), alarm.right.total(), alarm.found.total()) == (1, 0, 0)
