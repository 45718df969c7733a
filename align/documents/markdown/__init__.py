"""Markdown as people write it: its blocks, with its marks and those of its dialects taken off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.documents.assembly import Piece, assemble, flow
from align.documents.cleaning import clean
from align.documents.decoding import decode
from align.documents.furniture import furniture_lines
from align.documents.locating import located
from align.documents.markdown.blocks import pieces_of
from align.documents.markdown.front_matter import FrontMatter, front_matter
from align.documents.model import LeftOut
from align.documents.registry import READERS

if TYPE_CHECKING:
    from align.documents.model import Document


@READERS.register("Markdown", endings=(".md", ".markdown", ".mdown", ".mkd", ".mdx"))
def read_markdown(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is Markdown."""
    text = decode(data, path=path)
    document = parse_markdown(clean(text), is_mdx=path.suffix.casefold() == ".mdx")
    return located(document, text, "markup")


def parse_markdown(text: str, *, is_mdx: bool = False) -> Document:
    r"""Finds the blocks of a Markdown text.

    The heading of level one that it begins with is the title, or else the front matter's `title`,
    or else the first heading of that level; the front matter's `description` follows the title.
    Marks, link targets, comments, code blocks, templates and what calls notes are left out; what
    remains reads as the page would. Notes stand at the end, as the text calls them.

    Args:
        text: The text; it is cleaned first.
        is_mdx: Whether it is MDX, which is told too by what it holds.

    Returns:
        A document whose text is the blocks' texts, a blank line between them.

    >>> document = parse_markdown("# The *old* Bridge\n\nIt [stands](x.html)\nstill.\n")
    >>> document.text
    'The old Bridge\n\nIt stands still.'
    """
    text = clean(text)
    front = front_matter(text)
    first = text.count("\n", 0, front.stop) + 1
    body = text[front.stop :]
    pieces = pieces_of(body, first, has_title=False, is_mdx=is_mdx)
    pieces = [piece for piece in pieces if flow(piece.text)]
    if front.shown:
        pieces = _with_front(front, pieces)
    furniture = _furniture(pieces)
    kept = [piece for index, piece in enumerate(pieces) if index not in furniture]
    left_out = (
        LeftOut(flow(each.text), "furniture", each.line)
        for each in map(pieces.__getitem__, sorted(furniture))
    )
    return replace(assemble(kept), left_out=tuple(left_out))


def _with_front(front: FrontMatter, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with what the front matter shows before them, as far as they do not repeat it."""
    start = next((index for index, piece in enumerate(pieces) if piece.kind != "caption"), 0)
    heads = bool(pieces) and pieces[start].kind == "title"
    texts = {flow(piece.text).casefold() for piece in pieces[:8]}
    shown = [
        Piece("title" if each.key == "title" else "paragraph", each.text, each.line)
        for each in front.shown
        if not (each.key == "title" and heads) and flow(each.text).casefold() not in texts
    ]
    has_title = any(piece.kind == "title" for piece in shown)
    rest = [
        Piece("heading", piece.text, piece.line) if has_title and piece.kind == "title" else piece
        for piece in pieces
    ]
    return [*rest[: start + 1], *shown, *rest[start + 1 :]] if heads else [*shown, *rest]


def _furniture(pieces: Sequence[Piece]) -> frozenset[int]:
    """The pieces that a page had around its article; what is marked as a heading is none."""
    lines = [piece.line for piece in pieces]
    cells = {
        index
        for index, line in enumerate(lines)
        if line is not None
        and line in (*lines[max(index - 1, 0) : index], *lines[index + 1 : index + 2])
    }
    items = {index for index, piece in enumerate(pieces) if piece.kind == "list-item"}
    is_headed = [piece.kind in ("title", "heading") for piece in pieces]
    texts = ["" if headed else piece.text for headed, piece in zip(is_headed, pieces, strict=True)]
    return furniture_lines(texts, items=items | cells)
