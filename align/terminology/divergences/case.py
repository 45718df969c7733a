"""A mention in one language with what it is compared with, and what a check says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.terminology.evidence import is_variant
from align.terminology.tagging import general_frequency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.terminology.evidence import Group, Sight
    from align.terminology.model import FindingKind, Severity, Term

OFTEN = 4
"""From so many mentions on, a translator may well leave one out."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Below which probabilities there are findings, for one sort of term.

    Attributes:
        present: That the translation has something for the term.
        right: That this means the term.
    """

    present: float
    right: float


# How far from its term a rendering may be: a name stays what it is, a phrase that stands once may
# be put in other words. Chosen for their false alarms on clean news.
_EVERYDAY = 3.9  # Zipf frequency above which a single word is everyday language
_WELL = 0.8  # probability from which another mention's rendering is sure
_STRICT = Limits(present=0.55, right=0.72)
_LOOSE = Limits(present=0.4, right=0.6)
_RENDERED_ELSEWHERE = Limits(present=0.75, right=0.72)
_RECURRING_NAME = Limits(present=0.4, right=0.65)
_HAN_NAME = Limits(present=0.5, right=0.6)
_BY_KIND = {
    "name": Limits(present=0.5, right=0.74),
    "abbreviation": Limits(present=0.2, right=0.0),
    "coinage": _STRICT,
    "phrase": _STRICT,
    "word": Limits(present=0.35, right=0.5),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One mention in one language.

    Attributes:
        term: The term.
        language: BCP 47 tag of the edition.
        sight: What was found for the mention.
        group: The rendering it belongs to; None where nothing was found.
        main: The term's main rendering among mentions of this sort; None where none is sure.
        groups: All renderings of mentions of this sort, the main one first.
        elsewhere: What was found for the mention in the other languages.
        kin: The main rendering of a name within the term (the surname within a full name).
        other_terms: Main renderings of the language's other terms.
        pivot: BCP 47 tag of the pivot.
        keeps_names: Whether the edition keeps foreign names in their own script as a rule.
        permitted: Renderings that a termbase permits, the preferred first.
        forbidden: Renderings that a termbase forbids.
    """

    term: Term
    language: str
    sight: Sight
    group: Group | None
    main: Group | None
    groups: Sequence[Group]
    elsewhere: Mapping[str, Sight]
    other_terms: Mapping[tuple[str, ...], Term]
    kin: Group | None = None
    pivot: str = "en"
    keeps_names: bool = False
    permitted: Sequence[str] = ()
    forbidden: Sequence[str] = ()

    @property
    def found(self) -> bool:
        """Whether anything was found that may render the term."""
        return self.sight.target_span is not None and self.sight.present >= self.limits.present

    @property
    def is_main(self) -> bool:
        """Whether the mention is rendered as the term mainly is, or by a form of that."""
        if self.main is None or self.group is None:
            return False
        return self.group is self.main or is_variant(self.group.key, self.main.key)

    @property
    def limits(self) -> Limits:
        """What is asked of the rendering; what the user names is asked for strictly."""
        if self.term.kind == "name" and len(self.term.mentions) > 1:
            return _RECURRING_NAME
        if self.term.kind == "name" and self.language.startswith("zh"):
            return _HAN_NAME
        if (
            self.main is not None
            and self.has_rival
            and self.main.sights[0].fit > _WELL
            and not self.is_ordinary
            and self.term.kind in ("phrase", "word", "coinage")
        ):
            return _RENDERED_ELSEWHERE
        if self.term.origin != "text":
            return _STRICT
        return _LOOSE if self.is_loose else _BY_KIND[self.term.kind]

    @property
    def is_ordinary(self) -> bool:
        """Whether the term is a word of everyday language, for which a synonym is style."""
        word = self.term.kind == "word" and self.term.origin == "text"
        return word and general_frequency(self.term.text, self.pivot) > _EVERYDAY

    @property
    def is_loose(self) -> bool:
        """Whether the term is one phrase of the text, which may well be put in other words."""
        return (
            self.term.kind in ("phrase", "word")
            and self.term.origin == "text"
            and len(self.term.mentions) < 2
        )

    @property
    def siblings(self) -> list[Sight]:
        """The term's other mentions of this sort for which something was found."""
        return [
            sight
            for group in self.groups
            for sight in group.sights
            if sight is not self.sight and sight.short == self.sight.short
        ]

    @property
    def has_rival(self) -> bool:
        """Whether other mentions are rendered by something else, which is surer."""
        return self.main is not None and self.main is not self.group


@dataclass(frozen=True, slots=True)
class Divergence:
    """What a check says of a mention.

    Attributes:
        kind: What is wrong.
        severity: How bad it is.
        confidence: Probability that it is so.
        expected: What was expected; None where that is not known.
        message: What is wrong and why, in a sentence.
    """

    kind: FindingKind
    severity: Severity
    confidence: float
    expected: str | None
    message: str
