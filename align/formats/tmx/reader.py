"""Reading translation memories as tools in use write them, without trusting them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, cast

from align.errors import InputError
from align.formats.registry import PAIR_READERS
from align.formats.xml_files import (
    XML_LANG,
    drop,
    language_named,
    local_name,
    root_is,
    text_of,
    xml_events,
)
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree


@PAIR_READERS.register("TMX", endings=(".tmx",), recognises=root_is("tmx"))
def read_pairs(
    path: Path | str, _target: str | None = None, data: bytes | None = None
) -> Iterator[TranslationUnit]:
    """Reads the units of a translation memory, which says what languages it holds."""
    return read_tmx(path, data=data)


def read_tmx(path: Path | str, *, data: bytes | None = None) -> Iterator[TranslationUnit]:
    """Reads the units of a translation memory one at a time, however large the file.

    Takes TMX 1.1 to 1.4 with `xml:lang` or `lang`, any encoding that the file declares, a DOCTYPE
    (never loaded) and a namespace. Inline elements leave their text in the segment (`<hi>`,
    `<sub>`) but not the codes they wrap (`<bpt>`, `<ept>`, `<it>`, `<ph>`, `<ut>`).

    Args:
        path: The file; `-` is standard input.
        data: What the file holds, where it was read already.

    Yields:
        Each unit with some text: its variants as the file has them, the source language (of
        `srclang`) first, tags normalised where they name a language we know, `segments` empty,
        `line` that of the variant.

    Raises:
        InputError: If the file cannot be read, is not well-formed, or is not TMX.
    """
    from align.formats.files import open_for_reading

    with open_for_reading(path) if data is None else BytesIO(data) as stream:
        yield from _units(xml_events(stream, path), path)


def _units(
    events: Iterator[tuple[str, etree._Element]], path: Path | str
) -> Iterator[TranslationUnit]:
    source = ""
    for number, (event, element) in enumerate(events):
        name = local_name(element)
        if number == 0 and name != "tmx":
            raise InputError(f"not TMX: its root element is <{name}>", path=path)
        if event == "start":
            if name == "header":
                source = language_named(element.get("srclang", ""))
        elif name == "tu":
            unit = _unit(element, language_named(element.get("srclang", "")) or source, path)
            drop(element)
            if unit.variants:
                yield unit


def _unit(element: etree._Element, source: str, path: Path | str) -> TranslationUnit:
    variants = []
    for tuv in element:
        if local_name(tuv) != "tuv":
            continue
        line = cast("int", tuv.sourceline)
        tag = tuv.get(XML_LANG) or tuv.get("lang")
        if not tag:
            raise InputError("a <tuv> without xml:lang", path=path, line=line)
        text = "".join(text_of(seg) for seg in tuv if local_name(seg) == "seg")
        if text.strip():
            variants.append(Variant(language_named(tag), segments=(), text=text, line=line))
    variants.sort(key=lambda variant: variant.language != source)
    return TranslationUnit(tuple(variants))
