"""Reading translation memories as tools in use write them, without trusting them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from align.codes import codes_of, text_of
from align.errors import InputError
from align.formats.inline import content_of
from align.formats.registry import PAIR_READERS, PairFile
from align.formats.xml_files import (
    XML_LANG,
    attributes_of,
    drop,
    local_name,
    remarks_in,
    root_is,
    xml_events,
)
from align.languages import is_known_tag, language_named
from align.skipped import Skipped
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree


@PAIR_READERS.register("TMX", endings=(".tmx",), recognises=root_is("tmx"), shows_places=True)
def read_pairs(file: PairFile) -> Iterator[TranslationUnit]:
    """Reads the units of a translation memory one at a time, however large the file.

    Takes TMX 1.1 to 1.4 with `xml:lang` or `lang`, any encoding that the file declares, a DOCTYPE
    (never loaded) and a namespace, packed by gzip too. Inline elements leave their text in the
    segment (`<hi>`, `<sub>`) but not the codes they wrap (`<bpt>`, `<ept>`, `<it>`, `<ph>`,
    `<ut>`); the variant's `content` has both.

    Yields:
        Each unit with some text: its variants as the file has them, the source language (of
        `srclang`) first, tags normalised where they name a language we know, `segments` empty,
        `line` that of the variant. A variant without a language is passed over; a unit of the file
        with several in one language comes as several units.

    Raises:
        InputError: If the file cannot be read, is not well-formed, or is not TMX.
    """
    with file.open() as stream:
        yield from _units(xml_events(stream, file.path), file)


def read_tmx(
    path: Path | str, *, data: bytes | None = None, skipped: Skipped | None = None
) -> Iterator[TranslationUnit]:
    """Reads the units of a translation memory, as `read_pairs` does.

    Args:
        path: The file; `-` is standard input.
        data: What the file holds, where it was read already.
        skipped: Is told what is passed over.

    Raises:
        InputError: As `read_pairs`.
    """
    return read_pairs(PairFile(path, data=data, skipped=skipped or Skipped()))


def _units(
    events: Iterator[tuple[str, etree._Element]], file: PairFile
) -> Iterator[TranslationUnit]:
    source = ""
    for number, (event, element) in enumerate(events):
        name = local_name(element)
        if number == 0 and name != "tmx":
            raise InputError(f"not TMX: its root element is <{name}>", path=file.path)
        if event == "start":
            if name == "header":
                source = language_named(element.get("srclang", ""))
        elif name == "tu":
            unit = _unit(element, language_named(element.get("srclang", "")) or source, file)
            drop(element)
            if unit.variants:
                yield from _with_one_variant_a_language(unit)


def _unit(element: etree._Element, source: str, file: PairFile) -> TranslationUnit:
    variants = []
    for tuv in element:
        if local_name(tuv) != "tuv":
            continue
        line = cast("int", tuv.sourceline)
        tag = tuv.get(XML_LANG) or tuv.get("lang")
        if not tag:
            file.skipped.add("a <tuv> without xml:lang", line)
            continue
        if not is_known_tag(tag):
            file.skipped.add("a <tuv> in an unknown language", line, example=tag)
        segs = [seg for seg in tuv if local_name(seg) == "seg"]
        if len(segs) > 1:
            file.skipped.add("a second <seg> of a <tuv>", line)
        content = content_of(segs[0]) if segs else ()
        text = text_of(content)
        if text.strip():
            variants.append(
                Variant(
                    language_named(tag),
                    segments=(),
                    text=text,
                    line=line,
                    content=content if codes_of(content) else (),
                    attributes=attributes_of(tuv),
                    remarks=remarks_in(tuv),
                )
            )
    variants.sort(key=lambda variant: variant.language != source)
    return TranslationUnit(
        tuple(variants), attributes=attributes_of(element), remarks=remarks_in(element)
    )


def _with_one_variant_a_language(unit: TranslationUnit) -> Iterator[TranslationUnit]:
    """The unit, or several in place of one that has several variants in a language.

    Tools that keep more than one translation of a source in a unit write them so; whoever asks a
    unit for its variant of a language would see the first alone. The second of each language make
    a unit, and so on; the first source stands with what has none of its own, and the other way.
    """
    variants: dict[str, list[Variant]] = {}
    for variant in unit.variants:
        variants.setdefault(variant.language, []).append(variant)
    most = max(map(len, variants.values()))
    if most == 1:
        yield unit
        return
    source, *others = variants.values()
    for number in range(most):
        further = [there[number] for there in others if number < len(there)]
        if not further:
            further = [there[0] for there in others]
        own = source[number] if number < len(source) else source[0]
        # A name of a unit is its own: others that had it would be taken for the same.
        named = tuple(pair for pair in unit.attributes if not number or pair[0] != "tuid")
        yield replace(unit, variants=(own, *further), attributes=named)
