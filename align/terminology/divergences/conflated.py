"""A rendering that this edition keeps for another term."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence


def conflated(case: Case) -> Divergence | None:
    """Objects where a mention is rendered by what mainly renders another term."""
    if not case.found or case.is_main or not case.has_rival or case.main is None:
        return None
    other = case.other_terms.get(case.sight.key)
    if other is None or other is case.term:
        return None
    return Divergence(
        "conflated",
        "warning",
        0.85,
        case.main.text,
        f"“{case.sight.text}” renders “{case.sight.mention.text}” here, but “{other.text}” elsewhere; "
        f"“{case.term.text}” is elsewhere “{case.main.text}”.",
    )
