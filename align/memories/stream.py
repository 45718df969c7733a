"""TMX as a stream of its units' elements: read without trusting it, written as TMX 1.4."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, cast

from lxml import etree

from align.codes import text_of
from align.errors import InputError
from align.formats.inline import content_of
from align.formats.tmx.elements import property_name
from align.formats.xml_files import XML_LANG, attributes_of, drop, local_name
from align.safe_xml import fault_of, safe_events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOST_ATTRIBUTES = 1_000  # of an element; adding one to a copy takes as long as there are others
_is_crowded = etree.XPath(
    f"boolean(descendant-or-self::*[@*[{_MOST_ATTRIBUTES + 1}]])", smart_strings=False
)
_REQUIRED = {"it": {"pos": "begin"}}  # what TMX 1.4 asks of an element, and what is usual
_FIRST = ("note", "prop")  # what a unit and its variants begin with
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NOT_OF_VARIANTS = frozenset({"segtype", "dir", "lang"})
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True, weakref_slot=True)
class TmxEntry:
    """A unit of a file.

    Attributes:
        element: Its `<tu>`; good until the next unit is read.
        source: The file's source language as its header has it.
        texts: The texts by language, the source first where it is there; those without a language
            or a text are left out.
        further: The texts that have no place there, with their languages: a second one in a
            language, and one without a language.
    """

    element: etree._Element
    source: str
    texts: dict[str, str] = field(default_factory=dict)
    further: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """All texts that it has, with their languages."""
        return (*self.texts.items(), *self.further)

    @property
    def line(self) -> int:
        """Where it stands in its file."""
        return cast("int | None", self.element.sourceline) or 0

    @property
    def date(self) -> str:
        """When it was changed last, as `YYYYMMDDThhmmssZ`; empty where nothing says it."""
        element = self.element
        found = element.get("changedate") or element.get("creationdate") or ""
        for child in element:
            date = child.get("changedate") or child.get("creationdate")
            if date and date > found:
                found = date
        return found

    def properties(self) -> dict[str, str]:
        """Its properties and those of its variants, by name."""
        return {each.get("type", ""): each.text or "" for each in self.element.iter("{*}prop")}

    def property_names(self) -> set[str]:
        """The names of its properties and those of its variants."""
        return {each.get("type", "") for each in self.element.iter("{*}prop")}

    @property
    def confidence(self) -> float | None:
        """The lowest confidence that it has, where it has one."""
        numbers = [
            float(text)
            for name, text in self.properties().items()
            if name.startswith("x-confidence") and _NUMBER.fullmatch(text.strip())
        ]
        return min(numbers, default=None)

    @property
    def source_text(self) -> tuple[str, str]:
        """Language and text of its source: of the file's language, else the first variant's."""
        return next(iter(self.texts.items()), ("", ""))

    def key(self, fold: Callable[[str], str] = str) -> bytes:
        """A digest of all that it says, in all languages, of sixteen bytes.

        Args:
            fold: Makes texts that count as equal the same.
        """
        said = repr(sorted((tag.casefold(), fold(text)) for tag, text in self.said))
        return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class TmxStream:
    """The units of a TMX file, anew whenever it is gone through.

    Args:
        path: The file, packed by gzip or not.

    Raises:
        InputError: When it is read, if it cannot be, is not well-formed or is not TMX.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = path

    @cached_property
    def header(self) -> dict[str, str]:
        """The attributes of its header."""
        with self._events() as events:
            for _, element in events:
                if local_name(element) == "header":
                    return dict(attributes_of(element))
                break
        return {}

    def __iter__(self) -> Iterator[TmxEntry]:
        source = self.header.get("srclang", "")
        with self._events() as events:
            for _, element in events:
                if local_name(element) == "tu":
                    if _is_crowded(element):
                        raise InputError(
                            f"an element has more than {_MOST_ATTRIBUTES:,} attributes, the limit",
                            path=self.path,
                            line=cast("int | None", element.sourceline),
                        )
                    own = element.get("srclang") or source
                    yield TmxEntry(element, own, *_texts(element, own))
                    drop(element)

    @contextmanager
    def _events(self) -> Iterator[Iterator[tuple[str, etree._Element]]]:
        from align.formats.files import must_be_readable_twice, open_for_reading

        must_be_readable_twice(self.path)
        with open_for_reading(self.path) as stream:
            events = safe_events(stream, ("end",), tags=("{*}tu", "{*}header"))
            try:
                yield self._checked(events)
            except etree.XMLSyntaxError as error:
                raise InputError(
                    fault_of(error), path=self.path, line=error.lineno or None
                ) from error

    def _checked(
        self, events: etree.iterparse[tuple[str, etree._Element]]
    ) -> Iterator[tuple[str, etree._Element]]:
        for number, (event, element) in enumerate(events):
            if number == 0:
                root = element.getroottree().getroot()
                if local_name(root) != "tmx":
                    raise InputError(
                        f"not TMX: its root element is <{local_name(root)}>", path=self.path
                    )
            yield event, element
        if events.root is None or local_name(events.root) != "tmx":
            raise InputError("is not TMX", path=self.path)


def _texts(unit: etree._Element, source: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The first text of each language, the source's first, and what else there is."""
    texts: dict[str, str] = {}
    further: list[tuple[str, str]] = []
    for tuv in unit:
        tag = tuv.get(XML_LANG) or tuv.get("lang") or ""
        for seg in tuv:
            if seg.tag == "seg" or local_name(seg) == "seg":  # the first is fast
                text = (seg.text or "") if not len(seg) else text_of(content_of(seg))
                if not text.strip():
                    pass
                elif tag and tag not in texts:
                    texts[tag] = text
                else:
                    further.append((tag, text))
                break
    if source in texts and next(iter(texts)) != source:
        texts = {source: texts.pop(source), **texts}
    return texts, tuple(further)


def write_entries(
    path: Path | str, entries: Iterable[TmxEntry], *, source: str, header: Mapping[str, str]
) -> int:
    """Writes units as TMX 1.4, each as it is but for what no valid file has.

    Args:
        path: The file; `-` is standard output.
        entries: The units.
        source: The source language, as the file is to have it.
        header: Of another file: what is kept is who made it when.

    Returns:
        How many there are.

    Raises:
        OutputError: If the file cannot be written.
    """
    with writing_entries(path, source=source, header=header) as write:
        return sum(map(write, entries))


@contextmanager
def writing_entries(
    path: Path | str, *, source: str, header: Mapping[str, str]
) -> Iterator[Callable[[TmxEntry], bool]]:
    """Opens a file to which units are written one by one, as `write_entries` does.

    Yields:
        What writes a unit; it returns whether there was anything to write.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align import __version__
    from align.formats.atomic import open_for_writing
    from align.formats.dates import creation_date

    own = {
        "creationtool": "align",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "align",
        "adminlang": "en",
        "srclang": source or "*all*",
        "datatype": header.get("datatype") or "plaintext",
        "creationdate": creation_date().strftime("%Y%m%dT%H%M%SZ"),
    }
    with open_for_writing(path, "wb") as stream:
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        with etree.xmlfile(stream, encoding="UTF-8") as xml, xml.element("tmx", version="1.4"):
            xml.write("\n", etree.Element("header", own), "\n")
            with xml.element("body"):

                def write(entry: TmxEntry) -> bool:
                    unit = tidied(entry.element)
                    if unit is None:
                        return False
                    if entry.source and entry.source != source:
                        unit.set("srclang", entry.source)
                    xml.write("\n", unit)
                    return True

                yield write
                xml.write("\n")
        stream.write(b"\n")


def tidied(unit: etree._Element) -> etree._Element | None:
    """A copy of a unit as TMX 1.4 has it; None where it has no text in any language."""
    copy = etree.Element("tu", _attributes(unit, frozenset({XML_LANG, "srclang"})))
    for child in unit:
        if local_name(child) in _FIRST:
            _add(copy, child)
    for child in unit:
        if local_name(child) != "tuv":
            continue
        tag = child.get(XML_LANG) or child.get("lang")
        segs = [each for each in child if local_name(each) == "seg"]
        if not tag or not segs or not "".join(map(str, segs[0].itertext())).strip():
            continue
        own = _attributes(child, _NOT_OF_VARIANTS) | {XML_LANG: tag}
        tuv = etree.SubElement(copy, "tuv", own)
        for each in child:
            if local_name(each) in _FIRST:
                _add(tuv, each)
        _add(tuv, segs[0])
    return copy if copy.find("tuv") is not None else None


def _attributes(element: etree._Element, but: frozenset[str]) -> dict[str, str]:
    return {name: value for name, value in attributes_of(element) if name not in but}


def _add(parent: etree._Element, element: etree._Element) -> etree._Element:
    """Adds a copy of an element to another, without its namespace."""
    made = etree.SubElement(
        parent, local_name(element), _attributes(element, frozenset({_XML_SPACE}))
    )
    if made.tag == "prop":
        made.set("type", element.get("type") or property_name(""))
    for name, value in _REQUIRED.get(str(made.tag), {}).items():
        if not made.get(name):
            made.set(name, value)
    made.text = element.text
    for child in element:
        if isinstance(child.tag, str):
            _add(made, child).tail = child.tail
        elif child.tail or child.text:  # an entity that is not expanded stays as it was written
            last = made[-1] if len(made) else None
            said = (child.text or "") + (child.tail or "")
            if last is None:
                made.text = (made.text or "") + said
            else:
                last.tail = (last.tail or "") + said
    return made
