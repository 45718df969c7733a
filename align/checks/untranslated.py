"""Text of the translation that is still in the language of the source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from align.checks.addresses import addresses_in
from align.checks.base import Check, register
from align.languages.profile import profile
from align.languages.scripts import scripts_of
from align.terminology.tagging import general_frequency
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*")
# Where words are kept on purpose: quotations and titles, glosses in brackets, code.
_KEPT = regex.compile(
    r"“[^”]*”|«[^»]*»|‹[^›]*›|「[^」]*」|『[^』]*』|《[^》]*》|〈[^〉]*〉|＜[^＞]*＞|„[^“”]*[“”]|\"[^\"]*\""
    r"|‘(?:[^’]|’(?=\p{L}))*’|(?<![\p{Latin}\d])'(?:[^']|(?<=\w)'(?=\p{L}))*'(?![\p{Latin}\d])"
    r"|\([^()]*\)|（[^（）]*）|\[[^][]*\]|［[^［］]*］|【[^【】]*】"
    r"|(?<![\p{Latin}\d*_])([*_]{1,3})(?=\S)[^*_]+\1(?![\p{Latin}\d*_])|`[^`]*`"
)
_CODE = regex.compile(r"[_{}<>=\\|`$]|::|->|(?<!\S)--?\w|\w\(|\w\.\w+\(")
# An entry of a bibliography: who wrote it and when, or where it was published.
_REFERENCE = regex.compile(
    r"^\W*(?:\d+\W+)?\p{Lu}[\p{L}'’-]+, \p{Lu}[\p{L}.'’-]*[\s,;&(.].*(?<!\d)(?:1[5-9]|20)\d\d(?!\d)"
    r"|\b(?:ISBN|ISSN|DOI|doi)\b|\bpp?\.\s?\d+|\b(?:[Vv]ol|[Nn]o)\.\s?\d+.*\bpp?\b|\d\(\d+\):\s?\d"
)
_DATED = regex.compile(r"\W{0,3}[(（][^()（）]{0,60}(?<!\d)(?:1[5-9]|20)\d\d[a-z]?[)）]")
_FEWEST_WORDS = 5
"""Words in a row that are left in the source language before it is said."""

_FEWEST_SIGNS = 8
"""The same in Chinese characters and kana."""

_FEWEST_FUNCTIONAL = 2
"""Function words of the source language among them, which titles and names have few of."""

_FEWEST_LETTERS = 4  # of a word that is none of grammar, and tells the language of a heading
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class _Run:
    span: Span
    words: tuple[str, ...]


@register
class UntranslatedCheck(Check):
    """Sentences, or long runs of words, left in the language of the source.

    What:
        An error for a passage, or for five words in a row within one, that are in the language of
        the source: in its script where the translation has another, else the words of the source as
        they stand there.

    Why:
        It is what a translator meant to come back to. What is kept on purpose is left alone: words
        in quotation marks or brackets, mostly capitalised ones, those without two function words of
        the source language, code, what is cited with its year, entries of a bibliography.

    Example:
        “Marine fuel is still waiting.” → “Marine fuel is still waiting.”

    Silence:
        Translate it, put it in quotation marks, or accept the finding in the baseline.
    """

    name = "untranslated"
    subject = "completeness"
    rank = 60
    covers = "all"

    def find(self, translation: Translation) -> Iterator[Finding]:
        """An error for each stretch left in the source's language."""
        language = translation.source_language
        for passage in translation.passages:
            for run in untranslated_runs(passage, language, translation.language):
                letters = sum(map(len, _WORD.findall(passage.target))) or 1
                share = sum(map(len, run.words)) / letters
                whole = share > _NEARLY_ALL
                yield translation.finding(
                    self.name,
                    "error",
                    passage,
                    "the passage is not translated"
                    if whole
                    else f"“{_shortened(passage.target[run.span.slice])}” is not translated",
                    confidence=0.95 if whole else 0.85,
                    target_span=run.span,
                )


@register
class SameAsSourceCheck(Check):
    """Passages that are the same in both languages.

    What:
        A passage whose two sides are equal but for case, spaces and punctuation is a warning,
        unless the check `untranslated` has it already.

    Why:
        A short heading or label is easily passed over. Names, numbers, addresses and entries of a
        bibliography are the same in many languages and are left alone, and so are single words.

    Example:
        “Further reading” → “Further reading”

    Silence:
        Translate it, or accept the finding in the baseline.
    """

    name = "same-as-source"
    subject = "completeness"
    rank = 70

    def find(self, translation: Translation) -> Iterator[Finding]:
        """A warning for each passage that stayed the same."""
        for passage in translation.passages:
            if not passage.is_aligned or _bare(passage.source) != _bare(passage.target):
                continue
            if _REFERENCE.search(passage.source) or not _is_text(
                passage.source, translation.source_language, translation.language
            ):
                continue
            if any(untranslated_runs(passage, translation.source_language, translation.language)):
                continue
            yield translation.finding(
                self.name,
                "warning",
                passage,
                "the translation is the same as the source",
                confidence=0.7,
                target_span=Span(0, len(passage.target)),
            )


def untranslated_runs(passage: Passage, source: str, target: str) -> Iterator[_Run]:
    """The stretches of a passage's target that are in the language of the source."""
    text = passage.target
    if not text or _REFERENCE.search(text):
        return
    kept = [Span(*match.span()) for match in _KEPT.finditer(text)]
    kept += [address.span for address in addresses_in(text)]
    for run in _candidates(passage, source, target):
        inside = any(
            place.start <= run.span.start and run.span.stop <= place.stop
            for place in kept
            if len(place) < len(text) - 2
        )
        if inside or _CODE.search(text[run.span.slice]) or _DATED.match(text, run.span.stop):
            continue
        if _is_running_text(run, source, target):
            yield run


def _candidates(passage: Passage, source: str, target: str) -> Iterator[_Run]:
    own, other = scripts_of(source), scripts_of(target)
    if other and not own <= other:
        for match in _in_scripts(own - other).finditer(passage.target):
            yield _Run(Span(*match.span()), tuple(_WORD.findall(match[0])))
    elif profile(source).spaced:
        yield from _common(passage.source, passage.target)


def _common(source: str, target: str) -> Iterator[_Run]:
    """The longest runs of words of the target that stand in the source as they are."""
    theirs = [match[0].casefold() for match in _WORD.finditer(source)]
    places = list(_WORD.finditer(target))
    ours = [match[0].casefold() for match in places]
    if len(set(ours) & set(theirs)) < _FEWEST_WORDS - 1:
        return
    following: dict[str, list[int]] = {}
    for index, word in enumerate(theirs):
        following.setdefault(word, []).append(index)
    start = 0
    while start < len(ours):
        length = max(
            (_equal(ours, start, theirs, index) for index in following.get(ours[start], ())),
            default=0,
        )
        if length >= _FEWEST_WORDS:
            span = Span(places[start].start(), places[start + length - 1].end())
            yield _Run(span, tuple(match[0] for match in places[start : start + length]))
        start += max(length, 1)


def _equal(ours: Sequence[str], start: int, theirs: Sequence[str], index: int) -> int:
    """How many words are equal from two places on."""
    length = 0
    while (
        start + length < len(ours)
        and index + length < len(theirs)
        and ours[start + length] == theirs[index + length]
    ):
        length += 1
    return length


def _is_running_text(run: _Run, source: str, target: str) -> bool:
    """Whether a run is a part of a sentence rather than a name or a title."""
    if not profile(source).spaced:
        return sum(map(len, run.words)) >= _FEWEST_SIGNS
    words = [word for word in run.words if not word.isdigit()]
    if len(words) < _FEWEST_WORDS:
        return False
    functional = profile(source).function_words
    found = sum(word.lower() in functional - profile(target).function_words for word in words)
    contents = [word for word in words[1:] if word.lower() not in functional]
    capitals = sum(word[0].isupper() for word in contents)
    return (not functional or found >= _FEWEST_FUNCTIONAL) and capitals <= len(contents) / 2


@lru_cache(maxsize=64)
def _in_scripts(scripts: frozenset[str]) -> regex.Pattern[str]:
    """Runs of words in some scripts, with whatever is no letter between them."""
    letters = "".join(rf"\p{{Script={name}}}" for name in sorted(scripts))
    return regex.compile(rf"[{letters}](?:[\p{{M}}{letters}]|[^\p{{L}}]+(?=[{letters}]))*")


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _is_text(text: str, source: str, target: str) -> bool:
    """Whether it is more than names, numbers and addresses, and more than one word."""
    for address in reversed(addresses_in(text)):
        text = text[: address.span.start] + text[address.span.stop :]
    words = [word for word in _WORD.findall(text) if not any(sign.isdigit() for sign in word)]
    if not profile(source).spaced:
        return sum(map(len, words)) >= _FEWEST_SIGNS
    functional = profile(source).function_words
    return any(
        word.islower()
        and (len(word) >= _FEWEST_LETTERS or word in functional)
        and general_frequency(word, source) > general_frequency(word, target)
        for word in words[1:]
    )


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "…"
