"""One place, one finding: what several checks say of the same words is said once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks import registry
from align.findings import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align.checks.base import Coverage
    from align.findings import Finding
    from align.text import Span

_LEAST_SHARED = 0.5


def merged(findings: Iterable[Finding], checks: Sequence[str]) -> list[Finding]:
    """Leaves out what says again what another finding says of the same place.

    - Of findings of one check on the same spans of the same bead, one stays; where they have no
      spans, of those with the same message.
    - Two checks speak of the same place where their spans overlap on each side, source and
      translation, on which both have one, and share at least half of the longer on one of them.
    - A finding that words are missing, added or untranslated, or that an address is altered, says
      all there is to say of them: others that lie wholly within go, but for graver ones within a
      part of a sentence that seems to be left out.

    Else the graver finding stays; of equals the surer, then that of the check listed first.

    Args:
        findings: Findings in one language.
        checks: The names of the checks, in the order of the list.

    Returns:
        Those that stay, in the order of the translation.
    """
    covers: dict[str, Coverage] = {each.name: each.covers for each in registry.CHECKS}
    order = {name: number for number, name in enumerate(checks)}

    def weight(finding: Finding) -> tuple[bool, int, bool, float, int]:
        return (
            covers.get(finding.check) != "all",
            SEVERITIES.index(finding.severity),
            covers.get(finding.check) != "parts",
            -finding.confidence,
            order.get(finding.check, len(order)),
        )

    by_bead: dict[object, list[Finding]] = {}
    for finding in findings:
        bead = finding.source_segments, finding.target_segments
        by_bead.setdefault(bead, []).append(finding)
    kept: list[Finding] = []
    for on_bead in by_bead.values():
        stay: dict[str, list[Finding]] = {}
        said: set[object] = set()
        for finding in sorted(on_bead, key=weight):
            what = _what(finding)
            others = (each for name in stay if name != finding.check for each in stay[name])
            if what not in said and not any(
                _says_the_same(finding, other, covers) for other in others
            ):
                stay.setdefault(finding.check, []).append(finding)
                said.add(what)
        kept += [finding for of_check in stay.values() for finding in of_check]
    return sorted(kept, key=_place)


def _what(finding: Finding) -> object:
    """What no two findings of a bead may have in common."""
    has_span = finding.source_span is not None or finding.target_span is not None
    message = None if has_span else finding.message
    return finding.check, finding.source_span, finding.target_span, message


def _says_the_same(finding: Finding, other: Finding, covers: Mapping[str, Coverage]) -> bool:
    """Whether a finding says nothing that the weightier one does not."""
    if covers.get(other.check) and _lies_within(finding, other):
        return True
    shares = [
        _shared(one, two) / max(len(one), len(two), 1)
        for one, two in (
            (finding.source_span, other.source_span),
            (finding.target_span, other.target_span),
        )
        if one is not None and two is not None
    ]
    return bool(shares) and min(shares) > 0 and max(shares) >= _LEAST_SHARED


def _lies_within(finding: Finding, whole: Finding) -> bool:
    if not (whole.source_text and whole.target_text):
        return True  # the bead has one side, and the whole of it is missing or added
    one, two = finding.target_span, whole.target_span
    if two is None and whole.source_span is None:
        return True
    if one is not None and two is None:
        return False  # it points to words of the translation, and the whole is not there
    if two is None or one is None:
        one, two = finding.source_span, whole.source_span
    return one is not None and two is not None and two.start <= one.start <= one.stop <= two.stop


def _shared(one: Span, two: Span) -> int:
    if one == two:
        return max(len(one), 1)
    return min(one.stop, two.stop) - max(one.start, two.start)


def _place(finding: Finding) -> tuple[int, ...]:
    """Where a finding stands in the translation, then in the source."""
    target, source = finding.target_segments, finding.source_segments
    spans = finding.target_span, finding.source_span
    starts = [-1 if span is None else span.start for span in spans]
    return target.start, target.stop, starts[0], source.start, source.stop, starts[1]
