"""Inline codes: what stands in a text for the markup of the file that was translated.

Bilingual files keep bold and links, line breaks and placeholders as elements within the text. A
text with its codes is a `Content`, nothing of it lost; `text_of` is what a reader sees of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

Role = Literal["open", "close", "standalone"]
"""What a code does: it opens or closes a pair, or stands for itself."""


@dataclass(frozen=True, slots=True)
class Code:
    """One inline code.

    Attributes:
        element: The element's name in its file: `bpt`, `x`, `g`, …
        role: Whether it opens or closes a pair or stands for itself.
        key: What the same code has in the other language, too; empty where the file says none.
        native: The markup of the translated file that it stands for, where that is said. Of a
            `<sub>` that closes, what follows it within its code.
        kind: What the file calls its type, such as `bold`, `lb` or `x-html-br`.
        attributes: Names and values as the file has them.
    """

    element: str
    role: Role
    key: str = ""
    native: str = ""
    kind: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


Content = tuple[str | Code, ...]
"""A text and its codes, in the order of the file."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What HTML, office formats and tools call what parts words.
_BREAKS = _names(
    "lb pb br hr tab break linebreak line-break pagebreak page-break columnbreak newline cr "
    "softreturn soft-return softbreak w:br w:tab w:cr w:p text:line-break text:tab p div li ul ol "
    "dl dt dd tr td th table h1 h2 h3 h4 h5 h6 blockquote pre section article header footer option"
)
# And what may stand within one.
_WITHIN_WORDS = _names(
    "a abbr acronym b bdi bdo big bold cf cite code color csf del dfn em emphasis fmt font "
    "fontcolor fontsize formatting i ins italic kbd link mark q rb ref rt ruby s samp shy small "
    "softhyphen soft-hyphen span strike strikethrough strong sub subscript sup superscript tt u "
    "ulined underline underlined var w:r wbr ut it cp zwj zwnj zwsp"
)
_TAG = regex.compile(r"\s*</?([A-Za-z][\w:.-]*)[^<>]*>\s*")
_BREAKING_NATIVE = regex.compile(
    r"(?:\\n|\\r|\\t|\\line|\\tab|\\par|\s*[\n\r\t]\s*|&#(?:9|10|13);)+"
)
_SOFT_NATIVE = regex.compile(
    r"(?:&(?:shy|zwj|zwnj|#173|#8203|#8204|#8205);|[\u00ad\u200b-\u200d])+"
)

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]")
_LETTER = regex.compile(r"\p{L}")
_ENDS_CLAUSE = frozenset(".,;:!?…،؛؟।")
_CLOSING = regex.compile(r"[.,;:!?)\]}…،؛؟%»”。，、；：！？）」』]")
_NO_SPACE_BEFORE = frozenset(".,;)]}…،؛؟。，、；）」』")

_NONE, _BETWEEN_WORDS, _BREAK = range(3)


def text_of(content: Content) -> str:
    r"""What a reader sees of a text, its codes left out.

    A code that stands for itself parts the words around it, which otherwise would be one; so does
    whatever is called a line break, a tab or a block, after punctuation as well. The spaces on both
    sides of a code are one. What is only formatted stays as it is written.

    >>> text_of(("open at nine", Code("x", "standalone", kind="lb"), "Please ring"))
    'open at nine Please ring'
    >>> text_of(("un", Code("g", "open"), "believ", Code("g", "close"), "able"))
    'unbelievable'
    >>> text_of(("See ", Code("ph", "standalone", native="{0}"), " boats"))
    'See boats'
    """
    parts: list[str] = []
    strength, parted = _NONE, False
    for piece in content:
        if isinstance(piece, Code):
            strength = max(strength, _strength(piece))
            parted = parted or (piece.role == "standalone" and piece.element not in _UNSEEN)
        elif piece:
            if parts and (parted or strength):
                parts[-1], piece = _beside(parts[-1], piece, strength)
            if piece:
                parts.append(piece)
            strength, parted = _NONE, False
    return "".join(parts)


def codes_of(content: Content) -> tuple[Code, ...]:
    """The codes of a text, in its order."""
    return tuple(piece for piece in content if isinstance(piece, Code))


_UNSEEN = frozenset({"cp", "sm", "em", "mrk", "hi"})
"""Elements that say something of the text and stand for nothing in it."""


def _strength(code: Code) -> int:
    """How far a code parts what stands around it."""
    if code.element == "sub":  # a text of its own, such as a footnote or what a picture shows
        return _BREAK
    tag = _TAG.fullmatch(code.native)
    kind = code.kind.casefold()
    names = {kind.removeprefix("x-").removeprefix("html-").rpartition(":")[2], kind}
    if tag:
        names.add(tag[1].casefold())
    if names & _BREAKS or _BREAKING_NATIVE.fullmatch(code.native):
        return _BREAK
    if code.role != "standalone" or code.element in _WITHIN_WORDS | _UNSEEN:
        return _NONE
    if names & _WITHIN_WORDS or _SOFT_NATIVE.fullmatch(code.native):
        return _NONE
    return _BETWEEN_WORDS


def _beside(left: str, right: str, strength: int) -> tuple[str, str]:
    """Two stretches of text between which codes stood, with the space that belongs there."""
    before, after = left[-1:], right[0]
    if before and before in " \u00a0\u202f" and after == " ":
        return left, right[1:]
    if before == " " and after in _NO_SPACE_BEFORE:
        return left[:-1], right
    return left, f" {right}" if before and _needs_space(before, after, strength) else right


def _needs_space(before: str, after: str, strength: int) -> bool:
    if strength == _NONE or before.isspace() or after.isspace():
        return False
    if _UNSPACED.match(before) or _UNSPACED.match(after):
        return False
    if strength == _BREAK:
        return not _CLOSING.match(after)
    if not _WORD.match(after):
        return False
    return bool(_WORD.match(before) or (before in _ENDS_CLAUSE and _LETTER.match(after)))
