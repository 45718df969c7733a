"""A page's blocks: what stands between two starts of a block, however the page marks it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, cast

from align.documents.assembly import Piece, flow
from align.documents.captions import is_caption
from align.documents.note_marks import without_note_marks
from align.documents.page.tree import BLOCK_TAGS, HEADINGS
from align.documents.page.words import VERSE
from align.documents.verse import are_lines
from align.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element
    from lxml.html import HtmlElement

    from align.documents.model import BlockKind

# Kinds of blocks by element; of all others, those of the block they are in, or paragraphs.
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys((*HEADINGS, "head", "dt", "summary"), "heading"),
    **dict.fromkeys(("li", "item", "dd"), "list-item"),
    **dict.fromkeys(("blockquote", "quote"), "quotation"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}
_KEPT_BY_CHILDREN = frozenset({"list-item", "quotation", "caption"})
_CAPTION_CLASS = re.compile(r"(?:^|[\s_-])caption", re.IGNORECASE)
_CELLS = frozenset({"td", "th", "cell"})
_ONE_LINE = frozenset({*HEADINGS, *_CELLS, "caption", "figcaption", "dt", "summary"})

_LONG = 60  # columns; nothing but a text is as wide
_SHORT = 12  # a sentence is as wide

_NAMES_OF_CODE = frozenset({*HEADINGS, "dt", "th", "summary"})  # what follows explains it
_LINE_BREAKS = frozenset({"br", "lb"})
_BLANK = re.compile(r"[\s\u200b\ufeff]*")
_LAST_LINE = 65_535  # the parser of HTML counts no further

_SENTENCE_END = re.compile(r"[.!?。．！？؟۔।…][\"'”’»」』)\]）]*\s*$")
_CODE_SIGNS = re.compile(r"[{}()\[\]<>=;_$#|\\/@&*+~^`]|\d")
_CODE_CLASS = re.compile(r"highlight|language-|\blang-|brush:|sourcecode|\bcode\b", re.IGNORECASE)
_MOST_CODE_SIGNS = 0.04  # of the characters of a preformatted text that is prose


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A block of a page.

    Attributes:
        piece: What it says.
        element: The innermost element that it stands in and that is a block or holds one.
        letters: How many letters it has.
        linked: How many of these are of links to other pages.
        links: How many such links there are.
        is_code: Whether it is a program's text.
    """

    piece: Piece
    element: HtmlElement
    letters: int
    linked: int
    links: int = 0
    is_code: bool = False


def is_prose(block: PageBlock) -> bool:
    """Whether a block says something in sentences, rather than name things or lead elsewhere."""
    if block.is_code or block.piece.kind == "heading" or 2 * block.linked > block.letters:
        return False
    width = display_width(block.piece.text)
    return width > _LONG or (width >= _SHORT and ends_sentence(block))


def ends_sentence(block: PageBlock) -> bool:
    """Whether a block ends with a mark that ends sentences."""
    return _SENTENCE_END.search(block.piece.text) is not None


def text_of(block: PageBlock) -> int:
    """How many letters of a block are of no link to another page."""
    return block.letters - block.linked


class _Bit(NamedTuple):
    """A stretch of text within a block, or a break of its lines."""

    text: str
    line: int | None
    is_strong: bool = False
    link: _Element | None = None
    is_code: bool = False
    is_break: bool = False


def page_blocks(root: _Element | None) -> Iterator[PageBlock]:
    """The blocks below an element, in order; text between two block elements is a block too."""
    if root is not None:
        holding = _holding_blocks(root)
        yield from _blocks(cast("HtmlElement", root), "paragraph", holding, in_verse=False)


def _holding_blocks(root: _Element) -> frozenset[_Element]:
    """The elements that are blocks or hold one; all others are part of a line."""
    holding: set[_Element] = set()
    for element in root.iter():
        if element.tag in BLOCK_TAGS:
            each: _Element | None = element
            while each is not None and each not in holding:
                holding.add(each)
                each = each.getparent()
    return frozenset(holding)


def _blocks(
    root: HtmlElement, kind: BlockKind, holding: frozenset[_Element], *, in_verse: bool
) -> Iterator[PageBlock]:
    in_verse = in_verse or VERSE.why(root.get("class", "")[:500]) is not None
    pending = [_Bit(root.text or "", _line(root))]
    for child in root:
        tag = child.tag if isinstance(child.tag, str) else ""
        if child in holding:
            yield from _flushed(root, kind, pending, in_verse=in_verse)
            if tag == "pre":
                yield from _preformatted(child, kind)
            else:
                own = _KINDS.get(tag, "paragraph")
                if own == "paragraph" and _CAPTION_CLASS.search(child.get("class", "")[:500]):
                    own = "caption"
                stays = own == "paragraph" and (kind in _KEPT_BY_CHILDREN or tag not in BLOCK_TAGS)
                yield from _blocks(child, kind if stays else own, holding, in_verse=in_verse)
        else:
            pending.extend(_inline(child))
        pending.append(_Bit(child.tail or "", _line(child)))
    yield from _flushed(root, kind, pending, in_verse=in_verse)


def text_within(element: HtmlElement) -> str:
    """The text of an element that is one line, such as a heading."""
    return flow("".join(bit.text for bit in _inline(element)))


def _inline(element: HtmlElement, marks: _Bit | None = None) -> Iterator[_Bit]:
    """An element's text; inline marks part no words."""
    tag = element.tag if isinstance(element.tag, str) else ""
    line = _line(element)
    outer = marks or _Bit("", line)
    if tag in _LINE_BREAKS:
        yield _Bit("\n", line, is_break=True)
    elsewhere = tag == "a" and not (element.get("href") or "#").startswith("#")
    inner = outer._replace(
        line=line,
        is_strong=outer.is_strong or tag in ("b", "strong"),
        link=element if elsewhere else outer.link,
        is_code=outer.is_code or tag == "code",
    )
    if tag and tag not in ("rt", "rp"):
        yield inner._replace(text=element.text or "")
        for child in element:
            yield from _inline(child, inner)
            yield inner._replace(text=child.tail or "", line=_line(child))


def _flushed(
    root: HtmlElement, kind: BlockKind, pending: list[_Bit], *, in_verse: bool
) -> Iterator[PageBlock]:
    """The blocks that bits of text make; they are done with."""
    if len(pending) == 1 and not pending[0].text:
        pending.clear()
        return
    bits = pending.copy()
    pending.clear()
    is_one_line = root.tag in _ONE_LINE
    is_one = is_one_line and root.tag not in _CELLS  # tables serve to lay out pages too
    for paragraph in [[bits]] if is_one else _paragraphs(bits):
        for lines in [paragraph] if is_one_line else _parts(paragraph, in_verse=in_verse):
            text = without_note_marks(flow("\n".join(map(_text, lines))))
            if text:
                yield _block(root, kind, text, [bit for line in lines for bit in line])


def _block(root: HtmlElement, kind: BlockKind, text: str, bits: Sequence[_Bit]) -> PageBlock:
    line = next((bit.line for bit in bits if bit.text.strip()), None)
    is_code = root.tag not in _NAMES_OF_CODE and all(
        bit.is_code for bit in bits if not _BLANK.fullmatch(bit.text)
    )
    if kind == "paragraph" and is_caption(text):
        kind = "caption"
    linked = sum(_letters(bit.text) for bit in bits if bit.link is not None)
    links = len({bit.link for bit in bits if bit.link is not None and _letters(bit.text)})
    return PageBlock(Piece(kind, text, line), root, _letters(text), linked, links, is_code)


def _paragraphs(bits: Sequence[_Bit]) -> Iterator[list[list[_Bit]]]:
    """The paragraphs of a block, which two breaks in a row part; each as its lines."""
    lines: list[list[_Bit]] = [[]]
    for bit in bits:
        if bit.is_break:
            lines.append([])
        else:
            lines[-1].append(bit)
    for is_blank, paragraph in groupby(lines, key=lambda line: not _text(line).strip()):
        if not is_blank:
            yield list(paragraph)


def _parts(lines: list[list[_Bit]], *, in_verse: bool) -> Iterator[list[list[_Bit]]]:
    """The lines of a paragraph that are blocks together: all of them, or in verse each."""
    texts = [flow(_text(line)) for line in lines]
    if len(lines) > 1 and _is_strong(lines[0]) and _is_heading_of(texts[0], texts[1]):
        yield lines[:1]
        lines, texts = lines[1:], texts[1:]
    if len(lines) > 1 and (in_verse or are_lines(texts)):
        yield from ([line] for line in lines)
    else:
        yield lines


def _is_strong(line: Sequence[_Bit]) -> bool:
    return all(bit.is_strong for bit in line if not _BLANK.fullmatch(bit.text))


def _is_heading_of(text: str, following: str) -> bool:
    """Whether a line in bold stands above a paragraph, and not at the beginning of its sentence."""
    goes_on = following[:1].islower() or text[-1:] in ",;，、،؛-–—"
    is_sentence = _SENTENCE_END.search(following) is not None or display_width(following) > 60
    return not goes_on and is_sentence and not _SENTENCE_END.search(text)


def _preformatted(element: HtmlElement, kind: BlockKind) -> Iterator[PageBlock]:
    """A preformatted text: a program's, or a letter or a poem whose lines are kept."""
    bits = list(_inline(element))
    text = _text(bits)
    line = _line(element)
    signs = len(_CODE_SIGNS.findall(text))
    named = _CODE_CLASS.search(" ".join(_classes_around(element))) is not None
    if (
        named
        or 2 * sum(len(bit.text) for bit in bits if bit.is_code) > len(text)
        or signs > _MOST_CODE_SIGNS * len(text)
        or (text.isascii() and " " not in text.strip())
    ):
        if flow(text):
            piece = Piece(kind, flow(text), line)
            yield PageBlock(piece, element, _letters(text), 0, is_code=True)
        return
    for paragraph in re.split(r"\n[ \t]*\n", text):
        lines = [flow(each) for each in paragraph.split("\n") if each.strip()]
        for part in lines if are_lines(lines) else [flow("\n".join(lines))]:
            if part:
                yield PageBlock(Piece(kind, part, line), element, _letters(part), 0)


def _classes_around(element: HtmlElement) -> Iterator[str]:
    for each in (element, element.getparent()):
        if each is not None:
            yield each.get("class", "")[:500]


def _text(bits: Sequence[_Bit]) -> str:
    return "".join(bit.text for bit in bits)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _line(element: _Element) -> int | None:
    """The line of an element's tag; None where it is not known."""
    line = cast("int", element.sourceline or 0)
    return line if 0 < line < _LAST_LINE else None
