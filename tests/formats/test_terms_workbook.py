"""The workbook of a report: a termbase that reads back, divergences and places."""

import openpyxl
import pytest

from align.formats.termbases import read_termbase
from align.formats.terms_xlsx import write_terms_xlsx
from align.terminology.as_termbase import termbase_of


@pytest.fixture
def path(tmp_path, term_report):
    path = tmp_path / "terms.xlsx"
    write_terms_xlsx(path, term_report)
    return path


def rows(path, name):
    heads, *rest = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rest]


def test_it_is_the_termbase_of_the_report(path, term_report):
    assert read_termbase(path).entries == termbase_of(term_report).entries


def test_it_lists_every_divergence(path, term_report):
    found = rows(path, "Divergences")
    assert [row["message"] for row in found] == [each.message for each in term_report.findings]
    assert found[0]["severity"] == "error" and found[0]["segment"] == 3


def test_it_lists_every_place(path):
    places = rows(path, "Places")
    assert len(places) == 6
    assert [row["form"] for row in places if row["language"] == "ja"] == [
        "レアアース",
        "レアアース",
        None,
    ]
