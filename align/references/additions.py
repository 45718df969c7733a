"""A new memory that grows unit by unit, and is whole on the disk after each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from align.errors import InputError, OutputError
from align.references.languages import asked_pair
from align.references.memory import LoadedMemory
from align.text import clean_text
from align.units import Remark, TranslationUnit, Variant

if TYPE_CHECKING:
    from lxml import etree

MOST_UNITS = 20_000
"""The most units of one new memory, for it is written anew with each."""

LONGEST_TEXT = 5_000
"""Characters of the longest text, and note, of a unit that is added."""


class ClosedMemoryError(InputError):
    """Nothing more can be added to a memory: it is full, or another program changed its file."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a unit that was to be added.

    Attributes:
        unit: The unit as it is in the memory.
        is_new: Whether it was not there before.
        units: How many units the memory has now.
    """

    unit: TranslationUnit
    is_new: bool
    units: int


class NewMemory:
    """The file, and what is in it.

    It holds what this object wrote and nothing else: a file that is there already is never gone on
    with, and one that somebody changed meanwhile never overwritten. Each addition writes the file
    whole, under another name first, so that a kill leaves it with the unit or without.

    Args:
        path: The file to write, TMX 1.4; made when the first unit comes.

    Raises:
        InputError: If there is such a file already.
    """

    def __init__(self, path: Path | str) -> None:
        must_be_new(path)
        self.path = path
        self.memory = LoadedMemory(str(path))
        self._elements: list[tuple[str, etree._Element]] = []
        self._units: dict[tuple[Variant, ...], TranslationUnit] = {}
        self._written: str | None = None
        self._lock = Lock()

    def add(
        self, source: str, target: str, text: str, translation: str, *, note: str = ""
    ) -> Added:
        """Adds a unit and writes the file.

        Args:
            source: BCP 47 tag of the text.
            target: That of the translation.
            text: The text; characters that XML cannot hold are left out of it.
            translation: Its translation.
            note: What is noted of the unit.

        Returns:
            The unit; one that says what one in the memory says is not added again.

        Raises:
            InputError: If a language is unknown, or a text is empty or too long.
            ClosedMemoryError: If the memory is full, or another program changed its file.
            OutputError: If the file cannot be written; the unit is not added then.
        """
        tags = asked_pair(source, target)
        texts = (_text("source", text), _text("target", translation))
        noted = clean_text(note).strip()
        if len(noted) > LONGEST_TEXT:
            raise InputError(f"the note has more than {LONGEST_TEXT:,} characters")
        variants = tuple(Variant(tag, (), said) for tag, said in zip(tags, texts, strict=True))
        with self._lock:
            known = self._units.get(variants)
            if known is not None:
                return Added(known, is_new=False, units=len(self._units))
            if len(self._units) >= MOST_UNITS:
                raise ClosedMemoryError(
                    f"has {MOST_UNITS:,} units, the limit; start again with a new file",
                    path=self.path,
                )
            unit = TranslationUnit(variants, remarks=(Remark(noted),) if noted else ())
            self._write([*self._elements, (tags[0], _element(unit))])
            self._units[variants] = unit
            self.memory.add(unit)
            return Added(unit, is_new=True, units=len(self._units))

    def _write(self, elements: list[tuple[str, etree._Element]]) -> None:
        from align.formats.tmx.profiles import PROFILES
        from align.memories.stream import TmxEntry, write_entries
        from align.written import checksum

        tag = PROFILES["default"].tag
        path = Path(self.path)
        try:
            there = checksum(path) if path.exists() else None
            if there != self._written:
                raise ClosedMemoryError(
                    "was changed by another program, and nothing more is added to it", path=path
                )
            write_entries(
                self.path,
                (TmxEntry(element, tag(source)) for source, element in elements),
                source=tag(elements[0][0]),
                header={},
            )
            self._written = checksum(path)
        except OSError as error:
            raise OutputError(f"{path}: cannot be read: {error.strerror}") from error
        self._elements = elements


def must_be_new(path: Path | str) -> None:
    """Refuses a file that is there already, or is not named as a memory.

    Raises:
        InputError: If it is one.
    """
    if Path(path).suffix.lower() != ".tmx":
        raise InputError("is not named as TMX; a new memory is a .tmx", path=path)
    if os.path.lexists(path):
        raise InputError(
            "is there already; name a new file, and give this one as a memory to read", path=path
        )


def _text(side: str, text: str) -> str:
    text = clean_text(text).strip()
    if not text:
        raise InputError(f"the {side} has no text")
    if len(text) > LONGEST_TEXT:
        raise InputError(f"the {side} has more than {LONGEST_TEXT:,} characters")
    return text


def _element(unit: TranslationUnit) -> etree._Element:
    """A unit as TMX has it, with the date of now."""
    from lxml import etree

    from align.formats.dates import creation_date
    from align.formats.tmx.elements import add_remarks
    from align.formats.tmx.profiles import PROFILES
    from align.formats.xml_files import XML_LANG

    date = creation_date().strftime("%Y%m%dT%H%M%SZ")
    element = etree.Element("tu", {"creationdate": date})
    add_remarks(element, unit.remarks, with_properties=True)
    for variant in unit.variants:
        tag = PROFILES["default"].tag(variant.language)
        tuv = etree.SubElement(element, "tuv", {XML_LANG: tag})
        etree.SubElement(tuv, "seg").text = variant.text
    return element
