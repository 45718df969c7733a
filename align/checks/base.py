"""What a check is, and what it is given to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from align.checks.sharing import SharedWork
from align.findings import Finding
from align.passages import passages_of
from align.units import is_sure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


@dataclass(frozen=True, slots=True)
class Documentation:
    """What `align check --explain` says of a check.

    Attributes:
        summary: What it finds, in half a line for `--list`.
        what: What is compared and what is reported, with the severities.
        why: Why a reviewer should care, and what it leaves alone on purpose.
        example: A source, a translation and what is said of them.
        silence: How to keep it quiet where it is wrong.
    """

    summary: str
    what: str
    why: str
    example: str
    silence: str


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
        """The beads of the alignment, in its order."""
        return tuple(passages_of(self.source, self.target, self.article.alignments[self.language]))

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
        """A finding on a passage, which supplies all that follows from it."""
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
            suggestion=suggestion,
        )


class Check(Protocol):
    """Looks at a whole translation for one sort of error.

    A check says what it sees on every passage, sure or not; findings on passages that are not
    sure are held back and counted afterwards, for all checks in one place.
    """

    name: str
    """How the command and the files call it: lower case, hyphens between words."""

    documentation: Documentation

    def find(self, translation: Translation) -> Iterable[Finding]:
        """What is wrong, in any order.

        Raises:
            CheckCannotRunError: If what it compares with was not given.
        """
        ...
