"""What the judge makes of the evidence, and what is said of each place that diverges."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.findings import SEVERITIES, Finding
from align.languages.base_forms import base_form
from align.terminology.divergences.across import parting_editions
from align.terminology.divergences.context import Context
from align.terminology.divergences.registry import KINDS, kinds_for
from align.terminology.evidence import evidence_of
from align.terminology.forms import form_key, same_form
from align.terminology.judge import fitted_judge
from align.terminology.model import Occurrence, RenderedTerm, Rendering
from align.terminology.termbase import rules_for
from align.terminology.variants import term_key
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from align.encoders.base import FloatArray
    from align.findings import Severity
    from align.terminology.divergences.context import Statement
    from align.terminology.divergences.registry import Kind
    from align.terminology.evidence import LanguageEvidence
    from align.terminology.hits import Hit
    from align.terminology.judge import Judge
    from align.terminology.model import Term
    from align.terminology.termbase import Termbase
    from align.terminology.usual import Usual

_LIKELIER = 0.5  # probability from which what was found is taken for nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge thinks of one mention in one language.

    Attributes:
        language: BCP 47 tag.
        hit: What was found.
        usual: What usually renders the term.
        evidence: What the judge saw, by its names.
        kind: The model that finds the mention likeliest to diverge.
        probability: That it diverges at all, 0 to 1.
    """

    language: str
    hit: Hit
    usual: Usual | None
    evidence: Mapping[str, float]
    kind: str
    probability: float

    @property
    def lacks(self) -> bool:
        """Whether the translation probably has nothing for the term."""
        return self.kind == "missing" and self.probability >= _LIKELIER

    @property
    def occurrence(self) -> Occurrence:
        """The mention as reports show it."""
        if self.lacks or self.hit.target_span is None:
            return _occurrence(self.hit, None, self.probability)
        return _occurrence(self.hit, self.hit.target_span, self.hit.share * (1 - self.probability))


def _occurrence(hit: Hit, span: Span | None, probability: float) -> Occurrence:
    return Occurrence(
        mention=hit.mention,
        source_text=hit.passage.source,
        target_text=hit.passage.target,
        source_span=hit.source_span,
        target_span=span,
        target_segments=tuple(hit.passage.bead.target),
        probability=probability,
        bead_confidence=hit.passage.bead.confidence,
    )


Verdicts = list[list[Verdict]]
"""For each term, what is thought of its mentions."""


def judged(
    editions: Mapping[str, LanguageEvidence], judge: Judge | None = None
) -> dict[str, Verdicts]:
    """The verdict on every mention in every language."""
    judge = judge or fitted_judge()
    result: dict[str, Verdicts] = {}
    for language, evidence in evidence_of(editions).items():
        chances = judge.chances(evidence)
        known = editions[language]
        rows = iter(zip(evidence, *chances.values(), strict=True))
        result[language] = [
            [
                _verdict(language, hit, usual, *next(rows), kinds=tuple(chances), judge=judge)
                for hit, usual in zip(hits, usuals, strict=True)
            ]
            for hits, usuals in zip(known.rows, known.usual, strict=True)
        ]
    return result


def _verdict(
    language: str,
    hit: Hit,
    usual: Usual | None,
    evidence: FloatArray,
    *chances: float,
    kinds: Sequence[str],
    judge: Judge,
) -> Verdict:
    of_name = {"misnamed": True, "replaced": False}
    asked = {
        kind: float(chance)
        for kind, chance in zip(kinds, chances, strict=True)
        if of_name.get(kind, hit.is_name) == hit.is_name
    }
    return Verdict(
        language,
        hit,
        usual,
        dict(zip(judge.features, evidence, strict=True)),
        max(asked, key=lambda each: asked[each]),
        min(sum(asked.values()), 1.0),  # no mention diverges in two ways
    )


def rendered_terms(
    terms: Sequence[Term],
    verdicts: Mapping[str, Verdicts],
    editions: Mapping[str, LanguageEvidence],
) -> tuple[RenderedTerm, ...]:
    """The terms with their renderings in every language, and in the memory."""
    return tuple(
        RenderedTerm(
            term,
            {language: _renderings(rows[number], language) for language, rows in verdicts.items()},
            {
                language: tuple(verdict.occurrence for verdict in rows[number])
                for language, rows in verdicts.items()
            },
            {
                language: tuple(
                    _occurrence(hit, hit.target_span, hit.share) for hit in known.earlier[number]
                )
                for language, known in editions.items()
                if known.earlier
            },
        )
        for number, term in enumerate(terms)
    )


def _renderings(row: Sequence[Verdict], language: str) -> tuple[Rendering, ...]:
    """The ways in which a term is rendered, their forms together, the commonest first."""
    groups: list[tuple[tuple[str, ...], Counter[str], list[float]]] = []
    for verdict in row:
        form = verdict.occurrence.form
        if form is None:
            continue
        key = verdict.hit.key
        group = next((group for group in groups if same_form(group[0], key)), None)
        if group is None:
            group = (key, Counter(), [])
            groups.append(group)
        group[1][form] += 1
        group[2].append(1 - 0.5 * verdict.probability)
    groups.sort(key=lambda group: -sum(group[2]))
    return tuple(
        Rendering(base_form(forms, language), dict(forms.most_common())) for _, forms, _ in groups
    )


def find_divergences(
    terms: Sequence[Term],
    verdicts: Mapping[str, Verdicts],
    rendered: Sequence[RenderedTerm],
    pivot: str,
    termbases: Sequence[Termbase],
    *,
    min_confidence: float,
    judge: Judge | None = None,
) -> tuple[list[Finding], int]:
    """Says where renderings diverge.

    Args:
        terms: The terms.
        verdicts: What is thought of their mentions.
        rendered: The terms with their renderings.
        pivot: BCP 47 tag of the pivot.
        termbases: What renderings are asked for.
        min_confidence: Findings on beads of less confidence are held back.
        judge: Says from which probability on a finding is a warning.

    Returns:
        The findings, the gravest first, and how many were held back.
    """
    judge = judge or fitted_judge()
    found: list[Finding] = []
    held_back = 0
    for verdict, finding in _told(terms, verdicts, pivot, termbases, judge):
        confidence = verdict.hit.passage.bead.confidence
        if confidence is not None and confidence < min_confidence:
            held_back += 1
        else:
            found.append(finding)
    for number, each in enumerate(rendered):
        mains = {language: some[0] for language, some in each.renderings.items() if some}
        for language, said in parting_editions(mains):
            verdict = next(v for v in verdicts[language][number] if v.occurrence.form)
            sure = min(1 - v.probability for v in verdicts[language][number])
            found.append(
                _finding(KINDS["across-languages"], terms[number], verdict, said, "note", sure)
            )
    found = _each_clash_once(found)
    found.sort(
        key=lambda finding: (
            SEVERITIES.index(finding.severity),
            -finding.confidence,
            finding.source_segments,
            finding.language,
        )
    )
    return found, held_back


def _told(
    terms: Sequence[Term],
    verdicts: Mapping[str, Verdicts],
    pivot: str,
    termbases: Sequence[Termbase],
    judge: Judge,
) -> Iterator[tuple[Verdict, Finding]]:
    for language, rows in verdicts.items():
        owners = _owners(rows)
        for term, row in zip(terms, rows, strict=True):
            permitted, forbidden = rules_for(
                termbases, [term_key(form, pivot) for form in term.variants], pivot, language
            )
            for verdict in row:
                hit = verdict.hit
                if not hit.passage.target:
                    continue
                context = Context(
                    term,
                    pivot,
                    language,
                    hit,
                    verdict.usual,
                    {
                        other: verdicts[other][hit.term][hit.index].hit
                        for other in verdicts
                        if other != language
                    },
                    verdict.evidence,
                    _other_term(hit, owners, terms),
                    permitted,
                    forbidden,
                )
                finding = _by_rule(context, verdict) or _by_verdict(context, verdict, judge)
                if finding:
                    yield verdict, finding


def _by_rule(context: Context, verdict: Verdict) -> Finding | None:
    for kind in kinds_for(None):
        said = kind.say(context)
        if said:
            return _finding(kind, context.term, verdict, said, said.severity, 1.0)
    return None


def _by_verdict(context: Context, verdict: Verdict, judge: Judge) -> Finding | None:
    warns, notes = judge.tells[verdict.kind]
    if verdict.probability < notes or _is_said_before(context, verdict):
        return None
    for kind in kinds_for(verdict.kind):
        said = kind.say(context)
        if said:
            severity: Severity = "warning" if verdict.probability >= warns else "note"
            return _finding(kind, context.term, verdict, said, severity, verdict.probability)
    return None


def _owners(rows: Verdicts) -> dict[tuple[str, ...], int]:
    """Which term each rendering mainly stands for, of those that stand more than once."""
    owners: dict[tuple[str, ...], int] = {}
    for row in rows:
        counts = Counter(v.hit.key for v in row if v.hit.text and not v.lacks)
        if counts and (best := counts.most_common(1)[0])[1] > 1:
            owners.setdefault(best[0], row[0].hit.term)
    return owners


def _other_term(
    hit: Hit, owners: Mapping[tuple[str, ...], int], terms: Sequence[Term]
) -> Term | None:
    other = owners.get(hit.key) if hit.text else None
    if other is None or other == hit.term:
        return None
    said = hit.passage.source.casefold()
    words = set(terms[other].text.casefold().split()) & set(terms[hit.term].text.casefold().split())
    return None if words or terms[other].text.casefold() in said else terms[other]


def _is_said_before(context: Context, verdict: Verdict) -> bool:
    """Whether what usually renders a missing term stands there after all, for another mention."""
    return verdict.kind == "missing" and context.usual is not None and context.usual.stands >= 1


def _finding(
    kind: Kind,
    term: Term,
    verdict: Verdict,
    said: Statement,
    severity: Severity,
    probability: float,
) -> Finding:
    hit = verdict.hit
    bead = hit.passage.bead
    confidence = probability * (1.0 if bead.confidence is None else bead.confidence)
    return Finding(
        check=kind.check or f"term-{kind.name}",
        severity=severity,
        confidence=confidence,
        language=verdict.language,
        message=said.message,
        source_text=hit.passage.source,
        target_text=hit.passage.target,
        source_span=hit.source_span,
        target_span=hit.target_span if said.found else None,
        source_segments=Span(hit.mention.segment, hit.mention.segment + 1),
        target_segments=bead.target,
        suggestion=said.expected,
        kind=kind.name,
        term=term.text,
    )


def _each_clash_once(findings: Sequence[Finding]) -> list[Finding]:
    """Tells what is wrong with one rendering of a term once, with all its places."""
    kept: list[Finding] = []
    first: dict[object, int] = {}
    for finding in sorted(findings, key=lambda each: -each.confidence):
        form, place = finding.rendering, (finding.source_segments, finding.source_span)
        is_one_slip = form and finding.severity != "error"
        what = (
            finding.language,
            finding.term,
            finding.kind,
            form_key(form or "", finding.language) if is_one_slip else place,
        )
        at = first.setdefault(what, len(kept))
        if at == len(kept):
            kept.append(finding)
        else:
            told = kept[at]
            kept[at] = replace(told, also=(*told.also, finding.source_segments.start))
    return kept
