"""OpenDocument texts, as they read once all tracked changes are accepted."""

from __future__ import annotations

import re
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

# The names of built-in styles, which are English in every program's file.
_KINDS: dict[str, BlockKind] = {
    "Title": "title",
    "Subtitle": "heading",
    "Heading": "heading",
    "Quotations": "quotation",
    "Caption": "caption",
    "Illustration": "caption",
    "Figure": "caption",
    "List": "list-item",
}
# What was deleted lies in `tracked-changes`, away from the text; the rest is not the text's own.
_UNREAD = frozenset({
    "tracked-changes", "annotation", "note-citation", "ruby-text", "table-of-content",
    "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index",
    "bibliography", "title", "desc", "forms", "sequence-decls", "variable-decls",
    "user-field-decls", "page-number", "hidden-text", "hidden-paragraph", "event-listeners",
    "covered-table-cell",
})  # fmt: skip
_TYPE = (
    b"mimetypeapplication/vnd.oasis.opendocument.text"  # the first entry, as the standard has it
)
_TEXT_OF = {"tab": "\t", "line-break": "\n"}
_MOST_SPACES = 100  # that one element may stand for
_MOST_COLUMNS = 10_000
_LONGEST_CHAIN = 20


@READERS.register("ODT", endings=(".odt", ".ott"), recognises=lambda start: _TYPE in start[:200])
def read_odt(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is an OpenDocument text.

    Read:
        Paragraphs, headings, lists, tables cell by cell, text boxes, footnotes and endnotes at
        the end, fields as they stand, tracked changes as accepted, the base text of ruby.

    Dropped:
        Headers and footers, comments, what was deleted, hidden text, tables of contents and
        indexes, pictures and their titles, marks of notes, numbers of list items.

    Places:
        The paragraph, the cell of a table, the note.
    """
    archive = Archive(data, "an ODT file")
    _must_be_open(archive)
    content = archive.tree("content.xml")
    body = child(content, "body", "text")
    if body is None:
        raise InputError("is not an ODT file: it holds no text document")
    styles = [content]
    if "styles.xml" in archive:
        styles.append(archive.tree("styles.xml"))
    return assemble(titled(_Reader(styles).pieces(body)))


def _must_be_open(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive and any(
        local(each) == "encryption-data" for each in archive.tree(manifest).iter()
    ):
        raise InputError("is protected by a password; save it without one")


class _Reader:
    def __init__(self, trees: list[_Element]) -> None:
        self._styles = {
            (attribute(style, "family"), attribute(style, "name")): style
            for tree in reversed(trees)
            for part in tree
            if local(part) in ("styles", "automatic-styles")
            for style in part
            if local(style) == "style"
        }
        self._boxes: list[_Element] = []
        self._notes: list[tuple[str, _Element]] = []
        self._paragraphs = self._tables = self._boxes_seen = 0

    def pieces(self, body: _Element) -> list[Piece]:
        """The blocks of the text, its notes at the end, those of the foot first."""
        pieces = list(self._blocks(body, None, "paragraph"))
        for kind in ("footnote", "endnote"):
            notes = [note for of, note in self._notes if of == kind]
            for number, note in enumerate(notes, start=1):
                pieces.extend(self._blocks(note, f"{kind} {number}", "paragraph"))
        return pieces

    def _blocks(self, parent: _Element, place: str | None, kind: BlockKind) -> Iterator[Piece]:
        """The blocks below an element; `place` is theirs, None where they are of the body."""
        for each in parent:
            name = local(each)
            if name in ("p", "h"):
                yield from self._paragraph(each, place, "heading" if name == "h" else kind)
            elif name == "table":
                yield from self._table(each)
            elif name in ("list-item", "list-header"):
                yield from self._blocks(each, place, "list-item")
            elif name == "frame":
                yield from self._in_boxes([each])
            elif name not in _UNREAD:
                yield from self._blocks(each, place, kind)

    def _paragraph(
        self, paragraph: _Element, place: str | None, kind: BlockKind
    ) -> Iterator[Piece]:
        parts: list[str] = []
        self._say(paragraph, parts)
        boxes, self._boxes = self._boxes, []
        text = "".join(parts)
        if text.strip() and not self._is_hidden(paragraph, "paragraph"):
            if place is None:
                self._paragraphs += 1
            where = place or f"paragraph {self._paragraphs}"
            kind = self._kind(paragraph, kind)
            for part in re.split(r"\n\s*\n", text):
                is_one = kind == "paragraph" and is_caption(part)
                yield piece_at("caption" if is_one else kind, part, where)
        yield from self._in_boxes(boxes)

    def _in_boxes(self, boxes: list[_Element]) -> Iterator[Piece]:
        for box in boxes:
            pieces = list(self._blocks_of_box(box))
            yield from pieces

    def _blocks_of_box(self, box: _Element) -> Iterator[Piece]:
        inner = [each for each in box if local(each) not in _UNREAD]
        if any(local(each) not in ("image", "object", "object-ole", "plugin") for each in inner):
            self._boxes_seen += 1
        yield from self._blocks(box, f"text box {self._boxes_seen}", "paragraph")

    def _table(self, table: _Element) -> Iterator[Piece]:
        self._tables += 1
        number = self._tables
        for index, row in enumerate(_rows(table), start=1):
            column = 1
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                if local(cell) == "table-cell":
                    place = f"table {number}, cell {cell_name(index, column)}"
                    yield from self._blocks(cell, place, "paragraph")
                repeated = _number(attribute(cell, "number-columns-repeated"), 1)
                column += min(repeated, _MOST_COLUMNS)

    def _say(self, element: _Element, parts: list[str]) -> None:
        """Gathers what an element says; text boxes and notes are kept for later."""
        parts.append(_collapsed(element.text))
        for each in element:
            name = local(each)
            if name in _TEXT_OF:
                parts.append(_TEXT_OF[name])
            elif name == "s":
                parts.append(" " * min(_number(attribute(each, "c"), 1), _MOST_SPACES))
            elif name == "note":
                kind = attribute(each, "note-class") or "footnote"
                body = child(each, "note-body")
                if body is not None:
                    self._notes.append((kind, body))
            elif name == "frame" or attribute(each, "anchor-type") is not None:
                self._boxes.append(each)
            elif name and name not in _UNREAD and not self._is_hidden(each, "text"):
                self._say(each, parts)
            parts.append(_collapsed(each.tail))

    def _kind(self, paragraph: _Element, otherwise: BlockKind) -> BlockKind:
        for style in self._chain(paragraph, "paragraph"):
            called = (attribute(style, "name") or "").replace("_20_", " ")
            for start, kind in _KINDS.items():
                if called.startswith(start) and otherwise in ("paragraph", kind):
                    return kind
        return otherwise

    def _is_hidden(self, element: _Element, family: str) -> bool:
        shown = (
            attribute(child(style, "text-properties"), "display")
            for style in self._chain(element, family)
        )
        return next((each for each in shown if each), None) == "none"

    def _chain(self, element: _Element, family: str) -> Iterator[_Element]:
        """An element's style and those that it is based on."""
        name = attribute(element, "style-name")
        for _ in range(_LONGEST_CHAIN):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = attribute(style, "parent-style-name")


def _rows(parent: _Element) -> Iterator[_Element]:
    """The rows of a table, those in groups and headers too."""
    for each in parent:
        if local(each) == "table-row":
            yield each
        elif local(each) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each)


def _collapsed(text: str | None) -> str:
    """White space of the XML, which is one space wherever it is; line breaks are elements."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else otherwise
