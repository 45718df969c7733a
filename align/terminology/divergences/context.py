"""A mention in one language that diverges, with what a kind of divergence says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.findings import Severity
    from align.terminology.hits import Hit
    from align.terminology.model import Term
    from align.terminology.usual import Usual

_OTHERWISE = 0.5  # share of the other passages from which a rendering is the term's usual one


@dataclass(frozen=True, slots=True)
class Context:
    """One mention in one language, beside the term's other mentions and the other editions.

    Attributes:
        term: The term.
        pivot: BCP 47 tag of the pivot.
        language: BCP 47 tag of the edition.
        hit: What was found for the mention.
        usual: What usually renders the term in the edition; None where it stands but once.
        elsewhere: What was found for the mention in the other languages.
        evidence: What the judge saw, by its names (`align.terminology.evidence.FEATURES`).
        other_term: A term of the text that the rendering stands for elsewhere, if one does.
        permitted: Renderings that a termbase permits, the preferred first.
        forbidden: Renderings that a termbase forbids.
    """

    term: Term
    pivot: str
    language: str
    hit: Hit
    usual: Usual | None
    elsewhere: Mapping[str, Hit]
    evidence: Mapping[str, float]
    other_term: Term | None
    permitted: Sequence[str] = ()
    forbidden: Sequence[str] = ()

    @property
    def departs(self) -> bool:
        """Whether the edition has a usual rendering of the term, which does not stand here."""
        usual = self.usual
        return usual is not None and usual.stands < 1 and usual.share >= _OTHERWISE

    @property
    def expected(self) -> str | None:
        """What usually stands for the term, where it does not here."""
        return self.usual.hit.text if self.usual is not None and self.departs else None

    @property
    def places(self) -> str:
        """In how many places the usual rendering stands, in words."""
        if self.usual is None:
            return ""
        count = round(self.usual.share * self.usual.passages)
        return f"in {count} of {self.usual.passages + 1} places"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a kind of divergence says of a mention.

    Attributes:
        expected: What was expected there; None where that is not known.
        message: What is wrong and why, in a sentence.
        found: Whether what was found there is meant, not that nothing was.
        severity: How bad it is, of a kind that follows a rule; the judge says it of all others.
    """

    expected: str | None
    message: str
    found: bool = True
    severity: Severity = "note"
