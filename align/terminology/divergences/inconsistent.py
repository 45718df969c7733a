"""One term, two renderings that are no forms of one another."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence


def inconsistent(case: Case) -> Divergence | None:
    """Objects where a mention is rendered otherwise than most."""
    if not case.found or case.main is None or case.group is None or case.is_main:
        return None
    many = len(case.main.sights)
    total = sum(len(group.sights) for group in case.groups)
    confidence = min(0.95, 0.5 + 0.15 * many) * min(1.0, case.sight.fit + 0.3)
    technical = case.term.kind != "word" or case.term.origin != "text"
    grave = technical or many >= 2
    return Divergence(
        "inconsistent",
        "warning" if grave else "note",
        confidence,
        case.main.text,
        f"“{case.sight.mention.text}” is rendered by “{case.sight.text}” here, by “{case.main.text}” "
        f"in {many} of {total} places.",
    )
