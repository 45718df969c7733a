"""Writing translation memories: valid TMX 1.4, as the tools in use read it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.copies import without_copies
from align.errors import InputError
from align.formats.registry import PAIR_WRITERS
from align.formats.tmx.profiles import TmxProfile, profile_named, tags_for
from align.formats.xml_files import XML_LANG
from align.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from lxml import etree

    from align.article import AlignedArticle
    from align.units import TranslationUnit, Variant

# RWS's cloud services skip a unit one of whose sides is longer than this.
LONGEST_SIDE = 2000


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

    variants: tuple[Variant, ...]
    before: str = ""
    after: str = ""
    count: int = 1


@PAIR_WRITERS.register("tmx", "a translation memory", endings=(".tmx",))
def write_pair_tmx(path: Path | str, pair: AlignedArticle) -> tuple[str, ...]:
    """Writes the units of an article of two editions that are no copies; see `write_tmx`."""
    kept = without_copies(pair.units, pair.pivot)
    written = write_tmx(path, kept.units, languages=list(pair.editions), source=pair.pivot)
    return (*kept.message(), *written.warnings)


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
    are written once, with the properties of the first and their number in `x-count`.

    Args:
        path: The file; `-` is standard output.
        units: The units, in the order of the text.
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
    entries, left_out = _entries(units, ordered, with_context=context)
    date = creation_date()

    with open_for_writing(path, "wb") as stream:
        stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n')
        with etree.xmlfile(stream, encoding="UTF-8") as xml, xml.element("tmx", version="1.4"):
            with_properties = properties and profile.properties
            header = _header(tags[source], date, note, with_properties=with_properties)
            xml.write("\n", header, pretty_print=True)
            with xml.element("body"):
                xml.write("\n")
                for entry in entries:
                    unit = _unit(entry, tags, date, with_properties=with_properties)
                    xml.write(unit, pretty_print=True)
        stream.write(b"\n")

    return _summary(entries, left_out, ordered, profile)


def _entries(
    units: Iterable[TranslationUnit], languages: Sequence[str], *, with_context: bool
) -> tuple[list[_Entry], int]:
    entries: dict[tuple[tuple[str, str], ...], _Entry] = {}
    left_out = 0
    for before, unit, after in _with_neighbours(units):
        variants = _wanted(unit, languages)
        if not variants:
            left_out += 1
            continue
        key = tuple((variant.language, variant.text) for variant in variants)
        if key in entries:
            entries[key].count += 1
            continue
        entry = _Entry(variants)
        if with_context:
            entry.before = _neighbouring_text(before, unit, languages[0])
            entry.after = _neighbouring_text(unit, after, languages[0], of_second=True)
        entries[key] = entry
    return list(entries.values()), left_out


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

    unit = etree.Element("tu", {"creationdate": _tmx_date(date)})
    if with_properties:
        for name, value in _properties(entry, tags):
            etree.SubElement(unit, "prop", {"type": name}).text = value
    # The context is asked for by name, so a profile without properties still writes it.
    for name, value in (("x-context-pre", entry.before), ("x-context-post", entry.after)):
        if value.strip():
            etree.SubElement(unit, "prop", {"type": name}).text = value
    for variant in entry.variants:
        tuv = etree.SubElement(unit, "tuv", {XML_LANG: tags[variant.language]})
        etree.SubElement(tuv, "seg").text = variant.text
    return unit


def _properties(entry: _Entry, tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Names and values, with the tag in the name where a file has more than two languages."""
    if len(tags) == 2:
        yield from _measures(entry.variants, "")
        if all(variant.segments for variant in entry.variants):
            yield "x-segments", ":".join(str(list(v.segments)) for v in entry.variants)
    else:
        for variant in entry.variants:
            yield from _measures((variant,), f"-{tags[variant.language]}")
            if variant.segments:
                yield f"x-segments-{tags[variant.language]}", str(list(variant.segments))
    if entry.count > 1:
        yield "x-count", str(entry.count)


def _measures(variants: Sequence[Variant], suffix: str) -> Iterator[tuple[str, str]]:
    # Of a pair that two beads with the pivot tie together, the weaker bead decides.
    for name, values in (
        ("x-confidence", [variant.confidence for variant in variants]),
        ("x-similarity", [variant.score for variant in variants]),
    ):
        known = [value for value in values if value is not None and math.isfinite(value)]
        if known:
            yield name + suffix, f"{min(known):.4f}"
    for verdict in sorted({variant.reviewed for variant in variants if variant.reviewed}):
        yield f"x-reviewed{suffix}", verdict


def _tmx_date(date: datetime) -> str:
    return date.strftime("%Y%m%dT%H%M%SZ")


def _summary(
    entries: Sequence[_Entry], left_out: int, languages: Sequence[str], profile: TmxProfile
) -> TmxSummary:
    warnings = []
    if profile.pairs_only and len(languages) > 2:
        warnings.append(
            f"{profile.tool} takes two languages a file, this one has {len(languages)}; "
            "write a file for each pair"
        )
    too_long = 0
    for entry in entries:
        long = [v for v in entry.variants if len(v.text) > LONGEST_SIDE]
        too_long += bool(long)
        warnings += [
            f"a unit has {len(v.text):,} characters of {v.language}, and some tools skip more "
            f"than {LONGEST_SIDE:,}: {v.text[:40]!r}…"
            for v in long
        ]
    return TmxSummary(
        units=len(entries),
        duplicates=sum(entry.count - 1 for entry in entries),
        left_out=left_out,
        too_long=too_long,
        warnings=tuple(warnings),
    )
