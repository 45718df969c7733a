"""The page of a review: what it shows, and its files, with the program behind it or alone."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from align.review.log import entry_to_json
from align.review.work_list import RIGHT_ENOUGH, shipped_sharpening

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from align.article import AlignedArticle
    from align.review.alignment import ReviewedAlignment
    from align.review.log import Entry

# In an order in which each needs only those before it.
MODULES = (
    "alignment", "reducer", "history", "work", "connection", "view", "grid", "dialogs",
    "telling", "walking", "aligning", "asking", "commands", "main",
)  # fmt: skip
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_AS_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def page_data(
    article: AlignedArticle,
    start: ReviewedAlignment,
    entries: list[Entry],
    *,
    fingerprint: str,
    findings: Sequence[Mapping[str, str]] = (),
    terms: str | None = None,
    alone: bool = False,
) -> dict[str, Any]:
    """What the page shows.

    Args:
        article: The article before its review.
        start: Its alignment, likewise.
        entries: What was done so far.
        fingerprint: That of the alignment, for logs.
        findings: What checks found, as `findings_beside` gives it.
        terms: Address of the page of terms, if there is one.
        alone: Whether no program is behind the page.
    """
    from align.formats.report.page import shown_language

    return {
        "title": article.title or article.name,
        "pivot": article.pivot,
        "languages": {tag: shown_language(tag) for tag in article.editions},
        "editions": {
            tag: [[segment.text, segment.before, segment.block] for segment in edition.segments]
            for tag, edition in start.editions.items()
        },
        "pairs": {
            tag: [
                [
                    bead.source.start,
                    bead.source.stop,
                    bead.target.start,
                    bead.target.stop,
                    bead.score,
                    bead.confidence,
                    bead.moved,
                ]
                for bead in alignment
            ]
            for tag, alignment in article.alignments.items()
        },
        "entries": [entry_to_json(entry) for entry in entries],
        "fingerprint": fingerprint,
        "right": RIGHT_ENOUGH,
        "sharpening": asdict(shipped_sharpening()),
        "findings": list(findings),
        "terms": terms,
        "alone": alone,
    }


def page_file(name: str) -> str | None:
    """A style or script of the page by its name; None where there is none."""
    if name == "base.css":
        return files("align.formats.report").joinpath(name).read_text(encoding="utf-8")
    if name == "review.css" or name in {f"{module}.js" for module in MODULES}:
        return files("align.review.page").joinpath(name).read_text(encoding="utf-8")
    return None


def page_html(title: str) -> str:
    """The page as the program serves it, which loads its style, scripts and data from there."""
    return _rendered(title=title, alone=False)


def write_alone(path: Path | str, data: dict[str, Any]) -> None:
    """Writes the page as one file that needs nothing else, for somebody without the program.

    Raises:
        OutputError: If the file cannot be written.
    """
    from markupsafe import Markup

    from align.formats.atomic import open_for_writing

    style = "".join(page_file(name) or "" for name in ("base.css", "review.css"))
    modules = (page_file(f"{module}.js") or "" for module in MODULES)
    script = "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)
    content = json.dumps(data, ensure_ascii=False).translate(_AS_ESCAPES)
    page = _rendered(
        title=data["title"],
        alone=True,
        style=Markup(style),  # noqa: S704 - our own files, which hold no one's text
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=Markup(content),  # noqa: S704 - nothing in it can end the element
    )
    with open_for_writing(path) as stream:
        stream.write(page)


def _rendered(**content: Any) -> str:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("align.review", "page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("review.html.jinja").render(content)


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
