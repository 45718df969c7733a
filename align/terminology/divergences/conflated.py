"""A rendering that this edition keeps for another term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.case import Case, Divergence
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
def conflated(case: Case) -> Divergence | None:
    """One rendering for two terms.

    What:
        A term that is rendered by what mainly renders another term of the text is a note, for two
        terms may well have one rendering.

    Example:
        “partnership” is “alliance”, which stands for “alliance” elsewhere
    """
    if not case.found or case.is_main or not case.has_rival or case.main is None:
        return None
    other = case.other_terms.get(case.sight.key)
    if not case.limits.warns or case.sight.is_name or case.sight.short:
        return None
    if other is None or other is case.term or _share_words(other, case.term):
        return None
    doubtful = case.is_vague or case.sight.right >= _FITS
    return Divergence(
        "conflated",
        "note" if doubtful else "warning",
        0.4 if doubtful else 0.85,
        case.main.text,
        f"“{case.sight.text}” renders “{case.sight.mention.text}” here, but “{other.text}” "
        f"elsewhere; “{case.term.text}” is elsewhere “{case.main.text}”.",
    )


def _share_words(one: Term, other: Term) -> bool:
    """Whether two terms have a word in common, as a name and a surname have."""
    return bool(set(one.text.casefold().split()) & set(other.text.casefold().split()))
