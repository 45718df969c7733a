"""The six checks on quantities."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from align.checks.base import Check, register
from align.checks.quantities.differences import differences
from align.checks.quantities.wording import suggested
from align.quantities.model import Certainty, Day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.checks.quantities.differences import QuantityDifference
    from align.findings import Finding, Severity
    from align.quantities.model import Quantity

_ROUND = 10_000
"""From here on a message tells the value in figures beside words such as `million`."""

_SMALL = 10
"""A figure up to here that only the translation has may count what the source lists."""

_CONFIDENCE = {Certainty.CERTAIN: 0.95, Certainty.LIKELY: 0.8}


class QuantityCheck(Check):
    """Compares the quantities of one kind.

    What:
        They are read as values in the notation of each language. Another value, a lost minus,
        another unit, one that is missing and one that was added are errors; where a spelled-out
        number may be idiom, a warning; a small figure that the translation alone has, a note.

    Why:
        A wrong figure is the error that readers quote. Values are compared, not figures: 43兆円 is
        43 trillion yen, 3万7,000 is 37,000, XIXe siècle is the 19th century. Spelled-out numbers up
        to two, ordinals and words such as “both” or “half” can answer a quantity and are never
        missed. A figure that is said twice in the source may be said once, and one that the
        neighbouring passage has is in its place.

    Silence:
        Skip the check (`--skip` with its name), or accept the finding in the baseline.
    """

    subject = "quantities"
    kind: str

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Where a quantity of the kind is another in the translation, missing or added."""
        for each in differences(translation):
            if each.kind != self.kind:
                continue
            source, target = each.source, each.target
            sure = min(q.certainty for q in (source, target) if q is not None)
            suggestion = None
            if source is not None and target is not None:
                text = each.passage.target
                suggestion = suggested(source, target, text, translation.language)
            yield translation.finding(
                self.name,
                _severity(each, sure),
                each.passage,
                _message(each),
                confidence=_CONFIDENCE[sure],
                source_span=None if source is None else source.span,
                target_span=None if target is None else target.span,
                suggestion=suggestion,
            )


def _severity(difference: QuantityDifference, sure: Certainty) -> Severity:
    target = difference.target
    if difference.difference == "extra" and target is not None:
        value = target.value
        if isinstance(value, Fraction) and value <= _SMALL and not target.units:
            return "note"
    if sure >= Certainty.CERTAIN:
        return "error"
    return "warning"


def _message(difference: QuantityDifference) -> str:
    source, target, passage = difference.source, difference.target, difference.passage
    if target is None and source is not None:
        return f"{_quoted(source, passage.source)} is missing from the translation"
    if source is None and target is not None:
        return f"{_quoted(target, passage.target)} stands in the translation only"
    assert source is not None and target is not None  # noqa: S101 - one of the sides has it
    is_unit = difference.difference == "unit"
    first = _quoted(source, passage.source, with_unit=is_unit)
    second = _quoted(target, passage.target, with_unit=is_unit)
    both = f"{first} in the source, {second} in the translation"
    return f"another unit: {both}" if is_unit else both


def _quoted(quantity: Quantity, text: str, *, with_unit: bool = False) -> str:
    """A quantity as it stands, with what that does not show: its value, its year, its unit."""
    quoted = f"“{text[quantity.span.slice]}”"
    value = quantity.value
    numeral = text[quantity.numeral.slice]
    if with_unit and quantity.units and quantity.span == quantity.numeral:
        return f"{quoted} ({quantity.units[0].replace('-', ' ')})"  # 20 and 40 feet
    if (
        isinstance(value, Fraction)
        and value >= _ROUND
        and value.denominator == 1
        and any(character.isalpha() for character in numeral)
    ):
        return f"{quoted} ({int(value):,})"
    if isinstance(value, Day) and value.year and str(value.year) not in text[quantity.span.slice]:
        return f"{quoted} ({value.year})"  # 令和7年
    return quoted


@register
class NumbersCheck(QuantityCheck):
    """Numbers and fractions that differ, are missing or were added.

    What:
        Numbers and fractions in the source and in the translation are compared; the number in a
        name, such as F-35, with that of a name only.

    Example:
        37,000 people → 3700 personnes: “37,000” in the source, “3700” in the translation
    """

    name = "numbers"
    rank = 10
    kind = "number"


@register
class DatesCheck(QuantityCheck):
    """Dates that differ, are missing or were added.

    What:
        Days, months, years, decades, centuries and days of the week in the source and in the
        translation are compared. The order and the calendar do not matter: 令和7年 is 2025. A year
        that was left out is an error. A date without a year may stand for “on Saturday”.

    Example:
        19 February 2024 → 19 février 2023: “19 February 2024” in the source, “19 février 2023” in
        the translation; rather “19 février 2024”
    """

    name = "dates"
    rank = 20
    kind = "date"


@register
class TimesCheck(QuantityCheck):
    """Times of day that differ, are missing or were added.

    What:
        Times of day in the source and in the translation are compared: 17:30, 17 h 30, 5.30 pm,
        午後5時30分 and половина шестого may be the same time. An hour in figures is counted to 24
        where the language does, unless the text names the half of the day: 8 Uhr is not 8 p.m.

    Example:
        5:30 p.m. → 午前5時30分: “5:30 p.m.” in the source, “午前5時30分” in the translation
    """

    name = "times"
    rank = 30
    kind = "time"


@register
class MoneyCheck(QuantityCheck):
    """Sums of money and their currencies that differ, are missing or were added.

    What:
        Sums of money and their currencies in the source and in the translation are compared. A sum
        in brackets that tells the one before it in the reader's currency is let pass.

    Example:
        33.9 billion yen → 33,9 millions de yens: “33.9 billion yen” (33,900,000,000) in the source,
        “33,9 millions de yens” (33,900,000) in the translation; rather “33,9 milliards de yens”
    """

    name = "money"
    rank = 40
    kind = "money"


@register
class PercentagesCheck(QuantityCheck):
    """Percentages and percentage points that differ, are missing or were added.

    What:
        Percentages and percentage points in the source and in the translation are compared. A
        fraction may stand for its percentage, and 3割 for 30 percent.

    Example:
        35 percent → 53 %: “35 percent” in the source, “53 %” in the translation
    """

    name = "percentages"
    rank = 50
    kind = "percentage"


@register
class MeasuresCheck(QuantityCheck):
    """Measures that differ, are missing or were added.

    What:
        Lengths, areas, weights, speeds, temperatures, durations and the like in the source and in
        the translation are compared. A conversion into other units is right if it is right within a
        tenth, as translators round; small whole numbers and temperatures, to the nearest.

    Example:
        400 metres → 400 miles: another unit: “400 metres” in the source, “400 miles” in the
        translation
    """

    name = "measures"
    rank = 60
    kind = "measure"
