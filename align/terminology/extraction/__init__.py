"""The key terms of a text: names, abbreviations, coinages, phrases and words that carry it.

Noun phrases are told by parts of speech (Justeson and Katz 1995), what makes them terms by how
much more often they stand here than in everyday text and by standing on their own where they are
nested in longer ones (after Frantzi et al.'s C-value, 2000).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.extraction.names import abbreviations, coinages, names
from align.terminology.extraction.phrases import phrases, single_words
from align.terminology.extraction.reader import Reader
from align.terminology.extraction.term_candidates import TermCandidate, made_terms, match
from align.terminology.variants import is_abbreviation, term_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from align.terminology.model import Term

__all__ = ["key_terms"]

_ORDINARY = ("phrase", "word")


def key_terms(
    texts: Sequence[str],
    language: str,
    *,
    given: Iterable[str] = (),
    of_termbase: Iterable[str] = (),
) -> list[Term]:
    """Finds the key terms of a text.

    Args:
        texts: The segments' texts.
        language: BCP 47 tag.
        given: Terms that the user named; they are terms wherever they stand.
        of_termbase: Terms of a termbase, likewise.

    Returns:
        The terms, the weightiest first; no two mentions overlap, the longest wins.
    """
    reader = Reader(texts, language)
    found: dict[tuple[str, ...], TermCandidate] = {}
    for origin, listed in (("given", given), ("termbase", of_termbase)):
        for text in listed:
            key = term_key(text, language)
            if key and key not in found:
                kind = "abbreviation" if is_abbreviation(text) else reader.kind_of(text)
                found[key] = TermCandidate(kind, origin, 100.0, standing=text)  # type: ignore[arg-type]
    for key, candidate in (
        *names(reader),
        *coinages(reader),
        *phrases(reader),
        *single_words(reader),
    ):
        known = found.setdefault(key, candidate)
        if known.kind == "name" and known.origin == "text" and candidate.kind in _ORDINARY:
            # What has a capital in a title is no name for that.
            if len(candidate.places) <= 2 * len(known.places):
                continue
            known.kind, known.weight = candidate.kind, candidate.weight
        known.places |= candidate.places
    long_forms: dict[tuple[str, ...], tuple[str, ...]] = {}
    for short, key, long_form in abbreviations(reader):
        found.setdefault(key, long_form)
        long_forms.setdefault(short, key)
    match(found, reader)
    for short, key in long_forms.items():
        if short in found and found[short].origin == found[key].origin:
            found[key].places |= found.pop(short).places
    return made_terms(found, reader)
