"""How sentences end: a question that is none any more, a full stop that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.languages.profile import profile
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage

_CLOSING = r"[\"'”’»›」』)）\]】\s\u200e\u200f]*"
_END = regex.compile(rf"([^\"'”’»›」』)）\]】\s\u200e\u200f]?){_CLOSING}$")
_FULL_STOP = frozenset(".。．｡।۔።։…")
_FEWEST_LETTERS = 20  # in a sentence whose full stop is missed


@register
class EndPunctuationCheck(Check):
    """A question without its mark, a sentence without its full stop.

    What:
        The marks that end each passage are compared by kind, 。 with . and ؟ with ?. A question of
        the source whose translation has no question mark is a warning, a full stop on one side
        alone a note.

    Why:
        A lost question mark turns a question into a statement. Questions that end with a particle
        (か, 吗) may do without; colons, semicolons and exclamation marks come and go between
        languages and are left alone.

    Example:
        “Is it enough?” → “Est-ce suffisant.”: the question mark is missing.

    Silence:
        Rephrase, or accept the finding in the baseline.
    """

    name = "end-punctuation"
    subject = "form"
    rank = 90

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Warnings for lost question marks, notes for full stops."""
        source = profile(translation.source_language)
        target = profile(translation.language)
        for passage in translation.passages:
            if not passage.is_aligned:
                continue
            asks = _last(passage.source) in source.question_marks
            if asks and not target.question_marks & set(passage.target):
                if not _ends_with(passage.target, target.question_particles):
                    yield translation.finding(
                        self.name,
                        "warning",
                        passage,
                        "the source asks a question, the translation has no question mark",
                        confidence=0.8,
                        target_span=_end_span(passage.target),
                    )
            elif message := _full_stops(passage):
                yield translation.finding(
                    self.name,
                    "note",
                    passage,
                    message,
                    confidence=0.6,
                    target_span=_end_span(passage.target),
                )


def _full_stops(passage: Passage) -> str | None:
    ours, theirs = _last(passage.target), _last(passage.source)
    long = min(len(passage.source), len(passage.target) * 2) >= _FEWEST_LETTERS
    if theirs in _FULL_STOP and ours.isalnum() and long:
        return "the source ends with a full stop, the translation does not"
    if ours in _FULL_STOP and theirs.isalnum() and long:
        return "the translation ends with a full stop, the source does not"
    return None


def _last(text: str) -> str:
    match = _END.search(text)
    return match[1] if match else ""


def _end_span(text: str) -> Span:
    match = _END.search(text)
    return Span(max(match.start(), 0), len(text)) if match else Span(0, len(text))


def _ends_with(text: str, particles: tuple[str, ...]) -> bool:
    bare = text.rstrip('。．.！!…」』”"）) 　')
    return bool(particles) and bare.endswith(particles)
