"""Words that stand twice in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.languages.profile import profile
from align.terminology.words import words_of
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.findings import Finding
    from align.languages.profile import Profile
    from align.terminology.words import Word

_SPACED = regex.compile(
    r"(?<![\p{L}\p{N}\p{M}'’-])([\p{L}\p{M}]+)\s+\1(?![\p{L}\p{N}\p{M}'’-])", regex.I
)
_LONGEST = 3  # words that are repeated together, where no spaces part them
# A repeated adverb ends so in Arabic (جدا جدا, شيئا فشيئا), a repeated interjection anywhere.
_ARABIC_ADVERB = regex.compile(r"\p{Arabic}+(?:ا|اً|ًا)")
_DISTRIBUTIVE = "一每個个"  # 一つ一つ, 一家一家
_HAN = regex.compile(r"\p{Han}")


@register
class DoubledWordsCheck(Check):
    """Words that stand twice in a row.

    What:
        A word, or in Chinese and Japanese up to three, that is repeated with nothing but a space
        between is a warning.

    Why:
        It is the slip that proof-readers overlook most. What languages repeat on purpose (“nous
        nous”, 人人, 研究研究), names, and what the source repeats too are left alone; so are
        languages whose grammar repeats words.

    Example:
        “ran aground” → “сел на на мель”: “на” stands twice.

    Silence:
        Delete one, or accept the finding in the baseline.
    """

    name = "doubled-words"
    subject = "form"
    rank = 110

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each repetition."""
        language = translation.language
        if profile(language).reduplicates:
            return
        texts = [passage.target for passage in translation.passages]
        if profile(language).spaced:
            found = [_with_spaces(text, language) for text in texts]
        else:
            found = _without_spaces(texts, language)
        for passage, spans in zip(translation.passages, found, strict=True):
            if not spans or _repeats(passage.source, translation.source_language):
                continue
            for span, word in spans:
                yield translation.finding(
                    self.name,
                    "warning",
                    passage,
                    f"“{word}” stands twice",
                    confidence=0.9,
                    target_span=span,
                    suggestion=word,
                )


_Repetition = tuple[Span, str]


def _with_spaces(text: str, language: str) -> list[_Repetition]:
    found = []
    twice = profile(language).twice
    for match in _SPACED.finditer(text):
        word = match[1]
        is_name = word.istitle() and match[0].split()[1].istitle() and match.start() > 0
        if word.lower() in twice or is_name or _ARABIC_ADVERB.fullmatch(word):
            continue
        found.append((Span(match.start(), match.end()), word))
    return found


def _repeats(source: str, language: str) -> bool:
    """Whether the source repeats a word as well, on purpose as it seems."""
    return profile(language).spaced and bool(_SPACED.search(source))


def _without_spaces(texts: Sequence[str], language: str) -> list[list[_Repetition]]:
    known = profile(language)
    result = []
    for text, words in zip(texts, words_of(texts, language), strict=True):
        found: list[_Repetition] = []
        reached = 0
        for index in range(1, len(words)):
            for size in range(1, _LONGEST + 1):
                first, second = words[index - size : index], words[index : index + size]
                if len(first) < size or len(second) < size or first[0].start < reached:
                    continue
                if _is_repeated(text, first, second) and _is_slip(first, known):
                    reached = second[-1].stop
                    said = text[second[0].start : second[-1].stop]
                    found.append((Span(first[0].start, reached), said))
                    break
        result.append(found)
    return result


def _is_repeated(text: str, first: Sequence[Word], second: Sequence[Word]) -> bool:
    start, middle, stop = first[0].start, second[0].start, second[-1].stop
    return text[start:middle] == text[middle:stop]


def _is_slip(words: Sequence[Word], known: Profile) -> bool:
    """Whether such words are repeated by mistake only."""
    said = "".join(word.text for word in words)
    if not regex.fullmatch(r"[\p{L}\p{M}ー]+", said) or said[0] in _DISTRIBUTIVE:
        return False
    if len(words) > 1:
        return len(said) >= known.fewest_doubled
    tag, tags = words[0].tag, known.analyser_tags
    if tag.startswith(tags.get("functional", ())):
        return True
    # Words of degree and sound are written in kana, and twice; single characters mean "each".
    whole = len(said) > 1 and _HAN.search(said) is not None
    return whole and not tag.startswith(tags.get("reduplicated", ()))
