"""A page's tree: parsed within bounds, and without what its reader never sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from align.documents.page.words import HIDDEN, INLINE_FURNITURE
from align.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "cell", "center", "colgroup",
    "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "item", "legend",
    "li", "list", "main", "menu", "nav", "ol", "p", "pre", "quote", "row", "search", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip
"""What stands on lines of its own: HTML's names and those of trafilatura's result."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# The parser compares each attribute of an element with all before it. No page has so many; what
# comes after them is left out.
_MOST_ATTRIBUTES = 1000
_ATTRIBUTE = r"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+"
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?:(?P<raw>script|style)(?=[\s/>])|[a-z][^\s/>]*+)"
    rf"(?:{_ATTRIBUTE}){{0,{_MOST_ATTRIBUTES}}}+(?P<more>(?:{_ATTRIBUTE})*+)"
    r"(?(raw)[^>]*+>.*?(?:</(?P=raw)|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_LONGEST_VALUE = 2000  # of a class, an identifier or a style that is looked at

_NO_TEXT = frozenset({
    "annotation", "annotation-xml", "audio", "canvas", "embed", "iframe", "input", "label",
    "noscript", "object", "rp", "rt", "rtc", "script", "select", "style", "svg", "template",
    "textarea", "video",
})  # fmt: skip
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_WORDS = re.compile(r"[\W_]*")


def parse(page: str) -> HtmlElement:
    """Parses a page, which may be a piece of one.

    Raises:
        InputError: If it holds nothing, or is nested too deeply or too large to be a page.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    # Without `huge_tree` the parser stops at a depth of 256 and at a text of 10 MB.
    parser = HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        tree = document_fromstring(_bounded(page).encode("utf-8"), parser=parser)
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


def _bounded(page: str) -> str:
    """The page without the attributes that no page has; every line stays where it is."""
    parts: list[str] = []
    done = 0
    for tag in _TAG.finditer(page):
        if tag["more"]:
            parts.extend((page[done : tag.start("more")], "\n" * tag["more"].count("\n")))
            done = tag.end("more")
    return "".join((*parts, page[done:])) if parts else page


def simplify(tree: HtmlElement) -> None:
    """Takes out what is never read, and what would split words or hide the article."""
    _show_what_scripts_would(tree)
    opened = _opened_by_controls(tree)
    unread = [
        element
        for element in tree.iter()
        if element.tag in _NO_TEXT
        or (element.tag == "button" and not _is_heading(element.getparent()))
        or _is_inline_furniture(element)
        or (_is_hidden(element, opened) and not _holds_article(element))
    ]
    for element in unread:
        empty(element)
    for element in tree.iter("form"):  # some sites put the whole page into one
        element.tag = "div"
    for element in tree.iter("button", "picture", "ruby", "rb", "wbr"):
        element.tag = "span"  # which parts no words


def empty(element: HtmlElement) -> None:
    """Takes out what an element holds. The text after it stays where it is.

    To take out the element too would move that text, and where many stand in one line, all of it
    each time.
    """
    if element.getparent() is not None:
        element.clear(keep_tail=True)
        element.tag = "span"


def _show_what_scripts_would(tree: HtmlElement) -> None:
    """A page that scripts fill may say what it has to say to those who run none."""
    for template in list(tree.iter("template")):
        if template.get("shadowrootmode"):
            template.tag = "div"
    for fallback in list(tree.iter("noscript")):
        inside = _letters(fallback.itertext())
        blocks = any(inner.tag in BLOCK_TAGS for inner in fallback.iterdescendants())
        if blocks and 2 * inside > _letters(_seen(tree)):
            fallback.tag = "div"


def _seen(tree: HtmlElement) -> Iterator[str]:
    body = tree.find("body")
    for element in () if body is None else body.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style"):
            yield element.text or ""
        yield element.tail or ""


def _letters(texts: Iterator[str]) -> int:
    return sum(character.isalpha() for text in texts for character in text)


def _is_heading(element: HtmlElement | None) -> bool:
    """Within which a button opens what stands below it."""
    return element is not None and (element.tag in HEADINGS or element.tag in ("dt", "summary"))


def _opened_by_controls(tree: HtmlElement) -> frozenset[str]:
    """The identifiers of what a reader opens by a button, such as an answer by its question."""
    controls = (
        element for element in tree.iter() if element.get("aria-controls") and _is_in_text(element)
    )
    return frozenset(name for each in controls for name in each.get("aria-controls").split())


def _is_in_text(element: HtmlElement) -> bool:
    return not any(each.tag in ("nav", "header", "footer") for each in element.iterancestors())


def _is_hidden(element: HtmlElement, opened: frozenset[str]) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("body", "html", "head"):
        return False
    if HIDDEN.why(element.get("class", "")[:_LONGEST_VALUE]):
        return True
    hidden = element.get("hidden")
    marked = (
        (hidden is not None and hidden.lower() != "until-found")
        or element.get("aria-hidden") == "true"
        or _NOT_SHOWN.search(element.get("style", "")[:_LONGEST_VALUE]) is not None
    )
    return marked and element.get("id") not in opened and element.get("role") != "tabpanel"


def _holds_article(element: HtmlElement) -> bool:
    """An open cookie dialog hides all that is behind it, and a page is saved that way."""
    return next(element.iter("article", "main", "h1"), None) not in (None, element)


def _is_inline_furniture(element: HtmlElement) -> bool:
    """Links to the place itself and back from a note; “edit” beside a heading."""
    if element.tag == "a" and element.get("href", "").startswith("#"):
        text = "".join(element.itertext())
        return bool(text.strip()) and len(text) < 5 and _NO_WORDS.fullmatch(text) is not None
    if element.tag in ("a", "span", "sup", "small"):
        return bool(INLINE_FURNITURE.why(element.get("class", "")[:_LONGEST_VALUE]))
    return False
