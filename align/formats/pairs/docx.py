"""Texts side by side as a document of Word, to read, to print and to write in.

ISO/IEC 29500-1: §§ 17.4 (tables), 17.3.1.6 (`w:bidi`), 17.3.2 (`w:rtl`, `w:lang`); ISO/IEC 29500-2
(packages).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from align.errors import InputError
from align.formats.registry import memory_writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from align.formats.memory import Memory
    from align.formats.pairs.columns import Column, Row

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# Word's own limits of a table, the row of heads counted.
_MOST_ROWS = 32_767
_MOST_COLUMNS = 63

# A4 in twentieths of a point: upright for two languages, across for more.
_SHORT, _LONG, _MARGIN = 11_906, 16_838, 1_134

_FIXED_PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/docProps/core.xml"
  ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_WORD_TYPE}.settings+xml"/>
</Types>
""",
    "_rels/.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"
  Target="docProps/core.xml"/>
</Relationships>
""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>
</Relationships>
""",
    # Without it Word opens the document as one of an older Word.
    "word/settings.xml": f"""<w:settings xmlns:w="{_W}"><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
  w:val="15"/>
</w:compat></w:settings>
""",
    "word/styles.xml": f"""<w:styles xmlns:w="{_W}">
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>
</w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:after="160"/></w:pPr>
<w:rPr><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Cell"><w:name w:val="Cell"/>
<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Head"><w:name w:val="Head"/>
<w:basedOn w:val="Cell"/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="Note"><w:name w:val="Note"/>
<w:basedOn w:val="Cell"/><w:rPr><w:i/><w:iCs/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr>
</w:style>
</w:styles>
""",
}
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A0A0A0"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@memory_writer("docx", "a document of Word, both texts side by side in a table",
               endings=(".docx",), is_binary=True)  # fmt: skip
def write_docx(path: Path | str, memory: Memory) -> None:
    """Writes the texts of a memory as a table in Word, a column a language, its heads on each page.

    Carries: untranslated units; up to 63 languages; notes.
    Does not carry: inline codes, properties, states, files within the file, more than 32,766 units.

    Raises:
        InputError: If a table of Word cannot hold as many units or languages.
        OutputError: If the file cannot be written.
    """
    from align.formats.packages import open_package
    from align.formats.pairs.columns import columns_of

    columns = columns_of(memory)
    if len(columns) > _MOST_COLUMNS:
        raise InputError(
            f"a table of Word has {_MOST_COLUMNS} columns, and there are {len(columns)} languages; "
            "choose some of them, or write another format"
        )
    with open_package(path) as package:
        for name, part in _FIXED_PARTS.items():
            package.add(name, f"{_DECLARATION}{part}".encode())
        package.add("docProps/core.xml", _properties(memory, columns[0]).encode())
        with package.open("word/document.xml") as stream:
            for piece in _document(memory, columns):
                stream.write(piece.encode())


def _properties(memory: Memory, source: Column) -> str:
    """What is known of the document: title, language, what made it and when."""
    from align import __version__
    from align.formats.dates import creation_date
    from align.formats.pairs.columns import title_of

    date = f'xsi:type="dcterms:W3CDTF">{creation_date():%Y-%m-%dT%H:%M:%SZ}'
    return f"""{_DECLARATION}<cp:coreProperties
  xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<dc:title>{escape(title_of(memory))}</dc:title>
<dc:creator>align {__version__}</dc:creator>
<dc:language>{source.tag}</dc:language>
<dcterms:created {date}</dcterms:created>
<dcterms:modified {date}</dcterms:modified>
</cp:coreProperties>
"""


def _document(memory: Memory, columns: Sequence[Column]) -> Iterator[str]:
    """The main part: title, note, and the table row by row."""
    from align.formats.pairs.columns import rows_of, title_of
    from align.text import clean_text

    width, height = (_SHORT, _LONG) if len(columns) <= 2 else (_LONG, _SHORT)
    yield f'{_DECLARATION}<w:document xmlns:w="{_W}"><w:body>\n'
    yield _paragraph(title_of(memory), "Title")
    if memory.note:
        yield _paragraph(clean_text(memory.note), "Normal")
    yield from _head(columns, width - 2 * _MARGIN)
    for number, row in enumerate(rows_of(memory), start=2):
        if number > _MOST_ROWS:
            raise InputError(
                f"a table of Word holds {_MOST_ROWS - 1:,} units; write another format"
            )
        yield _row(columns, row)
    # Word wants a paragraph after a table.
    yield f"""</w:tbl><w:p/>
<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"{_turned(width > height)}/>
<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}"
  w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>
</w:body></w:document>
"""


def _turned(is_across: bool) -> str:
    return ' w:orient="landscape"' if is_across else ""


def _head(columns: Sequence[Column], width: int) -> Iterator[str]:
    """How the table is set, and the row of heads, which stands on each page."""
    # Where the source is read from the right, its column is the first from there.
    mirrored = "<w:bidiVisual/>" if columns[0].is_right_to_left else ""
    yield f"""<w:tbl><w:tblPr>{mirrored}<w:tblW w:w="5000" w:type="pct"/>
<w:tblBorders>{_LINES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"""
    yield f'<w:gridCol w:w="{width // len(columns)}"/>' * len(columns)
    names = (_cell(_paragraph(each.name, "Head", _set_as(each))) for each in columns)
    yield "</w:tblGrid>\n<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    yield f"{''.join(names)}</w:tr>\n"


def _row(columns: Sequence[Column], row: Row) -> str:
    cells = [
        _paragraph(text, "Cell", _set_as(column), _spoken(column))
        for column, text in zip(columns, row.texts, strict=True)
    ]
    cells[-1] += "".join(_paragraph(note, "Note") for note in row.notes)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(map(_cell, cells))}</w:tr>\n"


def _cell(paragraphs: str) -> str:
    return f"<w:tc>{paragraphs}</w:tc>"


def _paragraph(text: str, style: str, setting: str = "", language: str = "") -> str:
    """A paragraph of a style; how it is set, and how its run is."""
    run = f"<w:r><w:rPr>{language}</w:rPr>{_said(text)}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{setting}</w:pPr>{run}</w:p>'


def _set_as(column: Column) -> str:
    return "<w:bidi/>" if column.is_right_to_left else ""


def _spoken(column: Column) -> str:
    """What a run says of its language: how it is set, and by whose rules it is spelt."""
    from align.languages import with_region
    from align.languages.scripts import scripts_of

    if column.tag == "und":
        return ""
    # Marks that scripts share, such as quotation marks, are as wide as the characters beside them.
    said = '<w:rFonts w:hint="eastAsia"/>' if "Han" in scripts_of(column.tag) else ""
    said += "<w:rtl/>" if column.is_right_to_left else ""
    tag = with_region(column.tag)
    # Word takes the first for some scripts, the others for others, and a text may have several.
    return f'{said}<w:lang w:val="{tag}" w:eastAsia="{tag}" w:bidi="{tag}"/>'


def _said(text: str) -> str:
    """What stands in a run: text, breaks and tabs."""
    pieces = re.split(r"(\t|\r\n?|\n)", text)
    return "".join(map(_piece, pieces))


def _piece(piece: str) -> str:
    if piece == "\t":
        return "<w:tab/>"
    if piece in ("\r\n", "\r", "\n"):
        return "<w:br/>"
    return f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else ""
