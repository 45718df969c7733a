"""Follows the key terms of an article through all its editions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.languages.base_forms import base_form
from align.terminology.model import Occurrence, RenderedTerm, Rendering, TermReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.article import AlignedArticle
    from align.progress import StartProgress
    from align.settings import Settings
    from align.terminology.hits import Hit, LanguageEvidence
    from align.terminology.termbase import Termbase


def terms(
    article_or_folder: AlignedArticle | Path | str,
    *,
    terms: Sequence[str] = (),
    termbases: Sequence[Termbase] = (),
    settings: Settings | None = None,
    progress: StartProgress | None = None,
) -> TermReport:
    """Finds the key terms of an article, what renders each in every edition, and divergences.

    Args:
        article_or_folder: An aligned article, or a folder of editions, which is aligned first.
        terms: Terms to be followed besides those that the text itself shows to be terms.
        termbases: Termbases whose terms are followed, and whose renderings are asked for.
        settings: Encoder and the like, as for `align.build`.
        progress: Told what goes on, for a progress bar.

    Returns:
        The terms with their renderings, and the findings.

    Raises:
        InputError: If the folder, an edition or a setting cannot be used.

    Example:
        >>> from align.resources import data_folder
        >>> report = terms(data_folder("corpora") / "japan-europe-cooperation")
        >>> autonomy = next(t for t in report.terms if t.term.text == "strategic autonomy")
        >>> autonomy.renderings["ja"][0].text, autonomy.renderings["fr"][0].text
        ('戦略的自律', 'autonomie stratégique')
    """
    from align.encoders import load_encoder
    from align.pipeline import build
    from align.settings import Settings
    from align.terminology.divergences.checks import find_divergences
    from align.terminology.evidence import gather_evidence
    from align.terminology.extraction import key_terms
    from align.terminology.termbase import terms_of

    settings = settings or Settings()
    if isinstance(article_or_folder, str | Path):
        article = build(article_or_folder, settings=settings, progress=progress)
    else:
        article = article_or_folder
    encoder = settings.encoder
    if isinstance(encoder, str):
        encoder = load_encoder(encoder, cached=settings.cached, device=settings.device)
    pivot = article.pivot
    found = key_terms(
        [segment.text for segment in article.editions[pivot].segments],
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
    )


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
