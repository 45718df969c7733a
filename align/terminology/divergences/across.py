"""Editions that belong together part ways: the two ways of writing Chinese, French and Spanish."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from align.languages import to_simplified
from align.languages.profile import base_language, profile
from align.languages.scripts import is_traditional
from align.terminology.divergences.context import Divergence
from align.terminology.divergences.registry import KINDS, Kind
from align.terminology.forms import form_key, same_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.terminology.hits import Group, Hit

_FEWEST = 2  # mentions rendered alike in both editions
_FITS = 0.8  # probability that each of these is rendered so
_FAR = 0.45  # similarity below which two renderings are not cognate in meaning


KINDS.add(
    "across-languages",
    Kind(
        "across-languages", "editions part ways", against_rendering=False, check=None, text=__doc__
    ),
)


def parting_editions(mains: Mapping[str, Group]) -> Iterator[tuple[str, Hit, Divergence]]:
    """Compares the main renderings of one term in languages that go together.

    Yields:
        The language, the first mention there, and the divergence, always a note.
    """
    sure = {language: main for language, main in mains.items() if _is_sure(main)}
    for one, other in _two_ways_of_writing(sorted(sure)):
        first, second = sure[one], sure[other]
        same = {form_key(text, other) for text in (second.text, to_simplified(second.text))}
        if not any(same_form(form_key(first.text, one), key) for key in same):
            yield other, second.hits[0], _note(one, first, second)
    for one, other in _related(sorted(sure)):
        first, second = sure[one], sure[other]
        one_vector, other_vector = first.hits[0].vector, second.hits[0].vector
        if one_vector is None or other_vector is None:
            continue
        if float(one_vector @ other_vector) < _FAR:
            yield other, second.hits[0], _note(one, first, second)


def _two_ways_of_writing(languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs, simplified and traditional, in which a term is expected to be the same word."""
    for one, other in permutations(languages, 2):
        of_one = base_language(one) == base_language(other) and profile(one).simplified
        if of_one and is_traditional(other) and not is_traditional(one):
            yield one, other


def _related(languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of languages in which a term is expected to mean the same."""
    for one in languages:
        for related in profile(one).related:
            yield from ((one, other) for other in languages if base_language(other) == related)


def _is_sure(main: Group) -> bool:
    """Whether a rendering was found well, at more than one mention: one may be any other word."""
    return len(main.hits) >= _FEWEST and all(hit.fit >= _FITS for hit in main.hits)


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
