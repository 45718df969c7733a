"""How the readers put a document together from the texts of its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from align.documents.cleaning import clean
from align.documents.model import Block, BlockKind, Document

# Han, kana and their punctuation are written without spaces; Korean is not among them.
_UNSPACED = "\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
_UNSPACED += "\U00020000-\U0003ffff"
_SHARED = "“”‘’…—·"
_LINE_BREAK_IN_UNSPACED = re.compile(
    f"(?<=[{_UNSPACED}])[ \t]*\n[ \t\n]*(?=[{_UNSPACED}{_SHARED}])"
    f"|(?<=[{_SHARED}])[ \t]*\n[ \t\n]*(?=[{_UNSPACED}])"
)
_WHITE_SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block on its way into a document: what it is, what it says, and its line in the file."""

    kind: BlockKind
    text: str
    line: int | None = None


def flow(text: str) -> str:
    r"""Makes one line of a text in which line breaks mean nothing, as HTML and Markdown do.

    A break between two characters of a script without spaces goes; any other white space becomes
    one space. No-break and ideographic spaces stay.

    >>> flow("one\ntwo"), flow("橋は\n古い。")
    ('one two', '橋は古い。')
    """
    return _WHITE_SPACE.sub(" ", _LINE_BREAK_IN_UNSPACED.sub("", clean(text))).strip()


def assemble(pieces: Iterable[Piece], *, language: str | None = None) -> Document:
    """The document whose text is the pieces' texts, a blank line between them.

    Pieces without text are left out.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    start = 0
    for piece in pieces:
        text = flow(piece.text)
        if text:
            blocks.append(Block(piece.kind, start, start + len(text), piece.line))
            texts.append(text)
            start += len(text) + 2
    return Document("\n\n".join(texts), tuple(blocks), language)
