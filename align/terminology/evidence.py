"""What is known of every mention in every language: the rendering found and how well it fits."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from align.terminology.beadtexts import BeadTexts
from align.terminology.candidates import span_text
from align.terminology.forms import form_key, is_shorter_form, same_form
from align.terminology.model import TextSpan
from align.terminology.parameters import fitted
from align.terminology.rendering import RenderingFinder, is_short
from align.terminology.vectors import PhraseVectors

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from align.article import AlignedArticle
    from align.encoders.base import Advance, Encoder, FloatArray
    from align.terminology.beadtexts import BeadText
    from align.terminology.model import Mention, Term
    from align.terminology.rendering import Choice

_PEERS = 3
"""How many other languages judge a rendering: those that agree best, for some may be wrong."""


@dataclass(slots=True)
class Sight:
    """One mention in one language.

    Attributes:
        mention: The place in the pivot text.
        bead: Its bead.
        source_span: The mention within the bead's source text.
        target_span: What is thought to render it, in the bead's target text; None where nothing.
        text: What stands there, empty where nothing does.
        key: What all its forms have in common.
        short: Whether the mention is an abbreviation of the term.
        similarity: Of the rendering to the term, 0 to 1.
        backward: Log-probability that the rendering stands for the term and no other words.
        links: Log-odds of the words' links.
        support: Share of the term's other mentions that are rendered so.
        alone: Whether the term has no other mention of this sort.
        vector: The rendering's vector.
        peers: How near the rendering is to what other languages have there, 0 to 1; None
            where there are none.
        expected: How similar to the term their renderings are; None likewise.
        probability: That the span is right or, where it is None, that nothing renders the term.
        is_name: Whether the term is a name.
    """

    mention: Mention
    bead: BeadText
    source_span: TextSpan
    target_span: TextSpan | None = None
    text: str = ""
    key: tuple[str, ...] = ()
    short: bool = False
    similarity: float = 0.0
    backward: float = 0.0
    links: float = 0.0
    support: float = 0.0
    alone: bool = True
    vector: FloatArray | None = None
    peers: float | None = None
    expected: float | None = None
    probability: float = 0.0
    fit: float = 0.0
    is_name: bool = False


@dataclass(slots=True)
class Group:
    """Sights of one term in one language whose renderings are forms of one another.

    Attributes:
        text: The commonest form.
        key: Its key.
        forms: How often each form stands.
        sights: The sights.
    """

    text: str
    key: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    sights: list[Sight] = field(default_factory=list)

    @property
    def weight(self) -> float:
        """How many mentions are rendered so, and how surely."""
        return sum(0.5 + 0.5 * sight.fit for sight in self.sights)


@dataclass(slots=True)
class LanguageEvidence:
    """All that is known of one language.

    Attributes:
        language: BCP 47 tag.
        sights: For each term, its mentions.
        groups: For each term, its renderings, the commonest first.
    """

    language: str
    sights: list[list[Sight]]
    groups: list[list[Group]]


def gather_evidence(
    article: AlignedArticle,
    terms: Sequence[Term],
    encoder: Encoder,
    advance: Advance | None = None,
) -> dict[str, LanguageEvidence]:
    """Finds the renderings of all terms in all languages and judges how well each fits."""
    source = PhraseVectors(encoder, article.pivot)
    sights: dict[str, list[list[Sight]]] = {}
    for language in article.alignments:
        beads = BeadTexts(article, language)
        target = PhraseVectors(encoder, language)
        finder = RenderingFinder(beads, terms, source, target, language, article.pivot)
        sights[language] = [
            [_sight(term, index, choice, beads, target, language) for index, choice in enumerate(row)]
            for term, row in zip(terms, finder.find(), strict=True)
        ]
        if advance:
            advance(1)
    for number in range(len(terms)):
        _compare({language: rows[number] for language, rows in sights.items()})
    return {
        language: LanguageEvidence(language, rows, [_grouped(row, language) for row in rows])
        for language, rows in sights.items()
    }


def _sight(
    term: Term,
    index: int,
    choice: Choice | None,
    beads: BeadTexts,
    target: PhraseVectors,
    language: str,
) -> Sight:
    mention = term.mentions[index]
    if choice is None:
        bead, span = beads.missing(mention), mention.span
        return Sight(mention, bead, span)
    bead = beads.beads[choice.located.bead]
    short = is_short(term, mention)
    sight = Sight(mention, bead, choice.located.span, short=short)
    sight.is_name = term.kind in ("name", "abbreviation")
    sight.alone = sum(is_short(term, other) == short for other in term.mentions) < 2
    if choice.chosen is not None:
        at = choice.chosen
        first, last = choice.spans[at].tolist()
        sight.target_span = TextSpan(bead.target_words[first].start, bead.target_words[last].stop)
        sight.text = span_text(bead.target, bead.target_words, first, last)
        sight.key = choice.keys[at]
        sight.similarity = float(choice.similarities[at])
        sight.backward = float(choice.backward[at])
        sight.links = float(choice.links[at])
        sight.support = 0.0 if sight.alone else float(choice.support[at])
        sight.probability = float(choice.shares[at])
        sight.vector = target.of([sight.text])[0]
    return sight


def _compare(rows: Mapping[str, Sequence[Sight]]) -> None:
    """Holds each mention's renderings in all languages against one another."""
    languages = list(rows)
    for mention in range(len(rows[languages[0]]) if languages else 0):
        sights = [rows[language][mention] for language in languages]
        seen = [sight for sight in sights if sight.vector is not None]
        for sight in seen:
            others = [other for other in seen if other is not sight]
            if len(others) >= 2:
                near = sorted(
                    (float(sight.vector @ other.vector) for other in others), reverse=True
                )
                sight.peers = float(np.mean(near[:_PEERS]))
                reached = sorted((other.similarity for other in others), reverse=True)
                sight.expected = float(np.mean(reached[:_PEERS]))
        for sight in seen:
            sight.fit = fitness(sight)
            share, found = sight.probability, sight.fit
            sight.probability = share * found


def features(sight: Sight) -> list[float]:
    """What the fitness of a rendering is judged by; the order is that of the fitted weights."""
    peers = sight.peers if sight.peers is not None else 0.0
    expected = sight.expected if sight.expected is not None else sight.similarity
    return [
        1.0,
        sight.similarity,
        max(sight.backward, -5.0),
        float(np.clip(sight.links / max(len(sight.key), 1), -3.0, 3.0)),
        sight.support,
        float(sight.alone),
        float(sight.is_name),
        peers,
        expected - sight.similarity if sight.peers is not None else 0.0,
        float(sight.peers is None),
    ]


def fitness(sight: Sight) -> float:
    """Probability that a rendering renders the term at all."""
    score = float(np.dot(features(sight), fitted().fitness))
    return 1 / (1 + float(np.exp(-score)))


def _grouped(row: Sequence[Sight], language: str) -> list[Group]:
    """Puts forms of one rendering together; the commonest group comes first."""
    groups: list[Group] = []
    for sight in row:
        if sight.target_span is None:
            continue
        group = next((group for group in groups if same_form(group.key, sight.key)), None)
        if group is None:
            group = Group(sight.text, sight.key)
            groups.append(group)
        group.forms[sight.text] += 1
        group.sights.append(sight)
    for group in groups:
        group.text = _shown(group.forms)
        group.key = form_key(group.text, language)
    groups.sort(key=lambda group: (-group.weight, group.sights[0].mention))
    return groups


def _shown(forms: Counter[str]) -> str:
    """The commonest form; of equally common ones the shortest, which has fewest endings."""
    return min(forms, key=lambda form: (-forms[form], form[:1].isupper(), len(form)))


def is_variant(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether of two renderings one is the other, inflected, shortened or lengthened."""
    return same_form(one, other) or is_shorter_form(one, other) or is_shorter_form(other, one)
