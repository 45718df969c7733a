"""A rendering that the termbase forbids, or does not permit."""

from __future__ import annotations

from align.terminology.divergences.case import Case, Divergence
from align.terminology.divergences.misnamed import stands_in
from align.terminology.divergences.registry import divergence
from align.terminology.forms import form_key, is_shorter_form, same_form
from align.terminology.termbase import listed


@divergence("termbase", title="against the termbase", rank=10, against_rendering=True)
def against_termbase(case: Case) -> Divergence | None:
    """A rendering that a termbase forbids, or does not permit."""
    if not case.permitted and not case.forbidden:
        return None
    expected = case.permitted[0] if case.permitted else None
    for text in case.forbidden:
        if _stands(text, case) and not any(_stands(other, case) for other in case.permitted):
            instead = f"; it asks for “{expected}”" if expected else ""
            return Divergence(
                "termbase",
                "error",
                0.95,
                expected,
                f"“{text}” renders “{case.sight.mention.text}”, but the termbase forbids it"
                f"{instead}.",
            )
    if not case.permitted or any(_stands(text, case) for text in case.permitted):
        return None
    what = f"is rendered by “{case.sight.text}”" if case.found else "is not rendered"
    return Divergence(
        "termbase",
        "warning",
        0.8,
        expected,
        f"“{case.sight.mention.text}” {what}; the termbase asks for {listed(case.permitted)}.",
    )


def _stands(text: str, case: Case) -> bool:
    """Whether a term of the termbase, in any form, is the rendering or stands in the bead."""
    key = form_key(text, case.language)
    if case.found and (same_form(key, case.sight.key) or is_shorter_form(key, case.sight.key)):
        return True
    return stands_in(key, case.sight.passage, case.language)
