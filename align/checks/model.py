"""What checks find in a translation, and the report that holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from align.article import AlignedArticle
    from align.beads import Span
    from align.terminology.model import Severity, TextSpan


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a translation that a reviewer should look at.

    Attributes:
        check: Name of the check that found it, such as `numbers`.
        severity: How bad it is.
        confidence: Probability that it is indeed so, 0 to 1.
        language: BCP 47 tag of the translation.
        message: What is wrong, in plain words, one sentence without a full stop at its end.
        source_text: The source side of the bead; empty where there is none.
        target_text: The target side; empty where there is none.
        source_span: What it is about within `source_text`, if one place.
        target_span: What it is about within `target_text`, if one place.
        source_segments: Which source segments the bead has.
        target_segments: Which target segments the bead has; empty, it still has a place.
        suggestion: What could stand in place of the target span, where that is known.
        fingerprint: Names the finding from one run to the next, see `fingerprints.py`; empty
            until the report is made.
    """

    check: str
    severity: Severity
    confidence: float
    language: str
    message: str
    source_text: str
    target_text: str
    source_span: TextSpan | None
    target_span: TextSpan | None
    source_segments: Span
    target_segments: Span
    suggestion: str | None = None
    fingerprint: str = ""


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
