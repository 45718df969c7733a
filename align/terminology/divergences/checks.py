"""Asks every check about every mention in every language, and makes findings of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.divergences.across import parting_editions
from align.terminology.divergences.context import Context
from align.terminology.divergences.evidence import evidence_of
from align.terminology.divergences.judge import fitted_judge
from align.terminology.divergences.limits import limits_of
from align.terminology.divergences.registry import asked
from align.terminology.divergences.verdict import is_unlearnt, verdict
from align.terminology.evidence import is_variant
from align.terminology.model import TermFinding
from align.terminology.tagging import is_transcribed
from align.terminology.termbase import rules_for
from align.terminology.variants import term_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.terminology.divergences.context import Divergence
    from align.terminology.hits import Group, Hit, LanguageEvidence
    from align.terminology.model import Term
    from align.terminology.termbase import Termbase

_FOUND = 0.5  # probability that something was found, for it to count as a rendering
_FEW_NAMES, _SOME_NAMES = 1, 0.2
_FEWEST_EDITIONS = 3
"""Other editions without which nothing is said of whether a term is kept to."""

_MOSTLY = 0.6
"""Share of its mentions from which an edition keeps to one rendering of a term."""

_GRAVITY = {"error": 0, "warning": 1, "note": 2}


def find_divergences(
    evidence: Mapping[str, LanguageEvidence],
    terms: Sequence[Term],
    pivot: str,
    termbases: Sequence[Termbase],
    *,
    min_confidence: float,
) -> tuple[list[TermFinding], int]:
    """Finds the divergences of all terms in all languages.

    Args:
        evidence: What is known of each language.
        terms: The terms, in the order of the evidence.
        pivot: BCP 47 tag of the pivot.
        termbases: What renderings are asked for.
        min_confidence: Findings on beads of less confidence are held back.

    Returns:
        The findings, the gravest first, and how many were held back.
    """
    mains = main_renderings(evidence)
    found: list[TermFinding] = []
    held_back = 0
    told = [
        (language, context.term, context.hit, divergence)
        for language in evidence
        for context, divergence in _judged(
            contexts_of(language, evidence, mains, terms, pivot, termbases)
        )
    ]
    for number, term in enumerate(terms):
        of_term = {
            language: rows[number][False]
            for language, rows in mains.items()
            if False in rows[number]
        }
        told += [
            (language, term, hit, divergence)
            for language, hit, divergence in parting_editions(of_term)
        ]
    for language, term, hit, divergence in told:
        confidence = hit.passage.bead.confidence
        if confidence is not None and confidence < min_confidence:
            held_back += 1
        else:
            found.append(_finding(language, term, hit, divergence))
    found.sort(
        key=lambda finding: (
            _GRAVITY[finding.severity],
            -finding.confidence,
            finding.segment,
            finding.language,
        )
    )
    return found, held_back


def contexts_of(
    language: str,
    evidence: Mapping[str, LanguageEvidence],
    mains: Mapping[str, Sequence[Mapping[bool, Group]]],
    terms: Sequence[Term],
    pivot: str,
    termbases: Sequence[Termbase] = (),
) -> list[Context]:
    """The mentions of all terms in one language, each with what it is compared with.

    Args:
        language: BCP 47 tag of the edition.
        evidence: What is known of each language.
        mains: See `main_renderings`.
        terms: The terms, in the order of the evidence.
        pivot: BCP 47 tag of the pivot.
        termbases: What renderings are asked for.
    """
    known = evidence[language]
    others = _kept_for(mains[language], terms)
    name_within = _names_within(mains[language], terms, pivot)
    keeps_names = _keeps_names(known)
    consistency = _consistency(evidence, mains, language, len(terms))
    contexts = []
    for number, term in enumerate(terms):
        permitted, forbidden = rules_for(
            termbases, [term_key(form, pivot) for form in term.variants], pivot, language
        )
        limits = limits_of(term, pivot)
        by_hit = {id(hit): group for group in known.groups[number] for hit in group.hits}
        for index, hit in enumerate(known.hits[number]):
            contexts.append(
                Context(
                    term=term,
                    limits=limits,
                    pivot=pivot,
                    language=language,
                    hit=hit,
                    group=by_hit.get(id(hit)),
                    main=mains[language][number].get(hit.short),
                    groups=known.groups[number],
                    elsewhere={
                        other: rows.hits[number][index]
                        for other, rows in evidence.items()
                        if other != language
                    },
                    other_terms=others,
                    name_within=name_within.get(number),
                    keeps_names=keeps_names,
                    consistency=consistency[number],
                    permitted=permitted,
                    forbidden=forbidden,
                )
            )
    return contexts


def said_of(contexts: Sequence[Context]) -> list[list[Divergence]]:
    """What the checks say of each mention, in the order in which they are asked."""
    asks = asked()
    return [
        [divergence for divergence in (ask(context) for ask in asks) if divergence]
        for context in contexts
    ]


def _judged(contexts: Sequence[Context]) -> Iterator[tuple[Context, Divergence]]:
    """What the judge holds of the mentions in one language."""
    judge = fitted_judge()
    said = said_of(contexts)
    chances = judge.chances(evidence_of(contexts, said))
    for index, (context, divergences) in enumerate(zip(contexts, said, strict=True)):
        ruled = next((each for each in divergences if each.kind == "termbase"), None)
        if ruled:  # what a user has written down needs no judge
            yield context, ruled
            continue
        by_sort = {sort: float(of_sort[index]) for sort, of_sort in chances.items()}
        judged = verdict(context, divergences, by_sort, judge)
        heard = [judged] if judged else []
        heard += [each for each in divergences if is_unlearnt(each)]
        if heard:
            yield context, min(heard, key=lambda each: _GRAVITY[each.severity])


def main_renderings(
    evidence: Mapping[str, LanguageEvidence],
) -> dict[str, list[dict[bool, Group]]]:
    """For each language and term the main rendering of full forms (False) and of short ones."""
    return {
        language: [_mains(groups) for groups in known.groups]
        for language, known in evidence.items()
    }


def _mains(groups: Sequence[Group]) -> dict[bool, Group]:
    """The main rendering of a term's full forms (False) and of its abbreviations (True)."""
    mains: dict[bool, Group] = {}
    for short in (False, True):
        weights = [sum(_weight(hit, short) for hit in group.hits) for group in groups]
        if any(weights):
            best = max(range(len(groups)), key=lambda index: (weights[index], -index))
            mains[short] = groups[best]
    return mains


def _weight(hit: Hit, short: bool) -> float:
    """How much a mention says for its rendering: one, more for what fits, less for a copy."""
    if hit.short != short or hit.present < _FOUND:
        return 0.0
    # A copy is more like the term than any translation can be.
    copied = 0.0 if hit.is_name else len(hit.copied) / max(len(hit.mention.text.split()), 1)
    return max(0.5 + 0.5 * hit.standing, 0.1) * (1 - 0.75 * min(copied, 1.0))


def _names_within(
    mains: Sequence[Mapping[bool, Group]], terms: Sequence[Term], pivot: str
) -> dict[int, Group]:
    """For each name that holds another (a full name, a surname), what renders the other.

    Where several names hold it, or it stands more often, that is what they are held to.
    """
    name_within: dict[int, Group] = {}
    names = [
        (number, term.text.split())
        for number, term in enumerate(terms)
        if term.kind == "name" and False in mains[number]
    ]
    by_last = {tuple(words): number for number, words in names if len(words) == 1}
    for number, words in names:
        for word in words if len(words) > 1 else ():
            short = by_last.get((word,))
            if short is not None and is_transcribed(word, pivot):
                name_within[number] = mains[short][False]
    return name_within


def _keeps_names(known: LanguageEvidence) -> bool:
    """Whether more than a few names stand in the edition as they are in the pivot."""
    names = [hit for row in known.hits for hit in row if hit.is_name and not hit.short]
    copied = sum(bool(hit.copied) for hit in names)
    return copied > max(_FEW_NAMES, _SOME_NAMES * len(names))


def _consistency(
    evidence: Mapping[str, LanguageEvidence],
    mains: Mapping[str, Sequence[Mapping[bool, Group]]],
    language: str,
    terms: int,
) -> list[float | None]:
    """For each term, the share of the other editions that mostly render it alike."""
    result: list[float | None] = []
    for number in range(terms):
        verdicts = []
        for other, known in evidence.items():
            main = mains[other][number].get(False)
            found = [
                group for group in known.groups[number] if any(not hit.short for hit in group.hits)
            ]
            total = sum(not hit.short for group in found for hit in group.hits)
            if other != language and main is not None and total > 1:
                kept = sum(
                    not hit.short
                    for group in found
                    for hit in group.hits
                    if is_variant(group.key, main.key)
                )
                verdicts.append(kept >= _MOSTLY * total)
        result.append(sum(verdicts) / len(verdicts) if len(verdicts) >= _FEWEST_EDITIONS else None)
    return result


def _kept_for(
    mains: Sequence[Mapping[bool, Group]], terms: Sequence[Term]
) -> dict[tuple[str, ...], Term]:
    """Which term each rendering mainly stands for, where that is sure."""
    kept: dict[tuple[str, ...], Term] = {}
    for row, term in zip(mains, terms, strict=True):
        if False in row and row[False].hits:
            kept.setdefault(row[False].key, term)
    return kept


def _finding(language: str, term: Term, hit: Hit, divergence: Divergence) -> TermFinding:
    confidence = divergence.confidence
    if hit.passage.bead.confidence is not None:
        confidence *= hit.passage.bead.confidence
    nothing = divergence.kind == "missing"
    return TermFinding(
        kind=divergence.kind,
        severity=divergence.severity,
        confidence=confidence,
        language=language,
        term=term.text,
        rendering=None if nothing else hit.text or None,
        expected=divergence.expected,
        source_text=hit.passage.source,
        target_text=hit.passage.target,
        source_span=hit.source_span,
        target_span=None if nothing else hit.target_span,
        segment=hit.mention.segment,
        target_segments=tuple(hit.passage.bead.target),
        message=divergence.message,
    )
