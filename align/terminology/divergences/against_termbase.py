"""A rendering that the termbase forbids, or does not permit."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Statement
from align.terminology.divergences.registry import divergence
from align.terminology.standing import StandingText
from align.terminology.termbase import listed


@divergence(
    "termbase",
    title="against the termbase",
    rank=10,
    against_rendering=True,
)
def against_termbase(context: Context) -> Statement | None:
    """A rendering that a termbase forbids, or does not permit."""
    if not context.permitted and not context.forbidden:
        return None
    expected = context.permitted[0] if context.permitted else None
    target = StandingText(context.hit.passage.target, context.language)
    if any(target.find(text) for text in context.permitted):
        return None
    mention = context.hit.mention.text
    for text in context.forbidden:
        if target.find(text):
            instead = f"; it asks for “{expected}”" if expected else ""
            return Statement(
                expected,
                f"“{text}” renders “{mention}”, but the termbase forbids it{instead}.",
                severity="error",
            )
    if not context.permitted:
        return None
    what = f"is rendered by “{context.hit.text}”" if context.hit.text else "is not rendered"
    return Statement(
        expected,
        f"“{mention}” {what}; the termbase asks for {listed(context.permitted)}.",
        severity="warning",
    )
