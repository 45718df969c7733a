"""Writing translation memories: valid TMX 1.4, as the tools in use read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

from align.copies import without_copies
from align.errors import InputError
from align.formats.memory import measures
from align.formats.registry import PAIR_WRITERS, memory_writer
from align.formats.tmx.elements import (
    add_remarks,
    code_numbers,
    fill,
    kept_attributes,
    property_name,
)
from align.formats.tmx.profiles import TmxProfile, profile_named, tags_for
from align.formats.xml_files import XML_LANG
from align.text import clean_text

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from lxml import etree

    from align.article import AlignedArticle
    from align.formats.memory import Memory
    from align.units import TranslationUnit, Variant

# RWS's cloud services skip a unit one of whose sides is longer than this.
LONGEST_SIDE = 2000
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class TmxSummary:
    """What became of the units given to `write_tmx`.

    Attributes:
        units: How many units the file has.
        duplicates: How many more said exactly what one in the file says.
        left_out: How many had no text in the source or in every other language of the file, or
            did not translate all of the unit.
        too_long: How many units have a side of more than 2,000 characters.
        warnings: What the user should know, a line each.
    """

    units: int
    duplicates: int
    left_out: int
    too_long: int
    warnings: tuple[str, ...]


@dataclass(slots=True)
class _Entry:
    """A unit ready to be written: its variants with clean text, the source first."""

    unit: TranslationUnit
    variants: tuple[Variant, ...]
    count: int
    before: str = ""
    after: str = ""


@PAIR_WRITERS.register("tmx", "a translation memory", endings=(".tmx",))
def write_pair_tmx(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    """Writes the units of an article of two editions that are no copies; see `write_tmx`."""
    kept = without_copies(pair.units, pair.pivot)
    written = write_tmx(path, kept.units, languages=list(pair.editions), source=pair.pivot)
    return (*kept.message(), *written.warnings)


@memory_writer("tmx", "a translation memory", endings=(".tmx",), of_articles=False)
def write_memory_tmx(path: Path | str, memory: Memory) -> tuple[str, ...]:
    """Writes the units of a memory that are translated, with their codes, notes and properties.

    Carries: inline codes as `<bpt>`, `<ept>`, `<ph>`, `<it>` and `<hi>`; notes; properties, their
    names with `x-` before them; who changed a unit, and when.
    Does not carry: units without a translation, states, files within the file.
    """
    written = write_tmx(
        path,
        memory.units,
        languages=memory.languages,
        source=memory.source,
        profile=memory.profile,
        languages_as=memory.languages_as,
        properties=memory.properties,
        context=memory.context,
        note=memory.note or None,
    )
    said = [
        f"{what}: {count:,}"
        for what, count in (
            ("units without a source or a translation, which are not in the memory",
             written.left_out),
            ("units that say what one before them says, which is written once, with the notes and "
             "properties of the first", written.duplicates),
        )
        if count
    ]  # fmt: skip
    return (*said, *written.warnings)


def write_tmx(
    path: Path | str,
    units: Iterable[TranslationUnit],
    *,
    languages: Sequence[str],
    source: str,
    profile: TmxProfile | str = "default",
    languages_as: Mapping[str, str] | None = None,
    properties: bool = True,
    context: bool = False,
    note: str | None = None,
) -> TmxSummary:
    """Writes a translation memory that translation tools load.

    A unit is written in those of its languages that are wanted, if the source is one of them,
    another one too, and each translates all of it; units with the same text in every language
    are written once, with the properties of the first and their number in `x-count`. Inline codes,
    notes, properties and dates that units have from the file they were read from are kept.

    Args:
        path: The file; `-` is standard output.
        units: The units, in the order of the text. They are gone through twice, and held in memory
            only where they are an iterator.
        languages: The languages to write; two for most tools, see `TmxProfile.pairs_only`.
        source: The source language, which comes first in each unit.
        profile: The tool to write for, or the name of one in `PROFILES`.
        languages_as: Tags to write instead of the profile's, by language.
        properties: Whether to write properties, where the profile has them.
        context: Whether to write the source segments before and after each unit, as
            `x-context-pre` and `x-context-post`.
        note: A note about the whole memory, such as whose text it is and under which licence;
            stands in the header, as the property `x-note` where there are properties.

    Raises:
        InputError: If the profile is unknown or the tags do not do.
        OutputError: If the file cannot be written.
    """
    from lxml import etree

    from align.formats.atomic import open_for_writing
    from align.formats.dates import creation_date

    profile = profile_named(profile) if isinstance(profile, str) else profile
    ordered = list(dict.fromkeys([source, *languages]))
    if len(ordered) < 2:
        raise InputError(f"a translation memory needs a language beside its source {source!r}")
    tags = tags_for(ordered, profile, languages_as or {})
    units = list(units) if isinstance(units, Iterator) else units
    counts, left_out = _counts(units, ordered)
    date = creation_date()
    with_properties = properties and profile.properties
    notices = _Notices(ordered, profile)

    with open_for_writing(path, "wb") as stream:
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        with etree.xmlfile(stream, encoding="UTF-8") as xml, xml.element("tmx", version="1.4"):
            header = _header(tags[source], date, note, with_properties=with_properties)
            xml.write("\n", header, pretty_print=True)
            with xml.element("body"):
                xml.write("\n")
                for entry in _entries(units, ordered, dict(counts), with_context=context):
                    unit = _unit(entry, tags, date, with_properties=with_properties)
                    if _has_codes(entry):  # made pretty it would get white space into segments
                        xml.write(unit, "\n")
                    else:
                        xml.write(unit, pretty_print=True)
                    notices.see(entry)
        stream.write(b"\n")

    return TmxSummary(
        units=len(counts),
        duplicates=sum(counts.values()) - len(counts),
        left_out=left_out,
        too_long=notices.too_long,
        warnings=notices.lines(),
    )


def _counts(
    units: Iterable[TranslationUnit], languages: Sequence[str]
) -> tuple[Counter[bytes], int]:
    """How often each unit that is written comes, by a digest, and how many units are not."""
    counts: Counter[bytes] = Counter()
    left_out = 0
    for unit in units:
        variants = _wanted(unit, languages)
        if variants:
            counts[_digest(variants)] += 1
        else:
            left_out += 1
    return counts, left_out


def _digest(variants: Sequence[Variant]) -> bytes:
    # Codes are part of what is said: two units that differ in nothing else are two.
    said = repr([(v.language, v.text, [str(piece) for piece in v.content]) for v in variants])
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _has_codes(entry: _Entry) -> bool:
    return any(variant.content for variant in entry.variants)


def _entries(
    units: Iterable[TranslationUnit],
    languages: Sequence[str],
    counts: dict[bytes, int],
    *,
    with_context: bool,
) -> Iterator[_Entry]:
    """The units that are written; those that were are taken out of the counts."""
    for before, unit, after in _with_neighbours(units):
        variants = _wanted(unit, languages)
        count = counts.pop(_digest(variants), 0) if variants else 0
        if not count:
            continue
        entry = _Entry(unit, variants, count)
        if with_context:
            entry.before = _neighbouring_text(before, unit, languages[0])
            entry.after = _neighbouring_text(unit, after, languages[0], of_second=True)
        yield entry


def _with_neighbours(
    units: Iterable[TranslationUnit],
) -> Iterator[tuple[TranslationUnit | None, TranslationUnit, TranslationUnit | None]]:
    before: TranslationUnit | None = None
    unit: TranslationUnit | None = None
    for after in units:
        if unit is not None:
            yield before, unit, after
        before, unit = unit, after
    if unit is not None:
        yield before, unit, None


def _neighbouring_text(
    first: TranslationUnit | None,
    second: TranslationUnit | None,
    language: str,
    *,
    of_second: bool = False,
) -> str:
    """Text of one of two units in a row, if they stand next to each other in the text too."""
    one = first.variant(language) if first else None
    other = second.variant(language) if second else None
    if not (one and other and one.segments and other.segments):
        return ""
    if one.segments[-1] + 1 != other.segments[0]:
        return ""
    return clean_text(other.text if of_second else one.text)


def _wanted(unit: TranslationUnit, languages: Sequence[str]) -> tuple[Variant, ...]:
    """The complete variants with text in the languages, or none unless there is a pair."""
    translated = unit.translated()
    if translated is None:
        return ()
    found = (translated.variant(language) for language in languages)
    cleaned = (replace(variant, text=clean_text(variant.text)) for variant in found if variant)
    variants = tuple(variant for variant in cleaned if variant.text.strip())
    has_source = bool(variants) and variants[0].language == languages[0]
    return variants if has_source and len(variants) > 1 else ()


def _header(
    source_tag: str, date: datetime, note: str | None, *, with_properties: bool
) -> etree._Element:
    from lxml import etree

    from align import __version__

    header = etree.Element(
        "header",
        {
            "creationtool": "align",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "align",
            "adminlang": "en",
            "srclang": source_tag,
            "datatype": "plaintext",
            "creationdate": _tmx_date(date),
        },
    )
    if note and clean_text(note).strip():
        # lttoolbox knows no <note> in a header, and every tool passes over a property there.
        element = ("prop", {"type": "x-note"}) if with_properties else ("note", {})
        etree.SubElement(header, *element).text = clean_text(note)
    return header


def _unit(
    entry: _Entry, tags: Mapping[str, str], date: datetime, *, with_properties: bool
) -> etree._Element:
    from lxml import etree

    dates = {"creationdate": _tmx_date(date)}
    own = dict(kept_attributes(entry.unit.attributes, of_unit=True))
    unit = etree.Element("tu", dates | own)
    add_remarks(unit, entry.unit.remarks, with_properties=with_properties)
    if with_properties:
        there = {property_name(remark.name) for remark in entry.unit.remarks if remark.name}
        for name, value in _properties(entry, tags):
            if name not in there:
                etree.SubElement(unit, "prop", {"type": name}).text = value
    # The context is asked for by name, so a profile without properties still writes it.
    for name, value in (("x-context-pre", entry.before), ("x-context-post", entry.after)):
        if value.strip():
            etree.SubElement(unit, "prop", {"type": name}).text = value
    numbers = code_numbers(entry.variants)
    for variant in entry.variants:
        own = dict(kept_attributes(variant.attributes, of_unit=False))
        tuv = etree.SubElement(unit, "tuv", {XML_LANG: tags[variant.language]} | own)
        add_remarks(tuv, variant.remarks, with_properties=with_properties)
        fill(etree.SubElement(tuv, "seg"), variant.content or (variant.text,), numbers)
    return unit


def _properties(entry: _Entry, tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Names and values, with the tag in the name where a file has more than two languages."""
    if len(tags) == 2:
        yield from measures(entry.variants, "")
        if all(variant.segments for variant in entry.variants):
            yield "x-segments", ":".join(str(list(v.segments)) for v in entry.variants)
    else:
        for variant in entry.variants:
            yield from measures((variant,), f"-{tags[variant.language]}")
            if variant.segments:
                yield f"x-segments-{tags[variant.language]}", str(list(variant.segments))
    if entry.count > 1:
        yield "x-count", str(entry.count)


def _tmx_date(date: datetime) -> str:
    return date.strftime("%Y%m%dT%H%M%SZ")


class _Notices:
    """What the user should know of the units that are written."""

    def __init__(self, languages: Sequence[str], profile: TmxProfile) -> None:
        self.too_long = 0
        self._long: list[str] = []
        self._said = (
            [
                f"{profile.tool} takes two languages a file, this one has {len(languages)}; "
                "write a file for each pair"
            ]
            if profile.pairs_only and len(languages) > 2
            else []
        )

    def see(self, entry: _Entry) -> None:
        """Looks at a unit."""
        long = [v for v in entry.variants if len(v.text) > LONGEST_SIDE]
        self.too_long += bool(long)
        if self.too_long <= _MOST_SHOWN:
            self._long += [
                f"a unit has {len(v.text):,} characters of {v.language}, and some tools skip more "
                f"than {LONGEST_SIDE:,}: {v.text[:40]!r}…"
                for v in long
            ]

    def lines(self) -> tuple[str, ...]:
        """A line each."""
        more = self.too_long - _MOST_SHOWN
        rest = [f"{more:,} more units are as long"] if more > 0 else []
        return (*self._said, *self._long, *rest)
