"""Editions that belong together part ways: the two ways of writing Chinese, French and Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.languages import to_simplified
from align.languages.profile import base_language, profile
from align.terminology.divergences.context import Divergence
from align.terminology.forms import form_key, same_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.terminology.hits import Group, Hit

# Editions in which a term is expected to be the same word.
_SAME_WORD = (("zh-Hans", "zh-Hant"),)
_FEWEST = 2  # mentions rendered alike in both editions
_FITS = 0.8  # probability that each of these is rendered so
_FAR = 0.45  # similarity below which two renderings are not cognate in meaning


def parting_editions(mains: Mapping[str, Group]) -> Iterator[tuple[str, Hit, Divergence]]:
    """Compares the main renderings of one term in languages that go together.

    Yields:
        The language, the first mention there, and the divergence, always a note.
    """
    sure = {language: main for language, main in mains.items() if _is_sure(main)}
    for one, other in _SAME_WORD:
        if one in sure and other in sure:
            first, second = sure[one], sure[other]
            if not _same_word(first.text, second.text):
                yield other, second.hits[0], _note(one, first, second)
    for one, other in _related(sorted(sure)):
        first, second = sure[one], sure[other]
        one_vector, other_vector = first.hits[0].vector, second.hits[0].vector
        if one_vector is None or other_vector is None:
            continue
        if float(one_vector @ other_vector) < _FAR:
            yield other, second.hits[0], _note(one, first, second)


def _related(languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of languages in which a term is expected to mean the same."""
    for one in languages:
        for related in profile(one).related:
            yield from ((one, other) for other in languages if base_language(other) == related)


def _is_sure(main: Group) -> bool:
    """Whether a rendering was found well, at more than one mention: one may be any other word."""
    return len(main.hits) >= _FEWEST and all(hit.fit >= _FITS for hit in main.hits)


def _same_word(simplified: str, traditional: str) -> bool:
    key = form_key(simplified, "zh-Hans")
    return same_form(key, form_key(traditional, "zh-Hant")) or same_form(
        key, form_key(to_simplified(traditional), "zh-Hans")
    )


def _note(language: str, first: Group, second: Group) -> Divergence:
    from align.languages import language_name

    return Divergence(
        "across-languages",
        "note",
        0.6,
        first.text,
        f"“{second.text}” here, “{first.text}” in {language_name(language)}: "
        "the two editions part ways.",
    )
