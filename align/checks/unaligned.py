"""Segments of one text that have no counterpart in the other: omissions and additions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import regex

from align.beads import Bead
from align.checks.base import Check, register
from align.languages import join_segments
from align.passages import Passage
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding

_LETTER = regex.compile(r"[\p{L}\p{N}]")


@register
class OmissionCheck(Check):
    """Sentences and paragraphs that are not translated.

    What:
        A source segment that the alignment leaves without any counterpart is an error. Consecutive
        ones of one paragraph are one finding.

    Why:
        A reader of the translation cannot know what is missing. Segments that were merged with
        others have a counterpart and are not reported.

    Example:
        “She sailed at dawn. The ice held her fast.” → “Elle partit à l’aube.”

    Silence:
        Translate it, or accept the finding in the baseline.
    """

    name = "omission"
    subject = "completeness"
    rank = 10
    covers = "all"

    def find(self, translation: Translation) -> Iterator[Finding]:
        """An error for each run of source segments without target."""
        for passage in _without_counterpart(translation, "source"):
            yield translation.finding(
                self.name,
                "error",
                passage,
                f"{_counted(len(passage.bead.source), 'is', 'are')} not translated",
                confidence=_confidence(passage),
                source_span=Span(0, len(passage.source)),
            )


@register
class AdditionCheck(Check):
    """Sentences and paragraphs that the source does not have.

    What:
        A segment of the translation that the alignment leaves without any counterpart is a warning.
        Consecutive ones of one paragraph are one finding.

    Why:
        It may be a translator’s note, or something left over from another version.

    Example:
        “She sailed at dawn.” → “Elle partit à l’aube. Il pleuvait.”

    Silence:
        Delete it, or accept the finding in the baseline.
    """

    name = "addition"
    subject = "completeness"
    rank = 20
    covers = "all"

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each run of target segments without source."""
        for passage in _without_counterpart(translation, "target"):
            yield translation.finding(
                self.name,
                "warning",
                passage,
                f"{_counted(len(passage.bead.target), 'has', 'have')} no source",
                confidence=_confidence(passage),
                target_span=Span(0, len(passage.target)),
            )


def _counted(size: int, one: str, several: str) -> str:
    return f"a segment {one}" if size == 1 else f"{size} segments {several}"


def _confidence(passage: Passage) -> float:
    confidence = passage.bead.confidence
    return 1.0 if confidence is None else confidence


def _without_counterpart(
    translation: Translation, side: Literal["source", "target"]
) -> Iterator[Passage]:
    """What stands on one side only, neighbouring segments of one paragraph together.

    They are together if all are sure or none is.
    """
    other = "target" if side == "source" else "source"
    segments = getattr(translation, side).segments
    run: list[Passage] = []
    for passage in translation.passages:
        if len(getattr(passage.bead, other)) or not _LETTER.search(getattr(passage, side)):
            continue
        if run:
            span, last = getattr(passage.bead, side), getattr(run[-1].bead, side)
            block = segments[last.stop - 1].block
            sure = translation.is_sure(run[-1])
            same = segments[span.start].block == block and sure == translation.is_sure(passage)
            if last.stop != span.start or not same:
                yield _together(run, translation)
                run = []
        run.append(passage)
    if run:
        yield _together(run, translation)


def _together(run: list[Passage], translation: Translation) -> Passage:
    """Several passages as one, as sure as the least sure of them."""
    if len(run) == 1:
        return run[0]
    confidences = [p.bead.confidence for p in run if p.bead.confidence is not None]
    first, last = run[0].bead, run[-1].bead
    if len(first.source):
        source, target = Span(first.source.start, last.source.stop), first.target
    else:
        source, target = first.source, Span(first.target.start, last.target.stop)
    return Passage(
        Bead(source, target, None, min(confidences, default=None)),
        join_segments((passage.source for passage in run), translation.source_language),
        join_segments((passage.target for passage in run), translation.language),
    )
