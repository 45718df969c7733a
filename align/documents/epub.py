"""EPUB: the pages of a book in the order of its spine, each read as the page of a web site is."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import unquote

from align.documents.archives import Archive, attribute, child, local, xml_tree
from align.documents.assembly import Piece, assemble, titled
from align.documents.html import fragment_pieces
from align.documents.model import Landmark
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

    from align.documents.model import Document

_TYPE = b"mimetypeapplication/epub+zip"  # the first entry, as the standard has it
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_ENTITY = re.compile(r"&(\w+);")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})

# By `epub:type` and by `role`: marks of notes and of pages, lists of what is in the book.
_UNREAD = frozenset({
    "noteref", "doc-noteref", "backlink", "doc-backlink", "referrer", "pagebreak", "doc-pagebreak",
    "toc", "doc-toc", "page-list", "doc-pagelist", "landmarks", "index", "doc-index", "lot", "loi",
})  # fmt: skip
_NOTES = frozenset({
    "footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "note", "doc-footnote",
    "doc-endnote", "doc-endnotes",
})  # fmt: skip


@READERS.register("EPUB", endings=(".epub",), recognises=lambda start: _TYPE in start[:200])
def read_epub(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is an electronic book.

    Read:
        The pages in the order of the spine, each as HTML is; notes at the end of their page.

    Dropped:
        The table of contents, lists of pages, marks of notes and the links back, numbers of
        printed pages, pictures.

    Places:
        The file of the page, and the paragraph in it.
    """
    archive = Archive(data, "an EPUB file")
    package = _package(archive)
    root = archive.tree(package)
    pieces = [piece for entry in _spine(archive, package, root) for piece in _page(archive, entry)]
    if not pieces:
        raise InputError("holds no text; its pages are pictures, or it is empty")
    return assemble(titled(pieces), language=_language(root))


def _package(archive: Archive) -> str:
    """The file that says what the book is made of."""
    if _CONTAINER in archive:
        for each in archive.tree(_CONTAINER).iter():
            entry = attribute(each, "full-path") or ""
            if local(each) == "rootfile" and entry in archive:
                return entry
    raise InputError("is not an EPUB file: it does not say what it is made of")


def _spine(archive: Archive, package: str, root: _Element) -> Iterator[str]:
    """The pages in the order in which they are read."""
    folder = posixpath.dirname(package)
    manifest = child(root, "manifest")
    items = {attribute(each, "id"): each for each in (() if manifest is None else manifest)}
    spine = child(root, "spine")
    for each in () if spine is None else spine:
        item = items.get(attribute(each, "idref"))
        href = unquote(attribute(item, "href") or "").split("#")[0]
        entry = posixpath.normpath(posixpath.join(folder, href))
        is_contents = "nav" in (attribute(item, "properties") or "").split()
        if entry in archive and attribute(item, "media-type") in _PAGES and not is_contents:
            if entry in _protected(archive):
                raise InputError("is protected against copying; a book without it is read")
            yield entry


def _protected(archive: Archive) -> frozenset[str]:
    """The entries that are enciphered; those of fonts often are, which does no harm."""
    if _ENCRYPTION not in archive:
        return frozenset()
    return frozenset(
        unquote(attribute(each, "URI") or "")
        for each in archive.tree(_ENCRYPTION).iter()
        if local(each) == "CipherReference"
    )


def _page(archive: Archive, entry: str) -> Iterator[Piece]:
    """The blocks of a page, its notes after them."""
    from lxml import etree
    from lxml.html import document_fromstring

    data = archive.read(entry)
    try:
        root = xml_tree(_without_entities(data), entry)
        for each in root.iter("{*}*"):
            each.tag = local(each)
    except InputError:  # some books have pages that are HTML
        if b"<!ENTITY" in data:
            raise
        try:
            root = document_fromstring(data)
        except (etree.ParserError, ValueError) as error:
            raise InputError(f"is damaged: '{entry}' is no page") from error
    body = next(root.iter("body"), None)
    if body is None:
        return
    notes = _set_apart(body)
    count = 0
    for part in (body, *notes):
        page = etree.tostring(part, method="html", encoding="unicode", with_tail=False)
        for piece in fragment_pieces(page):
            count += 1
            place = Landmark(0, f"{posixpath.basename(entry)}, paragraph {count}")
            yield replace(piece, line=None, landmarks=(place,))


def _without_entities(data: bytes) -> bytes:
    """The page with characters in place of HTML's named entities, which XML does not know."""

    def character(match: re.Match[str]) -> str:
        name = match[1]
        return match[0] if name in _OF_XML else html5.get(f"{name};", match[0])

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # its declaration says which encoding it has
        return data
    return _ENTITY.sub(character, text).encode()


def _set_apart(body: _Element) -> list[_Element]:
    """Takes out of a page what is not read, and its notes, which it returns."""
    for each in _said_to_be(body, _UNREAD):
        _take_out(each)
    notes = _said_to_be(body, _NOTES)
    for each in notes:
        _take_out(each)
    return notes


def _said_to_be(body: _Element, kinds: frozenset[str]) -> list[_Element]:
    """The outermost elements below the page's body that say they are of some kinds."""
    found: list[_Element] = []
    for each in body.iter("*"):
        said = each.get("{http://www.idpf.org/2007/ops}type") or each.get("epub:type") or ""
        if each is not body and not kinds.isdisjoint(
            (*said.split(), *each.get("role", "").split())
        ):
            inside = found and any(above is found[-1] for above in each.iterancestors())
            if not inside:
                found.append(each)
    return found


def _take_out(element: _Element) -> None:
    """Removes an element, not the text after it, and a raised sign of which nothing is left."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)
    if parent.tag == "sup" and not len(parent) and not (parent.text or "").strip():
        _take_out(parent)


def _language(root: _Element) -> str | None:
    from align.languages import normalise_tag

    for each in root.iter():
        if local(each) == "language" and (each.text or "").strip():
            try:
                return normalise_tag((each.text or "").strip())
            except InputError:
                return None
    return None
