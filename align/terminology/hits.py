"""What is known of a mention in one language, and of all mentions of a term together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from align.encoders.base import FloatArray
    from align.terminology.cut_passages import CutPassage
    from align.terminology.model import Mention
    from align.text import Span

_LEEWAY = 0.15  # how much less like the rendering than the term another phrase may be


def strength(gain: FloatArray | float, apart: FloatArray | float) -> FloatArray:
    """How much speaks for other phrases; see `Contrast`."""
    return np.minimum(apart, np.add(gain, _LEEWAY))


@dataclass(frozen=True, slots=True)
class Contrast:
    """The phrase that a rendering is likeliest to mean instead of the term.

    Attributes:
        text: The phrase: the term with another word in place of one of its own.
        gain: How much more similar the rendering is to it than to the term.
        apart: The same, less what it is for the renderings of the other editions.
    """

    text: str
    gain: float
    apart: float

    @property
    def strength(self) -> float:
        """How much speaks for the other phrase."""
        return float(strength(self.gain, self.apart))


@dataclass(slots=True)
class Hit:
    """One mention in one language, as a concordance of the two texts has it.

    Attributes:
        mention: The place in the pivot text.
        passage: Its passage.
        source_span: The mention within the passage's source text.
        target_span: What is thought to render it, in the passage's target text; None where nothing.
        text: What stands there, empty where nothing does.
        key: What all its forms have in common.
        short: Whether the mention is an abbreviation of the term.
        similarity: Of the rendering to the term, 0 to 1.
        inside: How much more similar the rendering is to a part of the term than to the whole.
        outside: How much more similar it is to other words of the source than to the term.
        links: Log-odds of the words' links.
        support: Share of the term's other mentions that are rendered so.
        alone: Whether the term has no other mention of this sort.
        vector: The rendering's vector.
        peers: How near the rendering is to what other languages have there, 0 to 1; None
            where there are none.
        expected: How similar to the term their renderings are; None likewise.
        outlying: How much nearer other languages' renderings are to one another than to this one.
        cover: For each word of the mention, how like it the likest word of the bead is.
        uncovered: How much less, at most, a word is covered than in other languages.
        names: Of a name, the words that have no meaning to be translated.
        heard: How like each of these the likest word of the bead is, in sound or meaning, 0 to 1.
        unheard: How much less, at most, one of them is heard than in other languages.
        hints: Common words of the pivot that mean something near to a word of the rendering.
        contrast: What the rendering may mean instead of the term.
        known: How much of what the words are usually translated by the rendering has, 0 to 1.
        lacking: The most of what a word is usually translated by that the bead has not, 0 to 1.
        probability: That the span is right or, where it is None, that nothing renders the term.
        present: Probability that the translation has something for the term at all.
        right: Probability that this means the term, if so.
        is_name: Whether the term is a name.
        part: What of the rendering renders a part of the term, where the rest does not fit.
        copied: The words of the mention that stand in the rendering, letter by letter.
    """

    mention: Mention
    passage: CutPassage
    source_span: Span
    target_span: Span | None = None
    text: str = ""
    key: tuple[str, ...] = ()
    short: bool = False
    similarity: float = 0.0
    inside: float = 0.0
    outside: float = 0.0
    links: float = 0.0
    support: float = 0.0
    alone: bool = True
    vector: FloatArray | None = None
    peers: float | None = None
    expected: float | None = None
    outlying: float = 0.0
    cover: FloatArray | None = None
    uncovered: float = 0.0
    names: tuple[str, ...] = ()
    heard: FloatArray | None = None
    unheard: float = 0.0
    hints: tuple[str, ...] = ()
    contrast: Contrast | None = None
    known: float = 0.0
    lacking: float = 0.0
    probability: float = 0.0
    present: float = 0.0
    right: float = 0.0
    is_name: bool = False
    part: str = ""
    copied: tuple[str, ...] = ()

    @property
    def fit(self) -> float:
        """Probability that the rendering renders the term."""
        return self.present * self.right

    @property
    def standing(self) -> float:
        """How well it renders the term, for comparing it with other mentions' renderings."""
        return self.fit - 0.5 * self.outlying


@dataclass(slots=True)
class Group:
    """Hits of one term in one language whose renderings are forms of one another.

    Attributes:
        text: The commonest form.
        key: Its key.
        forms: How often each form stands.
        hits: The hits.
    """

    text: str
    key: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    hits: list[Hit] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """How many mentions are rendered so, and how surely."""
        return sum(0.5 + 0.5 * hit.fit for hit in self.hits)


@dataclass(slots=True)
class LanguageEvidence:
    """All that is known of one language.

    Attributes:
        language: BCP 47 tag.
        hits: For each term, its mentions.
        groups: For each term, its renderings, the commonest first.
    """

    language: str
    hits: list[list[Hit]]
    groups: list[list[Group]]
