"""Passes on what `align.terms` finds in the text itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from align.checks.base import REGISTERED, Check, CheckCannotRunError
from align.checks.terms.lexicon import is_in_address
from align.checks.terms.rules import breaches
from align.checks.terms.usages import MOST_FOLLOWED, terms_of_text
from align.documentation import Documentation, documentation_of
from align.terminology.divergences.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from align.checks.base import Translation
    from align.findings import Finding
    from align.terminology.divergences.registry import Kind


class TextTermCheck(Check):
    """Passes on one kind of divergence of `align.terms`.

    Why:
        A term that changes its name, or loses its meaning, is the error readers notice and spelling
        checkers never do. The evidence is the text's own: how the term is rendered elsewhere, in
        the memory, and in other editions where there are some. How probable it is that something
        is wrong was learnt from real translations; below a warning it is a note.

    Silence:
        Put both renderings into the termbase, or accept the finding in the baseline.

    Args:
        kind: The kind of divergence, which says what it is.
        name: What the check is called.
    """

    subject = "terms"

    def __init__(self, kind: Kind, name: str) -> None:
        self.kind, self.name, self.rank = kind.name, name, kind.rank
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
        told = {
            (segment, breach.rule.term)
            for breach in breaches(translation)
            for segment in breach.passage.bead.source
        }
        for each in report.findings:
            if each.kind != self.kind or each.language != translation.language:
                continue
            passage = passages.get(each.segment)
            if passage is None or not passage.is_aligned or passage.source != each.source_text:
                continue
            if (each.segment, each.term) in told:
                continue
            if each.source_span and is_in_address(passage.source, each.source_span):
                continue
            yield replace(
                each,
                message=_clause(each.message),
                source_segments=passage.bead.source,
                target_segments=passage.bead.target,
            )


def _clause(sentence: str) -> str:
    """A sentence as messages of checks are: without capital and full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


TEXT_TERM_CHECKS = tuple(
    TextTermCheck(kind, kind.check) for kind in KINDS.values() if kind.check is not None
)
"""A check for each kind of divergence that is passed on."""

for _check in TEXT_TERM_CHECKS:
    REGISTERED.add(_check.name, _check)
