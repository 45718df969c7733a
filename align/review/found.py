"""What checks found of an alignment, for its review to show in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.formats.json_files import read_json

if TYPE_CHECKING:
    from align.article import AlignedArticle

NAME = "findings.json"
"""The findings file that is looked for beside an alignment file (`align check … -o`)."""


def findings_beside(path: Path, article: AlignedArticle) -> list[dict[str, str]]:
    """The findings in the file beside an alignment file.

    Args:
        path: The alignment file.
        article: What it holds.

    Returns:
        For each finding its `language`, the `side` and `key` of the first segment it is about, its
        `severity`, `check` and `message`. What is about texts that the article does not have is
        left out: it was found in another version.
    """
    file = path.parent / NAME
    if not file.is_file():
        return []
    try:
        content = read_json(
            file, what="a findings file", name="align-findings", version=1, schema="findings"
        )
    except InputError:  # it is somebody else's, and not needed
        return []
    return [shown for each in content["findings"] if (shown := _shown(each, article))]


def _shown(finding: dict[str, Any], article: AlignedArticle) -> dict[str, str] | None:
    language = finding["language"]
    if language not in article.alignments:
        return None
    sides = (("source", article.pivot), ("target", language))
    place = None
    for side, tag in sides:
        numbers = finding[f"{side}_segments"]
        edition = article.editions[tag]
        if not numbers or max(numbers) >= len(edition.segments):
            continue
        if edition.text_of(numbers) == finding[f"{side}_text"]:
            place = {"side": side, "key": str(numbers[0])}
    if place is None:
        return None
    said = {name: finding[name] for name in ("language", "severity", "check", "message")}
    return {**said, **place}
