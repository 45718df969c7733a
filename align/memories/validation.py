"""Whether a file is TMX 1.4 as tools load it: each fault with its line, and what mends it.

LISA, TMX 1.4b Specification (2005), § 'Detailed Specifications'; what OmegaT, Okapi and other tools
refuse or misread besides is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

from lxml import etree

from align.byte_order_marks import byte_order_mark
from align.errors import one_line
from align.formats.files import must_be_readable_twice, open_for_reading
from align.formats.xml_files import XML_LANG, drop, local_name
from align.languages.table import CHINESE_BY_REGION
from align.safe_xml import fault_of, safe_events

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Severity = Literal["error", "warning"]

_HEADER = ("creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang",
           "datatype")  # fmt: skip
_HISTORY = ("creationdate", "creationid", "changedate", "changeid", "o-encoding")
_OF_BOTH = (*_HISTORY, "datatype", "usagecount", "lastusagedate", "creationtool",
            "creationtoolversion", "o-tmf")  # fmt: skip
_SAID = (XML_LANG, "o-encoding", "lang")
_ATTRIBUTES: dict[str, frozenset[str]] = {
    "tmx": frozenset({"version"}),
    "header": frozenset({*_HEADER, *_HISTORY}),
    "body": frozenset(),
    "tu": frozenset({*_OF_BOTH, "tuid", "segtype", "srclang"}),
    "tuv": frozenset({*_OF_BOTH, XML_LANG, "lang"}),
    "seg": frozenset(),
    "note": frozenset(_SAID),
    "prop": frozenset({*_SAID, "type"}),
    "ude": frozenset({"name", "base"}),
    "map": frozenset({"unicode", "code", "ent", "subst"}),
    "bpt": frozenset({"i", "x", "type"}),
    "ept": frozenset({"i"}),
    "hi": frozenset({"x", "type"}),
    "it": frozenset({"pos", "x", "type"}),
    "ph": frozenset({"x", "type", "assoc"}),
    "sub": frozenset({"type", "datatype"}),
    "ut": frozenset({"x"}),
}
_CODES = frozenset({"bpt", "ept", "hi", "it", "ph", "ut"})
_CHILDREN: dict[str, frozenset[str]] = {
    "tmx": frozenset({"header", "body"}),
    "header": frozenset({"note", "prop", "ude"}),
    "body": frozenset({"tu"}),
    "tu": frozenset({"note", "prop", "tuv"}),
    "tuv": frozenset({"note", "prop", "seg"}),
    "seg": _CODES,
    "hi": _CODES,
    "sub": _CODES,
    "ude": frozenset({"map"}),
    **dict.fromkeys(("bpt", "ept", "it", "ph"), frozenset({"sub"})),
}
_REQUIRED = {
    "prop": ("type",), "ude": ("name",), "bpt": ("i",), "ept": ("i",), "it": ("pos",),
    "map": ("unicode",),
}  # fmt: skip
_SEGTYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
_DATE = re.compile(
    r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])(?:[0-5]\d){2}Z"
)
_DATES = ("creationdate", "changedate", "lastusagedate")
_TAG = re.compile(r"[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*")
_MEANT_OTHERWISE = frozenset({"file", "id", "prev", "next", "path", "x-ice", "x-100pc", "x-auto"})
_OF_A_PAIR = 2
_LONGEST_SIDE = 2000
_MOST_FAULTS = 1000
_LOOKED_AT = 4096


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file.

    Attributes:
        line: The line it stands on.
        severity: An error is against TMX 1.4; a warning is what tools in use trip over.
        message: What is wrong.
        remedy: What to do about it.
    """

    line: int
    severity: Severity
    message: str
    remedy: str


def validate_tmx(path: Path | str) -> tuple[Fault, ...]:
    """Looks for faults in a file, the first thousand; none where every tool loads it.

    Raises:
        InputError: If the file cannot be read.
    """
    faults: list[Fault] = []
    for fault in _faults(path):
        faults.append(fault)
        if len(faults) >= _MOST_FAULTS:
            break
    return tuple(sorted(faults, key=lambda fault: fault.line))


def _faults(path: Path | str) -> Iterator[Fault]:
    must_be_readable_twice(path)
    with open_for_reading(path) as stream:
        yield from _of_start(stream.read(_LOOKED_AT))
    checker = _Checker()
    with open_for_reading(path) as stream:
        try:
            for event, element in safe_events(stream):
                if event == "start":
                    yield from checker.started(element)
                else:
                    yield from checker.ended(element)
                if checker.is_other:
                    return
        except etree.XMLSyntaxError as error:
            yield from checker.counted()
            yield Fault(error.lineno or 1, "error", one_line(fault_of(error)),
                        "mend the markup here, or export the file again")  # fmt: skip
            return
    yield from checker.finished()


def _of_start(start: bytes) -> Iterator[Fault]:
    """Faults before the root element."""
    mark, encoding = byte_order_mark(start)
    if encoding == "utf-8":
        yield Fault(1, "warning", "begins with a byte order mark", "save it as UTF-8 without one")
        start = start.removeprefix(mark)
    elif encoding:
        wide = encoding.upper()[: len("UTF-32")]
        yield Fault(1, "warning", f"is in {wide}", "save it as UTF-8")
        return
    if not start.startswith(b"<?xml"):
        yield Fault(1, "warning", "has no XML declaration at its very beginning",
                    'begin with <?xml version="1.0" encoding="UTF-8"?>')  # fmt: skip
    place = start.find(b"<!DOCTYPE")
    if place >= 0:
        line = start.count(b"\n", 0, place) + 1
        yield Fault(line, "warning", "has a document type, which some tools look for on the web",
                    "delete the line <!DOCTYPE …>")  # fmt: skip


class _Checker:
    """Looks at elements as they begin and end."""

    def __init__(self) -> None:
        self.is_other = False
        self._source = ""
        self._tuids: set[int] = set()  # hashes: there is no limit to how long one is
        self._counts = {"header": 0, "body": 0}
        self._languages_seen: set[str] = set()
        self._told: set[str] = set()
        self._alike: dict[tuple[str, str], list[int]] = {}  # the first unit's line, and how many

    def started(self, element: etree._Element) -> Iterator[Fault]:
        """Faults of an element and where it stands."""
        name, parent = local_name(element), element.getparent()
        line = _line(element)
        if parent is None:
            yield from self._root(element, name, line)
            return
        above = local_name(parent)
        if name not in _CHILDREN.get(above, frozenset()):
            what = "an unknown element" if name not in _ATTRIBUTES else "stands where it must not:"
            yield Fault(line, "error", f"{what} <{name}> in <{above}>", "take it out")
        yield from self._attributes(element, name, line)
        if name in self._counts:
            self._counts[name] += 1
            if self._counts[name] > 1:
                yield Fault(line, "error", f"a second <{name}>", "leave one")
        if name == "header":
            yield from self._header(element, line)

    def ended(self, element: etree._Element) -> Iterator[Fault]:
        """Faults of a unit that is whole."""
        name = local_name(element)
        if name == "tu":
            yield from self._unit(element)
            drop(element)

    def finished(self) -> Iterator[Fault]:
        """Faults of the file as a whole."""
        yield from self.counted()
        for name, count in self._counts.items():
            if not count:
                yield Fault(1, "error", f"has no <{name}>", f"add <{name}>")

    def counted(self) -> Iterator[Fault]:
        """Faults that most units share, each said once, at the first of them."""
        for (one, other), (line, count) in self._alike.items():
            units = f" in {count:,} units, this is the first" if count > 1 else ""
            yield Fault(line, "warning", f"variants in {one!r} and {other!r}{units}: OmegaT takes "
                        "both for one language", "write a file for each pair of languages",
                        )  # fmt: skip

    def _root(self, element: etree._Element, name: str, line: int) -> Iterator[Fault]:
        if name != "tmx":
            self.is_other = True
            yield Fault(line, "error", f"not TMX: the root element is <{name}>", "give a TMX file")
            return
        if element.tag != "tmx":
            yield Fault(line, "error", "<tmx> is in a namespace, and TMX has none", "delete xmlns")
        version = element.get("version")
        if version != "1.4":
            said = f"the version is {version!r}" if version else "<tmx> says no version"
            yield Fault(line, "error", f"{said}, not '1.4'", 'write version="1.4"')
        yield from self._attributes(element, name, line)

    def _attributes(self, element: etree._Element, name: str, line: int) -> Iterator[Fault]:
        allowed = _ATTRIBUTES.get(name)
        if allowed is None:
            return
        for key in map(str, element.attrib):
            if key not in allowed:
                shown = key.replace("{http://www.w3.org/XML/1998/namespace}", "xml:")
                yield Fault(line, "error", f"<{name}> has no attribute {shown}", "delete it")
        for key in _REQUIRED.get(name, ()):
            if not element.get(key):
                yield Fault(line, "error", f"<{name}> without {key}", f'add {key}="…"')
        for key in _DATES:
            value = element.get(key)
            if value is not None and not _DATE.fullmatch(value):
                yield Fault(line, "error", f"{key} is {value[:40]!r}", "write YYYYMMDDThhmmssZ")
        kind = element.get("segtype")
        if kind is not None and name != "tuv" and kind not in _SEGTYPES:
            yield Fault(line, "error", f"segtype is {kind[:40]!r}",
                        f"write one of {', '.join(sorted(_SEGTYPES))}")  # fmt: skip
        if name == "it" and element.get("pos") not in (None, "", "begin", "end"):
            yield Fault(line, "error", f"pos is {element.get('pos')!r}", "write begin or end")
        if name == "prop" and (element.get("type") or "").casefold() in _MEANT_OTHERWISE:
            yield Fault(line, "warning", f"a property {element.get('type')!r} has a meaning of its "
                        "own in some tools", "give it another name, with x- before it")  # fmt: skip

    def _header(self, element: etree._Element, line: int) -> Iterator[Fault]:
        for key in _HEADER:
            if not element.get(key):
                yield Fault(line, "error", f"<header> without {key}", f'add {key}="…"')
        self._source = element.get("srclang") or ""
        if self._source and self._source != "*all*" and not _TAG.fullmatch(self._source):
            yield Fault(line, "error", f"srclang is {self._source[:40]!r}", "write a language tag")
        if element.get("segtype") == "paragraph":
            yield Fault(line, "warning", "segtype is paragraph: some tools cut the units again",
                        'write segtype="sentence" if they are sentences')  # fmt: skip

    def _unit(self, unit: etree._Element) -> Iterator[Fault]:
        line = _line(unit)
        yield from _order(unit, "tuv", line)
        variants = [each for each in unit if local_name(each) == "tuv"]
        if not variants:
            yield Fault(line, "error", "a <tu> without <tuv>", "delete it")
        tuid = unit.get("tuid")
        if tuid and len(self._tuids) < 1_000_000:
            hashed = hash(tuid)
            if hashed in self._tuids:
                yield Fault(line, "warning", f"a second unit with tuid {tuid[:40]!r}",
                            "delete the tuid or change it")  # fmt: skip
            self._tuids.add(hashed)
        tags = []
        for variant in variants:
            yield from self._variant(variant)
            tags.append(variant.get(XML_LANG) or variant.get("lang") or "")
        for tag in sorted({tag for tag in tags if tag and tags.count(tag) > 1}):
            yield Fault(line, "warning", f"two variants in {tag!r}", "make two units of them")
        source = unit.get("srclang") or self._source
        if source and source != "*all*":
            yield from _of_source(tags, source, line)
        else:
            source = ""
        yield from self._languages(tags, source, line)

    def _languages(self, tags: Sequence[str], source: str, line: int) -> Iterator[Fault]:
        """What tools make of the languages that a unit has beside its source."""
        others = sorted({tag for tag in tags if tag and tag != source})
        for one, other in pairwise(others):
            is_known = (one, other) in self._alike or len(self._alike) < _MOST_FAULTS
            if source and _primary(one) == _primary(other) and is_known:
                self._alike.setdefault((one, other), [line, 0])[1] += 1
        for tag in others:
            wanted = CHINESE_BY_REGION.get(tag)
            if wanted and tag not in self._told:
                self._told.add(tag)
                yield Fault(line, "warning", f"xml:lang is {tag!r}, which few tools know",
                            f"write {wanted}")  # fmt: skip
        before = len(self._languages_seen)
        self._languages_seen.update(tag for tag in tags if tag)
        if before <= _OF_A_PAIR < len(self._languages_seen):
            yield Fault(line, "warning", "more than two languages, and many tools take two",
                        "write a file for each pair of languages")  # fmt: skip

    def _variant(self, variant: etree._Element) -> Iterator[Fault]:
        line = _line(variant)
        tag = variant.get(XML_LANG)
        if not tag:
            yield Fault(line, "error", "a <tuv> without xml:lang", 'add xml:lang="…"')
        elif not _TAG.fullmatch(tag):
            yield Fault(line, "error", f"xml:lang is {tag[:40]!r}", "write a tag such as en-GB")
        elif "_" in tag:
            yield Fault(line, "warning", f"xml:lang is {tag!r}, with an underscore",
                        f"write {tag.replace('_', '-')}")  # fmt: skip
        yield from _order(variant, "seg", line)
        segs = [each for each in variant if local_name(each) == "seg"]
        if len(segs) != 1:
            yield Fault(line, "error", f"a <tuv> with {len(segs)} <seg>", "leave exactly one")
        for seg in segs:
            text = "".join(map(str, seg.itertext()))
            if not text.strip() and not len(seg):
                yield Fault(_line(seg), "warning", "an empty <seg>", "delete the variant")
            if len(text) > _LONGEST_SIDE:
                yield Fault(_line(seg), "warning", f"{len(text):,} characters, and some tools skip "
                            f"more than {_LONGEST_SIDE:,}", "cut the unit")  # fmt: skip
            yield from _pairs(seg)


def _of_source(tags: Sequence[str], source: str, line: int) -> Iterator[Fault]:
    """Faults of where the source of a unit stands, if it is there."""
    if tags and source not in tags:
        yield Fault(line, "warning", f"no variant is in the source language {source!r}",
                    "write xml:lang as srclang is written, case and all")  # fmt: skip
    elif tags and tags[0] != source:
        yield Fault(line, "warning", f"the variant in the source language {source!r} is not the "
                    "first", "put it first")  # fmt: skip


def _primary(tag: str) -> str:
    return re.split("[-_]", tag)[0].casefold()


def _order(element: etree._Element, last: str, line: int) -> Iterator[Fault]:
    """Notes and properties come before what they are about."""
    names = [local_name(each) for each in element]
    if last in names and any(name in ("note", "prop") for name in names[names.index(last) :]):
        what = local_name(element)
        yield Fault(line, "error", f"a note or property behind <{last}> in <{what}>",
                    f"put it before the first <{last}>")  # fmt: skip


def _pairs(seg: etree._Element) -> Iterator[Fault]:
    """Codes that open close, and the other way round."""
    opened: dict[str, int] = {}
    for element in seg.iter("{*}bpt", "{*}ept"):
        number, line = element.get("i") or "", _line(element)
        if local_name(element) == "bpt":
            if number in opened:
                yield Fault(line, "error", f"a second <bpt> with i={number!r} before its <ept>",
                            "number the codes of a segment")  # fmt: skip
            opened[number] = line
        elif opened.pop(number, None) is None and number:
            yield Fault(line, "error", f"an <ept> whose <bpt> with i={number!r} is not before it",
                        'write <it pos="end"> for half a pair')  # fmt: skip
    for number, line in opened.items():
        yield Fault(line, "error", f"a <bpt> without <ept>, i={number!r}",
                    'write <it pos="begin"> for half a pair')  # fmt: skip


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0
