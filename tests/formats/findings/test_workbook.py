"""The workbook of findings: rows to decide on, marked words, never a formula."""

import zipfile

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from align.formats.findings.workbook import VERDICTS, write_check_workbook


@pytest.fixture
def write(tmp_path):
    def written(report):
        write_check_workbook(tmp_path / "check.xlsx", report)
        return openpyxl.load_workbook(tmp_path / "check.xlsx", rich_text=True)

    return written


def rows(sheet):
    heads, *rest = sheet.iter_rows()
    return [{head.value: cell for head, cell in zip(heads, row, strict=True)} for row in rest]


def test_the_sheets_are_findings_texts_and_leverage(write, check_report):
    assert write(check_report).sheetnames == ["Findings", "Text ja", "Text ar", "Leverage"]


def test_a_finding_is_a_row(write, check_report):
    first, *_, last = rows(write(check_report)["Findings"])
    assert {head: str(cell.value) for head, cell in first.items() if cell.value is not None} == {
        "severity": "error",
        "check": "numbers",
        "language": "ja",
        "segment": "1",
        "source": "The ferry left at six. Nobody saw it leave.",
        "target": "渡し船は六時に出た。出るのを見た者はいない。",
        "message": "“六時” is not “six”",
        "suggestion": "7時",
        "place": "ja.html",
        "confidence": "0.9",
        "fingerprint": "ja1numbers",
    }
    assert (last["language"].value, last["severity"].value) == ("ar", "note")


def test_what_it_is_about_is_marked_in_both_texts(write, check_report):
    first = rows(write(check_report)["Findings"])[0]
    for head, parts in (
        ("source", ["The ferry left at ", "six", ". Nobody saw it leave."]),
        ("target", ["渡し船は", "六時", "に出た。出るのを見た者はいない。"]),
    ):
        value = first[head].value
        assert isinstance(value, CellRichText)
        assert [str(part) for part in value] == parts
        assert isinstance(value[1], TextBlock) and value[1].font.b and value[1].font.u == "single"


def test_severities_differ_in_colour(write, check_report):
    found = rows(write(check_report)["Findings"])
    colours = {row["severity"].value: row["severity"].fill.fgColor.rgb for row in found}
    assert len(set(colours.values())) == len(colours) == 3


def test_the_reviewer_chooses_a_verdict(write, check_report):
    sheet = write(check_report)["Findings"]
    [choice] = sheet.data_validations.dataValidation
    assert choice.formula1 == f'"{",".join(VERDICTS)}"'
    assert str(choice.sqref) == "I2:I6"
    assert sheet["I1"].value == "verdict"
    assert all(row["verdict"].value is None for row in rows(sheet))


def test_the_header_stays_and_filters(write, check_report):
    for sheet in write(check_report):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet["A1"].font.b


def test_text_read_from_the_right_is_set_so(write, check_report):
    book = write(check_report)
    found = rows(book["Findings"])
    assert [row["target"].alignment.readingOrder for row in found] == [0, 0, 0, 2, 2]
    assert [row["source"].alignment.readingOrder for row in found] == [0] * 5
    assert rows(book["Text ar"])[0]["target"].alignment.horizontal == "right"


def test_the_texts_stand_side_by_side(write, check_report):
    book = write(check_report)
    japanese = rows(book["Text ja"])
    assert len(japanese) == 9
    assert [japanese[1][head].value for head in ("segment", "source", "target", "findings")] == [
        1,
        "The ferry left at six. Nobody saw it leave.",
        "渡し船は六時に出た。出るのを見た者はいない。",
        2,
    ]
    assert rows(book["Text ar"])[6]["source"].value is None


def test_leverage_is_a_row_for_each_band(write, check_report):
    assert [
        [cell.value for cell in row.values()] for row in rows(write(check_report)["Leverage"])
    ] == [
        ["ja", "exact", 1, 4],
        ["ja", "new", 9, 1200],
        ["ja", "repeated", 0, 0],
    ]


def test_no_text_becomes_a_formula(write, hostile_check_report, tmp_path):
    book = write(hostile_check_report)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in "snr", (cell.coordinate, cell.data_type)
    first = rows(book["Findings"])[0]
    for head in ("source", "target", "message", "suggestion"):
        assert str(first[head].value).startswith("=1+1")
        assert first[head].quotePrefix
    with zipfile.ZipFile(tmp_path / "check.xlsx") as archive:
        for name in archive.namelist():
            if "worksheets/" in name:
                assert b"<f>" not in archive.read(name)


def test_white_space_around_marked_words_is_kept(write, check_report):
    first = rows(write(check_report)["Findings"])[0]
    assert str(first["source"].value) == check_report.findings[0].source_text


def test_an_empty_report_has_its_header_and_the_texts(write, empty_check_report):
    book = write(empty_check_report)
    assert book.sheetnames == ["Findings", "Text ja", "Text ar"]
    assert rows(book["Findings"]) == []
