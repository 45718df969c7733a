"""Spaces: doubled ones, ones before a comma or between Chinese characters, French no-break ones."""

from __future__ import annotations

from collections import Counter
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

_DOUBLED = regex.compile(r"(?<=\S) {2,}(?=\S)")
_BEFORE_MARK = regex.compile(r"(?<=[\p{L}\p{N}”»\"')]) +([,.،。，、;؛](?![\p{L}\p{N}.…]))")
_WITHIN_HAN = regex.compile(
    r"(?<=[\p{Han}\p{Hiragana}\p{Katakana}、。，]) +(?=[\p{Han}\p{Hiragana}\p{Katakana}])"
)
_NO_BREAK = "\u00a0\u202f"
_MOST = 0.2
"""Share of a text's marks that may depart from its own habit for these to be slips."""


@register
class SpacingCheck(Check):
    """Doubled spaces, spaces before commas, within Chinese, uneven French ones.

    What:
        Notes: two spaces in a row; a space before a comma, a full stop or a semicolon (French ones
        aside); a space between Chinese characters or kana, if the text has few; in French, a mark
        such as “:” or “»” whose space is not as before most others of the text.

    Why:
        Such slips are invisible on the screen and plain in print. What a text does throughout is
        its own style and is left alone.

    Example:
        “Le port , lui, dort.”: a space before the comma.

    Silence:
        Remove the space, or skip the check (`--skip spacing`).
    """

    name = "spacing"
    subject = "form"
    rank = 100

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Notes on spaces."""
        found = [
            *_doubled(translation),
            *_before_marks(translation),
            *_within_han(translation),
            *_before_spaced_marks(translation),
        ]
        for passage, span, message in found:
            yield translation.finding(
                self.name, "note", passage, message, confidence=0.8, target_span=span
            )


_Found = tuple["Passage", Span, str]


def _doubled(translation: Translation) -> Iterator[_Found]:
    for passage in translation.passages:
        before = 0  # characters of the passage that come before, spaces left out
        for index in passage.bead.target:
            text = translation.target.segments[index].text
            for match in _DOUBLED.finditer(text):
                letters = before + _visible(text[: match.start()])
                yield passage, _after(passage.target, letters), "two spaces in a row"
            before += _visible(text)


def _visible(text: str) -> int:
    return sum(not character.isspace() for character in text)


def _after(text: str, letters: int) -> Span:
    """The space after so many characters; runs of spaces are one where passages are joined."""
    for offset, character in enumerate(text):
        if letters == 0:
            return Span(offset, offset + 1)
        letters -= not character.isspace()
    return Span(len(text), len(text))


def _before_marks(translation: Translation) -> Iterator[_Found]:
    spaced = profile(translation.language).spaced_marks
    for passage in translation.passages:
        places = [address.span for address in addresses_in(passage.target)]
        for match in _BEFORE_MARK.finditer(passage.target):
            inside = any(place.start < match.start() < place.stop for place in places)
            if match[1] not in spaced and not inside:
                span = Span(match.start(), match.end())
                yield passage, span, f"a space stands before “{match[1]}”"


def _within_han(translation: Translation) -> Iterator[_Found]:
    if profile(translation.language).spaced:
        return
    found = [
        (passage, Span(match.start(), match.end()), "a space stands between characters")
        for passage in translation.passages
        for match in _WITHIN_HAN.finditer(passage.target)
    ]
    if len(found) <= max(_MOST * len(translation.passages), 1):
        yield from found


def _before_spaced_marks(translation: Translation) -> Iterator[_Found]:
    """Marks whose space is not as before most others of their kind."""
    marks = profile(translation.language).spaced_marks
    if not marks:
        return
    sign = regex.compile(rf"(?<=[\p{{L}}\p{{N}}”\"')»]) *[ {_NO_BREAK}]?([{''.join(marks)}])(?!\S)")
    found: dict[str, list[tuple[str, Passage, Span]]] = {}
    for passage in translation.passages:
        for match in sign.finditer(passage.target):
            space = match[0][:-1]
            kind = "a no-break space" if space in tuple(_NO_BREAK) else "a space" if space else ""
            span = Span(match.start(), match.end())
            found.setdefault(match[1], []).append((kind, passage, span))
    for mark, places in found.items():
        counts = Counter(kind for kind, _, _ in places)
        usual, often = counts.most_common(1)[0]
        if len(places) - often > _MOST * len(places):
            continue
        for kind, passage, span in places:
            if kind != usual:
                message = (
                    f"{kind or 'no space'} stands before “{mark}”, "
                    f"elsewhere in this text {usual or 'none'}"
                )
                yield passage, span, message
