"""A mention in one language with what it is compared with, and what a check says of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.terminology.evidence import is_variant
from align.terminology.forms import form_key, same_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.findings import Severity
    from align.terminology.cut_passages import CutPassage
    from align.terminology.divergences.limits import Limits
    from align.terminology.hits import Group, Hit
    from align.terminology.model import Term


GROUNDS = (
    "nothing", "copy", "other term", "main", "two", "name within", "spelling", "place",
    "place within", "characters", "letters", "misspelt", "abbreviation", "sound", "contrast",
    "meaning",
)  # fmt: skip
"""What the checks tell divergences by."""

_FREELY_RENDERED = 0.72
"""How similar to a term its renderings in other editions have to be, for one to be off."""


@dataclass(frozen=True, slots=True)
class Context:
    """One mention in one language, beside the term's other mentions and the other editions.

    Attributes:
        term: The term.
        limits: What is asked of the renderings of such a term.
        pivot: BCP 47 tag of the pivot.
        language: BCP 47 tag of the edition.
        hit: What was found for the mention.
        group: The rendering it belongs to; None where nothing was found.
        main: The term's main rendering among mentions of this sort; None where none is sure.
        groups: All renderings of mentions of this sort, the main one first.
        elsewhere: What was found for the mention in the other languages.
        name_within: The main rendering of a name within the term (the surname within a full name).
        other_terms: Main renderings of the language's other terms.
        keeps_names: Whether the edition keeps foreign names in their own script as a rule.
        consistency: Share of the other editions with a choice that render all mentions of the term
            alike; None where there are too few to say.
        permitted: Renderings that a termbase permits, the preferred first.
        forbidden: Renderings that a termbase forbids.
    """

    term: Term
    limits: Limits
    pivot: str
    language: str
    hit: Hit
    group: Group | None
    main: Group | None
    groups: Sequence[Group]
    elsewhere: Mapping[str, Hit]
    other_terms: Mapping[tuple[str, ...], Term]
    name_within: Group | None = None
    keeps_names: bool = False
    consistency: float | None = None
    permitted: Sequence[str] = ()
    forbidden: Sequence[str] = ()

    @property
    def found(self) -> bool:
        """Whether anything was found that may render the term."""
        return self.hit.target_span is not None and not self.lacks

    @property
    def lacks(self) -> bool:
        """Whether it is probable that the translation has nothing for the term."""
        hit, limits = self.hit, self.limits
        return hit.present < limits.present or (hit.fit < limits.fit and hit.present < hit.right)

    @property
    def is_main(self) -> bool:
        """Whether the mention is rendered as the term mainly is, or by a form of that."""
        if self.main is None or self.group is None:
            return False
        return self.group is self.main or is_variant(self.group.key, self.main.key)

    @property
    def is_vague(self) -> bool:
        """Whether other editions' renderings, too, are so free that little can be said of any."""
        reached = self.hit.expected
        return self.term.origin == "text" and reached is not None and reached < _FREELY_RENDERED

    @property
    def is_main_often(self) -> bool:
        """Whether other mentions are rendered alike: then it is a choice, not a slip."""
        return self.is_main and self.group is not None and len(self.group.hits) > 1

    @property
    def is_kept_elsewhere(self) -> bool:
        """Whether the other editions, too, keep to one rendering: the word is a term then."""
        return self.consistency is None or self.consistency >= self.limits.consistency

    @property
    def siblings(self) -> list[Hit]:
        """The term's other mentions of this sort for which something was found."""
        return [
            hit
            for group in self.groups
            for hit in group.hits
            if hit is not self.hit and hit.short == self.hit.short
        ]

    @property
    def has_rival(self) -> bool:
        """Whether other mentions are rendered by something else, which is surer."""
        return self.main is not None and self.main is not self.group


@dataclass(frozen=True, slots=True)
class Divergence:
    """What a check says of a mention.

    Attributes:
        kind: What is wrong: one of `align.terminology.divergences.registry`.
        severity: How bad it is.
        confidence: Probability that it is so.
        expected: What was expected; None where that is not known.
        message: What is wrong and why, in a sentence.
        ground: What it is told by, one of `GROUNDS`; the judge has learnt what each is worth.
    """

    kind: str
    severity: Severity
    confidence: float
    expected: str | None
    message: str
    ground: str = ""


def stands_in(key: Sequence[str], passage: CutPassage, language: str) -> bool:
    """Whether what has a key stands anywhere in the translation, in whatever form."""
    whole = form_key(passage.target, language)
    if len(key) == 1 and len(whole) == 1:
        return key[0] in whole[0]
    return any(
        same_form(key, whole[start : start + len(key)])
        for start in range(len(whole) - len(key) + 1)
    )
