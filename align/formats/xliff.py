"""Reading XLIFF 1.2, 2.0 and 2.1, the files that translation tools exchange, without trusting them.

OASIS, XLIFF Version 1.2 (2008) and XLIFF Version 2.1 (2018).
"""

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

# States that say of a translation that it is none yet (1.2 § 2.2.1 and 2.1 § 4.3.1.37).
_NOT_YET = frozenset({"new", "needs-translation", "initial"})
_HOLDS_UNITS = frozenset({"file", "group", "body"})


@PAIR_READERS.register(
    "XLIFF",
    endings=(".xliff", ".xlf", ".sdlxliff", ".mqxliff", ".mxliff"),
    recognises=root_is("xliff"),
)
def read_pairs(
    path: Path | str, target: str | None = None, data: bytes | None = None
) -> Iterator[TranslationUnit]:
    """Reads the segments of an XLIFF file; `target` is as `target_language` of `read_xliff`."""
    return read_xliff(path, target_language=target, data=data)


def read_xliff(
    path: Path | str, *, target_language: str | None = None, data: bytes | None = None
) -> Iterator[TranslationUnit]:
    """Reads the segments of an XLIFF file one at a time, however large the file.

    What is not to be translated (`translate="no"`, inherited from groups and files) is left out,
    and so is a translation whose state says that it is none yet (`new`, `needs-translation`,
    `initial`). Proposals (`<alt-trans>`, `<mtc:match>`) are no translations. A unit of version 1.2
    that is cut into segments (`<seg-source>`) gives one for each. Inline elements leave their text
    in the segment (`<g>`, `<pc>`, `<mrk>`), but not the codes they stand for.

    Args:
        path: The file; `-` is standard input.
        target_language: Language of the translations, where the file does not say it.
        data: What the file holds, where it was read already.

    Yields:
        Each segment with some source text: its source variant, then its translation, `segments`
        empty, `line` that of the text. A segment without a translation has its source alone.

    Raises:
        InputError: If the file cannot be read, is not well-formed, is no XLIFF, or does not say
            what languages it holds.
    """
    from align.formats.files import open_for_reading

    with open_for_reading(path) if data is None else BytesIO(data) as stream:
        yield from _Reader(path, target_language).units(xml_events(stream, path))


class _Reader:
    def __init__(self, path: Path | str, target_language: str | None) -> None:
        self._path = path
        self._source = ""
        self._named = target_language
        self._target = target_language or ""
        self._translate = [True]  # of the elements that are open

    def units(self, events: Iterator[tuple[str, etree._Element]]) -> Iterator[TranslationUnit]:
        for number, (event, element) in enumerate(events):
            name = local_name(element)
            if number == 0:
                self._root(element, name)
            elif event == "start" and name in _HOLDS_UNITS:
                self._open(element, name)
            elif event == "end" and name in ("trans-unit", "unit"):
                if self._is_translated(element):
                    yield from self._segments(element, name)
                drop(element)
            elif event == "end" and name in _HOLDS_UNITS:
                self._translate.pop()
                drop(element)

    def _root(self, element: etree._Element, name: str) -> None:
        version = element.get("version", "")
        if name != "xliff":
            raise InputError(f"not XLIFF: its root element is <{name}>", path=self._path)
        if version and not version.startswith(("1.", "2.")):
            raise InputError(
                f"is XLIFF {version}; versions 1.2, 2.0 and 2.1 are read", path=self._path
            )
        self._languages(element, "srcLang", "trgLang")

    def _open(self, element: etree._Element, name: str) -> None:
        if name == "file":
            self._languages(element, "source-language", "target-language")
        self._translate.append(self._is_translated(element))

    def _languages(self, element: etree._Element, source: str, target: str) -> None:
        self._source = language_named(element.get(source, "")) or self._source
        self._target = language_named(element.get(target, "")) or self._named or self._target

    def _is_translated(self, element: etree._Element) -> bool:
        own = element.get("translate")
        return self._translate[-1] if own is None else own != "no"

    def _segments(self, unit: etree._Element, name: str) -> Iterator[TranslationUnit]:
        if name == "unit":
            for segment in unit:
                if local_name(segment) == "segment":
                    source, target = _child(segment, "source"), _child(segment, "target")
                    yield from self._unit(source, target, segment.get("state"))
            return
        target = _child(unit, "target")
        state = None if target is None else target.get("state")
        parts = _marked(_child(unit, "seg-source"))
        if not parts:
            yield from self._unit(_child(unit, "source"), target, state)
            return
        translated = _marked(target)
        for identifier, part in parts.items():
            yield from self._unit(part, translated.get(identifier), state)

    def _unit(
        self, source: etree._Element | None, target: etree._Element | None, state: str | None
    ) -> Iterator[TranslationUnit]:
        if source is None or state in _NOT_YET:
            return
        text = text_of(source)
        if not text.strip():
            return
        variants = [self._variant(source, text, self._source, "source")]
        if target is not None and (translation := text_of(target)).strip():
            variants.append(self._variant(target, translation, self._target, "target"))
        yield TranslationUnit(tuple(variants))

    def _variant(self, element: etree._Element, text: str, language: str, side: str) -> Variant:
        line = cast("int", element.sourceline)
        language = language or language_named(element.get(XML_LANG, ""))
        if not language:
            remedy = "name it (-t of the command)" if side == "target" else "mend the file"
            raise InputError(
                f"does not say the {side} language; {remedy}",
                path=self._path,
                line=line,
            )
        return Variant(language, segments=(), text=text, line=line)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _marked(element: etree._Element | None) -> dict[str, etree._Element]:
    """The segments within a unit's text, by their identifiers."""
    if element is None:
        return {}
    return {
        mark.get("mid", ""): mark
        for mark in element.iter()
        if local_name(mark) == "mrk" and mark.get("mtype") == "seg"
    }
