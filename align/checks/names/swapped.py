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
_HAN = regex.compile(r"\p{Han}")
_ALIKE = 0.7  # of the sounds of a name and a rendering: spellings and endings differ
_SWAP = 2  # edits that two letters in the wrong order make
_SIMILARITY = 0.8  # of a name with two letters swapped
_LONGEST = 64  # letters of a name: every two neighbours are tried, each against the whole of it


def swapped_names(translation: Translation) -> Iterator[tuple[Passage, Span, Close, KnownName]]:
    """Where a word sounds as a name of the source once two of its letters change places.

    Yields:
        The passage, the name in its source, what stands there, and what would be right.
    """
    language = translation.language
    known = profile(language)
    if not (known.names_heard and known.vowels_written):
        return
    passages = [
        (passage, names)
        for passage in translation.passages
        if passage.is_aligned and (names := _NAME.findall(passage.source))
    ]
    words = words_of([passage.target for passage, _ in passages], language)
    for (passage, names), in_target in zip(passages, words, strict=True):
        rare = [
            name
            for name in _NAME.finditer(passage.source)
            if len(name[0]) <= _LONGEST
            and not (name[0].isupper() or is_heard_of(name[0], translation.source_language))
        ]
        for word in in_target if rare else ():
            if len(word.text) > _LONGEST:
                continue
            if word.text[:1].islower() or word.text in passage.source:
                continue
            if _HAN.search(word.text):  # characters that mean something spell no foreign name
                continue
            if known.spaced and is_heard_of(word.text, language):
                continue
            for name in rare:
                right = _unswapped(word.text, name[0])
                # It may be a rendering of another name.
                others = (other for other in names if other != name[0])
                if right and not any(_alike(other, word.text) for other in others):
                    span = Span(word.start, word.start + len(word.text))
                    close = Close(span, _SIMILARITY, right)
                    yield passage, Span(*name.span()), close, KnownName(right, "sound", 1)


def _unswapped(word: str, name: str) -> str | None:
    """The word with two neighbours swapped, if that takes away what sounds otherwise in it.

    >>> _unswapped("Udea", "Ueda"), _unswapped("Ueda", "Ueda"), _unswapped("Ортиаке", "Oritake")
    ('Ueda', None, 'Оритаке')
    """
    from rapidfuzz.distance import Levenshtein

    wanted, sound = sound_of(name).letters, sound_of(word).letters
    most = Levenshtein.distance(wanted, sound) - _SWAP
    for place in range(len(word) - 1 if most >= 0 else 0):
        letters = [*word.lower()]
        letters[place : place + 2] = reversed(letters[place : place + 2])
        other = "".join(letters).capitalize()
        if Levenshtein.distance(wanted, sound_of(other).letters) <= most and _alike(name, other):
            return other
    return None


def _alike(name: str, word: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    sounds = sound_of(name).letters, sound_of(word).letters
    return Levenshtein.normalized_similarity(*sounds) >= _ALIKE
