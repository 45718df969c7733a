"""A term that nothing in the bead renders."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence

_MEANT_OTHERWISE = -2.5
"""Below this log-probability of standing for the term, a span renders other words."""


def missing(case: Case) -> Divergence | None:
    """Objects where what fits best does not fit at all."""
    if case.found or not case.sight.bead.target:
        return None
    expected = case.main.text if case.main and case.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    return Divergence(
        "missing",
        "warning",
        1 - case.sight.fit,
        expected,
        f"Nothing renders “{case.sight.mention.text}” here{usual}.",
    )
