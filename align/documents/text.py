"""Plain text: blank lines, wrapped lines, and unmarked titles and headings told by their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from align.documents.captions import cues_blanked, is_caption, subtitles_ending
from align.documents.cleaning import clean
from align.documents.decoding import decode
from align.documents.furniture import furniture_lines
from align.documents.hyphenation import Hyphens, is_cut, marked
from align.documents.locating import located
from align.documents.model import Block, BlockKind, Document, LeftOut
from align.documents.registry import READERS
from align.text import display_width

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

_BULLET = re.compile(r"(?:[-*•▪◦‣○●■□◆]\s+|・\s*)(?=\S)")
_NUMBER = re.compile(r"[(（]?(\d{1,3})[.)）、]\s+(?=\S)")
_CLOSERS = "\"'”’»›」』)]）］】*_"
_SENTENCE_MARKS = ".。．｡!?！？؟۔।॥…‥"
_FULL_STOPS = ".。．｡۔।॥…‥:：;；؛,，،、"
_SENTENCE_INSIDE = re.compile(r"[.!?؟।][\"”’»)]?\s|[。！？]")
_FULL_STOP_INSIDE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[다요까죠]))[.।۔][\"”’»)]?\s(?=[^a-z])|。")
_SENTENCE_OF_WORDS = re.compile(
    r"(?:\S+\s+){2}\S+[.!?؟।۔][\"”’»)]?\s|\S+\s+[가-힣]+[다요까죠][.!?]\s|[^\s。！？]{2,}[。！？]"
)
_DATELINE = re.compile(
    r"(?:published|posted|updated|last updated|publié|publicado|veröffentlicht|опубликовано)\b.*\d",
    re.IGNORECASE,
)

_WIDEST_WRAP = 100  # columns; a longer line is a paragraph of its own
_NARROWEST_WRAP = 40
_LONGEST_HEADING = 120
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: where its text starts and stops."""

    start: int
    stop: int
    number: int  # from 1, in the text
    text: str
    group: int  # lines between two blank lines, or between furniture, share a group
    indented: bool
    width: int  # in columns, the indent included


@READERS.register("plain text", endings=(".txt", ".text"))
def read_text(data: bytes, path: Path) -> Document:
    """Makes what a file holds a document: it is a plain text, unless it has subtitles."""
    text = decode(data, path=path)
    ending = subtitles_ending(text)
    if ending is not None:
        reader = READERS.of_ending(ending)
        if reader is not None:
            return reader.read(data, path)
        text = cues_blanked(text)
    return located(parse_text(text), text, "text")


def parse_text(text: str) -> Document:
    r"""Finds the blocks of a plain text.

    Blank lines part blocks; without them each line is a block, unless the lines were cut to one
    width, in which case they are put together again, and so are the words that were cut. A title,
    headings, captions and list items are told by their shape, and what surrounds an article on a
    saved page is in no block.

    Args:
        text: The text; it is cleaned first.

    Returns:
        The document, whose text is the cleaned text, furniture and all, without the line breaks
        and hyphens within words.

    >>> document = parse_text("The Bridge\n\nIt is old. It stands.\n")
    >>> [(block.kind, document.text[block.start:block.stop]) for block in document.blocks]
    [('title', 'The Bridge'), ('paragraph', 'It is old. It stands.')]
    """
    text = clean(marked(text))
    raw = text.split("\n")
    furniture = furniture_lines(raw, items=_items(raw))
    paragraphs = _paragraphs(_lines(raw, furniture))
    starts = [_text_start(paragraphs, index) for index in range(len(paragraphs))]
    blocks: list[Block] = []
    kinds = _kinds(paragraphs, starts)
    for lines, start, kind in zip(paragraphs, starts, kinds, strict=True):
        blocks.append(Block(kind, start, lines[-1].stop, lines[0].number))
    text, blocks = _without(text, blocks, _hyphens(text, paragraphs))
    kept = _without_repeated_title(text, blocks)
    starts_kept = {block.start for block in kept}
    left_out = [LeftOut(raw[index].strip(), "furniture", index + 1) for index in furniture]
    left_out += [
        LeftOut(text[block.start : block.stop], "the title again", block.line)
        for block in blocks
        if block.start not in starts_kept
    ]
    left_out.sort(key=lambda each: each.line or 0)
    return Document(text, tuple(kept), left_out=tuple(left_out))


def _items(lines: Sequence[str]) -> frozenset[int]:
    """The lines that are items of lists, of which each has two at least."""
    bullets = {index for index, line in enumerate(lines) if _BULLET.match(line.lstrip())}
    return frozenset(each for each in bullets if bullets & {each - 1, each + 1})


def _hyphens(text: str, paragraphs: Sequence[Sequence[_Line]]) -> list[tuple[int, int]]:
    """The stretches of the text that cut words: line breaks, mostly with a hyphen before."""
    hyphens = Hyphens(line.text for lines in paragraphs for line in lines)
    cuts = []
    for lines in paragraphs:
        for line, after in pairwise(lines):
            removed = hyphens.removed(line.text, after.text)
            if removed is not None:
                cuts.append((line.stop - len(removed), after.start))
    return cuts


def _without(
    text: str, blocks: Sequence[Block], cuts: Sequence[tuple[int, int]]
) -> tuple[str, list[Block]]:
    """The text and its blocks without some stretches, none of which has a block's edge inside."""
    kept, moved, gone, done = [], [], 0, 0
    following = iter([*cuts, (len(text), len(text))])
    start, stop = next(following)
    for block in blocks:
        first = block.start - gone
        while stop < block.stop:
            kept.append(text[done:start])
            gone, done = gone + stop - start, stop
            start, stop = next(following)
        moved.append(replace(block, start=first, stop=block.stop - gone))
    return "".join([*kept, text[done:]]), moved


def _lines(raw: Sequence[str], furniture: Collection[int]) -> list[_Line]:
    lines: list[_Line] = []
    offset = group = 0
    for index, line in enumerate(raw):
        stripped = line.strip()
        if not stripped or index in furniture:
            group += 1
        else:
            start = offset + len(line) - len(line.lstrip())
            indented = start > offset
            width = display_width(line.rstrip())
            stop = start + len(stripped)
            lines.append(_Line(start, stop, index + 1, stripped, group, indented, width))
        offset += len(line) + 1
    return lines


def _paragraphs(lines: Sequence[_Line]) -> list[list[_Line]]:
    """Puts the lines of hard-wrapped paragraphs together again."""
    by_indent = _indents_begin_paragraphs(lines)
    width = _wrap_width(lines, by_indent=by_indent)
    paragraphs: list[list[_Line]] = []
    for index, line in enumerate(lines):
        previous = lines[index - 1] if index else None
        starts_anew = (
            previous is None
            or line.group != previous.group
            or (line.indented and (by_indent or not previous.indented))
            or _BULLET.match(line.text)
            or _NUMBER.match(line.text)
            or not (is_cut(previous.text, line.text) or _is_full(previous, line, width))
        )
        if starts_anew:
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    return paragraphs


def _indents_begin_paragraphs(lines: Sequence[_Line]) -> bool:
    """Whether each indented line begins a paragraph, as in books, whatever stands before it.

    Lines that go on are not indented there, and what stands before an indent ends a sentence.
    """
    pairs = [(line, after) for line, after in pairwise(lines) if line.group == after.group]
    goes_on = sum(line.indented and not after.indented for line, after in pairs)
    before = [line for line, after in pairs if after.indented]
    ended = sum(_ends_sentence(line.text) for line in before)
    return bool(goes_on and before) and _MOSTLY * len(before) <= ended


def _wrap_width(lines: Sequence[_Line], *, by_indent: bool) -> int | None:
    """The width to which the text was wrapped; None where it was not."""
    width = max((line.width for line in lines if line.width <= _WIDEST_WRAP), default=0)
    followed = [
        (line, after)
        for line, after in pairwise(lines)
        if line.group == after.group and not (by_indent and after.indented)
    ]
    if width < _NARROWEST_WRAP or not followed:
        return None
    full = [
        line
        for line, after in followed
        if is_cut(line.text, after.text) or _is_full(line, after, width)
    ]
    open_ended = [line for line in full if not _ends_sentence(line.text)]
    is_wrapped = 2 * len(full) >= len(followed) and 2 * len(open_ended) >= len(full)
    return width if is_wrapped and full else None


def _is_full(line: _Line, after: _Line, width: int | None) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    if width is None:
        return False
    words = after.text.split(maxsplit=1)
    unspaced = display_width(after.text[0]) == 2
    needed = 4 if unspaced else 1 + display_width(words[0])  # 4: marks kept off a line's ends
    return line.width <= _WIDEST_WRAP and line.width + needed > width


def _text_start(paragraphs: Sequence[Sequence[_Line]], index: int) -> int:
    """Where a paragraph's text starts: after the marker, if it is a list item."""
    line = paragraphs[index][0]
    marker = _BULLET.match(line.text)
    if marker is None and _number(paragraphs, index) is not None:
        beside = (_number(paragraphs, index - 1), _number(paragraphs, index + 1))
        number = _number(paragraphs, index) or 0
        if number - 1 == beside[0] or number + 1 == beside[1]:  # “3. Oktober” is no list
            marker = _NUMBER.match(line.text)
    return line.start + (marker.end() if marker else 0)


def _number(paragraphs: Sequence[Sequence[_Line]], index: int) -> int | None:
    if not 0 <= index < len(paragraphs):
        return None
    marker = _NUMBER.match(paragraphs[index][0].text)
    return int(marker[1]) if marker else None


def _kinds(paragraphs: Sequence[Sequence[_Line]], starts: Sequence[int]) -> list[BlockKind]:
    """Tells what each paragraph is; backwards, since a heading is told by what follows it."""
    kinds: list[BlockKind] = []
    width_after, kind_after = 0, ""
    for lines, start in zip(reversed(paragraphs), reversed(starts), strict=True):
        first = lines[0].text
        width = sum(display_width(line.text) for line in lines)
        kind: BlockKind = "paragraph"
        if start > lines[0].start:
            kind = "list-item"
        elif is_caption(" ".join(line.text for line in lines)):
            kind = "caption"
        elif len(lines) == 1 and _looks_like_heading(first):
            follows = width_after > width or kind_after in ("heading", "list-item")
            kind = "heading" if kind_after and follows else "paragraph"
        kinds.append(kind)
        if kind != "caption":
            width_after, kind_after = width, kind
    kinds.reverse()
    _promote_title(paragraphs, kinds)
    return kinds


def _promote_title(paragraphs: Sequence[Sequence[_Line]], kinds: list[BlockKind]) -> None:
    first = next((index for index, kind in enumerate(kinds) if kind != "caption"), None)
    if first is None or kinds[first] == "list-item" or len(paragraphs[first]) > 1:
        return
    alone = len(kinds) == 1
    if kinds[first] == "heading" or (not alone and _looks_like_heading(paragraphs[first][0].text)):
        kinds[first] = "title"


def _looks_like_heading(text: str) -> bool:
    if display_width(text) > _LONGEST_HEADING or _DATELINE.match(text):
        return False
    words = text.rstrip(_CLOSERS + " ")
    if not words or words[-1] in _FULL_STOPS or _has_sentences(words):
        return False
    if words[-1] not in _SENTENCE_MARKS:
        return True
    # `Why now?` heads a section; `“Why now?”` and `Really? She did not believe it!` do not.
    return text.endswith(words) and not _SENTENCE_INSIDE.search(words[:-1])


def _has_sentences(text: str) -> bool:
    """Whether a line that ends without a mark has whole sentences before its last one.

    `Lunch was soup. But good` has. `Why now? What comes next`, `St. James. A portrait` and `Part
    one. The river` are headings; a full stop ends a sentence of three words at least.
    """
    if len(_SENTENCE_INSIDE.findall(text)) > 1 and _SENTENCE_OF_WORDS.search(text):
        return True
    first = _FULL_STOP_INSIDE.search(text)
    if first is None:
        return False
    return first[0] == "。" or _SENTENCE_OF_WORDS.match(text[: first.end() + 1]) is not None


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS + " ")[-1:] in tuple(_SENTENCE_MARKS)


def _without_repeated_title(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Drops what a page repeats of its title near its head (window title, menu entry)."""
    title = next((block for block in blocks if block.kind == "title"), None)
    if title is None:
        return list(blocks)
    words = text[title.start : title.stop].casefold()
    near = blocks[: blocks.index(title) + 6]
    repeated = [
        block
        for block in near
        if block is not title
        and block.kind in ("heading", "paragraph")
        and text[block.start : block.stop].casefold() == words
    ]
    return [block for block in blocks if block not in repeated]
