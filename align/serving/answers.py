"""What is answered, as JSON, and the schemas of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from align.references import MemoryMatch, References, TermMatch
    from align.references.additions import Added
    from align.termbases import TermbaseTerm
    from align.units import Remark, TranslationUnit, Variant


def loaded(references: References) -> dict[str, Any]:
    """What there is to look things up in."""
    return {
        "memories": [
            {"name": memory.name, "units": len(memory), "languages": list(memory.languages)}
            for memory in references.memories
        ],
        "termbases": [
            {
                "name": each.name,
                "title": each.termbase.title,
                "concepts": len(each.termbase.entries),
                "languages": list(each.languages),
            }
            for each in references.termbases
        ],
        "writable": references.new.memory.name if references.new else None,
    }


def matches(found: Sequence[MemoryMatch], *, most: int, asked: Sequence[str]) -> dict[str, Any]:
    """Units that were found.

    Args:
        found: The units; more than `most` where there are more.
        most: How many to tell of.
        asked: The names of the memories that have both languages.
    """
    return {
        "matches": [
            {
                "score": match.score,
                "source": _text(match.source),
                "target": _text(match.target),
                "memory": match.memory,
                **_said(match.unit, (match.source, match.target)),
            }
            for match in found[:most]
        ],
        "more": len(found) > most,
        "asked": list(asked),
    }


def terms(found: Sequence[TermMatch], *, most: int | None, asked: Sequence[str]) -> dict[str, Any]:
    """Terms that were found; the arguments are as for `matches`."""
    return {
        "terms": [
            {
                "start": match.span.start if match.span else None,
                "end": match.span.stop if match.span else None,
                "term": _term(match.term),
                "renderings": [_term(term) for term in match.renderings],
                "subject": match.entry.subject,
                "definition": match.entry.definition
                or match.entry.definitions.get(match.term.language, ""),
                "note": match.entry.note,
                "termbase": match.termbase,
                "concept": match.entry.identifier,
            }
            for match in found[:most]
        ],
        "more": most is not None and len(found) > most,
        "asked": list(asked),
    }


def added(found: Added, memory: str) -> dict[str, Any]:
    """A unit that was added, or was there."""
    source, target = found.unit.variants
    return {
        "added": found.is_new,
        "source": _text(source),
        "target": _text(target),
        "memory": memory,
        "units": found.units,
    }


def problem(status: int, detail: str) -> dict[str, Any]:
    """What is wrong, as RFC 9457 has it."""
    from http import HTTPStatus

    return {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}


PROBLEM = "application/problem+json"
"""The media type of what is wrong."""


def _text(variant: Variant) -> dict[str, str]:
    return {"language": variant.language, "text": variant.text}


def _said(unit: TranslationUnit, variants: Sequence[Variant]) -> dict[str, Any]:
    """What the file says beside the texts: notes, properties, and when it was changed last."""
    remarks: list[Remark] = [*unit.remarks, *(each for v in variants for each in v.remarks)]
    attributes = [*unit.attributes, *(each for v in variants for each in v.attributes)]
    dates = [value for name, value in attributes if name in ("changedate", "creationdate")]
    return {
        "notes": [remark.text for remark in remarks if not remark.name],
        "properties": [
            {"name": remark.name, "text": remark.text} for remark in remarks if remark.name
        ],
        "changed": max(dates, default=""),
    }


def _term(term: TermbaseTerm) -> dict[str, str]:
    return {
        "language": term.language,
        "text": term.text,
        "status": term.status,
        "note": term.note,
    }


def _object(what: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "description": what,
        "properties": properties,
        "required": list(properties),
    }


def _list(of: str | dict[str, Any], what: str) -> dict[str, Any]:
    items = {"$ref": f"#/components/schemas/{of}"} if isinstance(of, str) else of
    return {"type": "array", "items": items, "description": what}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _string(what: str) -> dict[str, str]:
    return {"type": "string", "description": what}


def _number(what: str, *, least: int = 0, may_lack: bool = False) -> dict[str, Any]:
    kind = ["integer", "null"] if may_lack else "integer"
    return {"type": kind, "minimum": least, "description": what}


_TAG = _string("BCP 47 tag.")
_ASKED = _list(_string("A name."), "The names of those that have the languages and were asked.")
_MORE = {"type": "boolean", "description": "Whether there is more than was asked for."}

SCHEMAS: dict[str, dict[str, Any]] = {
    "Loaded": _object(
        "What there is to look things up in.",
        memories=_list("Memory", "The memories, in the order in which they are asked."),
        termbases=_list("Termbase", "The termbases, likewise."),
        writable={
            "type": ["string", "null"],
            "description": "The name of the new memory, to which units can be added.",
        },
    ),
    "Memory": _object(
        "A memory.",
        name=_string("Its file."),
        units=_number("How many units it has."),
        languages=_list(_TAG, "Its languages."),
    ),
    "Termbase": _object(
        "A termbase.",
        name=_string("Its file."),
        title=_string("What it is called; may be empty."),
        concepts=_number("How many concepts it has."),
        languages=_list(_TAG, "Its languages."),
    ),
    "Text": _object("A text.", language=_TAG, text=_string("The text, without inline codes.")),
    "Match": _object(
        "A unit of a memory.",
        score={
            "type": "integer",
            "minimum": 1,
            "maximum": 100,
            "description": "How like what was looked up, in per cent; 100 in a concordance.",
        },
        source=_ref("Text"),
        target=_ref("Text"),
        memory=_string("The name of the memory."),
        notes=_list(_string("A note."), "What is noted of it."),
        properties=_list(
            _object("A property.", name=_string("Its name."), text=_string("Its value.")),
            "Its properties.",
        ),
        changed=_string("When it was changed last, as its file says it; may be empty."),
    ),
    "Matches": _object(
        "Units that were found.", matches=_list("Match", "The units."), more=_MORE, asked=_ASKED
    ),
    "Term": _object(
        "A term of one language.",
        language=_TAG,
        text=_string("The term."),
        status={
            "type": "string",
            "enum": ["preferred", "admitted", "deprecated"],
            "description": "Whether it is to be used, may be, or must not be.",
        },
        note=_string("What is noted of it; may be empty."),
    ),
    "FoundTerm": _object(
        "A concept that was found by one of its terms.",
        start=_number("Where the term begins in the text, in characters; null of a search.",
                      may_lack=True),
        end=_number("Where it ends, likewise.", may_lack=True),
        term=_ref("Term"),
        renderings=_list("Term", "Its renderings, the preferred first, the deprecated last."),
        subject=_string("The field it belongs to; may be empty."),
        definition=_string("What the concept is; may be empty."),
        note=_string("What is noted of the concept; may be empty."),
        termbase=_string("The name of the termbase."),
        concept=_string("The identifier of the concept in it."),
    ),
    "Terms": _object(
        "Terms that were found.", terms=_list("FoundTerm", "The terms."), more=_MORE, asked=_ASKED
    ),
    "Added": _object(
        "A unit of the new memory.",
        added={"type": "boolean", "description": "Whether it was not there before."},
        source=_ref("Text"),
        target=_ref("Text"),
        memory=_string("The name of the memory."),
        units=_number("How many units the memory has now."),
    ),
    "Problem": _object(
        "What is wrong, in the form of RFC 9457.",
        title=_string("The status in words."),
        status=_number("The status.", least=400),
        detail=_string("What is wrong and what to do, in one line."),
    ),
}  # fmt: skip
"""The schemas of all answers, JSON Schema 2020-12 as OpenAPI 3.1 has it."""
