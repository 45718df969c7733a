"""One term, two renderings that are no forms of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.case import Case, Divergence
from align.terminology.divergences.misnamed import UNHEARD, has_nearly
from align.terminology.evidence import is_variant
from align.terminology.forms import form_key, is_unspaced, same_form
from align.terminology.tagging import transcribed_words
from align.terminology.variants import is_abbreviation

if TYPE_CHECKING:
    from align.terminology.hits import Group

_NEARLY = 0.7
"""From this share of common letters on, two words are one name in two spellings."""

_RENDERED = 0.8
"""Probability that a rendering was found at all, without which it is no reason to warn."""

_RENDERED_FOR_CERTAIN = 0.9
"""The same, from which on its words need no links."""

_MANY = 3
"""From so many renderings on, they are a matter of style."""

_UNLINKED = -0.3
"""Log-odds of its words' links below which a rendering was hardly found."""

_LEAST_TERMLIKE = 0.58
"""How similar to the term its renderings in other editions have to be, for it to be a term."""

_EVEN = 0.15
"""Two renderings that fit nearly as well as this leave open which of them is meant."""

_EDGE = 3
"""Letters at either end of a word that two spellings of it share."""


def inconsistent(case: Case) -> Divergence | None:
    """Objects where a mention is rendered otherwise than most, or a name than within others."""
    if not case.found or case.main is None or case.group is None:
        return None
    return _within_names(case) or _of_two(case) or _against_main(case) or _spelt_in_two_ways(case)


def _against_main(case: Case) -> Divergence | None:
    """Objects to a rendering that is no form of the main one."""
    hit, main = case.hit, case.main
    if main is None or case.is_main or _is_derived(case):
        return None
    many = len(main.hits)
    total = sum(len(group.hits) for group in case.groups)
    # In a word for which the others have no one rendering, either, a synonym is style; one name
    # in two spellings never is.
    style = not case.is_kept_elsewhere or _is_varied(case) or _is_doubtful(case)
    if hit.is_name and not (hit.unheard >= UNHEARD and many > 1):
        style = not _nearly(hit.text, main.text) and hit.right >= case.limits.synonym
    return Divergence(
        "inconsistent",
        "warning" if case.limits.warns and hit.present >= _RENDERED and not style else "note",
        min(0.95, 0.5 + 0.15 * many) * min(1.0, hit.present + 0.2),
        main.text,
        f"“{hit.mention.text}” is rendered by “{hit.text}” here, by “{main.text}” in {many} "
        f"of {total} places.",
    )


def _of_two(case: Case) -> Divergence | None:
    """Objects to both renderings of a term where there are two and each is as good."""
    if len(case.groups) != 2 or len(case.siblings) != 1:
        return None
    [other] = case.siblings
    apart = abs(case.hit.standing - other.standing)
    if apart > _EVEN or other.present < _RENDERED or is_variant(case.hit.key, other.key):
        return None
    if case.hit.is_name or case.hit.copied or other.copied:
        return None
    return Divergence(
        "inconsistent",
        "warning"
        if case.limits.warns and case.is_kept_elsewhere and not _is_doubtful(case)
        else "note",
        0.5,
        other.text,
        f"“{case.hit.mention.text}” is rendered by “{case.hit.text}” here, by “{other.text}” "
        "in the only other place.",
    )


def _is_varied(case: Case) -> bool:
    """Whether this edition puts the term in ever new words: another one is no slip then."""
    if case.main is None or case.term.origin != "text":
        return False
    others = sum(not is_variant(group.key, case.main.key) for group in case.groups)
    return others >= _MANY - 1


def _is_doubtful(case: Case) -> bool:
    """Whether it is open what renders the term here, or whether any edition has words for it."""
    hit = case.hit
    vague = hit.expected is not None and hit.expected < _LEAST_TERMLIKE
    unsure = hit.links < _UNLINKED and hit.present < _RENDERED_FOR_CERTAIN
    return case.term.origin == "text" and (vague or unsure)


def _within_names(case: Case) -> Divergence | None:
    """Objects to a name that is written otherwise than within, or without, other names."""
    if case.name_within is None or _holds(case, case.name_within):
        return None
    return Divergence(
        "inconsistent",
        "warning",
        0.7,
        case.name_within.text,
        f"“{case.hit.text}” renders “{case.hit.mention.text}”, but a part of the name is "
        f"“{case.name_within.text}” elsewhere.",
    )


def _spelt_in_two_ways(case: Case) -> Divergence | None:
    """Objects to a name with other letters inside a word than at another mention."""
    hit, group = case.hit, case.group
    if group is None or not transcribed_words(hit.mention.text, case.pivot):
        return None
    for other in group.hits:
        if not _differs_inside(hit.text, other.text):
            continue
        mine, theirs = group.forms[hit.text], group.forms[other.text]
        likelier = (mine, hit.similarity) > (theirs, other.similarity)
        return Divergence(
            "inconsistent",
            "note" if likelier else "warning",
            0.4 if likelier else 0.7,
            other.text,
            f"“{hit.mention.text}” is spelt “{hit.text}” here, “{other.text}” elsewhere.",
        )
    return None


def _differs_inside(one: str, other: str) -> bool:
    """Whether two texts are alike but for letters within a word, where no ending can stand."""
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return False
    return any(
        mine != theirs
        and mine[:_EDGE] == theirs[:_EDGE]
        and mine[-_EDGE:] == theirs[-_EDGE:]
        and min(len(mine), len(theirs)) >= 2 * _EDGE
        for mine, theirs in zip(words, others, strict=True)
    )


def _nearly(one: str, other: str) -> bool:
    """Whether two texts are nearly the same, letter by letter."""
    from rapidfuzz.distance import DamerauLevenshtein

    if is_abbreviation(one) and is_abbreviation(other):
        return sorted(one) == sorted(other)
    return float(DamerauLevenshtein.normalized_similarity(one, other)) >= _NEARLY


def _holds(case: Case, name_within: Group) -> bool:
    """Whether the name within a name is written there as it is elsewhere, or as something else.

    What is nearly the same and yet not is the same name transliterated in two ways.
    """
    from rapidfuzz.distance import Levenshtein

    key, name = case.hit.key, name_within.key[-1] if name_within.key else ""
    if not name or is_variant(name_within.key, key):
        return True
    if len(name_within.hits) < 2 and name_within.hits[0].fit < _RENDERED:
        return True
    if is_unspaced(name):
        target = "".join(form_key(case.hit.passage.target, case.language))
        return name in target or len(name) < 2 or not has_nearly(target, name)
    nearest = max((Levenshtein.normalized_similarity(part, name) for part in key), default=0.0)
    return nearest < _NEARLY or any(same_form((part,), (name,)) for part in key)


def _is_derived(case: Case) -> bool:
    """Whether a name's adjective stands for the name ("nord-coréen"): it has no capital."""
    if not case.hit.is_name or case.main is None:
        return False
    texts = (case.hit.text, case.main.text)
    return any(text[:1].islower() for text in texts)
