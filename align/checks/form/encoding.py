"""Corrupted characters: wrongly decoded text, replacement and control characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage

# The joiners of Arabic and Indic script and the marks of direction are text.
_CORRUPTED = regex.compile(r"[\ufffd\ufffc]+|[\p{Cc}--[\t\n\r]]+|\p{Co}+|\p{Cs}+|\p{Cn}+", regex.V1)
# Two characters of the kind that UTF-8 read as Latin-1, CP 1252, CP 1251 or Mac Roman leaves.
_SUSPECT = regex.compile(
    r"[\u00c2\u00c3\u00c5\u00d0\u00d1\u00d8\u00d9\u00ce\u00cf\u00e2-\u00ef][\u0080-\u00ff\u0152-\u0178"
    r"\u0192\u02c6\u02dc\u2013-\u2122\u20ac]|[\u0420\u0421\u0413\u0432][\u00a0-\u00bf\u0400-\u040f"
    r"\u0450-\u045f\u0490\u2013-\u2122]|[\u221a\u00ac\u2248]."
)


@register
class EncodingCheck(Check):
    """Corrupted characters: “Ã©” for “é”, �, control characters.

    What:
        Errors: text that was read in the wrong encoding (found by the package ftfy, which says what
        it was), replacement characters, control characters, private-use and unassigned ones.

    Why:
        They show that a file went through a program that did not know its encoding; more is usually
        lost than one sees. What the source has as well is left alone.

    Example:
        “l’été” → “lâ€™Ã©tÃ©”: suggestion “l’été”.

    Silence:
        Correct it, or accept the finding in the baseline.
    """

    name = "encoding"
    subject = "form"
    rank = 40

    def find(self, translation: Translation) -> Iterator[Finding]:
        """An error for each corrupted stretch."""
        for passage in translation.passages:
            for span, what, remedy in _corrupted(passage):
                yield translation.finding(
                    self.name,
                    "error",
                    passage,
                    what,
                    confidence=0.95,
                    target_span=span,
                    suggestion=remedy,
                )


def _corrupted(passage: Passage) -> Iterator[tuple[Span, str, str | None]]:
    for match in _CORRUPTED.finditer(passage.target):
        if match[0][0] not in passage.source:
            codes = " ".join(f"U+{ord(character):04X}" for character in match[0][:3])
            yield Span(*match.span()), f"the text holds {codes}, which is no character", None
    if not _SUSPECT.search(passage.target):
        return
    import ftfy

    offset = 0
    for piece in regex.split(r"(\s+)", passage.target):
        if _SUSPECT.search(piece) and piece not in passage.source:
            remedy = ftfy.fix_encoding(piece)
            if remedy != piece:
                span = Span(offset, offset + len(piece))
                yield span, "the text was read in the wrong encoding", remedy
        offset += len(piece)
