"""Telephone numbers: compared digit by digit, in whatever groups."""

from __future__ import annotations

import pytest

from align.beads import Bead
from align.checks.quantities.differences import differences_of
from align.passages import Passage
from align.quantities import quantities_of
from align.text import Span


def differ(source, target, language):
    bead = Bead(Span(0, 1), Span(0, 1), None, 1.0)
    found = differences_of([Passage(bead, source, target)], "en", language)
    return [each.difference for each in found]


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("fr", "Appelez le 0345 678 9021."),
        ("fr", "Appelez le 0345 678 901."),
        ("ja", "0345 678 9021に電話。"),
        ("zh-Hans", "请致电0345 678 9021。"),
        ("de", "Rufen Sie uns an (0345 678 9021)."),
        ("ar", "اتصل على الرقم 0345 678 9021."),
        ("ru", "Звоните 0345 678 9021."),
        ("ar", "اتصل على الرقم ٠٣٤٥ ٦٧٨ ٩٠٢١."),
    ],
)
def test_a_digit_that_changed_or_is_lost_is_another_number(language, wrong):
    assert differ("Call 0345 678 9012.", wrong, language) == ["value"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Call 0345 678 9012.", "Appelez le 03 45 67 89 012."),
        ("Call 0345 678 9012.", "Appelez le 0345-678-9012."),
        ("Call 0345 678 9012.", "Appelez le +44 345 678 9012."),
        ("Call +44 345 678 9012.", "Appelez le 0044 345 678 9012."),
        ("Call +44 (0)345 678 9012.", "Appelez le +44 345 6789012."),
        ("Call (202) 555-0143.", "Appelez le +1 202 555 0143."),
        ("Call 202-555-0143.", "Appelez le (202) 555-0143."),
        ("Call 912 34 56 78.", "Appelez le 912 345 678."),
        (
            "Call 03-5253-2111 or +49 30 5550 1298.",
            "Appelez le 03-5253-2111 ou le +49 30 55501298.",
        ),
        ("Call 0345 678 9012.", "Appelez le 9012 678 0345."),  # as it is read from the right
    ],
)
def test_groups_and_the_code_of_a_country_do_not_matter(source, target):
    assert differ(source, target, "fr") == []


def test_a_number_that_is_lost_is_missing():
    assert differ("Call 0345 678 9012 now.", "Appelez maintenant.", "fr") == ["missing"]


@pytest.mark.parametrize(
    ("text", "language", "kinds"),
    [
        ("It sold 12 500 000 tins.", "en", ["number"]),
        ("on 05.03.2024", "de", ["date"]),
        ("le 05/03/2024", "fr", ["date"]),
        ("2024-03-05", "en", ["date"]),
        ("0.5 to 0.75", "en", ["number", "number"]),
    ],
)
def test_other_figures_are_no_telephone_numbers(text, language, kinds):
    assert [each.kind for each in quantities_of(text, language)] == kinds
