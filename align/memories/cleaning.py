"""Memories rid of what misleads: what is kept, and what was dropped by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import regex
from lxml import etree

from align.codes import codes_of
from align.copies import is_copy
from align.formats.inline import content_of
from align.formats.xml_files import XML_LANG, local_name
from align.languages import is_known_tag, language_named
from align.memories.stream import TmxEntry, TmxStream, write_entries
from align.text import width_of
from align.units import Variant

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = regex.compile(r"\p{L}")
_GARBLED = regex.compile(r"\ufffd|\p{Cn}|\p{Co}|(?:Ã[\u0080-\u00bf]|â€[\u0090-\u203a]){1}")
_LONGEST_SIDE = 2000
_WIDEST = 4.0  # times as wide as the other side
_FEWEST = 30  # columns of the wider side, below which the widths tell nothing

DROPPED = "x-dropped"
"""The property that says by which rule a unit was dropped."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a memory.

    Attributes:
        kept: How many units are in the clean memory.
        dropped: How many were dropped, by rule.
    """

    kept: int
    dropped: Mapping[str, int]


def clean_tmx(path: Path | str, output: Path | str, dropped: Path | str) -> Cleaned:
    """Writes a clean memory, and what was dropped, each unit with its rule as a property.

    Args:
        path: The memory.
        output: The clean memory.
        dropped: The memory of what was dropped.

    Raises:
        InputError: If the file cannot be read or is not TMX.
        OutputError: If an output cannot be written.
    """
    stream = TmxStream(path)
    header = stream.header
    source = header.get("srclang", "")
    counts: Counter[str] = Counter()

    def judged(*, is_kept: bool) -> Iterator[TmxEntry]:
        seen: set[bytes] = set()
        for entry in stream:
            rule = rule_against(entry)
            if rule is None:
                key = entry.key()
                rule = "duplicate" if key in seen else None
                seen.add(key)
            if is_kept and rule is None:
                yield entry
            elif not is_kept and rule is not None:
                counts[rule] += 1
                prop = etree.Element("prop", {"type": DROPPED})
                prop.text = rule
                entry.element.insert(0, prop)
                yield entry

    kept = write_entries(output, judged(is_kept=True), source=source, header=header)
    write_entries(dropped, judged(is_kept=False), source=source, header=header)
    return Cleaned(kept, dict(counts.most_common()))


def rule_against(entry: TmxEntry) -> str | None:
    """The first of `RULES` that a unit breaks, by its name."""
    return next((name for name, breaks in RULES.items() if breaks(entry)), None)


def _sides(entry: TmxEntry) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """The source with each of the texts in other languages, with their languages."""
    texts = [*entry.texts.items()]
    return ((texts[0], other) for other in texts[1:])


def _is_incomplete(entry: TmxEntry) -> bool:
    return len(entry.texts) < 2


def _has_no_words(entry: TmxEntry) -> bool:
    return not any(_WORD.search(text) for text in entry.texts.values())


def _is_copied(entry: TmxEntry) -> bool:
    return any(
        is_copy(Variant(language_named(one), (), text), Variant(language_named(two), (), other))
        for (one, text), (two, other) in _sides(entry)
        if is_known_tag(one) and is_known_tag(two)
    )


def _is_too_long(entry: TmxEntry) -> bool:
    return any(len(text) > _LONGEST_SIDE for _, text in entry.said)


def _is_uneven(entry: TmxEntry) -> bool:
    for (_, text), (_, other) in _sides(entry):
        narrow, wide = sorted((width_of(text), width_of(other)))
        if wide >= _FEWEST and wide > _WIDEST * max(narrow, 1):
            return True
    return False


def _is_garbled(entry: TmxEntry) -> bool:
    return any(_GARBLED.search(text) for _, text in entry.said)


def _has_other_codes(entry: TmxEntry) -> bool:
    counted = [_codes(tuv) for tuv in entry.element if local_name(tuv) == "tuv"]
    return any(codes != counted[0] for codes in counted[1:])


def _codes(tuv: _Element) -> int:
    if not (tuv.get(XML_LANG) or tuv.get("lang")):
        return 0
    segs = [seg for seg in tuv if local_name(seg) == "seg"]
    return sum(len(codes_of(content_of(seg))) for seg in segs if len(seg))


RULES: Mapping[str, Callable[[TmxEntry], bool]] = {
    "incomplete": _is_incomplete,
    "no-words": _has_no_words,
    "garbled": _is_garbled,
    "copy": _is_copied,
    "uneven": _is_uneven,
    "too-long": _is_too_long,
    "codes": _has_other_codes,
}
"""What a unit is dropped for, in the order of asking; `duplicate` comes last."""
