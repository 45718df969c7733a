"""Saved web pages: trafilatura tells what is the article, and the page's own tree how it reads.

The page is parsed as HTML even where it is XHTML: no document type is read, no entity is
expanded, nothing is fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from align.documents.assembly import Piece, assemble, flow
from align.documents.captions import is_caption
from align.documents.cleaning import clean
from align.documents.decoding import decode
from align.documents.furniture import furniture_lines
from align.documents.locating import located
from align.documents.registry import READERS
from align.documents.selection import choose, squashed
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml.etree import _Element
    from lxml.html import HtmlElement

    from align.documents.model import BlockKind, Document

_DECLARED_ENCODING = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w:.-]+)",
    re.IGNORECASE,
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)

_NO_TEXT = frozenset({
    "audio", "button", "canvas", "dialog", "embed", "iframe", "input", "label", "menu", "nav",
    "noscript", "object", "rp", "rt", "script", "select", "style", "svg", "template", "textarea",
    "video",
})  # fmt: skip
_NO_TEXT_ROLES = frozenset({
    "alertdialog", "banner", "contentinfo", "dialog", "menu", "menubar", "navigation", "search",
    "toolbar",
})  # fmt: skip
_FOOTNOTE_MARK = re.compile(r"\s*[\[(［]?\s*(?:\d{1,3}|[*†‡]|[a-z]|note \d+)\s*[\])］]?\s*")

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# Kinds of blocks by element: HTML's names and those of trafilatura's result (`head`, `item`, …).
_BLOCKS: dict[str, BlockKind] = {
    **dict.fromkeys((*_HEADINGS, "head", "dt", "summary"), "heading"),
    **dict.fromkeys(("p", "div", "section", "article", "main", "body", "html"), "paragraph"),
    **dict.fromkeys(("header", "aside", "footer", "figure", "address", "details"), "paragraph"),
    **dict.fromkeys(("center", "fieldset", "hgroup", "dl", "pre", "code", "form"), "paragraph"),
    **dict.fromkeys(("table", "thead", "tbody", "tfoot", "tr", "row", "colgroup"), "paragraph"),
    **dict.fromkeys(("td", "th", "cell"), "paragraph"),
    **dict.fromkeys(("ul", "ol", "list"), "paragraph"),
    **dict.fromkeys(("li", "item", "dd"), "list-item"),
    **dict.fromkeys(("blockquote", "quote"), "quotation"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}
_KEPT_BY_CHILDREN = frozenset({"list-item", "quotation", "caption"})
# How many characters trafilatura takes for an article. With less it tries something else, which
# finds what an unusual page has; with none a short article is one. The fuller result is taken.
_ENOUGH = (100, 0)

_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption", re.IGNORECASE)
_LAST_LINE = 65_535  # the parser of HTML counts no further
_LINE_BREAKS = frozenset({"br", "lb"})
_CODE = frozenset({"pre", "code"})


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
    tree = _parse(clean(page))
    language = _language(tree)
    title = _title(tree)
    _simplify(tree)
    pieces = _article(tree, title)
    if sum(len(piece.text) for piece in pieces) == 0:
        raise InputError("has no article text")
    return assemble(_with_title(pieces, title), language=language)


def fragment_pieces(fragment: str) -> list[Piece]:
    """The blocks of a piece of HTML that is an article's own, such as HTML in Markdown."""
    if not re.search(r"<[^!]", fragment) or not re.sub(r"<[^<>]*>", "", fragment).strip():
        return []
    tree = _parse(fragment)
    _simplify(tree)
    return list(_pieces(tree))


def _parse(page: str) -> HtmlElement:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # Without `huge_tree` the parser stops at a depth of 256 and at a text of 10 MB.
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        tree = document_fromstring(page.encode("utf-8"), parser=parser)
    except etree.ParserError as error:
        raise InputError("has no article text") from error
    # The parser mends almost anything, but what it gives up on would be lost without a word.
    for problem in parser.error_log:
        if problem.level == etree.ErrorLevels.FATAL:
            raise InputError(
                "is nested too deeply or too large to be a page; save its text instead",
                line=problem.line,
            )
    return tree


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


def _title(tree: HtmlElement) -> str | None:
    """The article's title: the heading that the page's own title repeats, or else that title."""
    window = flow(tree.findtext(".//title") or "")
    shared = [
        flow(meta.get("content") or "")
        for meta in tree.iterfind(".//meta[@content]")
        if meta.get("property") == "og:title"
    ]
    named = [name for name in (*shared, window) if name]
    headings = [flow("".join(_inline_text(heading))) for heading in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    repeated = [
        heading
        for heading in headings
        if any(heading.casefold() in name.casefold() for name in named)
    ]
    if repeated:
        return max(repeated, key=len)  # the site's name may be a heading and be repeated too
    if headings:
        return headings[0]
    return _without_site_name(named[0]) if named else None


def _without_site_name(title: str) -> str:
    """`The Bridge | Daily Sample` is titled `The Bridge`; a dash may be the title's own."""
    return re.split(r"\s+[|｜»]\s+|｜", title)[0] or title


def _simplify(tree: HtmlElement) -> None:
    """Takes out what is never read, and what would split words or hide the article."""
    unread = [
        element
        for element in tree.iter()
        if element.tag in _NO_TEXT
        or (_is_set_aside(element) and not _holds_article(element))
        or (element.tag == "sup" and _is_footnote_mark(element))
    ]
    for element in unread:
        if element.getparent() is not None:
            element.drop_tree()
    for element in list(tree.iter("form", "picture", "ruby", "rb", "wbr")):
        if element.tag == "form":  # some sites put the whole page into one
            element.tag = "div"
        else:
            element.drop_tag()


def _is_set_aside(element: HtmlElement) -> bool:
    return (
        element.get("role") in _NO_TEXT_ROLES
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
    )


def _holds_article(element: HtmlElement) -> bool:
    """An open cookie dialog hides all that is behind it, and a page is saved that way."""
    return element.tag == "body" or next(element.iter("article", "main", "h1"), None) is not None


def _is_footnote_mark(element: HtmlElement) -> bool:
    return _FOOTNOTE_MARK.fullmatch(element.text_content()) is not None and (
        element.find(".//a") is not None or "[" in element.text_content()
    )


def _article(tree: HtmlElement, title: str | None) -> list[Piece]:
    """The pieces of the page that are its article.

    Trafilatura tells which; but it drops captions, some headings and repeated lines, and changes
    white space. So its result only marks the pieces of the page's own tree.
    """
    pieces = list(_pieces(tree.find("body")))
    linked = _linked_headings(tree)
    choices = [
        choose(pieces, _found_by_trafilatura(tree, enough), title=title, linked_headings=linked)
        for enough in _ENOUGH
    ]
    pieces = max(choices, key=_letters) or pieces
    furniture = furniture_lines([piece.text for piece in pieces])
    return [piece for index, piece in enumerate(pieces) if index not in furniture]


def _letters(pieces: Sequence[Piece]) -> int:
    return sum(character.isalpha() for piece in pieces for character in piece.text)


def _found_by_trafilatura(tree: HtmlElement, enough: int) -> list[str]:
    import trafilatura
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(enough))
    config.set("DEFAULT", "MIN_OUTPUT_SIZE", "0")
    found: Any = trafilatura.bare_extraction(
        tree,
        fast=True,  # its fallbacks take in what is around an article
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        with_metadata=False,
        config=config,
    )
    return [] if found is None else [squashed(piece.text) for piece in _pieces(found.body)]


def _linked_headings(tree: HtmlElement) -> frozenset[str]:
    """The headings that are nothing but a link to another page, as those of teasers are."""
    return frozenset(
        squashed(heading.text_content())
        for heading in tree.iter(*_HEADINGS)
        for link in heading.iter("a")
        if not link.get("href", "#").startswith("#")
        and squashed(link.text_content()) == squashed(heading.text_content())
    )


def _pieces(root: _Element | None, kind: BlockKind = "paragraph") -> Iterator[Piece]:
    """The blocks below an element, in order; text between two block elements is a block too."""
    pending: list[tuple[str, int | None]] = []  # texts and the lines of the tags before them
    if root is None:
        return
    pending.append((root.text or "", _line(root)))
    for child in root:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _CODE and _is_code_block(child):
            yield from _piece(kind, pending)
        elif tag in _BLOCKS or _holds_blocks(child):
            yield from _piece(kind, pending)
            own = _BLOCKS.get(tag, kind)
            if own == "paragraph" and _CAPTION_CLASS.search(child.get("class", "")):
                own = "caption"
            stays = kind in _KEPT_BY_CHILDREN and own == "paragraph"
            yield from _pieces(child, kind if stays else own)
        else:
            pending.extend((text, _line(child)) for text in _inline_text(child))
        pending.append((child.tail or "", _line(child)))
    yield from _piece(kind, pending)


def _piece(kind: BlockKind, pending: list[tuple[str, int | None]]) -> Iterator[Piece]:
    text = flow("".join(part for part, _ in pending))
    line = next((line for part, line in pending if part.strip()), None)
    pending.clear()
    if text:
        yield Piece("caption" if kind == "paragraph" and is_caption(text) else kind, text, line)


def _line(element: _Element) -> int | None:
    """The line of an element's tag; None where it is not known."""
    line = cast("int", element.sourceline or 0)
    return line if 0 < line < _LAST_LINE else None


def _holds_blocks(element: _Element) -> bool:
    return any(isinstance(inner.tag, str) and inner.tag in _BLOCKS for inner in element.iter())


def _is_code_block(element: _Element) -> bool:
    return element.tag == "pre" or "\n" in "".join(_inline_text(element)).strip()


def _inline_text(element: _Element) -> Iterator[str]:
    """An element's text with a line end for each break; inline marks part no words."""
    if element.tag in _LINE_BREAKS:
        yield "\n"
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("rt", "rp"):
            yield from _inline_text(child)
        yield child.tail or ""


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
