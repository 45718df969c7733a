"""A rendering that means something else than the term, or only a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.case import Case, Divergence

if TYPE_CHECKING:
    from align.terminology.model import Severity

_PART_FITS = 0.75
"""Probability below which a rendering of which only a part fits is wrong."""

_PART = 0.1
"""How much more similar to a part of the term than to the whole a rendering of that part is."""


def mistranslated(case: Case) -> Divergence | None:
    """Judges a rendering by its vector, against what other languages and other mentions reach."""
    sight = case.sight
    if not case.found or _is_usual(case) or case.term.kind == "abbreviation" or sight.short:
        return None
    unfit = sight.right < case.limits.right or sight.fit < case.limits.fit
    if not unfit and not sight.part:
        return None
    if case.siblings and case.is_main:
        return None
    expected = case.main.text if case.main and case.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    if sight.part:
        message = (
            f"“{sight.text}” stands for “{sight.mention.text}”, but only “{sight.part}” seems to "
            f"fit a part of it{usual}."
        )
    elif sight.inside > _PART:
        message = f"“{sight.text}” seems to render only a part of “{sight.mention.text}”{usual}."
    elif sight.peers is not None:
        message = (
            f"“{sight.text}” seems not to mean “{sight.mention.text}”: the other editions have "
            f"words nearer to it{usual}."
        )
    else:
        message = f"“{sight.text}” seems not to mean “{sight.mention.text}”{usual}."
    # That a part of it fits says little of a name or of a phrase that may be in other words.
    loose = sight.is_name or (len(case.term.mentions) < 2 and case.term.origin == "text")
    doubtful = case.is_vague or (not unfit and loose and sight.right >= _PART_FITS)
    confidence = 1 - 0.5 * min(1.0, sight.right / case.limits.right)
    severity: Severity = "warning" if case.limits.warns and not doubtful else "note"
    return Divergence("mistranslated", severity, confidence, expected, message)


def _is_usual(case: Case) -> bool:
    """Whether other mentions are rendered alike: then it is a choice, not a slip."""
    return case.group is not None and len(case.group.sights) > 1
