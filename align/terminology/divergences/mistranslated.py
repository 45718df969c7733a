"""A rendering that means something else than the term, or only a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.case import Case, Divergence
from align.terminology.divergences.registry import InCheck, divergence
from align.terminology.forms import is_unspaced
from align.terminology.romanising import is_heard, loudness
from align.terminology.tagging import translated_words

if TYPE_CHECKING:
    from align.findings import Severity

_PART = 0.1
"""How much more similar to a part of the term than to the whole a rendering of that part is."""

_OTHER_TERM, _OTHER_NAME = 0.5, 0.28
"""From which strength on another phrase is what a rendering means (`Contrast.strength`)."""

_LESS_SURE = 0.08
"""With so much less it may be."""

_EXPECTED = 0.7, 0.72
"""How similar to a term, or a name, other editions' renderings have to be, to be held against."""

_EXPECTED_HERE = 0.6
"""The same, where another mention in this edition is rendered better, too."""

_LACKING, _BARE = 0.85, 0.4
"""How much of what a word is usually translated by, and of its meaning, is not there at all."""

_UNCOVERED = 0.1
"""How much less, at least, a word of the term is covered than in other editions."""

_LOUD = 0.7
"""How like a name's word something sounds that is this word, not translated."""

_FEWEST_WORDS = 2
"""Words of a name with a meaning that is translated, from which on it is an institution's."""


@divergence(
    "mistranslated",
    title="meaning is off",
    rank=70,
    against_rendering=True,
    check=InCheck("term-mistranslated", 50),
)
def mistranslated(case: Case) -> Divergence | None:
    """A rendering that means something else, or only a part of it.

    What:
        What renders a term is compared with it by meaning; what is far from it, or near to another
        word, is a note: vectors of short texts are no proof.

    Example:
        “supply chain” is “chaîne de télévision”
    """
    sight = case.sight
    if not case.found or _is_usual(case) or case.term.kind == "abbreviation" or sight.short:
        return None
    by_contrast = _by_contrast(case)
    if by_contrast:
        return by_contrast
    if sight.right >= case.limits.right and sight.fit >= case.limits.fit:
        return None
    if case.siblings and case.is_main:
        return None
    expected = case.main.text if case.main and case.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    if sight.part:
        message = (
            f"“{sight.text}” stands for “{sight.mention.text}”, but only “{sight.part}” seems to "
            f"fit a part of it{usual}."
        )
    elif sight.inside > _PART:
        message = f"“{sight.text}” seems to render only a part of “{sight.mention.text}”{usual}."
    elif sight.peers is not None:
        message = (
            f"“{sight.text}” seems not to mean “{sight.mention.text}”: the other editions have "
            f"words nearer to it{usual}."
        )
    else:
        message = f"“{sight.text}” seems not to mean “{sight.mention.text}”{usual}."
    # Free translation leaves such traces, too. Only where there are no other editions to say what
    # it means instead is this all that can be known.
    sure = sight.peers is None and case.limits.warns and not case.is_vague
    confidence = 1 - 0.5 * min(1.0, sight.right / case.limits.right)
    severity: Severity = "warning" if sure else "note"
    return Divergence("mistranslated", severity, confidence, expected, message)


def _by_contrast(case: Case) -> Divergence | None:
    """Objects to what means another phrase rather than the term, unlike the other editions'."""
    sight, contrast = case.sight, case.sight.contrast
    if contrast is None or sight.expected is None or (case.siblings and case.is_main):
        return None
    if sight.is_name and len(translated_words(sight.mention.text, case.pivot)) < _FEWEST_WORDS:
        return None
    needed = _OTHER_NAME if sight.is_name else _OTHER_TERM
    least = needed if sight.is_name else needed - _LESS_SURE
    if sight.lacking >= _LACKING and sight.uncovered >= _BARE:
        needed = least = _OTHER_NAME
    held = _EXPECTED_HERE if case.has_rival else _EXPECTED[sight.is_name]
    if contrast.strength < least or sight.expected < held:
        return None
    if sight.uncovered < _UNCOVERED or _is_one_word(case) or _is_kept_by_sound(case):
        return None
    unfit = sight.right < case.limits.right
    sure = case.limits.warns and contrast.strength >= (least if unfit else needed)
    expected = case.main.text if case.main and case.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    return Divergence(
        "mistranslated",
        "warning" if sure else "note",
        min(0.9, 0.5 + contrast.strength - least) if sure else 0.4,
        expected,
        f"“{sight.text}” seems to mean “{contrast.text}” rather than “{sight.mention.text}”"
        f"{usual}.",
    )


def _is_one_word(case: Case) -> bool:
    """Whether one word renders several, so that none of them can be told to be wrong."""
    text = case.sight.text
    return len(case.sight.mention.text.split()) > len(text.split()) == 1 and not is_unspaced(text)


def _is_kept_by_sound(case: Case) -> bool:
    """Whether the word of a name that another stands for in the contrast sounds through."""
    if not case.sight.is_name or not is_heard(case.language) or case.sight.contrast is None:
        return False
    lost = set(case.sight.mention.text.split()) - set(case.sight.contrast.text.split())
    loud = loudness(sorted(lost), case.sight.text.split(), case.language)
    return bool(len(loud)) and float(loud.min()) > _LOUD


def _is_usual(case: Case) -> bool:
    """Whether other mentions are rendered alike: then it is a choice, not a slip."""
    return case.group is not None and len(case.group.sights) > 1
