"""Files of documents that are broken, locked, empty or meant to do harm: one line each."""

from __future__ import annotations

import struct
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.documents import read_corpus, read_document
from align.documents.archives import Archive, xml_tree
from align.errors import InputError

FILES = Path(__file__).parent / "files"
MADE = sorted(path for path in FILES.iterdir() if path.suffix[1:] in (
    "docx", "odt", "rtf", "pdf", "pptx", "xlsx"
))  # fmt: skip
KINDS = ["docx", "odt", "epub", "pptx", "xlsx", "zip", "pdf", "rtf"]


def refused(path):
    with pytest.raises(InputError) as caught:
        read_document(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


def zipped(*entries):
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_under_another_ending_is_refused(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_text("It is old.")
    assert "is not a" in refused(path)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_file_is_refused(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"")
    assert refused(path) == "is empty"


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_under_another_ending_is_called_one(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    assert refused(path).endswith("it is a PNG picture")


@pytest.mark.parametrize("kind", ["docx", "odt", "epub", "pptx", "xlsx", "zip"])
def test_an_archive_of_something_else_is_refused(tmp_path, kind):
    path = tmp_path / f"a.{kind}"
    path.write_bytes(zipped(("readme", "x")))
    assert "is not a" in refused(path) or "holds no document" in refused(path)


@pytest.mark.parametrize("path", MADE, ids=lambda path: path.name)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_is_cut_off_is_refused(tmp_path, path, share):
    data = path.read_bytes()
    cut = tmp_path / path.name
    cut.write_bytes(data[: int(share * len(data))])
    try:
        read_document(cut)
    except InputError as error:
        assert str(error).startswith(f"{cut}: ")
        return
    assert path.suffix == ".pdf", "only PDFium mends what it can"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_a_broken_byte_is_read_or_refused(tmp_path, data):
    path = data.draw(st.sampled_from(MADE))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    broken = tmp_path / path.name
    broken.write_bytes(content)
    try:
        assert read_document(broken).blocks
    except InputError as error:
        assert "\n" not in str(error)


def test_office_files_with_a_password_say_so(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path) == "is protected by a password; save it without one"


def test_opendocument_with_a_password_says_so(tmp_path):
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    path = tmp_path / "a.odt"
    path.write_bytes(zipped(("META-INF/manifest.xml", manifest), ("content.xml", b"\x93\x07")))
    assert refused(path) == "is protected by a password; save it without one"


def test_a_zip_with_a_password_says_so(tmp_path):
    data = bytearray(zipped(("a.txt", "It is old.")))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(signature) + flags, 1)
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert "is protected by a password; save it without one" in refused(path)


def test_what_unpacks_to_too_much_is_refused_before_it_fills_the_memory():
    archive = Archive(zipped(("bomb.xml", b" " * (40 * 2**20))), "a DOCX file")
    with pytest.raises(InputError, match=r"'bomb\.xml' unpacks to more than 32 MB"):
        archive.tree("bomb.xml")


def test_many_entries_that_are_large_together_are_refused():
    entries = [(f"{number}.bin", b"\0" * (60 * 2**20)) for number in range(5)]
    archive = Archive(zipped(*entries), "a DOCX file")
    with pytest.raises(InputError, match="is too large"):
        for name in archive.names:
            archive.read(name)


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY x "lol">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]><a/>',
    ],
)
def test_entities_are_refused(xml):
    with pytest.raises(InputError, match=r"declares entities|not well-formed"):
        xml_tree(xml.encode(), "content.xml")


def test_a_cell_far_out_takes_no_more_than_any_other(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active["XFD1048576"] = "It is old."
    book.save(tmp_path / "a.xlsx")
    assert read_document(tmp_path / "a.xlsx").landmarks[0].name == "sheet Sheet, XFD1048576"


def test_a_document_without_text_is_refused(tmp_path):
    docx = pytest.importorskip("docx")
    docx.Document().save(tmp_path / "a.docx")
    assert refused(tmp_path / "a.docx") == "holds no text"


def test_the_command_says_it_in_one_line_and_ends_with_2(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 cut off")
    ended = subprocess.run(
        [sys.executable, "-m", "align", "segment", str(path)], capture_output=True, text=True
    )
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert f"{path}: is not a DOCX file, or is cut off or damaged" in ended.stderr


def test_an_archive_with_one_document_is_read_as_that(tmp_path):
    path = tmp_path / "letters.zip"
    path.write_bytes(zipped(("in/fr.txt", "Il pleut.\n"), ("__MACOSX/in/._fr.txt", b"\0\1")))
    document = read_document(path)
    assert document.text.strip() == "Il pleut."
    assert document.language == "fr"


def test_an_archive_with_several_documents_says_what_to_do(tmp_path):
    path = tmp_path / "letters.zip"
    path.write_bytes(zipped(("en.txt", "It rains."), ("fr.txt", "Il pleut.")))
    assert "holds 2 documents ('en.txt', 'fr.txt')" in refused(path)
    corpus = read_corpus(path)
    assert corpus.name == "letters"
    assert [edition.path for edition in corpus.editions] == [path / "en.txt", path / "fr.txt"]


@pytest.mark.parametrize("name", ["../fr.txt", "/fr.txt", "a/../../fr.txt", "c:\\fr.txt"])
def test_an_archive_writes_nothing_outside_its_folder(tmp_path, name):
    path = tmp_path / "letters.zip"
    path.write_bytes(zipped(("en.txt", "It rains."), (name, "Il pleut.")))
    with pytest.raises(InputError, match="lies outside of it"):
        read_corpus(path)
    assert [each.name for each in tmp_path.iterdir()] == ["letters.zip"]
