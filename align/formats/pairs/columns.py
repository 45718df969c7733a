"""Texts side by side to read: what the page, the book and the document have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.formats.memory import Memory


@dataclass(frozen=True, slots=True)
class Column:
    """A language of a memory, as it stands in print.

    Attributes:
        tag: Its BCP 47 tag; `und` for one that the file calls by no tag.
        name: What it is called.
        is_right_to_left: Whether it is read from the right.
    """

    tag: str
    name: str
    is_right_to_left: bool

    @property
    def direction(self) -> str:
        """The direction as HTML says it."""
        return "rtl" if self.is_right_to_left else "ltr"


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, as it stands in print.

    Attributes:
        texts: Its text in each language; empty where it has none.
        notes: What is noted of it.
        part: The file within the file that it is of.
    """

    texts: tuple[str, ...]
    notes: tuple[str, ...]
    part: str


def title_of(memory: Memory) -> str:
    """What stands above the texts."""
    return clean_text(memory.title) or "Texts side by side"


def columns_of(memory: Memory) -> tuple[Column, ...]:
    """The languages of a memory, the source first."""
    return tuple(_column(language) for language in memory.languages)


def _column(language: str) -> Column:
    from align.languages import is_known_tag, is_right_to_left, language_name, language_named

    if not is_known_tag(language):
        return Column("und", clean_text(language), is_right_to_left=False)
    tag = language_named(language)
    return Column(tag, language_name(tag), is_right_to_left=is_right_to_left(tag))


def rows_of(memory: Memory) -> Iterator[Row]:
    """The units that have a source, in their order, without what XML cannot hold."""
    for unit in memory.units:
        variants = [unit.variant(language) for language in memory.languages]
        if variants[0] is not None:
            yield Row(
                tuple(clean_text(variant.text) if variant else "" for variant in variants),
                tuple(clean_text(remark.text) for remark in unit.remarks if not remark.name),
                clean_text(unit.part),
            )
