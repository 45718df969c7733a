"""Marks in the form of another script, and marks that stand twice."""

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
    from align.passages import Passage

# Two marks alike, three being an ellipsis or meant; a comma and a full stop.
_TWICE = regex.compile(
    r"(?<![.。])(?:\.\.|。。)(?![.。])|([,،，、;؛；:：?？؟!！])\1(?!\1)(?<!\1\1\1)"
    r"|[,،，、] ?[.。．](?![.\p{N}\p{L}])"
)
_OWN = {
    "Arab": r"\p{Arabic}",
    "Hani": r"[\p{Han}\p{Hiragana}\p{Katakana}ー々〇]",
}
_ALIKE = ":;?!"
_MOST = 1 / 200
"""Slips a passage; what comes more often, and more than once, is a habit."""


@register
class PunctuationFormsCheck(Check):
    """Marks in the form of another script, marks that stand twice.

    What:
        Warnings: a Latin comma or full stop after a Chinese or Japanese letter, a Latin comma,
        semicolon or question mark after an Arabic one, if the text has few of them; two commas,
        full stops or the like in a row, or a comma and a full stop. Notes where the text has many
        of the former, and half-width marks whose full-width form looks alike (: ; ? !).

    Why:
        The wrong form is a slip of the keyboard that readers notice at once. Numbers, addresses and
        ellipses are left alone, and so is what the source has as well.

    Example:
        “في 23 مارس 2021, جنحت”: “,” stands for “،”.

    Silence:
        Use the right mark, or accept the finding in the baseline.
    """

    name = "punctuation-forms"
    subject = "form"
    rank = 70

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Warnings and notes on marks."""
        for passage in translation.passages:
            places = [address.span for address in addresses_in(passage.target)]
            for match in _TWICE.finditer(passage.target):
                inside = any(place.start <= match.start() < place.stop for place in places)
                if inside or _TWICE.search(passage.source):
                    continue
                yield translation.finding(
                    self.name,
                    "warning",
                    passage,
                    f"the marks “{match[0]}” stand one after the other",
                    confidence=0.95,
                    target_span=Span(match.start(), match.end()),
                    suggestion=match[0][0] if len(set(match[0])) == 1 else None,
                )
        yield from self._foreign(translation)

    def _foreign(self, translation: Translation) -> Iterator[Finding]:
        marks = profile(translation.language).marks
        if not marks:
            return
        spaceless = not profile(translation.language).spaced
        foreign = _foreign_mark("".join(marks), spaceless=spaceless)
        found: dict[str, list[tuple[Passage, int]]] = {}
        for passage in translation.passages:
            places = [address.span for address in addresses_in(passage.target)]
            for match in foreign.finditer(passage.target):
                if not any(place.start <= match.start() < place.stop for place in places):
                    found.setdefault(match[0], []).append((passage, match.start()))
        number = sum(len(slips) for slips in found.values())
        rare = number <= max(_MOST * len(translation.passages), 1)
        for mark, slips in found.items():
            is_slip = rare and not (spaceless and mark in _ALIKE)
            for passage, offset in slips:
                yield translation.finding(
                    self.name,
                    "warning" if is_slip else "note",
                    passage,
                    f"“{mark}” stands where the language has “{marks[mark]}”",
                    confidence=0.9 if is_slip else 0.5,
                    target_span=Span(offset, offset + 1),
                    suggestion=marks[mark],
                )


def _foreign_mark(marks: str, *, spaceless: bool) -> regex.Pattern[str]:
    """Marks that stand among letters of the language's own script."""
    signs = f"[{regex.escape(marks)}]"
    if spaceless:
        own = _OWN["Hani"]
        return regex.compile(rf"(?<={own}[」』”》）]?){signs}(?=\s?{own}|[「『“《（]|\s*$)")
    own = _OWN["Arab"]
    # After a letter, or between a number and a word.
    return regex.compile(rf"(?<={own}[»”\")]?){signs}(?=\s|$)|(?<=\p{{N}}){signs}(?=\s+{own})")
