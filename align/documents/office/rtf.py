"""RTF, as it reads once all tracked changes are accepted.

striprtf knows the tokens, the destinations and the code pages. What it makes of them is one plain
text without notes, with deleted words and without cells, so the groups are followed here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from align.documents.assembly import Piece, assemble, piece_at, titled
from align.documents.captions import is_caption
from align.documents.decoding import kind_of
from align.documents.office.cells import cell_name
from align.documents.registry import READERS
from align.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from align.documents.model import BlockKind, Document

_START = b"{\\rtf"
_DEEPEST = 2_000  # groups within groups; Word stops far below
_PLAIN = re.compile(r"[^\\{}\r\n\x80-\xff]+")
_PICTURE = re.compile(r"[0-9A-Fa-f\s]{512,}")  # its bytes in hexadecimal digits
_CONTENTS_FIELD = re.compile(r"\s*(?:TOC|TOA|INDEX)\b")
_KINDS: dict[str, BlockKind] = {
    "title": "title",
    "subtitle": "heading",
    "heading": "heading",
    "quot": "quotation",
    "intense quote": "quotation",
    "caption": "caption",
    "list": "list-item",
}
_CONTENTS_STYLE = re.compile(r"(?:toc|contents|index|table of)\b")

# Destinations that are read in their own way, which striprtf passes over, and some that it reads.
_READ = frozenset({"do", "dptxbxtext", "footnote", "shp", "shpinst", "shptxt", "ud", "shpgrp"})
_PASSED_OVER = frozenset({"listtext", "pntext", "shprslt", "nonshppict", "background"})
_MULTIBYTE = frozenset({"cp932", "cp936", "cp949", "cp950", "cp1361", "gbk", "big5", "shift_jis"})
_CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


@READERS.register("RTF", endings=(".rtf",), recognises=lambda start: start.startswith(_START))
def read_rtf(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is RTF.

    Read:
        Paragraphs, headings, lists, tables cell by cell, text boxes, footnotes and endnotes at
        the end, results of fields, tracked changes as accepted.

    Dropped:
        Headers and footers, comments, what was deleted, hidden text, tables of contents and
        indexes, pictures, marks of notes, numbers of list items.

    Places:
        The paragraph, the cell of a table, the note.
    """
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    if not start.startswith(_START):
        kind = kind_of(data)
        is_other = f"; it is {kind}" if kind else ""
        raise InputError(f"is not an RTF file{is_other}" if data.strip() else "is empty")
    return assemble(titled(_Reader().pieces(start.decode("latin-1"))))


@dataclass(slots=True)
class _Story:
    """A text of its own: the body, a note, a text box."""

    place: str = ""  # empty for the body
    pieces: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    after: list[_Story] = field(default_factory=list)  # boxes in the paragraph that is read
    paragraphs: int = 0
    tables: int = 0
    row: int = 0
    column: int = 1


@dataclass(slots=True)
class _State:
    """What holds in a group until it ends."""

    story: _Story
    dest: str = "text"  # or "fonts", "styles", "code", "none"
    font: str | None = None
    skipped: int = 1  # characters that stand after \u for readers without Unicode
    is_out: bool = False  # hidden or deleted
    style: str = "0"
    level: int = 9
    is_item: bool = False
    is_in_table: bool = False
    code: list[str] = field(default_factory=list)  # of the field that it lies in
    around: str = "text"  # the destination outside of \upr


class _Reader:
    def __init__(self) -> None:
        from striprtf.striprtf import PATTERN, charset_map, destinations, specialchars

        self._token = PATTERN
        self._charsets: dict[int, str] = charset_map
        self._destinations = (frozenset(destinations) - _READ) | _PASSED_OVER
        self._characters: dict[str, str] = specialchars
        self._code_page = "cp1252"
        self._fonts: dict[str, str] = {}
        self._default_font: str | None = None
        self._styles: dict[str, str] = {}
        self._named: list[str] = []  # the name of the style that is read
        self._bytes = bytearray()
        self._left_out = 0
        self._notes: dict[str, list[_Story]] = {"footnote": [], "endnote": []}
        self._boxes = 0
        self._is_starred = False
        self._body = _Story()
        self._state = _State(self._body)
        self._stack: list[_State] = []

    def pieces(self, text: str) -> list[Piece]:
        """The blocks of the text, its notes at the end, those of the foot first."""
        text = _PICTURE.sub("", text) if "\\bin" not in text else text
        position, end = 0, len(text)
        while position < end:
            plain = _PLAIN.match(text, position)
            if plain:
                self._plain(plain[0])
                position = plain.end()
                continue
            token = self._token.match(text, position)
            if token is None:  # it matches anything
                break
            position = token.end()
            word, number, code, symbol, brace, character = token.groups()
            if brace == "{":
                self._open()
            elif brace == "}":
                if self._close():
                    break
            elif code:
                self._byte(int(code, 16))
            elif character:
                self._byte(ord(character))
            elif word == "bin":
                position += max(int(number or 0), 0)
            elif word:
                self._word(word, number)
            elif symbol:
                self._symbol(symbol)
        if self._stack:
            raise InputError("is cut off: its end is missing")
        self._end_paragraph(self._state)
        notes = [note for kind in self._notes.values() for note in kind]
        return [*self._body.pieces, *(piece for note in notes for piece in note.pieces)]

    # Groups

    def _open(self) -> None:
        self._flush()
        if len(self._stack) >= _DEEPEST:
            raise InputError("is nested too deeply to be a text")
        self._left_out = 0
        self._is_starred = False
        self._stack.append(self._state)
        self._state = replace(self._state)
        if self._state.dest == "styles":
            self._named = []

    def _close(self) -> bool:
        """Ends a group; whether it was the last."""
        self._flush()
        self._left_out = 0
        ended, outer = self._state, self._stack.pop() if self._stack else self._state
        if ended.dest == "styles" and self._named:
            self._styles[ended.style] = "".join(self._named).strip(" ;").casefold()
            self._named = []
        if ended.story is not outer.story:
            self._end_paragraph(ended)
        self._state = outer
        return not self._stack

    def _begin_story(self, state: _State, place: str) -> _Story:
        story = state.story = _Story(place)
        state.dest, state.style, state.level = "text", "0", 9
        state.is_item = state.is_in_table = state.is_out = False
        return story

    # Words

    def _word(self, word: str, number: str | None) -> None:
        self._flush()
        self._left_out = 0
        state, was_starred = self._state, self._is_starred
        self._is_starred = False
        if state.dest == "none":
            if word == "ud":
                state.dest = state.around
            return
        if word == "footnote":
            if not state.is_out:
                notes = self._notes["footnote"]
                notes.append(self._begin_story(state, f"footnote {len(notes) + 1}"))
            else:
                state.dest = "none"
        elif word == "ftnalt" and state.story.place.startswith("footnote"):
            self._make_endnote(state.story)
        elif word in ("shptxt", "dptxbxtext"):
            self._boxes += 1
            around = state.story
            around.after.append(self._begin_story(state, f"text box {self._boxes}"))
        elif word in ("fonttbl", "stylesheet"):
            state.dest = "fonts" if word == "fonttbl" else "styles"
        elif word == "field":
            state.code = []
        elif word == "fldinst":
            state.dest = "code"
        elif word == "fldrslt":
            state.dest = "none" if _CONTENTS_FIELD.match("".join(state.code)) else state.dest
        elif word in self._destinations or (was_starred and word not in _READ):
            if word in ("listtext", "pntext") and self._stack:
                self._stack[-1].is_item = True
            state.around, state.dest = state.dest, "none"
        else:
            self._property(state, word, number)

    def _property(self, state: _State, word: str, number: str | None) -> None:
        value = int(number) if number else None
        if word == "u" and value is not None:
            self._say(chr(value % 0x10000))
            self._left_out = state.skipped
        elif word == "uc":
            state.skipped = min(max(value or 0, 0), 16)
        elif word in _CODE_PAGES:
            self._code_page = _CODE_PAGES[word]
        elif word == "ansicpg":
            self._code_page = f"cp{number}"
        elif word == "deff":
            self._default_font = number
        elif word == "f":
            state.font = number
        elif word == "fcharset" and state.dest == "fonts" and value in self._charsets:
            self._fonts[state.font or ""] = self._charsets[value]
        elif word == "plain":
            state.font, state.is_out = self._default_font, False
        elif word in ("v", "deleted"):
            state.is_out = number != "0"
        elif word == "s":
            state.style = number or "0"
        elif word == "pard":
            state.style, state.level = "0", 9
            state.is_item = state.is_in_table = False
        elif word == "outlinelevel":
            state.level = 9 if value is None else value
        elif word == "ls":
            state.is_item = number != "0"
        elif word == "intbl":
            state.is_in_table = True
        elif word in ("par", "sect", "page", "cell", "nestcell", "row", "nestrow"):
            self._break(state, word)
        elif word in self._characters:
            self._say(self._characters[word])

    def _break(self, state: _State, word: str) -> None:
        """Ends a paragraph, a cell or a row, unless that end was itself deleted."""
        if state.dest != "text" or (word == "par" and state.is_out):
            return
        self._end_paragraph(state, is_cell=word == "cell")
        story = state.story
        if word == "cell":
            story.column += 1
        elif word == "row":
            story.row += 1
            story.column = 1

    def _end_paragraph(self, state: _State, *, is_cell: bool = False) -> None:
        story = state.story
        text = "".join(story.parts)
        story.parts.clear()
        after, story.after = story.after, []
        kind = self._kind(state)
        is_in_table = state.is_in_table or is_cell
        if text.strip() and kind is not None:
            # Halves of characters beyond the first plane, each of which came as a \u of its own.
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            place = self._place(story, is_in_table=is_in_table)
            for part in re.split(r"\n\s*\n", text):
                is_one = kind == "paragraph" and is_caption(part)
                story.pieces.append(piece_at("caption" if is_one else kind, part, place))
        for box in after:
            story.pieces.extend(box.pieces)

    def _place(self, story: _Story, *, is_in_table: bool) -> str:
        if is_in_table:
            if not story.row:
                story.tables += 1
                story.row = 1
            name = f"table {story.tables}, cell {cell_name(story.row, story.column)}"
            return f"{story.place}, {name}" if story.place else name
        story.row, story.column = 0, 1
        if story.place:
            return story.place
        story.paragraphs += 1
        return f"paragraph {story.paragraphs}"

    def _kind(self, state: _State) -> BlockKind | None:
        """What a paragraph is; None for one of a table of contents."""
        called = self._styles.get(state.style, "")
        if _CONTENTS_STYLE.match(called):
            return None
        for start, kind in _KINDS.items():
            if called.startswith(start):
                return kind
        if 0 <= state.level < 9:
            return "heading"
        return "list-item" if state.is_item else "paragraph"

    def _make_endnote(self, story: _Story) -> None:
        footnotes, endnotes = self._notes["footnote"], self._notes["endnote"]
        if footnotes and footnotes[-1] is story:
            footnotes.pop()
            endnotes.append(story)
            story.place = f"endnote {len(endnotes)}"

    # Text

    def _symbol(self, symbol: str) -> None:
        self._flush()
        self._left_out = 0
        if symbol == "*":
            self._is_starred = True
        elif symbol in "\r\n":
            self._property(self._state, "par", None)
        elif symbol in self._characters:
            self._say(self._characters[symbol])

    def _plain(self, text: str) -> None:
        self._is_starred = False
        if self._bytes and self._is_half():  # its second byte may be written as a letter
            self._bytes.append(ord(text[0]))
            text = text[1:]
        self._flush()
        left_out = min(self._left_out, len(text))
        self._left_out -= left_out
        self._say(text[left_out:])

    def _byte(self, value: int) -> None:
        if self._left_out:
            self._left_out -= 1
        else:
            self._bytes.append(value)

    def _flush(self) -> None:
        """Says what came as bytes of a code page."""
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            try:
                self._say(data.decode(self._encoding(), "replace"))
            except LookupError:
                self._say(data.decode("cp1252", "replace"))

    def _is_half(self) -> bool:
        if self._encoding() not in _MULTIBYTE:
            return False
        try:
            bytes(self._bytes).decode(self._encoding())
        except UnicodeDecodeError as error:
            return error.end == len(self._bytes)
        return False

    def _encoding(self) -> str:
        font = self._state.font if self._state.font is not None else self._default_font
        found = self._fonts.get(font or "", self._code_page)
        # A font of no set of its own is in that of the document.
        return self._code_page if found == "cp1252" else found

    def _say(self, text: str) -> None:
        state = self._state
        if state.dest == "text" and not state.is_out:
            state.story.parts.append(text)
        elif state.dest == "code":
            state.code.append(text)
        elif state.dest == "styles":
            self._named.append(text)
