"""The alignment file: one JSON file that holds all there is to know of an aligned article.

Its schema, with a description of every field, is `schemas/alignment.schema.json`. All offsets
count Unicode code points, as Python's string indices do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from align.article import AlignedArticle
from align.beads import Alignment, Bead
from align.documents.model import Block, Document, Landmark
from align.documents.places import landmark_at
from align.edition import Edition
from align.errors import InputError
from align.formats.json_files import member, read_json, schema_named, write_json
from align.formats.registry import PAIR_WRITERS
from align.segmentation.model import Segment
from align.text import Span
from align.units import TranslationUnit, Variant

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "align-alignment"
VERSION = 1


@PAIR_WRITERS.register("json", "everything, for programs", endings=(".json",))
def write_alignment(path: Path | str, article: AlignedArticle) -> None:
    """Writes an aligned article whole; `-` is standard output.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.dates import creation_date

    content = {
        "format": FORMAT,
        "version": VERSION,
        "created": creation_date().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "signature": article.signature,
        "name": article.name,
        "title": article.title,
        "licence": article.licence,
        "pivot": article.pivot,
        "min_confidence": article.min_confidence,
        **({"review": article.review} if article.review else {}),
        "editions": {tag: _edition(edition) for tag, edition in article.editions.items()},
        "alignments": {
            tag: [_bead(bead) for bead in alignment]
            for tag, alignment in article.alignments.items()
        },
        "units": [[_variant(variant) for variant in unit.variants] for unit in article.units],
    }
    write_json(path, content)


def read_alignment(path: Path | str) -> AlignedArticle:
    """Reads what `write_alignment` wrote, exactly.

    Args:
        path: The file; `-` is standard input.

    Raises:
        InputError: If the file cannot be read, does not fit the schema, or contradicts itself
            (a span outside the text, a segment in two beads).
    """
    content = read_json(
        path, what="an alignment file", name=FORMAT, version=VERSION, schema="alignment"
    )
    return _Reader(path).article(content)


def alignment_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the alignment file."""
    return schema_named("alignment")


# Dataclasses to JSON


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "file": edition.file,
        "address": edition.address,
        "declared_language": edition.document.language,
        "text": edition.document.text,
        "blocks": [
            {"kind": block.kind, "start": block.start, "stop": block.stop, "line": block.line}
            for block in edition.document.blocks
        ],
        "segments": [
            {"start": segment.start, "stop": segment.stop, "block": segment.block}
            | _place(edition, segment)
            for segment in edition.segments
        ],
    }


def _place(edition: Edition, segment: Segment) -> dict[str, str]:
    landmark = landmark_at(edition.document, segment.start)
    return {} if landmark is None else {"place": landmark.name}


def _bead(bead: Bead) -> dict[str, Any]:
    return {
        "source": [bead.source.start, bead.source.stop],
        "target": [bead.target.start, bead.target.stop],
        "score": bead.score,
        "confidence": bead.confidence,
        "moved": bead.moved,
        **({"reviewed": bead.verdict} if bead.verdict else {}),
    }


def _variant(variant: Variant) -> dict[str, Any]:
    return {
        "language": variant.language,
        "segments": list(variant.segments),
        "text": variant.text,
        "score": variant.score,
        "confidence": variant.confidence,
        "complete": variant.complete,
        **({"reviewed": variant.reviewed} if variant.reviewed else {}),
    }


# JSON to dataclasses: the shape is known to be right, what remains is whether it makes sense


class _Reader:
    def __init__(self, path: Path | str) -> None:
        self.path = path

    def article(self, content: dict[str, Any]) -> AlignedArticle:
        pivot = content["pivot"]
        if pivot not in content["editions"]:
            raise self._error("$.pivot", f"there is no edition in {pivot!r}")
        languages = sorted(content["editions"], key=lambda language: language != pivot)
        editions = {
            language: self._edition(language, content["editions"][language])
            for language in languages
        }
        return AlignedArticle(
            name=content["name"],
            title=content["title"],
            licence=content["licence"],
            pivot=pivot,
            editions=editions,
            alignments={
                language: self._alignment(language, beads, editions, pivot)
                for language, beads in content["alignments"].items()
            },
            units=tuple(
                self._unit(number, variants, editions)
                for number, variants in enumerate(content["units"])
            ),
            min_confidence=content["min_confidence"],
            signature=content["signature"],
            review=content.get("review"),
        )

    def _edition(self, language: str, content: dict[str, Any]) -> Edition:
        text = content["text"]
        place = f"$.editions{member(language)}"
        blocks = []
        for number, block in enumerate(content["blocks"]):
            self._check_span(block, len(text), f"{place}.blocks[{number}]")
            span = block["start"], block["stop"]
            blocks.append(Block(block["kind"], *span, block.get("line")))
        segments = []
        landmarks = []
        for number, segment in enumerate(content["segments"]):
            start, stop, index = segment["start"], segment["stop"], segment["block"]
            # An empty line is a segment where a text was given one segment a line.
            self._check_span(segment, len(text), f"{place}.segments[{number}]", may_be_empty=True)
            if index >= len(blocks):
                raise self._error(f"{place}.segments[{number}]", f"there is no block {index}")
            segments.append(Segment(text[start:stop], start, stop, index))
            if segment.get("place"):
                landmarks.append(Landmark(start, segment["place"]))
        return Edition(
            language=language,
            document=Document(
                text, tuple(blocks), content["declared_language"], landmarks=tuple(landmarks)
            ),
            segments=tuple(segments),
            file=content["file"],
            address=content["address"],
        )

    def _alignment(
        self, language: str, beads: list[Any], editions: dict[str, Edition], pivot: str
    ) -> Alignment:
        place = f"$.alignments{member(language)}"
        if language not in editions:
            raise self._error(place, "there is no edition in this language")
        try:
            return Alignment(
                tuple(
                    Bead(
                        source=Span(*bead["source"]),
                        target=Span(*bead["target"]),
                        score=bead["score"],
                        confidence=bead["confidence"],
                        moved=bead["moved"],
                        verdict=bead.get("reviewed"),
                    )
                    for bead in beads
                ),
                len(editions[pivot].segments),
                len(editions[language].segments),
            )
        except ValueError as error:
            raise self._error(place, str(error)) from None

    def _unit(
        self, number: int, variants: list[Any], editions: dict[str, Edition]
    ) -> TranslationUnit:
        for position, variant in enumerate(variants):
            edition = editions.get(variant["language"])
            if edition is None or max(variant["segments"]) >= len(edition.segments):
                raise self._error(f"$.units[{number}][{position}]", "has no such segments")
        return TranslationUnit(
            tuple(Variant(**(variant | _tuple_of(variant))) for variant in variants)
        )

    def _check_span(
        self, span: dict[str, Any], size: int, place: str, *, may_be_empty: bool = False
    ) -> None:
        least = span["start"] + (not may_be_empty)
        if not least <= span["stop"] <= size:
            raise self._error(
                place, f"{span['start']}..{span['stop']} is no span of a text of {size} characters"
            )

    def _error(self, place: str, message: str) -> InputError:
        return InputError(f"{place}: {message}", path=self.path)


def _tuple_of(variant: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    return {"segments": tuple(variant["segments"])}
