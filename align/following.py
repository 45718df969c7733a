"""Follows the key terms of an article, or of memories, through all its editions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.article import AlignedArticle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.progress import StartProgress
    from align.settings import Settings
    from align.terminology.model import TermReport
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
    from align.terminology.pipeline import follow_terms

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
    return follow_terms(
        article, encoder, terms=terms, termbases=termbases, memory=memory, progress=progress
    )
