"""Brackets that are opened and not closed, or closed and not opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.checks.form.pairing import Pairs, lone_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding

# A full-width bracket may close a narrow one: which kind it is, is another matter.
_PAIRS = ("()", "（）", "(）", "（)", "[]", "［］", "{}", "｛｝", "【】", "〔〕", "〈〉", "《》")
_ITEM = regex.compile(r"(?:^|[;:,.，；：、。]\s*)[\p{L}\p{N}]{1,2}$")  # "a)", "1)"
_LONGEST_ITEM = 20  # characters, spaces before it among them
_FACE = regex.compile(r"(?:^|\s)[:;]-?$")  # ":-)", not "as follows:(one, two)"


@register
class BracketsCheck(Check):
    """Brackets that are opened and not closed, or the reverse.

    What:
        Brackets of every kind, full-width and national ones included, are paired within each
        paragraph of the translation. One without counterpart is a warning, placed where the source
        has the missing one.

    Why:
        A lost bracket is quickly made and seldom seen. Letters and figures before the items of a
        list (“a)”) have none, and nothing is said where the source lacks it too.

    Example:
        “the organisation (IMO) says” → “組織（IMOによると”: “（” is not closed.

    Silence:
        Close the bracket, or accept the finding in the baseline.
    """

    name = "brackets"
    subject = "form"
    rank = 50

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each bracket without counterpart."""
        pairs = Pairs(_PAIRS, _is_bracket)
        for passage, mark, span in lone_marks(translation, pairs, pairs):
            what = "opened and not closed" if mark.opens else "closed and not opened"
            yield translation.finding(
                self.name,
                "warning",
                passage,
                f"the bracket “{mark.mark}” is {what}",
                confidence=0.9,
                target_span=span,
            )


def _is_bracket(text: str, offset: int) -> bool:
    if _FACE.search(text, max(offset - 3, 0), offset):
        return False
    closes = text[offset] in ")）"
    if not closes or _last(text, "(（", offset) > _last(text, ")）", offset):
        return True
    return not _ITEM.search(text, max(offset - _LONGEST_ITEM, 0), offset)


def _last(text: str, marks: str, stop: int) -> int:
    return max(text.rfind(mark, 0, stop) for mark in marks)
