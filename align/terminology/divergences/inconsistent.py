"""One term, two renderings that are no forms of one another."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence

_SURE = 0.8
"""Probability that a rendering was found at all, without which it is no reason to warn."""


def inconsistent(case: Case) -> Divergence | None:
    """Objects where a mention is rendered otherwise than most."""
    if not case.found or case.main is None or case.group is None or case.is_main:
        return None
    if _is_derived(case):
        return None
    many = len(case.main.sights)
    total = sum(len(group.sights) for group in case.groups)
    confidence = min(0.95, 0.5 + 0.15 * many) * min(1.0, case.sight.present + 0.2)
    unsure = case.term.kind == "abbreviation" or case.sight.present < _SURE
    return Divergence(
        "inconsistent",
        "note" if case.is_ordinary or unsure else "warning",
        confidence,
        case.main.text,
        f"“{case.sight.mention.text}” is rendered by “{case.sight.text}” here, by “{case.main.text}” "
        f"in {many} of {total} places.",
    )


def _is_derived(case: Case) -> bool:
    """Whether a name's adjective stands for the name ("nord-coréen"): it has no capital."""
    if not case.sight.is_name or case.main is None:
        return False
    texts = (case.sight.text, case.main.text)
    return any(text[:1].islower() for text in texts)
