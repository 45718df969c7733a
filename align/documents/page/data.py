"""The article that a page holds as data beside what it shows (schema.org, as JSON-LD)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from align.documents.assembly import Piece
from align.documents.cleaning import clean
from align.documents.entities import unescape

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAG = re.compile(r"<[^<>]{0,1000}>")
_PARTS = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>\s*<br\s*/?>", re.IGNORECASE)
_MOST_VALUES = 100_000  # of one page's data that are looked at


def article_data(tree: HtmlElement) -> list[Piece]:
    """The paragraphs of the longest article body in a page's data; none where it has no such."""
    bodies: list[tuple[str, int | None]] = []
    for script in tree.iter("script"):
        if script.get("type", "").split(";")[0].strip().lower() == "application/ld+json":
            try:
                data = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue  # what scripts get wrong, browsers pass over
            bodies.extend((body, script.sourceline) for body in _bodies(data))
    body, line = max(bodies, key=lambda each: len(each[0]), default=("", None))
    if _PARTS.search(body):
        body = _PARTS.sub("\n\n", body)
    paragraphs = re.split(r"\n\s*\n", clean(body))
    if len(paragraphs) == 1:
        paragraphs = clean(body).split("\n")
    texts = (unescape(_TAG.sub("", paragraph)) for paragraph in paragraphs)
    return [Piece("paragraph", text.strip(), line) for text in texts if text.strip()]


def _bodies(data: object) -> list[str]:
    found: list[str] = []
    waiting: list[object] = [data]
    for _ in range(_MOST_VALUES):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            body = value.get("articleBody")
            if isinstance(body, str):
                found.append(body)
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
    return found
