"""Saved web pages: trafilatura tells what is the article, and the page's own tree how it reads.

The page is parsed as HTML even where it is XHTML: no document type is read, no entity is
expanded, nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from align.documents.assembly import Piece, assemble, flow
from align.documents.cleaning import clean
from align.documents.decoding import decode
from align.documents.locating import located
from align.documents.model import LeftOut
from align.documents.page.article import sort_blocks
from align.documents.page.blocks import page_blocks, text_within
from align.documents.page.data import article_data
from align.documents.page.notes import take_out_note_marks
from align.documents.page.tree import parse, simplify
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml.html import HtmlElement

    from align.documents.model import Document

_DECLARED_ENCODING = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w:.-]+)",
    re.IGNORECASE,
)
_TWICE = 2  # a page that shows less than half of the article in its data shows its beginning
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def begins_as_page(start: bytes) -> bool:
    """Whether a file begins as pages do, whatever it is called.

    >>> begins_as_page(b"<!doctype html><title>The Bridge</title>")
    True
    """
    return _PAGE.match(start) is not None


@READERS.register("HTML", endings=(".html", ".htm", ".xhtml"), recognises=begins_as_page)
def read_html(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is a page."""
    page = decode(data, path=path, declared=declared_encoding(data))
    return located(parse_html(page), page, "markup")


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page declares in its first bytes, if any.

    >>> declared_encoding(b'<meta charset="Shift_JIS">')
    'Shift_JIS'
    """
    match = _DECLARED_ENCODING.search(data[:4096])
    return (match[1] or match[2]).decode("ascii") if match else None


def parse_html(page: bytes | str) -> Document:
    """Finds the article in a saved web page and its blocks.

    Headings, paragraphs, lists, quotations, tables and figure captions are kept; menus, share
    bars and language lists are not. The title stands once, first.

    Args:
        page: The page, decoded or in the encoding it declares.

    Returns:
        A document whose text is the blocks' texts, a blank line between them; its language is
        the one the page declares, where that is known.

    Raises:
        InputError: If the page has no article text, or is not a page a browser would show.
    """
    if isinstance(page, bytes):
        page = decode(page, path="page", declared=declared_encoding(page))
    tree = parse(clean(page))
    language = _language(tree)
    data = article_data(tree)
    simplify(tree)
    take_out_note_marks(tree)
    title, heading = _title(tree)
    body = tree.find("body")
    sorted_blocks = sort_blocks(tree if body is None else body, heading)
    pieces = [block.piece for block in sorted_blocks.kept]
    left_out = sorted_blocks.left_out
    if _letters(data) > _TWICE * _letters(pieces):
        left_out = (*left_out, *(LeftOut(each.text, "in the data", each.line) for each in pieces))
        pieces = data
    if not pieces:
        raise InputError("has no article text")
    document = assemble(_with_title(pieces, title), language=language)
    return replace(document, left_out=left_out)


def fragment_pieces(fragment: str) -> list[Piece]:
    """The blocks of a piece of HTML that is an article's own, such as HTML in Markdown."""
    if not re.search(r"<[^!]", fragment) or not re.sub(r"<[^<>]*>", "", fragment).strip():
        return []
    tree = parse(fragment)
    simplify(tree)
    take_out_note_marks(tree)
    return [block.piece for block in page_blocks(tree) if not block.is_code]


def _language(tree: HtmlElement) -> str | None:
    from align.languages import normalise_tag

    declared = [
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
        *(
            meta.get("content")
            for meta in tree.iterfind(".//meta[@content]")
            if (meta.get("http-equiv") or meta.get("name") or "").lower()
            in ("content-language", "language")
        ),
    ]
    for tag in declared:
        if tag and tag.strip():
            try:
                return normalise_tag(tag)
            except InputError:
                continue
    return None


def _title(tree: HtmlElement) -> tuple[str | None, HtmlElement | None]:
    """The article's title, and the heading that it is, if one is.

    That is the heading that the page's own title repeats, or else the first, or that title.
    """
    window = flow(tree.findtext(".//title") or "")
    shared = [
        flow(meta.get("content") or "")
        for meta in tree.iterfind(".//meta[@content]")
        if meta.get("property") == "og:title"
    ]
    named = [name for name in (*shared, window) if name]
    headings = [(text_within(heading), heading) for heading in tree.iter("h1")]
    headings = [each for each in headings if each[0]]
    repeated = [
        each for each in headings if any(each[0].casefold() in name.casefold() for name in named)
    ]
    if repeated:
        # The site's name may be a heading and be repeated too.
        return max(repeated, key=lambda each: (_is_in_article(each[1]), len(each[0])))
    if headings:
        return headings[0]
    return (_without_site_name(named[0]) if named else None), None


def _is_in_article(heading: HtmlElement) -> bool:
    return next(heading.iterancestors("article", "main"), None) is not None


def _without_site_name(title: str) -> str:
    """`The Bridge | Daily Sample` is titled `The Bridge`; a dash may be the title's own."""
    return re.split(r"\s+[|｜»]\s+|｜", title)[0] or title


def _letters(pieces: Sequence[Piece]) -> int:
    return sum(character.isalpha() for piece in pieces for character in piece.text)


def _with_title(pieces: Sequence[Piece], title: str | None) -> list[Piece]:
    if title is None:
        return list(pieces)
    rest = list(pieces)
    line = None
    for index, piece in enumerate(rest[:8]):
        if piece.text.casefold() == title.casefold():
            line = piece.line
            del rest[index]
            break
    return [Piece("title", title, line), *rest]
