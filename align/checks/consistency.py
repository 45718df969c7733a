"""Compares what a text says twice: the same source in two ways, or two sources in the same way."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import regex

from align.checks.base import Check, register
from align.checks.memory.words import compared_words, folded
from align.languages.profile import profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage

_FEWEST_WORDS = 3  # of a source that has to be rendered alike
_FEWEST_CHARACTERS = 6  # where there are no spaces
_NUMBER = regex.compile(r"[\p{N}.,٫٬]+")


@register
class ConsistencyCheck(Check):
    """The same source in two ways, or two sources in the same way.

    What:
        Beads whose sources are the same but for capitals, spaces and punctuation are compared.
        Where their translations have other words, those that depart from the commonest (the first,
        where none is commonest) are warnings. Where two different sources have the same
        translation, the later one is a note.

    Why:
        A reader who meets a sentence again takes another wording for another meaning. Sources of
        fewer than three words (six characters in Japanese and Chinese) and those of numbers and
        names alone are left out, for their place decides how they read.

    Example:
        “The ferry is late again.” is “Le bac est encore en retard.” in one place, “Le ferry a de
        nouveau du retard.” in another.

    Silence:
        Accept the finding in the baseline where the two places need two wordings.
    """

    name = "consistency"
    subject = "comparisons"
    rank = 20

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Inconsistent passages."""
        by_source: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
        by_target: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
        for passage in translation.passages:
            if not passage.is_aligned:
                continue
            source = tuple(compared_words(passage.source, translation.source_language))
            target = tuple(compared_words(passage.target, translation.language))
            if _says_enough(source, passage.source, translation.source_language):
                by_source[source].append(passage)
                if _says_enough(target, passage.target, translation.language):
                    by_target[target].append(passage)
        for passages in by_source.values():
            yield from _different_targets(translation, passages)
        for passages in by_target.values():
            yield from _different_sources(translation, passages)


def _different_targets(translation: Translation, passages: Sequence[Passage]) -> Iterator[Finding]:
    targets = [tuple(compared_words(each.target, translation.language)) for each in passages]
    if len(set(targets)) < 2:
        return
    usual = Counter(targets).most_common(1)[0][0]
    shown = folded(passages[targets.index(usual)].target)
    often = targets.count(usual)
    for passage, target in zip(passages, targets, strict=True):
        if target != usual:
            yield translation.finding(
                "consistency",
                "warning",
                passage,
                f"the same source is translated otherwise in {_places(often)}: “{shown}”",
                confidence=0.8,
                suggestion=shown,
            )


def _different_sources(translation: Translation, passages: Sequence[Passage]) -> Iterator[Finding]:
    sources = [tuple(compared_words(each.source, translation.source_language)) for each in passages]
    seen = set(sources[:1])
    for source, passage in zip(sources, passages, strict=True):
        if source not in seen:
            seen.add(source)
            yield translation.finding(
                "consistency",
                "note",
                passage,
                f"another source has the same translation: “{folded(passages[0].source)}”",
                confidence=0.5,
            )


def _says_enough(words: Sequence[str], text: str, language: str) -> bool:
    """Whether a text is long enough, and more than numbers and names."""
    together = not profile(language).spaced
    if len(words) < (_FEWEST_CHARACTERS if together else _FEWEST_WORDS):
        return False
    if together:
        return not all(_NUMBER.fullmatch(word) or word.isascii() for word in words)
    # A name's words have capitals; a sentence has some words without.
    small = [word for word in regex.findall(r"[\p{L}\p{M}\p{N}]+", text) if not word[0].isupper()]
    return not all(_NUMBER.fullmatch(word) for word in small)


def _places(count: int) -> str:
    return "another place" if count == 1 else f"{count} other places"
