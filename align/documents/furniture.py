"""Furniture: what surrounds an article on a saved page and must never become a segment.

The words are in `furniture.toml`. A line goes only where the whole of it, or the whole run it
stands in, is furniture; a line that is a sentence is the article's.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from align.text import display_width

_MARKERS = "-–—•·*▪◦‣›»・|○●■□◆☰✕× \t"
_INVISIBLE = "\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
_SENTENCE_END = re.compile(r"[.。．!?！？؟۔।…][\"'”’»」』)\]）]*\s*$")
_BETWEEN_ITEMS = re.compile(r"\s*[|｜/／·•・,،、\t]\s*|\s+[-–—]\s+|\s{2,}")
_BETWEEN_CRUMBS = re.compile(r"\s*[>›»＞]\s*|\s+/\s+")
# A category that a page glues to the first name of its language menu, and what glues it.
_CATEGORY = re.compile(r"(?P<category>\S.{0,39}?)\s*[-–—|:：/]\s*(?P<name>[^-–—|:：/]+)")
_LONG = 150
_LAST_LINES = 3
_LONGEST_FURNITURE = 1000  # a longer line is the article's; nothing slow is tried on it


@dataclass(frozen=True, slots=True)
class _Words:
    language_names: frozenset[str]
    share_buttons: frozenset[str]
    homes: frozenset[str]
    related: frozenset[str]
    lines: frozenset[str]
    pattern: re.Pattern[str]
    last_pattern: re.Pattern[str]


def furniture_lines(lines: Sequence[str], *, items: Collection[int] = ()) -> frozenset[int]:
    """Tells which lines of a saved page are not its article's.

    Language menus (with the category glued to them), share bars, breadcrumb trails, lists of
    related articles, cookie notices, page numbers and the like.

    Args:
        lines: The lines of the page, or the texts of its blocks, in order; blank ones count not.
        items: The indices of those that are items of lists or cells of tables; of these, `Accept`
            may be one of many, and only menus, share bars and lists of other articles go.

    Returns:
        The indices of the lines that are furniture.

    >>> sorted(furniture_lines(["The Bridge", "- English", "- 日本語", "- Français", "It stands."]))
    [1, 2, 3]
    """
    words = _words()
    filled = [index for index, line in enumerate(lines) if line.strip()]
    whole = [lines[index].strip() for index in filled]
    bare = [_bare(line) for line in whole]
    long = [index for index, text in enumerate(bare) if _is_prose(text)]
    first, last = (long[0], long[-1]) if long else (len(bare), -1)

    found: set[int] = set()
    for start, stop in _runs(bare, lambda text: _names_in(text, words.language_names)):
        names = sum(_names_in(text, words.language_names) for text in bare[start:stop])
        category = start > 0 and _category_name(bare[start - 1]) in words.language_names
        outside = stop <= first or start > last
        # Two names amid the prose may be the article's own list; a menu is longer or outside.
        if names + category >= (2 if outside else 3):
            found.update(range(start - category, stop))
    for start, stop in _runs(bare, lambda text: _names_in(text, words.share_buttons)):
        if sum(_names_in(text, words.share_buttons) for text in bare[start:stop]) >= 2:
            found.update(range(start, stop))
    for index, text in enumerate(bare):
        if len(text) > _LONGEST_FURNITURE:
            continue
        is_last = index > max(last, len(bare) - _LAST_LINES - 1)
        ends = is_last and words.last_pattern.fullmatch(text)
        if filled[index] not in items and (
            ends
            or text in words.lines
            or words.pattern.fullmatch(text)
            or _is_trail(text, words.homes)
        ):
            found.add(index)
        elif text.rstrip(" :：") in words.related:
            found.update(range(index, _end_of_related(whole, index, last)))
    return frozenset(filled[index] for index in found)


def _bare(line: str) -> str:
    """The line without its bullets, outer brackets and case, as the table spells it."""
    text = line.lstrip(_MARKERS + _INVISIBLE).rstrip("|·• \t" + _INVISIBLE)
    if text[:1] in ("[", "(") and text[-1:] in (")", "]"):
        text = text[1:-1].strip()
    return text.casefold()


def _is_prose(text: str) -> bool:
    return display_width(text) > _LONG or (
        display_width(text) > 60 and _SENTENCE_END.search(text) is not None
    )


def _names_in(text: str, names: frozenset[str]) -> int:
    """How many of the names a line consists of; 0 where anything else stands in it."""
    if text in names:
        return 1
    if len(text) > _LONGEST_FURNITURE:
        return 0
    parts = [part for part in _BETWEEN_ITEMS.split(text) if part]
    if len(parts) < 2:
        parts = text.split()
    return len(parts) if len(parts) > 1 and all(_bare(part) in names for part in parts) else 0


def _category_name(text: str) -> str | None:
    match = _CATEGORY.fullmatch(text) if len(text) <= _LONG else None
    return match["name"].strip() if match else None


def _runs(lines: Sequence[str], belongs: Callable[[str], int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if belongs(line):
            if runs and runs[-1][1] == index:
                runs[-1] = (runs[-1][0], index + 1)
            else:
                runs.append((index, index + 1))
    return runs


def _is_trail(text: str, homes: frozenset[str]) -> bool:
    crumbs = [crumb for crumb in _BETWEEN_CRUMBS.split(text) if crumb]
    if len(crumbs) < 2 or _SENTENCE_END.search(text):
        return False
    short = all(len(crumb) <= 40 for crumb in crumbs[:-1])
    return short and crumbs[0] in homes


def _end_of_related(lines: Sequence[str], heading: int, last_prose: int) -> int:
    """Where a list of other articles ends: bullets go with it, bare titles only after the prose."""
    end = heading + 1
    while end < len(lines):
        line = lines[end]
        title = len(line) <= _LONG and not _SENTENCE_END.search(line)
        if not title or not (line[:1] in _MARKERS or end > last_prose):
            break
        end += 1
    return end


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = tomllib.loads(files("align.documents").joinpath("furniture.toml").read_text("utf-8"))
    return _Words(
        language_names=frozenset(map(str.casefold, table["language_names"])),
        share_buttons=frozenset(map(str.casefold, table["share_buttons"])),
        homes=frozenset(map(str.casefold, table["homes"])),
        related=frozenset(map(str.casefold, table["related"])),
        lines=frozenset(map(str.casefold, table["lines"])),
        pattern=_any_of(table["patterns"]),
        last_pattern=_any_of(table["last_patterns"]),
    )


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
