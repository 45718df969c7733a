"""Texts side by side as an electronic book, for readers wide and narrow.

W3C, EPUB 3.3: §§ 4.2 (the package as a zip archive), 5 (package document), 6.1 (pages), 7
(navigation).
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.formats.registry import memory_writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lxml import etree
    from lxml.builder import ElementMaker

    from align.formats.memory import Memory
    from align.formats.pairs.columns import Column, Row

_XHTML = "http://www.w3.org/1999/xhtml"
_EPUB = "http://www.idpf.org/2007/ops"
_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# Readers lay out a page as a whole: a long one is slow to open, and to turn.
_MOST_ROWS = 200
_MOST_CHARACTERS = 60_000

_LABEL = 40  # characters of a page's first text in the table of contents

# What is read aloud or by touch: https://www.w3.org/TR/epub-a11y-111/#sec-disc-package.
_ACCESS = (
    ("schema:accessMode", "textual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityHazard", "none"),
)

# Stacked, unless a reader is wide and says so: tables are what most of them can lay out then.
_STYLE = """
body { margin: 0 3%; }
p { margin: 0; }
.row { border-top: 1px solid #8888; padding: .4em 0; break-inside: avoid; }
.row > div { margin: .2em 0; text-align: start; }
.row > div:empty { display: none; }
.names { font-weight: bold; border: 0; }
.note { font-size: .85em; font-style: italic; }
@media (min-width: 36em) {
  .row { border: 0; display: table; padding: 0; table-layout: fixed; width: 100%; }
  .row > div, .row > div:empty { display: table-cell; padding: .4em .6em; vertical-align: top; }
  .row > div { border-top: 1px solid #8888; }
  .names > div { border: 0; }
}
"""


@dataclass(frozen=True, slots=True)
class _Page:
    """Rows that stand on one page.

    Attributes:
        first: The number of the first one, from 1.
        rows: The rows.
        part: The file within the file that begins here, if one does.
    """

    first: int
    rows: Sequence[Row]
    part: str

    @property
    def label(self) -> str:
        """What the table of contents calls it."""
        from align.formats.excerpts import cut

        if self.part or not self.rows:
            return self.part
        numbers = f"{self.first}–{self.first + len(self.rows) - 1}"
        return f"{numbers}: {cut(' '.join(self.rows[0].texts[0].split()), _LABEL)}"


@memory_writer("epub", "a book, both texts side by side, or one below the other where it is narrow",
               endings=(".epub",), is_binary=True)  # fmt: skip
def write_epub(path: Path | str, memory: Memory) -> None:
    """Writes the texts of a memory as a book in EPUB 3, 200 units a page or fewer.

    Carries: untranslated units; any number of languages; notes; files within the file, as chapters.
    Does not carry: inline codes, properties, states.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.packages import open_package
    from align.formats.pairs.columns import columns_of, rows_of, title_of
    from align.text import clean_text

    title, columns = title_of(memory), columns_of(memory)
    labels: list[str] = []
    content = hashlib.sha256()
    with open_package(path) as package:
        package.add("mimetype", b"application/epub+zip", packed=False)
        package.add("META-INF/container.xml", _container())
        package.add("EPUB/style.css", _STYLE.lstrip().encode())
        for page in _pages(rows_of(memory)):
            above = (title, clean_text(memory.note)) if not labels else ("", "")
            made = _xhtml(page, columns, title, above)
            content.update(made)
            labels.append(page.label or title)
            package.add(f"EPUB/{_name(len(labels))}", made)
        package.add("EPUB/nav.xhtml", _navigation(title, columns[0], labels))
        made = _package_document(memory, columns, title, len(labels), content.hexdigest())
        package.add("EPUB/package.opf", made)


def _pages(rows: Iterable[Row]) -> Iterator[_Page]:
    """Parts the rows into pages; one without rows where there are none."""
    on_page: list[Row] = []
    first, characters, part, begins = 1, 0, "", ""
    for row in rows:
        is_full = len(on_page) == _MOST_ROWS or characters > _MOST_CHARACTERS
        if on_page and (is_full or row.part != part):
            yield _Page(first, on_page, begins)
            first, characters, on_page = first + len(on_page), 0, []
        if not on_page:
            begins, part = row.part if row.part != part else "", row.part
        on_page.append(row)
        characters += sum(map(len, row.texts))
    if on_page or first == 1:
        yield _Page(first, on_page, begins)


def _name(number: int) -> str:
    return f"page-{number}.xhtml"


def _xhtml(page: _Page, columns: Sequence[Column], title: str, above: tuple[str, str]) -> bytes:
    """A page of the book; above it, where there is any, the book's title and a note."""
    html = _maker(_XHTML)
    heading, note = above
    body = html.body()
    if heading:
        body.append(html.h1(heading))
    if note:
        body.append(html.p(note))
    if page.part:
        body.append(html.h2(page.part))
    names = [html.div(html.p(column.name), dir=column.direction) for column in columns]
    body.append(html.div({"class": "row names"}, *names))
    for row in page.rows:
        body.append(_row(columns, row))
    head = html.head(html.title(title), html.link(rel="stylesheet", href="style.css"))
    return _document(columns[0], head, body)


def _row(columns: Sequence[Column], row: Row) -> etree._Element:
    html = _maker(_XHTML)
    cells = []
    for column, text in zip(columns, row.texts, strict=True):
        cell = html.div({"lang": column.tag, _XML_LANG: column.tag, "dir": column.direction})
        if text:
            first, *others = text.splitlines()
            lines = (_after(html.br(), line) for line in others)
            cell.append(html.p(first, *lines))
        cells.append(cell)
    cells[-1].extend(html.p({"class": "note"}, note) for note in row.notes)
    made: etree._Element = html.div({"class": "row"}, *cells)
    return made


def _after(element: etree._Element, text: str) -> etree._Element:
    element.tail = text
    return element


def _navigation(title: str, source: Column, labels: Sequence[str]) -> bytes:
    """The table of contents."""
    html = _maker(_XHTML, epub=_EPUB)
    pages = (
        html.li(html.a(label, href=_name(number))) for number, label in enumerate(labels, start=1)
    )
    contents = html.nav(html.h1(title), html.ol(*pages), {f"{{{_EPUB}}}type": "toc"})
    return _document(source, html.head(html.title(title)), html.body(contents))


def _document(source: Column, head: etree._Element, body: etree._Element) -> bytes:
    html = _maker(_XHTML, epub=_EPUB)
    said = {"lang": source.tag, _XML_LANG: source.tag, "dir": source.direction}
    return _bytes(html.html(said, head, body), "<!DOCTYPE html>")


def _package_document(
    memory: Memory, columns: Sequence[Column], title: str, pages: int, digest: str
) -> bytes:
    """What the book is made of, and what is known of it.

    Args:
        memory: The memory.
        columns: Its languages.
        title: The book's title.
        pages: How many pages there are.
        digest: Of what stands on them; the same book keeps its identifier.
    """
    from align import __version__
    from align.formats.dates import creation_date
    from align.text import clean_text

    opf, dc = _maker(_OPF, dc=_DC), _maker(_DC)
    names = [_name(number) for number in range(1, pages + 1)]
    metadata = opf.metadata(
        dc.identifier(uuid.uuid5(uuid.NAMESPACE_OID, digest).urn, id="book"),
        dc.title(title),
        *(dc.language(tag) for tag in dict.fromkeys(column.tag for column in columns)),
        *([dc.description(clean_text(memory.note))] if memory.note else []),
        opf.meta(f"{creation_date():%Y-%m-%dT%H:%M:%SZ}", property="dcterms:modified"),
        *(opf.meta(value, property=name) for name, value in _ACCESS),
        opf.meta(name="generator", content=f"align {__version__}"),
    )
    xhtml = "application/xhtml+xml"
    manifest = opf.manifest(
        opf.item({"id": "nav", "href": "nav.xhtml", "media-type": xhtml, "properties": "nav"}),
        opf.item({"id": "style", "href": "style.css", "media-type": "text/css"}),
        *(
            opf.item({"id": name.removesuffix(".xhtml"), "href": name, "media-type": xhtml})
            for name in names
        ),
    )
    spine = opf.spine(*(opf.itemref(idref=name.removesuffix(".xhtml")) for name in names))
    spine.set("page-progression-direction", columns[0].direction)
    said = {"version": "3.0", "unique-identifier": "book"}
    return _bytes(opf.package(said, metadata, manifest, spine))


def _container() -> bytes:
    """Where a reader finds the package document."""
    ocf = _maker(_CONTAINER)
    book = {"full-path": "EPUB/package.opf", "media-type": "application/oebps-package+xml"}
    return _bytes(ocf.container(ocf.rootfiles(ocf.rootfile(book)), version="1.0"))


def _maker(namespace: str, **others: str) -> ElementMaker:
    from lxml.builder import ElementMaker

    prefixes = (None, *others), (namespace, *others.values())
    return ElementMaker(namespace=namespace, nsmap=dict(zip(*prefixes, strict=True)))


def _bytes(root: etree._Element, doctype: str = "") -> bytes:
    from lxml import etree

    declaration = '<?xml version="1.0" encoding="UTF-8"?>'
    return f"{declaration}\n{doctype}{etree.tostring(root, encoding='unicode')}\n".encode()
