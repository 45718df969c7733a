"""What is found of key terms: the terms, their renderings in each language, and findings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from align.article import part_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from align.findings import Finding
    from align.text import Span

TermKind = Literal["name", "abbreviation", "coinage", "phrase", "word"]
"""What sort of term it is: a proper name, its abbreviation, a quoted coinage, several words or
one."""

TermOrigin = Literal["text", "given", "termbase"]
"""Whether the text itself, the user's list or a termbase makes it a term."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """One place of the pivot text where a term stands.

    Attributes:
        segment: Index of the pivot segment.
        span: Where in the segment's text.
        text: What stands there.
    """

    segment: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """A key term of the pivot text.

    Attributes:
        text: The term in the form that stands for all (`strategic autonomy`).
        variants: The forms that stand in the text, commonest first.
        kind: What sort of term it is.
        origin: What made it one.
        mentions: Where it stands, in the order of the text.
    """

    text: str
    variants: tuple[str, ...]
    kind: TermKind
    origin: TermOrigin
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What became of one mention of a term in one language.

    Attributes:
        mention: The place in the pivot text.
        source_text: The pivot side of the bead that the mention lies in.
        target_text: The other side of it; empty where the bead has none.
        source_span: The mention within `source_text`.
        target_span: The rendering within `target_text`; None where none was found.
        target_segments: Indices of the target segments of the bead.
        probability: That the span is right or, where it is None, that there is no rendering.
        bead_confidence: Confidence of the bead, where it has one.
    """

    mention: Mention
    source_text: str
    target_text: str
    source_span: Span
    target_span: Span | None
    target_segments: tuple[int, ...]
    probability: float
    bead_confidence: float | None = None

    @property
    def form(self) -> str | None:
        """The rendering as it stands in the text."""
        return None if self.target_span is None else self.target_text[self.target_span.slice]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way in which a language renders a term, all its inflected forms together.

    Attributes:
        text: The form that stands for all.
        forms: How often each form stands in the text, commonest first.
    """

    text: str
    forms: Mapping[str, int]

    @property
    def count(self) -> int:
        """How many occurrences it has."""
        return sum(self.forms.values())


@dataclass(frozen=True, slots=True)
class RenderedTerm:
    """A term with its renderings in every language.

    Attributes:
        term: The term.
        renderings: For each language, its renderings, the commonest first.
        occurrences: For each language, what became of each mention, in the order of the text.
        remembered: For each language, what became of its mentions in the memory, if there is one.
    """

    term: Term
    renderings: Mapping[str, tuple[Rendering, ...]]
    occurrences: Mapping[str, tuple[Occurrence, ...]]
    remembered: Mapping[str, tuple[Occurrence, ...]] = field(default_factory=dict)

    def rendering_of(self, language: str, occurrence: Occurrence) -> Rendering | None:
        """The rendering that an occurrence's form belongs to; None where none was found."""
        form = occurrence.form
        if form is None:
            return None
        return next((each for each in self.renderings[language] if form in each.forms), None)

    def share(self, language: str, rendering: Rendering) -> float:
        """A rendering's share of the mentions that have a counterpart in the language, 0 to 1."""
        with_text = sum(bool(each.target_text) for each in self.occurrences.get(language, ()))
        return min(1.0, rendering.count / with_text) if with_text else 0.0


@dataclass(frozen=True, slots=True)
class TermReport:
    """Everything found of the key terms of an article.

    Attributes:
        name: Short name of the article, for files written.
        title: Its title.
        pivot: The pivot's language.
        languages: The other languages, in the order of the editions.
        terms: The terms with their renderings, the weightiest first.
        findings: Divergences, the gravest first.
        held_back: How many findings were left out, for their beads are too doubtful.
        signature: What the result depends on.
        parts: Where the text is of several files: the name of each, and its first segment.
    """

    name: str
    title: str
    pivot: str
    languages: tuple[str, ...]
    terms: tuple[RenderedTerm, ...]
    findings: tuple[Finding, ...]
    held_back: int
    signature: str
    parts: tuple[tuple[str, int], ...] = ()

    def place_of(self, segment: int) -> str:
        """Where a segment of the pivot text stands, in words: its file, if several, and number."""
        name, number = part_of(self.parts, segment)
        return f"{name} segment {number}" if name else f"{self.pivot} segment {number}"

    def in_languages(self, languages: Collection[str]) -> TermReport:
        """The report on some of its languages; what the others taught of these stays."""
        kept = tuple(language for language in self.languages if language in languages)
        return replace(
            self,
            languages=kept,
            terms=tuple(
                replace(
                    rendered,
                    renderings={tag: rendered.renderings[tag] for tag in kept},
                    occurrences={tag: rendered.occurrences[tag] for tag in kept},
                )
                for rendered in self.terms
            ),
            findings=tuple(finding for finding in self.findings if finding.language in kept),
        )
