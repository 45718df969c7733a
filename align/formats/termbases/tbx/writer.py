"""Writing TBX-Basic: version 3 with data categories as tags, version 2 for older tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from align.errors import InputError
from align.formats.registry import termbase_writer
from align.formats.termbases.statuses import ADMINISTRATIVE_STATUS
from align.formats.termbases.tbx.identifiers import xml_identifier
from align.formats.xml_files import XML_LANG

if TYPE_CHECKING:
    from pathlib import Path

    from lxml import etree

    from align.termbases.model import Termbase, TermbaseEntry, TermbaseTerm

TbxVersion = Literal[2, 3]

_CORE = "urn:iso:std:iso:30042:ed-2"
_MIN = "http://www.tbxinfo.net/ns/min"
_BASIC = "http://www.tbxinfo.net/ns/basic"
_PREFIXES = {None: _CORE, "min": _MIN, "basic": _BASIC}


@termbase_writer("tbx2", "a termbase in TBX-Basic as most tools import it, version 2")
def write_tbx2(path: Path | str, termbase: Termbase) -> None:
    """Writes a termbase as `martif`; see `write_tbx`."""
    write_tbx(path, termbase, version=2)


@termbase_writer("tbx", "a termbase in TBX-Basic, version 3", endings=(".tbx",))
def write_tbx(path: Path | str, termbase: Termbase, *, version: TbxVersion = 3) -> None:
    """Writes a termbase as TBX-Basic; `read_tbx` reads the same termbase back.

    Version 3 has data categories as tags (DCT, ISO 30042:2019 with the modules Min and Basic);
    version 2 is `martif`, as most tools in use still import it.

    Args:
        path: The file; `-` is standard output.
        termbase: What to write.
        version: The version of TBX.

    Raises:
        InputError: If the termbase has no entry, which TBX requires, or there is no such version.
        OutputError: If the file cannot be written.
    """
    from lxml import etree

    from align.formats.atomic import open_for_writing

    if version not in (2, 3):
        raise InputError(f"there is no version {version} of TBX to write; there are 2 and 3")
    if not termbase.entries:
        raise InputError("the termbase is empty, and TBX has no form for that", path=path)
    kind = _Tags if version == 3 else _Attributes
    writer = kind(termbase.languages[0])
    body = writer.root(termbase.title)
    for entry in termbase.entries:
        writer.entry(body, entry)
    tree = body.getroottree()
    etree.indent(tree, space="  ")
    with open_for_writing(path, "wb") as stream:
        tree.write(stream, encoding="UTF-8", xml_declaration=True)
        stream.write(b"\n")


class _Tags:
    """TBX 3, data categories as tags."""

    entry_name, language_name, term_name = "conceptEntry", "langSec", "termSec"

    def __init__(self, language: str) -> None:
        self.language = language

    def root(self, title: str) -> etree._Element:
        """The body of a new document with its header."""
        from lxml import etree

        root = etree.Element(
            f"{{{_CORE}}}tbx",
            {"style": "dct", "type": "TBX-Basic", XML_LANG: self.language},
            nsmap=cast("dict[str, str]", _PREFIXES),
        )
        self.description(self.child(root, "tbxHeader"), title)
        return self.child(self.child(root, "text"), "body")

    def description(self, header: etree._Element, title: str) -> None:
        """Says what the file is called and where it comes from."""
        description = self.child(header, "fileDesc")
        if title:
            self.child(self.child(description, "titleStmt"), "title", title)
        self.child(self.child(description, "sourceDesc"), "p", "written by align")

    def child(self, parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
        """Adds an element of the core structure."""
        from lxml import etree

        element = etree.SubElement(parent, f"{{{_CORE}}}{name}")
        element.text = text
        return element

    def subject(self, parent: etree._Element, text: str) -> None:
        from lxml import etree

        etree.SubElement(parent, f"{{{_MIN}}}subjectField").text = text

    def definition(self, parent: etree._Element, text: str) -> None:
        from lxml import etree

        group = self.child(parent, "descripGrp")
        etree.SubElement(group, f"{{{_BASIC}}}definition").text = text

    def status(self, parent: etree._Element, text: str) -> None:
        from lxml import etree

        etree.SubElement(parent, f"{{{_MIN}}}administrativeStatus").text = text

    def entry(self, body: etree._Element, entry: TermbaseEntry) -> None:
        """Adds an entry."""
        element = self.child(body, self.entry_name)
        element.set("id", xml_identifier(entry.identifier))
        if entry.subject:
            self.subject(element, entry.subject)
        if entry.definition:
            self.definition(element, entry.definition)
        if entry.note:
            self.child(element, "note", entry.note)
        for language in entry.languages:
            section = self.child(element, self.language_name)
            section.set(XML_LANG, language)
            if language in entry.definitions:
                self.definition(section, entry.definitions[language])
            for term in entry.of(language):
                self.term(section, term)

    def term(self, section: etree._Element, term: TermbaseTerm) -> None:
        """Adds a term."""
        element = self.child(section, self.term_name)
        self.child(element, "term", term.text)
        self.status(element, ADMINISTRATIVE_STATUS[term.status])
        if term.note:
            self.child(element, "note", term.note)


class _Attributes(_Tags):
    """TBX 2, data categories as attributes."""

    entry_name, language_name, term_name = "termEntry", "langSet", "tig"

    def root(self, title: str) -> etree._Element:
        from lxml import etree

        root = etree.Element("martif", {"type": "TBX-Basic", XML_LANG: self.language})
        header = self.child(root, "martifHeader")
        self.description(header, title)
        encoding = self.child(self.child(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs")
        encoding.set("type", "XCSURI")
        return self.child(self.child(root, "text"), "body")

    def child(self, parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
        from lxml import etree

        element = etree.SubElement(parent, name)
        element.text = text
        return element

    def subject(self, parent: etree._Element, text: str) -> None:
        self.child(parent, "descrip", text).set("type", "subjectField")

    def definition(self, parent: etree._Element, text: str) -> None:
        group = self.child(parent, "descripGrp")
        self.child(group, "descrip", text).set("type", "definition")

    def status(self, parent: etree._Element, text: str) -> None:
        self.child(parent, "termNote", text).set("type", "administrativeStatus")
