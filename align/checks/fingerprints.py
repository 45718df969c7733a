"""Names for findings that stay the same while the rest of a translation is edited."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from align.findings import Finding
    from align.text import Span


def with_fingerprints(findings: Iterable[Finding]) -> list[Finding]:
    """Gives each finding its fingerprint.

    It depends on the check, the language, the two texts of the bead, white space apart, and the
    words that the finding is about; not on where the bead stands, nor on what the message says.
    Findings that are alike in all of it are told apart by their number among them, so that of
    several all but the accepted ones are seen.

    Args:
        findings: All findings of a report, in the order of the translation.
    """
    seen: Counter[str] = Counter()
    named = []
    for finding in findings:
        key = _key(finding)
        digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()
        seen[key] += 1
        named.append(replace(finding, fingerprint=digest[:16]))
    return named


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """The fingerprints of a report's findings, made where one has none yet."""
    known = list(findings)
    if not all(finding.fingerprint for finding in known):
        known = with_fingerprints(known)
    return [finding.fingerprint for finding in known]


def _key(finding: Finding) -> str:
    source, target = finding.source_text, finding.target_text
    return json.dumps(
        [
            finding.check,
            finding.language,
            _flat(source),
            _flat(target),
            _words(source, finding.source_span),
            _words(target, finding.target_span),
        ]
    )


def _words(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.slice]


def _flat(text: str) -> str:
    return " ".join(text.split())
