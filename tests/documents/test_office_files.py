"""Files that LibreOffice wrote (see files/make.py): what is read of them, and where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.documents import read_document
from align.documents.places import landmark_at

FILES = Path(__file__).parent / "files"


def blocks_of(path):
    document = read_document(path)
    return [
        (
            block.kind,
            landmark_at(document, block.start).name,
            document.text[block.start : block.stop],
        )
        for block in document.blocks
    ]


KEEPER = {
    # The program writes the words before a deleted end of a paragraph as deleted into RTF.
    "rtf": "every evening.",
    "docx": "The keeper climbed ninety steps every evening.",
    "odt": "The keeper climbed ninety steps every evening.",
}


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf"])
def test_a_word_processors_file_reads_as_it_does_once_changes_are_accepted(kind):
    assert blocks_of(FILES / f"lamp.{kind}") == [
        ("title", "paragraph 1", "The Lamp on the Pier"),
        ("heading", "paragraph 2", "How it was built"),
        (
            "paragraph",
            "paragraph 3",
            "The lamp was lit in 1902. Its glass came by sea from the north.",
        ),
        ("paragraph", "paragraph 4", KEEPER[kind]),
        ("quotation", "paragraph 5", "Nobody has ever seen it dark."),
        ("list-item", "paragraph 6", "Oil was brought in spring."),
        ("list-item", "paragraph 7", "Wicks were cut at home."),
        ("paragraph", "table 1, cell A1", "Year"),
        ("paragraph", "table 1, cell B1", "What was changed"),
        ("paragraph", "table 1, cell A2", "1931"),
        ("paragraph", "table 1, cell B2", "The oil gave way to gas."),
        ("paragraph", "paragraph 8", "Visitors may climb it on Sundays."),
        ("paragraph", "text box 1", "The stairs are narrow. Hold the rail."),
        (
            "paragraph",
            "paragraph 9",
            "This file is called lamp, and its last line stands here.",
        ),
        ("paragraph", "footnote 1", "The parish book says 1903."),
        ("paragraph", "endnote 1", "Counted in 2024."),
    ]


def test_a_presentation_is_read_slide_by_slide_with_its_notes():
    assert blocks_of(FILES / "lamp.pptx") == [
        ("title", "slide 1", "The Lamp on the Pier"),
        ("paragraph", "slide 1", "It was lit in 1902."),
        ("paragraph", "slide 1", "It has never failed."),
        ("paragraph", "slide 1, notes", "Pause here. Let them look."),
        ("heading", "slide 2", "What was changed"),
        ("paragraph", "slide 2", "Oil gave way to gas."),
        ("paragraph", "slide 2", "Gas gave way to current."),
        ("paragraph", "slide 2, cell A1", "Year"),
        ("paragraph", "slide 2, cell B1", "Fuel"),
        ("paragraph", "slide 2, cell A2", "1931"),
        ("paragraph", "slide 2, cell B2", "Gas from the town"),
    ]


def test_a_workbook_gives_the_texts_of_its_cells_and_of_formulas_never_numbers():
    assert blocks_of(FILES / "fares.xlsx") == [
        ("paragraph", "sheet Fares, A1", "Journey"),
        ("paragraph", "sheet Fares, B1", "Price"),
        ("paragraph", "sheet Fares, A2", "To the island and back. Dogs ride free."),
        ("paragraph", "sheet Fares, C6", "Children pay half."),
        ("paragraph", "sheet Fares, C6", "Babies pay nothing."),
        ("paragraph", "sheet Fares, A7", "Paid at the pier."),
        ("paragraph", "sheet Notes, A1", "Fares hold until May."),
    ]
