"""How the text itself renders its terms: `align.terms`, asked once for all checks of terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from align.checks.terms.lexicon import Lexicon
from align.checks.terms.rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.article import AlignedArticle
    from align.checks.base import Translation
    from align.encoders.base import Encoder
    from align.passages import Passage
    from align.termbases import Termbase
    from align.terminology.model import Occurrence, Term, TermReport
    from align.text import Span
    from align.units import TranslationUnit


MOST_FOLLOWED = 20_000
"""Segments of the longest source whose own terms are followed: minutes of work."""


@dataclass(frozen=True, slots=True)
class Usage:
    """A term of the source, and what becomes of it.

    Attributes:
        term: The term.
        here: Its mentions.
        memory: Its mentions in the memory.
    """

    term: Term
    here: tuple[Occurrence, ...]
    memory: tuple[Occurrence, ...] = ()


def usages(translation: Translation) -> tuple[Usage, ...]:
    """The terms of the source with their renderings; none where the text is too long for that."""
    report = terms_of_text(translation)
    if report is None:
        return ()
    return tuple(
        Usage(
            rendered.term,
            rendered.occurrences[translation.language],
            rendered.remembered.get(translation.language, ()),
        )
        for rendered in report.terms
    )


def terms_of_text(translation: Translation) -> TermReport | None:
    """The terms of the article and of the memory; None where the article is too long for that."""
    if len(translation.source.segments) > MOST_FOLLOWED:
        return None
    return translation.work.of(
        _report,
        translation.article,
        translation.encoder,
        translation.memory,
        *translation.termbases,
    )


def _report(
    article: AlignedArticle,
    encoder: Encoder,
    memory: Sequence[TranslationUnit],
    *termbases: Termbase,
) -> TermReport:
    """Follows the terms of the text and those of the termbases in all its translations."""
    from align.terminology.pipeline import follow_terms

    pivot, languages = article.pivot, tuple(article.alignments)
    texts = [segment.text for segment in article.editions[pivot].segments]
    listed = {text for language in languages for text, _ in rules_of(termbases, pivot, language)}
    lexicon = Lexicon(((text, text) for text in sorted(listed)), pivot)
    standing = dict.fromkeys(
        term for text in texts for found in lexicon.find(text) for term in found.listed
    )
    # Findings on doubtful beads are held back elsewhere, for all checks alike.
    article = replace(article, min_confidence=0.0)
    return follow_terms(article, encoder, terms=tuple(standing), memory=memory)


def rendering_at(translation: Translation, passage: Passage, source_span: Span) -> Span | None:
    """What is thought to render a term of the source; None where that is not known."""
    report = terms_of_text(translation)
    for rendered in report.terms if report else ():
        for each in rendered.occurrences[translation.language]:
            if (
                each.mention.segment in passage.bead.source
                and each.source_text == passage.source
                and each.source_span.start < source_span.stop
                and source_span.start < each.source_span.stop
            ):
                return each.target_span
    return None
