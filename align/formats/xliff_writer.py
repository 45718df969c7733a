"""Writing XLIFF 1.2 and 2.1, bit by bit, as translation tools import them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from align.formats.memory import Memory, Pair
from align.formats.registry import memory_writer
from align.formats.states import STATES, State, state_of
from align.formats.tmx.elements import property_name
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lxml import etree

    from align.codes import Content
    from align.units import Variant

# Elements are made without a namespace and written where this one holds, so that none repeats it.
_VERSION_1 = "urn:oasis:names:tc:xliff:document:1.2"
_VERSION_2 = "urn:oasis:names:tc:xliff:document:2.0"  # of 2.1 too
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_WORDS_1 = frozenset(
    [
        "final",
        "needs-adaptation",
        "needs-l10n",
        "needs-review-adaptation",
        "needs-review-l10n",
        "needs-review-translation",
        "needs-translation",
        "new",
        "signed-off",
        "translated",
    ]
)
_STATES_1: Mapping[State, str] = {
    "draft": "needs-review-translation",
    "translated": "translated",
    "final": "final",
}  # what is reviewed is said by `approved`
_STATES_2: Mapping[State, str] = {
    "untranslated": "initial",
    "draft": "initial",
    "translated": "translated",
    "reviewed": "reviewed",
    "final": "final",
}


@memory_writer("xliff", "XLIFF 1.2, for translation tools", endings=(".xlf", ".xliff"))
def write_xliff(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages as XLIFF 1.2.

    Carries: untranslated units; inline codes; states; notes; properties, as contexts whose names
    begin with `x-`; files within the file.
    Does not carry: more than two languages, who changed a unit, and when; units that were segments
    of one unit stand by themselves.

    Raises:
        InputError: If there are several translations.
        OutputError: If the file cannot be written.
    """
    from lxml import etree

    from align import __version__
    from align.formats.atomic import open_for_writing

    target = memory.only_target("XLIFF")
    tags = memory.tags()
    with open_for_writing(path, "wb") as stream:
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        with (
            etree.xmlfile(stream, encoding="UTF-8") as xml,
            xml.element("xliff", {"version": "1.2"}, nsmap={None: _VERSION_1}),
        ):
            for part, pairs in _parts(memory, "XLIFF"):
                own = {
                    "original": part or memory.title or "align",
                    "datatype": "plaintext",
                    "source-language": tags[memory.source],
                    "target-language": tags[target],
                }
                xml.write("\n")
                with xml.element("file", {key: clean_text(own[key]) for key in own}):
                    header = etree.Element("header")
                    tool = {"tool-id": "align", "tool-name": "align", "tool-version": __version__}
                    etree.SubElement(header, "tool", tool)
                    if memory.note and clean_text(memory.note).strip():
                        etree.SubElement(header, "note").text = clean_text(memory.note)
                    xml.write("\n", header)
                    with xml.element("body"):
                        names = _Names()
                        for pair in pairs:
                            xml.write("\n", _unit_1(pair, names))
        stream.write(b"\n")


@memory_writer("xliff2", "XLIFF 2.1, for translation tools", endings=(".xliff2",))
def write_xliff_2(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages as XLIFF 2.1.

    Carries: untranslated units; inline codes; states, but drafts as `initial`; notes; properties,
    as notes of that category; files within the file.
    Does not carry: more than two languages; texts within codes (`<sub>`) as such, who changed a
    unit, and when; units that were segments of one unit stand by themselves.

    Raises:
        InputError: If there are several translations.
        OutputError: If the file cannot be written.
    """
    from lxml import etree

    from align.formats.atomic import open_for_writing

    target = memory.only_target("XLIFF")
    tags = memory.tags()
    languages = {"srcLang": tags[memory.source], "trgLang": tags[target]}
    with open_for_writing(path, "wb") as stream:
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        with (
            etree.xmlfile(stream, encoding="UTF-8") as xml,
            xml.element("xliff", {"version": "2.1"} | languages, nsmap={None: _VERSION_2}),
        ):
            for number, (part, pairs) in enumerate(_parts(memory, "XLIFF"), start=1):
                own = {"id": f"f{number}"}
                original = clean_text(part or memory.title)
                if original:
                    own["original"] = original
                xml.write("\n")
                with xml.element("file", own):
                    if memory.note and clean_text(memory.note).strip():
                        xml.write("\n", _notes_2([("", memory.note)]))
                    names = _Names()
                    for pair in pairs:
                        xml.write("\n", _unit_2(pair, names))
        stream.write(b"\n")


def _parts(memory: Memory, what: str) -> Iterator[tuple[str, Iterator[Pair]]]:
    """The pairs by the files within the file, at least one."""
    some = False
    for part, pairs in groupby(memory.pairs(what), key=lambda pair: pair.unit.part):
        some = True
        yield part, pairs
    if not some:
        yield "", iter(())


class _Names:
    """Identifiers of the units of a file: their own where they have one, else numbers."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._number = 0

    def of(self, pair: Pair) -> str:
        """One that no unit before has."""
        self._number += 1
        own = dict(pair.unit.attributes)
        said = own.get("id") or own.get("tuid") or ""
        name = "".join("_" if each.isspace() else each for each in clean_text(said))
        if name in self._used and own.get("segment"):
            name = f"{name}.{own['segment']}"
        if not name or name in self._used:
            name = f"u{self._number}"
            while name in self._used:
                name += "_"
        self._used.add(name)
        return name


def _unit_1(pair: Pair, names: _Names) -> etree._Element:
    from lxml import etree

    from align.formats.xliff_codes import fill_version_1

    state = state_of(pair.unit) if pair.target else "untranslated"
    unit = etree.Element("trans-unit", {"id": names.of(pair), _XML_SPACE: "preserve"})
    resname = clean_text(dict(pair.unit.attributes).get("resname", ""))
    if resname:
        unit.set("resname", resname)
    if STATES.index(state) >= STATES.index("reviewed"):
        unit.set("approved", "yes")
    fill_version_1(etree.SubElement(unit, "source"), _content(pair.source))
    if pair.target:
        target = etree.SubElement(unit, "target")
        word = pair.unit.state if pair.unit.state in _WORDS_1 else _STATES_1.get(state, "")
        # A copy that is said to be new would be read as not translated.
        is_said = bool(pair.unit.state) and not (
            word in ("new", "needs-translation") and pair.target.text == pair.source.text
        )
        if word and is_said:
            target.set("state", word)
        fill_version_1(target, _content(pair.target))
    contexts = None
    for remark in pair.named:
        if contexts is None:
            contexts = etree.SubElement(unit, "context-group", {"purpose": "information"})
        kind = {"context-type": property_name(remark.name)}
        etree.SubElement(contexts, "context", kind).text = clean_text(remark.text)
    for note in pair.notes:
        etree.SubElement(unit, "note").text = clean_text(note)
    return unit


def _unit_2(pair: Pair, names: _Names) -> etree._Element:
    from lxml import etree

    from align.formats.xliff_codes import fill_version_2

    unit = etree.Element("unit", {"id": names.of(pair), _XML_SPACE: "preserve"})
    name = clean_text(dict(pair.unit.attributes).get("name", ""))
    if name:
        unit.set("name", name)
    notes = [("", note) for note in pair.notes]
    notes += [(property_name(remark.name), remark.text) for remark in pair.named]
    if notes:
        unit.append(_notes_2(notes))
    data: dict[str, str] = {}
    segment = etree.Element("segment")
    state = state_of(pair.unit) if pair.target else "untranslated"
    if pair.target and pair.unit.state:
        segment.set("state", _STATES_2[state])
    for side, variant in (("source", pair.source), ("target", pair.target)):
        if variant is not None:
            element = etree.SubElement(segment, side)
            fill_version_2(element, _content(variant), data)
    if data:
        original = etree.SubElement(unit, "originalData")
        for key, native in data.items():
            etree.SubElement(original, "data", {"id": key}).text = native
    unit.append(segment)
    return unit


def _notes_2(notes: list[tuple[str, str]]) -> etree._Element:
    from lxml import etree

    element = etree.Element("notes")
    for category, text in notes:
        own = {"category": category} if category else {}
        etree.SubElement(element, "note", own).text = clean_text(text)
    return element


def _content(variant: Variant) -> Content:
    return variant.content or (variant.text,)
