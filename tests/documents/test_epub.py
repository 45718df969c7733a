"""Electronic books: the pages of the spine in order, their notes after them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from align.documents import read_document
from align.documents.places import landmark_at
from align.errors import InputError

CONTAINER = '<container><rootfiles><rootfile full-path="b/book.opf"/></rootfiles></container>'
PAGE = (
    '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
    'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>Dropped</title><script/></head>'
    "<body>{}</body></html>"
)


def book(path, pages, spine=None, *, language="fr", more=()):
    items = "".join(
        f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"'
        f"{' properties=' + chr(34) + 'nav' + chr(34) if name == 'nav' else ''}/>"
        for name in pages
    )
    order = "".join(f'<itemref idref="{name}"/>' for name in spine or pages)
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr(
            "b/book.opf",
            '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            f"<dc:language>{language}</dc:language></metadata><manifest>{items}</manifest>"
            f"<spine>{order}</spine></package>",
        )
        for name, body in pages.items():
            archive.writestr(f"b/{name}.xhtml", PAGE.format(body))
        for name, text in more:
            archive.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path


def texts(path):
    document = read_document(path)
    return [document.text[block.start : block.stop] for block in document.blocks]


def test_pages_are_read_in_the_order_of_the_spine(tmp_path):
    pages = {"nav": "<nav><p>Contents</p></nav>", "two": "<p>Then.</p>", "one": "<h1>First</h1>"}
    path = book(tmp_path / "a.epub", pages, ["nav", "one", "two"])
    document = read_document(path)
    assert texts(path) == ["First", "Then."]
    assert document.language == "fr"
    assert [landmark_at(document, block.start).name for block in document.blocks] == [
        "one.xhtml, paragraph 1",
        "two.xhtml, paragraph 1",
    ]


def test_notes_stand_after_their_page_and_marks_leave_the_text(tmp_path):
    body = (
        '<p>It rains.<sup><a epub:type="noteref" href="#n">1</a></sup> It pours.</p>'
        '<aside epub:type="footnote" id="n"><p>As ever. '
        '<a role="doc-backlink" href="#r">back</a></p></aside><p>It ends.</p>'
    )
    assert texts(book(tmp_path / "a.epub", {"one": body})) == [
        "It rains. It pours.",
        "It ends.",
        "As ever.",
    ]


def test_named_entities_and_empty_elements_of_xhtml_are_understood(tmp_path):
    body = '<p>L’&eacute;t&eacute;&nbsp;: <a id="x"/>il fait beau &amp; chaud.</p>'
    assert texts(book(tmp_path / "a.epub", {"one": body})) == ["L’été\u00a0: il fait beau & chaud."]


@pytest.mark.parametrize(
    "odd", ["<langua}>", "<a<+b>", "<p>It is old.<?odd thing?></p>", "<!-- odd -->"]
)
def test_a_page_that_is_html_may_hold_what_xml_may_not(tmp_path, odd):
    path = book(tmp_path / "a.epub", {"one": f"<p>It rains.<br>{odd}<p>It pours."})
    assert texts(path)[0].startswith("It rains.")
    assert texts(path)[-1] == "It pours."


def test_numbers_of_printed_pages_part_no_words(tmp_path):
    body = '<p>The old har<span epub:type="pagebreak" title="7">7</span>bour.</p>'
    assert texts(book(tmp_path / "a.epub", {"one": body})) == ["The old harbour."]


def test_a_book_that_is_protected_is_refused(tmp_path):
    cipher = '<encryption><CipherReference URI="b/one.xhtml"/></encryption>'
    path = book(
        tmp_path / "a.epub", {"one": "<p>x</p>"}, more=[("META-INF/encryption.xml", cipher)]
    )
    # What a protected book says of its entries is relative to the archive.
    with pytest.raises(InputError, match="protected against copying"):
        read_document(path)


def test_a_book_of_pictures_has_no_text(tmp_path):
    with pytest.raises(InputError, match="holds no text"):
        read_document(book(tmp_path / "a.epub", {"one": '<img src="x.jpg" alt="x"/>'}))
