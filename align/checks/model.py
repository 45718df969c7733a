"""What checks find in a translation, and the report that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from align.article import AlignedArticle
    from align.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Leverage:
    """How much of a source text a memory has already, in segments and in words.

    Attributes:
        bands: For each band of similarity, the best first (`exact`, `95-99`, `85-94`, `75-84`,
            `new`) and `repeated` for what the text itself repeats, how many segments and words
            of the source fall into it.
    """

    bands: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that the checks found in the translations of one source text.

    Attributes:
        article: The source (its pivot) and its translations, aligned.
        languages: Those that were checked.
        findings: What was found, language by language, in the order of each translation.
        checks: Names of the checks that ran, in some language at least.
        not_run: Checks that could not run, and why: what they compare with was not given.
        held_back: How many findings of each check were left out, for their beads are too doubtful.
        accepted: How many were left out because the baseline accepts them.
        leverage: For each language, what the memory has; empty where none was given.
        signature: What the result depends on.
    """

    article: AlignedArticle
    languages: tuple[str, ...]
    findings: tuple[Finding, ...]
    checks: tuple[str, ...]
    not_run: Mapping[str, str]
    held_back: Mapping[str, int]
    accepted: int
    leverage: Mapping[str, Leverage]
    signature: str

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(finding.severity == severity for finding in self.findings)
