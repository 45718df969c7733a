"""A rendering that means something else than the term."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence

_UNFIT = 0.75
"""Fitness below which the only rendering of a term is doubted."""

_SHORTFALL = 0.18
"""How much less similar to the term than in the other languages a rendering is, to be doubted."""


def mistranslated(case: Case) -> Divergence | None:
    """Judges a rendering by its vector, against what other languages and other mentions reach."""
    sight = case.sight
    if not case.found or case.is_main and case.has_rival or _is_usual(case):
        return None
    if sight.fit >= _UNFIT:
        return None
    short = sight.expected - sight.similarity if sight.expected is not None else None
    if short is not None and short < _SHORTFALL:
        return None
    expected = case.main.text if case.main and case.has_rival else None
    reason = (
        "the other editions have words much nearer to it"
        if short is not None
        else "its meaning is far from it"
    )
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    return Divergence(
        "mistranslated",
        "warning",
        1 - sight.fit,
        expected,
        f"“{sight.text}” seems not to mean “{sight.mention.text}”: {reason}{usual}.",
    )


def _is_usual(case: Case) -> bool:
    """Whether other mentions are rendered alike: then it is a choice, not a slip."""
    return case.group is not None and len(case.group.sights) > 1
