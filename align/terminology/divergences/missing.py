"""A term that nothing in the bead renders."""

from __future__ import annotations

from align.terminology.divergences.case import OFTEN, Case, Divergence


def missing(case: Case) -> Divergence | None:
    """Objects where what fits best does not fit at all."""
    sight = case.sight
    if case.found or not sight.bead.target or sight.short or _is_said_before(case):
        return None
    expected = case.main.text if case.main and case.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    dropped = len(case.term.mentions) >= OFTEN or case.is_ordinary
    return Divergence(
        "missing",
        "note" if dropped else "warning",
        1 - sight.present,
        expected,
        f"Nothing renders “{sight.mention.text}” here{usual}.",
    )


def _is_said_before(case: Case) -> bool:
    """Whether the bead renders another mention of the term: one is enough for two."""
    return any(
        other.bead is case.sight.bead
        for group in case.groups
        for other in group.sights
        if other is not case.sight
    )
