"""What a check is, and what it is given to look at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from align.checks.sharing import SharedWork
from align.documentation import Documentation, documentation_of
from align.findings import Finding
from align.passages import passages_of
from align.registry import Registry
from align.units import is_sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from align.article import AlignedArticle
    from align.edition import Edition
    from align.encoders.base import Encoder
    from align.findings import Severity
    from align.passages import Passage
    from align.termbases import Termbase
    from align.text import Span
    from align.units import TranslationUnit


class CheckCannotRunError(Exception):
    """What a check needs is not there, such as a memory; `str()` says what."""


@dataclass(frozen=True)
class Translation:
    """A source text, its translation, and what is known beside them.

    Attributes:
        article: The source (its pivot) and the translation, aligned.
        language: BCP 47 tag of the translation.
        encoder: For checks that compare meanings.
        termbases: What renderings are permitted, the most binding first.
        memory: Units of earlier translations, in any languages.
        translator: Name or folder of a translation model for back-translation, if any.
        work: What checks of this run have worked out; that of other languages is shared with it.
    """

    article: AlignedArticle
    language: str
    encoder: Encoder
    termbases: Sequence[Termbase] = ()
    memory: Sequence[TranslationUnit] = ()
    translator: str | None = None
    work: SharedWork = field(default_factory=SharedWork, repr=False, compare=False)

    @property
    def source(self) -> Edition:
        """The source text."""
        return self.article.editions[self.article.pivot]

    @property
    def target(self) -> Edition:
        """The translation."""
        return self.article.editions[self.language]

    @property
    def source_language(self) -> str:
        """BCP 47 tag of the source."""
        return self.article.pivot

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The beads of the alignment, in its order, without those that are too long to check."""
        found = passages_of(self.source, self.target, self.article.alignments[self.language])
        return tuple(passage for passage in found if not passage.is_too_long)

    def is_sure(self, passage: Passage) -> bool:
        """Whether a passage's bead is sure enough for findings on it to be shown."""
        return is_sure(passage.bead, self.article.min_confidence)

    def finding(
        self,
        check: str,
        severity: Severity,
        passage: Passage,
        message: str,
        *,
        confidence: float = 1.0,
        source_span: Span | None = None,
        target_span: Span | None = None,
        suggestion: str | None = None,
    ) -> Finding:
        """A finding on a passage, which supplies all that follows from it.

        The source itself is no suggestion, whatever a memory or another place has.
        """
        return Finding(
            check=check,
            severity=severity,
            confidence=confidence,
            language=self.language,
            message=message,
            source_text=passage.source,
            target_text=passage.target,
            source_span=source_span,
            target_span=target_span,
            source_segments=passage.bead.source,
            target_segments=passage.bead.target,
            suggestion=None if suggestion == passage.source else suggestion,
        )


Subject = Literal["completeness", "terms", "quantities", "comparisons", "form"]
"""What a check is about."""

SUBJECTS: Mapping[Subject, str] = {
    "completeness": "What is left out, added or not translated",
    "terms": "Names and terms",
    "quantities": "Numbers, dates, money and measures",
    "comparisons": "Comparisons with earlier translations and with the rest of the text",
    "form": "Form: marks, spaces, addresses, characters",
}
"""The subjects in the order in which their checks run and are listed."""

Coverage = Literal["", "parts", "all"]
"""How far a finding says all there is to say of its words, see `align.checks.merging`: those of
other checks within them go where it is `all`; where it is `parts`, graver ones stay."""


class Check(ABC):
    """Looks at a whole translation for one sort of error.

    A check says what it sees on every passage, sure or not; findings on passages that are not
    sure are held back and counted afterwards, for all checks in one place.

    Its docstring is its documentation, see `align.documentation`.

    Attributes:
        name: How the command and the files call it, and `--skip` leaves it out: lower case,
            hyphens between words.
        subject: What it is about.
        rank: Its place among the checks of its subject; of two that say the same of the same words
            the first is heard.
        covers: How far it says all there is to say.
    """

    name: str
    subject: Subject
    rank: int = 1000
    covers: Coverage = ""

    @property
    def documentation(self) -> Documentation:
        """What it says of itself; what its base classes say goes on where that ends."""
        kinds = [kind for kind in type(self).__mro__ if issubclass(kind, Check)]
        return documentation_of(*(kind.__doc__ for kind in kinds if kind is not Check))

    @abstractmethod
    def find(self, translation: Translation) -> Iterable[Finding]:
        """What is wrong, in any order.

        Raises:
            CheckCannotRunError: If what it compares with was not given.
        """


REGISTERED: Registry[Check] = Registry("align.checks")
"""The checks by name; `align.checks.registry` has them in their order."""

AnyCheck = TypeVar("AnyCheck", bound=type[Check])


def register(check: AnyCheck) -> AnyCheck:
    """Registers a check, which is all that it takes for `align check` to run it."""
    REGISTERED.add(check.name, check())
    return check
