"""One term, two renderings that are no forms of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.case import Case, Divergence
from align.terminology.divergences.misnamed import UNHEARD, has_nearly
from align.terminology.divergences.registry import divergence
from align.terminology.evidence import is_variant
from align.terminology.forms import form_key, is_unspaced, same_form
from align.terminology.tagging import transcribed_words
from align.terminology.variants import is_abbreviation

if TYPE_CHECKING:
    from align.terminology.sights import Group

_NEARLY = 0.7
"""From this share of common letters on, two words are one name in two spellings."""

_SURE = 0.8
"""Probability that a rendering was found at all, without which it is no reason to warn."""

_SURELY = 0.9
"""The same, from which on its words need no links."""

_MANY = 3
"""From so many renderings on, they are a matter of style."""

_UNLINKED = -0.3
"""Log-odds of its words' links below which a rendering was hardly found."""

_VAGUE = 0.58
"""How similar to the term its renderings in other editions have to be, for it to be a term."""

_EVEN = 0.15
"""Two renderings that fit nearly as well as this leave open which of them is meant."""

_EDGE = 3
"""Letters at either end of a word that two spellings of it share."""


@divergence("inconsistent", title="inconsistent", rank=60, against_rendering=True)
def inconsistent(case: Case) -> Divergence | None:
    """A term rendered otherwise than elsewhere, or a name written otherwise than within others."""
    if not case.found or case.main is None or case.group is None:
        return None
    return _within_names(case) or _of_two(case) or _against_main(case) or _spelt_in_two_ways(case)


def _against_main(case: Case) -> Divergence | None:
    """Objects to a rendering that is no form of the main one."""
    sight, main = case.sight, case.main
    if main is None or case.is_main or _is_derived(case):
        return None
    many = len(main.sights)
    total = sum(len(group.sights) for group in case.groups)
    # In a word for which the others have no one rendering, either, a synonym is style; one name
    # in two spellings never is.
    style = not case.is_kept_elsewhere or _is_varied(case) or _is_doubtful(case)
    if sight.is_name and not (sight.unheard >= UNHEARD and many > 1):
        style = not _nearly(sight.text, main.text) and sight.right >= case.limits.synonym
    return Divergence(
        "inconsistent",
        "warning" if case.limits.warns and sight.present >= _SURE and not style else "note",
        min(0.95, 0.5 + 0.15 * many) * min(1.0, sight.present + 0.2),
        main.text,
        f"“{sight.mention.text}” is rendered by “{sight.text}” here, by “{main.text}” in {many} "
        f"of {total} places.",
    )


def _of_two(case: Case) -> Divergence | None:
    """Objects to both renderings of a term where there are two and each is as good."""
    if len(case.groups) != 2 or len(case.siblings) != 1:
        return None
    [other] = case.siblings
    apart = abs(case.sight.standing - other.standing)
    if apart > _EVEN or other.present < _SURE or is_variant(case.sight.key, other.key):
        return None
    if case.sight.is_name or case.sight.copied or other.copied:
        return None
    return Divergence(
        "inconsistent",
        "warning"
        if case.limits.warns and case.is_kept_elsewhere and not _is_doubtful(case)
        else "note",
        0.5,
        other.text,
        f"“{case.sight.mention.text}” is rendered by “{case.sight.text}” here, by “{other.text}” "
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
    sight = case.sight
    vague = sight.expected is not None and sight.expected < _VAGUE
    unsure = sight.links < _UNLINKED and sight.present < _SURELY
    return case.term.origin == "text" and (vague or unsure)


def _within_names(case: Case) -> Divergence | None:
    """Objects to a name that is written otherwise than within, or without, other names."""
    if case.kin is None or _holds(case, case.kin):
        return None
    return Divergence(
        "inconsistent",
        "warning",
        0.7,
        case.kin.text,
        f"“{case.sight.text}” renders “{case.sight.mention.text}”, but a part of the name is "
        f"“{case.kin.text}” elsewhere.",
    )


def _spelt_in_two_ways(case: Case) -> Divergence | None:
    """Objects to a name with other letters inside a word than at another mention."""
    sight, group = case.sight, case.group
    if group is None or not transcribed_words(sight.mention.text, case.pivot):
        return None
    for other in group.sights:
        if not _differs_inside(sight.text, other.text):
            continue
        mine, theirs = group.forms[sight.text], group.forms[other.text]
        likelier = (mine, sight.similarity) > (theirs, other.similarity)
        return Divergence(
            "inconsistent",
            "note" if likelier else "warning",
            0.4 if likelier else 0.7,
            other.text,
            f"“{sight.mention.text}” is spelt “{sight.text}” here, “{other.text}” elsewhere.",
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


def _holds(case: Case, kin: Group) -> bool:
    """Whether the name within a name is written there as it is elsewhere, or as something else.

    What is nearly the same and yet not is the same name transliterated in two ways.
    """
    from rapidfuzz.distance import Levenshtein

    key, name = case.sight.key, kin.key[-1] if kin.key else ""
    if not name or is_variant(kin.key, key):
        return True
    if len(kin.sights) < 2 and kin.sights[0].fit < _SURE:
        return True
    if is_unspaced(name):
        target = "".join(form_key(case.sight.passage.target, case.language))
        return name in target or len(name) < 2 or not has_nearly(target, name)
    nearest = max((Levenshtein.normalized_similarity(part, name) for part in key), default=0.0)
    return nearest < _NEARLY or any(same_form((part,), (name,)) for part in key)


def _is_derived(case: Case) -> bool:
    """Whether a name's adjective stands for the name ("nord-coréen"): it has no capital."""
    if not case.sight.is_name or case.main is None:
        return False
    texts = (case.sight.text, case.main.text)
    return any(text[:1].islower() for text in texts)
