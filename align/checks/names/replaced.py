"""Names of the source in whose place another name stands in the translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from align.checks.likeness import likenesses
from align.languages.profile import profile
from align.terminology.toponyms import country_of, places_in
from align.terminology.words import words_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.checks.likeness import PassageLikeness
    from align.passages import Passage
    from align.terminology.words import Word

_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}]+(?:[ -]\p{Lu}[\p{L}\p{M}]+)*")
_BEGINS = regex.compile(r"(?:^|[.:!?…]\s)[^\p{L}\p{N}]*$|[“«„‘\"(\[]$")

_LONGEST_NAME = 3  # words that an analyser cuts a name into
_THERE = 0.56
"""Similarity of something in the translation from which it renders a place that CLDR knows."""

_THERE_UNKNOWN = 0.5
"""The same of another name, whose rendering may be far from it."""

_ALIKE = 0.38
"""Similarity of two names of the same sort."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    Attributes:
        span: Where it stands.
        places: The countries or cities that CLDR calls so; none for other names.
    """

    span: Span
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A name in place of which another stands.

    Attributes:
        passage: Where.
        source_span: The name in the source.
        target_span: What stands there instead.
        is_known: Whether CLDR knows both.
    """

    passage: Passage
    source_span: Span
    target_span: Span
    is_known: bool


def replacements(translation: Translation) -> Iterator[Replacement]:
    """The names that are replaced, passage by passage."""
    language = translation.language
    passages = [each for each in translation.passages if each.is_aligned]
    sources = words_of([each.source for each in passages], translation.source_language)
    targets = words_of([each.target for each in passages], language)
    suspects: dict[Passage, tuple[list[Name], list[Name]]] = {}
    for passage, source, target in zip(passages, sources, targets, strict=True):
        names = _names(passage.source, source, translation.source_language)
        others = _names(passage.target, target, language)
        said = {place for name in names for place in name.places}
        there = {place for other in others for place in other.places}
        names = [name for name in names if not name.places & there]
        others = [other for other in others if not other.places & said]
        if said != there and names and others:
            suspects[passage] = names, others
    longest = 1 if profile(language).spaced else _LONGEST_NAME
    for sides in likenesses(translation, list(suspects), longest=longest):
        yield from _in_passage(sides, *suspects[sides.passage])


def _in_passage(
    sides: PassageLikeness, names: Sequence[Name], others: Sequence[Name]
) -> Iterator[Replacement]:
    lost = [name for name in names if _is_lost(name, sides)]
    words = [word for word in sides.source if word.opens or word.closes] if lost else []
    for other in others if lost else ():
        alike = sides.of([word.text for word in words], other.span).max(axis=1, initial=0.0)
        for name in lost:
            own, rest = 0.0, 0.0
            for word, value in zip(words, alike.tolist(), strict=True):
                if name.span.start <= word.start < name.span.stop:
                    own = max(own, value)
                else:
                    rest = max(rest, value)
            if rest >= max(_THERE, own):  # it renders something else
                continue
            is_known = bool(name.places and other.places)
            if _are_of_one_sort(name, other) if is_known else _may_replace(name, other, own):
                yield Replacement(sides.passage, name.span, other.span, is_known)
                lost.remove(name)
                break


def _names(text: str, words: Sequence[Word], language: str) -> list[Name]:
    """The names of a text, as far as its capitals or its analyser tell; places that CLDR knows."""
    known = profile(language)
    found = [Name(*place) for place in places_in(text, words, language)]
    tags = known.analyser_tags.get("name", ())
    spans = [Span(word.start, word.stop) for word in words if tags and word.tag.startswith(tags)]
    if not known.capital_nouns:
        spans += [
            Span(*match.span())
            for match in _NAME.finditer(text)
            if not _BEGINS.search(text, 0, match.start()) and not match[0].isupper()
        ]
    for span in spans:
        if all(span.stop <= name.span.start or name.span.stop <= span.start for name in found):
            found.append(Name(span, frozenset()))
    return sorted(found, key=lambda name: name.span)


def _is_lost(name: Name, sides: PassageLikeness) -> bool:
    text = sides.passage.source[name.span.slice]
    most = sides.of([text, *text.split()]).max(initial=0.0)
    return bool(most < (_THERE if name.places else _THERE_UNKNOWN))


def _may_replace(name: Name, other: Name, alike: float) -> bool:
    """Whether one is a city that CLDR knows, and the other like it.

    Countries are named where the source has persons and peoples of them.
    """
    return any("/" in place for place in name.places | other.places) and alike >= _ALIKE


def _are_of_one_sort(name: Name, other: Name) -> bool:
    """Whether both are countries or both are cities, or of two countries."""
    return any(
        ("/" in one) == ("/" in two) or country_of(one) != country_of(two)
        for one in name.places
        for two in other.places
    )
