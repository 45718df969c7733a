"""A term that nothing in the bead renders."""

from __future__ import annotations

from align.terminology.divergences.context import Context, Divergence
from align.terminology.divergences.registry import InCheck, divergence

_OFTEN = 4
"""From so many mentions on, a translator may well leave one out."""


@divergence("missing", title="missing", rank=30, check=InCheck("term-omitted", 80))
def missing(context: Context) -> Divergence | None:
    """A term of the text that nothing renders.

    What:
        A term of the source for which nothing in the translation of its sentence stands.

    Example:
        “repair ship” is not in the translation of the sentence
    """
    hit = context.hit
    if not context.lacks or not hit.passage.target or hit.short or _is_said_before(context):
        return None
    expected = context.main.text if context.main and context.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    dropped = len(context.term.mentions) >= _OFTEN or context.is_vague
    return Divergence(
        "missing",
        "warning" if context.limits.warns and not dropped else "note",
        1 - 0.5 * min(1.0, hit.present / context.limits.present),
        expected,
        f"Nothing renders “{hit.mention.text}” here{usual}.",
        ground="nothing",
    )


def _is_said_before(context: Context) -> bool:
    """Whether the bead renders another mention of the term: one is enough for two."""
    return any(other.passage is context.hit.passage for other in context.siblings)
