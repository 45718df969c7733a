"""Workbooks that are pleasant to read."""

import openpyxl

from align.formats.workbooks import add_sheet, new_workbook, write_workbook


def test_rows_are_as_high_as_their_texts(tmp_path):
    book = new_workbook()
    rows = [["one line"], ["word " * 40], ["橋" * 40], ["word " * 4000]]
    add_sheet(book, "Sheet", (("text", 50),), rows)
    write_workbook(tmp_path / "rows.xlsx", book)
    heights = openpyxl.load_workbook(tmp_path / "rows.xlsx")["Sheet"].row_dimensions
    assert [heights[row].height for row in range(2, 6)] == [None, 75, 30, 409]
