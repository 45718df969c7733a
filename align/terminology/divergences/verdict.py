"""What is told of a mention: how probable it is by the judge, what and why by the checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from align.terminology.divergences.context import Divergence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.terminology.divergences.context import Context
    from align.terminology.divergences.judge import Judge

_DIGITS = 4  # of a probability; the rest is what processors and threads make of it

_SORTS: Mapping[str, tuple[str, ...]] = {
    "untranslated": ("untranslated",),
    "missing": ("missing",),
    "other": ("mistranslated", "inconsistent", "conflated"),
}
"""The kinds of divergence that the judge's sorts go by."""

JUDGED = frozenset(kind for kinds in _SORTS.values() for kind in kinds)
"""The kinds that the judge has learnt."""


def verdict(
    context: Context,
    said: Sequence[Divergence],
    chances: Mapping[str, float],
    judge: Judge,
) -> Divergence | None:
    """What is told of a mention; None where nothing is.

    Args:
        context: The mention.
        said: What the checks say of it.
        chances: The probability of each sort of divergence.
        judge: Says how loud a probability is told.
    """
    if not context.hit.passage.target:
        return None  # the whole sentence is left out: no matter of terms
    right = 1.0
    for chance in chances.values():
        right *= 1 - chance
    sort = max(_SORTS, key=lambda each: chances[each])
    of_sort = [divergence for divergence in said if divergence.kind in _SORTS[sort]]
    loudest = [each for each in of_sort if each.severity != "note"] or of_sort
    told = loudest[0] if loudest else _unsaid(context, sort)
    severity = judge.severity(1 - right, seconded=told.severity != "note")
    if severity is None:
        return None
    return replace(told, severity=severity, confidence=round(1 - right, _DIGITS))


def _unsaid(context: Context, sort: str) -> Divergence:
    """The words for what no check has put into words."""
    hit, main = context.hit, context.main
    expected = main.text if main and context.has_rival and not context.is_main else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    mention = hit.mention.text
    if sort == "missing" or not hit.text:
        return Divergence(
            "missing", "note", 0.0, expected, f"Nothing seems to render “{mention}” here{usual}."
        )
    if sort == "untranslated":
        message = f"“{hit.text}” seems to be left untranslated{usual}."
        return Divergence("untranslated", "note", 0.0, expected, message)
    kind = "inconsistent" if expected else "mistranslated"
    message = f"“{hit.text}” seems not to render “{mention}”{usual}."
    return Divergence(kind, "note", 0.0, expected, message)
