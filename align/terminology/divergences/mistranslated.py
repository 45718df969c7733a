"""A rendering that means something else than the term, or only a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.context import Context, Divergence
from align.terminology.divergences.registry import InCheck, divergence
from align.terminology.forms import is_unspaced
from align.terminology.romanising import is_heard, phonetic_similarity
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
def mistranslated(context: Context) -> Divergence | None:
    """A rendering that means something else, or only a part of it.

    What:
        What renders a term is compared with it by meaning; what is far from it, or near to another
        word, is doubtful: vectors of short texts are no proof.

    Example:
        “supply chain” is “chaîne de télévision”
    """
    hit = context.hit
    if not context.found or _is_usual(context) or context.term.kind == "abbreviation" or hit.short:
        return None
    by_contrast = _by_contrast(context)
    if by_contrast:
        return by_contrast
    if hit.right >= context.limits.right and hit.fit >= context.limits.fit:
        return None
    if context.siblings and context.is_main:
        return None
    expected = context.main.text if context.main and context.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    if hit.part:
        message = (
            f"“{hit.text}” stands for “{hit.mention.text}”, but only “{hit.part}” seems to "
            f"fit a part of it{usual}."
        )
    elif hit.inside > _PART:
        message = f"“{hit.text}” seems to render only a part of “{hit.mention.text}”{usual}."
    elif hit.peers is not None:
        message = (
            f"“{hit.text}” seems not to mean “{hit.mention.text}”: the other editions have "
            f"words nearer to it{usual}."
        )
    else:
        message = f"“{hit.text}” seems not to mean “{hit.mention.text}”{usual}."
    # Free translation leaves such traces, too. Only where there are no other editions to say what
    # it means instead is this all that can be known.
    sure = hit.peers is None and context.limits.warns and not context.is_vague
    confidence = 1 - 0.5 * min(1.0, hit.right / context.limits.right)
    severity: Severity = "warning" if sure else "note"
    return Divergence("mistranslated", severity, confidence, expected, message, "meaning")


def _by_contrast(context: Context) -> Divergence | None:
    """Objects to what means another phrase rather than the term, unlike the other editions'."""
    hit, contrast = context.hit, context.hit.contrast
    if contrast is None or hit.expected is None or (context.siblings and context.is_main):
        return None
    if hit.is_name and len(translated_words(hit.mention.text, context.pivot)) < _FEWEST_WORDS:
        return None
    needed = _OTHER_NAME if hit.is_name else _OTHER_TERM
    least = needed if hit.is_name else needed - _LESS_SURE
    if hit.lacking >= _LACKING and hit.uncovered >= _BARE:
        needed = least = _OTHER_NAME
    held = _EXPECTED_HERE if context.has_rival else _EXPECTED[hit.is_name]
    if contrast.strength < least or hit.expected < held:
        return None
    if hit.uncovered < _UNCOVERED or _is_one_word(context) or _is_kept_by_sound(context):
        return None
    unfit = hit.right < context.limits.right
    sure = context.limits.warns and contrast.strength >= (least if unfit else needed)
    expected = context.main.text if context.main and context.has_rival else None
    usual = f"; elsewhere it is “{expected}”" if expected else ""
    return Divergence(
        "mistranslated",
        "warning" if sure else "note",
        min(0.9, 0.5 + contrast.strength - least) if sure else 0.4,
        expected,
        f"“{hit.text}” seems to mean “{contrast.text}” rather than “{hit.mention.text}”{usual}.",
        ground="contrast",
    )


def _is_one_word(context: Context) -> bool:
    """Whether one word renders several, so that none of them can be told to be wrong."""
    text = context.hit.text
    return len(context.hit.mention.text.split()) > len(text.split()) == 1 and not is_unspaced(text)


def _is_kept_by_sound(context: Context) -> bool:
    """Whether the word of a name that another stands for in the contrast sounds through."""
    if not context.hit.is_name or not is_heard(context.language) or context.hit.contrast is None:
        return False
    lost = set(context.hit.mention.text.split()) - set(context.hit.contrast.text.split())
    likeness = phonetic_similarity(sorted(lost), context.hit.text.split(), context.language)
    return bool(len(likeness)) and float(likeness.min()) > _LOUD


def _is_usual(context: Context) -> bool:
    """Whether other mentions are rendered alike: then it is a choice, not a slip."""
    return context.group is not None and len(context.group.hits) > 1
