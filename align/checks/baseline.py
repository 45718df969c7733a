"""Baselines: findings that were looked at and accepted, so that later runs show only new ones."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.checks.model import CheckReport


@dataclass(frozen=True, slots=True, order=True)
class AcceptedFinding:
    """A finding that was accepted, with enough of it for people to tell which it is.

    Attributes:
        language: BCP 47 tag of the translation.
        check: The check that found it.
        fingerprint: Its fingerprint, which alone decides.
        message: What it said.
        target_text: The target side of its bead, or the source side where it has none.
    """

    language: str
    check: str
    fingerprint: str
    message: str
    target_text: str


@dataclass(frozen=True)
class Baseline:
    """Findings that were accepted.

    Attributes:
        accepted: The findings, in the order of language, check and fingerprint.
    """

    accepted: tuple[AcceptedFinding, ...] = ()

    @cached_property
    def fingerprints(self) -> frozenset[str]:
        """The fingerprints of all of them."""
        return frozenset(each.fingerprint for each in self.accepted)


def baseline_of(report: CheckReport, earlier: Baseline | None = None) -> Baseline:
    """The baseline that accepts all that a report found.

    Args:
        report: Findings of a run without a baseline, so that none is left out.
        earlier: The baseline that is replaced; it lives on where the report did not look: in
            languages and for checks that did not run.
    """
    found = [
        AcceptedFinding(
            language=finding.language,
            check=finding.check,
            fingerprint=finding.fingerprint,
            message=finding.message,
            target_text=finding.target_text or finding.source_text,
        )
        for finding in report.findings
    ]
    from align.checks.registry import CHECKS  # all checks: reading a baseline needs none

    there_are = {each.name for each in CHECKS}
    kept = [
        each
        for each in (earlier.accepted if earlier else ())
        if each.check in there_are
        and (each.check not in report.checks or each.language not in report.languages)
    ]
    return Baseline(tuple(sorted({*found, *kept})))
