"""A document: one text and the blocks (title, headings, paragraphs, captions) it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

OUTSIDE = "outside the article"
"""Why a text is left out that is nothing else which is known."""

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
class Run:
    """A stretch of a document's text that stands in one line of its file, character by character.

    Attributes:
        start: Offset of its first character in `Document.text`.
        stop: Offset after its last character.
        line: The line of the file, counted from 1 as editors do.
        column: Where it begins there, counted from 1 in Unicode code points.
        utf16_column: The same in UTF-16 code units, as some editors count.
    """

    start: int
    stop: int
    line: int
    column: int
    utf16_column: int


@dataclass(frozen=True, slots=True)
class Landmark:
    """Where a text stands in a file that has no lines to count, as a reader would say it.

    Attributes:
        start: Offset in `Document.text` from which on it is so, up to the next landmark.
        name: `page 3`, `paragraph 12`, `slide 2, notes`, `sheet Prices, B7`, `cue 9, 00:00:31`.
        line: The line of the file, counted from 1, where it has lines after all.
    """

    start: int
    name: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A text of a file that is in no block of its document.

    Attributes:
        text: What it says.
        why: What it is: `navigation`, `comments`, `code`, `outside the article`, …
        line: Where it begins in the file, a line counted from 1, if known.
    """

    text: str
    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one edition as its reader would see it, furniture left out of the blocks.

    Attributes:
        text: The whole text, NFC, without control characters other than newline and tab.
        blocks: The article's blocks in reading order, disjoint, each with some text that is
            not white space at both its ends. Text between blocks (blank lines, and for a saved
            page its menus) belongs to no block.
        language: The BCP 47 tag the file declares for itself (HTML's `lang`), if any.
        runs: Where its text stands in the file it was read from, as far as that is known, in the
            order of the text; two documents that differ in nothing else are equal.
        landmarks: The same in words, for files without lines, in the order of the text; they set
            no two documents apart either.
        left_out: What of the file is not in its text, as far as its reader tells; it sets no two
            documents apart either.
        doubt: Why the text may not be as the file shows it, if its reader knows that it may not.
    """

    text: str
    blocks: tuple[Block, ...]
    language: str | None = None
    runs: tuple[Run, ...] = field(default=(), compare=False, repr=False)
    landmarks: tuple[Landmark, ...] = field(default=(), compare=False, repr=False)
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False, repr=False)
    doubt: str | None = field(default=None, compare=False, repr=False)
