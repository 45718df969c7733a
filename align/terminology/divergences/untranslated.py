"""A term left in the words of the source where it is translated elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.languages.frequencies import word_counts
from align.terminology.divergences.context import Context, Divergence, stands_in
from align.terminology.divergences.registry import InCheck, divergence
from align.terminology.tagging import general_frequency

if TYPE_CHECKING:
    from align.terminology.hits import Hit

_LETTER, _LATIN = regex.compile(r"\p{L}"), regex.compile(r"\p{Latin}")
_MOST_COPIES = 0.5  # share of editions in other scripts that may have the source's words
_LONG_NAME = 3  # words from which a name is a description
_ORDINARY = 3.0  # Zipf frequency from which a word is one of everyday language
_FEWEST = 2  # editions without which nothing can be said of a name


@divergence(
    "untranslated",
    title="left untranslated",
    rank=20,
    check=InCheck("term-untranslated", 70),
)
def untranslated(context: Context) -> Divergence | None:
    """A term left in the source language that is translated elsewhere.

    What:
        A term that stands in the translation in the words of the source, and is translated in other
        places or editions.

    Example:
        “soft power” is left in English once, and is “软实力” elsewhere
    """
    hit = context.hit
    copied = hit.copied
    if not copied or not context.found or hit.short or _is_in_brackets(hit):
        return None
    translated_here = any(not other.copied for other in context.siblings)
    copied_here = any(other.copied for other in context.siblings)
    if copied_here or _is_gloss(context) or _is_a_word_there(context):
        return None  # a choice, not a slip
    elsewhere = [other for other in context.elsewhere.values() if other.target_span is not None]
    if is_latin(hit):
        # In the same script a name is kept, and a single word may be the same in both languages.
        # One of common words is translated, if no other edition keeps it.
        whole = len(copied) > 1 and " ".join(copied).casefold() == hit.mention.text.casefold()
        kept = hit.is_name and (
            len(copied) < _LONG_NAME or any(other.copied for other in elsewhere)
        )
        suspect = not kept and (whole or (translated_here and not context.is_main))
    else:
        # Names and abbreviations are kept, too, unless all others write them in their script.
        others = [other for other in elsewhere if not is_latin(other)]
        # "広島AIプロセス" has an abbreviation of the name, which is translated all the same.
        copies = sum(2 * len(other.copied) >= len(copied) for other in others)
        several = len(copied) >= _LONG_NAME
        turned = len(others) >= _FEWEST and copies == 0 and (several or not context.keeps_names)
        suspect = turned or (translated_here and not hit.is_name)
        suspect = suspect or (not hit.is_name and copies <= _MOST_COPIES * len(others))
    if not suspect or not (translated_here or len(elsewhere) >= _FEWEST):
        return None
    expected = next((other.text for other in context.siblings if not other.copied), None)
    where = "elsewhere in this edition" if expected else "in other editions"
    return Divergence(
        "untranslated",
        "warning",
        0.9 if expected else 0.75,
        expected,
        f"“{' '.join(copied)}” is left untranslated; it is translated {where}"
        f"{f' (“{expected}”)' if expected else ''}.",
        ground="copy",
    )


def _is_gloss(context: Context) -> bool:
    """Whether what renders the term elsewhere stands beside its own words: "a fork (fork)"."""
    translations = {other.key for other in context.siblings if not other.copied}
    return any(stands_in(key, context.hit.passage, context.language) for key in translations)


def _is_a_word_there(context: Context) -> bool:
    """Whether the words are ordinary ones of the edition's own language: French "options"."""
    if not is_latin(context.hit) or word_counts(context.language) is None:
        return False
    words = context.hit.copied
    return all(general_frequency(word, context.language) >= _ORDINARY for word in words)


def _is_in_brackets(hit: Hit) -> bool:
    """Whether a rendering is the abbreviation in brackets after a long form."""
    span = hit.target_span
    return span is not None and hit.passage.target[: span.start].rstrip().endswith(("(", "（"))


def is_latin(hit: Hit) -> bool:
    """Whether the edition is in the Latin script: most letters of the bead are."""
    letters = _LETTER.findall(hit.passage.target)
    return len(_LATIN.findall(hit.passage.target)) > 0.6 * len(letters)
