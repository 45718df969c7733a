"""A term left in the words of the source where it is translated elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.terminology.divergences.case import Case, Divergence
from align.terminology.variants import is_abbreviation

if TYPE_CHECKING:
    from align.terminology.evidence import Sight

_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{N}&]+")
_MOST_COPIES = 0.5  # share of other languages that may have the source's words in another script


def untranslated(case: Case) -> Divergence | None:
    """Looks for the source's own words in a rendering."""
    copied = _copied(case.sight)
    if not copied or not case.found:
        return None
    others = [sight for sight in case.elsewhere.values() if sight.target_span is not None]
    copies = sum(bool(_copied(other)) for other in others)
    siblings = [
        sight
        for group in case.groups
        for sight in group.sights
        if sight is not case.sight and sight.short == case.sight.short
    ]
    translated_here = any(not _copied(sibling) for sibling in siblings)
    copied_here = any(_copied(sibling) for sibling in siblings)
    translated_elsewhere = len(others) >= 2 and copies <= _MOST_COPIES * len(others)
    if case.sight.is_name or is_abbreviation(case.sight.mention.text):
        # Names and abbreviations are often kept; one that all others turn into their script is not.
        suspect = not _is_latin(case) and (
            translated_here or (translated_elsewhere and not copied_here)
        )
    elif _is_latin(case):
        # In the same script a single word may be the same in both languages.
        suspect = (len(copied) > 1 or translated_here) and not copied_here
        suspect = suspect and (translated_here or translated_elsewhere)
    else:
        suspect = translated_here or translated_elsewhere
    if not suspect:
        return None
    expected = case.main.text if case.main and case.has_rival and translated_here else None
    where = "elsewhere in this edition" if translated_here else "in the other editions"
    return Divergence(
        "untranslated",
        "warning",
        0.9 if translated_here or copies == 0 else 0.75,
        expected,
        f"“{case.sight.mention.text}” is left untranslated (“{' '.join(copied)}”); it is translated "
        f"{where}{f' (“{expected}”)' if expected else ''}.",
    )


def _copied(sight: Sight) -> list[str]:
    """The words of the source that stand in the rendering."""
    source = {word.casefold() for word in _WORD.findall(sight.mention.text)}
    return [word for word in _WORD.findall(sight.text) if word.casefold() in source]


def _is_latin(case: Case) -> bool:
    """Whether the edition is in the Latin script: most of its other letters are."""
    letters = regex.findall(r"\p{L}", case.sight.bead.target)
    latin = sum(bool(regex.match(r"\p{Latin}", letter)) for letter in letters)
    return latin > 0.6 * len(letters)
