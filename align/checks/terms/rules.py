"""What the termbases ask for, and where a translation does not keep to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.checks.terms.lexicon import Lexicon, is_part_of_name, is_single_name
from align.checks.terms.standing import StandingText
from align.languages import nearest_tags
from align.terminology.divergences.limits import EVERYDAY
from align.terminology.tagging import general_frequency
from align.terminology.variants import is_abbreviation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from align.checks.base import Translation
    from align.passages import Passage
    from align.termbases import Termbase, TermbaseTerm
    from align.text import Span

_FIELD = 3
"""Terms rendered as a termbase asks, from which on a text is of its field."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What the termbases say of a term in one language.

    Attributes:
        term: The term.
        permitted: Its renderings that may be used, the preferred first.
        forbidden: Those that must not be.
    """

    term: str
    permitted: tuple[str, ...]
    forbidden: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Breach:
    """A place where a translation breaks a rule.

    Attributes:
        passage: The passage.
        rule: The rule.
        source_span: The term in the source.
        forbidden: Where a forbidden rendering stands; None where no permitted one does.
        certain: Whether the term surely is the one that the rule means.
    """

    passage: Passage
    rule: Rule
    source_span: Span
    forbidden: Span | None
    certain: bool


def rules_of(termbases: Sequence[Termbase], source: str, target: str) -> Iterator[tuple[str, Rule]]:
    """The rules for one language pair, each under every term that it is about.

    Renderings of synonyms in several entries and termbases are all permitted, as the region nearest
    to the translation's has them; of two termbases that disagree about a rendering the first is
    right.
    """
    renderings: dict[str, list[TermbaseTerm]] = {}
    shown: dict[str, str] = {}
    for termbase in termbases:
        for entry in termbase.entries:
            targets = _in_language(entry.terms, target)
            there = {term.language for term in targets}
            for term in entry.terms:
                if there and term.language not in there and nearest_tags(source, [term.language]):
                    key = term.text if term.text.isupper() else term.text.casefold()
                    shown.setdefault(key, term.text)
                    renderings.setdefault(key, []).extend(targets)
    for key, found in renderings.items():
        known: dict[str, str] = {}
        for rendering in _in_language(found, target):
            known.setdefault(rendering.text, rendering.status)
        permitted = [text for text, status in known.items() if status != "deprecated"]
        permitted.sort(key=lambda text: known[text] != "preferred")
        forbidden = tuple(text for text, status in known.items() if status == "deprecated")
        yield shown[key], Rule(shown[key], tuple(permitted), forbidden)


def _in_language(terms: Sequence[TermbaseTerm], language: str) -> list[TermbaseTerm]:
    nearest = nearest_tags(language, list(dict.fromkeys(term.language for term in terms)))
    return [term for term in terms if term.language in nearest]


def breaches(translation: Translation) -> tuple[Breach, ...]:
    """All places where a translation breaks the rules of its termbases."""
    return translation.work.of(_breaches, translation)


def _breaches(translation: Translation) -> tuple[Breach, ...]:
    rules = rules_of(translation.termbases, translation.source_language, translation.language)
    lexicon = Lexicon(rules, translation.source_language)
    found: list[Breach] = []
    kept: set[str] = set()
    for passage in translation.passages:
        if passage.is_aligned and passage.source != passage.target:
            found += _in_passage(passage, lexicon, translation.language, kept)
    in_field = len(kept) >= _FIELD
    return tuple(
        breach
        if in_field or not _is_everyday(breach.rule.term, translation.source_language)
        else replace(breach, certain=False)
        for breach in found
    )


def _is_everyday(term: str, language: str) -> bool:
    """Whether a term may be another word where a text is not of the termbase's field."""
    if is_abbreviation(term):
        return True
    words = term.split()
    return len(words) == 1 and general_frequency(term, language) > EVERYDAY


def _in_passage(
    passage: Passage, lexicon: Lexicon[Rule], language: str, kept: set[str]
) -> Iterator[Breach]:
    """The breaches of a passage; the terms of rules that it keeps are added to a set."""
    target = None
    seen: set[str] = set()
    for found in lexicon.find(passage.source):
        target = target or StandingText(passage.target, language)
        # Of terms that are forms of one another, one rule is enough.
        permitted = tuple(dict.fromkeys(text for rule in found.listed for text in rule.permitted))
        forbidden = tuple(
            text for rule in found.listed for text in rule.forbidden if text not in permitted
        )
        rule = Rule(found.listed[0].term, permitted, forbidden)
        if rule.term in seen:
            continue
        seen.add(rule.term)
        standing = [span for text in permitted for span in target.find(text)]
        wrong = next(
            (
                span
                for text in forbidden
                for span in target.find(text)
                if not any(span.start < good.stop and good.start < span.stop for good in standing)
            ),
            None,
        )
        certain = not (
            is_part_of_name(passage.source, found.span, rule.term) or is_single_name(rule.term)
        )
        if standing:
            kept.add(rule.term)
        if wrong is not None or (permitted and not standing):
            yield Breach(passage, rule, found.span, wrong, certain)
