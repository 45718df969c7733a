"""The report: pages that show an alignment, its terms and what checks found, to those who judge."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from align.formats.report.checks import write_check_page
from align.formats.report.terms import write_term_page

if TYPE_CHECKING:
    from pathlib import Path

    from align.article import AlignedArticle
    from align.edition import Edition

_MOST_LEFT_OUT = 500  # texts of one edition that a page shows
_MOST_PLACES = 200  # that the list of those to look at has; all are marked beside their text

__all__ = ["write_check_page", "write_report", "write_term_page"]


def write_report(
    path: Path | str, article: AlignedArticle, *, term_page: str | None = None
) -> None:
    """Writes an aligned article as one HTML page that needs nothing else, not even a network.

    The page has a summary and, for each translation, a plot of the alignment and pivot and
    translation side by side, coloured by confidence. It works without scripts, on paper and in
    the dark; its security policy lets it load nothing and run no script but its own.

    Args:
        path: The file; `-` is standard output.
        article: The aligned article.
        term_page: Address of the article's page of terms, relative to this one, to link to.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.report.page import write_page

    write_page(
        path,
        "alignment",
        article=article,
        pivot=_shown_edition(article.editions[article.pivot]),
        translations=[_translation(article, language) for language in article.alignments],
        level_names=_level_names(),
        most_places=_MOST_PLACES,
        left_out=[_left_out(each) for each in article.editions.values() if each.document.left_out],
        term_page=term_page,
    )


def _translation(article: AlignedArticle, language: str) -> dict[str, Any]:
    from markupsafe import Markup

    from align.formats.report.plot import alignment_plot
    from align.formats.report.rows import places_to_look_at, rows_of
    from align.languages import language_name
    from align.summary import summarise

    alignment = article.alignments[language]
    plot = alignment_plot(
        alignment,
        identifier=language,
        source_name=language_name(article.pivot),
        target_name=language_name(language),
    )
    summary = summarise(alignment, min_confidence=article.min_confidence)
    rows = rows_of(article, language)
    return {
        **_shown_edition(article.editions[language]),
        "summary": summary,
        "counts": {
            "ready": summary.units + summary.held_back - summary.doubtful,
            "doubtful": summary.doubtful,
            "unaligned": summary.unaligned,
            "moved": summary.kinds.get("moved", 0),
        },
        "rows": rows,
        "places": places_to_look_at(rows),
        "plot": Markup(plot),  # noqa: S704 - made by lxml, which escapes
    }


def _shown_edition(edition: Edition) -> dict[str, Any]:
    from align.formats.report.page import shown_language

    address = edition.address or ""
    return {
        **shown_language(edition.language),
        "file": edition.file,
        "address": edition.address,
        "is_web_address": address.lower().startswith(("https://", "http://")),
    }


def _left_out(edition: Edition) -> dict[str, Any]:
    from align.summary import left_out_by_reason

    return {
        **_shown_edition(edition),
        "counts": left_out_by_reason(edition.document),
        "texts": edition.document.left_out[:_MOST_LEFT_OUT],
        "more": max(len(edition.document.left_out) - _MOST_LEFT_OUT, 0),
    }


def _level_names() -> list[tuple[int, str]]:
    from align.formats.report.rows import LEVEL_BOUNDS

    bounds = [0.0, *LEVEL_BOUNDS, 1.0]
    return [
        (level, f"{low:.0%}–{high:.0%}".replace("%", "", 1).replace("%", " %"))
        for level, (low, high) in enumerate(pairwise(bounds), start=1)
    ]
