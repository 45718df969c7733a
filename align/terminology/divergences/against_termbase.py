"""A rendering that the termbase forbids, or does not permit."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Divergence, stands_in
from align.terminology.divergences.registry import divergence
from align.terminology.forms import form_key, is_shorter_form, same_form
from align.terminology.termbase import listed


@divergence("termbase", title="against the termbase", rank=10, against_rendering=True)
def against_termbase(context: Context) -> Divergence | None:
    """A rendering that a termbase forbids, or does not permit."""
    if not context.permitted and not context.forbidden:
        return None
    expected = context.permitted[0] if context.permitted else None
    for text in context.forbidden:
        if _stands(text, context) and not any(
            _stands(other, context) for other in context.permitted
        ):
            instead = f"; it asks for “{expected}”" if expected else ""
            return Divergence(
                "termbase",
                "error",
                0.95,
                expected,
                f"“{text}” renders “{context.hit.mention.text}”, but the termbase forbids it"
                f"{instead}.",
            )
    if not context.permitted or any(_stands(text, context) for text in context.permitted):
        return None
    what = f"is rendered by “{context.hit.text}”" if context.found else "is not rendered"
    return Divergence(
        "termbase",
        "warning",
        0.8,
        expected,
        f"“{context.hit.mention.text}” {what}; the termbase asks for {listed(context.permitted)}.",
    )


def _stands(text: str, context: Context) -> bool:
    """Whether a term of the termbase, in any form, is the rendering or stands in the bead."""
    key = form_key(text, context.language)
    if context.found and (same_form(key, context.hit.key) or is_shorter_form(key, context.hit.key)):
        return True
    return stands_in(key, context.hit.passage, context.language)
