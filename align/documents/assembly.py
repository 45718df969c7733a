"""How the readers put a document together from the texts of its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from align.documents.cleaning import clean
from align.documents.model import Block, BlockKind, Document, Landmark

# Han, kana and their punctuation are written without spaces; Korean is not among them.
_UNSPACED = "\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
_UNSPACED += "\U00020000-\U0003ffff"
_SHARED = "“”‘’…—·"
_LINE_BREAK_IN_UNSPACED = re.compile(
    f"(?<=[{_UNSPACED}])[ \t]*\n[ \t\n]*(?=[{_UNSPACED}{_SHARED}])"
    f"|(?<=[{_SHARED}])[ \t]*\n[ \t\n]*(?=[{_UNSPACED}])"
)
_UNSPACED_CHARACTER = re.compile(f"[{_UNSPACED}]")
_WHITE_SPACE = re.compile(r"[ \t\n]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block on its way into a document: what it is, what it says, and where in the file.

    The landmarks are those of its text, from the first character on, for a file without lines.
    """

    kind: BlockKind
    text: str
    line: int | None = None
    landmarks: tuple[Landmark, ...] = ()


def piece_at(kind: BlockKind, text: str, place: str) -> Piece:
    """A block that stands in one place of a file without lines, such as `page 3`."""
    return Piece(kind, text, landmarks=(Landmark(0, place),))


def flow(text: str) -> str:
    r"""Makes one line of a text in which line breaks mean nothing, as HTML and Markdown do.

    A break between two characters of a script without spaces goes; any other white space becomes
    one space. No-break and ideographic spaces stay.

    >>> flow("one\ntwo"), flow("橋は\n古い。")
    ('one two', '橋は古い。')
    """
    return _WHITE_SPACE.sub(" ", _LINE_BREAK_IN_UNSPACED.sub("", clean(text))).strip()


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script that is written without spaces.

    >>> is_unspaced("橋"), is_unspaced("다")
    (True, False)
    """
    return _UNSPACED_CHARACTER.match(character) is not None


def assemble(pieces: Iterable[Piece], *, language: str | None = None) -> Document:
    """The document whose text is the pieces' texts, a blank line between them.

    Pieces without text are left out.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    landmarks: list[Landmark] = []
    start = 0
    for piece in pieces:
        text = flow(piece.text)
        if text:
            blocks.append(Block(piece.kind, start, start + len(text), piece.line))
            landmarks.extend(
                replace(each, start=start + place)
                for each, place in zip(piece.landmarks, _flowed(piece, text), strict=True)
            )
            texts.append(text)
            start += len(text) + 2
    return Document("\n\n".join(texts), tuple(blocks), language, landmarks=tuple(landmarks))


def _flowed(piece: Piece, text: str) -> Iterator[int]:
    """Where a piece's landmarks stand once its white space is single: by the characters before."""
    if len(piece.landmarks) == 1:
        yield 0
        return
    solid = [offset for offset, character in enumerate(text) if not character.isspace()]
    before = done = 0
    for each in piece.landmarks:
        before += len("".join(clean(piece.text[done : each.start]).split()))
        done = each.start
        yield solid[min(before, len(solid) - 1)]


def titled(pieces: Iterable[Piece]) -> list[Piece]:
    """The blocks, the first heading the title where none is; of titles all but the first head."""
    found = list(pieces)
    titles = [index for index, piece in enumerate(found) if piece.kind == "title"]
    first = next((index for index, piece in enumerate(found) if piece.kind == "heading"), None)
    for index in titles[1:]:
        found[index] = replace(found[index], kind="heading")
    if not titles and first is not None:
        found[first] = replace(found[first], kind="title")
    return found
