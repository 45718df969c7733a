"""A rendering that this edition keeps for another term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.context import Context, Divergence
from align.terminology.divergences.registry import InCheck, divergence

if TYPE_CHECKING:
    from align.terminology.model import Term

_FITS = 0.8
"""Probability from which a rendering may well mean this term and the other."""


@divergence(
    "conflated",
    title="two terms, one rendering",
    rank=50,
    against_rendering=True,
    check=InCheck("term-conflated", 60),
)
def conflated(context: Context) -> Divergence | None:
    """One rendering for two terms.

    What:
        A term that is rendered by what mainly renders another term of the text. Two terms may well
        have one rendering.

    Example:
        “partnership” is “alliance”, which stands for “alliance” elsewhere
    """
    if not context.found or context.is_main or not context.has_rival or context.main is None:
        return None
    other = context.other_terms.get(context.hit.key)
    if not context.limits.warns or context.hit.is_name or context.hit.short:
        return None
    if other is None or other is context.term or _share_words(other, context.term):
        return None
    doubtful = context.is_vague or context.hit.right >= _FITS
    return Divergence(
        "conflated",
        "note" if doubtful else "warning",
        0.4 if doubtful else 0.85,
        context.main.text,
        f"“{context.hit.text}” renders “{context.hit.mention.text}” here, but “{other.text}” "
        f"elsewhere; “{context.term.text}” is elsewhere “{context.main.text}”.",
        ground="other term",
    )


def _share_words(one: Term, other: Term) -> bool:
    """Whether two terms have a word in common, as a name and a surname have."""
    return bool(set(one.text.casefold().split()) & set(other.text.casefold().split()))
