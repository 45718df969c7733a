"""Markdown: its blocks with their marks taken off."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from align.documents.assembly import Piece, assemble, flow
from align.documents.captions import is_caption
from align.documents.cleaning import clean
from align.documents.decoding import decode
from align.documents.furniture import furniture_lines
from align.documents.locating import located
from align.documents.registry import READERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from align.documents.model import BlockKind, Document

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_TITLE = re.compile(r"^title[ \t]*:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_RUBY_NOTE = re.compile(r"<(/?)r[tp]\b", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_EMPHASIS = ("em_open", "em_close", "strong_open", "strong_close")
_CONTAINERS: dict[str, BlockKind] = {
    "list_item_open": "list-item",
    "blockquote_open": "quotation",
}


@READERS.register("Markdown", endings=(".md", ".markdown"))
def read_markdown(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is Markdown."""
    text = decode(data, path=path)
    return located(parse_markdown(clean(text)), text, "markup")


def parse_markdown(text: str) -> Document:
    r"""Finds the blocks of a Markdown text.

    The first heading of level one is the title, or else the front matter's `title`. Marks, link
    targets, comments and code blocks are left out; what remains reads as the page would.

    Args:
        text: The text; it is cleaned first.

    Returns:
        A document whose text is the blocks' texts, a blank line between them.

    >>> document = parse_markdown("# The *old* Bridge\n\nIt [stands](x.html)\nstill.\n")
    >>> document.text
    'The old Bridge\n\nIt stands still.'
    """
    text = clean(text)
    front = _FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    first = text.count("\n", 0, front.end()) + 1 if front else 1
    pieces = list(_pieces(_parser().parse(body), first))
    if not any(piece.kind == "title" for piece in pieces):
        title = _front_title(front[1] or "") if front else None
        if title:
            pieces.insert(0, title)
    pieces = _without_furniture(pieces)
    return assemble(pieces)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _front_title(front: str) -> Piece | None:
    match = _FRONT_TITLE.search(front)
    if match is None:
        return None
    title = match[1]
    if title[0] == title[-1] == "'":
        title = title[1:-1].replace("''", "'")
    elif title[0] == title[-1] == '"':
        title = re.sub(r'\\(["\\])', r"\1", title[1:-1])
    return Piece("title", title, front.count("\n", 0, match.start()) + 2)  # after the first `---`


def _pieces(tokens: Sequence[Token], first: int) -> Iterator[Piece]:
    """The blocks of Markdown whose first line is the file's line `first`."""
    inside: list[BlockKind] = []
    has_title = False
    after_picture = False
    opening: Token | None = None
    line = first
    for token in tokens:
        line = first + token.map[0] if token.map else line
        if token.type in _CONTAINERS:
            inside.append(_CONTAINERS[token.type])
        elif token.type in ("list_item_close", "blockquote_close"):
            inside.pop()
        elif token.type == "html_block":
            yield from _html_pieces(token.content, line)
        elif token.type == "inline" and opening is not None:
            children = token.children or []
            kind: BlockKind = inside[-1] if inside else "paragraph"
            if opening.type == "heading_open":
                kind = "heading" if has_title or opening.tag != "h1" else "title"
                has_title = has_title or kind == "title"
                yield Piece(kind, _inline_text(children), line)
            else:
                captions = [child for child in children if child.type == "image"]
                words = flow(_inline_text(children))
                if captions and not words:
                    yield from (Piece("caption", _image_text(image), line) for image in captions)
                elif is_caption(words) or (
                    _is_emphasised(children) and (after_picture or captions)
                ):
                    yield Piece("caption", words, line)
                else:
                    yield Piece(kind, words, line)
                after_picture = bool(captions) and not words
                continue
            after_picture = False
        opening = token if token.type.endswith("_open") else None


def _inline_text(children: Sequence[Token]) -> str:
    parts: list[str] = []
    skipping = False
    for child in children:
        if child.type == "html_inline":
            note = _RUBY_NOTE.match(child.content)
            if note:
                skipping = not note[1]
            elif _LINE_BREAK.match(child.content):
                parts.append("\n")
        elif skipping:
            continue
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type != "image":
            parts.append(child.content)
    return "".join(parts)


def _image_text(image: Token) -> str:
    """What a picture says: its title, which readers see, or else its alternative text."""
    return str(image.attrGet("title") or "") or _inline_text(image.children or [])


def _is_emphasised(children: Sequence[Token]) -> bool:
    depth = 0
    for child in children:
        if child.type in _EMPHASIS:
            depth += child.nesting
        elif child.type in ("text", "code_inline") and child.content.strip() and not depth:
            return False
    return True


def _html_pieces(content: str, first: int) -> Iterator[Piece]:
    from align.documents.html import fragment_pieces

    for piece in fragment_pieces(content):
        yield replace(piece, line=None if piece.line is None else first + piece.line - 1)


def _without_furniture(pieces: Sequence[Piece]) -> list[Piece]:
    furniture = furniture_lines([piece.text for piece in pieces])
    return [piece for index, piece in enumerate(pieces) if index not in furniture]
