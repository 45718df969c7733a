"""Passes on what `align.terms` finds in the text itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.checks.base import REGISTERED, Check, CheckCannotRunError
from align.checks.terms.lexicon import is_in_address
from align.checks.terms.rules import breaches
from align.checks.terms.usages import MOST_FOLLOWED, terms_of_text
from align.documentation import Documentation, documentation_of
from align.terminology.divergences.judge import fitted_judge
from align.terminology.divergences.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding
    from align.passages import Passage
    from align.terminology.divergences.registry import InCheck, Kind
    from align.terminology.model import TermFinding


class TextTermCheck(Check):
    """Passes on one kind of divergence of `align.terms`, if that warns of it.

    Why:
        A term that changes its name, or loses its meaning, is the error readers notice and spelling
        checkers never do. The evidence is the text's own: how the term is rendered elsewhere, and
        in other editions where there are some. How probable it is that all this means a divergence
        was learnt from real translations in which a script made errors; from 0.85 on it is a
        warning, a note below. Texts of more than 5,000 segments are compared with
        termbases only.

    Silence:
        Put both renderings into the termbase, or accept the finding in the baseline.

    Args:
        kind: The kind of divergence, which says what it is.
        passed: How it is passed on.
    """

    subject = "terms"

    def __init__(self, kind: Kind, passed: InCheck) -> None:
        self.kind = kind.name
        self.name, self.rank = passed.name, passed.rank
        self._text = kind.text

    @property
    def documentation(self) -> Documentation:
        """What the kind says of itself, and what is the same for all of them."""
        return documentation_of(self._text, TextTermCheck.__doc__)

    def find(self, translation: Translation) -> Iterator[Finding]:
        """The findings of this kind, where the termbases have not said more already."""
        report = terms_of_text(translation)
        if report is None:
            raise CheckCannotRunError(
                f"the source has more than {MOST_FOLLOWED:,} segments; its terms are compared "
                "with termbases only"
            )
        passages = {
            segment: passage for passage in translation.passages for segment in passage.bead.source
        }
        told = {(breach.passage, breach.rule.term) for breach in breaches(translation)}
        sure = fitted_judge().tells.check
        for each in report.findings:
            if each.kind != self.kind or each.language != translation.language:
                continue
            passage = passages.get(each.segment)
            if passage is None or not passage.is_aligned or passage.source != each.source_text:
                continue
            if each.severity == "note" or is_in_address(passage.source, each.source_span):
                continue
            if any(self._same_place(each, *place) for place in told):
                continue
            yield translation.finding(
                self.name,
                "warning" if each.confidence >= sure else "note",
                passage,
                _clause(each.message),
                confidence=each.confidence,
                source_span=each.source_span,
                target_span=each.target_span,
                suggestion=each.expected,
            )

    def _same_place(self, finding: TermFinding, passage: Passage, term: str) -> bool:
        return finding.segment in passage.bead.source and finding.term == term


def _clause(sentence: str) -> str:
    """A sentence as messages of checks are: without capital and full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


TEXT_TERM_CHECKS = tuple(
    TextTermCheck(kind, kind.check) for kind in KINDS.values() if kind.check is not None
)
"""A check for each kind of divergence that is passed on."""

for _check in TEXT_TERM_CHECKS:
    REGISTERED.add(_check.name, _check)
