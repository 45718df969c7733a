"""The two ways of writing Chinese part ways: a term is another word in each."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from align.languages import to_simplified
from align.languages.profile import base_language, profile
from align.languages.scripts import is_traditional
from align.terminology.divergences.context import Statement
from align.terminology.divergences.registry import divergence
from align.terminology.forms import form_key, same_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from align.terminology.divergences.context import Context
    from align.terminology.model import Rendering

_FEWEST = 2  # mentions rendered alike in both editions


@divergence("across-languages", title="editions part ways", rank=90)
def across_languages(context: Context) -> None:
    """Editions that belong together, simplified and traditional Chinese, with different words."""


def parting_editions(mains: Mapping[str, Rendering]) -> Iterator[tuple[str, Statement]]:
    """Compares the main renderings of one term in simplified and in traditional Chinese.

    Yields:
        The language, and what there is to say.
    """
    from align.languages import language_name

    sure = {language: main for language, main in mains.items() if main.count >= _FEWEST}
    for one, other in _two_ways_of_writing(sorted(sure)):
        first, second = sure[one].text, sure[other].text
        same = {form_key(text, other) for text in (second, to_simplified(second))}
        if not any(same_form(form_key(first, one), key) for key in same):
            yield (
                other,
                Statement(
                    first,
                    f"“{second}” here, “{first}” in {language_name(one)}: "
                    "the two editions part ways.",
                ),
            )


def _two_ways_of_writing(languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The pairs, simplified and traditional, in which a term is expected to be the same word."""
    for one, other in permutations(languages, 2):
        of_one = base_language(one) == base_language(other) and profile(one).simplified
        if of_one and is_traditional(other) and not is_traditional(one):
            yield one, other
