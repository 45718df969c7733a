"""Compares a translation with what the memory has for the same source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.base import Check, CheckCannotRunError, register
from align.checks.chrf import chrf
from align.checks.memory.index import MemoryIndex
from align.checks.memory.quotations import quotations
from align.checks.memory.words import compared_words
from align.languages.profile import profile
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.checks.memory.index import Match
    from align.findings import Finding
    from align.passages import Passage

_FEWEST_WORDS = 3
"""Words of a source below which the same text may well be translated in two ways."""

_FEWEST_QUOTED = 4  # words of a quotation that is held to the memory's
_CHARACTERS_A_WORD = 2  # in languages that are compared by characters
_FURTHER = 25.0  # how much less alike than the sources two translations are that depart
_SAME_QUOTATION = 90.0  # from this on two renderings differ by inflection and the like
_MOST_DIFFERENCES = 3


@register
class MemoryCheck(Check):
    """A segment the memory has is translated otherwise there.

    What:
        The source of each bead is looked up in the memory. Where the memory has the same text and
        its translation has other words, this is a warning (a note where the source is shorter than
        three words); so are the words of a quotation that the memory quotes, too. Where it has a
        similar text (75 per cent of the words or more; characters in Japanese and Chinese) and the
        translations are much less alike than the sources, it is a note. How alike two translations
        are is told by sacreBLEU's chrF2, 0 to 100.

    Why:
        What was translated, reviewed and published once should read the same again, above all
        quotations. Other punctuation, capitals and spaces alone are left alone.

    Example:
        “Nobody owns the sea.” is in the memory as “La mer n’appartient à personne.”; here it is
        “Personne ne possède la mer.”

    Silence:
        Correct the memory where its translation is worse, or accept the finding in the baseline.
    """

    name = "memory"
    subject = "comparisons"
    rank = 10

    def find(self, translation: Translation) -> Iterator[Finding]:
        """Departures from the memory, passage by passage."""
        if not translation.memory:
            raise CheckCannotRunError("no memory was given")
        index = memory_index(translation)
        if not len(index):
            source, target = translation.source_language, translation.language
            raise CheckCannotRunError(f"the memory has no text in both {source} and {target}")
        for passage in translation.passages:
            if not passage.is_aligned:
                continue
            match = index.best(passage.source)
            if match is not None:
                finding = _compare(translation, passage, match)
                if finding:
                    yield finding
                if match.is_exact:
                    continue
            yield from _compare_quotations(translation, passage, index)


def memory_index(translation: Translation) -> MemoryIndex:
    """The translation's memory, made ready for looking up its source."""
    return translation.work.of(_memory_index, translation)


def _memory_index(translation: Translation) -> MemoryIndex:
    return MemoryIndex(translation.memory, translation.source_language, translation.language)


def _compare(translation: Translation, passage: Passage, match: Match) -> Finding | None:
    language = translation.language
    words = compared_words(passage.target, language)
    known = [compared_words(target, language) for target in match.entry.targets]
    if words in known:
        return None
    target = max(match.entry.targets, key=lambda text: chrf(passage.target, text))
    alike = chrf(passage.target, target)
    if not match.is_exact:
        if alike >= chrf(passage.source, match.entry.source) - _FURTHER:
            return None
        return translation.finding(
            "memory",
            "note",
            passage,
            f"the memory has a source {int(100 * match.similarity)} per cent alike, but translates "
            f"it otherwise (chrF {alike:.0f}): “{target}”",
            confidence=0.5,
        )
    short = _size(compared_words(passage.source, translation.source_language),
                  translation.source_language) < _FEWEST_WORDS  # fmt: skip
    return translation.finding(
        "memory",
        "note" if short else "warning",
        passage,
        f"the memory translates this source otherwise (chrF {alike:.0f}): "
        f"{difference(target, passage.target, language)}",
        confidence=0.6 if short else 0.9,
        target_span=Span(0, len(passage.target)),
        suggestion=target,
    )


def _compare_quotations(
    translation: Translation, passage: Passage, index: MemoryIndex
) -> Iterator[Finding]:
    """Compares quotations with those of the memory that have the same words."""
    own = quotations(passage.source)
    for place, span in enumerate(own):
        quotation = passage.source[span.slice]
        size = _size(compared_words(quotation, translation.source_language),
                     translation.source_language)  # fmt: skip
        if size < _FEWEST_QUOTED:
            continue
        known = []
        for entry, theirs in index.quoted(quotation):
            for target in entry.targets:
                there = quotations(target)
                if len(there) == len(quotations(entry.source)):
                    known.append(target[there[theirs].slice])
        if not known:
            continue
        here = quotations(passage.target)
        found = here[place] if len(here) == len(own) else _nearest(known[0], passage.target)
        text = passage.target[found.slice]
        best = max(known, key=lambda other: chrf(text, other))
        alike = chrf(text, best)
        if alike < _SAME_QUOTATION:
            yield translation.finding(
                "memory",
                "warning",
                passage,
                f"the memory translates this quotation otherwise (chrF {alike:.0f}): "
                f"{difference(best, text, translation.language)}",
                confidence=0.8,
                source_span=span,
                target_span=found,
                suggestion=best,
            )


def _nearest(known: str, text: str) -> Span:
    """The part of a text that is most like a known one."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(known, text)
    if found is None or len(text) <= len(known):
        return Span(0, len(text))
    return Span(found.dest_start, found.dest_end)


def difference(known: str, here: str, language: str) -> str:
    """The words by which two texts differ, in the order of the text.

    >>> difference("La mer est calme et vide.", "La mer est agitée et vide.", "fr")
    '“agitée” here for “calme” there'
    """
    from rapidfuzz.distance import Indel

    one, other = compared_words(known, language), compared_words(here, language)
    between = " " if profile(language).spaced else ""
    pieces: list[tuple[int, int, int, int]] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            continue
        near = pieces and step.src_start - pieces[-1][1] < 2 and step.dest_start - pieces[-1][3] < 2
        if near:
            pieces[-1] = (pieces[-1][0], step.src_end, pieces[-1][2], step.dest_end)
        else:
            pieces.append((step.src_start, step.src_end, step.dest_start, step.dest_end))
    shown = [
        f"“{between.join(other[c:d])}” here for “{between.join(one[a:b])}” there"
        if a < b and c < d
        else f"“{between.join(other[c:d])}” is only here"
        if c < d
        else f"“{between.join(one[a:b])}” is only there"
        for a, b, c, d in pieces[:_MOST_DIFFERENCES]
    ]
    more = len(pieces) - len(shown)
    return "; ".join(shown) + (f"; and {more} more" if more else "")


def _size(words: Sequence[str], language: str) -> float:
    return len(words) / (1 if profile(language).spaced else _CHARACTERS_A_WORD)
