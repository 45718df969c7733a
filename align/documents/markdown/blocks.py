"""The blocks of Markdown, made of what its parser gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from align.documents.assembly import Piece, flow
from align.documents.captions import is_caption
from align.documents.markdown.inline import (
    HARD,
    image_text,
    inline_text,
    parts_of,
    without_gone,
)
from align.documents.markdown.parser import DEEPEST, is_myst, parser
from align.documents.markdown.showing import title_kind
from align.documents.markdown.templates import GONE, SIGN, Masked, masked
from align.errors import InputError

if TYPE_CHECKING:
    from markdown_it.token import Token

    from align.documents.model import BlockKind

_CONTAINERS: dict[str, BlockKind] = {
    "list_item": "list-item",
    "dt": "heading",
    "dd": "list-item",
    "blockquote": "quotation",
}
_EMPHASIS = ("em_open", "em_close", "strong_open", "strong_close")

_CALLOUT = re.compile(rf"\s*\[![A-Za-z][^\]\n]*\][+-]?[ \t]*(?P<title>[^\n{HARD}]*){HARD}?\n?")
_CONTENTS = re.compile(r"\s*(?:\[_?TOC_?\]|\$\{toc\}|@\[toc\].*)\s*", re.IGNORECASE)
_PUTS_CONTENTS = re.compile(r"\{:.*\btoc\b")
_DEFINITION = re.compile(r"\s*:[ \t]+")
_DIRECTIVE = re.compile(r"\{(?P<name>[\w-]+)\}[ \t]*(?P<title>.*)")
_OF_TEXT = re.compile(
    r"note|tip|hint|warning|important|caution|danger|attention|error|seealso|admonition|margin"
    r"|sidebar|topic|epigraph|dropdown|card|tab-item|versionadded|versionchanged|deprecated|figure"
)
_OPTION = re.compile(r"(?:[ \t]*:[\w-]+:.*(?:\n|\Z))+")

# HTML that has Markdown in it: it says so, or has a link as only Markdown writes it.
_HAS_MARKDOWN = re.compile(
    r"<[a-z][\w-]*\s[^<>]*\bmarkdown(?:\s*=\s*[\"']?(?:1|span|block|true)|(?=[\s>]))|\]\([^()\s]+\)|\*\*\w",
    re.IGNORECASE,
)
_TAGS_OF_BLOCKS = re.compile(
    r"</?(?:div|section|article|aside|main|header|footer|center|figure|details|p|nav|form)"
    r"(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<![^<>]*>", re.DOTALL)
_CALL_OF_NOTE = re.compile(r"\[\^[\w-]{1,20}\]")
_BADGE = re.compile(r"badge|shields?\b|/v/|\bstatus\b.*svg|\bci\b.*svg", re.IGNORECASE)
_DEEPEST = 3  # Markdown in HTML in Markdown


def pieces_of(
    text: str, first: int, *, has_title: bool, is_mdx: bool, depth: int = 0
) -> list[Piece]:
    """The pieces of a Markdown text.

    Args:
        text: The text, clean and without its front matter.
        first: The line of the file that its first is.
        has_title: Whether another title goes before headings of level one.
        is_mdx: Whether the file says that it is MDX.
        depth: How often a text was found in another.

    Raises:
        InputError: If it is nested too deeply.
    """
    hidden = masked(text, is_mdx=is_mdx)
    env: dict[str, object] = {"masked": hidden}
    marks = parser(is_mdx=hidden.is_mdx, is_myst=is_myst(hidden.text))
    tokens = marks.parse(hidden.text, env)
    # Where the parser goes no deeper it drops what follows, and says nothing.
    if any(token.nesting == 1 and token.level >= DEEPEST - 1 for token in tokens):
        raise InputError("is nested too deeply to be a text; save its text instead")
    walk = _Walk(hidden, first, has_title=has_title, depth=depth)
    body, notes = _without_notes(tokens)
    walk.read(body)
    for note in _in_order(notes, env):
        walk.read(note)
    return walk.pieces


def _without_notes(tokens: Sequence[Token]) -> tuple[list[Token], list[tuple[str, list[Token]]]]:
    """What is not in notes, and the notes with their labels."""
    body: list[Token] = []
    notes: list[tuple[str, list[Token]]] = []
    open_notes: list[list[Token]] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append([])
            notes.append((token.meta["label"], open_notes[-1]))
        elif token.type == "footnote_reference_close":
            open_notes.pop()
        else:
            (open_notes[-1] if open_notes else body).append(token)
    return body, notes


def _in_order(
    notes: Sequence[tuple[str, list[Token]]], env: dict[str, object]
) -> Iterator[list[Token]]:
    """The notes as the text calls them, then those that nothing calls, for none is lost."""
    from markdown_it.token import Token as Made

    called: dict[str, object] = env.get("footnotes", {})  # type: ignore[assignment]
    left = list(notes)
    found: dict[int, dict[str, object]] = called.get("list", {})  # type: ignore[assignment]
    for data in found.values():
        if "tokens" in data:  # ^[a note within the text]
            inline = Made("inline", "", 0, children=data["tokens"])  # type: ignore[arg-type]
            inline.content = str(data["content"])
            yield [Made("paragraph_open", "p", 1), inline, Made("paragraph_close", "p", -1)]
            continue
        for note in [each for each in left if each[0] == data.get("label")]:
            left.remove(note)
            yield note[1]
    yield from (tokens for _, tokens in left)


class _Walk:
    """Makes pieces of tokens, one after another."""

    def __init__(self, hidden: Masked, first: int, *, has_title: bool, depth: int) -> None:
        self.pieces: list[Piece] = []
        self._masked = hidden
        self._first = first
        self._has_title = has_title
        self._depth = depth
        self._after_picture = False
        self._list_start = 0  # the first piece of the last list that no other holds

    def read(self, tokens: Sequence[Token]) -> None:
        """Takes the pieces of some tokens in."""
        inside: list[str] = []
        opening: Token | None = None
        list_end = -1  # the line after the last item of a list
        line = self.pieces[-1].line or self._first if self.pieces else self._first
        for token in tokens:
            if token.map:
                line = self._line(token.map[0])
            name, _, end = token.type.rpartition("_")
            if name in _CONTAINERS and end == "open":
                inside.append(name)
            elif name in _CONTAINERS and end == "close":
                inside.pop()
            elif token.type in ("bullet_list_open", "ordered_list_open") and not inside:
                self._list_start = len(self.pieces)
            elif token.type == "html_block":
                self._html(token.content, line)
            elif token.type == "fence":
                self._fence(token, line)
            elif token.type == "template_line":
                self._alone(token.content, line)
            elif token.type == "attribute_line":
                if _PUTS_CONTENTS.match(token.content) and (token.map or [0])[0] == list_end:
                    del self.pieces[self._list_start :]  # the generator puts the contents here
            elif token.type == "inline" and opening is not None:
                self._inline(token, opening, inside, line)
            if token.type not in ("inline", "paragraph_open", "paragraph_close"):
                self._after_picture = False
            if token.type == "inline" and token.map:
                list_end = token.map[1] if inside and inside[0] == "list_item" else -1
            opening = token if token.type.endswith("_open") else None

    def _line(self, number: int) -> int:
        return self._first + self._masked.line(number) - 1

    def _inline(self, token: Token, opening: Token, inside: Sequence[str], line: int) -> None:
        children = token.children or []
        text = inline_text(children, self._masked)
        kind: BlockKind = _CONTAINERS[inside[-1]] if inside else "paragraph"
        if opening.type == "heading_open":
            kind = "heading" if self._has_title or opening.tag != "h1" else "title"
            self._has_title = self._has_title or kind == "title"
            self._add(kind, text, line)
        elif opening.type == "container_title_open":
            self._add(title_kind(text), text, line)
        elif opening.type == "container_picture_open":
            self._add("caption", text, line)
        elif opening.type == "admonition_title_open":
            if len(opening.map or ()) and token.content.casefold() != _word_of(opening.markup):
                self._add(title_kind(text), text, line)
        elif opening.type == "paragraph_open":
            self._paragraph(token, text, kind, inside, line)
        else:
            self._add(kind, text, line)

    def _paragraph(
        self, token: Token, text: str, kind: BlockKind, inside: Sequence[str], line: int
    ) -> None:
        children = token.children or []
        if not SIGN.sub("", token.content).strip() and not inside:
            self._alone(token.content, line)  # macros for themselves: a menu, an example
            return
        if _CONTENTS.fullmatch(text):
            return
        callout = _CALLOUT.match(text) if inside and inside[-1] == "blockquote" else None
        if callout:
            self._add(title_kind(callout["title"]), callout["title"], line)
            line += text.count("\n", 0, callout.end())
            text = text[callout.end() :]
        if inside and inside[-1] == "list_item":
            text = _DEFINITION.sub("", text, count=1) if _DEFINITION.match(text) else text
        pictures = [child for child in children if child.type == "image"]
        words = flow(text)
        if not words and _are_badges(children, pictures):
            return
        if pictures and not words:
            for picture in pictures:
                self._add("caption", image_text(picture, self._masked), line)
        elif is_caption(words) or (_is_emphasised(children) and (self._after_picture or pictures)):
            self._add("caption", words, line)
        else:
            self._add(kind, text, line, may_be_verse=True)
        self._after_picture = bool(pictures) and not words

    def _add(self, kind: BlockKind, text: str, line: int, *, may_be_verse: bool = False) -> None:
        if kind in ("paragraph", "list-item", "quotation"):
            for lines, part in parts_of(text, may_be_verse=may_be_verse):
                self.pieces.append(Piece(kind, part, line + lines))
        else:
            self.pieces.append(Piece(kind, text, line))

    def _alone(self, signs: str, line: int) -> None:
        """What templates show that stand for themselves."""
        for template in self._masked.templates(signs):
            for kind, text in template.shown.alone:
                self.pieces.append(Piece(kind, self._plain(text), line))

    def _plain(self, text: str) -> str:
        (token,) = parser(is_mdx=True).parseInline(text, {"masked": self._masked})
        return inline_text(token.children or [], self._masked)

    def _fence(self, token: Token, line: int) -> None:
        """Code, but for what MyST writes as such and is a text."""
        directive = _DIRECTIVE.fullmatch(token.info.strip())
        if directive is None or not _OF_TEXT.fullmatch(directive["name"]):
            return
        is_picture = directive["name"] == "figure"
        if not is_picture:
            title = self._masked.as_written(directive["title"])
            self._add("heading", self._plain(title), line)
        content = self._masked.as_written(token.content)
        options = _OPTION.match(content)
        first = len(self.pieces)
        self._inner(content[options.end() if options else 0 :], line + 1)
        if is_picture:
            self.pieces[first:] = [replace(each, kind="caption") for each in self.pieces[first:]]

    def _inner(self, text: str, line: int) -> None:
        if self._depth < _DEEPEST:
            self.pieces += pieces_of(
                text, line, has_title=True, is_mdx=self._masked.is_mdx, depth=self._depth + 1
            )

    def _html(self, content: str, line: int) -> None:
        from align.documents.html import fragment_pieces

        has_markdown = bool(_HAS_MARKDOWN.search(content)) or self._masked.is_mdx
        if has_markdown and self._depth < _DEEPEST:
            written = self._masked.as_written(content)
            inner = _TAGS_OF_BLOCKS.sub("\n", written)
            if inner != written and not re.search(r"<(?:table|ul|ol|dl|pre|summary)\b", inner):
                self._inner("\n".join(each.strip() for each in inner.split("\n")), line)
                return
        shown = _NOT_SHOWN.sub(lambda match: "\n" * match[0].count("\n"), content)
        shown = self._masked.as_shown(shown).replace(GONE, "")
        for piece in fragment_pieces(shown):
            place = None if piece.line is None else line + piece.line - 1
            text = without_gone(_CALL_OF_NOTE.sub(GONE, piece.text))
            if has_markdown:
                text = self._plain(text)
            self.pieces.append(replace(piece, text=text, line=place))


def _word_of(markup: str) -> str:
    """The word that an admonition begins with, which stands for a title where it has none."""
    return markup.lstrip("!?+ ").casefold()


def _are_badges(children: Sequence[Token], pictures: Sequence[Token]) -> bool:
    """Whether pictures without words are badges: a row of linked ones, or drawn by a service."""
    linked = sum(child.type == "link_open" for child in children)
    if len(pictures) > 1 and linked == len(pictures):
        return True
    return bool(pictures) and all(_BADGE.search(str(each.attrGet("src"))) for each in pictures)


def _is_emphasised(children: Sequence[Token]) -> bool:
    depth = 0
    for child in children:
        if child.type in _EMPHASIS:
            depth += child.nesting
        elif child.type in ("text", "code_inline") and child.content.strip() and not depth:
            return False
    return True
