"""A rendering that this edition keeps for another term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.context import Context, Divergence

if TYPE_CHECKING:
    from align.terminology.model import Term

_FITS = 0.8
"""Probability from which a rendering may well mean this term and the other."""


def conflated(context: Context) -> Divergence | None:
    """Objects where a mention is rendered by what mainly renders another term."""
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
    )


def _share_words(one: Term, other: Term) -> bool:
    """Whether two terms have a word in common, as a name and a surname have."""
    return bool(set(one.text.casefold().split()) & set(other.text.casefold().split()))
