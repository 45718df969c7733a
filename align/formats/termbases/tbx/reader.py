"""Reading TBX of both versions and styles as tools in use write it, without trusting it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.registry import TERMBASE_READERS
from align.formats.termbases.statuses import status_named, strictest
from align.formats.termbases.tbx.identifiers import identifier_of
from align.formats.xml_files import XML_LANG, drop, is_xml, local_name, xml_events
from align.skipped import Skipped
from align.termbases.model import Termbase, TermbaseEntry, TermbaseTerm, lines

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    from lxml import etree

    from align.termbases.model import TermStatus

# What each level is called in version 3 and in version 2.
_ENTRY = frozenset({"conceptEntry", "termEntry"})
_LANGUAGE = frozenset({"langSec", "langSet"})
_TERM = frozenset({"termSec", "tig", "ntig"})
_LEVELS = _ENTRY | _LANGUAGE | _TERM

# Data categories that say whether a term may be used, by ISO 12620 or in tools' own files.
_STATUS = frozenset(
    {
        "administrativeStatus",
        "normativeAuthorization",
        "temporalQualifier",
        "usageStatus",
        "termStatus",
        "status",
        "forbidden",
    }
)


_WRAPPED = re.compile(r"\s*\n[ \t]+")


@TERMBASE_READERS.register("TBX", endings=(".tbx",), recognises=is_xml)
def read_termbase(
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Reads a TBX file, which says what languages it holds; see `read_tbx`."""
    return read_tbx(path, skipped=skipped)


def read_tbx(path: Path | str, *, skipped: Skipped | None = None) -> Termbase:
    """Reads a TBX file, version 2 or 3, in either style, of any dialect.

    Keeps the terms with their languages, statuses and notes, and the entries with their
    subjects, definitions and notes; other data categories are passed over. Several notes or
    definitions in one place become one, a line each. Languages are normalised; what is in a
    language that is none is passed over. Of two entries of one name the second gets another.

    Args:
        path: The file; `-` is standard input.
        skipped: Is told what is passed over.

    Raises:
        InputError: If the file cannot be read, is not well-formed, or is not TBX.
    """
    from align.formats.files import open_for_reading

    skipped = skipped or Skipped()
    entries: dict[str, TermbaseEntry] = {}
    again: Counter[str] = Counter()
    title = ""
    with open_for_reading(path) as stream:
        for number, (event, element) in enumerate(xml_events(stream, path)):
            name = local_name(element)
            if number == 0 and name not in ("tbx", "martif"):
                raise InputError(f"not TBX: its root element is <{name}>", path=path)
            if event == "start":
                continue
            if name == "title" and not title:
                title = _text(element)
            elif name in _ENTRY:
                entry = _entry(element, len(entries) + 1, skipped)
                if entry is not None and entry.identifier in entries:
                    skipped.add(
                        "an entry with the name of another", _line(element), taken_as="named anew"
                    )
                    entry = replace(entry, identifier=free_name(entry.identifier, entries, again))
                if entry is not None:
                    entries[entry.identifier] = entry
                drop(element)
    return Termbase(tuple(entries.values()), title)


def free_name(name: str, taken: Container[str], again: Counter[str]) -> str:
    """A name like one that is taken: `a1-2`, then `a1-3`.

    Args:
        name: The name.
        taken: Those that cannot be given.
        again: How often each was asked for, which is counted here.

    >>> free_name("a1", {"a1", "a1-2"}, Counter())
    'a1-3'
    """
    while True:
        again[name] += 1
        found = f"{name}-{again[name] + 1}"
        if found not in taken:
            return found


def _entry(element: etree._Element, number: int, skipped: Skipped) -> TermbaseEntry | None:
    terms: list[TermbaseTerm] = []
    definitions: dict[str, list[str]] = {}
    notes = _said(element, "note")
    for section in element:
        if local_name(section) not in _LANGUAGE:
            continue
        language = _language(section, skipped)
        if language is None:
            continue
        found = [_term(term, language) for term in _terms_in(section)]
        terms += [term for term in found if term is not None]
        if any(found):
            definitions.setdefault(language, []).extend(_said(section, "definition"))
        notes += [f"{language}: {note}" for note in _said(section, "note")]
    if not terms:
        return None
    return TermbaseEntry(
        identifier=identifier_of(element.get("id", "")) or f"c{number}",
        terms=tuple(terms),
        subject="; ".join(_said(element, "subjectField")),
        definition="\n".join(_said(element, "definition")),
        definitions={language: "\n".join(texts) for language, texts in definitions.items()},
        note="\n".join(notes),
    )


def _language(section: etree._Element, skipped: Skipped) -> str | None:
    from align.languages import is_known_tag, language_named

    tag = section.get(XML_LANG) or section.get("lang")
    name = local_name(section)
    if not tag:
        skipped.add(f"a <{name}> without xml:lang", _line(section))
    elif not is_known_tag(tag):
        skipped.add(f"a <{name}> in an unknown language", _line(section), example=tag)
    else:
        return language_named(tag)
    return None


def _terms_in(section: etree._Element) -> Iterator[etree._Element]:
    return (child for child in section if local_name(child) in _TERM)


def _term(element: etree._Element, language: str) -> TermbaseTerm | None:
    text = next((_text(each) for each in _within(element) if local_name(each) == "term"), "")
    if not text:
        return None
    return TermbaseTerm(
        text=text,
        language=language,
        status=strictest(_statuses(element)),
        note="\n".join(_said(element, "note")),
    )


def _statuses(element: etree._Element) -> Iterator[TermStatus | None]:
    for each in _within(element):
        category = _category(each)
        if category in _STATUS:
            said = _text(each)
            if category == "forbidden" and said.casefold() in ("true", "yes", "1"):
                said = category
            yield status_named(said)


def _said(element: etree._Element, category: str) -> list[str]:
    """What a level says of a data category, the levels below it aside."""
    said = (_text(each) for each in _within(element) if _category(each) == category)
    return [text for text in said if text]


def _within(element: etree._Element) -> Iterator[etree._Element]:
    """The elements below one, but for those of the next level."""
    for child in element:
        name = local_name(child)
        if name and name not in _LEVELS:
            yield child
            yield from _within(child)


def _category(element: etree._Element) -> str:
    """The data category, named by an attribute (DCA) or by the element itself (DCT)."""
    name = local_name(element)
    return name if name == "note" else element.get("type", name)


def _text(element: etree._Element) -> str:
    """The text in an element; that of a line that goes on indented is one line."""
    return lines(_WRAPPED.sub(" ", "".join(map(str, element.itertext()))))


def _line(element: etree._Element) -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) else None
