"""Quotation marks that open and do not close, or close and did not open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.base import Check, register
from align.checks.form.pairing import Pairs, lone_marks
from align.languages.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding


@register
class QuotationMarksCheck(Check):
    """Quotation marks that are opened and not closed, or the reverse.

    What:
        Double quotation marks are paired within each paragraph of the translation, by the pairs
        that its language uses. One without counterpart is a warning where the source has one more,
        else a note. A straight one among several is a note: which end it is of is a guess.

    Why:
        Where a quotation ends decides who says what. Single marks are left alone, for they are
        apostrophes as well; so are marks for inches, and those that the source lacks too.

    Example:
        “He said “yes” and left.” → “Il a dit « oui et il est parti.”: “«” is not closed.

    Silence:
        Close the quotation, or accept the finding in the baseline.
    """

    name = "quotation-marks"
    subject = "form"
    rank = 60

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each quotation mark without counterpart."""
        source, target = (
            Pairs(profile(language).quotation_marks, _is_quotation_mark, by_number=True)
            for language in (translation.source_language, translation.language)
        )
        for passage, mark, span in lone_marks(translation, source, target):
            what = "opened and not closed" if mark.opens else "closed and not opened"
            # One fewer than in the source is one lost; else the quotation was recast.
            number = target.number(passage.target)
            lost = number == source.number(passage.source) - 1
            lost = lost and (number == 1 or mark.mark != '"')
            yield translation.finding(
                self.name,
                "warning" if lost else "note",
                passage,
                f"the quotation mark “{mark.mark}” is {what}",
                confidence=0.85 if lost else 0.5,
                target_span=span,
            )


def _is_quotation_mark(text: str, offset: int) -> bool:
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    if before.isdigit() and text[offset] in '"”':
        # 5′ 10″ written with quotation marks; a year at the end of a quotation counts.
        return '"' in text[:offset] or "“" in text[:offset] or "„" in text[:offset]
    # Hebrew writes abbreviations with a mark before the last letter.
    return not (text[offset] == '"' and "א" <= before <= "ת" and "א" <= after <= "ת")
