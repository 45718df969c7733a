"""What is measured of inputs that are doubled, and how that is told."""

import importlib
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "scripts"))
doubling, tables = (
    importlib.import_module(f"benchmarking.{name}") for name in ("doubling", "tables")
)


def test_every_case_has_a_title_of_its_own():
    titles = [case.title for case in doubling.cases()]
    assert len(titles) == len(set(titles)) > 300


def test_a_word_chooses_the_cases_whose_title_holds_it():
    assert {case.kind for case in doubling.cases(["TBX"])} == {"TBX"}


@pytest.mark.parametrize("title", [
    "HTML, deep",
    "bilingual CSV, columns", "termbase, 10,000 columns",
])  # fmt: skip
def test_what_has_a_limit_is_refused_in_one_line(title):
    [case] = doubling.cases([title])
    row = doubling.doubled(case)
    assert row.refused
    assert "\n" not in row.refused


def test_the_table_has_a_row_for_each_kind():
    kinds = [
        {"kind": "items", "inputs": 2, "too long": 0, "worst": "'- '", "seconds": (0.1, 0.2),
         "ratio": 2.0, "peak_mb": 90.4, "refused": {}},
        {"kind": "HTML", "inputs": 1, "too long": 0, "worst": "deep", "seconds": (0.0, 0.0),
         "ratio": None, "peak_mb": 95.0, "refused": {"a.html: nested too deeply": "deep"}},
    ]  # fmt: skip
    kinds.append({"kind": "RTF", "error": "stopped after 9 s"})
    made = {"machine": {"error": ""}, "missing": {}, "sets": {}, "command": "", "doubled": kinds}
    report = tables.report(made)
    assert "| items | 2 | '- ' | 0.10 | 0.20 | 2.00× | 0 | 90 |" in report
    assert "| HTML | 1 | all in a moment |  |  |  | 0 | 95 |" in report
    assert "- HTML, deep: a.html: nested too deeply" in report
    assert "- RTF failed: stopped after 9 s" in report


def test_a_kind_is_measured_as_a_whole(monkeypatch):
    monkeypatch.setattr(doubling, "doubled", lambda case: doubling.Doubled(
        case.kind, case.what, (1.0, 3.0 if "deep" in case.what else 2.0), 90.0))  # fmt: skip
    made = doubling.kind_doubled("HTML")
    assert (made["inputs"], made["too long"]) == (doubling.inputs_of_kinds()["HTML"], 1)
    assert (made["worst"], made["ratio"]) == ("deep", 3.0)
