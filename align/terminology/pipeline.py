"""Follows the key terms of an article through all its editions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.article import AlignedArticle
from align.terminology.model import TermReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoders.base import Advance, Encoder
    from align.progress import StartProgress
    from align.settings import Settings
    from align.terminology.evidence import LanguageEvidence
    from align.terminology.hits import Rows
    from align.terminology.model import Term
    from align.terminology.termbase import Termbase
    from align.units import TranslationUnit


def terms(
    article_or_files: AlignedArticle | Path | str | Sequence[Path | str],
    *,
    terms: Sequence[str] = (),
    termbases: Sequence[Termbase] = (),
    memory: Sequence[TranslationUnit] = (),
    pivot: str | None = None,
    settings: Settings | None = None,
    progress: StartProgress | None = None,
) -> TermReport:
    """Finds the key terms of an article, what renders each in every edition, and divergences.

    Args:
        article_or_files: An aligned article; a folder of editions, which is aligned first; the
            `.alignment.json` of one; a translation memory (TMX and the like); or several of these,
            whose terms are followed together.
        terms: Terms to be followed besides those that the text itself shows to be terms.
        termbases: Termbases whose terms are followed, and whose renderings are asked for.
        memory: Units of earlier translations: how they render a term counts as usual.
        pivot: BCP 47 tag of the language whose terms are followed, where files do not say it.
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
    from align.inputs import article_of_files
    from align.settings import Settings
    from align.terminology.extraction import key_terms
    from align.terminology.termbase import terms_of
    from align.terminology.verdicts import find_divergences, judged, rendered_terms

    settings = settings or Settings()
    if isinstance(article_or_files, AlignedArticle):
        article = article_or_files
    else:
        one = isinstance(article_or_files, str | Path)
        paths = [article_or_files] if one else article_or_files
        article = article_of_files(
            [Path(path) for path in paths], pivot=pivot, settings=settings, progress=progress
        )
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
    editions = gather_evidence(article, found, encoder, memory=memory, advance=advance)
    verdicts = judged(editions)
    rendered = rendered_terms(found, verdicts)
    findings, held_back = find_divergences(
        found, verdicts, rendered, pivot, termbases, min_confidence=article.min_confidence
    )
    return TermReport(
        name=article.name,
        title=article.title,
        pivot=pivot,
        languages=languages,
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
    from align.terminology.cut_passages import CutPassages
    from align.terminology.evidence import own_evidence
    from align.terminology.hits import find_hits
    from align.terminology.remembered import remembered
    from align.terminology.vectors import PhraseVectors

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
    from align.terminology.judge import fitted_judge

    aligned = article.signature or f"align:{__version__}|encoder:{encoder}"
    return f"{aligned}|terms:{fitted_judge().checksum}"
