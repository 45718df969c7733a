"""From an aligned article to its terms, their renderings and what diverges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.languages.base_forms import base_form
from align.passages import passages_of
from align.terminology.model import Occurrence, RenderedTerm, Rendering, TermReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.article import AlignedArticle
    from align.encoders.base import Encoder
    from align.progress import StartProgress
    from align.terminology.hits import Hit, LanguageEvidence
    from align.terminology.termbase import Termbase


def follow_terms(
    article: AlignedArticle,
    encoder: Encoder,
    *,
    terms: Sequence[str] = (),
    termbases: Sequence[Termbase] = (),
    progress: StartProgress | None = None,
) -> TermReport:
    """Finds the key terms of an aligned article, what renders each, and divergences.

    Args:
        article: The article.
        encoder: What encodes words and phrases.
        terms: As for `align.terms`, like all that follows.
        termbases: As there.
        progress: As there.
    """
    from align.terminology.divergences.checks import find_divergences
    from align.terminology.evidence import gather_evidence
    from align.terminology.extraction import key_terms
    from align.terminology.termbase import terms_of

    pivot = article.pivot
    found = key_terms(
        _texts_followed(article),
        pivot,
        given=terms,
        of_termbase=terms_of(termbases, pivot),
    )
    languages = tuple(article.alignments)
    advance = progress("terms", len(languages)) if progress else None
    evidence = gather_evidence(article, found, encoder, advance)
    findings, held_back = find_divergences(
        evidence, found, pivot, termbases, min_confidence=article.min_confidence
    )
    return TermReport(
        name=article.name,
        title=article.title,
        pivot=pivot,
        languages=languages,
        terms=tuple(
            RenderedTerm(
                term,
                {language: _renderings(evidence[language], index) for language in languages},
                {
                    language: tuple(map(occurrence_of, evidence[language].hits[index]))
                    for language in languages
                },
            )
            for index, term in enumerate(found)
        ),
        findings=tuple(findings),
        held_back=held_back,
        signature=_signature(article, encoder.fingerprint),
        parts=article.parts,
    )


def _texts_followed(article: AlignedArticle) -> list[str]:
    """The texts of the pivot's segments, those in passages that are too long left blank."""
    source = article.editions[article.pivot]
    texts = [segment.text for segment in source.segments]
    for language, alignment in article.alignments.items():
        for passage in passages_of(source, article.editions[language], alignment):
            if passage.is_too_long:
                texts[passage.bead.source.slice] = [""] * len(passage.bead.source)
    return texts


def occurrence_of(hit: Hit) -> Occurrence:
    """A mention as the report shows it."""
    return Occurrence(
        mention=hit.mention,
        source_text=hit.passage.source,
        target_text=hit.passage.target,
        source_span=hit.source_span,
        target_span=hit.target_span,
        target_segments=tuple(hit.passage.bead.target),
        probability=hit.probability,
        bead_confidence=hit.passage.bead.confidence,
    )


def _renderings(evidence: LanguageEvidence, term: int) -> tuple[Rendering, ...]:
    groups = evidence.groups[term]
    return tuple(
        Rendering(base_form(group.forms, evidence.language), dict(group.forms.most_common()))
        for group in groups
    )


def _signature(article: AlignedArticle, encoder: str) -> str:
    from align import __version__
    from align.terminology.parameters import fitted

    aligned = article.signature or f"align:{__version__}|encoder:{encoder}"
    return f"{aligned}|terms:{fitted().checksum}"
