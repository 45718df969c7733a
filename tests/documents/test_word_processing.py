"""Word's documents and RTF made here: what LibreOffice does not write, and others do."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest

from align.documents import read_document
from align.errors import InputError

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(body, **parts):
    """A Word file with a body and some more parts, each given as the XML within its root."""
    related = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in parts
    )
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" '
            f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}">{related}'
            f'<Relationship Id="lost" Type="{OFFICE}/image" Target="NULL"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{WORD}">{inner}</w:{name}>')
    return data.getvalue()


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    document = read_document(path)
    return [document.text[block.start : block.stop] for block in document.blocks]


MOVED = paragraph(
    run("It "),
    f"<w:moveFrom>{run('now ')}</w:moveFrom>",
    run("rains"),
    f"<w:moveTo>{run(' now')}</w:moveTo>",
    run("."),
)
FIELD = paragraph(
    run("It costs "),
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "<w:r><w:instrText>REF price </w:instrText></w:r>",
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
    "<w:r><w:instrText>PAGE</w:instrText></w:r>",
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    run("7"),
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
    run("five euros"),
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    run("."),
)
SIMPLE_FIELD = paragraph(run("In "), f'<w:fldSimple w:instr="DATE">{run("May")}</w:fldSimple>')
RUBY = paragraph(
    f"<w:r><w:ruby><w:rt>{run('はし')}</w:rt><w:rubyBase>{run('橋')}</w:rubyBase></w:ruby></w:r>",
    run("は古い。"),
)
BOX = paragraph(
    run("The picture."),
    '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing><w:txbxContent>'
    f"{paragraph(run('In the box.'))}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<w:txbxContent>{paragraph(run('In the box.'))}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>",
)
TWICE_BROKEN = paragraph(run("One."), "<w:r><w:br/><w:br/></w:r>", run("Two."))
CONTENTS = paragraph(run("Chapter\t3"), properties='<w:pStyle w:val="TOC1"/>') + paragraph(
    run("It begins.")
)
DELETED_ROW = (
    "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
    f"{paragraph(run('gone'))}</w:tc></w:tr><w:tr><w:tc>{paragraph(run('kept'))}</w:tc></w:tr></w:tbl>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (MOVED, ["It rains now."]),
        (FIELD, ["It costs five euros."]),
        (SIMPLE_FIELD, ["In May"]),
        (RUBY, ["橋は古い。"]),
        (BOX, ["The picture.", "In the box."]),
        (TWICE_BROKEN, ["One.", "Two."]),
        (CONTENTS, ["It begins."]),
        (DELETED_ROW, ["kept"]),
        (paragraph(run("Seen."), run(" Hidden.", "<w:vanish/>")), ["Seen."]),
        (paragraph("<w:r><w:t>co</w:t><w:softHyphen/><w:t>operate</w:t></w:r>"), ["cooperate"]),
        (paragraph(f"<w:hyperlink>{run('A link')}</w:hyperlink>", run(".")), ["A link."]),
        (f"<w:sdt><w:sdtContent>{paragraph(run('Held.'))}</w:sdtContent></w:sdt>", ["Held."]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_what_is_read_of_a_word_file(tmp_path, body, expected):
    styles = '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    assert read(tmp_path, "a.docx", docx(body, styles=styles)) == expected


def test_a_note_with_a_mark_of_its_own_leaves_no_mark(tmp_path):
    body = paragraph(
        run("It rains."),
        '<w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r>',
        run(" It pours."),
    )
    notes = f'<w:footnote w:id="0">{paragraph(run("-"))}</w:footnote>'
    notes += f'<w:footnote w:id="3">{paragraph(run("As ever."))}</w:footnote>'
    data = docx(body, footnotes=notes)
    assert read(tmp_path, "a.docx", data) == ["It rains. It pours.", "As ever."]


def test_python_docx_makes_files_that_are_read(tmp_path):
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("The Bridge", 0)
    made.add_heading("Its age", 1)
    made.add_paragraph("It is old.", style="List Bullet")
    made.save(tmp_path / "a.docx")
    document = read_document(tmp_path / "a.docx")
    assert [block.kind for block in document.blocks] == ["title", "heading", "list-item"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'e0\'f0\'ee\'ec\par}", ["Паром"]),
        (rb"{\rtf1{\fonttbl{\f0\fcharset128 M;}}\f0\'8c\'c3\'82\'a2\par}", ["古い"]),
        (rb"{\rtf1\uc1 \u27211?\u-2299?\par}", ["橋\uf705"]),
        (rb"{\rtf1 \u-10179?\u-8704?\par}", ["\U0001f600"]),
        (rb"{\rtf1{\header Dropped}{\footer 1}One.\par Two.\par}", ["One.", "Two."]),
        (rb"{\rtf1 It {\deleted never }rains{\v secretly}.\par}", ["It rains."]),
        (rb"{\rtf1 It rains.{\super\chftn}{\footnote\chftn Often.}\par}", ["It rains.", "Often."]),
        (rb"{\rtf1{\field{\*\fldinst HYPERLINK x}{\fldrslt A link}}.\par}", ["A link."]),
        (rb"{\rtf1\trowd\intbl a\cell b\cell\row\pard c\par}", ["a", "b", "c"]),
        (rb"{\rtf1{\*\unknown Dropped}{\pict 0102}One.\par}", ["One."]),
        (rb"{\rtf1{\pict\bin5 }}}}}}One.\par}", ["One."]),
        (rb"{\rtf1 One\~two \lquote three\rquote\par}", ["One\u00a0two ‘three’"]),
    ],
)
def test_what_is_read_of_rtf(tmp_path, written, expected):
    assert read(tmp_path, "a.rtf", written) == expected


@pytest.mark.parametrize("filler", [b"{", b"}", b"\\", b"\\'e", b"\\u1", b"{\\*", b"\\par "])
def test_rtf_of_anything_is_read_or_refused(tmp_path, filler):
    try:
        read(tmp_path, "a.rtf", b"{\\rtf1 " + filler * 3000)
    except InputError as error:
        assert "a.rtf" in str(error)
