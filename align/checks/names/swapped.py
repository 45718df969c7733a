"""Names two letters of which have changed places: what nothing but a slip explains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.names.known import KnownName, is_heard_of
from align.checks.names.spelling import Close
from align.languages.profile import profile
from align.terminology.romanising import sound_of
from align.terminology.words import words_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.passages import Passage

_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}]+")
_FEWEST = 4  # sounds of a name
_SIMILARITY = 0.8  # of a name with two letters swapped


def swapped_names(translation: Translation) -> Iterator[tuple[Passage, Span, Close, KnownName]]:
    """Where a word sounds as a name of the source once two of its letters change places.

    Yields:
        The passage, the name in its source, what stands there, and what would be right.
    """
    language = translation.language
    known = profile(language)
    if not (known.names_heard and known.vowels_written):
        return
    tags = known.analyser_tags.get("name", ("",))
    passages = [
        (passage, names)
        for passage in translation.passages
        if passage.is_aligned
        for names in [
            [
                match
                for match in _NAME.finditer(passage.source)
                if not match[0].isupper() and not is_heard_of(match[0], translation.source_language)
            ]
        ]
        if names
    ]
    words = words_of([passage.target for passage, _ in passages], language)
    for (passage, names), in_target in zip(passages, words, strict=True):
        others = [
            word
            for word in in_target
            if not word.text[:1].islower()
            and word.tag.startswith(tags)
            and word.text not in passage.source
            and not is_heard_of(word.text, language)
        ]
        for name in names:
            for word in others:
                right = _unswapped(word.text, name[0], language)
                if right is not None:
                    span = Span(word.start, word.start + len(word.text))
                    close = Close(span, _SIMILARITY, right)
                    yield passage, Span(*name.span()), close, KnownName(right, "sound", 1)


def _unswapped(word: str, name: str, language: str) -> str | None:
    """The word with two neighbours swapped, if it then sounds as the name and did not before.

    >>> _unswapped("Udea", "Ueda", "fr"), _unswapped("Ueda", "Ueda", "fr")
    ('Ueda', None)
    """
    wanted, sound = sound_of(name).letters, sound_of(word).letters
    # An ending may stand in place of the last sound.
    stem = wanted[:-1] if profile(language).names_inflected else wanted
    if len(wanted) < _FEWEST or abs(len(sound) - len(wanted)) > 1 or sound.startswith(stem):
        return None
    if sorted(sound[: len(stem)]) != sorted(stem):
        return None
    for place in range(len(word) - 1):
        letters = [*word.lower()]
        letters[place : place + 2] = reversed(letters[place : place + 2])
        other = "".join(letters)
        if sound_of(other).letters.startswith(stem):
            return other.capitalize()
    return None
