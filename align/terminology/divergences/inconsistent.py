"""One term, two renderings that are no forms of one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.context import Context, Divergence
from align.terminology.divergences.misnamed import UNHEARD, has_nearly
from align.terminology.divergences.registry import divergence
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


@divergence("inconsistent", title="inconsistent", rank=60, against_rendering=True)
def inconsistent(context: Context) -> Divergence | None:
    """A term rendered otherwise than elsewhere, or a name written otherwise than within others."""
    if not context.found or context.main is None or context.group is None:
        return None
    return (
        _within_names(context)
        or _of_two(context)
        or _against_main(context)
        or _spelt_in_two_ways(context)
    )


def _against_main(context: Context) -> Divergence | None:
    """Objects to a rendering that is no form of the main one."""
    hit, main = context.hit, context.main
    if main is None or context.is_main or _is_derived(context):
        return None
    many = len(main.hits)
    total = sum(len(group.hits) for group in context.groups)
    # In a word for which the others have no one rendering, either, a synonym is style; one name
    # in two spellings never is.
    style = not context.is_kept_elsewhere or _is_varied(context) or _is_doubtful(context)
    if hit.is_name and not (hit.unheard >= UNHEARD and many > 1):
        style = not _nearly(hit.text, main.text) and hit.right >= context.limits.synonym
    return Divergence(
        "inconsistent",
        "warning" if context.limits.warns and hit.present >= _RENDERED and not style else "note",
        min(0.95, 0.5 + 0.15 * many) * min(1.0, hit.present + 0.2),
        main.text,
        f"“{hit.mention.text}” is rendered by “{hit.text}” here, by “{main.text}” in {many} "
        f"of {total} places.",
        ground="main",
    )


def _of_two(context: Context) -> Divergence | None:
    """Objects to both renderings of a term where there are two and each is as good."""
    if len(context.groups) != 2 or len(context.siblings) != 1:
        return None
    [other] = context.siblings
    apart = abs(context.hit.standing - other.standing)
    if apart > _EVEN or other.present < _RENDERED or is_variant(context.hit.key, other.key):
        return None
    if context.hit.is_name or context.hit.copied or other.copied:
        return None
    return Divergence(
        "inconsistent",
        "warning"
        if context.limits.warns and context.is_kept_elsewhere and not _is_doubtful(context)
        else "note",
        0.5,
        other.text,
        f"“{context.hit.mention.text}” is rendered by “{context.hit.text}” here, by “{other.text}” "
        "in the only other place.",
        ground="two",
    )


def _is_varied(context: Context) -> bool:
    """Whether this edition puts the term in ever new words: another one is no slip then."""
    if context.main is None or context.term.origin != "text":
        return False
    others = sum(not is_variant(group.key, context.main.key) for group in context.groups)
    return others >= _MANY - 1


def _is_doubtful(context: Context) -> bool:
    """Whether it is open what renders the term here, or whether any edition has words for it."""
    hit = context.hit
    vague = hit.expected is not None and hit.expected < _LEAST_TERMLIKE
    unsure = hit.links < _UNLINKED and hit.present < _RENDERED_FOR_CERTAIN
    return context.term.origin == "text" and (vague or unsure)


def _within_names(context: Context) -> Divergence | None:
    """Objects to a name that is written otherwise than within, or without, other names."""
    if context.name_within is None or _holds(context, context.name_within):
        return None
    return Divergence(
        "inconsistent",
        "warning",
        0.7,
        context.name_within.text,
        f"“{context.hit.text}” renders “{context.hit.mention.text}”, but a part of the name is "
        f"“{context.name_within.text}” elsewhere.",
        ground="name within",
    )


def _spelt_in_two_ways(context: Context) -> Divergence | None:
    """Objects to a name with other letters inside a word than at another mention."""
    hit, group = context.hit, context.group
    if group is None or not transcribed_words(hit.mention.text, context.pivot):
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
            ground="spelling",
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


def _holds(context: Context, name_within: Group) -> bool:
    """Whether the name within a name is written there as it is elsewhere, or as something else.

    What is nearly the same and yet not is the same name transliterated in two ways.
    """
    from rapidfuzz.distance import Levenshtein

    key, name = context.hit.key, name_within.key[-1] if name_within.key else ""
    if not name or is_variant(name_within.key, key):
        return True
    if len(name_within.hits) < 2 and name_within.hits[0].fit < _RENDERED:
        return True
    if is_unspaced(name):
        target = "".join(form_key(context.hit.passage.target, context.language))
        return name in target or len(name) < 2 or not has_nearly(target, name)
    nearest = max((Levenshtein.normalized_similarity(part, name) for part in key), default=0.0)
    return nearest < _NEARLY or any(same_form((part,), (name,)) for part in key)


def _is_derived(context: Context) -> bool:
    """Whether a name's adjective stands for the name ("nord-coréen"): it has no capital."""
    if not context.hit.is_name or context.main is None:
        return False
    texts = (context.hit.text, context.main.text)
    return any(text[:1].islower() for text in texts)
