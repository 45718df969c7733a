"""Termbases of MultiTerm as XML, the form that Trados exports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from align.errors import InputError
from align.formats.registry import TERMBASE_READERS
from align.formats.termbases.statuses import status_named, strictest
from align.formats.termbases.tbx.reader import free_name
from align.formats.xml_files import drop, local_name, root_is, xml_events
from align.languages import is_known_tag, language_named
from align.skipped import Skipped
from align.termbases.model import Termbase, TermbaseEntry, TermbaseTerm, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

_GROUPS = frozenset({"conceptGrp", "languageGrp", "termGrp"})
_SUBJECT = frozenset({"subject", "subject field", "domain", "category"})
_NOTE = frozenset({"note", "notes", "comment", "remark", "usage note", "context note"})


@TERMBASE_READERS.register("MultiTerm XML", endings=(".mtf",), recognises=root_is("mtf"))
def read_multiterm(
    path: Path | str,
    *,
    languages: tuple[str, str] | None = None,
    skipped: Skipped | None = None,
) -> Termbase:
    """Reads a termbase of MultiTerm, in whatever encoding it declares (UTF-16, mostly).

    Fields are named by whoever made the termbase: one whose value is a status makes it the
    term's; definitions, notes and subjects are known by their English names. What is in a language
    that is none is passed over.

    Args:
        path: The file; `-` is standard input.
        languages: Not needed; the file says them.
        skipped: Is told what is passed over.

    Raises:
        InputError: If the file cannot be read, is not well-formed, or is not of MultiTerm.
    """
    from align.formats.files import open_for_reading

    skipped = skipped or Skipped()
    entries: dict[str, TermbaseEntry] = {}
    again: Counter[str] = Counter()
    with open_for_reading(path) as stream:
        for number, (event, element) in enumerate(xml_events(stream, path)):
            name = local_name(element)
            if number == 0 and name != "mtf":
                raise InputError(f"not of MultiTerm: its root element is <{name}>", path=path)
            if event == "end" and name == "conceptGrp":
                identifier = _identifier(element) or f"c{len(entries) + 1}"
                if identifier in entries:
                    skipped.add(
                        "an entry with the name of another", _line(element), taken_as="named anew"
                    )
                    identifier = free_name(identifier, entries, again)
                entry = _entry(element, identifier, skipped)
                if entry is not None:
                    entries[identifier] = entry
                drop(element)
    return Termbase(tuple(entries.values()))


def _identifier(concept: etree._Element) -> str:
    found = (one_line(_text(each)) for each in concept if local_name(each) == "concept")
    return next(found, "")


def _entry(concept: etree._Element, identifier: str, skipped: Skipped) -> TermbaseEntry | None:
    terms: list[TermbaseTerm] = []
    definitions: dict[str, str] = {}
    notes = _said(concept, _NOTE)
    for group in concept:
        if local_name(group) != "languageGrp":
            continue
        language = _language(group, skipped)
        if language is None:
            continue
        found = [term for each in group if (term := _term(each, language)) is not None]
        terms += found
        said = "\n".join(_said(group, {"definition"}))
        if found and said:
            definitions[language] = said
        notes += [f"{language}: {note}" for note in _said(group, _NOTE)]
    if not terms:
        return None
    return TermbaseEntry(
        identifier=identifier,
        terms=tuple(terms),
        subject="; ".join(_said(concept, _SUBJECT)),
        definition="\n".join(_said(concept, {"definition"})),
        definitions=definitions,
        note="\n".join(notes),
    )


def _language(group: etree._Element, skipped: Skipped) -> str | None:
    """The language of a group, by its tag or else by its name in English."""
    for child in group:
        if local_name(child) == "language":
            for tag in (child.get("lang", ""), child.get("type", "")):
                if is_known_tag(tag):
                    return language_named(tag)
            said = child.get("lang") or child.get("type") or ""
            skipped.add("a language that is not known", _line(group), example=said)
            return None
    skipped.add("a group of terms without a language", _line(group))
    return None


def _term(group: etree._Element, language: str) -> TermbaseTerm | None:
    if local_name(group) != "termGrp":
        return None
    text = next((_text(each) for each in group if local_name(each) == "term"), "")
    if not one_line(text):
        return None
    return TermbaseTerm(
        text=text,
        language=language,
        status=strictest(status_named(value) for _, value in _fields(group)),
        note="\n".join(_said(group, _NOTE)),
    )


def _said(group: etree._Element, names: frozenset[str] | set[str]) -> list[str]:
    return [value for name, value in _fields(group) if name in names]


def _fields(group: etree._Element) -> Iterator[tuple[str, str]]:
    """The fields of a level, the levels below it aside."""
    for child in group:
        name = local_name(child)
        if name == "descrip":
            yield child.get("type", "").casefold(), _text(child)
        elif name and name not in _GROUPS:
            yield from _fields(child)


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _line(element: etree._Element) -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) else None
