"""Spanish questions and exclamations without the mark that opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.addresses import addresses_in
from align.checks.base import Check, register
from align.languages.profile import profile
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding

_MARKS = regex.compile(r"[¿¡]+|[?!]+")
_OPENING = {"?": "¿", "!": "¡"}
_CLOSING = {"¿": "?", "¡": "!"}
_SENTENCE_END = regex.compile(r"[.?!…:;][\"'”’»)]*\s+")
_WORDS_BEFORE = 20  # characters that are looked up in the source as they are


@register
class InvertedMarksCheck(Check):
    """Questions without ¿, exclamations without ¡, in Spanish.

    What:
        In Spanish and Asturian every ? needs its ¿ and every ! its ¡ before it, and the reverse;
        one that is missing is a warning. The two may be mixed (“¡Qué?”).

    Why:
        Spell-checkers do not see it. Addresses and words that stand in the source as they are, such
        as foreign titles, are left alone.

    Example:
        “Is it ready?” → “Está lista?”: ¿ is missing.

    Silence:
        Add the mark, or accept the finding in the baseline.
    """

    name = "inverted-marks"
    subject = "form"
    rank = 80

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each mark without its counterpart."""
        if not profile(translation.language).inverted_marks:
            return
        for passage in translation.passages:
            for offset in _lone(passage.target, passage.source):
                mark = passage.target[offset]
                if mark in _OPENING:
                    message = f"“{_OPENING[mark]}” is missing before “{mark}”"
                else:
                    message = f"“{_CLOSING[mark]}” is missing after “{mark}”"
                yield translation.finding(
                    self.name,
                    "warning",
                    passage,
                    message,
                    confidence=0.9,
                    target_span=_sentence(passage.target, offset),
                )


def _sentence(text: str, offset: int) -> Span:
    """The stretch of a sentence in which the counterpart of a mark has to be."""
    if text[offset] in _CLOSING:
        return Span(offset, len(text))
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, offset)]
    return Span(ends[-1] if ends else 0, offset + 1)


def _lone(text: str, source: str) -> Iterator[int]:
    """Offsets of marks without counterpart within a passage."""
    places = [address.span for address in addresses_in(text)]
    opened: int | None = None
    for match in _MARKS.finditer(text):
        start = match.start()
        if any(place.start <= start < place.stop for place in places):
            continue
        if match[0][0] in _CLOSING:
            if opened is not None:
                yield opened
            opened = start
        elif opened is not None:
            opened = None
        else:
            words = text[max(start - _WORDS_BEFORE, 0) : match.end()].rpartition(" ")
            if not _stands_in(words[0].rpartition(" ")[2] + words[1] + words[2], source):
                yield start
    if opened is not None:
        yield opened


def _stands_in(words: str, source: str) -> bool:
    """Whether the last words before a mark, and the mark, stand in the source as they are."""
    return words.lstrip('«“"(').casefold() in source.casefold()
