"""What checks found of an alignment, and divergences of terms, for its review to show in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import InputError
from align.formats.json_files import read_json

if TYPE_CHECKING:
    from align.article import AlignedArticle
    from align.edition import Edition

NAME = "findings.json"
"""The findings file that is looked for beside an alignment file (`align check … -o`)."""

TERMS_NAME = "terms.json"
"""The terms file that is looked for there, for its divergences (`align terms … -o`)."""


def findings_beside(path: Path, article: AlignedArticle) -> list[dict[str, str]]:
    """The findings, and the divergences of terms, in the files beside an alignment file.

    Args:
        path: The alignment file.
        article: What it holds.

    Returns:
        For each finding its `language`, the `side` and `key` of the first segment it is about, its
        `severity`, `check` and `message`; a divergence has its kind as its check, and is left out
        where a check says it already. What is about texts that the article does not have is left
        out: it was found in another version.
    """
    findings = _read(path.parent / NAME, "a findings file", "findings")
    divergences = _read(path.parent / TERMS_NAME, "a terms file", "terms")
    said = {(each["check"], each["language"], each["source_text"]) for each in findings}
    new = [each for each in divergences if _as_check(each) not in said]
    shown = [_shown(each, article) for each in findings]
    shown += [_shown_divergence(each, article) for each in new]
    return [each for each in shown if each]


def _read(file: Path, what: str, name: str) -> list[dict[str, Any]]:
    if not file.is_file():
        return []
    try:
        content = read_json(file, what=what, name=f"align-{name}", version=1, schema=name)
    except InputError:  # it is somebody else's, and not needed
        return []
    found: list[dict[str, Any]] = content["findings"]
    return found


def _shown(finding: dict[str, Any], article: AlignedArticle) -> dict[str, str] | None:
    language = finding["language"]
    if language not in article.alignments:
        return None
    for side, tag in (("source", article.pivot), ("target", language)):
        numbers = finding[f"{side}_segments"]
        if numbers and _stands(finding[f"{side}_text"], numbers, article.editions[tag]):
            said = {name: finding[name] for name in ("language", "severity", "check", "message")}
            return {**said, "side": side, "key": str(numbers[0])}
    return None


def _shown_divergence(finding: dict[str, Any], article: AlignedArticle) -> dict[str, str] | None:
    language, number = finding["language"], finding["segment"]
    if language not in article.alignments:
        return None
    pivot, target = article.editions[article.pivot], finding["target_segments"]
    if number >= len(pivot.segments) or pivot.segments[number].text not in finding["source_text"]:
        return None
    if target and not _stands(finding["target_text"], target, article.editions[language]):
        return None
    said = {name: finding[name] for name in ("language", "severity", "message")}
    return {**said, "check": finding["kind"], "side": "source", "key": str(number)}


def _stands(text: str, numbers: list[int], edition: Edition) -> bool:
    """Whether a text is that of the segments it was found in."""
    return max(numbers) < len(edition.segments) and edition.text_of(numbers) == text


def _as_check(finding: dict[str, Any]) -> tuple[str | None, str, str]:
    """How a check that passes a divergence on names it."""
    from align.terminology.divergences.registry import KINDS

    kind = KINDS.get(finding["kind"])
    name = kind.check.name if kind and kind.check else None
    return name, finding["language"], finding["source_text"]
