"""Files of each kind become documents."""

from __future__ import annotations

import subprocess
import sys

import pytest

import align.documents
from align.documents import read_document
from align.documents.markdown.inline import without_gone
from align.errors import InputError


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "The Bridge\n\nIt is old. It stands.\n"),
        ("a.TEXT", "The Bridge\n\nIt is old. It stands.\n"),
        ("a.md", "# The Bridge\n\nIt is *old*. It stands.\n"),
        ("a.markdown", "# The Bridge\n\nIt is old. It stands.\n"),
        ("a.html", "<h1>The Bridge</h1><p>It is old. It stands.</p>"),
        ("a.htm", "<h1>The Bridge</h1><p>It is old. It stands.</p>"),
        ("a.xhtml", "<html><body><h1>The Bridge</h1><p>It is old. It stands.</p></body></html>"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_each_kind_is_read_by_its_suffix(tmp_path, name, content, encoding):
    path = tmp_path / name
    path.write_text(content, encoding=encoding)
    document = read_document(path)
    found = [(each.kind, document.text[each.start : each.stop]) for each in document.blocks]
    assert found == [("title", "The Bridge"), ("paragraph", "It is old. It stands.")]


@pytest.mark.parametrize("name", ["a.pages", "a.doc", "a", "a.csv"])
def test_other_kinds_are_refused(tmp_path, name):
    path = tmp_path / name
    path.write_text("It is old.")
    with pytest.raises(InputError, match=rf"{name}: is of a kind that is not read; DOCX"):
        read_document(path)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_text_is_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"holds no text|no article text") as caught:
        read_document(path)
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<p>It is @ old.</p>"),
        ("a.md", "It is @ old."),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nIt is @ old.\n"),
    ],
)
def test_an_entity_of_thousands_of_digits_is_no_character(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content.replace("@", f"&#{'9' * 5_000};"))
    assert "old." in read_document(path).text


def test_time_does_not_grow_with_the_square_of_white_space(tmp_path):
    path = tmp_path / "en.txt"
    path.write_text(" " * 300_000 + "It is old.")  # took hours
    assert read_document(path).text.strip() == "It is old."
    spaced = "It" + " " * 300_000 + "is old."
    assert without_gone(spaced) == spaced


@pytest.mark.parametrize("mark", ["- ", "> "])
def test_lists_and_quotations_in_one_another_are_read_to_the_end_or_refused(tmp_path, mark):
    path = tmp_path / "deep.md"
    for depth in (9, 10, 25, 40):
        lines = [mark * (number + 1) + f"level {number}" for number in range(depth)]
        path.write_text("\n\n".join([*lines, "Behind them."]))
        text = read_document(path).text
        assert f"level {depth - 1}" in text
        assert text.endswith("Behind them.")
    path.write_text(mark * 100 + "It is old.\n\nBehind it.")
    with pytest.raises(InputError, match=r"deep.md: is nested too deeply to be a text; save its"):
        read_document(path)


@pytest.mark.parametrize("name", ["deep.html", "deep.md"])
def test_a_page_that_cannot_be_read_is_named(tmp_path, name):
    path = tmp_path / name
    path.write_text("<div>" * 1000 + "It is old.")
    with pytest.raises(InputError, match=rf"{name}:.*nested too deeply"):
        read_document(path)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize(
    "filler", [" ", "<", "- ", "(", "| ", "*", "[", "&", "。", "\u3000", "a b. "]
)
def test_work_grows_no_faster_than_a_line_of_anything(calls_in, tmp_path, name, filler):
    path = tmp_path / name

    def read(size):
        path.write_text(f"The bridge{filler * size}is old.", encoding="utf-8")
        assert read_document(path).text

    short, long = (calls_in(lambda size=size: read(size)) for size in (500, 2_000))
    assert long < 4.5 * short + 200


def test_the_language_a_page_declares_is_kept(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<html lang="zh-TW"><p>橋很舊。</p></html>', encoding="utf-8")
    assert read_document(path).language == "zh-Hant"


def test_a_documents_text_is_clean(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("cafe\u0301\r\nco\u00adop\x07\r\n".encode())
    assert read_document(path).text == "café\ncoop\n"


def test_the_public_names():
    assert align.documents.__all__ == [
        "Block",
        "Corpus",
        "Document",
        "SourceEdition",
        "clean",
        "decode",
        "read_corpus",
        "read_document",
    ]


def test_importing_loads_no_heavy_package():
    heavy = "babel langcodes lxml markdown_it numpy opencc py3langid trafilatura charset_normalizer"
    code = "import sys, align.documents, align.languages; "
    code += f"print(*(set({heavy.split()!r}) & set(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""
