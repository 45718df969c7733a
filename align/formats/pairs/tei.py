"""Two texts and the links between their sentences as TEI P5, the links standing off.

TEI Consortium, P5 Guidelines §§ 16.9 `standOff`, 17.1 `s`, 4.3.1 `group`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.formats.pairs.lined import LinedPair, lined_writer
from align.formats.xml_files import XML_LANG

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml import etree

_TEI = "http://www.tei-c.org/ns/1.0"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@lined_writer("tei", "TEI, both texts and the links between their sentences", endings=(".tei",))
def write_tei(path: Path | str, pair: LinedPair) -> None:
    """Writes both texts, a sentence an `<s>`, and for each bead a `<link>` between its sentences.

    Carries: confidence, as the `cert` of a link in three degrees.
    Does not carry: beads of one side alone, which link nothing; paragraphs, inline codes, notes,
    properties, states, breaks within a text.

    Raises:
        OutputError: If the file cannot be written.
    """
    from lxml import etree

    from align.formats.atomic import open_for_writing

    with (
        open_for_writing(path, "wb") as stream,
        etree.xmlfile(stream, encoding="UTF-8") as xml,
    ):
        xml.write_declaration()
        with xml.element("TEI", nsmap={None: _TEI}):
            xml.write("\n", _header(pair))
            with xml.element("standOff"), xml.element("linkGrp", {"type": "translation"}):
                for bead in pair.beads:
                    if bead.source and bead.target:
                        names = [f"#s{number + 1}" for number in bead.source]
                        names += [f"#t{number + 1}" for number in bead.target]
                        own = {"target": " ".join(names)}
                        if bead.confidence is not None:
                            own["cert"] = _degree(bead.confidence)
                        xml.write("\n", etree.Element("link", own))
            xml.write("\n")
            with xml.element("text"), xml.element("group"):
                for language, lines, side in zip(pair.languages, pair.lines, "st", strict=True):
                    xml.write("\n", _text(language, lines, side))
            xml.write("\n")


def _text(language: str, lines: Sequence[str], side: str) -> etree._Element:
    """A text, its sentences named by the side and their number."""
    from lxml import etree

    text = etree.Element("text", {XML_LANG: language})
    paragraph = etree.SubElement(etree.SubElement(text, "body"), "p")
    for number, line in enumerate(lines, start=1):
        sentence = etree.SubElement(paragraph, "s", {_XML_ID: f"{side}{number}"})
        sentence.text, sentence.tail = line, "\n"
    return text


def _degree(confidence: float) -> str:
    """A probability in the words of TEI (`teidata.certainty`)."""
    return "high" if confidence >= 0.9 else "medium" if confidence >= 0.5 else "low"


def _header(pair: LinedPair) -> etree._Element:
    from lxml.builder import E

    from align import __version__

    source, target = pair.languages
    header: etree._Element = E.teiHeader(
        E.fileDesc(
            E.titleStmt(E.title(f"Alignment of {source} and {target}")),
            E.publicationStmt(E.p("Unpublished.")),
            E.sourceDesc(E.p("Two texts that translate one another.")),
        ),
        E.encodingDesc(
            E.appInfo(E.application(E.label("align"), ident="align", version=__version__))
        ),
    )
    return header
