"""Writing XLIFF 1.2 and 2.1, bit by bit, as translation tools import them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from align.formats.memory import Memory, Pair
from align.formats.registry import memory_writer
from align.formats.states import STATES, State, state_of
from align.formats.tmx.elements import property_name
from align.formats.xliff_segments import are_segments, in_order, whole_content, whole_units
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml import etree

    from align.codes import Content
    from align.units import Variant

_Item = TypeVar("_Item")

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
    begin with `x-`; files within the file; the segments of a unit.
    Does not carry: more than two languages, who changed a unit, and when; of segments of one unit,
    states but the least; skeletons, the kind of a file (`datatype`), and elements and attributes
    of other programs.

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
                        for unit in whole_units(pairs):
                            xml.write("\n", _unit_1(unit, names))
        stream.write(b"\n")


@memory_writer("xliff2", "XLIFF 2.1, for translation tools", endings=(".xliff2",))
def write_xliff_2(path: Path | str, memory: Memory) -> None:
    """Writes a memory of two languages as XLIFF 2.1.

    Carries: untranslated units; inline codes; states, but drafts as `initial`; notes; properties,
    as notes of that category; files within the file; the segments of a unit.
    Does not carry: more than two languages; texts within codes (`<sub>`) as such, who changed a
    unit, and when; skeletons, and elements and attributes of other programs.

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
                    for unit in whole_units(pairs):
                        xml.write("\n", _unit_2(unit, names))
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
        if not name or name in self._used:
            name = f"u{self._number}"
            while name in self._used:
                name += "_"
        self._used.add(name)
        return name


def _unit_1(pairs: Sequence[Pair], names: _Names) -> etree._Element:
    from lxml import etree

    from align.formats.xliff_codes import fill_version_1

    first = pairs[0]
    states = [_state_of(pair) for pair in pairs]
    state = min(states, key=STATES.index)
    unit = etree.Element("trans-unit", {"id": names.of(first), _XML_SPACE: "preserve"})
    resname = clean_text(dict(first.unit.attributes).get("resname", ""))
    if resname:
        unit.set("resname", resname)
    if STATES.index(state) >= STATES.index("reviewed"):
        unit.set("approved", "yes")
    in_segments = are_segments(pairs)
    content = whole_content(pairs, 0, marked=False) if in_segments else _content(first.source)
    fill_version_1(etree.SubElement(unit, "source"), content)
    if in_segments:
        marked = whole_content(pairs, 0, marked=True)
        fill_version_1(etree.SubElement(unit, "seg-source"), marked)
    if any(pair.target for pair in pairs):
        target = etree.SubElement(unit, "target")
        least = pairs[states.index(state)]
        word = least.unit.state if least.unit.state in _WORDS_1 else _STATES_1.get(state, "")
        # A copy that is said to be new would be read as not translated.
        is_said = bool(least.unit.state) and not (
            word in ("new", "needs-translation")
            and least.target is not None
            and least.target.text == least.source.text
        )
        if word and is_said:
            target.set("state", word)
        if in_segments:
            fill_version_1(target, whole_content(pairs, 1, marked=True))
        elif first.target:
            fill_version_1(target, _content(first.target))
    contexts = None
    for remark in _once(remark for pair in pairs for remark in pair.named):
        if contexts is None:
            contexts = etree.SubElement(unit, "context-group", {"purpose": "information"})
        kind = {"context-type": property_name(remark.name)}
        etree.SubElement(contexts, "context", kind).text = clean_text(remark.text)
    for note in _once(note for pair in pairs for note in pair.notes):
        etree.SubElement(unit, "note").text = clean_text(note)
    return unit


def _unit_2(pairs: Sequence[Pair], names: _Names) -> etree._Element:
    from lxml import etree

    first = pairs[0]
    unit = etree.Element("unit", {"id": names.of(first), _XML_SPACE: "preserve"})
    name = clean_text(dict(first.unit.attributes).get("name", ""))
    if name:
        unit.set("name", name)
    notes = [("", note) for note in _once(note for pair in pairs for note in pair.notes)]
    named = _once(remark for pair in pairs for remark in pair.named)
    notes += [(property_name(remark.name), remark.text) for remark in named]
    if notes:
        unit.append(_notes_2(notes))
    data: dict[str, str] = {}
    parts = _parts_2(pairs, data)
    if data:
        original = etree.SubElement(unit, "originalData")
        for key, native in data.items():
            etree.SubElement(original, "data", {"id": key}).text = native
    unit.extend(parts)
    return unit


def _parts_2(pairs: Sequence[Pair], data: dict[str, str]) -> list[etree._Element]:
    """The segments of a unit, and what stands between them."""
    from lxml import etree

    from align.formats.xliff_codes import Opened, fill_version_2

    texts: list[tuple[Pair | None, tuple[Content | None, Content | None]]] = []
    for pair, translated in zip(pairs, in_order(pairs, 1), strict=True):
        within, other = pair.unit.within, translated.unit.within
        before = (within.before[0], other.before[1]) if within and other else ((), ())
        if any(before):
            texts.append((None, before))
        translation = _content(pair.target) if pair.target else None
        texts.append((pair, (_content(pair.source), translation)))
        if within is not None and any(within.after):
            texts.append((None, within.after))
    orders = _orders(pairs, [pair for pair, _ in texts])
    shared = [Opened([text[side] or () for _, text in texts]) for side in (0, 1)]
    parts = []
    for owner, text in texts:
        part = etree.Element("ignorable" if owner is None else "segment")
        parts.append(part)
        within = owner.unit.within if owner else None
        if within is not None and within.segment:
            part.set("id", clean_text(within.segment))
        if owner is not None and owner.target and owner.unit.state:
            part.set("state", _STATES_2[_state_of(owner)])
        for side, name in enumerate(("source", "target")):
            content = text[side]
            if content is None or (owner is None and side and not content):
                shared[side].begin()
                continue
            element = etree.SubElement(part, name)
            if side and owner is not None and id(owner) in orders:
                element.set("order", str(orders[id(owner)]))
            fill_version_2(element, content, data, shared[side])
    return parts


def _orders(pairs: Sequence[Pair], parts: Sequence[Pair | None]) -> dict[int, int]:
    """Where translations stand that have another order than their sources, by their pairs."""
    moved = in_order(pairs, 1)
    if list(moved) == list(pairs):
        return {}
    places = [place for place, pair in enumerate(parts, start=1) if pair is not None]
    return {id(pair): place for pair, place in zip(moved, places, strict=True)}


def _state_of(pair: Pair) -> State:
    return state_of(pair.unit) if pair.target else "untranslated"


def _once(items: Iterable[_Item]) -> list[_Item]:
    return list(dict.fromkeys(items))


def _notes_2(notes: list[tuple[str, str]]) -> etree._Element:
    from lxml import etree

    element = etree.Element("notes")
    for category, text in notes:
        own = {"category": category} if category else {}
        etree.SubElement(element, "note", own).text = clean_text(text)
    return element


def _content(variant: Variant) -> Content:
    return variant.content or (variant.text,)
