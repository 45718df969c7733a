"""From an aligned article to its terms, their renderings and what diverges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.terminology.cut_passages import CutPassages
from align.terminology.evidence import own_evidence
from align.terminology.extraction import key_terms
from align.terminology.hits import find_hits
from align.terminology.judge import fitted_judge
from align.terminology.model import TermReport
from align.terminology.remembered import remembered
from align.terminology.termbase import terms_of
from align.terminology.vectors import PhraseVectors
from align.terminology.verdicts import find_divergences, judged, rendered_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.article import AlignedArticle
    from align.encoders.base import Advance, Encoder
    from align.progress import StartProgress
    from align.terminology.evidence import LanguageEvidence
    from align.terminology.hits import Rows
    from align.terminology.model import Term
    from align.terminology.termbase import Termbase
    from align.units import TranslationUnit


def follow_terms(
    article: AlignedArticle,
    encoder: Encoder,
    *,
    terms: Sequence[str] = (),
    termbases: Sequence[Termbase] = (),
    memory: Sequence[TranslationUnit] = (),
    progress: StartProgress | None = None,
) -> TermReport:
    """Finds the key terms of an aligned article, what renders each, and divergences.

    Args:
        article: The article.
        encoder: What encodes words and phrases.
        terms: As for `align.terms`, like all that follows.
        termbases: As there.
        memory: As there.
        progress: As there.
    """
    pivot = article.pivot
    found = key_terms(
        [segment.text for segment in article.editions[pivot].segments],
        pivot,
        given=terms,
        of_termbase=terms_of(termbases, pivot),
    )
    advance = progress("terms", len(article.alignments)) if progress else None
    editions = gather_evidence(article, found, encoder, memory=memory, advance=advance)
    verdicts = judged(editions)
    rendered = rendered_terms(found, verdicts, editions)
    findings, held_back = find_divergences(
        found, verdicts, rendered, pivot, termbases, min_confidence=article.min_confidence
    )
    return TermReport(
        name=article.name,
        title=article.title,
        pivot=pivot,
        languages=tuple(article.alignments),
        terms=rendered,
        findings=tuple(findings),
        held_back=held_back,
        signature=_signature(article, encoder.fingerprint),
        parts=article.parts,
    )


def gather_evidence(
    article: AlignedArticle,
    terms: Sequence[Term],
    encoder: Encoder,
    *,
    memory: Sequence[TranslationUnit] = (),
    advance: Advance | None = None,
) -> dict[str, LanguageEvidence]:
    """What each edition says of the renderings of some terms in it.

    Args:
        article: The article.
        terms: The terms.
        encoder: What encodes words and phrases.
        memory: Units of earlier translations.
        advance: Told of each edition that is done.

    Returns:
        The evidence of each language, the other editions not yet asked.
    """
    pivot = article.pivot
    texts = [segment.text for segment in article.editions[pivot].segments]
    source = PhraseVectors(encoder, pivot)
    editions = {}
    for language, alignment in article.alignments.items():
        others = [segment.text for segment in article.editions[language].segments]
        passages = CutPassages(texts, others, alignment, pivot, language)
        rows = find_hits(passages, terms, source, encoder, language, pivot)
        earlier: Rows = ()
        if memory:
            known = remembered(terms, memory, pivot, language)
            earlier = find_hits(*known, source, encoder, language, pivot)
        editions[language] = own_evidence(rows, terms, language, pivot, earlier)
        if advance:
            advance(1)
    return editions


def _signature(article: AlignedArticle, encoder: str) -> str:
    from align import __version__

    aligned = article.signature or f"align:{__version__}|encoder:{encoder}"
    return f"{aligned}|terms:{fitted_judge().checksum}"
