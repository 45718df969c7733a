"""A document: one text and the blocks (title, headings, paragraphs, captions) it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["title", "heading", "paragraph", "list-item", "quotation", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text that no segment crosses.

    Attributes:
        kind: What the block is in the article.
        start: Offset of its first character in `Document.text`.
        stop: Offset after its last character.
        line: Where it begins in the file it was read from, a line counted from 1, if known; two
            blocks that differ in nothing else are equal.
    """

    kind: BlockKind
    start: int
    stop: int
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one edition as its reader would see it, furniture left out of the blocks.

    Attributes:
        text: The whole text, NFC, without control characters other than newline and tab.
        blocks: The article's blocks in reading order, disjoint, each with some text that is
            not white space at both its ends. Text between blocks (blank lines, and for a saved
            page its menus) belongs to no block.
        language: The BCP 47 tag the file declares for itself (HTML's `lang`), if any.
    """

    text: str
    blocks: tuple[Block, ...]
    language: str | None = None
