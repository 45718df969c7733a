"""The text of a paragraph of Markdown: without marks, with what templates in it show."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from align.documents.markdown.templates import GONE, Masked
from align.documents.note_marks import (
    Raised,
    is_mark_of_note,
    is_power_of_number,
    raised_digits,
    without_note_marks,
)
from align.text import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

HARD = "\v"
"""A break that the writer has asked for; white space where a text is one line."""

_RUBY_NOTE = re.compile(r"<(/?)r[tp]\b", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_RAISED = re.compile(r"<(/?)sup\b", re.IGNORECASE)

# A mark that a note has in the text: [1], (2), *, †, ※3, 注4, a.
_NUMBER = (
    r"(?:\d{1,3}|[*∗†‡§¶※]+\s*\d{0,3}|[a-z]|[注註脚訳译譯]+\s*\d{1,3}|[①-⑳]|[ivx]{1,5}|note\s*\d+)"
)
_MARK = re.compile(
    rf"[\[(（［〔]?\s*{_NUMBER}\s*[\])）］〕]?(?:\s*[,，、]\s*{_NUMBER})*", re.IGNORECASE
)
_BRACKETED = re.compile(rf"[\[［〔]\s*{_NUMBER}\s*[\]］〕]|[*†‡※]+\d*", re.IGNORECASE)
_PERMALINK = re.compile(r"[#¶§↩↑⏎^🔗\ufe0e\ufe0f\s]+")
_TARGET_OF_NOTE = re.compile(r"#.*?(?:fn|note|ref|cite|sdfoot)", re.IGNORECASE)

_TARGET_OF_ROLE = re.compile(r"(?<=\S)\s*<[^<>]*>\Z")
_BLOCK_NAME = re.compile(r"(?:^|[ \t\n])\^[A-Za-z0-9][\w-]{2,40}\Z")  # Obsidian's
_NOT_DEFINED = re.compile(r"\[\^[\w-]{1,20}\]")
_GONE = re.compile(
    rf"(?<![ \t])(?:[ \t]*+{GONE})++"
    rf"(?=[.,;:!?…)\]»”。，、；：！？）」』】》]|\s*$)|{GONE}",
    re.MULTILINE,
)
_WIDEST_VERSE = 72
_SPACES = r"(?:(?<![ \t])[ \t]*+)?"  # a run of them is gone over once, not from each of its places
_BREAK = re.compile(rf"{_SPACES}{HARD}[ \t]*\n?[ \t]*")
_DOUBLE_BREAK = re.compile(rf"(?:{_SPACES}{HARD}[ \t]*+\n?){{2,}}")


def inline_text(children: Sequence[Token], masked: Masked) -> str:
    """What a reader sees of a paragraph, a `HARD` before the line breaks that are meant."""
    text = without_gone(_NOT_DEFINED.sub(GONE, _joined(children, masked)))
    return _BLOCK_NAME.sub("", without_note_marks(text))


def without_gone(text: str) -> str:
    """A text without `GONE` and the space that parted it from a mark that follows."""
    return _GONE.sub("", text)


def parts_of(text: str, *, may_be_verse: bool) -> list[tuple[int, str]]:
    r"""Parts a text at two breaks together, and verse at each; with the lines before each part.

    Verse is what has two breaks or more, short lines and no line end but at a break.

    >>> parts_of("one\v\ntwo\v\nthree", may_be_verse=True)
    [(0, 'one'), (1, 'two'), (2, 'three')]
    """
    lines = _BREAK.split(text.strip())
    is_verse = (
        may_be_verse
        and len(lines) > 2
        and not any("\n" in line or display_width(line) > _WIDEST_VERSE for line in lines)
    )
    parts = []
    at = 0
    for gap in (_BREAK if is_verse else _DOUBLE_BREAK).finditer(text):
        parts.append((at, gap.start()))
        at = gap.end()
    parts.append((at, len(text)))
    return [(text.count("\n", 0, start), text[start:stop]) for start, stop in parts]


def _joined(children: Sequence[Token], masked: Masked) -> str:
    parts: list[str] = []
    links: list[tuple[int, str]] = []
    raised: int | None = None
    skipping = False
    for child, following in zip_longest(children, children[1:]):
        if child.type == "html_inline":
            note, raise_ = _RUBY_NOTE.match(child.content), _RAISED.match(child.content)
            if note:
                skipping = not note[1]
            elif _LINE_BREAK.match(child.content):
                parts.append(HARD)
            elif raise_ and not raise_[1]:
                raised = len(parts)
            elif raise_ and raised is not None:
                _settle(parts, raised, following.content if following else "")
                raised = None
        elif skipping:
            continue
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak":
            parts.append(f"{HARD}\n")
        elif child.type == "link_open":
            links.append((len(parts), str(child.attrGet("href") or "")))
        elif child.type == "link_close" and links:
            first, target = links.pop()
            if target.startswith("#") and _is_link_of_note("".join(parts[first:]), target):
                parts[first:] = [GONE]
        elif child.type in ("footnote_ref", "attributes"):
            parts.append(GONE)
        elif child.type == "code_inline":
            parts.append(masked.as_written(child.content))
        elif child.type == "myst_role":
            parts.append(_role_text(child.meta["name"], masked.as_written(child.content)))
        elif child.type == "math_inline":
            parts.append(f"${masked.as_written(child.content)}$")
        elif child.type != "image" and child.content:
            parts.append(masked.as_shown(child.content))
    return "".join(parts)


def _role_text(name: str, content: str) -> str:
    """What a role of MyST shows: `{doc}`the map <map>`` its text, a citation nothing known."""
    if name.partition(":")[0] == "cite":
        return GONE
    return f"${content}$" if name == "math" else _TARGET_OF_ROLE.sub("", content)


def _settle(parts: list[str], first: int, after: str) -> None:
    """Takes out what is raised from a part on, if it calls a note; `10<sup>6</sup>` becomes 10⁶."""
    text, before = "".join(parts[first:]), "".join(parts[max(0, first - 4) : first])
    text = text.replace(GONE, "").strip()
    raised = Raised(text, before if before.strip() else "", after[:3])
    if not text or is_mark_of_note(raised):
        parts[first:] = [GONE]
    elif is_power_of_number(raised):
        parts[first:] = [raised_digits(text)]


def _is_link_of_note(text: str, target: str) -> bool:
    text = text.replace(GONE, "").strip()
    if not text or _PERMALINK.fullmatch(text) or _BRACKETED.fullmatch(text):
        return True
    return bool(_MARK.fullmatch(text) and _TARGET_OF_NOTE.match(target))


def image_text(image: Token, masked: Masked) -> str:
    """What a picture says: its title, which readers see, or else its alternative text."""
    title = masked.as_shown(str(image.attrGet("title") or "")).replace(GONE, "")
    return title or inline_text(image.children or [], masked)
