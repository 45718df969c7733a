"""The terms file: one JSON file that holds all that was found of an article's key terms.

Its schema, with a description of every field, is `schemas/terms.schema.json`. All offsets count
Unicode code points, as Python's string indices do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.findings import Finding
from align.formats.json_files import member, read_json, schema_named, span_member, write_json
from align.formats.registry import TERM_WRITERS
from align.terminology.model import (
    Mention,
    Occurrence,
    RenderedTerm,
    Rendering,
    Term,
    TermReport,
)
from align.text import Span

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "align-terms"
VERSION = 1


@TERM_WRITERS.register("json", "everything, for programs", endings=(".json",))
def write_terms(path: Path | str, report: TermReport) -> None:
    """Writes everything found of an article's terms; `-` is standard output.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.dates import creation_date

    write_json(
        path,
        {
            "format": FORMAT,
            "version": VERSION,
            "created": creation_date().strftime("%Y-%m-%dT%H:%M:%SZ"),
            "signature": report.signature,
            "name": report.name,
            "title": report.title,
            "pivot": report.pivot,
            "languages": list(report.languages),
            "parts": [{"file": name, "first": first} for name, first in report.parts],
            "held_back": report.held_back,
            "findings": [_finding(finding) for finding in report.findings],
            "terms": [_term(rendered) for rendered in report.terms],
        },
    )


def read_terms(path: Path | str) -> TermReport:
    """Reads what `write_terms` wrote, exactly.

    What follows from the rest (the share of a rendering, the text of a span) is passed over.

    Args:
        path: The file; `-` is standard input.

    Raises:
        InputError: If the file cannot be read, does not fit the schema, or contradicts itself
            (a span outside its text, an occurrence of no mention).
    """
    content = read_json(path, what="a terms file", name=FORMAT, version=VERSION, schema="terms")
    return _Reader(path).report(content)


def terms_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the terms file."""
    return schema_named("terms")


# Dataclasses to JSON


def _term(rendered: RenderedTerm) -> dict[str, Any]:
    term = rendered.term
    number_of = {mention: number for number, mention in enumerate(term.mentions)}
    return {
        "term": term.text,
        "variants": list(term.variants),
        "kind": term.kind,
        "origin": term.origin,
        "mentions": [
            {"segment": mention.segment, "span": span_member(mention.span), "text": mention.text}
            for mention in term.mentions
        ],
        "renderings": {
            language: [
                {
                    "rendering": rendering.text,
                    "forms": dict(rendering.forms),
                    "count": rendering.count,
                    "share": rendered.share(language, rendering),
                }
                for rendering in renderings
            ]
            for language, renderings in rendered.renderings.items()
        },
        "occurrences": {
            language: [
                _occurrence(occurrence, number_of[occurrence.mention], rendered, language)
                for occurrence in occurrences
            ]
            for language, occurrences in rendered.occurrences.items()
        },
    }


def _occurrence(
    occurrence: Occurrence, number: int, rendered: RenderedTerm, language: str
) -> dict[str, Any]:
    rendering = rendered.rendering_of(language, occurrence)
    return {
        "mention": number,
        "source_text": occurrence.source_text,
        "target_text": occurrence.target_text,
        "source_span": span_member(occurrence.source_span),
        "target_span": span_member(occurrence.target_span),
        "rendering": None if rendering is None else rendering.text,
        "form": occurrence.form,
        "segment": occurrence.mention.segment,
        "target_segments": list(occurrence.target_segments),
        "probability": occurrence.probability,
        "bead_confidence": occurrence.bead_confidence,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "check": finding.check,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "language": finding.language,
        "term": finding.term,
        "rendering": finding.rendering,
        "expected": finding.suggestion,
        "source_text": finding.source_text,
        "target_text": finding.target_text,
        "source_span": span_member(finding.source_span),
        "target_span": span_member(finding.target_span),
        "segment": finding.segment,
        "also": list(finding.also),
        "target_segments": list(finding.target_segments),
        "message": finding.message,
    }


# JSON to dataclasses: the shape is known to be right, what remains is whether it makes sense


class _Reader:
    def __init__(self, path: Path | str) -> None:
        self.path = path

    def report(self, content: dict[str, Any]) -> TermReport:
        return TermReport(
            name=content["name"],
            title=content["title"],
            pivot=content["pivot"],
            languages=tuple(content["languages"]),
            terms=tuple(
                self._term(term, f"$.terms[{number}]")
                for number, term in enumerate(content["terms"])
            ),
            findings=tuple(
                self._finding(finding, f"$.findings[{number}]")
                for number, finding in enumerate(content["findings"])
            ),
            held_back=content["held_back"],
            parts=tuple((part["file"], part["first"]) for part in content.get("parts", ())),
            signature=content["signature"],
        )

    def _term(self, content: dict[str, Any], place: str) -> RenderedTerm:
        term = Term(
            text=content["term"],
            variants=tuple(content["variants"]),
            kind=content["kind"],
            origin=content["origin"],
            mentions=tuple(
                Mention(
                    mention["segment"],
                    self._span(mention["span"], None, f"{place}.mentions[{number}].span"),
                    mention["text"],
                )
                for number, mention in enumerate(content["mentions"])
            ),
        )
        return RenderedTerm(
            term=term,
            renderings={
                language: tuple(
                    Rendering(rendering["rendering"], rendering["forms"])
                    for rendering in renderings
                )
                for language, renderings in content["renderings"].items()
            },
            occurrences={
                language: tuple(
                    self._occurrence(
                        occurrence, term, f"{place}.occurrences{member(language)}[{number}]"
                    )
                    for number, occurrence in enumerate(occurrences)
                )
                for language, occurrences in content["occurrences"].items()
            },
        )

    def _occurrence(self, content: dict[str, Any], term: Term, place: str) -> Occurrence:
        if content["mention"] >= len(term.mentions):
            raise self._error(f"{place}.mention", f"{term.text!r} has no such mention")
        source, target = content["source_text"], content["target_text"]
        return Occurrence(
            mention=term.mentions[content["mention"]],
            source_text=source,
            target_text=target,
            source_span=self._span(content["source_span"], source, f"{place}.source_span"),
            target_span=self._optional(content["target_span"], target, f"{place}.target_span"),
            target_segments=tuple(content["target_segments"]),
            probability=content["probability"],
            bead_confidence=content["bead_confidence"],
        )

    def _finding(self, content: dict[str, Any], place: str) -> Finding:
        source, target = content["source_text"], content["target_text"]
        segment, beside = content["segment"], content["target_segments"]
        return Finding(
            check=content.get("check", ""),
            severity=content["severity"],
            confidence=content["confidence"],
            language=content["language"],
            message=content["message"],
            source_text=source,
            target_text=target,
            source_span=self._span(content["source_span"], source, f"{place}.source_span"),
            target_span=self._optional(content["target_span"], target, f"{place}.target_span"),
            source_segments=Span(segment, segment + 1),
            target_segments=Span(min(beside), max(beside) + 1) if beside else Span(0, 0),
            suggestion=content["expected"],
            kind=content["kind"],
            term=content["term"],
            also=tuple(content.get("also", ())),
        )

    def _optional(self, span: list[int] | None, text: str, place: str) -> Span | None:
        return None if span is None else self._span(span, text, place)

    def _span(self, span: list[int], text: str | None, place: str) -> Span:
        start, stop = span
        if start > stop or (text is not None and stop > len(text)):
            of = "" if text is None else f" of a text of {len(text)} characters"
            raise self._error(place, f"{start}..{stop} is no span{of}")
        return Span(start, stop)

    def _error(self, place: str, message: str) -> InputError:
        return InputError(f"{place}: {message}", path=self.path)
