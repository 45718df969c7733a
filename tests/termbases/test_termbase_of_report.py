"""From a report to a termbase: what is preferred, what may be used, what should be decided."""

import dataclasses

from align.terminology.as_termbase import termbase_of


def test_the_main_rendering_is_preferred_and_others_are_admitted(term_report):
    [entry] = termbase_of(term_report).entries
    assert [(term.text, term.status) for term in entry.of("en")] == [("rare earths", "preferred")]
    assert [(term.text, term.status) for term in entry.of("ja")] == [("レアアース", "preferred")]
    assert [(term.text, term.status) for term in entry.of("ar")] == [
        ("العناصر الأرضية النادرة", "preferred"),
        ("المعادن النادرة", "admitted"),
    ]


def test_a_divergent_rendering_carries_what_speaks_against_it(term_report):
    [entry] = termbase_of(term_report).entries
    preferred, divergent = entry.of("ar")
    assert preferred.note == ""
    assert divergent.note == "“rare earths” is rendered by “المعادن النادرة” here."
    assert entry.of("ja")[0].note == ""  # a note speaks against nothing


def test_a_rendering_that_a_termbase_forbids_is_deprecated(term_report):
    forbidden = dataclasses.replace(term_report.findings[1], kind="termbase", severity="error")
    report = dataclasses.replace(term_report, findings=(forbidden,))
    assert termbase_of(report).entries[0].of("ar")[1].status == "deprecated"


def test_terms_without_a_rendering_are_left_out(term_report):
    assert [entry.terms[0].text for entry in termbase_of(term_report).entries] == ["rare earths"]


def test_it_bears_the_title_of_the_article(term_report):
    assert termbase_of(term_report).title == "Mines & <magnets>"
