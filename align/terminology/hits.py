"""What is found for every mention of the terms in one language, as a concordance has it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import regex

from align.terminology.association import said
from align.terminology.rendering import RenderingFinder
from align.terminology.romanising import phonetic_similarity, sound_of
from align.terminology.tagging import transcribed_words
from align.terminology.vectors import PhraseVectors
from align.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from align.encoders.base import Encoder, FloatArray
    from align.terminology.cut_passages import CutPassage, CutPassages
    from align.terminology.model import Mention, Term
    from align.terminology.rendering import Choice

_CONSONANTS = 3  # of a name whose sound can be told from others'
_LATIN_WORD = regex.compile(r"\p{Latin}[\p{Latin}\p{N}&]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """One mention of a term in one language, and the span that is likeliest to render it.

    Attributes:
        term: Index of the term.
        index: Index of the mention among the term's.
        mention: The place in the pivot text.
        passage: Its passage.
        source_span: The mention within the passage's source text.
        target_span: The likeliest rendering; None where the passage has none to offer.
        text: What stands there, empty where nothing does.
        key: What all its forms have in common.
        short: Whether the mention is an abbreviation of the term.
        is_name: Whether the term is a name.
        similarity: Of the rendering to the term, 0 to 1.
        inside: How much more similar the rendering is to a part of the term than to the whole.
        outside: How much more similar it is to other words of the source than to the term.
        links: Log-odds of the words' links.
        support: Share of the term's other mentions that are rendered so.
        share: Probability that it is this span, given that there is a rendering.
        known: How much of what the words are usually translated by the rendering has, 0 to 1.
        lacking: The most of what a word is usually translated by that the bead has not, 0 to 1.
        vector: The rendering's vector, shape (dimension,).
        cover: For each word of the mention, how like it the likest word of the bead is.
        names: Of a name, the words that have no meaning to be translated.
        heard: How like each of these the likest word of the bead is, in sound or meaning, 0 to 1.
        copied: The words of the mention that stand in the rendering, letter by letter.
    """

    term: int
    index: int
    mention: Mention
    passage: CutPassage
    source_span: Span
    target_span: Span | None = None
    text: str = ""
    key: tuple[str, ...] = ()
    short: bool = False
    is_name: bool = False
    similarity: float = 0.0
    inside: float = 0.0
    outside: float = 0.0
    links: float = 0.0
    support: float = 0.0
    share: float = 0.0
    known: float = 0.0
    lacking: float = 0.0
    vector: FloatArray | None = None
    cover: FloatArray | None = None
    names: tuple[str, ...] = ()
    heard: FloatArray | None = None
    copied: tuple[str, ...] = ()


Rows = tuple[tuple[Hit, ...], ...]
"""For each term, what is found for its mentions."""


def find_hits(
    passages: CutPassages,
    terms: Sequence[Term],
    source: PhraseVectors,
    encoder: Encoder,
    language: str,
    pivot: str,
) -> Rows:
    """Finds the likeliest renderings of all terms in one language.

    Args:
        passages: What stands beside one another in the pivot and the language.
        terms: The terms.
        source: Vectors of pivot phrases, shared by all languages.
        encoder: What encodes the edition's phrases.
        language: BCP 47 tag.
        pivot: BCP 47 tag of the pivot.
    """
    target = PhraseVectors(encoder, language)
    finder = RenderingFinder(passages, terms, source, target, language, pivot)
    look = _Looking(passages, source, target, language, pivot)
    return tuple(
        tuple(look.at(term, number, index, choice) for index, choice in enumerate(row))
        for number, (term, row) in enumerate(zip(terms, finder.find(), strict=True))
    )


@dataclass(frozen=True, slots=True)
class _Looking:
    passages: CutPassages
    source: PhraseVectors
    target: PhraseVectors
    language: str
    pivot: str

    def at(self, term: Term, number: int, index: int, choice: Choice | None) -> Hit:
        """What is found for one mention."""
        mention = term.mentions[index]
        if choice is None:
            return Hit(number, index, mention, self.passages.missing(mention), mention.span)
        candidates, scores, at = choice.candidates, choice.scores, choice.chosen
        passage = self.passages.passages[candidates.located.bead]
        is_name = term.kind in ("name", "abbreviation")
        heard = self._heard(passage, mention) if is_name and not candidates.short else ((), None)
        hit = Hit(
            term=number,
            index=index,
            mention=mention,
            passage=passage,
            source_span=candidates.located.span,
            short=candidates.short,
            is_name=is_name,
            lacking=candidates.lacking,
            cover=candidates.cover,
            names=heard[0],
            heard=heard[1],
        )
        if at is None:
            return hit
        first, last = candidates.spans[at].tolist()
        return replace(
            hit,
            target_span=Span(passage.target_words[first].start, passage.target_words[last].stop),
            text=candidates.texts[at],
            key=candidates.keys[at],
            similarity=float(scores.similarities[at]),
            inside=float(scores.inside[at]),
            outside=float(scores.outside[at]),
            links=float(candidates.links[at]),
            support=float(choice.support[at]),
            share=float(choice.shares[at]),
            known=float(candidates.known[at]),
            vector=self.target.of([candidates.texts[at]])[0],
            copied=copied_words(mention.text, candidates.texts[at]),
        )

    def _heard(
        self, passage: CutPassage, mention: Mention
    ) -> tuple[tuple[str, ...], FloatArray | None]:
        """The words of a name that only go over by their sound, and how well each is heard."""
        names = tuple(
            name
            for name in transcribed_words(mention.text, self.pivot)
            if len(sound_of(name).consonants) >= _CONSONANTS
        )
        texts = [word.text for word in passage.target_words if word.opens or word.closes]
        if not names or not texts:
            return names, None
        heard = phonetic_similarity(
            names, [said(word) for word in passage.target_words], self.language
        )
        # Some have a name of their own, whose sound is another: Europe is 欧州.
        self.source.add(names)
        meant = (self.source.of(names) @ self.target.of(texts).T).max(axis=1)
        return names, np.maximum(heard, meant)


def copied_words(mention: str, rendering: str) -> tuple[str, ...]:
    """The source's own words in a rendering: Latin words that stand in the mention, too."""
    source = {word.casefold() for word in _LATIN_WORD.findall(mention)}
    return tuple(word for word in _LATIN_WORD.findall(rendering) if word.casefold() in source)
