"""The two checks on clauses: left out of the translation, and added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import regex

from align.checks.base import Check, register
from align.checks.clauses.evidence import Sides
from align.checks.clauses.search import missing_parts
from align.checks.lengths import length_ratios
from align.checks.quantities.matching import same_quantity
from align.languages.profile import profile
from align.quantities import quantities_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.checks.clauses.search import MissingPart
    from align.findings import Finding
    from align.passages import Passage

Direction = Literal["omitted", "added"]

_WORD = regex.compile(r"\p{L}+")
_EDGES = " \t\u00a0\u3000,;:，、；：،؛—–-"


@register
class OmittedClauseCheck(Check):
    """A clause or a parenthesis left out of a sentence that is translated.

    What:
        Each part of a source passage, between commas, brackets and conjunctions, is looked for in
        the translation: by the vectors of its words and of the part, by how much more similar the
        passage is without it, by its numbers and names, and by the length of the translation. One
        that is not found is a warning, one that is hardly found a note.

    Why:
        It is the error that reading the translation alone never shows. Free renderings are told
        from omissions by fitted weights, which are set to miss some rather than to warn where
        nothing is missing.

    Example:
        “The rule, which began in 2024, is strict.” → “La règle est stricte.”

    Silence:
        Translate it, or accept the finding in the baseline.
    """

    name = "omitted-clause"
    subject = "completeness"
    rank = 30
    covers = "parts"

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each part without counterpart."""
        for passage, span, found in _missing(translation, "omitted"):
            yield translation.finding(
                self.name,
                "warning" if found.is_sure else "note",
                passage,
                f"“{_shortened(passage.source[span.slice])}” is not translated",
                confidence=found.confidence,
                source_span=span,
            )


@register
class AddedClauseCheck(Check):
    """A clause or a parenthesis that the source sentence does not have.

    What:
        As `omitted-clause`, the other way round: a part of a translated passage that is not found
        in the source is a warning, one that is hardly found a note.

    Why:
        It may be a translator’s explanation, or something that belongs elsewhere.

    Example:
        “The rule is strict.” → “La règle, entrée en vigueur en 2024, est stricte.”

    Silence:
        Delete it, or accept the finding in the baseline.
    """

    name = "added-clause"
    subject = "completeness"
    rank = 40

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each part without source."""
        for passage, span, found in _missing(translation, "added"):
            yield translation.finding(
                self.name,
                "warning" if found.is_sure else "note",
                passage,
                f"the source does not say “{_shortened(passage.target[span.slice])}”",
                confidence=found.confidence,
                target_span=span,
            )


def _missing(
    translation: Translation, direction: Direction
) -> Iterator[tuple[Passage, Span, MissingPart]]:
    """The parts that one side of the passages lacks, with their places on the other."""
    passages = [passage for passage in translation.passages if passage.is_aligned]
    texts = [(passage.source, passage.target) for passage in passages]
    languages = (translation.source_language, translation.language)
    if direction == "added":
        texts = [(target, source) for source, target in texts]
        languages = languages[::-1]
    sides = Sides([one for one, _ in texts], [other for _, other in texts], *languages)
    ratios = length_ratios(texts, *languages)
    for found in missing_parts(sides, translation.encoder, ratios, direction=direction):
        text, other = texts[found.passage]
        span = _trimmed(text, found.span)
        if not _is_a_quantity(text, span, other, *languages):
            yield passages[found.passage], span, found


def _is_a_quantity(text: str, span: Span, other: str, language: str, others: str) -> bool:
    """Whether a part is no more than quantities that stand on the other side in some words.

    Vectors know little of these: "at about 7:30" is "hacia las siete y media".
    """
    rest = text[: span.stop]
    inside = []
    for quantity in quantities_of(text, language):
        if span.start <= quantity.span.start and quantity.span.stop <= span.stop:
            inside.append(quantity)
            rest = (
                rest[: quantity.span.start] + " " * len(quantity.span) + rest[quantity.span.stop :]
            )
    words = _WORD.findall(rest[span.start :].lower())
    if not inside or not profile(language).function_words.issuperset(words):
        return False
    there = quantities_of(other, others)
    return all(any(same_quantity(quantity, each) for each in there) for quantity in inside)


def _trimmed(text: str, span: Span) -> Span:
    """The span without the marks and spaces at its edges."""
    part = text[span.slice]
    start = span.start + len(part) - len(part.lstrip(_EDGES))
    return Span(start, max(span.stop - (len(part) - len(part.rstrip(_EDGES))), start))


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rstrip() + "…"
