"""Reading XLIFF 1.x and 2.x, the files that translation tools exchange, without trusting them.

OASIS, XLIFF Version 1.2 (2008) and XLIFF Version 2.1 (2018).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from align.codes import codes_of, text_of
from align.errors import InputError
from align.formats.inline import content_of
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.xliff_segments import Skeleton, skeleton_of, within_of, withins_of
from align.formats.xml_files import (
    XML_LANG,
    attributes_of,
    child_named,
    drop,
    local_name,
    remarks_in,
    root_is,
    xml_events,
)
from align.languages import is_known_tag, language_named
from align.skipped import Skipped
from align.units import Remark, TranslationUnit, Variant, Within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lxml import etree


# States of version 1.2 and of memoQ that say that nobody has translated it yet. Version 2's
# `initial` says no more than no state does.
_NOT_BEGUN = frozenset({"new", "needs-translation", "NotStarted"})
_HOLDS_UNITS = frozenset({"file", "group", "body"})
_ZIP = b"PK\x03\x04"
_MOST_UNPACKED = 2**30  # bytes of the file in a package


@PAIR_READERS.register(
    "XLIFF",
    endings=(
        ".xliff", ".xlf", ".xliff2", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf", ".poxliff",
        ".xlz",
    ),
    recognises=root_is("xliff"),
    shows_places=True,
)  # fmt: skip
def read_pairs(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads the segments of an XLIFF file one at a time, however large the file.

    What is not to be translated (`translate="no"`, inherited from groups and files) is left out.
    Whatever has a translation is one, whatever its state; where there is none, or an empty one, or
    a copy of the source that is said to be new, the segment is not translated yet. Proposals
    (`<alt-trans>`, `<mtc:match>`) are no translations. A unit of version 1.2 that is cut into
    segments (`<seg-source>`) gives one for each, unless its translation is in one piece. Inline
    elements leave their text in the segment (`<g>`, `<pc>`, `<mrk>`), but not the codes they stand
    for; the variant's `content` has both.

    Yields:
        Each segment with some source text: its source variant, then its translation, `segments`
        empty, `line` that of the text. A segment without a translation has its source alone.

    Raises:
        InputError: If the file cannot be read, is not well-formed, is no XLIFF, or does not say
            what languages it holds; at its end, where it says so of no unit that is translated.
    """
    with file.open() as stream, _unpacked(stream, file) as xml:
        yield from _Reader(file).units(xml_events(xml, file.path))


def read_xliff(
    path: Path | str,
    *,
    target_language: str | None = None,
    data: bytes | None = None,
    skipped: Skipped | None = None,
) -> Iterator[TranslationUnit]:
    """Reads the segments of an XLIFF file, as `read_pairs` does.

    Args:
        path: The file; `-` is standard input.
        target_language: Language of the translations, where the file does not say it.
        data: What the file holds, where it was read already.
        skipped: Is told what is passed over.

    Raises:
        InputError: As `read_pairs`.
    """
    return read_pairs(PairFile(path, None, target_language, data, skipped or Skipped()))


@contextmanager
def _unpacked(stream: BinaryIO, file: PairFile) -> Iterator[BinaryIO]:
    """The first XLIFF in a package (.xlz), or the file itself."""
    path = file.path
    if not stream.seekable():
        yield stream
        return
    is_package = stream.read(len(_ZIP)) == _ZIP
    stream.seek(0)
    if not is_package:
        yield stream
        return
    try:
        with ZipFile(stream) as package:
            found = [
                each
                for each in package.infolist()
                if each.filename.casefold().endswith((".xlf", ".xliff"))
            ]
            if not found:
                raise InputError("a package without an .xlf file in it", path=path)
            inside = found[0]
            for each in found[1:]:
                file.skipped.add("a further .xlf file in the package", example=each.filename)
            if inside.file_size > _MOST_UNPACKED:
                raise InputError(
                    f"unpacks to {inside.file_size:,} bytes, and more than {_MOST_UNPACKED:,} are "
                    "not read",
                    path=path,
                )
            with package.open(inside) as xml:
                yield cast("BinaryIO", xml)
    except (BadZipFile, NotImplementedError, RuntimeError) as error:
        raise InputError(f"a broken package: {error}", path=path) from None


class _Reader:
    """Reads one file; holds what is said of the elements that are open."""

    def __init__(self, file: PairFile) -> None:
        self._path = file.path
        self._named = file.source or "", file.target or ""
        self._root_languages = "", ""
        self._source, self._target = self._named
        self._part = ""
        self._translate = [True]  # of the elements that are open
        self._skipped = file.skipped
        self._unsaid: InputError | None = None  # why the first unit was passed over
        self._has_pairs = False

    def units(self, events: Iterator[tuple[str, etree._Element]]) -> Iterator[TranslationUnit]:
        """The segments of the file; those whose languages it does not say only count if all are."""
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
        if self._unsaid is not None and not self._has_pairs:
            raise self._unsaid

    def _root(self, element: etree._Element, name: str) -> None:
        version = element.get("version", "")
        if name != "xliff":
            raise InputError(f"not XLIFF: its root element is <{name}>", path=self._path)
        if version and not version.startswith(("1.", "2.")):
            raise InputError(
                f"is XLIFF {version}; versions 1.2, 2.0 and 2.1 are read", path=self._path
            )
        self._root_languages = element.get("srcLang", ""), element.get("trgLang", "")
        self._languages("", "")

    def _open(self, element: etree._Element, name: str) -> None:
        if name == "file":
            self._part = element.get("original", "")
            self._languages(element.get("source-language", ""), element.get("target-language", ""))
        self._translate.append(self._is_translated(element))

    def _languages(self, source: str, target: str) -> None:
        """What the file says of its languages, else the whole, else the caller."""
        said = zip((source, target), self._root_languages, self._named, strict=True)
        self._source, self._target = (
            next((language_named(tag) for tag in tags if tag and is_known_tag(tag)), "")
            for tags in said
        )

    def _is_translated(self, element: etree._Element) -> bool:
        own = element.get("translate")
        return self._translate[-1] if own is None else own != "no"

    def _segments(self, unit: etree._Element, name: str) -> Iterator[TranslationUnit]:
        if name == "unit":
            yield from self._segments_of_version_2(unit)
            return
        source, target = child_named(unit, "source"), child_named(unit, "target")
        state = _state_of_unit(unit, target)
        parts, translated = _marked(child_named(unit, "seg-source")), _marked(target)
        if not parts or (not translated and _says_something(target)):
            yield from self._unit(unit, source, target, state)
            return
        states = _states_of_segments(unit)
        skeletons = [
            skeleton_of(content_of(element)) if element is not None else Skeleton()
            for element in (child_named(unit, "seg-source"), target)
        ]
        for identifier, part in parts.items():
            yield from self._unit(
                unit,
                part,
                translated.get(identifier),
                states.get(identifier, state),
                within_of(identifier, *skeletons),
            )

    def _segments_of_version_2(self, unit: etree._Element) -> Iterator[TranslationUnit]:
        data = {
            each.get("id", ""): "".join(map(str, each.itertext()))
            for child in unit
            if local_name(child) == "originalData"
            for each in child
        }
        parts = [child for child in unit if local_name(child) in ("segment", "ignorable")]
        segments = [part for part in parts if local_name(part) == "segment"]
        for segment, within in zip(segments, withins_of(parts, data), strict=True):
            yield from self._unit(
                unit,
                child_named(segment, "source"),
                child_named(segment, "target"),
                segment.get("state") or "",
                within,
                data,
            )

    def _unit(
        self,
        unit: etree._Element,
        source: etree._Element | None,
        target: etree._Element | None,
        state: str,
        within: Within | None = None,
        data: Mapping[str, str] | None = None,
    ) -> Iterator[TranslationUnit]:
        if source is None:
            self._skipped.add("a unit without <source>", cast("int", unit.sourceline))
            return
        try:
            first = self._variant(source, "source", data)
            if first is None:
                return
            second = None if target is None else self._variant(target, "target", data)
        except InputError as error:
            self._unsaid = self._unsaid or error
            self._skipped.add("a unit in a language that the file does not say", error.line)
            return
        if second is not None and second.text == first.text and state in _NOT_BEGUN:
            second = None  # the tool put the source there, to be translated
        self._has_pairs = self._has_pairs or second is not None
        yield TranslationUnit(
            (first,) if second is None else (first, second),
            state=state,
            into=self._target or None,
            part=self._part,
            attributes=attributes_of(unit),
            remarks=_remarks(unit),
            within=within,
        )

    def _variant(
        self, element: etree._Element, side: str, data: Mapping[str, str] | None
    ) -> Variant | None:
        content = content_of(element, data)
        text = text_of(content)
        if not text.strip():
            return None
        line = cast("int", element.sourceline)
        language = self._source if side == "source" else self._target
        own = element.get(XML_LANG, "")
        language = language or (language_named(own) if is_known_tag(own) else "")
        if not language:
            remedy = "name it (-t of the command)" if side == "target" else "mend the file"
            raise InputError(
                f"does not say the {side} language; {remedy}",
                path=self._path,
                line=line,
            )
        return Variant(
            language,
            segments=(),
            text=text,
            line=line,
            content=content if codes_of(content) else (),
            attributes=attributes_of(element),
        )


def _marked(element: etree._Element | None) -> dict[str, etree._Element]:
    """The segments within a unit's text, by their identifiers."""
    if element is None:
        return {}
    return {
        mark.get("mid", ""): mark
        for mark in element.iter()
        if local_name(mark) == "mrk" and mark.get("mtype") == "seg"
    }


def _says_something(element: etree._Element | None) -> bool:
    return element is not None and bool(text_of(content_of(element)).strip())


# What tools of their own call the state of a unit: memoQ, Phrase, and XLIFF 1.2's own attribute.
_CONFIRMED = {"1": "confirmed", "true": "confirmed", "0": "unconfirmed", "false": "unconfirmed"}


def _state_of_unit(unit: etree._Element, target: etree._Element | None) -> str:
    """The word for how far a unit of version 1.2 is."""
    state = "" if target is None else target.get("state", "")
    for name, value in attributes_of(unit):
        name = name.rpartition("}")[2]
        if name == "status":
            state = state or value
        elif name == "confirmed":
            state = state or _CONFIRMED.get(value, value)
        elif name == "approved" and value == "yes":
            state = state or "approved"
    return state


def _states_of_segments(unit: etree._Element) -> dict[str, str]:
    """What Trados says of each segment of a unit."""
    return {
        each.get("id", ""): each.get("conf", "")
        for child in unit
        if local_name(child) == "seg-defs"
        for each in child
        if each.get("conf")
    }


def _remarks(unit: etree._Element) -> tuple[Remark, ...]:
    """The notes of a unit and where it comes from, of either version."""
    remarks = list(remarks_in(unit))
    for child in unit:
        name = local_name(child)
        if name == "notes":
            remarks += map(_named_by_category, remarks_in(child))
        elif name == "context-group":
            remarks += [
                Remark("".join(map(str, each.itertext())), each.get("context-type", "context"))
                for each in child
                if local_name(each) == "context"
            ]
    return tuple(remarks)


def _named_by_category(note: Remark) -> Remark:
    """A note of version 2 that says what it is about is a property."""
    category = dict(note.attributes).get("category", "")
    return replace(note, name=category) if category else note
