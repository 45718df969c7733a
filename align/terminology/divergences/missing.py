"""A term that nothing in the bead renders."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence

_OFTEN = 4
"""From so many mentions on, a translator may well leave one out."""


def missing(case: Case) -> Divergence | None:
    """Objects where what fits best does not fit at all."""
    hit = case.hit
    if not case.lacks or not hit.passage.target or hit.short or _is_said_before(case):
        return None
    expected = case.main.text if case.main and case.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    dropped = len(case.term.mentions) >= _OFTEN or case.is_vague
    return Divergence(
        "missing",
        "warning" if case.limits.warns and not dropped else "note",
        1 - 0.5 * min(1.0, hit.present / case.limits.present),
        expected,
        f"Nothing renders “{hit.mention.text}” here{usual}.",
    )


def _is_said_before(case: Case) -> bool:
    """Whether the bead renders another mention of the term: one is enough for two."""
    return any(other.passage is case.hit.passage for other in case.siblings)
