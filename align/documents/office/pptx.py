"""PowerPoint's presentations (Office Open XML), slide by slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.documents.archives import Archive, attribute, child, local, reference
from align.documents.assembly import Piece, assemble, piece_at, titled
from align.documents.office.cells import cell_name
from align.documents.registry import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

    from align.documents.model import BlockKind, Document

_TITLES = frozenset({"title", "ctrTitle"})
_FURNITURE = frozenset({"dt", "ftr", "hdr", "sldNum", "sldImg"})
_FIELDS_OF_FURNITURE = ("slidenum", "datetime", "header", "footer")


@READERS.register("PPTX", endings=(".pptx", ".ppsx", ".pptm"))
def read_pptx(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is a presentation.

    Read:
        Titles and texts of all slides in the order of their shapes, the title first; tables cell
        by cell, shapes in groups, diagrams (SmartArt), speakers' notes.

    Dropped:
        Footers, dates, numbers of slides, what layouts and masters say, comments, charts,
        pictures and their alternative texts.

    Places:
        The slide, the cell of a table, the notes of a slide.
    """
    archive = Archive(data, "a PPTX file")
    main = archive.main_part()
    related = archive.related(main)
    pieces: list[Piece] = []
    number = 0
    for each in _elements(child(archive.tree(main), "sldIdLst"), "sldId"):
        kind, entry = related.get(reference(each), ("", ""))
        if kind == "slide":
            number += 1
            pieces.extend(_slide(archive, entry, f"slide {number}"))
    return assemble(titled(pieces))


def _slide(archive: Archive, entry: str, place: str) -> Iterator[Piece]:
    related = archive.related(entry)
    shapes = list(_shapes(child(archive.tree(entry), "cSld", "spTree")))
    shapes.sort(key=lambda shape: _placeholder(shape) not in _TITLES)
    for shape in shapes:
        if local(shape) == "graphicFrame":
            yield from _graphic(archive, shape, related, place)
        elif _placeholder(shape) not in _FURNITURE:
            kind: BlockKind = "heading" if _placeholder(shape) in _TITLES else "paragraph"
            yield from _paragraphs(child(shape, "txBody"), kind, place)
    for kind_of_part, notes in related.values():
        if kind_of_part == "notesSlide":
            for shape in _shapes(child(archive.tree(notes), "cSld", "spTree")):
                if local(shape) == "sp" and _placeholder(shape) not in _FURNITURE:
                    yield from _paragraphs(child(shape, "txBody"), "paragraph", f"{place}, notes")


def _shapes(tree: _Element | None) -> Iterator[_Element]:
    """The shapes of a slide that may have text, those in groups one by one."""
    for each in () if tree is None else tree:
        name = local(each)
        if name in ("sp", "cxnSp", "graphicFrame"):
            yield each
        elif name == "grpSp":
            yield from _shapes(each)
        elif name == "AlternateContent":
            chosen = child(each, "Choice")
            yield from _shapes(child(each, "Fallback") if chosen is None else chosen)


def _placeholder(shape: _Element) -> str | None:
    """What part of the layout a shape fills, such as its title, if any."""
    for each in shape:
        found = child(each, "nvPr", "ph")
        if found is not None:
            return attribute(found, "type") or "obj"
    return None


def _graphic(
    archive: Archive, shape: _Element, related: dict[str, tuple[str, str]], place: str
) -> Iterator[Piece]:
    data = child(shape, "graphic", "graphicData")
    for row, each in enumerate(_elements(child(data, "tbl"), "tr"), start=1):
        for column, cell in enumerate(_elements(each, "tc"), start=1):
            where = f"{place}, cell {cell_name(row, column)}"
            yield from _paragraphs(child(cell, "txBody"), "paragraph", where)
    diagram = child(data, "relIds")
    kind, entry = related.get(attribute(diagram, "dm") or "", ("", ""))
    if kind == "diagramData":
        for point in _elements(child(archive.tree(entry), "ptLst"), "pt"):
            yield from _paragraphs(child(point, "t"), "paragraph", place)


def _paragraphs(body: _Element | None, kind: BlockKind, place: str) -> Iterator[Piece]:
    for paragraph in _elements(body, "p"):
        parts: list[str] = []
        _say(paragraph, parts)
        text = "".join(parts)
        # A break within a title is for the look of it; elsewhere it parts lines of their own.
        for part in [text] if kind == "heading" else text.split("\n\n"):
            yield piece_at(kind, part, place)


def _say(element: _Element, parts: list[str]) -> None:
    for each in element:
        name = local(each)
        if name == "t":
            parts.append(each.text or "")
        elif name == "br":
            parts.append("\n")
        elif name == "fld" and (attribute(each, "type") or "").startswith(_FIELDS_OF_FURNITURE):
            continue
        elif name in ("r", "fld", "AlternateContent", "Choice", "m", "oMathPara", "oMath"):
            _say(each, parts)


def _elements(parent: _Element | None, name: str) -> Iterator[_Element]:
    if parent is not None:
        yield from (each for each in parent if local(each) == name)
