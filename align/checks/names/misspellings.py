"""Where a name is not written as it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.checks.names.known import (
    KnownName,
    WrittenNames,
    alike_in_memory,
    is_heard_of,
    known_in_memory,
    parts_of_name,
)
from align.checks.names.spelling import Close, NameText
from align.checks.names.swapped import swapped_names
from align.checks.terms.rules import breaches
from align.checks.terms.usages import usages
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.checks.terms.usages import Usage
    from align.passages import Passage
    from align.terminology.model import Occurrence

_MISSING = 0.3
"""Probability of the best rendering below which a name seems to have none."""

_LOOKED_AT = 0.5  # probability of a rendering that is looked at closely


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A name that is written otherwise than is known.

    Attributes:
        passage: Where.
        source_span: The name in the source.
        close: What stands there instead.
        known: How it is known to be written.
        only: Whether a termbase permits nothing else.
    """

    passage: Passage
    source_span: Span
    close: Close
    known: KnownName
    only: bool


def misspelt_places(translation: Translation) -> set[tuple[Passage, Span]]:
    """The names of the source that are misspelt in the translation, for other checks to pass."""
    return {(each.passage, each.source_span) for each in misspellings(translation)}


def misspellings(translation: Translation) -> tuple[Misspelling, ...]:
    """All names that are written otherwise than is known, each place once."""
    return translation.work.of(_misspellings, translation)


def _misspellings(translation: Translation) -> tuple[Misspelling, ...]:
    found: dict[tuple[Passage, Span], Misspelling] = {}
    names = [each for each in usages(translation) if each.term.kind in ("name", "abbreviation")]
    speller = _Speller(translation, names)
    swapped = (Misspelling(*each, only=False) for each in swapped_names(translation))
    for each in (*speller.against_termbase(), *speller.against_other_places(), *swapped):
        found.setdefault((each.passage, each.source_span), each)
    spans: set[tuple[Passage, Span]] = set()
    kept = []
    for each in found.values():  # one misspelling may spoil two names, the long and the short
        place = (each.passage, each.close.span)
        if place not in spans:
            spans.add(place)
            kept.append(each)
    return tuple(kept)


class _Speller:
    def __init__(self, translation: Translation, names: Sequence[Usage]) -> None:
        self._translation = translation
        self._language = translation.language
        self._names = names
        self._by_name = {usage.term.text: usage for usage in names}
        self._passages = {
            segment: passage for passage in translation.passages for segment in passage.bead.source
        }
        self._texts: dict[str, NameText] = {}
        self._written = WrittenNames(names, (translation.source_language, translation.language))
        self._words_and_forms = [
            (
                other,
                set(other.term.text.split()),
                {
                    each.form
                    for each in (*other.memory, *other.here)
                    if each.form and each.probability > _MISSING
                },
            )
            for other in names
        ]

    def against_termbase(self) -> Iterator[Misspelling]:
        """Where a name of the termbase does not stand, but something close does."""
        for breach in breaches(self._translation):
            mention = breach.passage.source[breach.source_span.slice]
            if not (mention[:1].isupper() and breach.rule.term[:1].isupper()):
                continue
            permitted = breach.rule.permitted
            # A small letter where the script has capitals begins an adjective.
            known = [KnownName(text, "termbase", 1) for text in permitted if not text[:1].islower()]
            yield from self._compare(
                breach.passage, breach.source_span, known, (), only=len(permitted) == 1
            )

    def against_other_places(self) -> Iterator[Misspelling]:
        """Where a name is not as in the memory or, if that has it not, elsewhere in the text."""
        for usage in self._names:
            others = self._others(usage)
            for occurrence in usage.here:
                passage = self._passages.get(occurrence.mention.segment)
                if passage is None or not passage.is_aligned:
                    continue
                if passage.source != occurrence.source_text or passage.source == passage.target:
                    continue
                known = self._known_for(usage, occurrence)
                if usage.term.kind == "abbreviation":
                    # What else stands for one is a word or a name, in a form of its own.
                    known = [each for each in known if each.text.isascii() and each.text.isupper()]
                yield from self._compare(passage, occurrence.source_span, known, others)
                yield from self._longer_than_known(passage, usage, occurrence, others)
                yield from self._unlike_kin(passage, usage, occurrence, others)
                yield from self._unlike_source(passage, occurrence, others)

    def _longer_than_known(
        self, passage: Passage, usage: Usage, occurrence: Occurrence, others: Sequence[str]
    ) -> Iterator[Misspelling]:
        """Where what stands for a name goes on beyond what is known, but not as the memory does.

        If only the surname of a name is known from the memory, its text still tells the rest.
        """
        form = occurrence.form
        if form is None or occurrence.probability < _LOOKED_AT:
            return
        for each in alike_in_memory(usage, occurrence):
            if each.form is None or each.form == form or each.form not in form:
                continue
            text = NameText(each.target_text, self._language)
            close = text.close_to(form, others)
            start = passage.target.find(close.better) if close else -1
            if close and start >= 0 and not text.has(form):
                better = each.target_text[close.span.slice]
                span = Span(start, start + len(close.better))
                yield Misspelling(
                    passage,
                    occurrence.source_span,
                    Close(span, close.similarity, better),
                    KnownName(better, "memory", 1),
                    only=False,
                )

    def _unlike_kin(
        self, passage: Passage, usage: Usage, occurrence: Occurrence, others: Sequence[str]
    ) -> Iterator[Misspelling]:
        """Where a word of a name is nearly, but not quite, what other names have for it."""
        for word in self._written.shared_words(usage, occurrence):
            text = NameText(word.text, self._language)
            if any(text.has(each.text) for each in word.known):
                continue
            for each in word.known:
                close = text.close_to(each.text, others)
                if close:
                    whole = Close(word.span, close.similarity, each.text)
                    yield Misspelling(passage, occurrence.source_span, whole, each, only=False)
                    break

    def _unlike_source(
        self, passage: Passage, occurrence: Occurrence, others: Sequence[str]
    ) -> Iterator[Misspelling]:
        """Where one word of a name is kept as the source has it, and another nearly so."""
        words = tuple(parts_of_name(occurrence.mention.text, self._translation.source_language))
        text = self._text_of(passage)
        kept = [word for word in words if text.has(word)]
        # What everybody knows has a name in every language: Moscou, Poutine.
        unheard = [
            word for word in words if not is_heard_of(word, self._translation.source_language)
        ]
        for word in unheard if kept else ():
            close = None if word in kept else text.close_to(word, (*others, *kept))
            if close:
                known = KnownName(word, "source", 1)
                yield Misspelling(passage, occurrence.source_span, close, known, only=False)

    def _text_of(self, passage: Passage) -> NameText:
        text = self._texts.get(passage.target)
        if text is None:
            text = self._texts[passage.target] = NameText(passage.target, self._language)
        return text

    def _known_for(self, usage: Usage, occurrence: Occurrence) -> list[KnownName]:
        known = self._known_as(usage, occurrence)
        for part in parts_of_name(usage.term.text, self._translation.source_language):
            related_name = self._by_name.get(part)
            if related_name is not None and not known:
                known = self._known_as(related_name, occurrence)
        return known

    def _known_as(self, usage: Usage, occurrence: Occurrence) -> list[KnownName]:
        return known_in_memory(usage, occurrence) or self._written.known(usage, occurrence)

    def _others(self, usage: Usage) -> tuple[str, ...]:
        """What stands for other names: no misspelling of this one, however close."""
        words = set(usage.term.text.split())
        forms: set[str] = set()
        for other, others_words, others_forms in self._words_and_forms:
            if other is not usage and words.isdisjoint(others_words):
                forms |= others_forms
        return tuple(forms)

    def _compare(
        self,
        passage: Passage,
        source_span: Span,
        known: Sequence[KnownName],
        others: Sequence[str],
        *,
        only: bool = False,
    ) -> Iterator[Misspelling]:
        text = self._text_of(passage)
        if any(text.has(each.text) for each in known):
            return
        # A name that is kept as the source has it may be close to how it is known, too.
        others = (*others, passage.source[source_span.slice])
        closest = [
            (close, each) for each in known for close in [text.close_to(each.text, others)] if close
        ]
        if closest:
            close, each = max(closest, key=lambda pair: (pair[1].count, pair[0].similarity))
            yield Misspelling(passage, source_span, close, each, only)
