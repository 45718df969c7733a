"""One term, two renderings that are no forms of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.case import Case, Divergence
from align.terminology.evidence import is_variant
from align.terminology.forms import same_form

if TYPE_CHECKING:
    from align.terminology.evidence import Group

_NEARLY = 0.7
"""From this share of common letters on, two words are one name in two spellings."""

_SURE = 0.8
"""Probability that a rendering was found at all, without which it is no reason to warn."""


def inconsistent(case: Case) -> Divergence | None:
    """Objects where a mention is rendered otherwise than most, or a name than within others."""
    if case.found and case.kin is not None and not _holds(case, case.kin):
        kin = case.kin.text
        return Divergence(
            "inconsistent",
            "warning",
            0.7,
            kin,
            f"“{case.sight.text}” renders “{case.sight.mention.text}”, but a part of the name is "
            f"“{kin}” elsewhere.",
        )
    if not case.found or case.main is None or case.group is None or case.is_main:
        return None
    if _is_derived(case):
        return None
    many = len(case.main.sights)
    total = sum(len(group.sights) for group in case.groups)
    confidence = min(0.95, 0.5 + 0.15 * many) * min(1.0, case.sight.present + 0.2)
    unsure = case.term.kind == "abbreviation" or case.sight.present < _SURE
    return Divergence(
        "inconsistent",
        "note" if case.is_ordinary or unsure else "warning",
        confidence,
        case.main.text,
        f"“{case.sight.mention.text}” is rendered by “{case.sight.text}” here, by "
        f"“{case.main.text}” in {many} of {total} places.",
    )


def _holds(case: Case, kin: Group) -> bool:
    """Whether the name within a name is written there as it is elsewhere, or as something else.

    What is nearly the same and yet not is the same name transliterated in two ways.
    """
    from rapidfuzz.distance import Levenshtein

    key, name = case.sight.key, kin.key[-1] if kin.key else ""
    if not name or is_variant(kin.key, key) or kin.sights[0].fit < _SURE:
        return True
    nearest = max((Levenshtein.normalized_similarity(part, name) for part in key), default=0.0)
    return nearest < _NEARLY or any(same_form((part,), (name,)) for part in key)


def _is_derived(case: Case) -> bool:
    """Whether a name's adjective stands for the name ("nord-coréen"): it has no capital."""
    if not case.sight.is_name or case.main is None:
        return False
    texts = (case.sight.text, case.main.text)
    return any(text[:1].islower() for text in texts)
