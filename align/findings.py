"""What checks find, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from align.text import Span

Severity = Literal["error", "warning", "note"]

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""


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
        fingerprint: Names the finding from one run to the next, see `checks/fingerprints.py`; empty
            until the report is made.
        kind: Of a finding about a term, how its rendering diverges, such as `inconsistent`
            (`align.terminology.divergences`).
        term: The term that it is about, if it is about one.
        also: The other source segments of which the same is to be said.
    """

    check: str
    severity: Severity
    confidence: float
    language: str
    message: str
    source_text: str
    target_text: str
    source_span: Span | None
    target_span: Span | None
    source_segments: Span
    target_segments: Span
    suggestion: str | None = None
    fingerprint: str = ""
    kind: str = ""
    term: str = ""
    also: tuple[int, ...] = ()

    @property
    def rendering(self) -> str | None:
        """What stands in the translation's place that it is about; None where it has none."""
        return None if self.target_span is None else self.target_text[self.target_span.slice]

    @property
    def segment(self) -> int:
        """Index of the first source segment that it is about."""
        return self.source_segments.start
