"""What is in a memory, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.memories.stream import TmxStream

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class LanguageCount:
    """What a memory has in one language.

    Attributes:
        units: Units that have it.
        words: Words, parted by spaces.
        characters: Characters.
    """

    units: int = 0
    words: int = 0
    characters: int = 0


@dataclass(slots=True)
class Statistics:
    """What is in a memory.

    Attributes:
        source: The source language that its header says.
        tool: What made it, as the header says.
        units: How many units it has.
        incomplete: How many have text in fewer than two languages.
        languages: What it has in each language, by the tags of the file.
        properties: How many units have each property.
        first: The earliest date of a unit; empty where none has one.
        last: The latest.
    """

    source: str = ""
    tool: str = ""
    units: int = 0
    incomplete: int = 0
    languages: dict[str, LanguageCount] = field(default_factory=dict)
    properties: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""


def tmx_statistics(path: Path | str) -> Statistics:
    """Counts what is in a memory, in memory that does not grow with it.

    Raises:
        InputError: If the file cannot be read or is not TMX.
    """
    stream = TmxStream(path)
    header = stream.header
    tool = " ".join(filter(None, (header.get("creationtool"), header.get("creationtoolversion"))))
    found = Statistics(source=header.get("srclang", ""), tool=tool)
    for entry in stream:
        found.units += 1
        found.incomplete += len(entry.texts) < 2
        for tag, text in entry.texts.items():
            count = found.languages.get(tag)
            if count is None:
                count = found.languages[tag] = LanguageCount()
            count.units += 1
            count.words += len(text.split())
            count.characters += len(text)
        for name in entry.property_names():
            found.properties[name] += 1
        date = entry.date
        if date:
            found.first = min(found.first or date, date)
            found.last = max(found.last, date)
    return found
