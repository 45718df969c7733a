"""The report: one page that shows an alignment to the people who have to trust it."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from align.article import AlignedArticle, Edition

__all__ = ["write_report"]


def write_report(path: Path | str, article: AlignedArticle) -> None:
    """Writes an aligned article as one HTML page that needs nothing else, not even a network.

    The page has a summary and, for each translation, a plot of the alignment and pivot and
    translation side by side, coloured by confidence. It works without scripts, on paper and in
    the dark; its security policy lets it load nothing and run no script but its own.

    Raises:
        OutputError: If the file cannot be written.
    """
    from align.formats.atomic import open_for_writing

    page = _render(article)
    with open_for_writing(path) as stream:
        stream.write(page)


def _render(article: AlignedArticle) -> str:
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    style, script = _resource("style.css"), _resource("script.js")
    return environment.from_string(_resource("template.html.jinja")).render(
        article=article,
        pivot=_shown_edition(article.editions[article.pivot]),
        translations=[_translation(article, language) for language in article.alignments],
        level_names=_level_names(),
        style=Markup(style),  # noqa: S704 - our own files, which hold no one's text
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _translation(article: AlignedArticle, language: str) -> dict[str, Any]:
    from markupsafe import Markup

    from align.formats.report.plot import alignment_plot
    from align.formats.report.rows import rows_of
    from align.languages import language_name
    from align.summary import summarise

    alignment = article.alignments[language]
    plot = alignment_plot(
        alignment,
        identifier=language,
        source_name=language_name(article.pivot),
        target_name=language_name(language),
    )
    return {
        **_shown_edition(article.editions[language]),
        "summary": summarise(alignment, min_confidence=article.min_confidence),
        "rows": rows_of(article, language),
        "plot": Markup(plot),  # noqa: S704 - made by lxml, which escapes
    }


def _shown_edition(edition: Edition) -> dict[str, Any]:
    from align.languages import autonym, is_right_to_left, language_name

    address = edition.address or ""
    return {
        "tag": edition.language,
        "name": language_name(edition.language),
        "autonym": autonym(edition.language),
        "direction": "rtl" if is_right_to_left(edition.language) else "ltr",
        "file": edition.file,
        "address": edition.address,
        "is_web_address": address.lower().startswith(("https://", "http://")),
    }


def _level_names() -> list[tuple[int, str]]:
    from align.formats.report.rows import LEVEL_BOUNDS

    bounds = [0.0, *LEVEL_BOUNDS, 1.0]
    return [
        (level, f"{low:.2f}–{high:.2f}")
        for level, (low, high) in enumerate(pairwise(bounds), start=1)
    ]


def _resource(name: str) -> str:
    return files("align.formats.report").joinpath(name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """How a security policy names the one inline style or script that it allows."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
