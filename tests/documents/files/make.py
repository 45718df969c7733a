"""Makes the files of this folder with LibreOffice, from texts of our own.

python tests/documents/files/make.py    writes them anew (needs `soffice`, hyphen-en-us, DejaVu)

The sources are flat OpenDocument files, written here; the program makes of them what people have:
DOCX, ODT, RTF and PDF of two texts, PPTX and XLSX. It writes dates and identifiers into its files,
so that two runs differ in bytes, but never in what is read.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
        ("presentation", "presentation"),
    )
)  # fmt: skip
_DUBLIN_CORE = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
)

_REPORT_STYLES = """
<office:styles>
 <style:style style:name="Standard" style:family="paragraph"/>
 <style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
  <style:text-properties fo:font-size="20pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard"/>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:parent-style-name="Heading" style:default-outline-level="1">
  <style:text-properties fo:font-size="15pt" fo:font-weight="bold"/></style:style>
 <style:style style:name="Quotations" style:family="paragraph" style:parent-style-name="Standard"/>
 <style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard"/>
 <style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard"/>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="L">
  <style:page-layout-properties fo:page-width="15cm" fo:page-height="21cm" fo:margin="2cm"/>
  <style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style>
 </style:page-layout>
 <style:style style:name="Hidden" style:family="text">
  <style:text-properties text:display="none"/></style:style>
 <style:style style:name="Box" style:family="graphic">
  <style:graphic-properties style:wrap="none" style:vertical-pos="from-top" style:vertical-rel="paragraph"
   style:horizontal-pos="left" style:horizontal-rel="paragraph"/></style:style>
 <style:style style:name="Quoted" style:family="paragraph" style:parent-style-name="Quotations"/>
</office:automatic-styles>
<office:master-styles>
 <style:master-page style:name="Standard" style:page-layout-name="L">
  <style:header><text:p text:style-name="Header">Yearbook of the Harbour Museum</text:p></style:header>
  <style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>
 </style:master-page>
</office:master-styles>
"""

_CHANGE = "<office:change-info><dc:creator>Editor</dc:creator><dc:date>2025-03-01T10:00:00</dc:date></office:change-info>"

# Everything that a word processor's file may hold beside its paragraphs. What must not be read says
# so in words of its own: dropped, deleted, hidden.
_REPORT_BODY = f"""
<office:text>
 <text:tracked-changes>
  <text:changed-region text:id="c1"><text:deletion>{_CHANGE}<text:p>deleted words </text:p></text:deletion></text:changed-region>
  <text:changed-region text:id="c2"><text:insertion>{_CHANGE}</text:insertion></text:changed-region>
  <text:changed-region text:id="c3"><text:deletion>{_CHANGE}<text:p/><text:p/></text:deletion></text:changed-region>
 </text:tracked-changes>
 <text:p text:style-name="Title">The Lamp on the Pier</text:p>
 <text:table-of-content text:name="Contents">
  <text:table-of-content-source text:outline-level="1"/>
  <text:index-body><text:p>How it was built<text:tab/>1</text:p></text:index-body>
 </text:table-of-content>
 <text:h text:style-name="Heading_20_1" text:outline-level="1">How it was built</text:h>
 <text:p>The lamp was lit in 1902.<text:note text:note-class="footnote" text:id="n1"><text:note-citation>1</text:note-citation><text:note-body><text:p text:style-name="Footnote">The parish book says 1903.</text:p></text:note-body></text:note> Its <text:change text:change-id="c1"/>glass came by <text:change-start text:change-id="c2"/>sea from the <text:change-end text:change-id="c2"/>north.<office:annotation><dc:creator>Editor</dc:creator><text:p>A dropped comment.</text:p></office:annotation></text:p>
 <text:p>The keeper climbed ninety steps<text:change text:change-id="c3"/> every evening.<text:span text:style-name="Hidden"> A hidden remark.</text:span></text:p>
 <text:p text:style-name="Quoted">Nobody has ever seen it dark.</text:p>
 <text:list><text:list-item><text:p>Oil was brought in spring.</text:p></text:list-item>
  <text:list-item><text:p>Wicks were cut at home.</text:p></text:list-item></text:list>
 <table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>
  <table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>What was changed</text:p></table:table-cell></table:table-row>
  <table:table-row><table:table-cell><text:p>1931</text:p></table:table-cell><table:table-cell><text:p>The oil gave way to gas.</text:p></table:table-cell></table:table-row>
 </table:table>
 <text:p>Visitors may climb it on Sundays.<draw:frame draw:style-name="Box" text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm" svg:x="0cm" svg:y="1cm"><draw:text-box><text:p>The stairs are narrow. Hold the rail.</text:p></draw:text-box></draw:frame></text:p>
 <text:p>This file is called <text:file-name text:display="name" text:fixed="true">lamp</text:file-name>, and its last<text:note text:note-class="endnote" text:id="n2"><text:note-citation>i</text:note-citation><text:note-body><text:p>Counted in 2024.</text:p></text:note-body></text:note> line stands here.</text:p>
</office:text>
"""

_ARTICLE_STYLES = """
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties style:font-name="DejaVu Serif"
  fo:font-family="'DejaVu Serif'" fo:font-size="10pt" fo:language="en" fo:country="US"
  fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/>
 </style:default-style>
 <style:style style:name="Standard" style:family="paragraph"/>
 <style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:margin-bottom="0.5cm"/>
  <style:text-properties fo:font-size="18pt" fo:font-weight="bold" fo:hyphenate="false"/></style:style>
 <style:style style:name="H" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>
  <style:text-properties fo:font-size="12pt" fo:font-weight="bold" fo:hyphenate="false"/></style:style>
 <style:style style:name="Body" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:text-align="justify" fo:text-indent="0.5cm"/></style:style>
 <style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard">
  <style:text-properties fo:font-size="8pt"/></style:style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="Two" style:family="section"><style:section-properties>
  <style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties></style:style>
 <style:page-layout style:name="L">
  <style:page-layout-properties fo:page-width="15cm" fo:page-height="19cm" fo:margin="1.5cm"/>
  <style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style>
 </style:page-layout>
</office:automatic-styles>
<office:master-styles>
 <style:master-page style:name="Standard" style:page-layout-name="L">
  <style:header><text:p>Letters on Harbours</text:p></style:header>
  <style:footer><text:p>– <text:page-number>1</text:page-number> –</text:p></style:footer>
 </style:master-page>
</office:master-styles>
"""

ARTICLE = [
    ("Title", "What the Harbour Remembers"),
    ("H", "The first winter"),
    ("Body", "When the harbour authorities commissioned the breakwater, the neighbouring communities "
     "considered the undertaking extraordinarily optimistic, because the prevailing southwesterly "
     "storms had demolished every preceding construction within a generation."),
    ("Body", "The superintendent nevertheless persuaded the subscribers that a foundation of "
     "interlocking granite would withstand whatever the Atlantic delivered. His well-known drawings "
     "are preserved in the municipal archive, together with the correspondence of the contractors."),
    ("Body", "During the first winter the labourers worked by lamplight. They were paid by the "
     "cubic yard,* and the accounts show how irregularly. Temperatures fell so far that the "
     "machinery had to be dismantled and reassembled under canvas."),
    ("H", "What was found below"),
    ("Body", "Excavation uncovered the remains of an earlier landing place, constructed of enormous "
     "timbers. Archaeologists have subsequently established that the timbers were felled in the "
     "ninth century, considerably earlier than the documentary evidence had suggested."),
    ("Body", "Several of the timbers carried inscriptions. Nobody has interpreted them convincingly, "
     "although comparisons with merchants' marks in neighbouring countries have been attempted "
     "repeatedly. The most complete inscription is exhibited in the custom house."),
    ("Body", "The discovery interrupted the work for the remainder of the season. The contractors "
     "demanded compensation, the subscribers refused, and the disagreement was eventually settled by "
     "arbitration, to the satisfaction of neither."),
    ("Body", "What the harbour remembers is therefore mostly disappointment. But the breakwater has "
     "stood for a hundred and forty years, and the inhabitants measure every storm against those "
     "that it has survived."),
]  # fmt: skip
NOTE = "The yard of the harbour office was an inch longer than that of the town."


def _article_body() -> str:
    paragraphs = []
    for style, text in ARTICLE:
        note = (
            '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            f'<text:note-body><text:p text:style-name="Footnote">{NOTE}</text:p></text:note-body></text:note>'
        )
        paragraphs.append(f'<text:p text:style-name="{style}">{text.replace("*", note)}</text:p>')
    title, *rest = paragraphs
    return (
        f'<office:text>{title}<text:section text:style-name="Two" text:name="Columns">'
        + "".join(rest)
        + "</text:section></office:text>"
    )


_SLIDES = """
<office:styles>
 <style:style style:name="M-title" style:family="presentation"/>
 <style:style style:name="M-outline1" style:family="presentation"/>
 <style:style style:name="M-notes" style:family="presentation"/>
</office:styles>
<office:automatic-styles>
 <style:page-layout style:name="PM"><style:page-layout-properties fo:page-width="28cm" fo:page-height="21cm"/></style:page-layout>
 <style:style style:name="dp" style:family="drawing-page"><style:drawing-page-properties
  presentation:display-footer="true" presentation:display-page-number="true"/></style:style>
 <style:style style:name="pt" style:family="presentation" style:parent-style-name="M-title"/>
 <style:style style:name="po" style:family="presentation" style:parent-style-name="M-outline1"/>
 <style:style style:name="pn" style:family="presentation" style:parent-style-name="M-notes"/>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="M" style:page-layout-name="PM" draw:style-name="dp"/></office:master-styles>
<office:body><office:presentation>
 <presentation:footer-decl presentation:name="f">Dropped footer</presentation:footer-decl>
 <draw:page draw:name="one" draw:master-page-name="M" draw:style-name="dp" presentation:use-footer-name="f">
  <draw:frame presentation:class="title" presentation:style-name="pt" svg:width="24cm" svg:height="3cm" svg:x="2cm" svg:y="1cm"><draw:text-box><text:p>The Lamp on the Pier</text:p></draw:text-box></draw:frame>
  <draw:frame presentation:class="outline" presentation:style-name="po" svg:width="24cm" svg:height="9cm" svg:x="2cm" svg:y="5cm"><draw:text-box>
   <text:list><text:list-item><text:p>It was lit in 1902.</text:p></text:list-item><text:list-item><text:p>It has never failed.</text:p></text:list-item></text:list></draw:text-box></draw:frame>
  <presentation:notes><draw:frame presentation:class="notes" presentation:style-name="pn" svg:width="14cm" svg:height="9cm" svg:x="2cm" svg:y="14cm"><draw:text-box><text:p>Pause here. Let them look.</text:p></draw:text-box></draw:frame></presentation:notes>
 </draw:page>
 <draw:page draw:name="two" draw:master-page-name="M">
  <draw:frame presentation:class="title" presentation:style-name="pt" svg:width="24cm" svg:height="3cm" svg:x="2cm" svg:y="1cm"><draw:text-box><text:p>What was changed</text:p></draw:text-box></draw:frame>
  <draw:g><draw:frame svg:width="9cm" svg:height="2cm" svg:x="2cm" svg:y="5cm"><draw:text-box><text:p>Oil gave way to gas.</text:p></draw:text-box></draw:frame>
   <draw:frame svg:width="9cm" svg:height="2cm" svg:x="13cm" svg:y="5cm"><draw:text-box><text:p>Gas gave way<text:line-break/>to current.</text:p></draw:text-box></draw:frame></draw:g>
  <draw:frame svg:width="20cm" svg:height="4cm" svg:x="2cm" svg:y="9cm"><table:table><table:table-column/><table:table-column/>
   <table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell><text:p>Fuel</text:p></table:table-cell></table:table-row>
   <table:table-row><table:table-cell><text:p>1931</text:p></table:table-cell><table:table-cell><text:p>Gas from the town</text:p></table:table-cell></table:table-row>
  </table:table></draw:frame>
 </draw:page>
</office:presentation></office:body>
"""

_SHEETS = """
<office:body><office:spreadsheet>
 <table:table table:name="Fares">
  <table:table-row><table:table-cell office:value-type="string"><text:p>Journey</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Price</text:p></table:table-cell></table:table-row>
  <table:table-row><table:table-cell office:value-type="string"><text:p>To the island and back. Dogs ride free.</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="12.5"><text:p>12.5</text:p></table:table-cell></table:table-row>
  <table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>
  <table:table-row><table:table-cell/><table:table-cell/><table:table-cell office:value-type="string"><text:p>Children pay half.</text:p><text:p>Babies pay nothing.</text:p></table:table-cell></table:table-row>
  <table:table-row><table:table-cell table:formula="of:=&quot;Paid at &quot;&amp;&quot;the pier.&quot;" office:value-type="string" office:string-value="Paid at the pier."><text:p>Paid at the pier.</text:p></table:table-cell></table:table-row>
 </table:table>
 <table:table table:name="Notes"><table:table-row><table:table-cell office:value-type="string"><text:p>Fares hold until May.</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body>
"""


def _flat(kind: str, inner: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} {_DUBLIN_CORE} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.{kind}">{inner}</office:document>'
    )


SOURCES = {
    "lamp.fodt": (
        _flat("text", f"{_REPORT_STYLES}<office:body>{_REPORT_BODY}</office:body>"),
        ("docx", "odt", "rtf", "pdf"),
    ),
    "harbour.fodt": (
        _flat("text", f"{_ARTICLE_STYLES}<office:body>{_article_body()}</office:body>"),
        ("pdf",),
    ),
    "lamp.fodp": (_flat("presentation", _SLIDES), ("pptx",)),
    "fares.fods": (_flat("spreadsheet", _SHEETS), ("xlsx",)),
}


def make(folder: Path) -> None:
    """Writes every file into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        for name, (source, kinds) in SOURCES.items():
            path = Path(scratch) / name
            path.write_text(source, encoding="utf-8")
            for kind in kinds:
                # Tagged as office programs tag what they export: running heads are artifacts.
                if (name, kind) == ("lamp.fodt", "pdf"):
                    kind += ":writer_pdf_Export:" + '{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
                subprocess.run(
                    ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless",
                     "--convert-to", kind, "--outdir", str(folder), str(path)],
                    check=True,
                    capture_output=True,
                )  # fmt: skip


if __name__ == "__main__":
    make(HERE)
