"""PDF files: what LibreOffice set in columns and pages becomes paragraphs again."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.documents import read_document
from align.documents.pdf.columns import Columns
from align.documents.pdf.margins import note_mark, notes_apart, without_margins
from align.documents.pdf.page import Fragment
from align.errors import InputError

FILES = Path(__file__).parent / "files"


def texts(path):
    document = read_document(path)
    return [(block.kind, document.text[block.start : block.stop]) for block in document.blocks]


def test_two_columns_with_heads_numbers_notes_and_hyphens_read_as_the_article():
    assert texts(FILES / "harbour.pdf") == [
        ("title", "What the Harbour Remembers"),
        ("heading", "The first winter"),
        (
            "paragraph",
            "When the harbour authorities commissioned the breakwater, the "
            "neighbouring communities considered the undertaking extraordinarily optimistic, "
            "because the prevailing southwesterly storms had demolished every preceding "
            "construction within a generation.",
        ),
        (
            "paragraph",
            "The superintendent nevertheless persuaded the subscribers that a foundation of "
            "interlocking granite would withstand whatever the Atlantic delivered. His well-known "
            "drawings are preserved in the municipal archive, together with the correspondence of "
            "the contractors.",
        ),
        (
            "paragraph",
            "During the first winter the labourers worked by lamplight. They were paid by the "
            "cubic yard, and the accounts show how irregularly. Temperatures fell so far that the "
            "machinery had to be dismantled and reassembled under canvas.",
        ),
        ("heading", "What was found below"),
        (
            "paragraph",
            "Excavation uncovered the remains of an earlier landing place, constructed of enormous "
            "timbers. Archaeologists have subsequently established that the timbers were felled in "
            "the ninth century, considerably earlier than the documentary evidence had suggested.",
        ),
        (
            "paragraph",
            "Several of the timbers carried inscriptions. Nobody has interpreted them "
            "convincingly, although comparisons with merchants' marks in neighbouring countries "
            "have been attempted repeatedly. The most complete inscription is exhibited in the "
            "custom house.",
        ),
        (
            "paragraph",
            "The discovery interrupted the work for the remainder of the season. The contractors "
            "demanded compensation, the subscribers refused, and the disagreement was eventually "
            "settled by arbitration, to the satisfaction of neither.",
        ),
        (
            "paragraph",
            "What the harbour remembers is therefore mostly disappointment. But the breakwater has "
            "stood for a hundred and forty years, and the inhabitants measure every storm against "
            "those that it has survived.",
        ),
        ("paragraph", "The yard of the harbour office was an inch longer than that of the town."),
    ]


def test_a_paragraph_that_goes_on_overleaf_knows_both_its_pages():
    document = read_document(FILES / "harbour.pdf")
    found = {
        document.text[mark.start :].split(maxsplit=1)[0]: mark.name
        for mark in document.landmarks
        if mark.start not in {block.start for block in document.blocks}
    }
    assert found == {"satisfaction": "page 2"}


def test_what_a_tagged_file_calls_an_artifact_is_no_text():
    said = [text for _, text in texts(FILES / "lamp.pdf")]
    assert "The Lamp on the Pier" in said
    assert not any("Yearbook" in text or text.startswith("Page") for text in said)


def test_lists_cells_and_notes_of_a_page_are_blocks():
    said = texts(FILES / "lamp.pdf")
    assert ("list-item", "Oil was brought in spring.") in said
    assert ("paragraph", "The oil gave way to gas.") in said
    assert ("paragraph", "The parish book says 1903.") in said
    assert ("paragraph", "Visitors may climb it on Sundays.") in said


def test_a_scan_is_told_from_a_text(tmp_path):
    import pypdfium2

    empty = pypdfium2.PdfDocument.new()
    empty.new_page(200, 200)
    empty.save(tmp_path / "scan.pdf")
    with pytest.raises(InputError, match=r"scan\.pdf: is a scan: .*OCR"):
        read_document(tmp_path / "scan.pdf")


def fragment(text, left, base, *, width=None, size=10.0, page=1):
    width = 5.0 * len(text) if width is None else width
    return Fragment(text, left, left + width, base, size, 0, page)


def test_cells_of_a_table_are_read_row_by_row():
    cells = [
        fragment(f"{name} {row}", left, 700 - 12 * row)
        for name, left in (("fare", 50), ("town", 300))
        for row in range(5)
    ]
    (column,) = Columns().of(cells)
    assert [line.text for line in column][:4] == ["fare 0", "town 0", "fare 1", "town 1"]


def test_columns_of_a_text_from_the_right_are_read_from_the_right():
    lines = [
        fragment("م" * 40, left, 700 - 12 * row, width=200)
        for left in (50, 300)
        for row in range(6)
    ]
    first, second = Columns().of(lines)
    assert first[0].left > second[0].left


@pytest.mark.parametrize("number", ["{}", "– {} –", "Page {}", "{} / 9", "第 {} 页"])
def test_heads_and_numbers_of_pages_go_and_what_stands_once_stays(number):
    pages = [
        [
            fragment("Letters on Harbours", 50, 800, page=page),
            fragment(f"The {word} line of the page.", 50, 700, page=page),
            fragment(f"It has {word[::-1]} below.", 50, 688, page=page),
            fragment(number.format(page), 250, 40, page=page),
        ]
        for page, word in enumerate(("first", "second", "third"), start=1)
    ]
    kept = without_margins(pages, 10)
    assert [each.text for each in kept[0]] == ["The first line of the page.", "It has tsrif below."]


def test_chapters_that_begin_on_pages_of_their_own_are_no_running_heads():
    pages = [
        [
            fragment(f"Chapter {number}", 50, 800, size=18, page=page),
            fragment(f"It begins {'here' * number}, as it must.", 50, 700, page=page),
            fragment(f"It goes {'on' * number} as others do.", 50, 600, page=page),
        ]
        for page, number in ((1, 1), (4, 2))
    ]
    assert [len(page) for page in without_margins(pages, 10)] == [3, 3]


def test_small_rows_at_the_foot_that_begin_with_a_mark_are_notes():
    page = [
        fragment("The text.", 50, 700),
        fragment("3 See the report.", 50, 60, size=8),
        fragment("It is long.", 50, 50, size=8),
    ]
    text, notes = notes_apart(page, 10)
    assert [each.text for each in text] == ["The text."]
    assert [each.text for each in notes] == ["3 See the report.", "It is long."]


@pytest.mark.parametrize("text", ["1902 was cold.", "3.5 miles off", "2% of all"])
def test_a_number_that_counts_something_is_no_mark(text):
    assert note_mark(text) == ("", text)


def test_text_from_right_to_left_is_read_with_doubt():
    assert "from right to left comes out of PDF poorly" in read_document(FILES / "market.pdf").doubt
    assert read_document(FILES / "harbour.pdf").doubt is None
