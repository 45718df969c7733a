"""Word's documents (Office Open XML), as they read once all tracked changes are accepted.

The XML is read as ISO/IEC 29500-1 describes it, by the local names of its elements, which the
transitional and the strict edition share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.documents.archives import Archive, attribute, child, local
from align.documents.assembly import Piece, assemble, piece_at, titled
from align.documents.captions import is_caption
from align.documents.office.cells import cell_name
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

    from align.documents.model import BlockKind, Document

# What a style's name begins with; the names of built-in styles are English in every Word.
_KINDS: dict[str, BlockKind] = {
    "title": "title",
    "subtitle": "heading",
    "heading": "heading",
    "quote": "quotation",
    "intense quote": "quotation",
    "quotations": "quotation",
    "block text": "quotation",
    "caption": "caption",
    "list": "list-item",
}
_CONTENTS = re.compile(r"(?:toc|contents|index|table of|user index)\b(?! text)")
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|TOA|INDEX)\b")
_UNREAD = frozenset({
    "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "rt",
    "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator",
})  # fmt: skip
_TEXT_OF = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_OFF = ("0", "false", "off", "none")
_LONGEST_CHAIN = 20  # of styles that are based on one another


@READERS.register("DOCX", endings=(".docx", ".docm"))
def read_docx(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is Word's.

    Read:
        Paragraphs, headings, lists, tables cell by cell, text boxes, footnotes and endnotes at
        the end, results of fields, tracked changes as accepted, the base text of ruby.

    Dropped:
        Headers and footers, comments, what was deleted, hidden text, tables of contents and
        indexes, pictures and their alternative texts, marks of notes, numbers of list items.

    Places:
        The paragraph, the cell of a table, the note.
    """
    return _Reader(Archive(data, "a DOCX file")).document()


@dataclass(slots=True)
class _Field:
    """A field that is open: what it computes, and whether its result has begun."""

    code: str = ""
    has_result: bool = False

    @property
    def is_read(self) -> bool:
        return self.has_result and not _CONTENTS_FIELD.match(self.code)


@dataclass(slots=True)
class _Said:
    """What a paragraph says, and what hangs on it: text boxes, notes."""

    parts: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._main = archive.main_part()
        self._styles = self._styles_by_id()
        self._fields: list[_Field] = []
        self._carried = ""  # the text before a paragraph's end that was deleted
        self._notes: list[tuple[str, str]] = []
        self._paragraphs = self._tables = self._boxes = 0

    def document(self) -> Document:
        body = child(self._archive.tree(self._main), "body")
        if body is None:
            raise InputError("is not a DOCX file: its main part has no body")
        pieces = list(self._blocks(body, None))
        pieces.extend(self._pieces_of_notes())
        return assemble(titled(pieces))

    # Blocks

    def _blocks(self, parent: _Element, place: str | None) -> Iterator[Piece]:
        """The blocks below an element; `place` is theirs, None where they are of the body."""
        for each in parent:
            name = local(each)
            if name == "p":
                yield from self._paragraph(each, place)
            elif name == "tbl":
                yield from self._table(each)
            elif name == "AlternateContent":
                chosen = child(each, "Choice")
                chosen = child(each, "Fallback") if chosen is None else chosen
                if chosen is not None:
                    yield from self._blocks(chosen, place)
            elif name not in _UNREAD and not _is_contents(each):
                yield from self._blocks(each, place)

    def _paragraph(self, paragraph: _Element, place: str | None) -> Iterator[Piece]:
        said = _Said()
        self._say(paragraph, said)
        self._fields = [each for each in self._fields if each.has_result]  # a code ends with it
        self._notes.extend(said.notes)
        text = self._carried + "".join(said.parts)
        mark = child(paragraph, "pPr", "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self._carried = text  # it goes on in the next one
        else:
            self._carried = ""
            kind = self._kind(paragraph)
            if text.strip() and kind is not None:
                if place is None:
                    self._paragraphs += 1
                where = place or f"paragraph {self._paragraphs}"
                for part in re.split(r"\n\s*\n", text):
                    is_one = kind == "paragraph" and is_caption(part)
                    yield piece_at("caption" if is_one else kind, part, where)
        for box in said.boxes:
            self._boxes += 1
            yield from self._blocks(box, f"text box {self._boxes}")

    def _table(self, table: _Element) -> Iterator[Piece]:
        self._tables += 1
        number = self._tables
        rows = (row for row in _inside(table, "tr") if child(row, "trPr", "del") is None)
        for index, row in enumerate(rows, start=1):
            column = 1
            for cell in _inside(row, "tc"):
                place = f"table {number}, cell {cell_name(index, column)}"
                yield from self._blocks(cell, place)
                column += _number(attribute(child(cell, "tcPr", "gridSpan"), "val"), 1)

    def _pieces_of_notes(self) -> Iterator[Piece]:
        """The notes, in the order in which they are referred to, those of the foot first."""
        for kind, name in (("footnotes", "footnote"), ("endnotes", "endnote")):
            part = self._archive.part(self._main, kind)
            if part is None:
                continue
            notes = {attribute(each, "id"): each for each in self._archive.tree(part)}
            wanted = dict.fromkeys(number for of, number in self._notes if of == kind)
            for index, number in enumerate(wanted, start=1):
                if number in notes:
                    self._fields.clear()
                    yield from self._blocks(notes[number], f"{name} {index}")

    # Text

    def _say(self, element: _Element, said: _Said) -> None:
        """Gathers what stands below an element."""
        for each in element:
            name = local(each)
            if name == "fldChar":
                self._turn(attribute(each, "fldCharType"))
            elif name == "instrText" and self._fields:
                self._fields[-1].code += each.text or ""
            elif name in _UNREAD or not name:
                continue
            elif name == "txbxContent":
                said.boxes.append(each)
            elif name in _NOTES:
                said.notes.append((_NOTES[name], attribute(each, "id") or ""))
                if attribute(each, "customMarkFollows") not in (None, *_OFF):
                    return  # the rest of the run is the mark
            elif name == "AlternateContent":
                chosen = child(each, "Choice")
                chosen = child(each, "Fallback") if chosen is None else chosen
                if chosen is not None:
                    self._say(chosen, said)
            elif self._is_out(each, name):
                continue
            elif name == "t" or name in _TEXT_OF:
                if all(each.is_read for each in self._fields):
                    said.parts.append(_TEXT_OF.get(name) or each.text or "")
            else:
                self._say(each, said)

    def _turn(self, kind: str | None) -> None:
        """Follows a field from its beginning through its code and its result to its end."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _is_out(self, element: _Element, name: str) -> bool:
        """Whether an element is a hidden run or a table of contents."""
        if name == "fldSimple":
            return _CONTENTS_FIELD.match(attribute(element, "instr") or "") is not None
        vanish = child(element, "rPr", "vanish") if name == "r" else None
        return vanish is not None and attribute(vanish, "val") not in _OFF

    # Styles

    def _styles_by_id(self) -> dict[str, _Element]:
        part = self._archive.part(self._main, "styles")
        styles = () if part is None else self._archive.tree(part)
        return {attribute(each, "styleId") or "": each for each in styles if local(each) == "style"}

    def _kind(self, paragraph: _Element) -> BlockKind | None:
        """What a paragraph is; None for one of a table of contents."""
        properties = child(paragraph, "pPr")
        kind: BlockKind = "paragraph"
        if _is_list_item(properties):
            kind = "list-item"
        if _is_heading(properties):
            return "heading"
        name = attribute(child(properties, "pStyle"), "val")
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get(name or "")
            if style is None:
                break
            called = (attribute(child(style, "name"), "val") or "").casefold()
            if _CONTENTS.match(called):
                return None
            found = next((each for start, each in _KINDS.items() if called.startswith(start)), None)
            if found is not None:
                return found
            own = child(style, "pPr")
            if _is_heading(own):
                return "heading"
            if _is_list_item(own):
                kind = "list-item"
            name = attribute(child(style, "basedOn"), "val")
        return kind


def _is_list_item(properties: _Element | None) -> bool:
    number = child(properties, "numPr", "numId")
    return number is not None and attribute(number, "val") != "0"


def _is_heading(properties: _Element | None) -> bool:
    level = attribute(child(properties, "outlineLvl"), "val")
    return level is not None and _number(level, 9) < 9  # 9 is body text


def _is_contents(element: _Element) -> bool:
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return (attribute(gallery, "val") or "").startswith(("Table of", "Index"))


def _inside(parent: _Element, name: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, those in content controls too."""
    for each in parent:
        if local(each) == name:
            yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(each, name)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise
